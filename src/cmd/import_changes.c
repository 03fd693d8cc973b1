/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/import_changes.h"

#include "util/memory.h"
#include "util/str.h"

#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS_NAMED_MAX = 12,
};

struct changed_column {
	char *name;
	int64_t people;
};

struct import_changes {
	struct output *output;
	bool lists_all;
	/* The person whose changes are being put. */
	size_t file;
	int64_t line;
	/* The columns, in the order in which they were first changed. A row changes them in the
	 * same order as the row before: the search goes on from the last one found. */
	struct changed_column *columns;
	size_t column_count;
	size_t last_found;
};

struct import_changes *import_changes_new(struct output *output, bool lists_all)
{
	struct import_changes *changes = xcalloc(1, sizeof *changes);

	changes->output = output;
	changes->lists_all = lists_all;
	return changes;
}

void import_changes_free(struct import_changes *changes)
{
	if (changes == NULL)
		return;
	for (size_t i = 0; i < changes->column_count; i++)
		free(changes->columns[i].name);
	free(changes->columns);
	free(changes);
}

static void count_column(struct import_changes *changes, const char *name)
{
	for (size_t i = 0; i < changes->column_count; i++) {
		size_t at = (changes->last_found + i) % changes->column_count;
		if (strcmp(changes->columns[at].name, name) == 0) {
			changes->columns[at].people++;
			changes->last_found = at;
			return;
		}
	}
	changes->columns = xreallocarray(changes->columns, changes->column_count + 1,
		sizeof *changes->columns);
	changes->last_found = changes->column_count;
	changes->columns[changes->column_count++] =
		(struct changed_column){ .name = xstrdup(name), .people = 1 };
}

/* A cell in one line: what stands on several is for a table to show. */
static void add_value(struct str *str, const char *value)
{
	if (value[0] == '\0')
		str_add(str, "(empty)");
	for (; *value != '\0'; value++)
		str_add_char(str,
			*value == '\n' || *value == '\r' || *value == '\t' ? ' ' : *value);
}

/* "FILE:LINE: Ada Lovelace <ada@example.org>" */
static void put_person(const struct import_changes *changes, const char *file,
	const struct import_change *change)
{
	bool has_email = change->email[0] != '\0' && strcmp(change->email, change->name) != 0;

	CLEANUP(str_free) struct str taken = STR_INIT;

	if (change->id_taken_by != 0)
		str_addf(&taken, ", with the external id of @%lld", (long long)change->id_taken_by);
	output_words(changes->output, "%s:%lld: %s%s%s%s%s%s%s", file, (long long)change->line,
		change->name, has_email ? " <" : "", has_email ? change->email : "",
		has_email ? ">" : "", change->kind == CHANGE_NEW ? ": new" : "",
		change->is_waitlisted ? ", on the waiting list" : "", taken.text);
}

static void put_change(struct import_changes *changes, const char *file,
	const struct import_change *change)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	if (change->line != changes->line || change->file != changes->file)
		put_person(changes, file, change);
	changes->line = change->line;
	changes->file = change->file;
	if (change->kind == CHANGE_NEW)
		return;
	str_add(&line, "    ");
	add_value(&line, change->column);
	str_add(&line, ": ");
	add_value(&line, change->old_value);
	if (change->kind == CHANGE_KEPT) {
		str_addf(&line, " stays, set by hand; the file says %s", change->new_value);
	} else {
		str_add(&line, " -> ");
		add_value(&line, change->new_value);
	}
	output_words(changes->output, "%s", line.text);
}

void import_changes_add(struct import_changes *changes, const struct import *import,
	const struct import_change *change)
{
	const struct import_report report = import_report_of(import, change->file);

	if (change->kind == CHANGE_COLUMN)
		count_column(changes, change->column);
	if (changes->lists_all)
		put_change(changes, report.file, change);
}

/* " (affiliation 2, 'Group' 3)": how many people's. */
static void add_columns(const struct import_changes *changes, struct str *line)
{
	size_t named = changes->column_count;

	if (named > COLUMNS_NAMED_MAX)
		named = COLUMNS_NAMED_MAX;
	for (size_t i = 0; i < named; i++) {
		const char *name = changes->columns[i].name;
		enum field field;
		const char *quote = field_parse(name, &field) ? "" : "'";
		str_addf(line, "%s%s", i > 0 ? ", " : " (", quote);
		add_value(line, name);
		str_addf(line, "%s %lld", quote, (long long)changes->columns[i].people);
	}
	if (named < changes->column_count)
		str_addf(line, " and %zu more columns", changes->column_count - named);
	if (named > 0)
		str_add_char(line, ')');
}

void import_changes_put_summary(struct import_changes *changes, const struct import *import)
{
	CLEANUP(str_free) struct str line = STR_INIT;
	struct import_report all = { .added = 0 };

	for (size_t i = 0; i < import_file_count(import); i++) {
		const struct import_report report = import_report_of(import, i);
		all.added += report.added;
		all.updated += report.updated;
		all.unchanged += report.unchanged;
		all.kept += report.kept;
		all.rejected += report.rejected;
	}
	str_addf(&line, "would add %lld %s, change %lld", (long long)all.added,
		all.added == 1 ? "person" : "people", (long long)all.updated);
	add_columns(changes, &line);
	str_addf(&line, " and leave %lld as they are", (long long)all.unchanged);
	output_words(changes->output, "%s", line.text);
	if (all.kept > 0)
		output_words(changes->output,
			"kept: %lld with a status set by hand (--force-status takes the file's)",
			(long long)all.kept);
	if (all.rejected > 0)
		output_words(changes->output, "left out: %lld %s", (long long)all.rejected,
			all.rejected == 1 ? "bad row" : "bad rows");
	if (!changes->lists_all && all.added + all.updated > 0)
		output_words(changes->output, "-v lists each change");
}
