/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/roll_store.h"

struct slice {
	const struct roll_filter *filter;
	const struct roll_functions *functions;
	struct query *people;
	struct query *scans;
	bool has_voids; /* some row was taken back at some time */
	bool has_scan;  /* a scan was read and not yet lent */
	struct roll_scan scan;
	int64_t after; /* the registrant read last */
};

static struct roll_row row_of(struct query *query)
{
	return (struct roll_row){
		.registrant_id = query_integer(query, 0),
		.person_id = query_integer(query, 1),
		.name = query_text(query, 2),
		.email = query_text_or_null(query, 3),
		.external_id = query_text_or_null(query, 4),
		.affiliation = query_text(query, 5),
		.roles = query_text(query, 6),
		.status = query_text(query, 7),
		.is_erased = !query_is_null(query, 8),
		.is_enrolled = !query_is_null(query, 9),
	};
}

static struct roll_scan scan_of(struct query *query)
{
	bool is_admitted = query_letter(query, 5) == 'a';
	bool has_until = !query_is_null(query, 8);

	return (struct roll_scan){
		.registrant_id = query_integer(query, 0),
		.scan_id = query_integer(query, 1),
		.at_s = query_integer(query, 2),
		.session_id = query_integer(query, 3),
		.is_out = query_letter(query, 4) == 'o',
		.is_admitted = is_admitted,
		.reason = is_admitted ? NULL : query_text_or_null(query, 6),
		.source = query_letter(query, 7),
		.has_until = has_until,
		.until_s = has_until ? query_integer(query, 8) : 0,
	};
}

static void bind_range(struct query *query, const struct slice *slice)
{
	int64_t only = slice->filter->registrant_id;

	query_bind_integer(query, "after", only != 0 ? only - 1 : slice->after);
	query_bind_integer(query, "last", only != 0 ? only : INT64_MAX);
}

static void next_scan(struct slice *slice)
{
	slice->has_scan = query_step(slice->scans);
	if (slice->has_scan)
		slice->scan = scan_of(slice->scans);
}

static void begin(struct slice *slice, const struct reading *reading)
{
	slice->people = db_query(reading->db, QUERY_ROLL_PEOPLE);
	query_bind_integer(slice->people, "event", slice->filter->event_id);
	query_bind_integer(slice->people, "course", slice->filter->course_id);
	bind_range(slice->people, slice);
	slice->scans = db_query(reading->db, QUERY_ROLL_SCANS);
	query_bind_integer(slice->scans, "last_scan", reading->last_scan);
	query_bind_integer(slice->scans, "voids", slice->has_voids);
	bind_range(slice->scans, slice);
	next_scan(slice);
}

/* Lends the scans of a registrant; those of others before (of another event) are skipped. */
static void lend_scans(struct slice *slice, int64_t registrant_id)
{
	while (slice->has_scan && slice->scan.registrant_id <= registrant_id) {
		if (slice->scan.registrant_id == registrant_id)
			slice->functions->scan(&slice->scan, slice->functions->data);
		next_scan(slice);
	}
}

/* Ends both statements; the first failure is the one that is given. */
static enum status end(struct slice *slice, enum status status, struct error *error)
{
	status = query_end_list(slice->people, status, error);
	return query_end_list(slice->scans, status, error);
}

static enum status ask_for_voids(const struct reading *reading, bool *ret_has_voids,
	struct error *error)
{
	struct query *query = db_query(reading->db, QUERY_ROLL_HAS_VOIDS);

	*ret_has_voids = query_step(query);
	return query_end(query, error);
}

static enum status read_slice(struct slice *slice, struct reading *reading, bool *ret_has_more,
	struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	bool has_more = false;
	status = ask_for_voids(reading, &slice->has_voids, error);
	if (status != STATUS_OK) {
		reading_slice_end(reading);
		return status;
	}
	begin(slice, reading);
	while (status == STATUS_OK && !has_more && query_step(slice->people)) {
		struct roll_row row = row_of(slice->people);
		lend_scans(slice, row.registrant_id);
		status = slice->functions->row(&row, slice->functions->data, error);
		slice->after = row.registrant_id;
		has_more = slice->filter->registrant_id == 0 && reading_slice_is_over(reading);
	}
	status = end(slice, status, error);
	reading_slice_end(reading);
	*ret_has_more = has_more;
	return status;
}

