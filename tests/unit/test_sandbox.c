/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/sandbox.h"

#include "support.h"
#include "util/memory.h"

#include <errno.h>
#include <sys/wait.h>

/* What the process behind the fence found, in its exit status: errno of what it tried. */
typedef int attempt_function(void);

static int try_reading(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);

	return descriptor >= 0 ? 0 : errno;
}

static int try_making(const char *path)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	return descriptor >= 0 ? 0 : errno;
}

static int read_allowed(void)
{
	return try_reading("read/file");
}

static int write_read_only(void)
{
	int descriptor = open("read/file", O_WRONLY | O_CLOEXEC);

	return descriptor >= 0 ? 0 : errno;
}

static int read_other(void)
{
	return try_reading("other/file");
}

/* A link leads out of the fence no more than a path does. */
static int read_by_link(void)
{
	return try_reading("write/link");
}

static int read_single(void)
{
	return try_reading("single");
}

static int make_allowed(void)
{
	return try_making("write/new");
}

static int make_in_read_only(void)
{
	return try_making("read/new");
}

static int make_other(void)
{
	return try_making("other/new");
}

static int rename_allowed(void)
{
	return rename("write/old", "write/renamed") == 0 ? 0 : errno;
}

static int remove_other(void)
{
	return unlink("other/file") == 0 ? 0 : errno;
}

static int truncate_other(void)
{
	return truncate("other/file", 0) == 0 ? 0 : errno;
}

static int start_program(void)
{
	(void)execl("/bin/true", "true", (char *)NULL);
	return errno;
}

/* Runs it behind a fence in a process of its own. */
static int behind_fence(attempt_function *attempt)
{
	int status = 0;
	pid_t process = fork();

	assert_true(process >= 0);
	if (process == 0) {
		CLEANUP(sandbox_freep) struct sandbox *sandbox = sandbox_new();
		sandbox_allow(sandbox, SANDBOX_READ, "read");
		sandbox_allow(sandbox, SANDBOX_WRITE, "write");
		sandbox_allow(sandbox, SANDBOX_READ, "single");
		sandbox_allow(sandbox, SANDBOX_READ, "not there");
		_exit(sandbox_enter(sandbox) ? attempt() : 255);
	}
	assert_int_equal(waitpid(process, &status, 0), process);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void make_files(void)
{
	static const char *const folders[] = { "read", "write", "other" };
	static const char *const files[] = { "read/file", "other/file", "write/old", "single" };

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		assert_int_equal(mkdir(folders[i], 0700), 0);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		support_write(files[i], "x", 1);
	assert_int_equal(symlink("../other/file", "write/link"), 0);
}

static void test_fence(void **state)
{
	static const struct {
		attempt_function *attempt;
		int wanted;
	} attempts[] = {
		{ read_allowed, 0 },
		{ read_single, 0 },
		{ make_allowed, 0 },
		{ rename_allowed, 0 },
		{ write_read_only, EACCES },
		{ make_in_read_only, EACCES },
		{ read_other, EACCES },
		{ read_by_link, EACCES },
		{ make_other, EACCES },
		{ remove_other, EACCES },
		{ truncate_other, EACCES },
		{ start_program, EACCES },
	};

	(void)state;
	make_files();
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		assert_int_equal(behind_fence(attempts[i].attempt), attempts[i].wanted);
	assert_true(support_exists("other/file"));
	assert_false(support_exists("other/new"));
	/* This process is not fenced in. */
	assert_int_equal(try_reading("other/file"), 0);
}

static void test_none(void **state)
{
	(void)state;
	print_message("# this kernel has no Landlock: nothing can be tried\n");
}

int main(void)
{
	const struct CMUnitTest with_landlock[] = { cmocka_unit_test(test_fence) };
	const struct CMUnitTest without[] = { cmocka_unit_test(test_none) };
	CLEANUP(sandbox_freep) struct sandbox *sandbox = sandbox_new();

	if (sandbox == NULL)
		return cmocka_run_group_tests_name("sandbox", without, NULL, NULL);
	return cmocka_run_group_tests_name("sandbox", with_landlock, support_start, support_stop);
}
