/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What earlier changes left in the file, overwritten in place.
 *
 * secure_delete overwrites what is deleted. But where SQLite spreads the rows of full pages over
 * others, the old bytes of what moved stay in the space between a page's cell pointers and its
 * cells ("Database File Format", 1.6, sqlite.org/fileformat2.html). Whoever is deleted later may
 * still stand there. VACUUM would write all anew, while everybody waits: eight seconds for a
 * million people, and as long again on a slow disk. That space has no meaning to anybody, so it
 * is filled with zeros where it lies, some pages at a time:
 *
 * - under the write lock, so that no page changes while it is looked at;
 * - each slice ends with a commit that changes nothing but the file's change counter: what other
 *   connections keep of pages is void with it, and cannot be written back;
 * - a crash leaves pages some of which are clean, and all of which are whole.
 *
 * Page 1, the root of the schema, never holds a row of a table.
 */
#include "store/db_private.h"
#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <stdlib.h>

enum {
	PAGES_A_READ = 64,
	PAGES_A_SLICE = 2000, /* 8 MiB: some milliseconds */
	PASSES_MAX = 2,       /* then in one slice */
	HEADER_SIZE = 100,
	LOCK_PLACE = 0x40000000, /* the page that holds it is never used */
	/* From there on the first byte of an overflow page could be that of a tree's page. */
	PAGES_MAX = 0x02000000,
};

struct wipe {
	struct db *db;
	sqlite3_file *file;
	unsigned char *pages; /* PAGES_A_READ of them */
	int64_t page_size;
	int64_t usable_size;
	int64_t page_count;
	int64_t next_page;
	int64_t change_counter; /* as the last slice left it */
	bool is_disturbed;      /* others committed during the pass */
	bool has_written;       /* in the slice */
};

static int64_t number_at(const unsigned char *bytes, int size)
{
	int64_t value = 0;

	for (int i = 0; i < size; i++)
		value = value * 256 + bytes[i];
	return value;
}

/* The file as it is in this slice. */
static enum status read_header(struct wipe *wipe, struct error *error)
{
	unsigned char header[HEADER_SIZE];
	sqlite3_int64 size = 0;
	int result = wipe->file->pMethods->xRead(wipe->file, header, sizeof header, 0);

	if (result == SQLITE_OK)
		result = wipe->file->pMethods->xFileSize(wipe->file, &size);
	if (result != SQLITE_OK)
		return db_fail(wipe->db, result, error);
	wipe->page_size = number_at(header + 16, 2);
	if (wipe->page_size == 1)
		wipe->page_size = 65536;
	wipe->usable_size = wipe->page_size - header[20];
	wipe->page_count = size / wipe->page_size;
	int64_t counter = number_at(header + 24, 4);
	wipe->is_disturbed |= wipe->next_page > 2 && counter != wipe->change_counter;
	wipe->change_counter = counter;
	bool has_other_pages = number_at(header + 52, 4) != 0; /* of auto_vacuum */
	bool is_wal = header[18] != 1 || header[19] != 1;
	if (has_other_pages || is_wal || wipe->page_count >= PAGES_MAX)
		return error_set(error, STATUS_DATABASE,
			"%s: its unused parts cannot be overwritten: %s", db_path(wipe->db),
			wipe->page_count >= PAGES_MAX ? "it is larger than 128 GiB"
						      : "another program has changed its form");
	return STATUS_OK;
}

/* The space between the cell pointers and the cells; false if the page is not one of a tree. */
static bool find_space(const struct wipe *wipe, const unsigned char *page, int64_t *ret_begin,
	int64_t *ret_end)
{
	int64_t header_size;

	switch (page[0]) {
	case 2: /* of an index, within */
	case 5: /* of a table, within */
		header_size = 12;
		break;
	case 10: /* of an index, a leaf */
	case 13: /* of a table, a leaf */
		header_size = 8;
		break;
	default:
		return false;
	}
	int64_t begin = header_size + 2 * number_at(page + 3, 2);
	int64_t end = number_at(page + 5, 2);
	if (end == 0)
		end = 65536;
	*ret_begin = begin;
	*ret_end = end;
	return begin < end && end <= wipe->usable_size;
}

