/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is known of a registrant beside the columns of the list, as nested parts of a record or of
 * a row: answers, merged records, tokens, scans, presence, credit. Each is a reading of its own;
 * where one starts again, the whole document must.
 */
#ifndef REGTOOL_CMD_REGISTRANT_PARTS_H
#define REGTOOL_CMD_REGISTRANT_PARTS_H

#include "cli/command.h"
#include "cmd/credit_rows.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	REGISTRANT_TOKEN_COLUMN_COUNT = 3,
};
extern const struct column registrant_token_columns[REGISTRANT_TOKEN_COLUMN_COUNT];

/* With these the columns of a registrant's scans begin, in whatever list they stand. */
/* clang-format off */
#define REGISTRANT_SCAN_COLUMNS \
	{ .key = "scan", .title = "scan", .kind = COLUMN_INTEGER }, \
	{ .key = "at", .title = "at", .kind = COLUMN_TIME }, \
	{ .key = "until", .title = "until", .kind = COLUMN_TIME }, \
	{ .key = "direction", .title = "direction", .kind = COLUMN_CODE }, \
	{ .key = "result", .title = "result", .kind = COLUMN_CODE }, \
	{ .key = "reason", .title = "reason", .kind = COLUMN_CODE }, \
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT }, \
	{ .key = "source", .title = "source", .kind = COLUMN_CODE }, \
	{ .key = "station", .title = "station", .kind = COLUMN_TEXT }
/* clang-format on */

struct registrant_parts {
	struct context *context;
	const struct event *event;
	const struct zone *zone;
	int64_t registrant_id;
	int64_t person_id; /* for the merged records */
	bool must_restart; /* set by the parts, cleared by the caller */

	/* Their own. */
	struct column credit_columns[CREDIT_COLUMN_COUNT];
	bool has_begun; /* the part's list */
};

/* The answers as an object, by their headers. */
enum status registrant_put_answers(struct registrant_parts *parts, struct error *error);
/* Records merged into this one; a table has them only where there are any. */
enum status registrant_put_merged(struct registrant_parts *parts, struct error *error);
enum status registrant_put_tokens(struct registrant_parts *parts, struct error *error);
enum status registrant_put_scans(struct registrant_parts *parts, struct error *error);
enum status registrant_put_presence(struct registrant_parts *parts, struct error *error);
enum status registrant_put_credit(struct registrant_parts *parts, struct error *error);

#endif
