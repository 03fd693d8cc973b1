/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `registrant data`: all that is stored on a person, for whoever asks what is known of them.
 * Each table that speaks of people is a list of its own (store/dossier.sql).
 */
#include "cmd/commands.h"
#include "cmd/log_rows.h"
#include "cmd/registrant_parts.h"
#include "cmd/waiting.h"
#include "core/dossier.h"
#include "core/event.h"
#include "core/registrant.h"
#include "util/memory.h"

static const struct column head_columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "erased", .title = "erased", .kind = COLUMN_BOOLEAN },
	{ .key = "read_at", .title = "read at", .kind = COLUMN_TIME },
};

/* The columns are those of the section's statement, in its order. */
static const struct column record_columns[] = {
	{ .key = "record", .title = "record", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "given_name", .title = "given name", .kind = COLUMN_TEXT },
	{ .key = "family_name", .title = "family name", .kind = COLUMN_TEXT },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT },
	{ .key = "affiliation", .title = "affiliation", .kind = COLUMN_TEXT },
	{ .key = "external_id", .title = "id", .kind = COLUMN_TEXT },
	{ .key = "erased_at", .title = "erased at", .kind = COLUMN_TIME },
	{ .key = "merged_into", .title = "merged into", .kind = COLUMN_INTEGER },
};

static const struct column registration_columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "record", .title = "record", .kind = COLUMN_INTEGER },
	{ .key = "merged_into", .title = "merged into", .kind = COLUMN_INTEGER },
	{ .key = "roles", .title = "roles", .kind = COLUMN_SET },
	{ .key = "status", .title = "status", .kind = COLUMN_CODE },
	{ .key = "status_by_hand", .title = "status set by hand", .kind = COLUMN_BOOLEAN },
	{ .key = "category", .title = "category", .kind = COLUMN_TEXT },
	{ .key = "note", .title = "note", .kind = COLUMN_TEXT },
	{ .key = "registered_at", .title = "registered", .kind = COLUMN_TIME },
	{ .key = "queue_number", .title = "queue number", .kind = COLUMN_INTEGER },
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
};

static const struct column scan_columns[] = {
	REGISTRANT_SCAN_COLUMNS,
	{ .key = "forced", .title = "forced", .kind = COLUMN_BOOLEAN },
	{ .key = "first_at", .title = "in since", .kind = COLUMN_TIME },
	{ .key = "stored_at", .title = "stored", .kind = COLUMN_TIME },
	{ .key = "token_serial", .title = "token no.", .kind = COLUMN_INTEGER },
	{ .key = "nonce", .title = "nonce", .kind = COLUMN_TEXT },
	{ .key = "void_of", .title = "takes back", .kind = COLUMN_INTEGER },
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "actor", .title = "who", .kind = COLUMN_TEXT },
};

static const struct column import_columns[] = {
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "file", .title = "file", .kind = COLUMN_TEXT },
	{ .key = "kind", .title = "of", .kind = COLUMN_CODE },
	{ .key = "taken_at", .title = "taken in", .kind = COLUMN_TIME },
	{ .key = "actor", .title = "who", .kind = COLUMN_TEXT },
	{ .key = "undone_at", .title = "taken back", .kind = COLUMN_TIME },
};

static const struct column change_columns[] = {
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "field", .title = "field", .kind = COLUMN_TEXT },
	{ .key = "old", .title = "before", .kind = COLUMN_TEXT },
	{ .key = "new", .title = "after", .kind = COLUMN_TEXT },
};

static const struct column alias_columns[] = {
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT },
};

static const struct column award_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "award", .title = "award", .kind = COLUMN_INTEGER },
	{ .key = "awarded_at", .title = "awarded", .kind = COLUMN_TIME },
	{ .key = "certificate", .title = "certificate", .kind = COLUMN_INTEGER },
	{ .key = "decision", .title = "decision", .kind = COLUMN_CODE },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "attended_seconds", .title = "seconds", .kind = COLUMN_INTEGER },
	{ .key = "total_seconds", .title = "of", .kind = COLUMN_INTEGER },
	{ .key = "sessions_attended", .title = "sessions", .kind = COLUMN_INTEGER },
	{ .key = "sessions_total", .title = "of", .kind = COLUMN_INTEGER },
	{ .key = "reasons", .title = "reasons", .kind = COLUMN_SET },
};

static const struct column remark_columns[] = {
	{ .key = "entry", .title = "log entry", .kind = COLUMN_INTEGER },
	{ .key = "at", .title = "at", .kind = COLUMN_TIME },
	{ .key = "action", .title = "action", .kind = COLUMN_CODE },
	{ .key = "scan", .title = "scan", .kind = COLUMN_INTEGER },
	{ .key = "text", .title = "reason", .kind = COLUMN_TEXT },
};

