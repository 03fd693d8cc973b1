/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registrants: people at an event. Who is meant by a word on the command line or in a file,
 * what is known of a registrant, adding and changing by hand. (Files: core/import.)
 */
#ifndef REGTOOL_CORE_REGISTRANT_H
#define REGTOOL_CORE_REGISTRANT_H

#include "core/log.h"
#include "store/db.h"
#include "store/registrant_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

enum registrant_status {
	REGISTRANT_PENDING,
	REGISTRANT_CONFIRMED,
	REGISTRANT_WAITLISTED,
	REGISTRANT_CANCELLED,
};

/* A registrant with the person behind it; all texts are owned by it. */
struct registrant {
	int64_t id; /* the number, written @12 */
	int64_t event_id;
	int64_t person_id;
	char *name; /* as given, "" if never; see registrant_display_name */
	char *given_name;
	char *family_name;
	char *email; /* NULL: none */
	char *affiliation;
	char *external_id; /* NULL: none */
	char *roles;       /* set */
	enum registrant_status status;
	bool is_status_manual;
	char *category;
	char *note;
	int64_t registered_s;
	bool is_erased;
};

void registrant_free(struct registrant *registrant);
void registrant_freep(struct registrant **registrant);

/* The name, or what stands in for it: the e-mail address, the external id, "erased". */
const char *registrant_display_name(const struct registrant *registrant);

/* The same of a row. */
const char *registrant_name_of(const struct registrant_row *row);

const char *registrant_status_word(enum registrant_status status);
/* "confirmed" and so on, exactly; false if it is none of the four. */
bool registrant_status_parse(const char *word, enum registrant_status *ret_status);

/* A copy of a row that the caller owns. */
enum status registrant_copy(const struct registrant_row *row, struct registrant **ret_registrant,
	struct error *error);

/* The registrant as a row; its texts are lent. */
struct registrant_row registrant_as_row(const struct registrant *registrant);

/* The registrant with the number; of a merged record, the one that it was merged into.
 * STATUS_NOT_FOUND if there is none. */
enum status registrant_load(struct db *db, int64_t registrant_id,
	struct registrant **ret_registrant, struct error *error);

/*
 * Who is meant: a token, an e-mail address (compared NFC and case-folded), an external id,
 * or a number written "@12" or "#12"; whatever a merged record is called by means the one that
 * it was merged into. Of the event only. STATUS_NOT_FOUND names what was
 * looked for (a token is never repeated); STATUS_AMBIGUOUS lists the candidates in the hint.
 */
enum status registrant_find(struct db *db, int64_t event_id, const char *who,
	struct registrant **ret_registrant, struct error *error);

#endif
