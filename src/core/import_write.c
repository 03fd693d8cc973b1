/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pass two: under the lock, each row that was set aside is matched and written. Where the
 * import is refused anyway, the rest of the rows is only matched, in short readings, so that
 * all errors are named.
 */
#include "core/erasure.h"
#include "core/import_private.h"
#include "core/log.h"
#include "core/registrant.h"
#include "store/import_store.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
	ROWS_A_READING = 2000, /* some milliseconds, in which no door can commit */
	ROWS_A_REPORT = 256,
};

struct writer {
	struct import *import;
	size_t file;
	struct registrar registrar;
	struct erasures *erasures; /* NULL: nobody asked to be forgotten */
	struct known_person known;
	const char **texts; /* of the row: fields, answers */
	struct registrant_values values;
	const char **answers;
	int64_t line;
	int64_t done; /* rows of all files */
	int64_t total;
	bool is_only_checking;
	bool is_freeing; /* writes cancellations alone */
	int64_t last_row;
	int64_t rows_read; /* in this reading */
};

static struct import_file *file_of(const struct writer *writer)
{
	return &writer->import->files[writer->file];
}

/* --- A row --- */

static enum status bad_row(struct writer *writer, const struct stage_row *row, const char *message,
	struct error *error)
{
	struct import *import = writer->import;
	const char *field = field_word(import_first_field(import));
	const struct import_fault where = {
		.file = writer->file,
		.row_id = row->row_id,
		.line = row->line,
		.column = field,
	};

	if (writer->is_only_checking || import->settings->skips_bad)
		return import_turn_bad(import, &where, message, error);
	/* All will be rolled back, what is set aside too: remembered here. */
	import->first_fault = where;
	(void)error_set(&import->first_error, STATUS_REJECTED, "%s", message);
	return error_set(error, STATUS_REJECTED, "%s", message);
}

/* Points the values to the row's texts: what is empty says nothing. */
static enum status take_values(struct writer *writer, const struct stage_row *row,
	struct error *error)
{
	const struct import_file *file = file_of(writer);
	size_t count = FIELD_COUNT + file->answer_count;

	if (!import_cells_split(row->cells, row->cells_length, writer->texts, count))
		return import_set_damaged(error);
	for (size_t i = 0; i < count; i++) {
		const char *text = writer->texts[i][0] != '\0' ? writer->texts[i] : NULL;
		if (i < FIELD_COUNT)
			writer->values.fields[i] = text;
		else
			writer->answers[i - FIELD_COUNT] = text;
	}
	writer->values.questions = file->questions;
	writer->values.answers = writer->answers;
	writer->values.answer_count = file->answer_count;
	return STATUS_OK;
}

static const char *first_text(const char *first, const char *second, const char *third)
{
	if (first != NULL && first[0] != '\0')
		return first;
	return second != NULL && second[0] != '\0' ? second : third;
}

/* Says whose row it is: by the name that was known, else by the one that the row gives. */
static void tell(const struct writer *writer, struct import_change *change)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	const struct import_watcher *watcher = &writer->import->settings->watcher;
	const struct registrant_row *known = &writer->known.row;
	const char *email = writer->texts[FIELD_EMAIL];
	const char *external_id = writer->texts[FIELD_EXTERNAL_ID];

	if (watcher->on_change == NULL)
		return;
	import_name_of(writer->texts, &name);
	change->file = writer->file;
	change->line = writer->line;
	change->email = first_text(known->email, email, "");
	change->name = first_text(first_text(known->name, name.text, ""), change->email,
		first_text(known->external_id, external_id, ""));
	watcher->on_change(change, watcher->data);
}

static void tell_change(const char *column, const char *old_value, const char *new_value,
	void *data)
{
	tell(data, &(struct import_change){ .kind = CHANGE_COLUMN,
			   .column = column,
			   .old_value = old_value,
			   .new_value = new_value });
}

static enum status write_row(struct writer *writer, struct error *error)
{
	struct import_report *report = &file_of(writer)->report;
	struct registrar_result result;

