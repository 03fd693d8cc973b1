/* SPDX-License-Identifier: BSD-2-Clause */
#include "place.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PATH_SIZE = 512,
};

void place_fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)fputs("the test cannot go on: ", stderr);
	(void)vfprintf(stderr, format, arguments);
	(void)fputc('\n', stderr);
	va_end(arguments);
	_exit(99);
}

/* --- Folders --- */

const char *place_make(void)
{
	const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	char *folder = malloc(PATH_SIZE);

	if (folder == NULL)
		place_fail("no memory");
	(void)snprintf(folder, PATH_SIZE, "%s/regtool-fault-XXXXXX", parent);
	if (mkdtemp(folder) == NULL)
		place_fail("%s: %m", folder);
	return folder;
}

static void empty_folder(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;

	if (folder == NULL)
		place_fail("%s: %m", path);
	while ((entry = readdir(folder)) != NULL) {
		char name[PATH_SIZE];
		(void)snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type == DT_DIR)
			place_remove(name);
		else
			(void)unlink(name);
	}
	(void)closedir(folder);
}

void place_remove(const char *folder)
{
	empty_folder(folder);
	(void)rmdir(folder);
}

/* --- Images --- */

static const uint64_t hash_start = 14695981039346656037U;

static uint64_t add_bytes(uint64_t sum, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		sum = (sum ^ ((const unsigned char *)bytes)[i]) * 1099511628211U; /* FNV-1a */
	return sum;
}

static unsigned char *read_file(const char *path, size_t *ret_length, unsigned *ret_mode)
{
	struct stat place;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0 || fstat(file, &place) != 0)
		place_fail("%s: %m", path);
	size_t length = (size_t)place.st_size;
	unsigned char *bytes = malloc(length + 1);
	if (bytes == NULL || read(file, bytes, length) != (ssize_t)length)
		place_fail("%s: cannot be read", path);
	(void)close(file);
	*ret_length = length;
	*ret_mode = place.st_mode & 0777;
	return bytes;
}

void image_take(const char *folder, struct image *ret)
{
	DIR *stream = opendir(folder);
	struct dirent *entry;

	if (stream == NULL)
		place_fail("%s: %m", folder);
	ret->count = 0;
	while ((entry = readdir(stream)) != NULL) {
		char path[PATH_SIZE];
		if (entry->d_type != DT_REG)
			continue;
		if (ret->count == PLACE_FILES_MAX || strlen(entry->d_name) >= 64)
			place_fail("%s: more files than thought of", folder);
		(void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		(void)snprintf(ret->files[ret->count].name, sizeof ret->files[0].name, "%s",
			entry->d_name);
		ret->files[ret->count].bytes = read_file(path, &ret->files[ret->count].length,
			&ret->files[ret->count].mode);
		ret->count++;
	}
	(void)closedir(stream);
}

void image_put(const struct image *image, const char *folder)
{
	empty_folder(folder);
	for (size_t i = 0; i < image->count; i++) {
		char path[PATH_SIZE];
		(void)snprintf(path, sizeof path, "%s/%s", folder, image->files[i].name);
		int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			(mode_t)image->files[i].mode);
		if (file < 0 || write(file, image->files[i].bytes, image->files[i].length) !=
					(ssize_t)image->files[i].length)
			place_fail("%s: %m", path);
		(void)close(file);
	}
}

bool image_has(const struct image *image, const char *name)
{
	for (size_t i = 0; i < image->count; i++) {
		if (strcmp(image->files[i].name, name) == 0)
			return true;
	}
	return false;
}

void image_free(struct image *image)
{
	for (size_t i = 0; i < image->count; i++)
		free(image->files[i].bytes);
	image->count = 0;
}

/* --- Running --- */

static void set_or_not(const char *name, const char *value)
{
	if (value != NULL)
		(void)setenv(name, value, 1);
	else
		(void)unsetenv(name);
}

static void redirect(const char *path, int flags, int descriptor)
{
	int file = open(path, flags, 0600);

	if (file < 0 || dup2(file, descriptor) < 0)
		place_fail("%s: %m", path);
	(void)close(file);
}

static void make_pipe(int ends[static 2])
{
	if (pipe2(ends, O_CLOEXEC) != 0)
		place_fail("pipe: %m");
}

/* In the child; `input` and `output` are its ends of the pipes, or -1. */
static void become(const struct run *run, int input, int output) __attribute__((noreturn));
static void become(const struct run *run, int input, int output)
{
	const char *words[PLACE_WORDS_MAX + 1] = { run->program };

	for (size_t i = 0; i + 1 < PLACE_WORDS_MAX && run->words[i] != NULL; i++)
		words[i + 1] = run->words[i];
	if (chdir(run->folder) != 0)
		place_fail("%s: %m", run->folder);
	if (input >= 0)
		(void)dup2(input, STDIN_FILENO);
	else
		redirect(run->input != NULL ? run->input : "/dev/null", O_RDONLY, STDIN_FILENO);
	if (output >= 0)
		(void)dup2(output, STDOUT_FILENO);
	else
		redirect(run->output, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, STDOUT_FILENO);
	redirect(run->errors, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, STDERR_FILENO);
	set_or_not("FAULT", run->fault);
	set_or_not("FAULT_COUNTS", run->counts);
	(void)setenv("SQLITE_TMPDIR", run->folder, 1);
	(void)execv(run->program, (char *const *)(uintptr_t)words);
	place_fail("%s: %m", run->program);
}

