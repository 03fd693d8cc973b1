/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit_report.h"

#include "core/decision.h"
#include "core/enrolment.h"
#include "store/decision_store.h"
#include "util/hash.h"
#include "util/memory.h"

#include <stdio.h>
#include <string.h>

struct report {
	const struct credit_report_options *options;
	const struct credit_report_functions *functions;
	const struct course *course;
	const struct course_agenda *agenda;
	struct credit_settings settings;
	struct credit *credit;
	struct db *db;
	enum mark_result results[COURSE_REQUIREMENTS_MAX]; /* of the person at hand */
	struct str reason;
	bool has_decisions;     /* about anybody */
	struct report *what_if; /* under the other rule, if one was asked for; NULL */
};

/* What one rule says of a person. */
struct judgement {
	struct credit_person asked;
	struct credit_row row;
};

static bool is_listed(const struct report *report, const struct roll_row *row)
{
	return report->options->lists_all || report->options->registrant_id != 0 ||
	       !report->course->is_enrolment_required || row->is_enrolled ||
	       (report->what_if != NULL && is_listed(report->what_if, row));
}

static enum status judge(struct report *report, const struct course_person *person,
	const struct decision *decision, struct judgement *ret_judgement, struct error *error)
{
	enum status status = mark_load(report->db, report->course, person->row->person_id,
		report->results, error);

	if (status != STATUS_OK)
		return status;
	ret_judgement->asked = (struct credit_person){
		.roles = person->roles,
		.is_enrolled = person->row->is_enrolled,
		.is_cancelled = person->is_cancelled,
		.results = report->results,
		.verdict = decision->verdict,
		.has_granted_credits = decision->has_credits,
		.granted_hundredths = decision->credits_hundredths,
		.presences = person->presences,
	};
	ret_judgement->row = (struct credit_row){
		.course = report->course,
		.programme = report->agenda->agenda->programme,
		.person = person,
		.asked = &ret_judgement->asked,
		.outcome = credit_evaluate(report->credit, &ret_judgement->asked),
		.settings = &report->settings,
		.verdict_reason = report->reason.text,
	};
	return STATUS_OK;
}

static enum status take_person(const struct course_person *person, void *data, struct error *error)
{
	struct report *report = data;
	struct decision decision = { .verdict = CREDIT_BY_RULE };
	struct judgement judgement;
	struct judgement what_if;
	enum status status = STATUS_OK;

	if (!is_listed(report, person->row))
		return STATUS_OK;
	str_clear(&report->reason);
	if (report->has_decisions)
		status = decision_load(report->db, report->course->id, person->row->person_id,
			&decision, &report->reason, error);
	if (status == STATUS_OK)
		status = judge(report, person, &decision, &judgement, error);
	if (status == STATUS_OK && report->what_if != NULL) {
		status = judge(report->what_if, person, &decision, &what_if, error);
		what_if.row.verdict_reason = report->reason.text;
		judgement.row.what_if = &what_if.row;
	}
	if (status != STATUS_OK)
		return status;
	return report->functions->row(&judgement.row, report->functions->data, error);
}

static enum status call_roll(struct reading *reading, struct report *report, struct error *error)
{
	const struct course_roll roll = {
		.course = report->course,
		.agenda = report->agenda,
		.as_of_s = report->options->as_of_s,
		.registrant_id = report->options->registrant_id,
	};

	return course_roll_call(reading, &roll, take_person, report, error);
}

static enum status begin(struct reading *reading, struct report *report, struct error *error)
{
	struct credit_report_head head = {
		.course = report->course,
		.what_if = report->what_if != NULL ? report->what_if->course : NULL,
		.as_of_s = report->options->as_of_s,
		.total_s = credit_total_s(report->credit),
	};
	int64_t log_id;
	unsigned char hash[32];
	char hex[65];

	enum status status = log_store_head(reading->db, &log_id, hash, error);
	if (status == STATUS_OK)
		status = enrolment_count(reading->db, report->course->id, &head.enrolled, error);
	if (status != STATUS_OK)
		return status;
	hash_to_hex(hash, sizeof hash, hex);
	(void)snprintf(head.log_head, sizeof head.log_head, "%lld:%s", (long long)log_id, hex);
	report->functions->begin(&head, report->functions->data);
	return STATUS_OK;
}

