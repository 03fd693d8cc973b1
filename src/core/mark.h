/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Results of people in what a course asks for besides attendance (a report, an exam), as
 * whoever teaches it tells them; and decisions by hand, which beat the rule.
 */
#ifndef REGTOOL_CORE_MARK_H
#define REGTOOL_CORE_MARK_H

#include "core/course.h"
#include "core/log.h"
#include "core/registrant.h"
#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mark_result {
	MARK_NONE,
	MARK_PASS,
	MARK_FAIL,
	MARK_EXCUSED, /* absent with notice */
	MARK_ABSENT,  /* absent without notice */
};

/* "pass", "fail", "excused", "absent"; NULL for MARK_NONE. */
const char *mark_result_word(enum mark_result result);
/* Exactly those, and "none"; false for any other. */
bool mark_result_parse(const char *word, enum mark_result *ret_result);

/* Sets the results of a person, by the places of the rule's requirements, of which there are
 * as many as `results` has room for. */
enum status mark_load(struct db *db, const struct course *course, int64_t person_id,
	enum mark_result *results, struct error *error);

/* One person's result. */
struct mark_entry {
	const char *who;
	const char *requirement; /* NULL: the only one of the course */
	enum mark_result result; /* MARK_NONE takes it away */
};

struct mark_request {
	int64_t event_id;
	const char *course; /* code */
	const struct mark_entry *entries;
	size_t count;
	/* Called for each entry of which the person or the requirement is not known. */
	void (*problem)(size_t index, const struct error *problem, void *data);
	/* Somebody is marked who is not in the course; may be NULL. */
	void (*stranger)(const struct registrant *registrant, void *data);
	void *data;
};

struct mark_totals {
	int64_t marked;
	int64_t unchanged;
};

/* Writes all of them in one transaction, or none. STATUS_NOT_FOUND with an empty message if
 * there were problems, each of which was told. */
enum status mark_all(struct db *db, const struct actor *actor, const struct mark_request *request,
	struct mark_totals *ret_totals, struct error *error);

#endif
