/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/str.h"

#include "util/memory.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CAPACITY_FIRST = 64,
	INTEGER_MAX = 20, /* a sign and 19 digits */
};

char str_empty[1] = "";

static void make_room(struct str *str, size_t more)
{
	assert(more < SIZE_MAX / 2 - str->length);
	size_t needed = str->length + more + 1;
	if (needed <= str->capacity)
		return;
	size_t capacity = str->capacity > 0 ? str->capacity : CAPACITY_FIRST;
	while (capacity < needed)
		capacity *= 2;
	str->text = xreallocarray(str->capacity > 0 ? str->text : NULL, capacity, 1);
	str->capacity = capacity;
	str->text[str->length] = '\0';
}

void str_add_bytes(struct str *str, const void *bytes, size_t length)
{
	if (length == 0)
		return;
	make_room(str, length);
	memcpy(str->text + str->length, bytes, length);
	str->length += length;
	str->text[str->length] = '\0';
}

void str_add(struct str *str, const char *text)
{
	str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char character)
{
	str_add_bytes(str, &character, 1);
}

void str_add_integer(struct str *str, int64_t value)
{
	char digits[INTEGER_MAX];
	size_t at = sizeof digits;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (value < 0)
		digits[--at] = '-';
	str_add_bytes(str, digits + at, sizeof digits - at);
}

void str_vaddf(struct str *str, const char *format, va_list arguments)
{
	va_list again;

	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	assert(length >= 0);
	make_room(str, (size_t)length);
	(void)vsnprintf(str->text + str->length, (size_t)length + 1, format, again);
	va_end(again);
	str->length += (size_t)length;
}

void str_addf(struct str *str, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	str_vaddf(str, format, arguments);
	va_end(arguments);
}

void str_cut(struct str *str, size_t length)
{
	assert(length <= str->length);
	if (length == str->length)
		return;
	str->length = length;
	str->text[length] = '\0';
}

void str_clear(struct str *str)
{
	str_cut(str, 0);
}

char *str_steal(struct str *str)
{
	char *text = str->capacity > 0 ? str->text : xstrdup("");

	*str = (struct str)STR_INIT;
	return text;
}

void str_free(struct str *str)
{
	if (str->capacity > 0)
		free(str->text);
	*str = (struct str)STR_INIT;
}