/* The caller frees what it gives. */
static struct credit *make_ready(struct report *report, struct db *db)
{
	report->db = db;
	report->settings = (struct credit_settings){
		.course = report->course,
		.agenda = report->agenda->agenda,
		.zone = report->agenda->zone,
		.as_of_s = report->options->as_of_s,
	};
	report->credit = credit_new(&report->settings);
	return report->credit;
}

/* The rows of one course, of which course and agenda are set. */
static enum status report_course(struct reading *reading, struct report *report, bool has_head,
	struct error *error)
{
	CLEANUP(credit_freep) struct credit *credit = NULL;
	CLEANUP(credit_freep) struct credit *what_if = NULL;

	credit = make_ready(report, reading->db);
	if (report->what_if != NULL)
		what_if = make_ready(report->what_if, reading->db);
	enum status status =
		decision_store_any(reading->db, report->course->id, &report->has_decisions, error);
	if (status == STATUS_OK && has_head)
		status = begin(reading, report, error);
	if (status == STATUS_OK)
		status = call_roll(reading, report, error);
	str_free(&report->reason);
	return status;
}

static enum status read_report(struct reading *reading, void *data, struct error *error)
{
	struct report report = *(const struct report *)data;
	CLEANUP(course_freep) struct course *course = NULL;
	CLEANUP(course_freep) struct course *changed = NULL;
	CLEANUP(course_agenda_freep) struct course_agenda *agenda = NULL;
	struct report what_if = { .reason = STR_INIT };

	enum status status = course_find(reading->db, report.options->event->id,
		report.options->course, &course, error);
	if (status == STATUS_OK)
		status = course_agenda_load(reading->db, course, &agenda, error);
	if (status == STATUS_OK && report.options->what_if != NULL)
		status = course_apply(course, agenda->agenda, report.options->what_if, &changed,
			error);
	if (status != STATUS_OK)
		return status;
	report.course = course;
	report.agenda = agenda;
	if (changed != NULL) {
		what_if = report;
		what_if.course = changed;
		report.what_if = &what_if;
	}
	return report_course(reading, &report, true, error);
}

enum status credit_report(struct db *db, const struct credit_report_options *options,
	const struct credit_report_functions *functions, struct error *error)
{
	struct report report = {
		.options = options,
		.functions = functions,
		.reason = STR_INIT,
	};

	return reading_run(db, read_report, &report, functions->notice, functions->data, error);
}

/* --- All courses --- */

struct courses {
	struct reading *reading;
	struct report *report;
};

/* Of one person those courses that are not the person's are left out. */
static enum status take_course_row(const struct credit_row *row, void *data, struct error *error)
{
	const struct report *report = data;

	if (report->options->registrant_id != 0 && row->course->is_enrolment_required &&
		!row->person->row->is_enrolled)
		return STATUS_OK;
	return report->functions->row(row, report->functions->data, error);
}

static enum status take_course(const struct course *course, void *data, struct error *error)
{
	const struct courses *courses = data;
	struct report *outer = courses->report;
	CLEANUP(course_agenda_freep) struct course_agenda *agenda = NULL;
	const struct credit_report_functions functions = { .row = take_course_row, .data = outer };
	struct report report = {
		.options = outer->options,
		.functions = &functions,
		.course = course,
		.reason = STR_INIT,
	};

	enum status status = course_agenda_load(courses->reading->db, course, &agenda, error);
	if (status != STATUS_OK)
		return status;
	report.agenda = agenda;
	return report_course(courses->reading, &report, false, error);
}

static enum status read_courses(struct reading *reading, void *data, struct error *error)
{
	struct report *report = data;
	struct courses courses = { .reading = reading, .report = report };

	int64_t event_id = report->options->event->id;

	report->functions->begin(NULL, report->functions->data);
	enum status status = course_list(reading->db, event_id, take_course, &courses, error);
	if (status == STATUS_OK && report->options->registrant_id != 0)
		status = course_list_counting(reading->db, event_id, take_course, &courses, error);
	return status;
}

enum status credit_report_courses(struct db *db, const struct credit_report_options *options,
	const struct credit_report_functions *functions, struct error *error)
{
	struct report report = {
		.options = options,
		.functions = functions,
		.reason = STR_INIT,
	};

	return reading_run(db, read_courses, &report, functions->notice, functions->data, error);
}
