/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text that grows. `text` is always NUL-terminated and never NULL, also when empty, so it
 * can be handed to anything that takes a string. Bytes are free to hold NUL; `length`
 * counts them all.
 */
#ifndef REGTOOL_UTIL_STR_H
#define REGTOOL_UTIL_STR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	char *text;
	size_t length;
	size_t capacity; /* bytes that `text` owns, the NUL included; 0 while it owns none */
};

extern char str_empty[1];
#define STR_INIT                                                                                   \
	{                                                                                          \
		.text = str_empty                                                                  \
	}

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const void *bytes, size_t length);
void str_add_char(struct str *str, char character);
/* In decimal: what "%lld" gives, but a good deal faster. */
void str_add_integer(struct str *str, int64_t value);
void str_addf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *str, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
/* Cuts to `length` bytes, which must not be more than it has. */
void str_cut(struct str *str, size_t length);
/* Makes it empty and keeps its memory. */
void str_clear(struct str *str);
/* Gives the text away (never NULL, the caller frees it) and leaves the str empty. */
char *str_steal(struct str *str) __attribute__((returns_nonnull));
/* For CLEANUP(str_free). */
void str_free(struct str *str);

#endif
