/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/log_list.h"

#include "store/registrant_store.h"
#include "store/scan_store.h"
#include "util/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_DIGITS_MAX = 18, /* what is sure to fit an int64_t */
};

static const char white_space[] = " \t\r\n";

struct listing {
	const struct log_filter *filter;
	int64_t *merged; /* records that were merged into the registrant */
	size_t merged_count;
	int64_t *scans; /* of the registrant, ascending */
	size_t scan_count;
	size_t scan_capacity;
	size_t next_scan; /* the first that no entry so far covers */
	log_row_function *function;
	void *data;
};

static void keep_scan(int64_t scan_id, void *data)
{
	struct listing *listing = data;

	if (listing->scan_count == listing->scan_capacity) {
		listing->scan_capacity = listing->scan_capacity * 2 + 16;
		listing->scans = xreallocarray(listing->scans, listing->scan_capacity,
			sizeof *listing->scans);
	}
	listing->scans[listing->scan_count++] = scan_id;
}

static void keep_merged(int64_t registrant_id, void *data)
{
	struct listing *listing = data;

	listing->merged =
		xreallocarray(listing->merged, listing->merged_count + 1, sizeof *listing->merged);
	listing->merged[listing->merged_count++] = registrant_id;
}

static int compare_numbers(const void *left, const void *right)
{
	const int64_t *a = left;
	const int64_t *b = right;

	return (*a > *b) - (*a < *b);
}

/* The scans of the registrant and of the records merged into it, ascending. */
static enum status keep_scans(struct listing *listing, struct reading *reading, struct error *error)
{
	int64_t registrant_id = listing->filter->registrant_id;

	enum status status =
		registrant_store_merged(reading->db, registrant_id, keep_merged, listing, error);
	if (status == STATUS_OK)
		status = log_store_scans_of(reading, registrant_id, keep_scan, listing, error);
	for (size_t i = 0; i < listing->merged_count && status == STATUS_OK; i++)
		status = log_store_scans_of(reading, listing->merged[i], keep_scan, listing, error);
	if (listing->merged_count > 0 && listing->scan_count > 0)
		qsort(listing->scans, listing->scan_count, sizeof *listing->scans, compare_numbers);
	return status;
}

static bool is_of_registrant(const struct listing *listing, const struct log_row *row)
{
	if (strcmp(row->subject, "registrant") != 0)
		return false;
	for (size_t i = 0; i < listing->merged_count; i++)
		if (row->subject_id == listing->merged[i])
			return true;
	return row->subject_id == listing->filter->registrant_id;
}

/* Entries cover ascending scans, so that both are walked once. */
static bool covers_a_scan(struct listing *listing, const struct log_row *row)
{
	if (row->first_scan == 0)
		return false;
	while (listing->next_scan < listing->scan_count &&
		listing->scans[listing->next_scan] < row->first_scan)
		listing->next_scan++;
	return listing->next_scan < listing->scan_count &&
	       listing->scans[listing->next_scan] <= row->last_scan;
}

static enum status filter_row(const struct log_row *row, const char *reason, void *data,
	struct error *error)
{
	struct listing *listing = data;
	const struct log_filter *filter = listing->filter;

	if (filter->has_since && row->at_s < filter->since_s)
		return STATUS_OK;
	if (filter->registrant_id != 0 && !is_of_registrant(listing, row) &&
		!covers_a_scan(listing, row))
		return STATUS_OK;
	return listing->function(row, reason, listing->data, error);
}

enum status log_list(struct db *db, const struct log_filter *filter, log_row_function *function,
	void *data, struct error *error)
{
	struct reading reading = { .db = db };
	struct listing listing = { .filter = filter, .function = function, .data = data };
	struct log_head head = { .log_id = 0 };

	/* Nothing that was once written changes, so no attempt can be spoilt. */
	enum status status = log_head(db, &head, error);
	reading.last_log = head.log_id;
	if (status == STATUS_OK)
		status = scan_store_last_number(db, &reading.last_scan, error);
	if (status == STATUS_OK && filter->registrant_id != 0)
		status = keep_scans(&listing, &reading, error);
	if (status == STATUS_OK)
		status = log_store_list(&reading, 0, filter_row, &listing, error);
	transaction_end(&reading.slice);
	free(listing.scans);
	free(listing.merged);
	return status;
}

enum status log_head(struct db *db, struct log_head *ret_head, struct error *error)
{
	return log_store_head(db, &ret_head->log_id, ret_head->hash, error);
}

void log_head_write(const struct log_head *head, char ret_text[static LOG_HEAD_TEXT_SIZE])
{
	char hash[2 * HASH_SIZE + 1];

	hash_to_hex(head->hash, sizeof head->hash, hash);
	(void)snprintf(ret_text, LOG_HEAD_TEXT_SIZE, "%lld:%s", (long long)head->log_id, hash);
}

bool log_head_read(const char *text, struct log_head *ret_head)
{
	struct log_head head;
	char hash[2 * HASH_SIZE + 1] = "";

	text += strspn(text, white_space);
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > NUMBER_DIGITS_MAX || text[digits] != ':')
		return false;
	head.log_id = strtoll(text, NULL, 10);
	text += digits + 1;
	size_t length = strcspn(text, white_space);
	if (length != 2 * HASH_SIZE || text[length + strspn(text + length, white_space)] != '\0')
		return false;
	memcpy(hash, text, length);
	if (hash_from_hex(hash, head.hash, HASH_SIZE) != 0)
		return false;
	*ret_head = head;
	return true;
}
