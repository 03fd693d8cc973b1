/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/row_errors.h"

#include "util/memory.h"
#include "util/str.h"

#include <stdarg.h>
#include <stdlib.h>

static void keep(struct row_errors *errors, size_t line, const char *column, char *message)
{
	errors->all = xreallocarray(errors->all, errors->count + 1, sizeof *errors->all);
	errors->all[errors->count] = (struct row_error){
		.line = line,
		.column = column,
		.message = message,
		.number = errors->count,
	};
	errors->count++;
}

void row_errors_add(struct row_errors *errors, size_t line, const char *column, const char *format,
	...)
{
	struct str message = STR_INIT;
	va_list arguments;

	va_start(arguments, format);
	str_vaddf(&message, format, arguments);
	va_end(arguments);
	keep(errors, line, column, str_steal(&message));
}

void row_errors_take(struct row_errors *errors, size_t line, const char *column,
	const struct error *error)
{
	struct str message = STR_INIT;

	str_add(&message, error->message);
	if (error->hint[0] != '\0')
		str_addf(&message, " (%s)", error->hint);
	keep(errors, line, column, str_steal(&message));
}

void row_errors_place(struct row_error *row, const char *place)
{
	struct str message = STR_INIT;

	str_addf(&message, "%s: %s%s%s", place, row->column != NULL ? row->column : "",
		row->column != NULL ? ": " : "", row->message);
	free(row->message);
	row->message = str_steal(&message);
	row->column = NULL;
	row->line = 0;
}

static int compare(const void *a, const void *b)
{
	const struct row_error *left = a;
	const struct row_error *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return (left->number > right->number) - (left->number < right->number);
}

void row_errors_sort(struct row_errors *errors)
{
	if (errors->count > 1)
		qsort(errors->all, errors->count, sizeof *errors->all, compare);
}

void row_errors_free(struct row_errors *errors)
{
	for (size_t i = 0; i < errors->count; i++)
		free(errors->all[i].message);
	free(errors->all);
	errors->all = NULL;
	errors->count = 0;
}