enum status roll_store_read(struct reading *reading, const struct roll_filter *filter,
	const struct roll_functions *functions, struct error *error)
{
	struct slice slice = { .filter = filter, .functions = functions };
	enum status status = STATUS_OK;
	bool has_more = true;

	while (status == STATUS_OK && has_more)
		status = read_slice(&slice, reading, &has_more, error);
	return status;
}

/* --- Of a course --- */

struct course_slice {
	const struct roll_filter *filter;
	const struct roll_course_functions *functions;
	const struct reading *reading;
	bool has_voids;
	int64_t only;  /* the registrant who stands for the person asked for; 0: all people */
	int64_t after; /* the registrant read last */
};

static enum status lend_place_scans(const struct course_slice *slice, int64_t registrant_id,
	struct error *error)
{
	struct query *query = db_query(slice->reading->db, QUERY_ROLL_SCANS);

	query_bind_integer(query, "last_scan", slice->reading->last_scan);
	query_bind_integer(query, "voids", slice->has_voids);
	query_bind_integer(query, "after", registrant_id - 1);
	query_bind_integer(query, "last", registrant_id);
	while (query_step(query)) {
		struct roll_scan scan = scan_of(query);
		slice->functions->scan(&scan, slice->functions->data);
	}
	return query_end(query, error);
}

static enum status lend_places(const struct course_slice *slice, int64_t person_id,
	struct error *error)
{
	struct query *query = db_query(slice->reading->db, QUERY_ROLL_PLACES);
	enum status status = STATUS_OK;

	query_bind_integer(query, "person", person_id);
	while (status == STATUS_OK && query_step(query)) {
		struct roll_place place = {
			.registrant_id = query_integer(query, 0),
			.event_id = query_integer(query, 1),
			.roles = query_text(query, 2),
			.status = query_text(query, 3),
		};
		slice->functions->place(&place, slice->functions->data);
		status = lend_place_scans(slice, place.registrant_id, error);
	}
	return query_end_list(query, status, error);
}

static enum status lend_people(struct course_slice *slice, struct reading *reading,
	bool *ret_has_more, struct error *error)
{
	struct query *query = db_query(reading->db, QUERY_ROLL_COURSE_PEOPLE);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", slice->filter->event_id);
	query_bind_integer(query, "course", slice->filter->course_id);
	query_bind_integer(query, "after", slice->only != 0 ? slice->only - 1 : slice->after);
	query_bind_integer(query, "last", slice->only != 0 ? slice->only : INT64_MAX);
	*ret_has_more = false;
	while (status == STATUS_OK && !*ret_has_more && query_step(query)) {
		struct roll_row row = row_of(query);
		status = lend_places(slice, row.person_id, error);
		if (status == STATUS_OK)
			status = slice->functions->row(&row, slice->functions->data, error);
		slice->after = row.registrant_id;
		*ret_has_more = slice->only == 0 && reading_slice_is_over(reading);
	}
	return query_end_list(query, status, error);
}

/* The number by which the person asked for is listed. */
static enum status find_only(struct course_slice *slice, const struct reading *reading,
	struct error *error)
{
	struct query *query = db_query(reading->db, QUERY_ROLL_COURSE_PERSON);

	query_bind_integer(query, "registrant", slice->filter->registrant_id);
	query_bind_integer(query, "event", slice->filter->event_id);
	query_bind_integer(query, "course", slice->filter->course_id);
	slice->only = query_step(query) ? query_integer(query, 0) : slice->filter->registrant_id;
	return query_end(query, error);
}

static enum status read_course_slice(struct course_slice *slice, struct reading *reading,
	bool *ret_has_more, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	status = ask_for_voids(reading, &slice->has_voids, error);
	if (status == STATUS_OK && slice->filter->registrant_id != 0)
		status = find_only(slice, reading, error);
	if (status == STATUS_OK)
		status = lend_people(slice, reading, ret_has_more, error);
	reading_slice_end(reading);
	return status;
}

enum status roll_store_read_course(struct reading *reading, const struct roll_filter *filter,
	const struct roll_course_functions *functions, struct error *error)
{
	struct course_slice slice = {
		.filter = filter,
		.functions = functions,
		.reading = reading,
	};
	enum status status = STATUS_OK;
	bool has_more = true;

	while (status == STATUS_OK && has_more)
		status = read_course_slice(&slice, reading, &has_more, error);
	return status;
}
