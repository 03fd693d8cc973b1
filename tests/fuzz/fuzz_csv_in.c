/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reader of CSV. An input is: delimiter, encoding, whether any header will do, the
 * most bytes that a read gives (each one byte), and the file.
 */
#include "util/csv_in.h"

#include "csv_reference.h"
#include "fuzz.h"
#include "util/hash.h"
#include "util/text.h"

#include <iconv.h>

enum {
	WIDTH_MAX = 1000,
	PIECES_MAX = 100, /* each is looked at again with the next */
};

static const char delimiters[] = { '\0', ',', ';', '\t', '|', ':', '\'', '=' };
static const char *const encodings[] = { NULL, "UTF-8", "windows-1252", "UTF-16", "UTF-16LE",
	"UTF-16BE", "UTF-32", "UTF-7", "ISO-8859-15", "windows-1250", "SHIFT_JIS", "GB18030",
	"ISO-2022-JP", "BIG5-HKSCS", "EUC-KR", "TIS-620", "windows-1255", "CP037" };

/* --- Reading in small pieces --- */

static size_t read_max = SIZE_MAX;

ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size);

/* The linker puts it in the place of read(). */
ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
	return __real_read(descriptor, buffer, size < read_max ? size : read_max);
}

/* --- What was read --- */

struct outcome {
	enum status status;
	struct error error;
	char delimiter; /* '\0': not opened */
	char encoding[32];
	struct str raw; /* as in csv_reference.h */
	struct str cells;
	int64_t bytes_read;
	unsigned char digest[HASH_SIZE]; /* with STATUS_OK */
};

static void free_outcome(struct outcome *outcome)
{
	str_free(&outcome->raw);
	str_free(&outcome->cells);
}

/* What a cell must be, from what came. */
static void claim_cell(const char *raw, const char *cell)
{
	CLEANUP(str_free) struct str clean = STR_INIT;
	size_t at;

	claim(text_is_utf8(raw, strlen(raw), &at), "'%s', byte %zu", raw, at);
	claim(!text_has_control(raw, strlen(raw), "\t\r\n", &at), "'%s', byte %zu", raw, at);
	text_clean(raw, strlen(raw), &clean);
	const char *guarded = clean.text + strspn(clean.text, "'");
	bool is_guarded =
		guarded > clean.text && *guarded != '\0' && strchr("=+-@\t\r", *guarded) != NULL;
	claim(strcmp(cell, clean.text + is_guarded) == 0, "'%s' became '%s'", raw, cell);
	if (text_is_clean(raw, strlen(raw)))
		claim(strcmp(raw, clean.text) == 0, "'%s' is clean", raw);
}

static void add_row(struct outcome *outcome, const struct csv_row *row)
{
	claim(row->width > 0 && row->width <= WIDTH_MAX, "%zu", row->width);
	str_add_integer(&outcome->raw, (int64_t)row->line);
	str_add_char(&outcome->raw, CELL_END);
	for (size_t i = 0; i < row->width; i++) {
		claim_cell(row->raw[i], row->cells[i]);
		str_add(&outcome->raw, row->raw[i]);
		str_add_char(&outcome->raw, CELL_END);
		str_add(&outcome->cells, row->cells[i]);
		str_add_char(&outcome->cells, CELL_END);
	}
	str_add_char(&outcome->raw, ROW_END);
	str_add_char(&outcome->cells, ROW_END);
}

static void read_rows(struct csv_in *in, struct outcome *outcome)
{
	const struct csv_row *row = csv_in_header(in);
	size_t line = 0;

	while (row != NULL) {
		claim(row->line > line, "line %zu after line %zu", row->line, line);
		line = row->line;
		add_row(outcome, row);
		outcome->status = csv_in_next(in, &row, &outcome->error);
		if (outcome->status != STATUS_OK)
			break;
	}
	/* The end and a failure stay what they are. */
	struct error again = ERROR_INIT;
	claim(csv_in_next(in, &row, &again) == outcome->status, "%s", again.message);
	claim(outcome->status != STATUS_OK || row == NULL, "a row after the last");
	claim(strcmp(again.message, outcome->error.message) == 0, "%s", again.message);
	outcome->bytes_read = csv_in_bytes_read(in);
	if (outcome->status == STATUS_OK)
		csv_in_digest(in, outcome->digest);
}

static void read_file(const char *path, const struct csv_in_options *options, size_t piece,
	struct outcome *outcome)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;

	*outcome = (struct outcome){ .raw = STR_INIT, .cells = STR_INIT };
	read_max = piece;
	outcome->status = csv_in_open(path, options, &in, &outcome->error);
	if (outcome->status == STATUS_OK) {
		outcome->delimiter = csv_in_delimiter(in);
		(void)snprintf(outcome->encoding, sizeof outcome->encoding, "%s",
			csv_in_encoding(in));
		read_rows(in, outcome);
	}
	read_max = SIZE_MAX;
}

/* --- What must hold of it --- */

static size_t count_lines(const struct str *text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text->length; i++)
		lines += text->text[i] == '\n' || text->text[i] == '\r' ? 1 : 0;
	return lines;
}

