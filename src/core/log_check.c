/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/log_check.h"

#include "core/ledger.h"
#include "store/scan_store.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

struct chain {
	const struct log_check_options *options;
	struct findings *findings;
	struct log_check_counts counts;
	int64_t last_entry;
	unsigned char last_hash[HASH_SIZE];
	int64_t last_covered; /* the last scan that an entry so far covers */
	struct query *walk;   /* over the scans */
	struct scan_row scan; /* the next one that was not yet looked at */
	bool has_scan;
	struct hash *hash;
};

static const char log_kind[] = "log";
static const char scan_kind[] = "scan";

/* "scan 5", "scans 5 to 9" */
static void write_range(struct str *str, const char *one, const char *several, int64_t first,
	int64_t last)
{
	str_clear(str);
	if (first == last)
		str_addf(str, "%s %lld", one, (long long)first);
	else
		str_addf(str, "%s %lld to %lld", several, (long long)first, (long long)last);
}

static void next_scan(struct chain *chain)
{
	chain->has_scan = scan_store_walk_next(chain->walk, &chain->scan);
}

/* Passes over the scans before `number`, which no entry covers. */
static void pass_uncovered(struct chain *chain, int64_t number)
{
	CLEANUP(str_free) struct str subject = STR_INIT;
	int64_t first = chain->has_scan ? chain->scan.scan_id : number;
	int64_t last = first;

	if (first >= number)
		return;
	for (; chain->has_scan && chain->scan.scan_id < number; next_scan(chain)) {
		last = chain->scan.scan_id;
		chain->counts.scans++;
	}
	write_range(&subject, "scan", "scans", first, last);
	findings_tell(chain->findings, scan_kind, subject.text,
		"no log entry covers it: it was added by another program");
}

/* Works out the digest of the entry's scans; gives how many of them there are. */
static int64_t digest_scans(struct chain *chain, const struct log_row *row,
	unsigned char ret_digest[static HASH_SIZE])
{
	int64_t count = 0;

	for (; chain->has_scan && chain->scan.scan_id <= row->last_scan; next_scan(chain)) {
		ledger_hash_row(chain->hash, &chain->scan);
		count++;
	}
	hash_finish(chain->hash, ret_digest);
	chain->counts.scans += count;
	return count;
}

static void check_scans(struct chain *chain, const struct log_row *row, const char *entry)
{
	CLEANUP(str_free) struct str subject = STR_INIT;
	unsigned char digest[HASH_SIZE];

	if (row->first_scan <= chain->last_covered) {
		findings_tell(chain->findings, log_kind, entry,
			"it covers scan %lld, which an entry before it covers",
			(long long)row->first_scan);
		return;
	}
	if (row->first_scan > chain->last_covered + 1) {
		write_range(&subject, "scan", "scans", chain->last_covered + 1,
			row->first_scan - 1);
		findings_tell(chain->findings, log_kind, entry,
			"%s before it stand in no entry: an entry was removed", subject.text);
	}
	pass_uncovered(chain, row->first_scan);
	int64_t wanted = row->last_scan - row->first_scan + 1;
	int64_t found = digest_scans(chain, row, digest);
	chain->last_covered = row->last_scan;
	/* Scans that cannot be read are not missing; log_check says so in the end. */
	if (query_has_failed(chain->walk))
		return;
	write_range(&subject, "scan", "scans", row->first_scan, row->last_scan);
	if (found < wanted)
		findings_tell(chain->findings, scan_kind, subject.text,
			"%lld of them %s missing: removed by another program",
			(long long)(wanted - found), wanted - found == 1 ? "is" : "are");
	else if (!row->has_digest || memcmp(digest, row->digest, sizeof digest) != 0)
		findings_tell(chain->findings, scan_kind, subject.text,
			"not as %s has it: changed by another program", entry);
}

static enum status check_entry(const struct log_row *row, const char *reason, void *data,
	struct error *error)
{
	struct chain *chain = data;
	CLEANUP(str_free) struct str entry = STR_INIT;
	unsigned char hash[HASH_SIZE];

