/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PDF: the command puts what is to be printed into the spool (print_stream.h), which in the
 * end goes to the program regtool-print; so regtool itself needs no library for it.
 */
#include "cli/libexec.h"
#include "cli/output_renderer.h"
#include "cli/progress.h"
#include "util/memory.h"

#include <stdio.h>

/* A program that is missing is named before a long list is read. */
static enum status pdf_check(struct error *error)
{
	CLEANUP(memory_free_text) char *path = NULL;

	return libexec_find(LIBEXEC_PRINT, &path, error);
}

/* Those who listen to the program. */
struct audience {
	const struct diagnostics *diagnostics;
	struct progress *progress;
};

static void hear_done(int64_t count, void *data)
{
	const struct audience *audience = data;

	progress_update(audience->progress, count);
}

static void hear_notice(const char *text, void *data)
{
	const struct audience *audience = data;

	if (audience->diagnostics != NULL)
		say_notice(audience->diagnostics, "%s", text);
}

static enum status pdf_write(struct output *output, struct error *error)
{
	CLEANUP(memory_free_text) char *path = NULL;
	CLEANUP(progress_endp) struct progress *progress = NULL;
	struct audience audience = { .diagnostics = output->settings.diagnostics };
	const struct libexec_listener listener = {
		.done = hear_done,
		.notice = hear_notice,
		.data = &audience,
	};
	int input = -1;

	enum status status = libexec_find(LIBEXEC_PRINT, &path, error);
	if (status == STATUS_OK)
		status = spool_descriptor(&output->spool, &input, error);
	if (status != STATUS_OK)
		return status;
	progress = progress_begin(output->settings.is_progress_wanted, "people", output->people);
	audience.progress = progress;
	return libexec_run(path, input, fileno(output->target.stream), &listener, error);
}

const struct renderer renderer_pdf = {
	.check = pdf_check,
	.write = pdf_write,
};