	if (writer->known.is_by_merged)
		import_leave_to_own_row(&writer->known, &writer->values);
	enum status status = registrar_write(&writer->registrar, &writer->known.row,
		&writer->values, &result, error);
	if (status != STATUS_OK)
		return status;
	bool is_waitlisted =
		seats_are_waited_for(result.status) && !seats_are_waited_for(result.old_status);
	report->waitlisted += is_waitlisted ? 1 : 0;
	if (result.is_new) {
		report->added++;
		report->ids_taken += writer->known.is_id_taken ? 1 : 0;
		tell(writer, &(struct import_change){ .kind = CHANGE_NEW,
				     .is_waitlisted = is_waitlisted,
				     .id_taken_by = writer->known.id_taken_by });
	} else if (result.is_changed) {
		report->updated++;
	} else if (!result.is_status_kept) {
		report->unchanged++;
	}
	if (result.is_status_kept) {
		report->kept++;
		tell(writer, &(struct import_change){ .kind = CHANGE_KEPT,
				     .column = field_word(FIELD_STATUS),
				     .old_value = writer->known.row.status,
				     .new_value = writer->texts[FIELD_STATUS] });
	}
	return STATUS_OK;
}

/* Whether the row is of nobody who is known, and of somebody who asked to be forgotten. */
static enum status is_of_erased(struct writer *writer, bool *ret_is_erased, struct error *error)
{
	int64_t person_id = 0;
	enum status status = STATUS_OK;

	if (writer->erasures != NULL && writer->known.row.person_id == 0)
		status = erasures_find(writer->erasures, writer->texts[FIELD_EMAIL],
			writer->texts[FIELD_EXTERNAL_ID], &person_id, error);
	*ret_is_erased = person_id != 0;
	return status;
}

/* A row of which it is clear who is meant. */
static enum status take_known(struct writer *writer, const struct stage_row *row,
	struct error *error)
{
	struct import *import = writer->import;
	const struct registrant_row *known = &writer->known.row;
	struct error problem = ERROR_INIT;
	bool is_taken_back = false;
	enum status status = STATUS_OK;

	if (import->settings->is_add_only)
		status = registrar_is_taken_back(import->db, known, &is_taken_back, error);
	if (status != STATUS_OK)
		return status;
	/* The records of one person that were merged may stand in two rows. */
	if (!writer->known.is_by_merged)
		status = import_claim_person(import, row, known, &problem, error);
	if (status != STATUS_OK)
		return status;
	if (import->settings->is_add_only && known->registrant_id != 0 && !is_taken_back)
		(void)error_set(&problem, STATUS_REJECTED, "'%s' is registered already (@%lld)",
			writer->texts[FIELD_EMAIL][0] != '\0' ? writer->texts[FIELD_EMAIL]
							      : writer->texts[FIELD_EXTERNAL_ID],
			(long long)known->registrant_id);
	if (problem.status != STATUS_OK)
		return bad_row(writer, row, problem.message, error);
	if (writer->is_only_checking)
		return STATUS_OK;
	bool is_erased;
	status = is_of_erased(writer, &is_erased, error);
	if (status == STATUS_OK && is_erased) {
		file_of(writer)->report.erased++;
		return stage_store_set_state(import->db, row->row_id, STAGE_ERASED, error);
	}
	if (status == STATUS_OK)
		status = write_row(writer, error);
	if (status == STATUS_OK && writer->is_freeing)
		status = stage_store_set_state(import->db, row->row_id, STAGE_WRITTEN, error);
	return status;
}

/* Whether the row cancels a registration that is there. */
static bool frees_a_seat(struct writer *writer)
{
	struct error problem = ERROR_INIT;
	enum registrant_status status;

	return registrant_status_parse(writer->texts[FIELD_STATUS], &status) &&
	       status == REGISTRANT_CANCELLED &&
	       import_match_person(writer->import, writer->texts, &writer->known, &problem) ==
		       STATUS_OK &&
	       writer->known.row.registrant_id != 0 && !writer->known.is_by_merged;
}

static enum status take_row(const struct stage_row *row, void *data, struct error *error)
{
	struct writer *writer = data;
	struct import *import = writer->import;
	struct error problem = ERROR_INIT;

