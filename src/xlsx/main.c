/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regtool-xlsx: makes an XLSX file on standard output of the list on standard input. regtool
 * starts it (cli/libexec.h says how they speak, cli/sheet_stream.h in what); nobody else has
 * to.
 */
#include "cli/libexec_main.h"
#include "util/memory.h"
#include "util/str.h"
#include "xlsx/book.h"
#include "xlsx/package.h"
#include "xlsx/sheet_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	COPY_SIZE = 1 << 16,
	PATH_SIZE = 64,
};

/* Where large temporary files go; /tmp may be memory. */
static const char *temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");

	if (folder != NULL && *folder != '\0')
		return folder;
	return access("/var/tmp", W_OK | X_OK) == 0 ? "/var/tmp" : "/tmp";
}

/* A file that a killed program does not leave behind: it has no name, but the one under which
 * the system shows what a process has open. */
static enum status open_nameless(const char *folder, int *ret_descriptor, char path[PATH_SIZE],
	struct error *error)
{
	CLEANUP(str_free) struct str name = STR_INIT;

	int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (descriptor == -1) {
		str_addf(&name, "%s/regtool-XXXXXX", folder);
		descriptor = mkostemp(name.text, O_CLOEXEC);
		if (descriptor != -1)
			(void)unlink(name.text);
	}
	if (descriptor == -1) {
		(void)error_set_errno(error, STATUS_IO, "cannot make a temporary file in '%s'",
			folder);
		return error_hint(error, "$TMPDIR names another folder for it");
	}
	(void)snprintf(path, PATH_SIZE, "/proc/self/fd/%d", descriptor);
	if (access(path, F_OK) != 0) {
		(void)error_set_errno(error, STATUS_IO, "cannot use '%s'", path);
		(void)close(descriptor);
		return error_hint(error, "is /proc mounted?");
	}
	*ret_descriptor = descriptor;
	return STATUS_OK;
}

static enum status write_all(const char *bytes, size_t length, struct error *error)
{
	while (length > 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return error_set_errno(error, STATUS_IO, "cannot write the result");
		bytes += written;
		length -= (size_t)written;
	}
	return STATUS_OK;
}

static enum status copy_out(int descriptor, struct error *error)
{
	char bytes[COPY_SIZE];
	ssize_t length = 0;
	enum status status = STATUS_OK;

	if (lseek(descriptor, 0, SEEK_SET) != 0)
		return error_set_errno(error, STATUS_IO, "cannot read the result again");
	while (status == STATUS_OK && (length = read(descriptor, bytes, sizeof bytes)) > 0)
		status = write_all(bytes, (size_t)length, error);
	if (status == STATUS_OK && length < 0)
		return error_set_errno(error, STATUS_IO, "cannot read the result again");
	return status;
}

static enum status make_book(const char *folder, const char *path, struct error *error)
{
	CLEANUP(sheet_in_freep) struct sheet_in *in = NULL;
	CLEANUP(book_freep) struct book *book = NULL;
	const struct sheet_cell *cells = NULL;
	uint64_t rows_length = 0;

	enum status status = sheet_in_open(stdin, &in, error);
	if (status == STATUS_OK)
		status = book_open(path, folder, sheet_in_head(in), &book, error);
	if (status == STATUS_OK)
		status = sheet_in_next(in, &cells, error);
	while (status == STATUS_OK && cells != NULL) {
		status = book_add_row(book, cells, error);
		if (status == STATUS_OK)
			status = sheet_in_next(in, &cells, error);
	}
	if (status == STATUS_OK)
		status = book_write(book, &rows_length, error);
	if (status == STATUS_OK)
		status = package_check(path, book_sheet_part, rows_length, error);
	return status;
}

static enum status run(struct error *error)
{
	const char *folder = temporary_folder();
	char path[PATH_SIZE];
	int descriptor = -1;

	enum status status = open_nameless(folder, &descriptor, path, error);
	if (status != STATUS_OK)
		return status;
	status = make_book(folder, path, error);
	if (status == STATUS_OK)
		status = copy_out(descriptor, error);
	(void)close(descriptor);
	return status;
}

int main(int argc, char **argv)
{
	(void)argv;
	return libexec_main(argc, "regtool export registrants -f xlsx -o FILE.xlsx", run);
}
