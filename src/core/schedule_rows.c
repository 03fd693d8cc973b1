/* SPDX-License-Identifier: BSD-2-Clause */
/* The events of a schedule.json as rows of a programme. */
#include "core/schedule_in.h"
#include "core/schedule_kept.h"
#include "core/schedule_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	CLOCK_LENGTH = 16, /* 2022-02-15T14:30 */
};

struct reader {
	const struct zone *zone;
	struct programme_file *file;
	struct row_errors *errors;
	struct row_errors *warnings;
	size_t capacity;
	const char *day;
	const char *room;
	bool has_offset_warning;
};

/* --- One event --- */

static void complain(struct reader *reader, struct programme_row *row, const char *member,
	const struct error *error)
{
	row->has_errors = true;
	row_errors_take(reader->errors, row->line, member, error);
}

/* A text in the form that is stored; "" where there is none. */
static char *read_text(struct reader *reader, struct programme_row *row, const char *member,
	const char *text)
{
	struct str clean = STR_INIT;
	struct error error = ERROR_INIT;
	size_t at;

	text_clean(text, strlen(text), &clean);
	if (text_has_control(clean.text, clean.length, "\t\r\n", &at))
		(void)error_set(&error, STATUS_REJECTED, "has a control character (byte %zu)",
			at + 1);
	else if (clean.length > PROGRAMME_CELL_MAX)
		(void)error_set(&error, STATUS_REJECTED, "longer than %d bytes",
			PROGRAMME_CELL_MAX);
	if (error.status != STATUS_OK)
		complain(reader, row, member, &error);
	return str_steal(&clean);
}

static void read_title(struct reader *reader, struct programme_row *row)
{
	const json_t *title = json_object_get(row->event, "title");
	struct error error = ERROR_INIT;

	if (title != NULL && !json_is_string(title)) {
		(void)error_set(&error, STATUS_REJECTED, "is no text");
		complain(reader, row, "title", &error);
	}
	row->title = read_text(reader, row, "title", schedule_text(row->event, "title"));
}

/* A file whose offsets are not those of the zone shows other times than it says. */
static void warn_of_offset(struct reader *reader, const struct programme_row *row)
{
	CLEANUP(str_free) struct str time = STR_INIT;
	const char *date = schedule_text(row->event, "date");

	time_write_iso(reader->zone, row->start_s, &time);
	if (reader->has_offset_warning || strncmp(time.text, date, CLOCK_LENGTH) == 0)
		return;
	reader->has_offset_warning = true;
	str_clear(&time);
	time_write_short(reader->zone, row->start_s, false, &time);
	row_errors_add(reader->warnings, row->line, "date",
		"'%s' is %s in the event's time zone, %s, and others with it (to change that: "
		"regtool event set)",
		date, time.text, zone_name(reader->zone));
}

static void read_times(struct reader *reader, struct programme_row *row)
{
	struct error error = ERROR_INIT;
	struct schedule_span span;

	if (schedule_read_span(reader->zone, row->event, &span, &error) != STATUS_OK) {
		complain(reader, row, span.member, &error);
		return;
	}
	row->start_s = span.start_s;
	row->end_s = span.end_s;
	warn_of_offset(reader, row);
}

static void add_number(const json_t *event, const char *member, struct str *str)
{
	const json_t *value = json_object_get(event, member);

	if (json_is_integer(value))
		str_add_integer(str, json_integer_value(value));
}

/* What the event is known by: its code or, where a system has none, the shortest name that
 * does not change with the title. */
static void add_code(const json_t *event, struct str *str)
{
	static const char *const members[] = { "code", "id", "slug", "guid" };

	for (size_t i = 0; i < sizeof members / sizeof members[0] && str->length == 0; i++) {
		const char *text = schedule_text(event, members[i]);
		text_clean(text, strlen(text), str);
		if (str->length == 0)
			add_number(event, members[i], str);
		if (strcmp(members[i], "slug") == 0 && str->length > CODE_MAX)
			str_clear(str);
	}
}

static void read_code(struct reader *reader, struct programme_row *row)
{
	struct str code = STR_INIT;
	struct error error = ERROR_INIT;

	add_code(row->event, &code);
	if (code.length == 0)
		(void)error_set(&error, STATUS_REJECTED, "neither code, id, slug nor guid");
	else
		(void)code_check("session", code.text, &error);
	if (error.status != STATUS_OK)
		complain(reader, row, NULL, &error);
	row->code = str_steal(&code);
}