	writer->last_row = row->row_id;
	writer->line = row->line;
	enum status status = take_values(writer, row, error);
	if (status != STATUS_OK || (writer->is_freeing && !frees_a_seat(writer)))
		return status;
	writer->done++;
	status = import_match_person(import, writer->texts, &writer->known, &problem);
	if (status == STATUS_OK)
		status = take_known(writer, row, error);
	else if (status == STATUS_REJECTED)
		status = bad_row(writer, row, problem.message, error);
	else
		*error = problem;
	const struct import_watcher *watcher = &import->settings->watcher;
	if (watcher->on_progress != NULL && writer->done % ROWS_A_REPORT == 0)
		watcher->on_progress(IMPORT_WRITING, writer->done, writer->total, watcher->data);
	/* A reading ends, and the next goes on from here. */
	if (status == STATUS_OK && writer->is_only_checking &&
		++writer->rows_read >= ROWS_A_READING)
		return STATUS_NO;
	return status;
}

static void begin_file(struct writer *writer, size_t number)
{
	size_t answers;

	writer->file = number;
	answers = file_of(writer)->answer_count;
	writer->texts =
		xreallocarray(writer->texts, FIELD_COUNT + answers + 1, sizeof *writer->texts);
	writer->answers = xreallocarray(writer->answers, answers + 1, sizeof *writer->answers);
	writer->last_row = file_of(writer)->rows_before;
}

/* --- A file --- */

static enum status log_file(const struct writer *writer, const struct import_row *row,
	struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	const struct import_report *report = &file_of(writer)->report;

	str_addf(&detail,
		"rows %lld, added %lld, updated %lld, unchanged %lld, kept %lld, "
		"rejected %lld",
		(long long)row->rows, (long long)row->added, (long long)row->updated,
		(long long)row->unchanged, (long long)row->kept, (long long)row->rejected);
	if (report->waitlisted > 0 || report->promoted > 0)
		str_addf(&detail, ", waitlisted %lld, promoted %lld", (long long)report->waitlisted,
			(long long)report->promoted);
	if (report->erased > 0)
		str_addf(&detail, ", erased %lld", (long long)report->erased);
	return log_append(writer->import->db, writer->import->actor,
		&(struct log_event){ .action = "import",
			.subject = "import",
			.subject_id = row->import_id,
			.detail = detail.text,
			.digest = row->digest },
		error);
}

static enum status list_rows(struct writer *writer, struct error *error)
{
	return stage_store_list(writer->import->db, (int64_t)writer->file,
		file_of(writer)->rows_before, take_row, writer, error);
}

/*
 * A file says how things are, not in which order they came about: where seats are limited its
 * cancellations are written first, and what they free goes to who waits already. So a
 * registration that comes before a cancellation in the file is not told to wait, and the same
 * file again changes nothing. In the end who is waitlisted by the file gets what is left.
 */
static enum status write_rows(struct writer *writer, struct error *error)
{
	struct seats *seats = &writer->import->seats;
	size_t promoted_before = seats->promoted_count;
	enum status status = STATUS_OK;

	if (seats->has_capacity) {
		writer->is_freeing = true;
		status = list_rows(writer, error);
		writer->is_freeing = false;
	}
	if (status == STATUS_OK)
		status = seats_give(seats, 0, error);
	if (status == STATUS_OK)
		status = list_rows(writer, error);
	if (status == STATUS_OK)
		status = seats_give(seats, 0, error);
	file_of(writer)->report.promoted = (int64_t)(seats->promoted_count - promoted_before);
	return status;
}

static enum status write_file(struct writer *writer, struct error *error)
{
	struct import *import = writer->import;
	struct import_file *file = file_of(writer);
	struct import_report *report = &file->report;
	struct import_row row = {
		.event_id = import->event_id,
		.name = import_file_name(file->path),
		.taken_s = import->actor->now_s,
		.actor = import->actor->name,
	};

	memcpy(row.digest, file->digest, sizeof row.digest);
	enum status status = import_store_insert(import->db, &row, &row.import_id, error);
	writer->registrar.import_id = row.import_id;
	str_clear(&writer->registrar.courses_created);
	*report = (struct import_report){ .import_id = row.import_id, .unchanged = file->same };
	if (status == STATUS_OK)
		status = write_rows(writer, error);
	if (status != STATUS_OK)
		return status;
	str_clear(&file->courses_created);
	str_add(&file->courses_created, writer->registrar.courses_created.text);
	row.rows = file->rows;
	row.added = report->added;
	row.updated = report->updated;
	row.unchanged = report->unchanged;
	row.kept = report->kept;
	row.rejected = file->rejected;
	status = import_store_finish(import->db, &row, error);
	if (status == STATUS_OK)
		status = log_file(writer, &row, error);
	return status;
}

