/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/token_rows.h"

static const struct column columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "roles", .title = "roles", .kind = COLUMN_SET },
	{ .key = "token", .title = "token", .kind = COLUMN_CODE },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

struct listing {
	struct output *output;
	int64_t without_token;
	reading_notice *notice;
	void *notice_data;
};

static void put_cells(struct output *output, const struct token_entry *entry)
{
	output_integer(output, entry->registrant_id);
	output_text(output, entry->name);
	output_text(output, entry->email);
	output_text(output, entry->roles);
	output_text(output, entry->token);
}

static void begin(void *data)
{
	struct listing *listing = data;

	listing->without_token = 0;
	output_restart(listing->output);
	output_list_begin(listing->output, NULL, NULL, columns, COLUMN_COUNT);
}

static enum status put_entry(const struct token_entry *entry, void *data, struct error *error)
{
	struct listing *listing = data;

	if (entry->token == NULL) {
		listing->without_token++;
		return STATUS_OK;
	}
	put_cells(listing->output, entry);
	return output_row_end(listing->output, error);
}

static void notice(void *data)
{
	struct listing *listing = data;

	if (listing->notice != NULL)
		listing->notice(listing->notice_data);
}

enum status token_put_list(struct output *output, struct db *db, int64_t event_id,
	const struct key *key, reading_notice *notice_or_null, void *notice_data,
	int64_t *ret_without_token, struct error *error)
{
	struct listing listing = {
		.output = output,
		.notice = notice_or_null,
		.notice_data = notice_data,
	};
	const struct token_list_functions functions = {
		.begin = begin,
		.entry = put_entry,
		.notice = notice,
		.data = &listing,
	};

	enum status status = token_list(db, event_id, key, &functions, error);
	if (status != STATUS_OK)
		return status;
	output_list_end(output);
	*ret_without_token = listing.without_token;
	return STATUS_OK;
}

void token_begin_record(struct output *output, const struct token_entry *entry)
{
	output_record_begin(output, NULL, NULL, columns, COLUMN_COUNT);
	put_cells(output, entry);
}
