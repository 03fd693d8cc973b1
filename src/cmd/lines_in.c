/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/lines_in.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

struct reader {
	FILE *stream;
	char *buffer;
	size_t capacity;
};

static void close_reader(struct reader *reader)
{
	free(reader->buffer);
	if (reader->stream != NULL && reader->stream != stdin)
		(void)fclose(reader->stream);
}

static enum status take_line(struct lines *lines, const char *bytes, size_t length, size_t number,
	struct error *error)
{
	struct str line = STR_INIT;
	size_t at;

	if (number == 1 && strncmp(bytes, byte_order_mark, strlen(byte_order_mark)) == 0) {
		bytes += strlen(byte_order_mark);
		length -= strlen(byte_order_mark);
	}
	if (!text_is_utf8(bytes, length, &at))
		return error_set(error, STATUS_REJECTED, "%s:%zu: byte %zu is not UTF-8",
			lines->name, number, at + 1);
	text_clean(bytes, length, &line);
	if (text_has_control(line.text, line.length, "\t", &at)) {
		str_free(&line);
		return error_set(error, STATUS_REJECTED, "%s:%zu: a control character", lines->name,
			number);
	}
	if (line.length == 0) {
		str_free(&line);
		return STATUS_OK;
	}
	lines->all = xreallocarray(lines->all, lines->count + 1, sizeof(char *));
	lines->numbers = xreallocarray(lines->numbers, lines->count + 1, sizeof *lines->numbers);
	lines->numbers[lines->count] = number;
	lines->all[lines->count++] = str_steal(&line);
	return STATUS_OK;
}

static enum status open_reader(const char *path, struct reader *reader, struct error *error)
{
	if (strcmp(path, "-") == 0) {
		reader->stream = stdin;
		return STATUS_OK;
	}
	reader->stream = fopen(path, "re");
	if (reader->stream != NULL)
		return STATUS_OK;
	if (errno == ENOENT || errno == ENOTDIR)
		return error_set(error, STATUS_NOT_FOUND, "%s: no such file", path);
	return error_set_errno(error, STATUS_IO, "cannot read '%s'", path);
}

enum status lines_read(const char *path, struct lines *lines, struct error *error)
{
	CLEANUP(close_reader) struct reader reader = { .stream = NULL };
	ssize_t length = 0;

	lines->name = strcmp(path, "-") == 0 ? "standard input" : path;
	enum status status = open_reader(path, &reader, error);
	errno = 0;
	for (size_t number = 1; status == STATUS_OK; number++) {
		length = getline(&reader.buffer, &reader.capacity, reader.stream);
		if (length < 0)
			break;
		status = take_line(lines, reader.buffer, (size_t)length, number, error);
	}
	if (status != STATUS_OK)
		return status;
	if (ferror(reader.stream) != 0)
		return error_set_errno(error, errno == EISDIR ? STATUS_REJECTED : STATUS_IO,
			"cannot read '%s'", lines->name);
	if (lines->count == 0)
		return error_set(error, STATUS_REJECTED, "%s: nobody is named in it", lines->name);
	return STATUS_OK;
}

void lines_free(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->all[i]);
	free(lines->all);
	free(lines->numbers);
	*lines = (struct lines)LINES_INIT;
}