static int clear_page(struct wipe *wipe, int64_t number, unsigned char *page)
{
	int64_t begin;
	int64_t end;
	bool is_clean = true;

	if (!find_space(wipe, page, &begin, &end))
		return SQLITE_OK;
	for (int64_t i = begin; i < end; i++) {
		is_clean &= page[i] == 0;
		page[i] = 0;
	}
	if (is_clean)
		return SQLITE_OK;
	wipe->has_written = true;
	return wipe->file->pMethods->xWrite(wipe->file, page + begin, (int)(end - begin),
		(number - 1) * wipe->page_size + begin);
}

/* Goes on for so many pages. */
static enum status clear_pages(struct wipe *wipe, int64_t pages, struct error *error)
{
	int64_t end = wipe->page_count + 1;
	int64_t lock_page = LOCK_PLACE / wipe->page_size + 1;
	int result = SQLITE_OK;

	if (end - wipe->next_page > pages)
		end = wipe->next_page + pages;
	while (wipe->next_page < end && result == SQLITE_OK) {
		int64_t count = end - wipe->next_page;
		if (count > PAGES_A_READ)
			count = PAGES_A_READ;
		result = wipe->file->pMethods->xRead(wipe->file, wipe->pages,
			(int)(count * wipe->page_size), (wipe->next_page - 1) * wipe->page_size);
		for (int64_t i = 0; i < count && result == SQLITE_OK; i++)
			if (wipe->next_page + i != lock_page)
				result = clear_page(wipe, wipe->next_page + i,
					wipe->pages + i * wipe->page_size);
		wipe->next_page += count;
	}
	return result == SQLITE_OK ? STATUS_OK : db_fail(wipe->db, result, error);
}

/* Writes the version that the file has, so that the commit has something to do. */
static enum status commit_counter(struct wipe *wipe, struct transaction *transaction,
	struct error *error)
{
	CLEANUP(str_free) struct str sql = STR_INIT;

	str_addf(&sql, "PRAGMA user_version=%d", db_newest_version());
	enum status status = db_execute(wipe->db, sql.text, error);
	if (status == STATUS_OK)
		status = transaction_commit(transaction, error);
	if (status == STATUS_OK)
		wipe->change_counter = (wipe->change_counter + 1) & 0xffffffff;
	return status;
}

static enum status wipe_slice(struct wipe *wipe, int64_t pages, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;

	wipe->has_written = false;
	enum status status = transaction_begin_write(&transaction, wipe->db, error);
	if (status == STATUS_OK)
		status = read_header(wipe, error);
	if (status == STATUS_OK && wipe->pages == NULL)
		wipe->pages = xmalloc((size_t)(PAGES_A_READ * wipe->page_size));
	if (status == STATUS_OK)
		status = clear_pages(wipe, pages, error);
	if (status == STATUS_OK && wipe->has_written)
		status = commit_counter(wipe, &transaction, error);
	return status;
}

/* Who commits in between may move a page that was not yet looked at to the place of one that
 * was: then all is looked at again. */
static enum status wipe_passes(struct wipe *wipe, void (*notice)(void *data), void *data,
	struct error *error)
{
	enum status status = STATUS_OK;

	wipe->is_disturbed = true;
	for (int pass = 0; wipe->is_disturbed && status == STATUS_OK; pass++) {
		bool is_last = pass == PASSES_MAX;
		if (is_last && notice != NULL)
			notice(data);
		wipe->is_disturbed = false;
		wipe->next_page = 2;
		do {
			if (wipe->next_page > 2)
				transaction_let_others();
			status = wipe_slice(wipe, is_last ? PAGES_MAX : PAGES_A_SLICE, error);
		} while (status == STATUS_OK && wipe->next_page <= wipe->page_count);
	}
	return status;
}

/* By a connection of its own, whose pages are gone with it: those that `db` keeps are void like
 * everybody's. */
enum status db_wipe_unused(struct db *db, void (*notice)(void *data), void *data,
	struct error *error)
{
	CLEANUP(db_closep) struct db *own = NULL;
	const struct db_options options = { .allow_unsafe_fs = true, .wait_ms = db->wait_ms };
	struct wipe wipe = { .next_page = 2 };

	assert(db->mode == DB_WRITE && !transaction_is_open(db));
	enum status status = db_open(db->path, DB_WRITE, &options, &own, error);
	if (status != STATUS_OK)
		return status;
	wipe.db = own;
	int result =
		sqlite3_file_control(own->handle, "main", SQLITE_FCNTL_FILE_POINTER, &wipe.file);
	if (result == SQLITE_OK)
		status = wipe_passes(&wipe, notice, data, error);
	else
		status = db_fail(own, result, error);
	free(wipe.pages);
	return status;
}
