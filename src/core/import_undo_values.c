/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the import changed, the newest change first: a row that changed the same twice is taken
 * back in two steps.
 */
#include "core/import_undo_private.h"
#include "core/registrar_record.h"
#include "store/answer_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

static const char name_dividers[] = { KEPT_NAME_DIVIDER, '\0' };

/* --- Changes --- */

void undo_change_free(struct undo_change *change)
{
	for (size_t i = 0; i < sizeof change->texts / sizeof change->texts[0]; i++)
		str_free(&change->texts[i]);
}

static const char *keep(struct str *str, const char *text)
{
	if (text == NULL)
		return NULL;
	str_clear(str);
	str_add(str, text);
	return str->text;
}

enum status undo_keep_change(const struct import_change_row *row, void *data, struct error *error)
{
	struct undo_change *change = data;

	(void)error;
	change->is_found = true;
	change->row = *row;
	change->row.field = keep(&change->texts[0], row->field);
	change->row.name = keep(&change->texts[1], row->name);
	change->row.old_value = keep(&change->texts[2], row->old_value);
	change->row.new_value = keep(&change->texts[3], row->new_value);
	return STATUS_OK;
}

static bool is_of_person(enum field field)
{
	return field == FIELD_NAME || field == FIELD_EMAIL || field == FIELD_AFFILIATION ||
	       field == FIELD_EXTERNAL_ID;
}

enum status undo_next_change(const struct undo_thing *thing, int64_t after,
	struct undo_change *ret_next, struct error *error)
{
	const struct import_change_thread thread = {
		.change = thing->change,
		.after = after,
		.person_id = thing->state->person_id,
		.is_of_person = is_of_person(thing->field),
	};

	ret_next->is_found = false;
	return import_change_store_next(thing->undo->db, &thread, undo_keep_change, ret_next,
		error);
}

enum status undo_leave_thing(const struct undo_thing *thing, const char *value, const char *reason,
	struct error *error)
{
	/* Of a name, without its parts. */
	size_t length = thing->field == FIELD_NAME ? strcspn(value, name_dividers) : strlen(value);
	CLEANUP(memory_free_text) char *shown = xstrndup(value, length);
	const struct undo_left left = {
		.registrant_id = thing->change->registrant_id,
		.thing = thing->change->name,
		.value = shown,
		.reasons = reason,
	};

	thing->undo->counts.changed_since++;
	return undo_leave(thing->undo, &left, error);
}

/* --- A value --- */

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static struct kept_status status_now(const struct registrant *registrant)
{
	return (struct kept_status){
		.status = registrant_status_word(registrant->status),
		.is_manual = registrant->is_status_manual,
	};
}

static enum status read_value(const struct undo_thing *thing, struct str *ret, struct error *error)
{
	const struct registrant *registrant = thing->registrant;
	const struct kept_status now = status_now(registrant);
	const struct registrant_row row = registrant_as_row(registrant);
	const char *const values[FIELD_COUNT] = {
		[FIELD_EMAIL] = registrant->email,
		[FIELD_AFFILIATION] = registrant->affiliation,
		[FIELD_EXTERNAL_ID] = registrant->external_id,
		[FIELD_CATEGORY] = registrant->category,
		[FIELD_NOTE] = registrant->note,
	};

	if (thing->field == FIELD_COUNT)
		return answer_store_value(thing->undo->db, registrant->id,
			thing->change->question_id, ret, error);
	if (thing->field == FIELD_STATUS) {
		kept_status_write(&now, ret);
	} else if (thing->field == FIELD_NAME) {
		kept_name_write(&row, ret);
	} else {
		str_clear(ret);
		str_add(ret, or_empty(values[thing->field]));
	}
	return STATUS_OK;
}

/* The place in the queue is no part of what somebody's status is. */
static bool is_same(const struct undo_thing *thing, const char *a, const char *b)
{
	struct kept_status left;
	struct kept_status right;

	if (thing->field != FIELD_STATUS || !kept_status_read(a, &left) ||
		!kept_status_read(b, &right))
		return strcmp(a, b) == 0;
	return strcmp(left.status, right.status) == 0 && left.is_manual == right.is_manual;
}

/* --- Putting it back --- */

static enum status put_person(const struct undo_thing *thing, const char *value,
	struct error *error)
{
	CLEANUP(memory_free_text) char *name = xstrdup(value);
	CLEANUP(str_free) struct str email_key = STR_INIT;
	struct registrant_row row = registrant_as_row(thing->registrant);
	const char **const places[FIELD_COUNT] = {
		[FIELD_EMAIL] = &row.email,
		[FIELD_AFFILIATION] = &row.affiliation,
		[FIELD_EXTERNAL_ID] = &row.external_id,
	};

