/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of core/import: import.c (the whole), import_read.c (checking rows and setting
 * them aside), import_doubles.c (rows of one person), import_match.c (who is meant),
 * import_write.c (writing), import_advice.c (what helps against errors).
 */
#ifndef REGTOOL_CORE_IMPORT_PRIVATE_H
#define REGTOOL_CORE_IMPORT_PRIVATE_H

#include "core/import.h"
#include "core/registrar.h"
#include "core/seats.h"
#include "util/str.h"

/* Where something is wrong. */
struct import_fault {
	size_t file;
	int64_t row_id; /* 0: of the file */
	int64_t line;
	const char *column; /* NULL: none */
};

/* What many rows of one file have in common, for import_advise. */
enum import_trouble {
	TROUBLE_NO_IDENTITY = 1,  /* neither address nor id */
	TROUBLE_SHARED_EMAIL = 2, /* other names with one address */
	TROUBLE_SAME_PERSON = 4,  /* one person in rows that say different things */
	TROUBLE_TOO_WIDE = 8,     /* more cells than headers */
};

/* A file that was read. */
struct import_file {
	char *path;
	char **header; /* as it came, without a column of errors */
	size_t width;
	char delimiter;
	size_t answer_count;
	struct question *questions;
	unsigned char digest[32];
	int64_t rows_before; /* number of the last row of the file before */
	int64_t rows;
	int64_t rejected;
	int64_t read_rejected; /* of these, before the writing */
	int64_t same;          /* rows that say what an earlier one says */
	int64_t with_less;     /* rows known by what others have besides (see import_doubles.c) */
	bool lacks_names;      /* none of its columns is one, and some are only answers */
	unsigned troubles;     /* a sum of enum import_trouble */
	char *ticket_header;   /* of another system's file: see core/import_presets.h */
	char *payer_header;
	struct error error; /* of the file as a whole */
	struct import_report report;
	struct str courses_created;
};

struct import {
	struct db *db;
	int64_t event_id;
	const struct actor *actor;
	const struct import_settings *settings;
	struct import_file *files;
	size_t file_count;
	struct seats seats; /* of the writing */
	int64_t row_count;  /* of all files */
	int64_t error_count;
	int64_t read_errors; /* of these, those found before the writing */
	/* The one that ended the writing. */
	struct import_fault first_fault; /* row_id 0: none */
	struct error first_error;
};

/* --- Cells set aside: texts, each with its NUL, one behind the other. The fields in their
 * order, then the answers. --- */
void import_cells_add(struct str *cells, const char *text);
/* Points to at most `count` texts of the cells; false if there are less. */
bool import_cells_split(const void *cells, size_t length, const char **ret_texts, size_t count);

/* STATUS_IO: what was set aside does not come back as it was. */
enum status import_set_damaged(struct error *error);

/* --- Errors --- */
/* Keeps the error; a row becomes bad with its first one. */
enum status import_add_error(struct import *import, const struct import_fault *fault,
	const char *message, struct error *error);
/* The same for a row that is set aside already as a good one. */
enum status import_turn_bad(struct import *import, const struct import_fault *fault,
	const char *message, struct error *error);

/* --- What came of it --- */
/* What is counted before the writing … */
void import_remember_reading(struct import *import);
/* … is all there is where nothing was written: no counts, no numbers, and no errors, which were
 * rolled back with the rest. */
void import_forget_writing(struct import *import);

/* --- Identity: what makes the person the same. --- */
/* Sets `identity` to the key of a row, and `other` to the one that it would have by less
 * ("" : none), of a row's normalised fields. */
void import_identity(enum import_match match, const char *const *fields, struct str *identity,
	struct str *other);
/* The field by which people are known first. */
enum field import_first_field(const struct import *import);
/* The field that an identity is of. */
enum field import_identity_field(const char *identity);
/* The name that a row gives. */
void import_name_of(const char *const *fields, struct str *ret);

/* Finds rows of one person in a file: the same, or contradicting. */
enum status import_find_doubles(struct import *import, size_t file, struct error *error);

/* --- Who is meant --- */
/* A person as the database has it, copied; the memory is used again. */
struct known_person {
	struct registrant_row row; /* person_id 0: nobody */
	struct str texts[9];
	size_t count; /* of people that fit */
	/* With count 0: somebody has the row's external id, and another address; as a
	 * registrant of the event (0: of others only). */
	bool is_id_taken;
	int64_t id_taken_by;
	bool is_by_merged; /* known by a record that was merged into this person */
};
#define KNOWN_PERSON_INIT                                                                          \
	{                                                                                          \
		.texts = {                                                                         \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT,                                                                  \
			STR_INIT                                                                   \
		}                                                                                  \
	}
void known_person_free(struct known_person *known);
/* STATUS_REJECTED: two people fit; the message is the problem alone. */
enum status import_match_person(const struct import *import, const char *const *fields,
	struct known_person *known, struct error *error);
/* People whom a file names in two ways, and the database knows as one, contradict each other as
 * they do within the file (see import_doubles.c): else the row that comes last would count.
 * Sets `problem` if an earlier row of the file was matched to the person. */
enum status import_claim_person(const struct import *import, const struct stage_row *row,
	const struct registrant_row *known, struct error *problem, struct error *error);

/* Takes out of what a merged record's row says all that the person's own row says: only what is
 * never taken away, roles and courses, is added, so that two rows of one person do not take
 * turns. Somebody who is not registered for the event yet is, by either. */
void import_leave_to_own_row(const struct known_person *known, struct registrant_values *values);

#endif
