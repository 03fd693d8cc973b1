/* SPDX-License-Identifier: BSD-2-Clause */
#include "xlsx/package.h"

#include "util/memory.h"
#include "util/str.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unzip.h>

enum {
	READ_SIZE = 1 << 16,
	EDGE_SIZE = 256, /* more than the XML declaration and the root's name have */
	NAME_SIZE = 128,
};

/* No text of a cell can hold these: its < is written &lt; */
static const char rows_start[] = "<sheetData>";
static const char rows_end[] = "</sheetData>";

/* Looks for one of them in bytes that come piece by piece. */
struct search {
	const char *text;
	size_t matched;
	bool is_found;
	uint64_t end; /* offset behind it, where it was found first */
};

struct part {
	struct str first; /* the first bytes of it, and the last */
	struct str last;
	uint64_t length;
	struct search start;
	struct search end;
};

/* The texts begin with a < and have no other: so a mismatch starts again at most with it. */
static void search_in(struct search *search, const char *bytes, size_t length, uint64_t offset)
{
	size_t text_length = strlen(search->text);

	for (size_t i = 0; !search->is_found && i < length; i++) {
		if (bytes[i] == search->text[search->matched])
			search->matched++;
		else
			search->matched = bytes[i] == search->text[0] ? 1 : 0;
		if (search->matched == text_length) {
			search->is_found = true;
			search->end = offset + i + 1;
		}
	}
}

static void take(struct part *part, const char *bytes, size_t length)
{
	size_t room = EDGE_SIZE - part->first.length;

	str_add_bytes(&part->first, bytes, length < room ? length : room);
	str_add_bytes(&part->last, bytes, length);
	if (part->last.length > EDGE_SIZE) {
		memmove(part->last.text, part->last.text + part->last.length - EDGE_SIZE,
			EDGE_SIZE);
		str_cut(&part->last, EDGE_SIZE);
	}
	search_in(&part->start, bytes, length, part->length);
	search_in(&part->end, bytes, length, part->length);
	part->length += length;
}

/* <?xml ...?> and the root's start at the beginning, the root's end at the end. */
static bool is_whole(const struct part *part)
{
	CLEANUP(str_free) struct str closing = STR_INIT;
	const char *root = part->first.text;

	if (strncmp(root, "<?xml ", 6) != 0 || (root = strstr(root, "?>")) == NULL)
		return false;
	root += 2 + strspn(root + 2, "\r\n");
	if (*root++ != '<')
		return false;
	str_add(&closing, "</");
	str_add_bytes(&closing, root, strcspn(root, " />"));
	str_add_char(&closing, '>');
	size_t length = part->last.length;
	while (length > 0 && strchr("\r\n", part->last.text[length - 1]) != NULL)
		length--;
	return length >= closing.length &&
	       memcmp(part->last.text + length - closing.length, closing.text, closing.length) == 0;
}

static bool has_rows(const struct part *part, uint64_t rows_length)
{
	return part->start.is_found && part->end.is_found &&
	       part->end.end == part->start.end + rows_length + strlen(rows_end);
}

/* Whether it could be read, and its checksum is right. */
static bool read_part(unzFile archive, struct part *part)
{
	char bytes[READ_SIZE];
	int length;

	if (unzOpenCurrentFile(archive) != UNZ_OK)
		return false;
	while ((length = unzReadCurrentFile(archive, bytes, sizeof bytes)) > 0)
		take(part, bytes, (size_t)length);
	return unzCloseCurrentFile(archive) == UNZ_OK && length == 0;
}

static enum status check_part(unzFile archive, const char *sheet_part, uint64_t rows_length,
	struct error *error)
{
	char name[NAME_SIZE] = "";
	unz_file_info info;
	struct part part = {
		.first = STR_INIT,
		.last = STR_INIT,
		.start = { .text = rows_start },
		.end = { .text = rows_end },
	};

	bool is_good = unzGetCurrentFileInfo(archive, &info, name, sizeof name, NULL, 0, NULL, 0) ==
			       UNZ_OK &&
		       read_part(archive, &part) && is_whole(&part);
	if (is_good && strcmp(name, sheet_part) == 0)
		is_good = has_rows(&part, rows_length);
	str_free(&part.first);
	str_free(&part.last);
	if (is_good)
		return STATUS_OK;
	(void)error_set(error, STATUS_IO, "the sheet could not be kept whole (%s)", name);
	return error_hint(error, "is the disk full? $TMPDIR names another folder for it");
}

enum status package_check(const char *path, const char *sheet_part, uint64_t rows_length,
	struct error *error)
{
	unzFile archive = unzOpen(path);
	enum status status = STATUS_OK;

	if (archive == NULL || unzLocateFile(archive, sheet_part, 1) != UNZ_OK)
		status = error_set(error, STATUS_IO, "the sheet could not be read back");
	int found = status == STATUS_OK ? unzGoToFirstFile(archive) : UNZ_END_OF_LIST_OF_FILE;
	while (status == STATUS_OK && found == UNZ_OK) {
		status = check_part(archive, sheet_part, rows_length, error);
		found = unzGoToNextFile(archive);
	}
	if (status == STATUS_OK && found != UNZ_END_OF_LIST_OF_FILE)
		status = error_set(error, STATUS_IO, "the sheet could not be read back");
	if (archive != NULL)
		(void)unzClose(archive);
	return status;
}
