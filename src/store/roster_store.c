/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/roster_store.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

enum {
	COLUMN_COURSES = 16,
	COLUMN_FIRST_CHECKIN = 17,
	COLUMN_QUEUE_NUMBER = 18,
};

/* The database joins the codes in any order. */
static const char *canonical(const char *courses, struct str *memory)
{
	if (strchr(courses, ';') == NULL)
		return courses;
	text_set_parse(courses, false, memory);
	return memory->text;
}

struct listing {
	roster_row_function *function;
	void *data;
	bool is_by_queue;
	int64_t after; /* number of the last registrant, or the last in the queue */
	int64_t place; /* in the queue, of the last */
	struct str courses;
};

/* Lends the rows of one slice; *ret_is_over tells whether it ended before the rows did. */
static enum status lend_slice(struct reading *reading, struct query *query, struct listing *listing,
	bool *ret_is_over, struct error *error)
{
	enum status status = STATUS_OK;

	*ret_is_over = false;
	while (status == STATUS_OK && !*ret_is_over && query_step(query)) {
		const struct roster_row row = {
			.registrant = registrant_store_row(query),
			.courses = canonical(query_text(query, COLUMN_COURSES), &listing->courses),
			.has_first_checkin = !query_is_null(query, COLUMN_FIRST_CHECKIN),
			.first_checkin_s = query_integer(query, COLUMN_FIRST_CHECKIN),
			.is_queued = !query_is_null(query, COLUMN_QUEUE_NUMBER),
			.place = listing->is_by_queue ? ++listing->place : 0,
		};
		listing->after = listing->is_by_queue ? query_integer(query, COLUMN_QUEUE_NUMBER)
						      : row.registrant.registrant_id;
		status = listing->function(&row, listing->data, error);
		*ret_is_over = reading_slice_is_over(reading);
	}
	return query_end_list(query, status, error);
}

/* `last_id`: number of the last registrant. */
static enum status lend_all(struct reading *reading, int64_t event_id, struct listing *listing,
	int64_t last_id, struct error *error)
{
	enum status status = STATUS_OK;
	bool is_more = true;

	while (status == STATUS_OK && is_more) {
		status = reading_slice_begin(reading, error);
		if (status != STATUS_OK)
			break;
		struct query *query = db_query(reading->db,
			listing->is_by_queue ? QUERY_REGISTRANT_QUEUE : QUERY_REGISTRANT_LIST);
		query_bind_integer(query, "event", event_id);
		query_bind_integer(query, "after", listing->after);
		if (!listing->is_by_queue)
			query_bind_integer(query, "last", last_id);
		query_bind_integer(query, "last_scan", reading->last_scan);
		status = lend_slice(reading, query, listing, &is_more, error);
		reading_slice_end(reading);
	}
	str_free(&listing->courses);
	return status;
}

enum status roster_store_list(struct reading *reading, int64_t event_id, int64_t registrant_id,
	roster_row_function *function, void *data, struct error *error)
{
	struct listing listing = {
		.function = function,
		.data = data,
		.after = registrant_id != 0 ? registrant_id - 1 : 0,
		.courses = STR_INIT,
	};

	return lend_all(reading, event_id, &listing, registrant_id != 0 ? registrant_id : INT64_MAX,
		error);
}

enum status roster_store_queue(struct reading *reading, int64_t event_id,
	roster_row_function *function, void *data, struct error *error)
{
	struct listing listing = {
		.function = function,
		.data = data,
		.is_by_queue = true,
		.after = INT64_MIN,
		.courses = STR_INIT,
	};

	return lend_all(reading, event_id, &listing, INT64_MAX, error);
}
