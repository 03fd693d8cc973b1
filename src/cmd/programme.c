/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/programme_rows.h"
#include "core/event.h"
#include "core/span.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/zone.h"

/* --- The table: a list for each day, for people to read --- */

enum table_column {
	TABLE_TIME,
	TABLE_SESSION,
	TABLE_KIND,
	TABLE_TITLE,
	TABLE_PEOPLE,
	TABLE_CHAIR,
	TABLE_ROOM,
	TABLE_ACCESS,
	TABLE_SEATS,
	TABLE_MINUTES,
	TABLE_COLUMN_COUNT,
};

static const struct column table_columns[TABLE_COLUMN_COUNT] = {
	[TABLE_TIME] = { .key = "time", .title = "time", .kind = COLUMN_CODE },
	[TABLE_SESSION] = { .key = "session", .title = "session", .kind = COLUMN_TEXT },
	[TABLE_KIND] = { .key = "kind",
		.title = "kind",
		.kind = COLUMN_CODE,
		.may_be_left_out = true },
	[TABLE_TITLE] = { .key = "title",
		.title = "title",
		.kind = COLUMN_TEXT,
		.may_shrink = true },
	[TABLE_PEOPLE] = { .key = "people",
		.title = "people",
		.kind = COLUMN_TEXT,
		.may_shrink = true },
	[TABLE_CHAIR] = { .key = "chair",
		.title = "chair",
		.kind = COLUMN_TEXT,
		.may_be_left_out = true },
	[TABLE_ROOM] = { .key = "room",
		.title = "room",
		.kind = COLUMN_TEXT,
		.may_be_left_out = true },
	[TABLE_ACCESS] = { .key = "access", .title = "access", .kind = COLUMN_TEXT },
	[TABLE_SEATS] = { .key = "capacity",
		.title = "seats",
		.kind = COLUMN_INTEGER,
		.may_be_left_out = true },
	[TABLE_MINUTES] = { .key = "minutes", .title = "minutes", .kind = COLUMN_INTEGER },
};

struct table {
	struct output *output;
	const struct zone *zone;
	bool shows[TABLE_COLUMN_COUNT]; /* columns in which anything stands */
	struct column columns[TABLE_COLUMN_COUNT];
	size_t column_count;
	bool has_day; /* a list is begun */
	zone_day day;
	size_t credit_sessions;
	struct spans credit; /* time that counts for a plain attendee */
};

static enum status find_columns(const struct session *session, const struct item *item, void *data,
	struct error *error)
{
	struct table *table = data;
	bool is_session = item == NULL;

	(void)error;
	if ((is_session ? session->people : item->people)[0] != '\0')
		table->shows[TABLE_PEOPLE] = true;
	if ((is_session ? session->chair : item->chair)[0] != '\0')
		table->shows[TABLE_CHAIR] = true;
	if ((is_session ? session->room : item->room)[0] != '\0')
		table->shows[TABLE_ROOM] = true;
	if ((is_session ? session->access : item->access)[0] != '\0')
		table->shows[TABLE_ACCESS] = true;
	if (is_session && session->has_capacity)
		table->shows[TABLE_SEATS] = true;
	return STATUS_OK;
}

static enum status choose_columns(struct table *table, const struct programme *programme,
	struct error *error)
{
	static const enum table_column always[] = { TABLE_TIME, TABLE_SESSION, TABLE_KIND,
		TABLE_TITLE, TABLE_MINUTES };

	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		table->shows[always[i]] = true;
	enum status status = programme_walk(programme, find_columns, table, error);
	for (size_t i = 0; i < TABLE_COLUMN_COUNT; i++)
		if (table->shows[i])
			table->columns[table->column_count++] = table_columns[i];
	return status;
}

static void put_cell(struct table *table, enum table_column column, const char *text)
{
	if (table->shows[column])
		output_text(table->output, text);
}

static void begin_day(struct table *table, zone_day day)
{
	static const char *const weekdays[] = { "Thursday", "Friday", "Saturday", "Sunday",
		"Monday", "Tuesday", "Wednesday" };
	CLEANUP(str_free) struct str text = STR_INIT;

	if (table->has_day && table->day == day)
		return;
	if (table->has_day) {
		output_list_end(table->output);
		output_words(table->output, "%s", "");
	}
	date_write(day, &text);
	output_words(table->output, "%s %s, %s", weekdays[((day % 7) + 7) % 7], text.text,
		zone_name(table->zone));
	output_list_begin(table->output, NULL, NULL, table->columns, table->column_count);
	table->has_day = true;
	table->day = day;
}

/* `14:30–15:00`, with the day where it is another. */
static void put_span(struct table *table, int64_t start_s, int64_t end_s)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	begin_day(table, zone_day_of(table->zone, start_s));
	time_write_clock(table->zone, start_s, &text);
	str_add(&text, "–");
	if (zone_day_of(table->zone, end_s) == table->day)
		time_write_clock(table->zone, end_s, &text);
	else
		time_write_short(table->zone, end_s, false, &text);
	put_cell(table, TABLE_TIME, text.text);
}