/* "Break", "Pause", "Lunch break". */
static bool is_break(const json_t *event)
{
	CLEANUP(str_free) struct str type = STR_INIT;

	text_fold(schedule_text(event, "type"), &type);
	return strcmp(type.text, "break") == 0 || strcmp(type.text, "pause") == 0 ||
	       (type.length > 6 && strcmp(type.text + type.length - 6, " break") == 0);
}

static char *make_place(const struct reader *reader, const json_t *event)
{
	CLEANUP(str_free) struct str code = STR_INIT;
	struct str place = STR_INIT;

	add_code(event, &code);
	str_addf(&place, "day %s, room '%s', event '%s'", reader->day, reader->room,
		code.length > 0 ? code.text : schedule_text(event, "title"));
	return str_steal(&place);
}

static char *read_people(struct reader *reader, struct programme_row *row)
{
	CLEANUP(str_free) struct str people = STR_INIT;

	schedule_add_people(json_object_get(row->event, "persons"), &people);
	return read_text(reader, row, "persons", people.text);
}

static void read_event(struct reader *reader, json_t *event, struct programme_row *row)
{
	*row = (struct programme_row){
		.line = reader->file->row_count,
		.event = event,
		.place = make_place(reader, event),
		.is_session = !is_break(event),
		.kind = ITEM_BREAK,
	};
	row->is_credit = row->is_session;
	if (row->is_session)
		read_code(reader, row);
	else
		row->code = xstrdup("");
	read_title(reader, row);
	read_times(reader, row);
	row->people = read_people(reader, row);
	row->chair = xstrdup("");
	row->room = read_text(reader, row, "room", reader->room);
	row->access = xstrdup("");
	if (row->is_session && !row->has_errors)
		row->kept = schedule_keep(event, &(struct schedule_said){
							 .zone = reader->zone,
							 .start_s = row->start_s,
							 .end_s = row->end_s,
							 .title = row->title,
							 .room = row->room,
						 });
}

/* --- Breaks --- */

/* Of a break that is there once for each room, one is the item; one at the same time as
 * another cannot be. Files have few. */
static bool is_other_break(const struct reader *reader, const struct programme_row *row)
{
	for (size_t i = 0; i + 1 < reader->file->row_count; i++) {
		const struct programme_row *other = &reader->file->rows[i];

		if (other->is_session || other->has_errors || other->start_s >= row->end_s ||
			other->end_s <= row->start_s)
			continue;
		if (other->start_s != row->start_s || other->end_s != row->end_s ||
			strcmp(other->title, row->title) != 0)
			row_errors_add(reader->warnings, row->line, NULL,
				"left out: a break at the same time as %s", other->place);
		return true;
	}
	return false;
}

/* --- All of them --- */

static struct programme_row *new_row(struct reader *reader)
{
	struct programme_file *file = reader->file;

	if (file->row_count == reader->capacity) {
		reader->capacity = reader->capacity > 0 ? 2 * reader->capacity : 64;
		file->rows = xreallocarray(file->rows, reader->capacity, sizeof *file->rows);
	}
	return &file->rows[file->row_count++];
}

static void read_room(struct reader *reader, const json_t *events)
{
	size_t index;
	json_t *event;

	json_array_foreach(events, index, event)
	{
		if (reader->file->row_count > PROGRAMME_ROWS_MAX)
			return;
		struct programme_row *row = new_row(reader);
		read_event(reader, event, row);
		if (!row->is_session && !row->has_errors)
			row->is_aside = is_other_break(reader, row);
	}
}

static void read_day(struct reader *reader, const json_t *day, size_t number)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	const json_t *index = json_object_get(day, "index");
	json_t *events;

	str_add_integer(&name,
		json_is_integer(index) ? json_integer_value(index) : (int64_t)number);
	reader->day = name.text;
	json_object_foreach(json_object_get(day, "rooms"), reader->room, events)
		read_room(reader, events);
}

