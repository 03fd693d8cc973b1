/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/text_in.h"

#include "util/memory.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	READ_SIZE = 64 * 1024,
	BOM_MAX = 4,
	GUESS_BYTES = 1024, /* looked at for UTF-16 without a BOM */
};

struct text_in {
	int descriptor;
	char *name;
	char *encoding;
	int64_t bytes_read;
	int64_t bytes_total;
	struct hash *hash;
	unsigned char digest[HASH_SIZE]; /* once has_digest */
	bool has_digest;
	bool is_at_end;
	bool is_broken;
	bool has_bom;

	/* Whether a file in a Latin encoding may be UTF-8 after all. */
	bool is_latin;
	bool is_not_utf8;
	bool has_wide;
	unsigned int tail_bytes; /* that the character being read lacks */
	bool drops_nul;
	int64_t nul_count; /* of those dropped */

	char *window; /* start to end of capacity bytes */
	size_t start;
	size_t end;
	size_t capacity;

	bool is_converted;
	iconv_t converter; /* if is_converted */
	char *raw;         /* bytes read and not yet converted */
	size_t raw_length;
};

static const iconv_t no_converter = (iconv_t)-1;

static iconv_t open_converter(const char *encoding)
{
	/* An empty name is the locale's encoding for iconv, and "//" starts its options. */
	if (encoding[0] == '\0' || strchr(encoding, '/') != NULL) {
		errno = EINVAL;
		return no_converter;
	}
	return iconv_open("UTF-8", encoding);
}

enum status text_in_check_encoding(const char *name, struct error *error)
{
	iconv_t converter = open_converter(name);

	if (converter == no_converter) {
		(void)error_set(error, STATUS_USAGE, "no encoding '%s'", name);
		return error_hint(error, "common ones are UTF-8, windows-1252, windows-1250 and "
					 "UTF-16LE; `iconv -l` lists all");
	}
	(void)iconv_close(converter);
	return STATUS_OK;
}

/* --- The window --- */

