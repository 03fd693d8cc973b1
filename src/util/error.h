/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What went wrong, for the caller and for the reader.
 *
 * A function that can fail returns an enum status and takes a struct error as its last
 * parameter, never NULL. The status says what a caller can act on; the message names the
 * thing, the place and the problem (lower case, no full stop, names in 'single quotes');
 * the hint names the way out. Nothing below the command line prints or exits: it fills
 * in the error and returns. On failure the ret_ parameters are untouched.
 */
#ifndef REGTOOL_UTIL_ERROR_H
#define REGTOOL_UTIL_ERROR_H

/* Each has one exit status: the table is in cli/diagnostics.c. */
enum status {
	STATUS_OK = 0,
	STATUS_NO,        /* the answer is no: refused, a fault found, not eligible */
	STATUS_EXISTS,    /* what was to be made is there already; it was not touched */
	STATUS_USAGE,     /* the command line is wrong */
	STATUS_REJECTED,  /* the input is wrong; nothing was written */
	STATUS_NOT_FOUND, /* the thing named does not exist */
	STATUS_AMBIGUOUS, /* the name fits several things; the hint lists them */
	STATUS_IO,        /* reading or writing failed: disk full, no permission, closed pipe */
	STATUS_BUSY,      /* others held the database for too long */
	STATUS_DATABASE,  /* not a database of ours, corrupt, or newer than this program */
	STATUS_SCHEMA,    /* a database of ours, but another program changed its schema */
	STATUS_KEY,       /* the key file is missing, wrong, or open to others */
};

enum {
	ERROR_MESSAGE_MAX = 1024,
	ERROR_HINT_MAX = 2048,
};

struct error {
	enum status status;
	char message[ERROR_MESSAGE_MAX];
	char hint[ERROR_HINT_MAX]; /* empty where there is none */
};

/* Starts with no error; also what a function may rely on before its first failure. */
#define ERROR_INIT                                                                                 \
	{                                                                                          \
		.status = STATUS_OK                                                                \
	}

/*
 * Sets status and message, clears the hint and returns the status, so that one line can
 * fail: return error_set(error, STATUS_NOT_FOUND, "no session '%s'", code);
 * Text that is too long is cut at a character's boundary.
 */
enum status error_set(struct error *error, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same, with ": " and the meaning of errno behind the message. */
enum status error_set_errno(struct error *error, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds the way out; returns the error's status. A later hint replaces an earlier one. */
enum status error_hint(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "text: " before the message while the error rises; returns the error's status. */
enum status error_prefix(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Forgets the error. */
void error_clear(struct error *error);

#endif
