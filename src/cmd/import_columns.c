/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/import_columns.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

/* How --map and --ignore would call the column. */
static void add_column(const struct csv_row *header, size_t at, struct str *ret)
{
	CLEANUP(str_free) struct str wanted = STR_INIT;
	CLEANUP(str_free) struct str key = STR_INIT;
	size_t number = 0;
	size_t times = 0;

	text_fold(header->cells[at], &wanted);
	for (size_t i = 0; i < header->width; i++) {
		text_fold(header->cells[i], &key);
		times += strcmp(key.text, wanted.text) == 0 ? 1 : 0;
		if (i == at)
			number = times;
	}
	str_addf(ret, "'%s", header->cells[at]);
	if (times > 1)
		str_addf(ret, "#%zu", number);
	str_add_char(ret, '\'');
}

static void say_column(const struct diagnostics *diagnostics, const struct csv_in *in, size_t at,
	const struct import_column *column)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	const struct csv_row *header = csv_in_header(in);

	add_column(header, at, &name);
	/* A question's line breaks: --map takes a space for them. */
	for (size_t i = 0; i < name.length; i++) {
		if (name.text[i] == '\n' || name.text[i] == '\r')
			name.text[i] = ' ';
	}
	if (column->use == USE_FIELD)
		say_detail(diagnostics, "%s: column %s -> %s", csv_in_name(in), name.text,
			field_word(column->field));
	else if (column->use == USE_NONE)
		say_detail(diagnostics, "%s: column %s -> left out", csv_in_name(in), name.text);
	else if (strcmp(column->answer, header->cells[at]) == 0)
		say_detail(diagnostics, "%s: column %s -> answer", csv_in_name(in), name.text);
	else
		say_detail(diagnostics, "%s: column %s -> answer '%s'", csv_in_name(in), name.text,
			column->answer);
}

void import_say_columns(const struct diagnostics *diagnostics, const struct csv_in *in,
	const struct import_columns *columns)
{
	if (columns->preset != NULL)
		say_detail(diagnostics, "%s: recognised as %s", csv_in_name(in),
			columns->preset->name);
	for (size_t i = 0; i < columns->count; i++) {
		const struct import_column *column = &columns->columns[i];
		if (diagnostics->verbosity == VERBOSITY_VERBOSE)
			say_column(diagnostics, in, i, column);
		if (column->is_ticket_code)
			say_notice(diagnostics,
				"%s: column '%s' is left out: a ticket's code at another system's "
				"doors",
				csv_in_name(in), csv_in_header(in)->cells[i]);
	}
}

void import_say_doubts(const struct diagnostics *diagnostics, const struct import *import)
{
	for (size_t i = 0; i < import_file_count(import); i++) {
		const struct import_report report = import_report_of(import, i);
		if (report.ids_taken > 0)
			say_notice(diagnostics,
				"%s: new people with the external id of somebody who has another "
				"address: %lld (--match external_id takes them for one)",
				report.file, (long long)report.ids_taken);
		if (report.added > 0 && report.lacks_names)
			say_notice(diagnostics,
				"%s: no column is taken for a name (--map name=HEADER): new people "
				"are called by their address",
				report.file);
	}
}
