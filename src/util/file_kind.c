/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/file_kind.h"

#include <string.h>
#include <strings.h>

static const char save_as_csv[] = "save it as CSV (UTF-8) first";
static const char export_csv[] = "export the list as CSV where it comes from";
static const char unpack[] = "unpack it first";

struct start {
	const char *bytes;
	size_t length;
	struct file_kind kind;
};

#define START(text, name, hint)                                                                    \
	{                                                                                          \
		(text), sizeof(text) - 1,                                                          \
		{                                                                                  \
			(name), (hint)                                                             \
		}                                                                                  \
	}

/* Exact, at the file's first byte; the longer one first where one begins like the other. */
static const struct start binary[] = {
	START("PK\003\004", "a zip archive, such as an Excel file, not text", save_as_csv),
	START("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file, not text",
		save_as_csv),
	START("%PDF-", "a PDF document, not text", export_csv),
	START("\x1f\x8b", "a gzip archive, not text", unpack),
	START("BZh", "a bzip2 archive, not text", unpack),
	START("\xfd"
	      "7zXZ",
		"an xz archive, not text", unpack),
	START("7z\xbc\xaf\x27\x1c", "a 7z archive, not text", unpack),
	START("Rar!\x1a\x07", "a rar archive, not text", unpack),
	START("\x89PNG", "a picture, not text", export_csv),
	START("\xff\xd8\xff", "a picture, not text", export_csv),
	START("GIF8", "a picture, not text", export_csv),
	START("SQLite format 3\0", "a database, not text",
		"what is read here is CSV text; --db names a database"),
	START("\x7f"
	      "ELF",
		"a program, not text", export_csv),
};

/* Without regard to case, behind white space. */
static const struct start text[] = {
	START("<!doctype html", "a web page, not CSV",
		"it may be a page to sign in, saved in the place of "
		"the file: export the list as CSV"),
	START("<html", "a web page, not CSV", export_csv),
	START("<table", "a table of a web page, not CSV",
		"open it in a spreadsheet and save it as CSV (UTF-8)"),
	START("<?xml", "XML, not CSV", export_csv),
	START("{\\rtf", "a word processor's file, not CSV", export_csv),
	START("BEGIN:VCARD", "a card of addresses, not CSV", export_csv),
	START("BEGIN:VCALENDAR", "a calendar, not CSV", export_csv),
};

/* The first words of a zip archive's first file name. */
static const struct start zip_names[] = {
	START("[Content_Types].xml", "an Excel or Word file, not text", save_as_csv),
	START("_rels/", "an Excel or Word file, not text", save_as_csv),
	START("xl/", "an Excel or Word file, not text", save_as_csv),
	START("mimetype", "a LibreOffice file, not text", save_as_csv),
};

static const struct file_kind json = { "JSON, not CSV", export_csv };

static const struct file_kind *find(const struct start *starts, size_t count, const char *bytes,
	size_t length)
{
	for (size_t i = 0; i < count; i++) {
		if (length >= starts[i].length &&
			memcmp(bytes, starts[i].bytes, starts[i].length) == 0)
			return &starts[i].kind;
	}
	return NULL;
}

static size_t skip_spaces(const char *bytes, size_t length)
{
	size_t at = 0;

	while (at < length && memchr(" \t\r\n", bytes[at], 4) != NULL)
		at++;
	return at;
}

/* A header may begin with a bracket; what begins with two of JSON's signs is JSON. */
static bool is_json(const char *bytes, size_t length)
{
	if (length == 0 || (bytes[0] != '{' && bytes[0] != '['))
		return false;
	size_t next = 1 + skip_spaces(bytes + 1, length - 1);
	return next < length && (bytes[next] == '"' || (bytes[0] == '[' && bytes[next] == '{'));
}

const struct file_kind *file_kind_find(const char *bytes, size_t length)
{
	enum { ZIP_NAME_AT = 30 }; /* APPNOTE.TXT, 4.3.7 */
	const struct file_kind *kind = find(binary, sizeof binary / sizeof *binary, bytes, length);

	if (kind == &binary[0].kind && length > ZIP_NAME_AT) {
		const struct file_kind *office =
			find(zip_names, sizeof zip_names / sizeof *zip_names, bytes + ZIP_NAME_AT,
				length - ZIP_NAME_AT);
		return office != NULL ? office : kind;
	}
	if (kind != NULL)
		return kind;
	size_t at = skip_spaces(bytes, length);
	for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
		if (length - at >= text[i].length &&
			strncasecmp(bytes + at, text[i].bytes, text[i].length) == 0)
			return &text[i].kind;
	}
	return is_json(bytes + at, length - at) ? &json : NULL;
}

enum status file_kind_refuse(const char *name, const char *bytes, size_t length,
	struct error *error)
{
	const struct file_kind *kind = file_kind_find(bytes, length);

	if (kind == NULL)
		return STATUS_OK;
	(void)error_set(error, STATUS_REJECTED, "%s:1: %s", name, kind->name);
	return error_hint(error, "%s", kind->hint);
}
