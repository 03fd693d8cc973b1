/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/seats_rows.h"

#include "core/registrant.h"
#include "util/memory.h"

enum {
	PROMOTED_SAID_MAX = 50,
};

static const struct column promoted_columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
};

enum status seats_put_promoted(struct context *context, const struct seats *seats,
	struct error *error)
{
	struct output *output = context->output;
	enum status status = STATUS_OK;

	output_list_begin(output, "promoted", NULL, promoted_columns,
		sizeof promoted_columns / sizeof promoted_columns[0]);
	for (size_t i = 0; i < seats->promoted_count && status == STATUS_OK; i++) {
		CLEANUP(registrant_freep) struct registrant *registrant = NULL;
		status = registrant_load(context->db, seats->promoted[i], &registrant, error);
		if (status != STATUS_OK)
			break;
		output_integer(output, registrant->id);
		output_text(output, registrant_display_name(registrant));
		status = output_row_end(output, error);
	}
	if (status == STATUS_OK)
		output_list_end(output);
	return status;
}

enum status seats_tell_promoted(const struct context *context, struct db *db,
	const struct seats *seats, bool is_dry, struct error *error)
{
	const char *what = is_dry ? "waits and would have a seat" : "waited and has a seat now";

	for (size_t i = 0; i < seats->promoted_count && i < PROMOTED_SAID_MAX; i++) {
		CLEANUP(registrant_freep) struct registrant *registrant = NULL;
		enum status status = registrant_load(db, seats->promoted[i], &registrant, error);
		if (status != STATUS_OK)
			return status;
		say_notice(context->diagnostics, "@%lld (%s) %s", (long long)registrant->id,
			registrant_display_name(registrant), what);
	}
	if (seats->promoted_count > PROMOTED_SAID_MAX)
		say_notice(context->diagnostics, "and %zu more",
			seats->promoted_count - PROMOTED_SAID_MAX);
	return STATUS_OK;
}

enum status seats_say_promoted(const struct context *context, struct db *db,
	const struct seats *seats, struct error *error)
{
	if (context->format == FORMAT_JSON || context->format == FORMAT_JSONL)
		return STATUS_OK;
	return seats_tell_promoted(context, db, seats, false, error);
}

void seats_say_outcome(const struct context *context, const struct registrant_outcome *outcome)
{
	const struct diagnostics *diagnostics = context->diagnostics;
	const struct seats *seats = &outcome->seats;
	long long number = (long long)outcome->registrant_id;
	long long taken = (long long)seats->taken;
	long long capacity = (long long)seats->capacity;

	if (!seats->has_capacity)
		return;
	if (outcome->has_begun_waiting && taken < capacity)
		say_notice(diagnostics,
			"@%lld is on the waiting list, place %lld, though only %lld of %lld seats "
			"are taken",
			number, (long long)outcome->place, taken, capacity);
	else if (outcome->has_begun_waiting)
		say_notice(diagnostics,
			"%lld of %lld seats are taken: @%lld is on the waiting list, place %lld",
			taken, capacity, number, (long long)outcome->place);
	else if (outcome->has_taken_seat && taken > capacity)
		say_notice(diagnostics, "%lld of %lld seats are taken now", taken, capacity);
}