static void add_stretch(int64_t from_s, int64_t to_s, void *data)
{
	spans_add(data, from_s, to_s);
}

/* What counts for those whom the session admits. */
static void put_minutes(struct table *table, const struct session *session)
{
	if (!session->is_credit) {
		output_null(table->output);
		return;
	}
	output_integer(table->output, session_countable(session, session->access, NULL, NULL) / 60);
	if (session->access[0] == '\0') {
		table->credit_sessions++;
		(void)session_countable(session, NULL, add_stretch, &table->credit);
	}
}

static enum status put_table_row(const struct session *session, const struct item *item, void *data,
	struct error *error)
{
	CLEANUP(str_free) struct str access = STR_INIT;
	struct table *table = data;
	bool is_session = item == NULL;

	put_span(table, is_session ? session->start_s : item->start_s,
		is_session ? session->end_s : item->end_s);
	put_cell(table, TABLE_SESSION, session != NULL ? session->code : NULL);
	put_cell(table, TABLE_KIND, is_session ? "session" : item_kind_word(item->kind));
	put_cell(table, TABLE_TITLE, is_session ? session->title : item->title);
	put_cell(table, TABLE_PEOPLE, is_session ? session->people : item->people);
	put_cell(table, TABLE_CHAIR, is_session ? session->chair : item->chair);
	put_cell(table, TABLE_ROOM, is_session ? session->room : item->room);
	programme_write_access(is_session ? session->access : item->access, &access);
	put_cell(table, TABLE_ACCESS, access.text);
	if (table->shows[TABLE_SEATS] && is_session && session->has_capacity)
		output_integer(table->output, session->capacity);
	else if (table->shows[TABLE_SEATS])
		output_null(table->output);
	if (is_session)
		put_minutes(table, session);
	else
		output_null(table->output);
	return output_row_end(table->output, error);
}

static enum status show_table(const struct context *context, const struct programme *programme,
	const struct zone *zone, struct error *error)
{
	struct table table = { .output = context->output, .zone = zone };

	if (context->event->title[0] != '\0')
		output_words(context->output, "%s", context->event->title);
	enum status status = choose_columns(&table, programme, error);
	if (status == STATUS_OK)
		status = programme_walk(programme, put_table_row, &table, error);
	if (table.has_day) {
		output_list_end(context->output);
		output_words(context->output, "%s", "");
	}
	output_words(context->output, "%zu session%s with credit, %lld minutes in all",
		table.credit_sessions, table.credit_sessions == 1 ? "" : "s",
		(long long)(spans_cover_s(&table.credit) / 60));
	spans_free(&table.credit);
	return status;
}

/* --- JSON: one object --- */

static const struct column programme_columns[] = {
	{ .key = "event", .kind = COLUMN_TEXT },
	{ .key = "title", .kind = COLUMN_TEXT },
	{ .key = "timezone", .kind = COLUMN_TEXT },
};

static enum status show_object(const struct context *context, const struct programme *programme,
	const struct zone *zone, struct error *error)
{
	struct output *output = context->output;

	output_record_begin(output, NULL, NULL, programme_columns,
		sizeof programme_columns / sizeof programme_columns[0]);
	output_text(output, context->event->code);
	output_text(output, context->event->title[0] != '\0' ? context->event->title : NULL);
	output_text(output, zone_name(zone));
	enum status status = programme_put_rows(output, "rows", programme, error);
	output_record_end(output);
	return status;
}

/* --- The commands --- */

static const struct option show_options[] = {
	{ .kind = OPTION_ZONE,
		.name = "timezone",
		.value = "ZONE",
		.help = "show the times of this zone (default: the event's)" },
	{ .kind = OPTION_END },
};

static enum status show_run(struct context *context, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;
	CLEANUP(zone_closep) struct zone *other_zone = NULL;
	const char *name = options_text(context->options, "timezone");
	const struct zone *zone = context->zone;
	enum status status = STATUS_OK;

	if (name != NULL) {
		status = zone_open(name, &other_zone, error);
		zone = other_zone;
	}
	if (status == STATUS_OK)
		status = programme_load(context->db, context->event->id, &programme, error);
	if (status != STATUS_OK)
		return status;
	output_set_zone(context->output, zone);
	if (context->format == FORMAT_TABLE)
		status = show_table(context, programme, zone, error);
	else if (output_is_json(context->output))
		status = show_object(context, programme, zone, error);
	else
		status = programme_put_rows(context->output, NULL, programme, error);
	output_set_zone(context->output, context->zone);
	return status;
}

const struct command cmd_programme_show = {
	.name = "programme show",
	.summary = "show the programme, day by day",
	.arguments = "",
	.group = GROUP_PROGRAMME,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = show_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = show_run,
};
