/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/event.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

void event_free(struct event *event)
{
	if (event == NULL)
		return;
	free(event->code);
	free(event->title);
	free(event->timezone);
	free(event->url);
	free(event);
}

void event_freep(struct event **event)
{
	event_free(*event);
	*event = NULL;
}

static enum status copy_event(const struct event_row *row, void *data, struct error *error)
{
	struct event **event = data;

	(void)error;
	event_free(*event);
	*event = xmalloc(sizeof **event);
	**event = (struct event){
		.id = row->event_id,
		.code = xstrdup(row->code),
		.title = xstrdup(row->title),
		.timezone = xstrdup(row->timezone),
		.has_first_day = row->has_first_day,
		.first_day = row->first_day,
		.has_last_day = row->has_last_day,
		.last_day = row->last_day,
		.url = xstrdup(row->url),
		.doors_min = row->doors_min,
		.has_capacity = row->has_capacity,
		.capacity = row->capacity,
	};
	return STATUS_OK;
}

struct event_names {
	struct str codes;
	size_t count;
	struct event *last;
};

static enum status collect_name(const struct event_row *row, void *data, struct error *error)
{
	struct event_names *names = data;

	str_addf(&names->codes, "%s'%s'", names->count > 0 ? ", " : "", row->code);
	names->count++;
	return copy_event(row, &names->last, error);
}

enum status event_find(struct db *db, const char *code_or_null, struct event **ret_event,
	struct error *error)
{
	CLEANUP(event_freep) struct event *found = NULL;
	struct event_names names = { .codes = STR_INIT };
	enum status status;

	if (code_or_null != NULL) {
		status = event_store_by_code(db, code_or_null, copy_event, &found, error);
		if (status == STATUS_OK) {
			*ret_event = found;
			found = NULL;
		}
		if (status != STATUS_NOT_FOUND)
			return status;
	}
	status = event_store_list(db, collect_name, &names, error);
	if (status == STATUS_OK && code_or_null != NULL) {
		status = error_set(error, STATUS_NOT_FOUND, "no event '%s'", code_or_null);
		if (names.count > 0)
			(void)error_hint(error, "there is %s", names.codes.text);
		else
			(void)error_hint(error, "add it with 'regtool event add CODE'");
	} else if (status == STATUS_OK && names.count == 1) {
		*ret_event = names.last;
		names.last = NULL;
	} else if (status == STATUS_OK && names.count == 0) {
		(void)error_set(error, STATUS_NOT_FOUND, "the database has no event");
		status = error_hint(error, "add one with 'regtool event add CODE'");
	} else if (status == STATUS_OK) {
		(void)error_set(error, STATUS_AMBIGUOUS, "which event? the database has %zu",
			names.count);
		status = error_hint(error, "name one with --event: %s", names.codes.text);
	}
	event_free(names.last);
	str_free(&names.codes);
	return status;
}

enum status event_by_id(struct db *db, int64_t event_id, struct event **ret_event,
	struct error *error)
{
	CLEANUP(event_freep) struct event *found = NULL;

	enum status status = event_store_by_number(db, event_id, copy_event, &found, error);
	if (status != STATUS_OK)
		return status;
	*ret_event = found;
	found = NULL;
	return STATUS_OK;
}

enum status event_open_zone(struct db *db, const struct event *event, struct zone **ret_zone,
	struct error *error)
{
	enum status status = zone_open(event->timezone, ret_zone, error);

	if (status == STATUS_OK)
		return STATUS_OK;
	/* Nobody has just typed it. */
	if (status != STATUS_USAGE)
		return error_prefix(error, "event '%s'", event->code);
	(void)error_set(error, STATUS_DATABASE,
		"%s: event '%s': this machine has no time zone '%s'", db_path(db), event->code,
		event->timezone);
	return error_hint(error, "bring its time zone data up to date (on Debian the package"
				 " tzdata), or restore a backup if the file is damaged");
}

enum status event_list(struct db *db, event_row_function *function, void *data, struct error *error)
{
	return event_store_list(db, function, data, error);
}

struct event_row event_as_row(const struct event *event)
{
	return (struct event_row){
		.event_id = event->id,
		.code = event->code,
		.title = event->title,
		.timezone = event->timezone,
		.has_first_day = event->has_first_day,
		.first_day = event->first_day,
		.has_last_day = event->has_last_day,
		.last_day = event->last_day,
		.url = event->url,
		.doors_min = event->doors_min,
		.has_capacity = event->has_capacity,
		.capacity = event->capacity,
	};
}

