/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/diagnostics.h"

#include "cli/printable.h"
#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char hint_indent[] = "  ";
static const char color_error[] = "\033[1;31m";
static const char color_off[] = "\033[0m";

static const struct {
	enum status status;
	int exit_code;
	const char *slug;
} statuses[] = {
	{ STATUS_OK, 0, "ok" },
	{ STATUS_NO, 1, "no" },
	{ STATUS_EXISTS, 1, "exists" },
	{ STATUS_USAGE, 2, "usage" },
	{ STATUS_REJECTED, 3, "rejected" },
	{ STATUS_NOT_FOUND, 4, "not-found" },
	{ STATUS_AMBIGUOUS, 4, "ambiguous" },
	{ STATUS_IO, 5, "io" },
	{ STATUS_BUSY, 5, "busy" },
	{ STATUS_DATABASE, 5, "database" },
	{ STATUS_SCHEMA, 5, "schema" },
	{ STATUS_KEY, 5, "key" },
};

static size_t find_status(enum status status)
{
	size_t i = 0;

	while (i < sizeof statuses / sizeof statuses[0] - 1 && statuses[i].status != status)
		i++;
	assert(statuses[i].status == status);
	return i;
}

int status_exit_code(enum status status)
{
	return statuses[find_status(status)].exit_code;
}

const char *status_slug(enum status status)
{
	return statuses[find_status(status)].slug;
}

static void add_start(const struct diagnostics *diagnostics, bool is_error, struct str *line)
{
	bool color = is_error && diagnostics->color;

	str_addf(line, "%sregtool:%s ", color ? color_error : "", color ? color_off : "");
	if (diagnostics->command != NULL)
		str_addf(line, "%s: ", diagnostics->command);
}

/* Whole lines at once, so that those of several programs on one terminal stay whole. There
 * is nobody left to tell if this fails. */
static void write_out(const struct str *text)
{
	(void)fwrite(text->text, 1, text->length, stderr);
	(void)fflush(stderr);
}

/* A hint may have several lines (candidates); each is indented. */
static void add_hint(const char *hint, struct str *text)
{
	while (*hint != '\0') {
		size_t length = strcspn(hint, "\n");
		CLEANUP(memory_free_text) char *line = xstrndup(hint, length);

		str_add(text, hint_indent);
		(void)printable_add(text, line);
		str_add_char(text, '\n');
		hint += length + (hint[length] == '\n' ? 1 : 0);
	}
}

void say_error(const struct diagnostics *diagnostics, const struct error *error)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	add_start(diagnostics, true, &text);
	(void)printable_add(&text, error->message);
	str_add_char(&text, '\n');
	add_hint(error->hint, &text);
	write_out(&text);
}

static void say(const struct diagnostics *diagnostics, bool is_error, const char *format,
	va_list arguments) __attribute__((format(printf, 3, 0)));

static void say(const struct diagnostics *diagnostics, bool is_error, const char *format,
	va_list arguments)
{
	CLEANUP(str_free) struct str words = STR_INIT;
	CLEANUP(str_free) struct str text = STR_INIT;

	str_vaddf(&words, format, arguments);
	add_start(diagnostics, is_error, &text);
	(void)printable_add(&text, words.text);
	str_add_char(&text, '\n');
	write_out(&text);
}

void say_problem(const struct diagnostics *diagnostics, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(diagnostics, true, format, arguments);
	va_end(arguments);
}

void say_notice(const struct diagnostics *diagnostics, const char *format, ...)
{
	va_list arguments;

	if (diagnostics->verbosity < VERBOSITY_NORMAL)
		return;
	va_start(arguments, format);
	say(diagnostics, false, format, arguments);
	va_end(arguments);
}

void say_detail(const struct diagnostics *diagnostics, const char *format, ...)
{
	va_list arguments;

	if (diagnostics->verbosity < VERBOSITY_VERBOSE)
		return;
	va_start(arguments, format);
	say(diagnostics, false, format, arguments);
	va_end(arguments);
}
