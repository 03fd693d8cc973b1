/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Awards: a course's decisions frozen at a time, with the rule's version and the log's head, so
 * that what was told to the outside can be shown a year later whatever changed since. An award
 * is never altered: a revision is an award of its own that takes the place of the one before.
 * Who is eligible has a certificate, whose number is the person's own in the course and stays
 * from award to award.
 */
#ifndef REGTOOL_CORE_AWARD_H
#define REGTOOL_CORE_AWARD_H

#include "core/credit_report.h"
#include "core/log.h"
#include "store/award_store.h"
#include "store/db.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stdint.h>

struct award_request {
	const struct event *event; /* the course's own, or one that it counts */
	const char *course;        /* code */
	int64_t as_of_s;
	int64_t revises;    /* the number of the award that this one replaces; 0: the first */
	const char *reason; /* of a revision */
	/* The rule in words, added to `str`. */
	void (*write_rule)(const struct course *course, struct str *str);
};

struct award_totals {
	int64_t number;
	int64_t eligible;
	int64_t not_eligible;
	int64_t pending;
};

/* Freezes the decisions about all whom the course lists, in one write transaction, in which
 * doors wait. STATUS_EXISTS: the course was awarded, and no revision is asked for; or the award
 * to be revised is not the last one. STATUS_NOT_FOUND: the course, or that award. */
enum status award_make(struct db *db, const struct actor *actor,
	const struct award_request *request, struct award_totals *ret_totals, struct error *error);

/* An award, its texts owned. */
struct award {
	struct award_row row;
	char *actor;
	char *rule;
	char *log_head;
};
/* The course's last award, or the one with the number (0: the last). STATUS_NOT_FOUND. The
 * caller frees it. */
enum status award_find(struct db *db, const struct course *course, int64_t number,
	struct award **ret_award, struct error *error);
void award_free(struct award *award);
void award_freep(struct award **award);

#endif
