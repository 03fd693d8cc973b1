/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/line_in.h"

#include "util/text.h"

#include <string.h>

enum {
	PIECE_MAX = 64 * 1024,
};

/* What the bytes of a piece may be; a sum. */
enum {
	BYTE_LINE_END = 1,
	BYTE_CONTROL = 2,
	BYTE_HIGH = 4, /* not ASCII */
};

static const unsigned char byte_kinds[256] = {
	[0x00 ... 0x08] = BYTE_CONTROL,
	['\n'] = BYTE_LINE_END,
	[0x0b ... 0x0c] = BYTE_CONTROL,
	['\r'] = BYTE_LINE_END,
	[0x0e ... 0x1f] = BYTE_CONTROL,
	[0x7f] = BYTE_CONTROL,
	[0x80 ... 0xc1] = BYTE_HIGH,
	[0xc2] = BYTE_HIGH | BYTE_CONTROL, /* begins U+0080 to U+009F, and others */
	[0xc3 ... 0xff] = BYTE_HIGH,
};

/* Where to cut a line of `length` bytes and more: not inside a character, which waits for
 * its other bytes. */
static size_t cut_before_character(const char *bytes, size_t length)
{
	while (length > 1 && ((unsigned char)bytes[length - 1] & 0xc0) == 0x80)
		length--;
	if (length > 1 && ((unsigned char)bytes[length - 1] & 0xc0) == 0xc0)
		length--;
	return length;
}

/* Looks for the end of the line that the window begins with, and at the kinds of its bytes;
 * false if the window must grow to tell. */
static bool find_piece(const struct text_in *text, struct line_piece *ret_piece,
	unsigned int *ret_kinds)
{
	bool is_at_end = text_in_is_at_end(text);
	unsigned int kinds = 0;
	size_t at = 0;
	size_t length;
	const char *bytes = text_in_window(text, &length);

	for (; at < length; at++) {
		unsigned int kind = byte_kinds[(unsigned char)bytes[at]];
		if (kind == BYTE_LINE_END)
			break;
		kinds |= kind;
	}
	bool ends_line = at < length;
	if (ends_line) {
		if (bytes[at] == '\r' && at + 1 == length && !is_at_end)
			return false; /* a LF may follow */
		at += at + 1 < length && bytes[at] == '\r' && bytes[at + 1] == '\n' ? 2 : 1;
	} else if (!is_at_end) {
		if (length < PIECE_MAX)
			return false;
		at = cut_before_character(bytes, length);
	}
	*ret_piece = (struct line_piece){ .bytes = bytes, .length = at, .ends_line = ends_line };
	*ret_kinds = kinds;
	return true;
}

static bool has_high(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((byte_kinds[(unsigned char)bytes[i]] & BYTE_HIGH) != 0)
			return true;
	}
	return false;
}

static enum status reject_encoding(const struct line_in *in, const struct line_piece *piece,
	size_t at, struct error *error)
{
	(void)error_set(error, STATUS_REJECTED, "%s:%zu: byte %zu of the line is not %s",
		text_in_name(in->text), in->line, in->offset + at + 1, text_in_encoding(in->text));
	if (text_in_has_bom(in->text))
		return error_hint(error,
			"its first bytes say that it is: it is damaged, or was put together "
			"from two files; save it anew");
	if (text_in_is_converted(in->text))
		return error_hint(error, "another encoding, perhaps: `iconv -l` lists all");
	if (in->has_wide || has_high(piece->bytes, at))
		return error_hint(error,
			"what stands before it is: mend this line, or, if an office program wrote "
			"the file, --encoding windows-1252");
	return error_hint(error, "if an office program wrote the file: --encoding windows-1252");
}

/* As where each second byte is one. */
static bool has_many_nuls(const struct line_piece *piece)
{
	size_t nuls = 0;

	for (size_t i = 0; i < piece->length; i++)
		nuls += piece->bytes[i] == '\0' ? 1 : 0;
	return nuls > 1 && nuls * 4 >= piece->length;
}

static enum status reject_control(const struct line_in *in, const struct line_piece *piece,
	size_t at, struct error *error)
{
	unsigned int byte = (unsigned char)piece->bytes[at];
	size_t in_line = in->offset + at;

	if (byte == 0xc2) /* the first byte of U+0080 to U+009F */
		byte = (unsigned char)piece->bytes[at + 1];
	(void)error_set(error, STATUS_REJECTED, "%s:%zu: byte %zu of the line is %s (0x%02x)",
		text_in_name(in->text), in->line, in_line + 1,
		byte == 0 ? "NUL" : "a control character", byte);
	if (byte == 0 && !text_in_is_converted(in->text) && has_many_nuls(piece))
		return error_hint(error, "if the file is in UTF-16: --encoding UTF-16%s",
			in_line % 2 == 0 ? "BE" : "LE");
	return error_hint(error,
		"it is no text: take it out with an editor, or save the file anew");
}

/* Looks only for what the kinds of its bytes let it hold; names what stands first. */
static enum status check_piece(const struct line_in *in, const struct line_piece *piece,
	unsigned int kinds, struct error *error)
{
	size_t control_at = piece->length;
	size_t bad_at;
	bool has_control = (kinds & BYTE_CONTROL) != 0 &&
			   text_has_control(piece->bytes, piece->length, "\t\r\n", &control_at);

	if ((kinds & BYTE_HIGH) != 0 && !text_is_utf8(piece->bytes, control_at, &bad_at))
		return reject_encoding(in, piece, bad_at, error);
	return has_control ? reject_control(in, piece, control_at, error) : STATUS_OK;
}

enum status line_in_next(struct line_in *in, struct line_piece *ret_piece, struct error *error)
{
	struct line_piece piece;
	unsigned int kinds;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && !find_piece(in->text, &piece, &kinds))
		status = text_in_more(in->text, error);
	if (status == STATUS_OK && kinds != 0)
		status = check_piece(in, &piece, kinds, error);
	if (status != STATUS_OK)
		return status;
	if (!piece.ends_line && text_in_is_at_end(in->text) && text_in_is_broken(in->text))
		return reject_encoding(in, &piece, piece.length, error);
	in->has_wide |= (kinds & BYTE_HIGH) != 0;
	*ret_piece = piece;
	return STATUS_OK;
}

void line_in_consume(struct line_in *in, const struct line_piece *piece)
{
	text_in_consume(in->text, piece->length);
	in->offset += piece->length;
	if (piece->ends_line) {
		in->line++;
		in->offset = 0;
	}
}
