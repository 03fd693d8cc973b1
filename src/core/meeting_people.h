/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The participants of a meeting report, and which registrants they are: whoever the user has
 * said (now, or in an earlier import), else by e-mail address, by external id, or by a name
 * that after folding is one registrant's alone. "iPhone (Brian Smith)" is also looked for as
 * Brian Smith, "Perez, Carla" as Carla Perez; a single word is nobody's name. Nothing is
 * guessed: who is not found so is left to the user, with those who come near.
 */
#ifndef REGTOOL_CORE_MEETING_PEOPLE_H
#define REGTOOL_CORE_MEETING_PEOPLE_H

#include "core/meeting_file.h"
#include "store/db.h"
#include "store/reading.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum meeting_match {
	MEETING_UNMATCHED,
	MEETING_MATCHED,
	MEETING_NOBODY, /* the user said so */
};

struct meeting_person {
	const char *name; /* as the report has it; lent by the file */
	const char *email;
	char *name_key;
	char *email_key;
	char *second_email_key;
	enum meeting_match match;
	int64_t registrant_id; /* MEETING_MATCHED */
	bool is_told;          /* by the user, in this import */
	struct str candidates; /* "12 Brian Smith; 40 Brian Jones" */
	size_t candidate_count;
	bool has_times;
	int64_t first_s; /* of all their rows */
	int64_t last_s;
};

struct meeting_people {
	struct meeting_person *all; /* by name, then address */
	size_t count;
	size_t *of_row; /* a row's person; SIZE_MAX: none (the row is not used) */
};

/* Who stands in the rows that are used, after meeting_dates_settle. The file must outlive
 * them. The caller frees them. */
void meeting_people_find(const struct meeting_file *file, struct meeting_people *ret_people);
void meeting_people_free(struct meeting_people *people);

/* What the user says of a participant: the file of matches. */
struct meeting_told {
	char *name_key;
	char *email_key;
	int64_t registrant_id; /* 0: nobody */
};
struct meeting_tellings {
	struct meeting_told *all;
	size_t count;
};

/* Reads a file of matches (columns name, email, registrant; others are left out; an empty
 * registrant says nothing, '-' is nobody). STATUS_REJECTED, STATUS_NOT_FOUND: with its line. */
enum status meeting_tellings_read(struct db *db, int64_t event_id, const char *path,
	struct meeting_tellings *ret_tellings, struct error *error);
void meeting_tellings_free(struct meeting_tellings *tellings);

/* Finds out who they are, anew at each call; reads the names in slices. */
enum status meeting_people_match(struct db *db, int64_t event_id,
	const struct meeting_tellings *tellings, struct meeting_people *people,
	struct error *error);

#endif
