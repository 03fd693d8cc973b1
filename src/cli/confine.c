/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/confine.h"

#include "cli/environment.h"
#include "cli/libexec.h"
#include "cli/output_target.h"
#include "util/memory.h"
#include "util/sandbox.h"
#include "util/str.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Character sets, locales and zones are read when they are first needed; all of it is the
 * system's own, and no secret. */
static const char *const system_folders[] = { "/usr", "/lib", "/lib64" };
static const char *const system_files[] = { "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone",
	"/dev/urandom" };
/* Which fonts the machine has; the fonts themselves are below /usr. */
static const char *const font_folders[] = { "/etc/fonts", "/var/cache/fontconfig" };
/* SQLite's, in its order, and those of the results. */
static const char *const temporary_folders[] = { "/var/tmp", "/usr/tmp", "/tmp" };
static const char *const temporary_variables[] = { "SQLITE_TMPDIR", "TMPDIR" };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The file may be made, replaced or changed. What is neither a file nor still to be made is
 * written to directly. */
static void allow_output(struct sandbox *sandbox, const char *path)
{
	struct stat file;

	if (strcmp(path, "-") == 0)
		return;
	if (stat(path, &file) == 0 && !S_ISREG(file.st_mode)) {
		sandbox_allow(sandbox, SANDBOX_WRITE, path);
		return;
	}
	CLEANUP(memory_free_text) char *end = target_follow_links(path);
	if (end == NULL)
		return;
	char *slash = strrchr(end, '/');
	if (slash == NULL) {
		sandbox_allow(sandbox, SANDBOX_WRITE, ".");
		return;
	}
	slash[1] = '\0';
	sandbox_allow(sandbox, SANDBOX_WRITE, end);
}

static void allow_input(struct sandbox *sandbox, const char *path)
{
	if (strcmp(path, "-") != 0)
		sandbox_allow(sandbox, SANDBOX_READ, path);
}

static void allow_option(enum option_kind kind, const char *path, void *data)
{
	if (kind == OPTION_OUTPUT)
		allow_output(data, path);
	else
		allow_input(data, path);
}

static void allow_arguments(struct sandbox *sandbox, const struct context *context)
{
	const char *const *path = options_arguments(context->options, NULL);

	for (; *path != NULL; path++) {
		if (context->command->argument_kind == ARGUMENTS_INPUT)
			allow_input(sandbox, *path);
		else if (context->command->argument_kind == ARGUMENTS_OUTPUT)
			allow_output(sandbox, *path);
	}
}

static void allow_database(struct sandbox *sandbox, const struct context *context)
{
	if ((context->command->needs & NEEDS_WORDS) != 0)
		return;
	allow_output(sandbox, context->db_path);
	if (access(context->key_path, F_OK) == 0)
		sandbox_allow(sandbox, SANDBOX_READ, context->key_path);
	else if ((context->command->needs & NEEDS_DB_READ) == 0)
		allow_output(sandbox, context->key_path);
}

/* The program with libraries of its own that makes the result; NULL: none does. */
static const char *program_of(enum output_format format)
{
	switch (format) {
	case FORMAT_PDF:
		return LIBEXEC_PRINT;
	case FORMAT_XLSX:
		return LIBEXEC_XLSX;
	default:
		return NULL;
	}
}

static void allow_program(struct sandbox *sandbox, const char *name)
{
	CLEANUP(memory_free_text) char *path = NULL;
	struct error ignored = ERROR_INIT; /* it is said where the program is to be started */

	if (libexec_find(name, &path, &ignored) == STATUS_OK)
		sandbox_allow(sandbox, SANDBOX_RUN, path);
	if (strcmp(name, LIBEXEC_PRINT) != 0)
		return;
	for (size_t i = 0; i < COUNT(font_folders); i++)
		sandbox_allow(sandbox, SANDBOX_READ, font_folders[i]);
}

static void allow_system(struct sandbox *sandbox, const struct context *context)
{
	const char *program = program_of(context->format);
	enum sandbox_right right = program != NULL ? SANDBOX_RUN : SANDBOX_READ;

	for (size_t i = 0; i < COUNT(system_folders); i++)
		sandbox_allow(sandbox, right, system_folders[i]);
	for (size_t i = 0; i < COUNT(system_files); i++)
		sandbox_allow(sandbox, SANDBOX_READ, system_files[i]);
	for (size_t i = 0; i < COUNT(temporary_folders); i++)
		sandbox_allow(sandbox, SANDBOX_WRITE, temporary_folders[i]);
	for (size_t i = 0; i < COUNT(temporary_variables); i++) {
		const char *path = environment(temporary_variables[i]);
		if (path != NULL)
			sandbox_allow(sandbox, SANDBOX_WRITE, path);
	}
	sandbox_allow(sandbox, SANDBOX_WRITE, "/dev/null");
#ifdef DEVELOPER_FOLDER
	/* Coverage and sanitizers write their results at the end, and look at the process. */
	sandbox_allow(sandbox, SANDBOX_WRITE, DEVELOPER_FOLDER);
	sandbox_allow(sandbox, SANDBOX_READ, "/proc");
#endif
	if (program != NULL)
		allow_program(sandbox, program);
}

enum status confine(const struct context *context, struct error *error)
{
	const char *wanted = environment("REGTOOL_SANDBOX");
	CLEANUP(sandbox_freep) struct sandbox *sandbox = NULL;

	if (wanted != NULL && strcmp(wanted, "off") == 0) {
		say_detail(context->diagnostics,
			"$REGTOOL_SANDBOX is off: without Landlock, files that are not named could "
			"be opened too");
		return STATUS_OK;
	}
	if (wanted != NULL) {
		(void)error_set(error, STATUS_USAGE, "$REGTOOL_SANDBOX: '%s' is not a choice",
			wanted);
		return error_hint(error, "'off', or nothing");
	}
	sandbox = sandbox_new();
	if (sandbox != NULL) {
		allow_system(sandbox, context);
		allow_database(sandbox, context);
		options_paths(context->options, allow_option, sandbox);
		allow_arguments(sandbox, context);
	}
	if (sandbox == NULL || !sandbox_enter(sandbox))
		say_detail(context->diagnostics,
			"this system has no Landlock: files that are not named could be opened too");
	return STATUS_OK;
}