	if (thing->field == FIELD_NAME)
		kept_name_read(name, &row);
	else
		*places[thing->field] = value;
	if (row.email != NULL && row.email[0] == '\0')
		row.email = NULL;
	if (row.external_id != NULL && row.external_id[0] == '\0')
		row.external_id = NULL;
	if (row.email != NULL)
		text_fold(row.email, &email_key);
	return person_store_update(thing->undo->db, &row, row.email != NULL ? email_key.text : NULL,
		error);
}

struct holder {
	const struct undo_thing *thing;
	bool is_found;
	int64_t registrant_id; /* 0: of another event */
};

/* Who is about to be erased holds nothing. */
static enum status look_at_holder(const struct registrant_row *row, void *data, struct error *error)
{
	CLEANUP(str_free) struct str reasons = STR_INIT;
	struct holder *holder = data;
	const struct undo_thing *thing = holder->thing;
	struct undo_registrant other = { .registrant_id = 0 };
	enum status status = STATUS_OK;

	if (row->person_id == thing->state->person_id || row->is_erased)
		return STATUS_OK;
	if (row->registrant_id != 0)
		status = undo_store_registrant(thing->undo->db, row->registrant_id, &other, error);
	if (status == STATUS_OK && undo_fate_of(&other, &reasons) != UNDO_ERASE) {
		holder->is_found = true;
		holder->registrant_id = row->registrant_id;
	}
	return status;
}

/* Whether the address or id can be the person's again; if not, sets `reason`. */
static enum status check_contact(const struct undo_thing *thing, const char *value,
	struct str *reason, struct error *error)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	struct holder holder = { .thing = thing };
	struct db *db = thing->undo->db;
	int64_t event_id = thing->registrant->event_id;
	bool is_email = thing->field == FIELD_EMAIL;
	const char *other = is_email ? thing->registrant->external_id : thing->registrant->email;
	enum status status;

	if (value[0] == '\0') {
		if (other == NULL)
			str_add(reason, "needed");
		return STATUS_OK;
	}
	text_fold(value, &key);
	if (is_email)
		status = person_store_by_email(db, event_id, key.text, look_at_holder, &holder,
			error);
	else
		status = person_store_by_external_id(db, event_id, value, look_at_holder, &holder,
			error);
	if (status == STATUS_OK && holder.is_found)
		str_add(reason, "taken:");
	if (status == STATUS_OK && holder.registrant_id != 0)
		str_addf(reason, "@%lld", (long long)holder.registrant_id);
	return status;
}

static enum status put_status(const struct undo_thing *thing, const char *value,
	struct error *error)
{
	struct undo *undo = thing->undo;
	struct registrant_row row = registrant_as_row(thing->registrant);
	const char *now = row.status;
	struct kept_status old = { .queue_number = 0 };
	bool is_over = false;

	if (!kept_status_read(value, &old))
		return error_set(error, STATUS_DATABASE, "import_change: '%s' is no status", value);
	/* Where seats are limited, what is not said by hand gets one only if it is free; but
	 * comes before all who wait. */
	if (undo->seats.has_capacity && !old.is_manual && seats_are_of(old.status) &&
		!seats_are_of(now))
		is_over = undo->seats.taken >= undo->seats.capacity;
	row.status = is_over ? registrant_status_word(REGISTRANT_WAITLISTED) : old.status;
	row.is_status_manual = old.is_manual;
	enum status status = registrant_store_update(undo->db, &row, error);
	seats_note(&undo->seats, now, row.status);
	if (status == STATUS_OK && is_over)
		status = undo_store_queue_first(undo->db, row.registrant_id, error);
	if (status == STATUS_OK && old.queue_number != 0)
		status = undo_store_queue_place(undo->db, row.registrant_id, old.queue_number,
			error);
	if (status == STATUS_OK && is_over)
		status = undo_leave_thing(thing, row.status, "no-seat", error);
	undo->counts.restored += is_over ? 0 : 1;
	return status;
}

static enum status put_registrant(const struct undo_thing *thing, const char *value,
	struct error *error)
{
	struct registrant_row row = registrant_as_row(thing->registrant);

	if (thing->field == FIELD_CATEGORY)
		row.category = value;
	else
		row.note = value;
	return registrant_store_update(thing->undo->db, &row, error);
}

static enum status put_back(const struct undo_thing *thing, struct error *error)
{
	CLEANUP(str_free) struct str reason = STR_INIT;
	const struct import_change_row *change = thing->change;
	const char *value = change->old_value;
	enum status status = STATUS_OK;