enum status schedule_in_rows(const struct schedule_in *in, const struct zone *zone,
	struct programme_file *file, const struct row_lists *lists, struct error *error)
{
	static const enum programme_column columns[] = { PROGRAMME_SESSION, PROGRAMME_KIND,
		PROGRAMME_START, PROGRAMME_END, PROGRAMME_TITLE, PROGRAMME_PEOPLE, PROGRAMME_ROOM };
	struct reader reader = {
		.zone = zone,
		.file = file,
		.errors = lists->errors,
		.warnings = lists->warnings,
	};
	size_t index;
	json_t *day;

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		file->has_column[columns[i]] = true;
	file->is_schedule = true;
	memcpy(file->digest, in->digest, sizeof file->digest);
	json_array_foreach(json_object_get(schedule_conference(in->document), "days"), index, day)
		read_day(&reader, day, index + 1);
	if (file->row_count > PROGRAMME_ROWS_MAX)
		return error_set(error, STATUS_REJECTED, "%s: more than %d events: not a programme",
			in->name, PROGRAMME_ROWS_MAX);
	if (file->row_count > 0)
		return STATUS_OK;
	(void)error_set(error, STATUS_REJECTED, "%s: no events", in->name);
	return error_hint(error, "a programme is never emptied by an import");
}

/* --- The codes of their sessions --- */

static const char *guid_key(const json_t *event, struct str *ret)
{
	text_fold(schedule_text(event, "guid"), ret);
	return ret->text;
}

/* Codes by guid, of the sessions that are there. Of two with one guid the first counts. */
static json_t *known_guids(const struct programme *programme, const struct schedule_kept *kept)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	json_t *known = json_object();

	for (size_t i = 0; i < programme->session_count; i++) {
		const struct session *session = &programme->sessions[i];
		const char *guid = guid_key(schedule_kept_session(kept, session->id), &key);
		if (guid[0] != '\0' && json_object_get(known, guid) == NULL)
			json_object_set_new(known, guid, schedule_string(session->code));
	}
	return known;
}

static bool take_code(json_t *taken, const char *code)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	text_fold(code, &key);
	if (json_object_get(taken, key.text) != NULL)
		return false;
	json_object_set_new(taken, key.text, json_true());
	return true;
}

static void set_code(struct programme_row *row, const char *code)
{
	char *copy = xstrdup(code);

	free(row->code);
	row->code = copy;
}

static void take_free_code(struct programme_row *row, json_t *taken)
{
	CLEANUP(str_free) struct str code = STR_INIT;

	str_add(&code, row->code);
	for (size_t number = 2; !take_code(taken, code.text); number++) {
		str_clear(&code);
		str_addf(&code, "%s-%zu", row->code, number);
	}
	set_code(row, code.text);
}

static int compare_starts(const void *a, const void *b)
{
	const struct programme_row *left = *(struct programme_row *const *)a;
	const struct programme_row *right = *(struct programme_row *const *)b;

	if (left->start_s != right->start_s)
		return left->start_s < right->start_s ? -1 : 1;
	return left->line < right->line ? -1 : left->line > right->line;
}

void schedule_in_name_rows(struct programme_file *file, const struct programme *programme,
	const struct schedule_kept *kept)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	struct programme_row **rows = xcalloc(file->row_count, sizeof *rows);
	json_t *known = known_guids(programme, kept);
	json_t *taken = json_object();
	size_t count = 0;

	for (size_t i = 0; i < file->row_count; i++)
		if (file->rows[i].is_session)
			rows[count++] = &file->rows[i];
	qsort(rows, count, sizeof *rows, compare_starts);
	for (size_t i = 0; i < count; i++) {
		const json_t *code = json_object_get(known, guid_key(rows[i]->event, &key));
		rows[i]->is_named = code != NULL && take_code(taken, json_string_value(code));
		if (rows[i]->is_named)
			set_code(rows[i], json_string_value(code));
	}
	for (size_t i = 0; i < count; i++)
		if (!rows[i]->is_named)
			take_free_code(rows[i], taken);
	json_decref(taken);
	json_decref(known);
	free(rows);
}

/* --- What is left of the document --- */

static void keep_breaks(json_t *events)
{
	json_t *breaks = json_array();
	size_t index;
	json_t *event;

	json_array_foreach(events, index, event)
	{
		if (is_break(event))
			json_array_append(breaks, event);
	}
	json_array_clear(events);
	json_array_extend(events, breaks);
	json_decref(breaks);
}

json_t *schedule_in_rest(const struct schedule_in *in)
{
	json_t *rest = json_deep_copy(in->document);
	size_t index;
	json_t *day;
	const char *name;
	json_t *events;

	json_array_foreach(json_object_get(schedule_conference(rest), "days"), index, day)
	{
		json_object_foreach(json_object_get(day, "rooms"), name, events)
			keep_breaks(events);
	}
	return rest;
}
