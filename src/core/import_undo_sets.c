/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Roles and courses: what the import added to a set is taken out of it, and the rest stays.
 */
#include "core/import_undo_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

/* --- Roles --- */

/* Calls `function` with each change after this one, as long as one goes on where the one before
 * it ended. Sets `ret_end` to where the last did, or clears *ret_is_whole: somebody wrote in
 * between. */
static enum status walk_thread(const struct undo_thing *thing,
	enum status (*function)(const struct undo_thing *thing,
		const struct import_change_row *change, struct error *error),
	struct str *ret_end, bool *ret_is_whole, struct error *error)
{
	CLEANUP(undo_change_free) struct undo_change next = UNDO_CHANGE_INIT;
	int64_t after = thing->change->change_id;

	str_clear(ret_end);
	str_add(ret_end, thing->change->new_value);
	*ret_is_whole = true;
	for (;;) {
		enum status status = undo_next_change(thing, after, &next, error);
		if (status != STATUS_OK || !next.is_found)
			return status;
		*ret_is_whole = strcmp(next.row.old_value, ret_end->text) == 0;
		if (!*ret_is_whole)
			return STATUS_OK;
		str_clear(ret_end);
		str_add(ret_end, next.row.new_value);
		if (function != NULL)
			status = function(thing, &next.row, error);
		if (status != STATUS_OK)
			return status;
		after = next.row.change_id;
	}
}

static void take_out(const struct undo_thing *thing, const char *roles, struct str *ret)
{
	CLEANUP(str_free) struct str added = STR_INIT;

	text_set_without(thing->change->new_value, thing->change->old_value, &added);
	text_set_without(roles, added.text, ret);
}

/* The later change is one of sets that never had what is taken out. */
static enum status change_later(const struct undo_thing *thing,
	const struct import_change_row *change, struct error *error)
{
	CLEANUP(str_free) struct str old_roles = STR_INIT;
	CLEANUP(str_free) struct str new_roles = STR_INIT;

	take_out(thing, change->old_value, &old_roles);
	take_out(thing, change->new_value, &new_roles);
	if (strcmp(old_roles.text, new_roles.text) == 0)
		return import_change_store_delete(thing->undo->db, change->change_id, error);
	return import_change_store_set(thing->undo->db, change->change_id, old_roles.text,
		new_roles.text, error);
}

enum status undo_roles(const struct undo_thing *thing, struct error *error)
{
	CLEANUP(str_free) struct str end = STR_INIT;
	CLEANUP(str_free) struct str roles = STR_INIT;
	struct registrant_row row = registrant_as_row(thing->registrant);
	bool is_whole = false;

	enum status status = walk_thread(thing, NULL, &end, &is_whole, error);
	if (status != STATUS_OK)
		return status;
	take_out(thing, row.roles, &roles);
	if (strcmp(roles.text, row.roles) == 0)
		return STATUS_OK;
	/* Roles by hand are said all at once: those that stand were meant. */
	if (!is_whole || strcmp(end.text, row.roles) != 0)
		return undo_leave_thing(thing, row.roles, "by-hand", error);
	status = walk_thread(thing, change_later, &end, &is_whole, error);
	if (status != STATUS_OK)
		return status;
	thing->undo->counts.restored++;
	row.roles = roles.text;
	return registrant_store_update(thing->undo->db, &row, error);
}

/* --- Courses --- */

/* A later import that put the person there again; 0: none. */
static enum status find_later_enrolment(const struct undo_thing *thing, const char *code,
	int64_t *ret_import_id, struct error *error)
{
	CLEANUP(undo_change_free) struct undo_change next = UNDO_CHANGE_INIT;
	int64_t after = thing->change->change_id;

	*ret_import_id = 0;
	for (;;) {
		enum status status = undo_next_change(thing, after, &next, error);
		if (status != STATUS_OK || !next.is_found)
			return status;
		if (text_set_has(next.row.new_value, code) &&
			!text_set_has(next.row.old_value, code)) {
			*ret_import_id = next.row.import_id;
			return STATUS_OK;
		}
		after = next.row.change_id;
	}
}

/* Sets `reason` if it was not this import that put the person there last. */
static enum status check_enrolment(const struct undo_thing *thing,
	const struct undo_enrolment *enrolment, int64_t since_s, struct str *reason,
	struct error *error)
{
	struct undo *undo = thing->undo;
	int64_t later = 0;
	bool is_by_hand = since_s != undo->taken_s;

	enum status status = find_later_enrolment(thing, enrolment->code, &later, error);
	if (status == STATUS_OK && later == 0 && !is_by_hand)
		status = undo_store_enrolled_by_hand(undo->db, enrolment, undo->log_id, &is_by_hand,
			error);
	if (later != 0)
		str_addf(reason, "import:%lld", (long long)later);
	else if (is_by_hand)
		str_add(reason, "by-hand");
	return status;
}

static enum status undo_course(const struct undo_thing *thing, const char *code,
	struct error *error)
{
	CLEANUP(str_free) struct str reason = STR_INIT;
	struct undo *undo = thing->undo;
	const struct undo_enrolment enrolment = {
		.event_id = thing->registrant->event_id,
		.person_id = thing->registrant->person_id,
		.registrant_id = thing->registrant->id,
		.code = code,
	};
	bool is_enrolled = false;
	int64_t since_s = 0;

	enum status status =
		undo_store_enrolled_since(undo->db, &enrolment, &is_enrolled, &since_s, error);
	if (status != STATUS_OK || !is_enrolled)
		return status;
	status = check_enrolment(thing, &enrolment, since_s, &reason, error);
	if (status != STATUS_OK)
		return status;
	if (reason.length > 0)
		return undo_leave_thing(thing, code, reason.text, error);
	undo->counts.restored++;
	undo_note_courses(undo, code);
	return undo_store_unenrol(undo->db, &enrolment, error);
}

enum status undo_courses(const struct undo_thing *thing, struct error *error)
{
	CLEANUP(str_free) struct str added = STR_INIT;
	CLEANUP(str_free) struct str code = STR_INIT;
	const char *position;
	const char *word;
	size_t length;
	enum status status = STATUS_OK;

	text_set_without(thing->change->new_value, thing->change->old_value, &added);
	position = added.text;
	while (status == STATUS_OK && text_set_next(&position, &word, &length)) {
		str_clear(&code);
		str_add_bytes(&code, word, length);
		status = undo_course(thing, code.text, error);
	}
	return status;
}