	if (thing->field == FIELD_STATUS)
		return put_status(thing, value, error);
	if (thing->field == FIELD_EMAIL || thing->field == FIELD_EXTERNAL_ID)
		status = check_contact(thing, value, &reason, error);
	if (status == STATUS_OK && reason.length > 0)
		return undo_leave_thing(thing, change->new_value, reason.text, error);
	thing->undo->counts.restored++;
	if (status != STATUS_OK)
		return status;
	if (thing->field == FIELD_COUNT)
		return answer_store_put(thing->undo->db, change->registrant_id, change->question_id,
			value, error);
	if (is_of_person(thing->field))
		return put_person(thing, value, error);
	return put_registrant(thing, value, error);
}

/* --- One change --- */

/* A later import may have changed it again, from what this one made of it: now from what was
 * before. */
static enum status take_out_of_thread(const struct undo_thing *thing,
	const struct import_change_row *next, struct error *error)
{
	const struct import_change_row *change = thing->change;

	if (!is_same(thing, next->old_value, change->new_value))
		return STATUS_OK;
	if (is_same(thing, change->old_value, next->new_value))
		return import_change_store_delete(thing->undo->db, next->change_id, error);
	return import_change_store_set(thing->undo->db, next->change_id, change->old_value,
		next->new_value, error);
}

static enum status undo_value(const struct undo_thing *thing, struct error *error)
{
	CLEANUP(undo_change_free) struct undo_change next = UNDO_CHANGE_INIT;
	CLEANUP(str_free) struct str now = STR_INIT;
	CLEANUP(str_free) struct str reason = STR_INIT;
	const struct import_change_row *change = thing->change;

	enum status status = undo_next_change(thing, change->change_id, &next, error);
	if (status == STATUS_OK && next.is_found)
		status = take_out_of_thread(thing, &next.row, error);
	if (status == STATUS_OK)
		status = read_value(thing, &now, error);
	if (status != STATUS_OK || is_same(thing, now.text, change->old_value))
		return status;
	if (!next.is_found && is_same(thing, now.text, change->new_value))
		return put_back(thing, error);
	if (next.is_found)
		str_addf(&reason, "import:%lld", (long long)next.row.import_id);
	else
		str_add(&reason, "by-hand");
	return undo_leave_thing(thing, now.text, reason.text, error);
}

static enum status undo_thing(const struct undo_thing *thing, struct error *error)
{
	switch (thing->field) {
	case FIELD_ROLES:
		return undo_roles(thing, error);
	case FIELD_COURSES:
		return undo_courses(thing, error);
	case FIELD_STATUS:
		/* Whoever was added by an import that does not stand has none to be put back. */
		return thing->state->is_import_undone ? STATUS_OK : undo_value(thing, error);
	default:
		return undo_value(thing, error);
	}
}

static enum status undo_change(struct undo *undo, const struct import_change_row *change,
	bool is_of_statuses, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct undo_registrant state;
	struct undo_thing thing = {
		.undo = undo,
		.change = change,
		.state = &state,
		.field = FIELD_COUNT,
	};

	if (change->field != NULL && !field_parse(change->field, &thing.field))
		return error_set(error, STATUS_DATABASE, "import_change: no field '%s'",
			change->field);
	if ((thing.field == FIELD_STATUS) != is_of_statuses)
		return STATUS_OK;
	undo_note_done(undo);
	enum status status = undo_store_registrant(undo->db, change->registrant_id, &state, error);
	if (status != STATUS_OK || state.is_erased)
		return status;
	/* What was made one with another is the other's by now. */
	if (state.is_merged)
		return undo_leave_thing(&thing, change->new_value, "merged", error);
	status = registrant_load(undo->db, change->registrant_id, &registrant, error);
	thing.registrant = registrant;
	return status == STATUS_OK ? undo_thing(&thing, error) : status;
}

enum status undo_values(struct undo *undo, bool is_of_statuses, struct error *error)
{
	CLEANUP(undo_change_free) struct undo_change change = UNDO_CHANGE_INIT;
	int64_t before = INT64_MAX;
	enum status status;

	do {
		change.is_found = false;
		status = import_change_store_before(undo->db, undo->request->import_id, before,
			undo_keep_change, &change, error);
		before = change.row.change_id;
		if (status == STATUS_OK && change.is_found)
			status = undo_change(undo, &change.row, is_of_statuses, error);
	} while (status == STATUS_OK && change.is_found);
	return status;
}
