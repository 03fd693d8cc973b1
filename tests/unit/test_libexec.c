/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that regtool starts: where they are looked for, and what becomes of their words. */
#include "cli/libexec.h"

#include "support.h"
#include "util/memory.h"
#include "util/str.h"

#include <signal.h>

static const char program[] = "./program";

static void make_program(const char *name, const char *script)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	assert_true(fprintf(file, "#!/bin/sh\n%s\n", script) > 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(name, 0755), 0);
}

/* Runs the script from the file "in" to the file "out". */
static enum status run_heard(const char *script, const struct libexec_listener *listener,
	struct error *error)
{
	int input = open("in", O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	int output = open("out", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(input >= 0 && output >= 0);
	make_program(program, script);
	enum status status = libexec_run(program, input, output, listener, error);
	assert_int_equal(close(input), 0);
	assert_int_equal(close(output), 0);
	return status;
}

static enum status run(const char *script, struct error *error)
{
	return run_heard(script, NULL, error);
}

static void assert_out(const char *expected)
{
	char text[64] = "";
	FILE *file = fopen("out", "r");

	assert_non_null(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	assert_int_equal(fclose(file), 0);
	assert_string_equal(text, expected);
}

/* --- Running --- */

static void test_reads_and_writes(void **state)
{
	struct error error = ERROR_INIT;
	FILE *file = fopen("in", "w");

	(void)state;
	assert_non_null(file);
	assert_true(fputs("some bytes", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_ok(run("tr a-z A-Z", &error), error);
	assert_out("SOME BYTES");
	assert_ok(run("echo \"$0 $#\"", &error), error);
	assert_out("./program 0\n");
}

static void test_words_are_the_error(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(run("echo 'no paper' >&2; echo 'fill tray 2' >&2; exit 3", &error),
		STATUS_IO);
	assert_string_equal(error.message, "no paper");
	assert_string_equal(error.hint, "fill tray 2");
	assert_int_equal(run("printf 'no paper' >&2; exit 1", &error), STATUS_IO);
	assert_string_equal(error.message, "no paper");
	assert_string_equal(error.hint, "");
	/* Behind empty lines, as a program that was ended by its own checks has it. */
	assert_int_equal(run("printf '\\n\\nno paper\\n' >&2; exit 1", &error), STATUS_IO);
	assert_string_equal(error.message, "no paper");
}

static void test_words_of_success_are_no_error(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(run("echo 'by the way' >&2", &error), error);
	assert_string_equal(error.message, "");
}

/* What was heard, in the order in which it was. */
static void hear_done(int64_t count, void *data)
{
	str_addf(data, "done %lld;", (long long)count);
}

static void hear_notice(const char *text, void *data)
{
	str_addf(data, "notice %s;", text);
}

static void test_listener(void **state)
{
	static const char script[] =
		"printf '+1\\n!low ink\\n+20\\nno paper\\nfill it\\n' >&2; exit 1";
	CLEANUP(str_free) struct str heard = STR_INIT;
	const struct libexec_listener listener = {
		.done = hear_done,
		.notice = hear_notice,
		.data = &heard,
	};
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(run_heard(script, &listener, &error), STATUS_IO);
	assert_string_equal(heard.text, "done 1;notice low ink;done 20;");
	assert_string_equal(error.message, "no paper");
	assert_string_equal(error.hint, "fill it");
	/* Nobody listens: they are words as any. */
	error_clear(&error);
	assert_int_equal(run(script, &error), STATUS_IO);
	assert_string_equal(error.message, "+1");
}

/* More than a pipe holds: whoever is not listened to would wait for ever. */
static void test_many_words(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(run("echo first >&2; yes | head -c 1000000 >&2; exit 1", &error),
		STATUS_IO);
	assert_string_equal(error.message, "first");
	assert_memory_equal(error.hint, "y\ny\ny\n", 6);
}

static void test_no_words(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_fails(run("exit 7", &error), STATUS_IO, "'./program' failed with status 7", error);
	assert_fails(run("kill -9 $$", &error), STATUS_IO,
		"'./program' was ended by signal 9 (Killed)", error);
}

static void test_not_loaded(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(run("echo 'libx.so.4: cannot open' >&2; exit 127", &error), STATUS_IO);
	assert_string_equal(error.message, "libx.so.4: cannot open");
	assert_string_equal(error.hint, "a library that './program' was built with is missing");
}

/* What whoever started us ignores is passed on, and would leave no end to wait for. */
static void test_children_that_nobody_hears_of(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_true(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	assert_fails(run("exit 7", &error), STATUS_IO, "failed with status 7", error);
}

static void test_cannot_start(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_fails(libexec_run("./nothing", 0, 1, NULL, &error), STATUS_IO,
		"cannot start './nothing': No such file or directory", error);
}

/* --- Finding --- */

static void test_finds_in_folder(void **state)
{
	struct error error = ERROR_INIT;
	CLEANUP(memory_free_text) char *path = NULL;

	(void)state;
	make_program("regtool-x", "exit 0");
	assert_int_equal(setenv("REGTOOL_LIBEXEC", ".", 1), 0);
	assert_ok(libexec_find("regtool-x", &path, &error), error);
	assert_string_equal(path, "./regtool-x");
	assert_int_equal(chmod("regtool-x", 0644), 0);
	memory_free_text(&path);
	assert_fails(libexec_find("regtool-x", &path, &error), STATUS_IO,
		"cannot start './regtool-x': Permission denied", error);
	assert_null(path);
}

/* This test's own program stands in for regtool. */
static void test_finds_beside_self(void **state)
{
	struct error error = ERROR_INIT;
	CLEANUP(memory_free_text) char *path = NULL;
	char self[4096];

	(void)state;
	assert_int_equal(unsetenv("REGTOOL_LIBEXEC"), 0);
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	assert_true(length > 0);
	self[length] = '\0';
	assert_ok(libexec_find(strrchr(self, '/') + 1, &path, &error), error);
	assert_string_equal(path, self);
}

static void test_finds_nothing(void **state)
{
	struct error error = ERROR_INIT;
	char *path = NULL;

	(void)state;
	assert_int_equal(unsetenv("REGTOOL_LIBEXEC"), 0);
	assert_int_equal(libexec_find("regtool-nothing", &path, &error), STATUS_IO);
	assert_non_null(strstr(error.message, LIBEXEC_FOLDER "/regtool-nothing'"));
	assert_non_null(strstr(error.hint, "$REGTOOL_LIBEXEC"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_and_writes),
		cmocka_unit_test(test_words_are_the_error),
		cmocka_unit_test(test_words_of_success_are_no_error),
		cmocka_unit_test(test_listener),
		cmocka_unit_test(test_many_words),
		cmocka_unit_test(test_no_words),
		cmocka_unit_test(test_not_loaded),
		cmocka_unit_test(test_children_that_nobody_hears_of),
		cmocka_unit_test(test_cannot_start),
		cmocka_unit_test(test_finds_in_folder),
		cmocka_unit_test(test_finds_beside_self),
		cmocka_unit_test(test_finds_nothing),
	};

	return cmocka_run_group_tests(tests, support_start, support_stop);
}
