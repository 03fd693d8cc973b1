/* SPDX-License-Identifier: BSD-2-Clause */
/* What is wrong with a programme as a whole: plan_check of core/programme_plan.h. */
#include "core/programme_plan.h"

#include "util/memory.h"
#include "util/str.h"

/* What to call an item in a message about another. */
static void name_item(const struct planned_item *item, struct str *ret)
{
	str_clear(ret);
	if (item->line != 0)
		str_addf(ret, "line %zu", item->line);
	else
		str_add(ret, "what is in the programme already");
	if (item->row.title[0] != '\0')
		str_addf(ret, ", '%s'", item->row.title);
}

/* Of two items at the same time the one that the file names is complained of, of two that it
 * names the later one. */
static void complain_of_overlap(const struct planned_item *earlier, const struct planned_item *item,
	struct row_errors *errors)
{
	CLEANUP(str_free) struct str other = STR_INIT;
	bool is_later_named = item->line != 0;

	name_item(is_later_named ? earlier : item, &other);
	row_errors_add(errors, is_later_named ? item->line : earlier->line,
		programme_column_names[is_later_named ? PROGRAMME_START : PROGRAMME_END],
		"at the same time as %s", other.text);
}

static void check_overlaps(const struct planned_items *items, struct row_errors *errors)
{
	const struct planned_item *latest = NULL; /* of those before, the last to end */

	for (size_t i = 0; i < items->count; i++) {
		const struct planned_item *item = &items->all[i];
		if (item->change == PLAN_REMOVED)
			continue;
		if (latest != NULL && item->row.start_s < latest->row.end_s)
			complain_of_overlap(latest, item, errors);
		if (latest == NULL || item->row.end_s > latest->row.end_s)
			latest = item;
	}
}

static void check_inside(const struct planned_session *session, struct row_errors *errors)
{
	CLEANUP(str_free) struct str name = STR_INIT;

	for (size_t i = 0; i < session->items.count; i++) {
		const struct planned_item *item = &session->items.all[i];
		bool is_early = item->row.start_s < session->row.start_s;
		bool is_late = item->row.end_s > session->row.end_s;

		if (item->change == PLAN_REMOVED || (!is_early && !is_late))
			continue;
		const char *column =
			programme_column_names[is_early ? PROGRAMME_START : PROGRAMME_END];
		if (item->line != 0) {
			row_errors_add(errors, item->line, column, "%s session '%s' %s",
				is_early ? "before" : "after", session->row.code,
				is_early ? "starts" : "ends");
			continue;
		}
		name_item(item, &name);
		row_errors_add(errors, session->line, column, "session '%s' %s %s",
			session->row.code, is_early ? "would start after" : "would end before",
			name.text);
	}
}

void plan_check(const struct plan *plan, struct row_errors *errors)
{
	check_overlaps(&plan->items, errors);
	for (size_t i = 0; i < plan->session_count; i++) {
		const struct planned_session *session = &plan->sessions[i];
		if (session->change == PLAN_REMOVED)
			continue;
		check_overlaps(&session->items, errors);
		if (session->row.is_stated && !session->has_bad_row)
			check_inside(session, errors);
	}
}

void plan_count(const struct plan *plan, size_t ret_sessions[static PLAN_CHANGE_COUNT],
	size_t ret_items[static PLAN_CHANGE_COUNT])
{
	for (int i = 0; i < PLAN_CHANGE_COUNT; i++)
		ret_sessions[i] = ret_items[i] = 0;
	for (size_t i = 0; i < plan->items.count; i++)
		ret_items[plan->items.all[i].change]++;
	for (size_t i = 0; i < plan->session_count; i++) {
		const struct planned_session *session = &plan->sessions[i];
		ret_sessions[session->change]++;
		for (size_t j = 0; j < session->items.count; j++)
			ret_items[session->items.all[j].change]++;
	}
}