/* A refusal names the file, a line that it has, the problem. */
static void claim_refusal(const struct outcome *outcome, const char *path, size_t lines)
{
	const char *message = outcome->error.message;
	size_t length = strlen(path);
	size_t at;

	claim(outcome->status == STATUS_REJECTED, "status %d: %s", (int)outcome->status, message);
	claim(outcome->error.status == outcome->status, "%s", message);
	claim(strncmp(message, path, length) == 0 && message[length] == ':', "%s", message);
	claim(text_is_utf8(message, strlen(message), &at), "byte %zu", at);
	if (message[length + 1] != ' ') {
		unsigned long line = strtoul(message + length + 1, NULL, 10);
		claim(line >= 1 && line <= lines, "line %lu of %zu: %s", line, lines, message);
	}
}

/* The file as UTF-8, converted at once and not a window at a time. */
static bool decode(const struct str *file, const char *encoding, struct str *ret)
{
	static const char *const boms[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff" };
	char *from = file->text;
	size_t left = file->length;
	bool is_utf8 = strcasecmp(encoding, "UTF-8") == 0;

	if (left >= 4 &&
		(memcmp(from, "\xff\xfe\0\0", 4) == 0 || memcmp(from, "\0\0\xfe\xff", 4) == 0))
		return false; /* UTF-32: left to the unit test */
	for (size_t i = 0; i < COUNT(boms); i++) {
		size_t length = strlen(boms[i]);
		if (left >= length && memcmp(from, boms[i], length) == 0) {
			from += length;
			left -= length;
			break;
		}
	}
	if (is_utf8) {
		str_add_bytes(ret, from, left);
		return true;
	}
	iconv_t converter = iconv_open("UTF-8", encoding);
	size_t room = left * 8 + 16;
	char *buffer = xmalloc(room);
	char *to = buffer;
	bool is_whole = converter != (iconv_t)-1 &&
			iconv(converter, &from, &left, &to, &room) != (size_t)-1 &&
			iconv(converter, NULL, NULL, &to, &room) != (size_t)-1;
	if (converter != (iconv_t)-1)
		(void)iconv_close(converter);
	str_add_bytes(ret, buffer, (size_t)(to - buffer));
	free(buffer);
	return is_whole;
}

static void claim_as_reference(const struct outcome *outcome, const struct str *text)
{
	CLEANUP(str_free) struct str rows = STR_INIT;
	bool is_right = reference_read(text->text, text->length, outcome->delimiter, &rows);

	if (outcome->status == STATUS_OK) {
		claim(is_right, "the quoting is wrong");
		claim(rows.length == outcome->raw.length, "%s\n%s", rows.text, outcome->raw.text);
	}
	claim(rows.length >= outcome->raw.length &&
			memcmp(rows.text, outcome->raw.text, outcome->raw.length) == 0,
		"%s\n%s", rows.text, outcome->raw.text);
}

static void claim_same(const struct outcome *a, const struct outcome *b)
{
	claim(a->status == b->status, "%s\n%s", a->error.message, b->error.message);
	claim(strcmp(a->error.message, b->error.message) == 0, "%s\n%s", a->error.message,
		b->error.message);
	claim(strcmp(a->error.hint, b->error.hint) == 0, "%s\n%s", a->error.hint, b->error.hint);
	claim(a->delimiter == b->delimiter, "%d %d", a->delimiter, b->delimiter);
	claim(strcmp(a->encoding, b->encoding) == 0, "%s %s", a->encoding, b->encoding);
	claim(strcmp(a->raw.text, b->raw.text) == 0, "%s\n%s", a->raw.text, b->raw.text);
	claim(strcmp(a->cells.text, b->cells.text) == 0, "%s\n%s", a->cells.text, b->cells.text);
	claim(memcmp(a->digest, b->digest, sizeof a->digest) == 0, "the file's digest");
}

/* --- The target --- */

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	(void)argument_count;
	(void)arguments;
	return hash_start_library();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	CLEANUP(str_free) struct str file = STR_INIT;
	CLEANUP(str_free) struct str text = STR_INIT;
	struct outcome whole;
	struct outcome pieces;
	const struct csv_in_options options = {
		.delimiter = delimiters[fuzz_choice(&input, COUNT(delimiters))],
		.encoding = encodings[fuzz_choice(&input, COUNT(encodings))],
		.takes_any_header = fuzz_choice(&input, 2) != 0,
	};
	size_t piece = fuzz_choice(&input, 256) + 1;

	if (piece < input.length / PIECES_MAX)
		piece = input.length / PIECES_MAX;
	str_add_bytes(&file, input.bytes, input.length);
	const char *path = fuzz_file(0, file.text, file.length);
	read_file(path, &options, SIZE_MAX, &whole);
	read_file(path, &options, piece, &pieces);
	claim_same(&whole, &pieces);
	bool is_whole = whole.status == STATUS_USAGE ||
			decode(&file, whole.encoding[0] != '\0' ? whole.encoding : "UTF-8", &text);
	if (whole.status == STATUS_OK)
		claim(whole.bytes_read == (int64_t)file.length, "%lld",
			(long long)whole.bytes_read);
	else if (whole.status != STATUS_USAGE) /* an encoding that this machine lacks */
		claim_refusal(&whole, path,
			whole.encoding[0] != '\0' && is_whole ? count_lines(&text)
							      : file.length + 1);
	if (whole.delimiter != '\0' && is_whole)
		claim_as_reference(&whole, &text);
	free_outcome(&whole);
	free_outcome(&pieces);
	return 0;
}
