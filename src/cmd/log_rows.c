/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/log_rows.h"

#include "util/memory.h"
#include "util/str.h"

const struct column log_columns[LOG_COLUMN_COUNT] = {
	{ .key = "entry", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "at", .title = "at", .kind = COLUMN_TIME },
	{ .key = "actor", .title = "who", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "action", .title = "action", .kind = COLUMN_CODE },
	{ .key = "subject", .title = "of", .kind = COLUMN_CODE },
	{ .key = "subject_id", .title = "id", .kind = COLUMN_INTEGER },
	{ .key = "detail", .title = "detail", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "scans", .title = "scans", .kind = COLUMN_CODE },
	{ .key = "reason", .title = "reason", .kind = COLUMN_TEXT, .may_shrink = true },
};

static void put_or_null(struct output *output, const char *text)
{
	output_text(output, text != NULL && text[0] != '\0' ? text : NULL);
}

enum status log_put(struct output *output, const struct log_row *row, const char *reason,
	struct error *error)
{
	CLEANUP(str_free) struct str scans = STR_INIT;

	if (row->first_scan != 0)
		str_addf(&scans, "%lld", (long long)row->first_scan);
	if (row->last_scan > row->first_scan)
		str_addf(&scans, "-%lld", (long long)row->last_scan);
	output_integer(output, row->log_id);
	output_time(output, row->at_s);
	output_text(output, row->actor);
	output_text(output, row->action);
	put_or_null(output, row->subject);
	if (row->subject_id != 0)
		output_integer(output, row->subject_id);
	else
		output_null(output);
	put_or_null(output, row->detail);
	put_or_null(output, scans.text);
	put_or_null(output, reason);
	return output_row_end(output, error);
}
