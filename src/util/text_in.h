/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads a text file whatever its encoding and gives it as UTF-8, a window at a time. A BOM
 * decides (UTF-8, UTF-16, UTF-32, either order) and is taken off; without one the encoding
 * named holds, converted by iconv; without a name the bytes are given as they are, and
 * whether they are UTF-8 is for the caller to check, who knows in which line they stand.
 */
#ifndef REGTOOL_UTIL_TEXT_IN_H
#define REGTOOL_UTIL_TEXT_IN_H

#include "util/error.h"
#include "util/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_in;

/* STATUS_USAGE if iconv does not know the name. */
enum status text_in_check_encoding(const char *name, struct error *error);

/* Opens a file ("-" is standard input); `encoding` may be NULL. STATUS_NOT_FOUND (no such
 * file), STATUS_REJECTED (a folder), STATUS_IO (cannot be read), STATUS_USAGE (an unknown
 * encoding); messages name the path. */
enum status text_in_open(const char *path, const char *encoding, struct text_in **ret_in,
	struct error *error);
/* The same for files of systems that write what they should not: UTF-16 without a BOM is
 * recognised, and NUL bytes are left out. */
enum status text_in_open_lenient(const char *path, const char *encoding, struct text_in **ret_in,
	struct error *error);
/* How many NUL bytes were left out so far. */
int64_t text_in_nul_count(const struct text_in *in);
void text_in_close(struct text_in *in);
void text_in_closep(struct text_in **in);

/* What has been read and not yet been consumed; lent until the next text_in_more. */
const char *text_in_window(const struct text_in *in, size_t *ret_length);
/* Takes `length` bytes off the window's start. */
void text_in_consume(struct text_in *in, size_t length);
/* Reads on: the window grows at its end, by 64 KiB at most for a file in UTF-8, or the end
 * is reached. STATUS_IO if reading fails. */
enum status text_in_more(struct text_in *in, struct error *error);
/* Whether the window holds all that is left. */
bool text_in_is_at_end(const struct text_in *in);
/* Whether the end is where the bytes ceased to be text of the encoding. */
bool text_in_is_broken(const struct text_in *in);

/* What messages call the file: its path, or "standard input". */
const char *text_in_name(const struct text_in *in);
/* "UTF-8", what the BOM says, or the name given. */
const char *text_in_encoding(const struct text_in *in);
/* Whether a byte order mark said it. */
bool text_in_has_bom(const struct text_in *in);
/* Whether the file, read to its end, is UTF-8 with more than ASCII in it although a Latin
 * encoding was named. No such text is UTF-8 by chance. */
bool text_in_is_misnamed(const struct text_in *in);
/* Whether the bytes come as they are in the file. */
bool text_in_is_converted(const struct text_in *in);
/* Bytes of the file read so far, and in all (-1 where it is not known). */
int64_t text_in_bytes_read(const struct text_in *in);
int64_t text_in_bytes_total(const struct text_in *in);
/* BLAKE2b-256 of the file's bytes, which must have been read to the end. */
void text_in_digest(const struct text_in *in, unsigned char ret_digest[static HASH_SIZE]);

#endif