static const struct column enrolment_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "enrolled_at", .title = "enrolled", .kind = COLUMN_TIME },
};

static const struct column mark_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "requirement", .title = "requirement", .kind = COLUMN_TEXT },
	{ .key = "result", .title = "result", .kind = COLUMN_CODE },
	{ .key = "marked_at", .title = "marked", .kind = COLUMN_TIME },
};

static const struct column decision_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "granted", .title = "granted", .kind = COLUMN_BOOLEAN },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "decided_at", .title = "decided", .kind = COLUMN_TIME },
	{ .key = "reason", .title = "reason", .kind = COLUMN_TEXT },
};

static const struct column erasure_columns[] = {
	{ .key = "erased_at", .title = "erased", .kind = COLUMN_TIME },
	{ .key = "hash", .title = "hash", .kind = COLUMN_CODE },
	{ .key = "key_id", .title = "key", .kind = COLUMN_CODE },
};

#define COUNT(array)   (sizeof(array) / sizeof((array)[0]))
#define COLUMNS(array) (array), COUNT(array)

static const struct section {
	const char *key;
	const char *heading;
	const struct column *columns;
	size_t column_count;
} sections[DOSSIER_SECTION_COUNT] = {
	[DOSSIER_RECORDS] = { "records", "Records", COLUMNS(record_columns) },
	[DOSSIER_ENROLMENTS] = { "enrolments", "Enrolments", COLUMNS(enrolment_columns) },
	[DOSSIER_MARKS] = { "marks", "Results of requirements", COLUMNS(mark_columns) },
	[DOSSIER_DECISIONS] = { "decisions", "Decisions", COLUMNS(decision_columns) },
	[DOSSIER_ERASURES] = { "recognised_by", "Recognised by", COLUMNS(erasure_columns) },
	[DOSSIER_REGISTRATION] = { "registrations", "Registrations",
		COLUMNS(registration_columns) },
	[DOSSIER_TOKENS] = { "tokens", "Tokens", registrant_token_columns,
		REGISTRANT_TOKEN_COLUMN_COUNT },
	[DOSSIER_SCANS] = { "scans", "Scans", COLUMNS(scan_columns) },
	[DOSSIER_IMPORTS] = { "imports", "Imports", COLUMNS(import_columns) },
	[DOSSIER_CHANGES] = { "changes", "Changed by imports", COLUMNS(change_columns) },
	[DOSSIER_ALIASES] = { "aliases", "Names in meeting reports", COLUMNS(alias_columns) },
	[DOSSIER_AWARDS] = { "awards", "Awards", COLUMNS(award_columns) },
	[DOSSIER_REMARKS] = { "remarks", "Reasons", COLUMNS(remark_columns) },
};

/* One document; where a part is read again, so is all. */
struct data {
	struct context *context;
	const struct section *section; /* being written */
	struct dossier_places places;
	struct registrant_parts parts; /* of the registration being written */
};

/* --- Rows as they are stored --- */

static void put_cell(struct output *output, const struct column *column, struct query *query,
	int place)
{
	bool is_text = column->kind == COLUMN_TEXT || column->kind == COLUMN_CODE ||
		       column->kind == COLUMN_SET;

	if (query_is_null(query, place))
		output_null(output);
	else if (is_text && column->kind != COLUMN_SET && query_text(query, place)[0] == '\0')
		output_null(output);
	else if (is_text)
		output_text(output, query_text(query, place));
	else if (column->kind == COLUMN_TIME)
		output_time(output, query_integer(query, place));
	else if (column->kind == COLUMN_BOOLEAN)
		output_boolean(output, query_integer(query, place) != 0);
	else
		output_integer(output, query_integer(query, place));
}

static enum status put_cells(struct query *query, void *data, struct error *error)
{
	const struct data *all = data;

	(void)error;
	for (size_t i = 0; i < all->section->column_count; i++)
		put_cell(all->context->output, &all->section->columns[i], query, (int)i);
	return STATUS_OK;
}

static enum status put_row(struct query *query, void *data, struct error *error)
{
	const struct data *all = data;

	(void)put_cells(query, data, error);
	return output_row_end(all->context->output, error);
}

static enum status put_section(struct data *data, enum dossier_section section, int64_t number,
	struct error *error)
{
	struct output *output = data->context->output;

	data->section = &sections[section];
	output_list_begin(output, data->section->key, data->section->heading,
		data->section->columns, data->section->column_count);
	enum status status =
		dossier_store_list(data->context->db, section, number, put_row, data, error);
	if (status == STATUS_OK)
		output_list_end(output);
	return status;
}

/* --- Registrations --- */

static enum status put_log_entry(const struct log_row *row, const char *reason, void *data,
	struct error *error)
{
	const struct data *all = data;

	return log_put(all->context->output, row, reason, error);
}

