/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/roster.h"

#include "core/course.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>
#include <strings.h>

struct roster {
	const struct roster_filter *filter;
	const struct roster_functions *functions;
	struct str role;
	struct str search;
	struct str text;
	struct str key;
	bool leaves_out_queued; /* they were lent before */
};

/* Codes compare without regard to case. */
static bool has_course(const char *courses, const char *code)
{
	const char *position = courses;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		if (strlen(code) == length && strncasecmp(word, code, length) == 0)
			return true;
	}
	return false;
}

static bool is_found(struct roster *roster, const struct registrant_row *row)
{
	str_clear(&roster->text);
	str_addf(&roster->text, "%s\x1f%s\x1f%s\x1f%s\x1f%lld", row->name,
		row->email != NULL ? row->email : "", row->affiliation,
		row->external_id != NULL ? row->external_id : "", (long long)row->registrant_id);
	text_search_key(roster->text.text, &roster->key);
	return strstr(roster->key.text, roster->search.text) != NULL;
}

static enum status look_at_row(const struct roster_row *row, void *data, struct error *error)
{
	struct roster *roster = data;
	const struct roster_filter *filter = roster->filter;
	const struct registrant_row *registrant = &row->registrant;

	if ((roster->leaves_out_queued && row->is_queued) ||
		(filter->status != NULL && strcmp(filter->status, registrant->status) != 0) ||
		(filter->role != NULL && !text_set_has(registrant->roles, roster->role.text)) ||
		(filter->course != NULL && !has_course(row->courses, filter->course)) ||
		(filter->search != NULL && !is_found(roster, registrant)))
		return STATUS_OK;
	return roster->functions->row(row, roster->functions->data, error);
}

static enum status read_once(struct reading *reading, void *data, struct error *error)
{
	struct roster *roster = data;
	const struct roster_functions *functions = roster->functions;
	enum status status = STATUS_OK;

	if (functions->begin != NULL)
		status = functions->begin(functions->data, error);
	roster->leaves_out_queued = false;
	if (status == STATUS_OK && roster->filter->is_by_place)
		status = roster_store_queue(reading, roster->filter->event_id, look_at_row, roster,
			error);
	roster->leaves_out_queued = roster->filter->is_by_place;
	if (status == STATUS_OK)
		status = roster_store_list(reading, roster->filter->event_id,
			roster->filter->registrant_id, look_at_row, roster, error);
	return status;
}

enum status roster_read(struct db *db, const struct roster_filter *filter,
	const struct roster_functions *functions, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;
	struct roster roster = {
		.filter = filter,
		.functions = functions,
		.role = STR_INIT,
		.search = STR_INIT,
		.text = STR_INIT,
		.key = STR_INIT,
	};
	enum status status = STATUS_OK;

	if (filter->course != NULL)
		status = course_find(db, filter->event_id, filter->course, &course, error);
	if (filter->role != NULL)
		text_set_parse(filter->role, true, &roster.role);
	if (filter->search != NULL)
		text_search_key(filter->search, &roster.search);
	if (status == STATUS_OK)
		status = reading_run(db, read_once, &roster, functions->notice, functions->data,
			error);
	str_free(&roster.role);
	str_free(&roster.search);
	str_free(&roster.text);
	str_free(&roster.key);
	return status;
}
