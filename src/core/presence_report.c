/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/presence_report.h"

#include "core/span.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

/* The windows of a session for the roles asked for last: mostly they are the same for the
 * next person. */
struct windows {
	struct spans spans;
	int64_t countable_s;
};

struct report {
	const struct presence_report_options *options;
	const struct presence_report_functions *functions;
	const struct programme *programme;
	char *roles;             /* that the windows are for; NULL: none yet */
	struct windows *windows; /* of each session */
	struct spans stretches;
};

static void add_window(int64_t from_s, int64_t to_s, void *data)
{
	spans_add(data, from_s, to_s);
}

static void make_windows(struct report *report, const char *roles)
{
	if (report->roles != NULL && strcmp(report->roles, roles) == 0)
		return;
	free(report->roles);
	report->roles = xstrdup(roles);
	for (size_t i = 0; i < report->programme->session_count; i++) {
		struct windows *windows = &report->windows[i];
		spans_clear(&windows->spans);
		windows->countable_s = session_countable(&report->programme->sessions[i], roles,
			add_window, &windows->spans);
	}
}

static const char *sources_of(const struct presence_session *session)
{
	static const char *const words[2][2][2] = {
		{ { "", "online" }, { "manual", "manual;online" } },
		{ { "door", "door;online" }, { "door;manual", "door;manual;online" } },
	};

	return words[session->has_door][session->has_manual][session->has_online];
}

/* First in and last out, as the rows say it. */
static void find_ends(const struct presence *presence, const struct presence_session *session,
	struct presence_report_row *row)
{
	size_t count;
	const struct presence_interval *intervals = presence_intervals(presence, &count);
	bool is_open = false;

	for (size_t i = 0; i < session->interval_count; i++) {
		const struct presence_interval *interval = &intervals[session->first_interval + i];
		if (!row->has_first_in || interval->from_s < row->first_in_s)
			row->first_in_s = interval->from_s;
		row->has_first_in = true;
		is_open |= interval->end == PRESENCE_OPEN;
		if (i == 0 || interval->to_s > row->last_out_s)
			row->last_out_s = interval->to_s;
	}
	row->has_last_out = row->has_first_in && !is_open;
}

static enum status lend_session(struct report *report, const struct roll_person *person,
	size_t index, struct error *error)
{
	const struct presence_session *session = presence_of_session(person->presence, index);
	const struct windows *windows = &report->windows[index];
	struct presence_report_row row = {
		.person = person,
		.session = &report->programme->sessions[index],
		.countable_s = windows->countable_s,
		.sources = sources_of(session),
	};

	spans_clear(&report->stretches);
	presence_collect(person->presence, index, PRESENCE_ALL, &windows->spans,
		&report->stretches);
	row.attended_s = spans_cover_s(&report->stretches);
	if (row.countable_s > 0)
		row.percent_permille = row.attended_s * 1000 / row.countable_s;
	find_ends(person->presence, session, &row);
	return report->functions->row(&row, report->functions->data, error);
}

static enum status take_person(const struct roll_person *person, void *data, struct error *error)
{
	struct report *report = data;
	int64_t only = report->options->session_id;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < report->programme->session_count && status == STATUS_OK; i++) {
		if (only != 0 && report->programme->sessions[i].id != only)
			continue;
		if (!presence_of_session(person->presence, i)->has_rows)
			continue;
		make_windows(report, person->row->roles);
		status = lend_session(report, person, i, error);
	}
	return status;
}

static enum status read_report(struct reading *reading, void *data, struct error *error)
{
	struct report *report = data;
	const struct presence_report_options *options = report->options;
	CLEANUP(programme_freep) struct programme *programme = NULL;
	struct presence_settings settings = {
		.doors_s = options->event->doors_min * 60,
		.as_of_s = INT64_MAX,
		.now_s = options->now_s,
	};
	const struct roll_filter filter = {
		.event_id = options->event->id,
		.registrant_id = options->registrant_id,
	};

	enum status status = programme_load(reading->db, options->event->id, &programme, error);
	if (status != STATUS_OK)
		return status;
	settings.programme = programme;
	report->programme = programme;
	report->windows = xcalloc(programme->session_count + 1, sizeof *report->windows);
	report->functions->begin(report->functions->data);
	status = roll_call(reading, &filter, &settings, take_person, report, error);
	for (size_t i = 0; i < programme->session_count; i++)
		spans_free(&report->windows[i].spans);
	free(report->windows);
	free(report->roles);
	report->roles = NULL;
	return status;
}

enum status presence_report(struct db *db, const struct presence_report_options *options,
	const struct presence_report_functions *functions, struct error *error)
{
	struct report report = {
		.options = options,
		.functions = functions,
		.stretches = SPANS_INIT,
	};

	enum status status =
		reading_run(db, read_report, &report, functions->notice, functions->data, error);
	spans_free(&report.stretches);
	return status;
}