/* Gets READ_SIZE bytes of room behind the window's end. */
static void make_room(struct text_in *in)
{
	if (in->start > 0) {
		memmove(in->window, in->window + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (in->capacity - in->end >= READ_SIZE)
		return;
	in->capacity = in->capacity * 2 + READ_SIZE;
	in->window = xreallocarray(in->window, in->capacity, 1);
}

/* Not every rule of UTF-8, but enough to tell it from Latin text. */
static void watch_for_utf8(struct text_in *in, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length && !in->is_not_utf8; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if (in->tail_bytes > 0) {
			in->is_not_utf8 = (byte & 0xc0) != 0x80;
			in->tail_bytes--;
		} else if (byte >= 0x80) {
			in->is_not_utf8 = byte < 0xc2 || byte > 0xf4;
			in->tail_bytes = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
			in->has_wide = true;
		}
	}
}

/* Reads at most `size` bytes; *ret_length is 0 at the end of the file. */
static enum status read_bytes(struct text_in *in, char *buffer, size_t size, size_t *ret_length,
	struct error *error)
{
	ssize_t got;

	do {
		got = read(in->descriptor, buffer, size);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set_errno(error, STATUS_IO, "%s: cannot be read", in->name);
	if (got == 0 && !in->has_digest) {
		hash_finish(in->hash, in->digest);
		in->has_digest = true;
	}
	if (got > 0)
		hash_add_raw(in->hash, buffer, (size_t)got);
	if (got > 0 && in->is_latin)
		watch_for_utf8(in, buffer, (size_t)got);
	in->bytes_read += got;
	*ret_length = (size_t)got;
	return STATUS_OK;
}

/* Converts what it can of the raw bytes into the room behind the window. */
static void convert(struct text_in *in, bool is_last)
{
	char *from = in->raw;
	size_t from_left = in->raw_length;
	char *to = in->window + in->end;
	size_t to_left = in->capacity - in->end;
	size_t result = iconv(in->converter, &from, &from_left, &to, &to_left);

	if (result != (size_t)-1 && is_last)
		/* What the converter holds back may not fit: then it is asked for again. */
		in->is_at_end = iconv(in->converter, NULL, NULL, &to, &to_left) != (size_t)-1;
	else if (result == (size_t)-1 && (errno == EILSEQ || (errno == EINVAL && is_last)))
		in->is_broken = in->is_at_end = true;
	in->end = in->capacity - to_left;
	memmove(in->raw, from, from_left);
	in->raw_length = from_left;
}

/* The digest is of the whole file, also where it could not be converted to its end; but a
 * broken file is refused, so that nobody asks. */
static enum status convert_more(struct text_in *in, struct error *error)
{
	size_t end = in->end;

	while (in->end == end && !in->is_at_end) {
		size_t got = 0;
		if (in->raw_length < READ_SIZE) {
			enum status status = read_bytes(in, in->raw + in->raw_length,
				READ_SIZE - in->raw_length, &got, error);
			if (status != STATUS_OK)
				return status;
		}
		in->raw_length += got;
		convert(in, in->has_digest);
	}
	return STATUS_OK;
}

/* Takes the NUL bytes out of the window, from an offset on. */
static void drop_nuls(struct text_in *in, size_t from)
{
	size_t kept = from;

	for (size_t at = from; at < in->end; at++) {
		if (in->window[at] == '\0')
			in->nul_count++;
		else
			in->window[kept++] = in->window[at];
	}
	in->end = kept;
}

enum status text_in_more(struct text_in *in, struct error *error)
{
	size_t got;
	enum status status;

	if (in->is_at_end)
		return STATUS_OK;
	make_room(in);
	size_t before = in->end;
	if (in->is_converted) {
		status = convert_more(in, error);
	} else {
		status = read_bytes(in, in->window + in->end, READ_SIZE, &got, error);
		if (status == STATUS_OK) {
			in->end += got;
			in->is_at_end = got == 0;
		}
	}
	if (status == STATUS_OK && in->drops_nul)
		drop_nuls(in, before);
	return status;
}

const char *text_in_window(const struct text_in *in, size_t *ret_length)
{
	*ret_length = in->end - in->start;
	return in->window + in->start;
}

void text_in_consume(struct text_in *in, size_t length)
{
	assert(length <= in->end - in->start);
	in->start += length;
}

/* --- Opening --- */

struct bom {
	const char *encoding;
	size_t length;
	const char *bytes;
};

/* The longer one first where one begins like the other. */
static const struct bom boms[] = {
	{ "UTF-8", 3, "\xef\xbb\xbf" },
	{ "UTF-32LE", 4, "\xff\xfe\0\0" },
	{ "UTF-32BE", 4, "\0\0\xfe\xff" },
	{ "UTF-16LE", 2, "\xff\xfe" },
	{ "UTF-16BE", 2, "\xfe\xff" },
};

static const struct bom *find_bom(const char *bytes, size_t length)
{
	for (size_t i = 0; i < sizeof boms / sizeof *boms; i++) {
		if (length >= boms[i].length && memcmp(bytes, boms[i].bytes, boms[i].length) == 0)
			return &boms[i];
	}
	return NULL;
}

/* UTF-16 without a BOM: of text that is mostly Latin every second byte is NUL. */
static const char *guess_utf16(const char *bytes, size_t length)
{
	size_t looked_at = length < GUESS_BYTES ? length : GUESS_BYTES;
	size_t nuls[2] = { 0, 0 };

	for (size_t i = 0; i < looked_at; i++)
		if (bytes[i] == '\0')
			nuls[i % 2]++;
	if (nuls[1] * 4 > looked_at && nuls[0] * 8 < nuls[1])
		return "UTF-16LE";
	if (nuls[0] * 4 > looked_at && nuls[1] * 8 < nuls[0])
		return "UTF-16BE";
	return NULL;
}

static bool is_utf8_name(const char *encoding)
{
	return strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

static bool is_latin_name(const char *encoding)
{
	static const char *const names[] = { "1252", "1250", "8859-1", "8859-15", "8859-2", "latin",
		"macintosh" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcasestr(encoding, names[i]) != NULL)
			return true;
	}
	return false;
}

/* Settles the encoding by the file's first bytes and hands them to the converter. */
static enum status start_decoding(struct text_in *in, const char *encoding, bool is_lenient,
	struct error *error)
{
	size_t length = 0;

	while (length < BOM_MAX && !in->is_at_end) {
		enum status status = text_in_more(in, error);
		if (status != STATUS_OK)
			return status;
		(void)text_in_window(in, &length);
	}
	const struct bom *bom = find_bom(text_in_window(in, &length), length);
	if (bom != NULL) {
		text_in_consume(in, bom->length);
		encoding = bom->encoding;
		in->has_bom = true;
	} else if (is_lenient && encoding == NULL) {
		encoding = guess_utf16(text_in_window(in, &length), length);
	}
	in->drops_nul = is_lenient;
	in->encoding = xstrdup(encoding != NULL ? encoding : "UTF-8");
	if (is_utf8_name(in->encoding)) {
		if (in->drops_nul)
			drop_nuls(in, in->start);
		return STATUS_OK;
	}
	in->converter = open_converter(in->encoding);
	if (in->converter == no_converter)
		return text_in_check_encoding(in->encoding, error);
	in->is_converted = true;
	in->raw_length = in->end - in->start;
	in->raw = xmalloc(in->raw_length > READ_SIZE ? in->raw_length : READ_SIZE);
	memcpy(in->raw, in->window + in->start, in->raw_length);
	in->is_latin = is_latin_name(in->encoding);
	if (in->is_latin)
		watch_for_utf8(in, in->raw, in->raw_length);
	in->start = 0;
	in->end = 0;
	in->is_at_end = false;
	return STATUS_OK;
}

static enum status open_descriptor(struct text_in *in, const char *path, struct error *error)
{
	struct stat file;

	if (strcmp(path, "-") == 0)
		in->descriptor = STDIN_FILENO;
	else
		in->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (in->descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
		return error_set(error, STATUS_NOT_FOUND, "%s: no such file", path);
	if (in->descriptor < 0 || fstat(in->descriptor, &file) != 0)
		return error_set_errno(error, STATUS_IO, "%s: cannot be opened", in->name);
	if (S_ISDIR(file.st_mode))
		return error_set(error, STATUS_REJECTED, "%s: is a folder", in->name);
	in->bytes_total = S_ISREG(file.st_mode) ? (int64_t)file.st_size : -1;
	return STATUS_OK;
}

static enum status open_text(const char *path, const char *encoding, bool is_lenient,
	struct text_in **ret_in, struct error *error)
{
	CLEANUP(text_in_closep) struct text_in *in = xcalloc(1, sizeof *in);

	in->converter = no_converter;
	in->name = xstrdup(strcmp(path, "-") == 0 ? "standard input" : path);
	in->hash = hash_new(NULL);
	enum status status = open_descriptor(in, path, error);
	if (status == STATUS_OK)
		status = start_decoding(in, encoding, is_lenient, error);
	if (status != STATUS_OK)
		return status;
	*ret_in = in;
	in = NULL;
	return STATUS_OK;
}

enum status text_in_open(const char *path, const char *encoding, struct text_in **ret_in,
	struct error *error)
{
	return open_text(path, encoding, false, ret_in, error);
}

enum status text_in_open_lenient(const char *path, const char *encoding, struct text_in **ret_in,
	struct error *error)
{
	return open_text(path, encoding, true, ret_in, error);
}

void text_in_close(struct text_in *in)
{
	if (in == NULL)
		return;
	if (in->descriptor > STDIN_FILENO)
		(void)close(in->descriptor);
	if (in->converter != no_converter)
		(void)iconv_close(in->converter);
	hash_free(in->hash);
	free(in->name);
	free(in->encoding);
	free(in->window);
	free(in->raw);
	free(in);
}

void text_in_closep(struct text_in **in)
{
	text_in_close(*in);
	*in = NULL;
}

/* --- What it is --- */

bool text_in_is_at_end(const struct text_in *in)
{
	return in->is_at_end;
}

bool text_in_is_broken(const struct text_in *in)
{
	return in->is_broken;
}

const char *text_in_name(const struct text_in *in)
{
	return in->name;
}

const char *text_in_encoding(const struct text_in *in)
{
	return in->encoding;
}

bool text_in_has_bom(const struct text_in *in)
{
	return in->has_bom;
}

bool text_in_is_misnamed(const struct text_in *in)
{
	return in->is_latin && in->has_wide && !in->is_not_utf8 && in->tail_bytes == 0;
}

bool text_in_is_converted(const struct text_in *in)
{
	return in->is_converted;
}

int64_t text_in_nul_count(const struct text_in *in)
{
	return in->nul_count;
}

int64_t text_in_bytes_read(const struct text_in *in)
{
	return in->bytes_read;
}

int64_t text_in_bytes_total(const struct text_in *in)
{
	return in->bytes_total;
}

void text_in_digest(const struct text_in *in, unsigned char ret_digest[static HASH_SIZE])
{
	assert(in->has_digest);
	memcpy(ret_digest, in->digest, HASH_SIZE);
}
