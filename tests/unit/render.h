/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the tests of output: what a result looks like, byte for byte. Times are shown in the
 * zone Europe/Zurich.
 */
#ifndef REGTOOL_TESTS_RENDER_H
#define REGTOOL_TESTS_RENDER_H

#include "cli/output.h"
#include "cli/terminal.h"
#include "util/memory.h"
#include "util/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

typedef void writer(struct output *output);

static inline struct output *open_output(const struct output_settings *settings)
{
	struct error error = ERROR_INIT;
	struct output *output = NULL;

	assert_int_equal(output_open(settings, &output, &error), STATUS_OK);
	return output;
}

static inline char *read_file(const char *path)
{
	struct str text = STR_INIT;
	char bytes[4096];
	size_t length;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
		str_add_bytes(&text, bytes, length);
	assert_int_equal(fclose(file), 0);
	return str_steal(&text);
}

/* What `write` gives with the settings, whose path is set here. The caller frees it. */
static inline char *render(struct output_settings settings, writer *write)
{
	struct error error = ERROR_INIT;
	CLEANUP(zone_closep) struct zone *zone = NULL;
	CLEANUP(output_closep) struct output *output = NULL;
	char path[64];

	(void)snprintf(path, sizeof path, "rendered.%ld", (long)getpid());
	assert_int_equal(zone_open("Europe/Zurich", &zone, &error), STATUS_OK);
	settings.path = path;
	output = open_output(&settings);
	output_set_zone(output, zone);
	write(output);
	assert_int_equal(output_finish(output, &error), STATUS_OK);
	char *text = read_file(path);
	assert_int_equal(remove(path), 0);
	return text;
}

static inline void assert_rendered(struct output_settings settings, writer *write,
	const char *expected)
{
	CLEANUP(memory_free_text) char *text = render(settings, write);

	assert_string_equal(text, expected);
}

static inline void assert_format(enum output_format format, writer *write, const char *expected)
{
	assert_rendered((struct output_settings){ .format = format }, write, expected);
}

static inline void end_row(struct output *output)
{
	struct error error = ERROR_INIT;

	assert_int_equal(output_row_end(output, &error), STATUS_OK);
}

#endif