	(void)reason;
	(void)error;
	str_addf(&entry, "log entry %lld", (long long)row->log_id);
	log_entry_hash(row, chain->last_hash, hash);
	if (row->log_id <= chain->last_entry) {
		findings_tell(chain->findings, log_kind, entry.text,
			"no entry has this number: it was added by another program");
		return STATUS_OK;
	}
	if (row->log_id != chain->last_entry + 1) {
		CLEANUP(str_free) struct str missing = STR_INIT;
		write_range(&missing, "log entry", "log entries", chain->last_entry + 1,
			row->log_id - 1);
		findings_tell(chain->findings, log_kind, missing.text,
			"missing: removed by another program");
	} else if (memcmp(hash, row->hash, sizeof hash) != 0) {
		findings_tell(chain->findings, log_kind, entry.text,
			"its hash does not fit: it, or the entry before it, was changed by another"
			" program");
	}
	chain->last_entry = row->log_id;
	memcpy(chain->last_hash, row->hash, sizeof chain->last_hash);
	if (row->first_scan != 0)
		check_scans(chain, row, entry.text);
	chain->counts.entries++;
	if (chain->options->progress != NULL)
		chain->options->progress(chain->counts.entries + chain->counts.scans,
			chain->options->data);
	return STATUS_OK;
}

/* Where the chain is taken up. */
static enum status begin(struct chain *chain, struct db *copy, struct error *error)
{
	int64_t after = chain->options->after;
	enum status status = STATUS_OK;

	chain->last_entry = after;
	if (after > 0)
		status = log_store_hash(copy, after, chain->last_hash, error);
	if (status == STATUS_OK && after > 0)
		status = log_store_last_scan(copy, after, &chain->last_covered, error);
	return status;
}

enum status log_check(struct db *copy, const struct log_check_options *options,
	struct findings *findings, struct log_check_counts *ret_counts, struct error *error)
{
	CLEANUP(hash_freep) struct hash *hash = hash_new(LEDGER_HASH_PERSONAL);
	struct reading reading = { .db = copy, .is_locked = true, .last_log = INT64_MAX };
	struct chain chain = { .options = options, .findings = findings, .hash = hash };
	struct error end_error = ERROR_INIT;

	enum status status = begin(&chain, copy, error);
	if (status != STATUS_OK)
		return status;
	/* Also what has a number that regtool never gives. */
	chain.walk = scan_store_walk(copy, options->after > 0 ? chain.last_covered : INT64_MIN);
	next_scan(&chain);
	status = log_store_list(&reading, options->after > 0 ? options->after : INT64_MIN,
		check_entry, &chain, error);
	if (status == STATUS_OK)
		pass_uncovered(&chain, INT64_MAX);
	enum status end_status = query_end(chain.walk, &end_error);
	if (status == STATUS_OK && end_status != STATUS_OK) {
		*error = end_error;
		status = end_status;
	}
	transaction_end(&reading.slice);
	*ret_counts = chain.counts;
	return status;
}

enum status log_check_head(struct db *copy, const struct log_head *head, struct findings *findings,
	struct error *error)
{
	CLEANUP(str_free) struct str entry = STR_INIT;
	struct log_head last;
	unsigned char hash[HASH_SIZE] = { 0 };
	enum status status = STATUS_OK;

	str_addf(&entry, "log entry %lld", (long long)head->log_id);
	if (head->log_id > 0)
		status = log_store_hash(copy, head->log_id, hash, error);
	if (status == STATUS_NOT_FOUND) {
		status = log_head(copy, &last, error);
		if (status == STATUS_OK)
			findings_tell(findings, log_kind, entry.text,
				"the log ends with entry %lld: what was there when the head was"
				" noted was cut off",
				(long long)last.log_id);
		return status;
	}
	if (status == STATUS_OK && memcmp(hash, head->hash, sizeof hash) != 0)
		findings_tell(findings, log_kind, entry.text,
			"its hash is not the one noted: the log was written anew");
	return status;
}
