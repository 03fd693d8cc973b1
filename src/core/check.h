/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole database looked through: the file's structure, what points at what, the log's
 * chain with the scans that it covers, the rules of the model. On a private copy, so that no
 * door waits longer than for a page; in constant memory. Whether the schema is the version's
 * was found when the database was opened (STATUS_SCHEMA).
 */
#ifndef REGTOOL_CORE_CHECK_H
#define REGTOOL_CORE_CHECK_H

#include "core/finding.h"
#include "core/log_check.h"
#include "core/log_list.h"
#include "store/db.h"
#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHECK_QUICK_ENTRIES = 1000, /* of the log, where no head is given */
};

struct check_options {
	/* Only the structure without the indexes, and the log since the head that is given, or its
	 * last CHECK_QUICK_ENTRIES. */
	bool is_quick;
	bool has_head;
	struct log_head head; /* kept elsewhere: the log must go on from it */
};

struct check_functions {
	finding_function *finding;
	/* Now and then: entries and scans done, of how many; may be NULL. */
	void (*progress)(int64_t done, int64_t total, void *data);
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

struct check_summary {
	int64_t findings;
	struct log_check_counts log;
};

/* STATUS_OK even with faults, which are lent to `finding`. */
enum status check_database(struct db *db, const struct check_options *options,
	const struct check_functions *functions, struct check_summary *ret_summary,
	struct error *error);

/*
 * A copy of the database at `path`: whole or not at all, checked (structure and log) before
 * it is put there, 0600. STATUS_EXISTS: there is something at the path. STATUS_NO: the
 * database has faults, the first of which is in the message; there is no copy then.
 */
enum status check_backup(struct db *db, const char *path, const struct check_functions *functions,
	struct error *error);

#endif
