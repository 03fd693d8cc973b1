/* SPDX-License-Identifier: BSD-2-Clause */
/* Where results go: files whole or not at all, links, pipes, devices, streaming. */
#include "cli/output_target.h"

#include "cli/output.h"
#include "util/memory.h"
#include "util/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct column columns[] = { { "a", "a", COLUMN_INTEGER, false, false, false, false } };
static const char rows_as_csv[] = "a\n1\n2\n";

/* --- A folder of each test's own --- */

static char folder[] = "test_output_target.XXXXXX";

static int enter_folder(void **state)
{
	(void)state;
	strcpy(strrchr(folder, '.'), ".XXXXXX");
	return mkdtemp(folder) != NULL && chdir(folder) == 0 ? 0 : -1;
}

/* Names in the folder, sorted, each with a space behind it. */
static char *list_folder(void)
{
	struct dirent **entries;
	struct str names = STR_INIT;
	int count = scandir(".", &entries, NULL, alphasort);

	assert_true(count >= 2);
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			str_addf(&names, "%s ", name);
		free(entries[i]);
	}
	free(entries);
	return str_steal(&names);
}

static void assert_folder(const char *expected)
{
	CLEANUP(memory_free_text) char *names = list_folder();

	assert_string_equal(names, expected);
}

static int leave_folder(void **state)
{
	CLEANUP(memory_free_text) char *names = list_folder();

	(void)state;
	for (char *name = strtok(names, " "); name != NULL; name = strtok(NULL, " ")) {
		if (remove(name) != 0)
			return -1;
	}
	return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void assert_file(const char *path, const char *expected)
{
	char text[256] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	size_t length = fread(text, 1, sizeof text - 1, file);
	text[length] = '\0';
	assert_int_equal(fclose(file), 0);
	assert_string_equal(text, expected);
}

static void assert_mode(const char *path, mode_t expected)
{
	struct stat file;

	assert_int_equal(stat(path, &file), 0);
	assert_int_equal(file.st_mode & 0777, expected);
}

/* --- Results --- */

static void add_row(struct output *output, int64_t number, enum status expected)
{
	struct error error = ERROR_INIT;

	output_integer(output, number);
	assert_int_equal(output_row_end(output, &error), expected);
}

static struct output *open_csv(const char *path, bool is_private)
{
	struct error error = ERROR_INIT;
	struct output *output = NULL;
	const struct output_settings settings = {
		.format = FORMAT_CSV,
		.path = path,
		.is_private = is_private,
	};

	assert_int_equal(output_open(&settings, &output, &error), STATUS_OK);
	return output;
}

static void add_rows(struct output *output)
{
	output_list_begin(output, NULL, NULL, columns, 1);
	add_row(output, 1, STATUS_OK);
	add_row(output, 2, STATUS_OK);
	output_list_end(output);
}

static void write_to(const char *path, bool is_private)
{
	struct error error = ERROR_INIT;
	CLEANUP(output_closep) struct output *output = open_csv(path, is_private);

	add_rows(output);
	assert_int_equal(output_finish(output, &error), STATUS_OK);
}

static void test_new_file(void **state)
{
	mode_t mask = umask(027);

	(void)state;
	write_to("new", false);
	(void)umask(mask);
	assert_file("new", rows_as_csv);
	assert_mode("new", 0640);
	assert_folder("new ");
}

static void test_private_file(void **state)
{
	(void)state;
	write_to("new", true);
	assert_mode("new", 0600);
	write_file("old", "old");
	assert_int_equal(chmod("old", 0644), 0);
	write_to("old", true);
	assert_mode("old", 0600);
}

static void test_file_is_replaced_as_a_whole(void **state)
{
	struct stat before;
	struct stat after;

	(void)state;
	write_file("old", "old");
	assert_int_equal(chmod("old", 0604), 0);
	assert_int_equal(stat("old", &before), 0);
	write_to("./old", false);
	assert_file("old", rows_as_csv);
	assert_mode("old", 0604);
	assert_int_equal(stat("old", &after), 0);
	assert_true(before.st_ino != after.st_ino);
	assert_folder("old ");
}

static void test_unfinished_leaves_nothing(void **state)
{
	(void)state;
	write_file("old", "old");
	struct output *output = open_csv("old", false);
	add_rows(output);
	output_close(output);
	output = open_csv("new", false);
	output_stream(output);
	output_list_begin(output, NULL, NULL, columns, 1);
	add_row(output, 1, STATUS_OK);
	output_close(output);
	assert_file("old", "old");
	assert_folder("old ");
}

static void test_links_are_followed(void **state)
{
	(void)state;
	assert_int_equal(mkdir("sub", 0700), 0);
	write_file("sub/old", "old");
	assert_int_equal(symlink("sub/old", "link"), 0);
	assert_int_equal(symlink("link", "link_to_link"), 0);
	assert_int_equal(symlink("sub/new", "dangling"), 0);
	assert_int_equal(symlink("circle", "circle"), 0);
	write_to("link_to_link", false);
	write_to("dangling", false);
	assert_file("sub/old", rows_as_csv);
	assert_file("sub/new", rows_as_csv);
	assert_folder("circle dangling link link_to_link sub ");
	struct target target = { .stream = NULL };
	struct error error = ERROR_INIT;
	assert_int_equal(target_check(&target, "circle", false, &error), STATUS_IO);
	target_close(&target);
	assert_int_equal(remove("sub/old"), 0);
	assert_int_equal(remove("sub/new"), 0);
}

static void assert_refused(const char *path, const char *message)
{
	struct output *output = NULL;
	struct error error = ERROR_INIT;
	const struct output_settings settings = { .format = FORMAT_CSV, .path = path };

	assert_int_equal(output_open(&settings, &output, &error), STATUS_IO);
	assert_null(output);
	assert_string_equal(error.message, message);
}

static void test_paths_refused(void **state)
{
	(void)state;
	write_file("file", "");
	assert_refused(".", "cannot write '.': Is a directory");
	assert_refused("none/new", "cannot write 'none/new': No such file or directory");
	assert_refused("file/new", "cannot write 'file/new': Not a directory");
	assert_folder("file ");
}

static void test_pipe_is_written_directly(void **state)
{
	char text[64] = "";

	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	int reader = open("pipe", O_RDWR | O_NONBLOCK);
	assert_true(reader >= 0);
	write_to("pipe", false);
	assert_int_equal(read(reader, text, sizeof text), (int)strlen(rows_as_csv));
	assert_string_equal(text, rows_as_csv);
	assert_int_equal(close(reader), 0);
	struct stat file;
	assert_int_equal(lstat("pipe", &file), 0);
	assert_true(S_ISFIFO(file.st_mode));
}

/* Reads what has arrived and nothing more. */
static void assert_arrived(int reader, const char *expected)
{
	char text[64] = "";

	(void)!read(reader, text, sizeof text - 1);
	assert_string_equal(text, expected);
}

static void test_streaming_writes_row_by_row(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	int reader = open("pipe", O_RDWR | O_NONBLOCK);
	struct output *output = open_csv("pipe", false);
	output_stream(output);
	output_list_begin(output, NULL, NULL, columns, 1);
	assert_arrived(reader, "");
	add_row(output, 1, STATUS_OK);
	assert_arrived(reader, "a\n1\n");
	add_row(output, 2, STATUS_OK);
	assert_arrived(reader, "2\n");
	output_list_end(output);
	assert_int_equal(output_finish(output, &error), STATUS_OK);
	assert_arrived(reader, "");
	output_close(output);
	assert_int_equal(close(reader), 0);
}

static void test_full_device_is_a_failure(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	struct output *output = open_csv("/dev/full", false);
	add_rows(output);
	assert_int_equal(output_finish(output, &error), STATUS_IO);
	assert_string_equal(error.message, "cannot write '/dev/full': No space left on device");
	output_close(output);
	output = open_csv("/dev/full", false);
	output_stream(output);
	output_list_begin(output, NULL, NULL, columns, 1);
	add_row(output, 1, STATUS_IO);
	output_close(output);
}

/* A table goes another way to the device. */
static void test_full_device_with_a_table(void **state)
{
	struct error error = ERROR_INIT;
	const struct output_settings settings = { .format = FORMAT_TABLE, .path = "/dev/full" };
	struct output *output = NULL;

	(void)state;
	assert_int_equal(output_open(&settings, &output, &error), STATUS_OK);
	add_rows(output);
	assert_int_equal(output_finish(output, &error), STATUS_IO);
	output_close(output);
}

#define TEST_IN_FOLDER(function)                                                                   \
	cmocka_unit_test_setup_teardown(function, enter_folder, leave_folder)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST_IN_FOLDER(test_new_file),
		TEST_IN_FOLDER(test_private_file),
		TEST_IN_FOLDER(test_file_is_replaced_as_a_whole),
		TEST_IN_FOLDER(test_unfinished_leaves_nothing),
		TEST_IN_FOLDER(test_links_are_followed),
		TEST_IN_FOLDER(test_paths_refused),
		TEST_IN_FOLDER(test_pipe_is_written_directly),
		TEST_IN_FOLDER(test_streaming_writes_row_by_row),
		TEST_IN_FOLDER(test_full_device_is_a_failure),
		TEST_IN_FOLDER(test_full_device_with_a_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