/* Matches the file's rows in short readings, for the errors alone. */
static enum status check_file(struct writer *writer, struct error *error)
{
	enum status status = STATUS_NO;

	while (status == STATUS_NO) {
		CLEANUP(transaction_end) struct transaction reading = TRANSACTION_INIT;
		writer->rows_read = 0;
		status = transaction_begin_read(&reading, writer->import->db, error);
		if (status == STATUS_OK)
			status = stage_store_list(writer->import->db, (int64_t)writer->file,
				writer->last_row, take_row, writer, error);
		/* What was found is kept: a rollback would take it away. */
		if (status == STATUS_OK || status == STATUS_NO) {
			enum status kept = transaction_commit(&reading, error);
			status = kept == STATUS_OK ? status : kept;
		}
	}
	return status;
}

/* --- All --- */

static enum status write_all(struct writer *writer, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct import *import = writer->import;

	enum status status = transaction_begin_write(&transaction, import->db, error);
	if (status == STATUS_OK)
		status = seats_open(&import->seats, import->db, import->actor, import->event_id,
			error);
	if (status == STATUS_OK)
		status = erasures_open_if_any(import->db, import->settings->key,
			import->settings->key_path, &writer->erasures, error);
	for (size_t i = 0; i < import->file_count && status == STATUS_OK; i++) {
		begin_file(writer, i);
		status = write_file(writer, error);
	}
	if (status == STATUS_OK && import_good_rows(import) == 0)
		status = error_set(error, STATUS_REJECTED, "no row is good");
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

/* An error that shows only where the rows before are written (two files with one person) is
 * not found by matching alone. */
static enum status add_first_error(struct import *import, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;

	enum status status = transaction_begin_read(&transaction, import->db, error);
	if (status == STATUS_OK)
		status = import_turn_bad(import, &import->first_fault, import->first_error.message,
			error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

static enum status check_all(struct writer *writer, struct error *error)
{
	struct import *import = writer->import;
	enum status status = STATUS_OK;

	writer->is_only_checking = true;
	writer->done = 0;
	for (size_t i = 0; i < import->file_count && status == STATUS_OK; i++) {
		begin_file(writer, i);
		status = check_file(writer, error);
	}
	if (status == STATUS_OK && import->first_fault.row_id != 0 &&
		import->error_count == import->read_errors)
		status = add_first_error(import, error);
	return status;
}

static enum status run(struct writer *writer, struct error *error)
{
	struct import *import = writer->import;
	bool is_refused = import_good_rows(import) == 0;
	enum status status = STATUS_REJECTED;

	for (size_t i = 0; i < import->file_count; i++)
		is_refused |= import->files[i].error.status != STATUS_OK;
	is_refused |= import->error_count > 0 && !import->settings->skips_bad;
	writer->total = import_good_rows(import);
	import_remember_reading(import);
	if (!is_refused)
		status = write_all(writer, error);
	if (status == STATUS_OK)
		return status;
	import_forget_writing(import);
	if (status != STATUS_REJECTED)
		return status;
	status = check_all(writer, error);
	if (status != STATUS_OK)
		return status;
	return error_set(error, STATUS_REJECTED, "nothing was written");
}

enum status import_write(struct import *import, struct error *error)
{
	const struct import_settings *settings = import->settings;
	struct writer writer = {
		.import = import,
		.known = KNOWN_PERSON_INIT,
		.registrar = {
			.db = import->db,
			.event_id = import->event_id,
			.actor = import->actor,
			.key_path = settings->key_path,
			.key = settings->key,
			.is_status_forced = settings->is_status_forced,
			.seats = &import->seats,
			.on_change = settings->watcher.on_change != NULL ? tell_change : NULL,
			.data = &writer,
			REGISTRAR_INIT,
		},
	};

	enum status status = run(&writer, error);
	registrar_free(&writer.registrar);
	erasures_free(writer.erasures);
	known_person_free(&writer.known);
	free(writer.texts);
	free(writer.answers);
	return status;
}
