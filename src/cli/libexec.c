/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/libexec.h"

#include "cli/environment.h"
#include "util/memory.h"
#include "util/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORDS_MAX = ERROR_MESSAGE_MAX + ERROR_HINT_MAX,
	STATUS_NOT_LOADED = 127, /* what the dynamic loader exits with, and shells */
};

/* --- Finding --- */

static char *join(const char *folder, size_t length, const char *name)
{
	struct str path = STR_INIT;

	str_add_bytes(&path, folder, length);
	str_addf(&path, "/%s", name);
	return str_steal(&path);
}

/* Beside the program that runs; NULL where it cannot be told. */
static char *beside_self(const char *name)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

	if (length <= 0)
		return NULL;
	self[length] = '\0';
	const char *slash = strrchr(self, '/');
	return slash != NULL ? join(self, (size_t)(slash - self), name) : NULL;
}

enum status libexec_find(const char *name, char **ret_path, struct error *error)
{
	const char *folder = environment("REGTOOL_LIBEXEC");
	CLEANUP(memory_free_text) char *path = NULL;

	if (folder == NULL) {
		path = beside_self(name);
		if (path == NULL || access(path, X_OK) != 0)
			folder = LIBEXEC_FOLDER;
	}
	if (folder != NULL) {
		memory_free_text(&path);
		path = join(folder, strlen(folder), name);
	}
	if (access(path, X_OK) != 0) {
		(void)error_set_errno(error, STATUS_IO, "cannot start '%s'", path);
		return error_hint(error,
			"regtool was installed without it; $REGTOOL_LIBEXEC names another folder");
	}
	*ret_path = path;
	path = NULL;
	return STATUS_OK;
}

/* --- Running --- */

static enum status start(const char *path, const int descriptors[3], pid_t *ret_process,
	struct error *error)
{
	posix_spawn_file_actions_t actions;
	char *arguments[] = { (char *)path, NULL };

	int number = posix_spawn_file_actions_init(&actions);
	for (int i = 0; number == 0 && i < 3; i++)
		number = posix_spawn_file_actions_adddup2(&actions, descriptors[i], i);
	if (number == 0) {
		/* Whoever started regtool may have chosen not to hear of children. */
		(void)signal(SIGCHLD, SIG_DFL);
		number = posix_spawn(ret_process, path, &actions, NULL, arguments, environ);
	}
	(void)posix_spawn_file_actions_destroy(&actions);
	if (number == 0)
		return STATUS_OK;
	errno = number;
	return error_set_errno(error, STATUS_IO, "cannot start '%s'", path);
}

/* Whether the line is for the listener, who gets it. */
static bool tell(const struct libexec_listener *listener, char *line)
{
	if (listener == NULL || (*line != LIBEXEC_DONE && *line != LIBEXEC_NOTICE))
		return false;
	line[strcspn(line, "\n")] = '\0';
	if (*line == LIBEXEC_DONE)
		listener->done(strtoll(line + 1, NULL, 10), listener->data);
	else
		listener->notice(line + 1, listener->data);
	return true;
}

/* Reads to the end, so that a program that talks much can go on; keeps its first words. */
static void read_words(FILE *file, const struct libexec_listener *listener, struct str *words)
{
	CLEANUP(memory_free_text) char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, file)) > 0) {
		size_t room = WORDS_MAX - words->length;
		if (!tell(listener, line))
			str_add_bytes(words, line, (size_t)length < room ? (size_t)length : room);
	}
}

static enum status wait_for(pid_t process, int *ret_status, struct error *error)
{
	int waited;

	do
		waited = waitpid(process, ret_status, 0);
	while (waited < 0 && errno == EINTR);
	return waited == process ? STATUS_OK
				 : error_set_errno(error, STATUS_IO, "cannot wait for a program");
}

/* The first line is the problem, what follows the way out. */
static enum status judge(const char *path, int wait_status, struct str *words, struct error *error)
{
	if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)
		return STATUS_OK;
	if (WIFSIGNALED(wait_status))
		return error_set(error, STATUS_IO, "'%s' was ended by signal %d (%s)", path,
			WTERMSIG(wait_status), strsignal(WTERMSIG(wait_status)));
	int exit_status = WEXITSTATUS(wait_status);
	while (words->length > 0 && words->text[words->length - 1] == '\n')
		str_cut(words, words->length - 1);
	if (words->length == 0)
		return error_set(error, STATUS_IO, "'%s' failed with status %d", path, exit_status);
	char *line = words->text + strspn(words->text, "\n");
	char *line_end = strchr(line, '\n');
	if (line_end != NULL)
		*line_end = '\0';
	(void)error_set(error, STATUS_IO, "%s", line);
	if (exit_status == STATUS_NOT_LOADED)
		return error_hint(error, "a library that '%s' was built with is missing", path);
	return line_end != NULL ? error_hint(error, "%s", line_end + 1) : STATUS_IO;
}

enum status libexec_run(const char *path, int input, int output,
	const struct libexec_listener *listener_or_null, struct error *error)
{
	CLEANUP(str_free) struct str words = STR_INIT;
	FILE *file = NULL;
	int ends[2];
	pid_t process;
	int wait_status = 0;

	if (pipe2(ends, O_CLOEXEC) != 0 || (file = fdopen(ends[0], "r")) == NULL)
		return error_set_errno(error, STATUS_IO, "cannot start '%s'", path);
	enum status status = start(path, (const int[]){ input, output, ends[1] }, &process, error);
	(void)close(ends[1]);
	if (status == STATUS_OK) {
		read_words(file, listener_or_null, &words);
		status = wait_for(process, &wait_status, error);
	}
	(void)fclose(file);
	return status == STATUS_OK ? judge(path, wait_status, &words, error) : status;
}