static enum status put_log(struct data *data, int64_t registrant_id, struct error *error)
{
	struct output *output = data->context->output;
	const struct log_filter filter = { .registrant_id = registrant_id };

	output_list_begin(output, "log", "Log", log_columns, LOG_COLUMN_COUNT);
	enum status status = log_list(data->context->db, &filter, put_log_entry, data, error);
	if (status == STATUS_OK)
		output_list_end(output);
	return status;
}

static enum status put_parts(struct data *data, const struct dossier_registration *place,
	struct error *error)
{
	static const enum dossier_section of_registrant[] = { DOSSIER_TOKENS, DOSSIER_SCANS,
		DOSSIER_IMPORTS, DOSSIER_CHANGES, DOSSIER_ALIASES, DOSSIER_AWARDS,
		DOSSIER_REMARKS };
	struct registrant_parts *parts = &data->parts;

	enum status status = registrant_put_answers(parts, error);
	for (size_t i = 0; i < COUNT(of_registrant) && status == STATUS_OK; i++)
		status = put_section(data, of_registrant[i], place->registrant_id, error);
	if (status == STATUS_OK)
		status = registrant_put_presence(parts, error);
	if (status == STATUS_OK)
		status = registrant_put_credit(parts, error);
	/* The log of the registrant merged into names both. */
	if (status == STATUS_OK && !place->is_merged)
		status = put_log(data, place->registrant_id, error);
	return status;
}

/* In the time of its event. */
static enum status put_registration(struct data *data, const struct dossier_registration *place,
	struct error *error)
{
	struct context *context = data->context;
	CLEANUP(event_freep) struct event *event = NULL;
	CLEANUP(zone_closep) struct zone *zone = NULL;

	enum status status = event_find(context->db, place->event_code, &event, error);
	if (status == STATUS_OK)
		status = event_open_zone(context->db, event, &zone, error);
	if (status != STATUS_OK)
		return status;
	output_set_zone(context->output, zone);
	data->parts.event = event;
	data->parts.zone = zone;
	data->parts.registrant_id = place->registrant_id;
	data->section = &sections[DOSSIER_REGISTRATION];
	status = dossier_store_list(context->db, DOSSIER_REGISTRATION, place->registrant_id,
		put_cells, data, error);
	if (status == STATUS_OK)
		status = put_parts(data, place, error);
	if (status == STATUS_OK)
		status = output_row_end(context->output, error);
	output_set_zone(context->output, context->zone);
	return status;
}

static enum status put_registrations(struct data *data, struct error *error)
{
	const struct section *section = &sections[DOSSIER_REGISTRATION];
	enum status status = STATUS_OK;

	output_list_begin(data->context->output, section->key, section->heading, section->columns,
		section->column_count);
	for (size_t i = 0; i < data->places.count && status == STATUS_OK; i++)
		status = put_registration(data, &data->places.list[i], error);
	/* A failure may have left a row open; nothing of the result is shown then. */
	if (status == STATUS_OK)
		output_list_end(data->context->output);
	return status;
}

/* --- All --- */

static enum status put_all(struct data *data, const struct registrant *registrant,
	struct error *error)
{
	static const enum dossier_section of_person[] = { DOSSIER_ENROLMENTS, DOSSIER_MARKS,
		DOSSIER_DECISIONS, DOSSIER_ERASURES };
	struct context *context = data->context;
	struct output *output = context->output;

	data->parts.must_restart = false;
	output_restart(output);
	output_record_begin(output, NULL, NULL, head_columns, COUNT(head_columns));
	output_integer(output, registrant->id);
	output_text(output, registrant_display_name(registrant));
	output_boolean(output, registrant->is_erased);
	output_time(output, context->now_s(context));
	enum status status = put_section(data, DOSSIER_RECORDS, registrant->person_id, error);
	if (status == STATUS_OK)
		status = put_registrations(data, error);
	for (size_t i = 0; i < COUNT(of_person) && status == STATUS_OK; i++)
		status = put_section(data, of_person[i], registrant->person_id, error);
	if (status == STATUS_OK)
		output_record_end(output);
	return status;
}

static enum status data_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct data data = { .context = context, .parts = { .context = context } };
	const char *who = options_arguments(context->options, NULL)[0];

	enum status status =
		registrant_find(context->db, context->event->id, who, &registrant, error);
	if (status == STATUS_OK)
		status = dossier_places(context->db, registrant->person_id, &data.places, error);
	if (status == STATUS_OK) {
		do {
			status = put_all(&data, registrant, error);
		} while (status == STATUS_OK && data.parts.must_restart);
	}
	dossier_places_free(&data.places);
	return status;
}

const struct command cmd_registrant_data = {
	.name = "registrant data",
	.summary = "all that is stored on a person, at all events",
	.arguments = "WHO",
	.group = GROUP_CARE,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.default_format = FORMAT_JSON,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = data_run,
};
