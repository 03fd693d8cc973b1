/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit_evidence.h"

#include "util/memory.h"

static int64_t shared_s(int64_t from_s, int64_t to_s, int64_t start_s, int64_t end_s)
{
	int64_t first_s = from_s > start_s ? from_s : start_s;
	int64_t last_s = to_s < end_s ? to_s : end_s;

	return last_s > first_s ? last_s - first_s : 0;
}

/* The items that take time away from it, each by its own reason. */
static void take_items(const struct session *session, const char *roles, int64_t from_s,
	int64_t to_s, struct credit_evidence *evidence)
{
	for (size_t i = 0; i < session->item_count; i++) {
		const struct item *item = &session->items[i];
		int64_t item_s = shared_s(from_s, to_s, item->start_s, item->end_s);
		if (item->kind == ITEM_BREAK)
			evidence->break_s += item_s;
		else if (!item->is_credit)
			evidence->no_credit_s += item_s;
		else if (!access_admits(item->access, roles))
			evidence->closed_s += item_s;
	}
}

/* Splits what lies outside the windows off, and gives what lies inside. */
static int64_t take_apart(const struct session *session, const char *roles, int64_t as_of_s,
	struct credit_evidence *evidence)
{
	int64_t from_s = evidence->interval->from_s;
	int64_t to_s = evidence->interval->to_s;
	int64_t inside_s;

	if (to_s > as_of_s) {
		evidence->later_s = to_s - (from_s > as_of_s ? from_s : as_of_s);
		to_s = as_of_s;
	}
	if (to_s <= from_s)
		return 0;
	evidence->before_s = shared_s(from_s, to_s, INT64_MIN, session->start_s);
	evidence->after_s = shared_s(from_s, to_s, session->end_s, INT64_MAX);
	take_items(session, roles, from_s, to_s, evidence);
	inside_s = shared_s(from_s, to_s, session->start_s, session->end_s);
	return inside_s - evidence->break_s - evidence->no_credit_s - evidence->closed_s;
}

void credit_evidence_of_session(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, size_t session,
	credit_evidence_function *function, void *data)
{
	const struct agenda_place *place = &settings->agenda->places[session];
	const struct presence *presence = person->presences[place->event];
	const char *roles = person->roles[place->event];
	const struct presence_session *rows = presence_of_session(presence, place->session);
	const struct spans *windows = &outcome->plan->sessions[session].windows;
	CLEANUP(spans_free) struct spans counted = SPANS_INIT;
	int64_t before_s = 0;
	size_t count;
	const struct presence_interval *intervals = presence_intervals(presence, &count);

	for (size_t i = 0; i < rows->interval_count && !place->is_arrival; i++) {
		struct credit_evidence evidence = {
			.interval = &intervals[rows->first_interval + i],
		};
		const struct presence_interval *interval = evidence.interval;
		int64_t inside_s = take_apart(&settings->agenda->programme->sessions[session],
			roles != NULL ? roles : "", settings->as_of_s, &evidence);
		if (settings->course->is_exit_required && !interval->is_closed) {
			evidence.no_exit_s = inside_s;
		} else {
			int64_t to_s = interval->to_s < settings->as_of_s ? interval->to_s
									  : settings->as_of_s;
			spans_add_clipped(&counted, interval->from_s, to_s, windows);
			int64_t covered_s = spans_cover_s(&counted);
			evidence.counted_s = covered_s - before_s;
			evidence.double_s = inside_s - evidence.counted_s;
			before_s = covered_s;
		}
		function(&evidence, data);
	}
}

void credit_evidence_add(struct credit_evidence *evidence, const struct credit_evidence *other)
{
	evidence->counted_s += other->counted_s;
	evidence->before_s += other->before_s;
	evidence->after_s += other->after_s;
	evidence->break_s += other->break_s;
	evidence->no_credit_s += other->no_credit_s;
	evidence->closed_s += other->closed_s;
	evidence->no_exit_s += other->no_exit_s;
	evidence->double_s += other->double_s;
	evidence->later_s += other->later_s;
}