enum status code_check(const char *what, const char *code, struct error *error)
{
	size_t at;

	if (code[0] == '\0')
		return error_set(error, STATUS_USAGE, "%s: the code is empty", what);
	if (strlen(code) > CODE_MAX)
		return error_set(error, STATUS_USAGE, "%s: the code is longer than %d characters",
			what, CODE_MAX);
	if (!text_is_utf8(code, strlen(code), &at) ||
		text_has_control(code, strlen(code), "", &at) || strpbrk(code, " ;+") != NULL)
		return error_set(error, STATUS_USAGE,
			"%s: code '%s' has a space, ';', '+' or a character that cannot be printed",
			what, code);
	return STATUS_OK;
}

static enum status check_days(const struct event_row *row, struct error *error)
{
	if (row->has_first_day && row->has_last_day && row->last_day < row->first_day)
		return error_set(error, STATUS_USAGE,
			"event '%s': the last day is before the first", row->code);
	return STATUS_OK;
}

static void apply_change(struct event_row *row, const struct event_change *change)
{
	if (change->title != NULL)
		row->title = change->title;
	if (change->timezone != NULL)
		row->timezone = change->timezone;
	if (change->url != NULL)
		row->url = change->url;
	if (change->sets_doors)
		row->doors_min = change->doors_min;
	if (change->sets_capacity) {
		row->has_capacity = change->has_capacity;
		row->capacity = change->capacity;
	}
	if (change->sets_first_day) {
		row->has_first_day = true;
		row->first_day = change->first_day;
	}
	if (change->sets_last_day) {
		row->has_last_day = true;
		row->last_day = change->last_day;
	}
}

/* Seen only to know that the code is taken. */
static enum status ignore_row(const struct event_row *row, void *data, struct error *error)
{
	(void)row;
	(void)data;
	(void)error;
	return STATUS_OK;
}

enum status event_add(struct db *db, const struct actor *actor, const char *code,
	const struct event_change *change, int64_t *ret_event_id, struct error *error)
{
	struct event_row row = {
		.code = code,
		.title = "",
		.url = "",
		.doors_min = EVENT_DOORS_DEFAULT_MIN,
	};
	int64_t event_id = 0;

	apply_change(&row, change);
	enum status status = code_check("event", code, error);
	if (status == STATUS_OK)
		status = check_days(&row, error);
	if (status != STATUS_OK)
		return status;
	status = event_store_by_code(db, code, ignore_row, NULL, error);
	if (status == STATUS_OK)
		return error_set(error, STATUS_EXISTS, "event '%s' exists already", code);
	if (status == STATUS_NOT_FOUND)
		status = event_store_insert(db, &row, &event_id, error);
	if (status == STATUS_OK)
		status = log_append(db, actor,
			&(struct log_event){ .action = "event add",
				.subject = "event",
				.subject_id = event_id,
				.detail = code },
			error);
	if (status == STATUS_OK)
		*ret_event_id = event_id;
	return status;
}

enum status event_create(struct db *db, const struct actor *actor, const char *code,
	const struct event_change *change, int64_t *ret_event_id, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	int64_t event_id = 0;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = event_add(db, actor, code, change, &event_id, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_event_id = event_id;
	return status;
}

static enum status set(struct db *db, const struct actor *actor, const struct event *now,
	const struct event_change *change, struct error *error)
{
	struct event_row row = event_as_row(now);

	apply_change(&row, change);
	enum status status = check_days(&row, error);
	if (status == STATUS_OK)
		status = event_store_update(db, &row, error);
	if (status == STATUS_OK)
		status = log_append(db, actor,
			&(struct log_event){ .action = "event set",
				.subject = "event",
				.subject_id = row.event_id },
			error);
	return status;
}

enum status event_set(struct db *db, const struct actor *actor, const struct event *event,
	const struct event_change *change, struct seats *ret_seats, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(event_freep) struct event *now = NULL;
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;

	enum status status = transaction_begin_write(&transaction, db, error);
	/* As it is under the lock, not as it was when the command began. */
	if (status == STATUS_OK)
		status = event_find(db, event->code, &now, error);
	if (status == STATUS_OK)
		status = set(db, actor, now, change, error);
	if (status == STATUS_OK && change->sets_capacity && now->has_capacity &&
		!change->has_capacity)
		status = seats_fill_all(db, actor, now->id, &seats, error);
	else if (status == STATUS_OK && change->sets_capacity)
		status = seats_fill(db, actor, now->id, &seats, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		seats_move(&seats, ret_seats);
	return status;
}
