/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whom the import added. Those of imports taken back before are looked at too: what hung on
 * them may have been this import.
 */
#include "core/erase.h"
#include "core/import_undo_private.h"
#include "store/course_store.h"
#include "store/registrant_store.h"
#include "store/token_store.h"
#include "util/memory.h"

enum {
	PEOPLE_AT_ONCE = 256,
};

static void add_reason(struct str *reasons, const char *reason, int64_t number)
{
	str_addf(reasons, "%s%s", reasons->length > 0 ? ";" : "", reason);
	if (number != 0)
		str_addf(reasons, "%lld", (long long)number);
}

enum undo_fate undo_fate_of(const struct undo_registrant *registrant, struct str *reasons)
{
	str_clear(reasons);
	if (!registrant->is_import_undone || registrant->is_erased)
		return UNDO_NOTHING;
	/* What it is now is more than the import. */
	if (registrant->is_merged || registrant->has_merged)
		add_reason(reasons, "merged", 0);
	if (registrant->is_status_manual)
		add_reason(reasons, "status-by-hand", 0);
	if (reasons->length > 0)
		return UNDO_KEEP;
	/* In the order of their bytes, as in all sets. */
	if (registrant->is_awarded)
		add_reason(reasons, "awarded", 0);
	if (registrant->is_by_hand)
		add_reason(reasons, "by-hand", 0);
	if (registrant->changed_by != 0)
		add_reason(reasons, "import:", registrant->changed_by);
	if (registrant->maybe_named_by != 0 && registrant->maybe_named_by != registrant->changed_by)
		add_reason(reasons, "maybe-import:", registrant->maybe_named_by);
	if (registrant->has_scans)
		add_reason(reasons, "scans", 0);
	return reasons->length > 0 ? UNDO_CANCEL : UNDO_ERASE;
}

static enum status set_cancelled(const struct registrant_row *row, void *data, struct error *error)
{
	struct db *db = data;
	struct registrant_row cancelled = *row;

	cancelled.status = registrant_status_word(REGISTRANT_CANCELLED);
	cancelled.is_status_manual = false;
	return registrant_store_update(db, &cancelled, error);
}

static enum status cancel(struct undo *undo, const struct undo_registrant *registrant,
	struct error *error)
{
	enum status status = registrant_store_by_number(undo->db, registrant->registrant_id,
		set_cancelled, undo->db, error);

	/* What others did to the status has come to its end. */
	if (status == STATUS_OK)
		status = import_change_store_delete_field(undo->db, registrant->registrant_id,
			field_word(FIELD_STATUS), error);
	return status;
}

/* The token opens nothing any more, and the number is on no list. */
static enum status erase(struct undo *undo, const struct undo_registrant *registrant,
	struct error *error)
{
	CLEANUP(str_free) struct str courses = STR_INIT;
	struct erase_counts counts = { .people = 0 };
	struct db *db = undo->db;

	enum status status = enrolment_store_codes(db, registrant->event_id, registrant->person_id,
		&courses, error);
	if (status == STATUS_OK)
		status = undo_store_unenrol_all(db, registrant->event_id, registrant->person_id,
			undo->taken_s, error);
	undo_note_courses(undo, courses.text);
	if (status == STATUS_OK)
		status = token_store_revoke_all(db, registrant->registrant_id, undo->actor->now_s,
			error);
	if (status == STATUS_OK)
		status = cancel(undo, registrant, error);
	if (status == STATUS_OK)
		status = erase_registrant(db, registrant->registrant_id, undo->actor->now_s,
			&counts, error);
	return status;
}

static enum status leave(struct undo *undo, const struct undo_registrant *registrant,
	const char *value, const char *reasons, struct error *error)
{
	const struct undo_left left = {
		.registrant_id = registrant->registrant_id,
		.thing = field_word(FIELD_STATUS),
		.value = value,
		.reasons = reasons,
	};

	return undo_leave(undo, &left, error);
}

static enum status settle(struct undo *undo, const struct undo_registrant *registrant,
	struct error *error)
{
	CLEANUP(str_free) struct str reasons = STR_INIT;
	bool is_own = registrant->import_id == undo->request->import_id;
	const char *value = registrant->status;
	enum status status = STATUS_OK;

	switch (undo_fate_of(registrant, &reasons)) {
	case UNDO_ERASE:
		undo->counts.erased++;
		return erase(undo, registrant, error);
	case UNDO_CANCEL:
		if (!is_own)
			break;
		undo->counts.cancelled++;
		value = registrant_status_word(REGISTRANT_CANCELLED);
		status = cancel(undo, registrant, error);
		return status == STATUS_OK ? leave(undo, registrant, value, reasons.text, error)
					   : status;
	case UNDO_KEEP:
		if (!is_own)
			break;
		undo->counts.kept++;
		return leave(undo, registrant, value, reasons.text, error);
	case UNDO_NOTHING:
		break;
	}
	return STATUS_OK;
}

static enum status settle_by_number(struct undo *undo, int64_t registrant_id, struct error *error)
{
	struct undo_registrant registrant;

	undo_note_done(undo);
	enum status status = undo_store_registrant(undo->db, registrant_id, &registrant, error);
	return status == STATUS_OK ? settle(undo, &registrant, error) : status;
}

enum status undo_people(struct undo *undo, struct error *error)
{
	int64_t ids[PEOPLE_AT_ONCE];
	size_t count = PEOPLE_AT_ONCE;
	int64_t after = 0;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && count == PEOPLE_AT_ONCE) {
		status = undo_store_people(undo->db, undo->request->event_id, after, ids, &count,
			error);
		for (size_t i = 0; i < count && status == STATUS_OK; i++) {
			status = settle_by_number(undo, ids[i], error);
			after = ids[i];
		}
	}
	return status;
}
