/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_entries.h"

#include "util/memory.h"

#include <stdlib.h>

struct making {
	const struct meeting_file *file;
	const struct meeting_people *people;
	const struct meeting_sessions *sessions;
	struct attendance_batch *rows;
	bool *is_touched;     /* by session */
	bool *row_counts;     /* by row of the file: its stay touches a session */
	bool *person_touches; /* by person */
	int64_t last_s;       /* the last time that stands in the file */
};

static int64_t last_time(const struct meeting_file *file)
{
	int64_t last_s = INT64_MIN;

	for (size_t i = 0; i < file->count; i++) {
		const struct meeting_row *row = &file->rows[i];
		if (row->fate != MEETING_USED)
			continue;
		if (row->join_s > last_s)
			last_s = row->join_s;
		if (row->has_leave && row->leave_s > last_s)
			last_s = row->leave_s;
	}
	return last_s;
}

/* Of who was not seen leaving: the meeting went on at least to the last time in the file. */
static bool touches(const struct making *making, const struct meeting_stay *stay,
	const struct session *session)
{
	if (stay->from_s >= session->end_s)
		return false;
	if (stay->has_to)
		return stay->to_s > session->start_s && stay->to_s > stay->from_s;
	return session->start_s <= stay->from_s || session->start_s < making->last_s;
}

static void take_stay(struct making *making, const struct meeting_stay *stay)
{
	size_t person = making->people->of_row[stay->row];
	const struct meeting_person *who = &making->people->all[person];

	if (who->match != MEETING_MATCHED)
		return;
	for (size_t i = 0; i < making->sessions->count; i++) {
		const struct session *session = making->sessions->all[i];
		if (!touches(making, stay, session))
			continue;
		making->is_touched[i] = true;
		making->row_counts[stay->row] = true;
		making->person_touches[person] = true;
		attendance_batch_add(making->rows, &(struct attendance_row){
							   .registrant_id = who->registrant_id,
							   .session_id = session->id,
							   .source = "online",
							   .at_s = stay->from_s,
							   .has_until = stay->has_to,
							   .until_s = stay->to_s,
						   });
	}
}

/* Sessions are in the order of their starts. */
static enum status check_overlap(const struct making *making, struct error *error)
{
	const struct session *before = NULL;

	for (size_t i = 0; i < making->sessions->count && !making->sessions->are_named; i++) {
		const struct session *session = making->sessions->all[i];
		if (!making->is_touched[i])
			continue;
		if (before != NULL && session->start_s < before->end_s) {
			(void)error_set(error, STATUS_AMBIGUOUS,
				"sessions '%s' and '%s' are at the same time, and the report does not "
				"say which it is of",
				before->code, session->code);
			return error_hint(error, "say it with --session CODE");
		}
		if (before == NULL || session->end_s > before->end_s)
			before = session;
	}
	return STATUS_OK;
}

static void count_rows(const struct making *making, struct meeting_counts *ret_counts)
{
	struct meeting_counts counts = { 0 };

	for (size_t i = 0; i < making->file->count; i++) {
		const struct meeting_row *row = &making->file->rows[i];
		size_t person = making->people->of_row[i];
		if (row->fate != MEETING_USED ||
			making->people->all[person].match == MEETING_NOBODY)
			counts.ignored++;
		else if (making->people->all[person].match == MEETING_UNMATCHED)
			counts.unmatched++;
		else if (row->kind == MEETING_ACTIONS ? making->person_touches[person]
						      : making->row_counts[i])
			counts.matched++;
		else
			counts.ignored++;
	}
	*ret_counts = counts;
}

enum status meeting_entries_make(const struct meeting_file *file, const struct meeting_stays *stays,
	const struct meeting_people *people, const struct meeting_sessions *sessions,
	struct attendance_batch *rows, struct meeting_counts *ret_counts, struct error *error)
{
	struct making making = {
		.file = file,
		.people = people,
		.sessions = sessions,
		.rows = rows,
		.is_touched = xcalloc(sessions->count + 1, sizeof(bool)),
		.row_counts = xcalloc(file->count + 1, sizeof(bool)),
		.person_touches = xcalloc(people->count + 1, sizeof(bool)),
		.last_s = last_time(file),
	};

	for (size_t i = 0; i < stays->count; i++)
		take_stay(&making, &stays->all[i]);
	enum status status = check_overlap(&making, error);
	if (status == STATUS_OK)
		count_rows(&making, ret_counts);
	free(making.is_touched);
	free(making.row_counts);
	free(making.person_touches);
	return status;
}