pid_t run_start(const struct run *run, int *ret_input, int *ret_output)
{
	int input[2] = { -1, -1 };
	int output[2] = { -1, -1 };

	if (ret_input != NULL)
		make_pipe(input);
	if (ret_output != NULL)
		make_pipe(output);
	pid_t child = fork();
	if (child < 0)
		place_fail("fork: %m");
	if (child == 0)
		become(run, input[0], output[1]);
	if (ret_input != NULL) {
		(void)close(input[0]);
		*ret_input = input[1];
	}
	if (ret_output != NULL) {
		(void)close(output[1]);
		*ret_output = output[0];
	}
	return child;
}

int run_program(const struct run *run)
{
	int status = 0;
	pid_t child = run_start(run, NULL, NULL);

	if (waitpid(child, &status, 0) != child)
		place_fail("waitpid: %m");
	return status;
}

void run_split(char *line, const char *words[static PLACE_WORDS_MAX])
{
	size_t count = 0;

	for (char *word = strtok(line, " "); word != NULL; word = strtok(NULL, " ")) {
		if (count + 1 == PLACE_WORDS_MAX)
			place_fail("too many words");
		words[count++] = word;
	}
	words[count] = NULL;
}

void run_script(const char *folder, const char *script)
{
	pid_t child = fork();
	int status = 0;

	if (child < 0)
		place_fail("fork: %m");
	if (child == 0) {
		if (chdir(folder) != 0)
			place_fail("%s: %m", folder);
		(void)unsetenv("FAULT");
		(void)execl("/bin/sh", "sh", "-euc", script, (char *)NULL);
		place_fail("sh: %m");
	}
	if (waitpid(child, &status, 0) != child || status != 0)
		place_fail("the script failed: %.200s", script);
}

long file_length(const char *path)
{
	struct stat place;

	return stat(path, &place) == 0 ? (long)place.st_size : -1;
}

void file_words(const char *path, size_t size, char *ret_words)
{
	FILE *file = fopen(path, "re");
	size_t length = file != NULL ? fread(ret_words, 1, size - 1, file) : 0;

	if (file != NULL)
		(void)fclose(file);
	while (length > 0 && ret_words[length - 1] == '\n')
		length--;
	ret_words[length] = '\0';
}

uint64_t file_hash(const char *path)
{
	size_t length;
	unsigned mode;

	if (file_length(path) < 0)
		return 0;
	unsigned char *bytes = read_file(path, &length, &mode);
	uint64_t hash = add_bytes(hash_start, bytes, length);
	free(bytes);
	return hash;
}

/* --- What stands in a database --- */

static sqlite3 *open_database(const char *path)
{
	sqlite3 *database = NULL;

	if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		place_fail("%s: %s", path, sqlite3_errmsg(database));
	return database;
}

/* The sum of the rows' hashes, whatever their order. */
static uint64_t sum_rows(sqlite3 *database, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	uint64_t sum = 0;
	int result = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);

	while (result == SQLITE_OK || result == SQLITE_ROW) {
		result = sqlite3_step(statement);
		if (result != SQLITE_ROW)
			break;
		uint64_t row = add_bytes(hash_start, sql, strlen(sql));
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			unsigned char type = (unsigned char)sqlite3_column_type(statement, i);
			int length = sqlite3_column_bytes(statement, i);
			row = add_bytes(row, &type, 1);
			row = add_bytes(row, &length, sizeof length);
			row = add_bytes(row, sqlite3_column_blob(statement, i), (size_t)length);
		}
		sum += row;
	}
	if (result != SQLITE_DONE)
		place_fail("%s: %s", sql, sqlite3_errmsg(database));
	(void)sqlite3_finalize(statement);
	return sum;
}

uint64_t state_of(const char *path)
{
	sqlite3_stmt *statement = NULL;

	if (file_length(path) <= 0)
		return 0;
	sqlite3 *database = open_database(path);
	uint64_t sum = sum_rows(database, "SELECT type, name, sql FROM sqlite_schema") +
		       sum_rows(database, "PRAGMA user_version");
	if (sqlite3_prepare_v2(database, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1,
		    &statement, NULL) != SQLITE_OK)
		place_fail("%s: %s", path, sqlite3_errmsg(database));
	while (sqlite3_step(statement) == SQLITE_ROW) {
		char sql[100];
		(void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"",
			(const char *)sqlite3_column_text(statement, 0));
		sum += sum_rows(database, sql);
	}
	(void)sqlite3_finalize(statement);
	(void)sqlite3_close(database);
	return sum != 0 ? sum : 1;
}

int64_t state_number(const char *path, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	sqlite3 *database = open_database(path);

	if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK ||
		sqlite3_step(statement) != SQLITE_ROW)
		place_fail("%s: %s: %s", path, sql, sqlite3_errmsg(database));
	int64_t number = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	(void)sqlite3_close(database);
	return number;
}
