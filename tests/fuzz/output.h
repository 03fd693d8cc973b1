/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a command would write to standard output, as a text.
 */
#ifndef REGTOOL_TESTS_FUZZ_OUTPUT_H
#define REGTOOL_TESTS_FUZZ_OUTPUT_H

#include "cli/output.h"

#include "fuzz.h"

/* A result as CSV; the caller closes it. */
static inline struct output *fuzz_output(const struct output_settings *settings)
{
	struct output *output = NULL;
	struct error error = ERROR_INIT;

	claim(output_open(settings, &output, &error) == STATUS_OK, "%s", error.message);
	return output;
}

/* Sets `ret` to all that it holds. */
static inline void fuzz_output_finish(struct output *output, struct str *ret)
{
	struct error error = ERROR_INIT;
	FILE *standard = stdout;
	char *text = NULL;
	size_t length = 0;

	stdout = open_memstream(&text, &length);
	claim(stdout != NULL, "no stream");
	claim(output_finish(output, &error) == STATUS_OK, "%s", error.message);
	(void)fclose(stdout);
	stdout = standard;
	str_clear(ret);
	str_add_bytes(ret, text, length);
	free(text);
}

#endif
