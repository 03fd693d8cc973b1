/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/error.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf that never leaves half a UTF-8 character at the end. */
static void format_cut(char *text, size_t size, const char *format, va_list arguments)
{
	int written = vsnprintf(text, size, format, arguments);

	assert(written >= 0);
	if ((size_t)written < size)
		return;
	size_t end = size - 1;
	while (end > 0 && ((unsigned char)text[end - 1] & 0xc0) == 0x80)
		end--;
	if (end > 0 && ((unsigned char)text[end - 1] & 0xc0) == 0xc0)
		end--;
	else
		end = size - 1; /* the last character is ASCII: nothing was torn */
	text[end] = '\0';
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
	va_list arguments;

	assert(status != STATUS_OK);
	error->status = status;
	error->hint[0] = '\0';
	va_start(arguments, format);
	format_cut(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return status;
}

enum status error_set_errno(struct error *error, enum status status, const char *format, ...)
{
	int number = errno;
	va_list arguments;

	assert(status != STATUS_OK);
	error->status = status;
	error->hint[0] = '\0';
	va_start(arguments, format);
	format_cut(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	size_t length = strlen(error->message);
	(void)snprintf(error->message + length, sizeof error->message - length, ": %s",
		strerror(number));
	return status;
}

enum status error_hint(struct error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_cut(error->hint, sizeof error->hint, format, arguments);
	va_end(arguments);
	return error->status;
}

/* Formats the prefix and joins it before the message; the end gives way. */
enum status error_prefix(struct error *error, const char *format, ...)
{
	char prefix[ERROR_MESSAGE_MAX];
	char message[ERROR_MESSAGE_MAX];
	va_list arguments;

	va_start(arguments, format);
	format_cut(prefix, sizeof prefix, format, arguments);
	va_end(arguments);
	memcpy(message, error->message, sizeof message);
	enum status status = error->status;
	char hint[ERROR_HINT_MAX];
	memcpy(hint, error->hint, sizeof hint);
	(void)error_set(error, status, "%s: %s", prefix, message);
	memcpy(error->hint, hint, sizeof hint);
	return status;
}

void error_clear(struct error *error)
{
	error->status = STATUS_OK;
	error->message[0] = '\0';
	error->hint[0] = '\0';
}
