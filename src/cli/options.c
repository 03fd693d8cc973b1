/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/options.h"

#include "cli/options_value.h"
#include "cli/suggest.h"
#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <popt.h>
#include <stdlib.h>
#include <string.h>

/* An option of the tables and what it was given. */
struct entry {
	const struct option *option;
	size_t count;
	char **values;  /* NULL-terminated; NULL while there is none, and for flags */
	int64_t number; /* of the last value */
};

struct options {
	struct entry *entries;
	size_t entry_count;
	char **arguments; /* NULL-terminated */
	size_t argument_count;
};

/* --- Reading what was given --- */

static struct entry *find_entry(const struct options *options, const char *name)
{
	for (size_t i = 0; i < options->entry_count; i++) {
		if (strcmp(options->entries[i].option->name, name) == 0)
			return &options->entries[i];
	}
	return NULL;
}

static const struct entry *must_find(const struct options *options, const char *name)
{
	const struct entry *entry = find_entry(options, name);

	assert(entry != NULL);
	return entry;
}

bool options_given(const struct options *options, const char *name)
{
	return must_find(options, name)->count > 0;
}

bool options_flag(const struct options *options, const char *name)
{
	const struct entry *entry = must_find(options, name);

	assert(entry->option->kind == OPTION_FLAG);
	return entry->count > 0;
}

const char *options_text(const struct options *options, const char *name)
{
	const struct entry *entry = must_find(options, name);

	assert(entry->option->kind != OPTION_FLAG);
	return entry->count > 0 ? entry->values[entry->count - 1] : NULL;
}

static bool is_number(enum option_kind kind)
{
	return kind == OPTION_INTEGER || kind == OPTION_PERMILLE || kind == OPTION_HUNDREDTHS;
}

int64_t options_integer(const struct options *options, const char *name, int64_t otherwise)
{
	const struct entry *entry = must_find(options, name);

	assert(is_number(entry->option->kind));
	return entry->count > 0 ? entry->number : otherwise;
}

const char *const *options_list(const struct options *options, const char *name, size_t *ret_count)
{
	static const char *const none[] = { NULL };
	const struct entry *entry = must_find(options, name);

	assert(entry->option->kind != OPTION_FLAG && entry->option->is_repeatable);
	if (ret_count != NULL)
		*ret_count = entry->count;
	return entry->count > 0 ? (const char *const *)entry->values : none;
}

void options_paths(const struct options *options,
	void (*function)(enum option_kind kind, const char *path, void *data), void *data)
{
	for (size_t i = 0; i < options->entry_count; i++) {
		const struct entry *entry = &options->entries[i];
		enum option_kind kind = entry->option->kind;
		if (kind != OPTION_FILE && kind != OPTION_OUTPUT)
			continue;
		for (size_t j = 0; j < entry->count; j++)
			function(kind, entry->values[j], data);
	}
}

const char *const *options_arguments(const struct options *options, size_t *ret_count)
{
	if (ret_count != NULL)
		*ret_count = options->argument_count;
	return (const char *const *)options->arguments;
}

/* --- Parsing --- */

/* popt puts the next argument in the place of "!#:+" in any argument. Values are taken as
 * they stand here, so the four characters are kept from its sight. */
static const char popt_insertion[] = "!#:+";
static const char popt_insertion_hidden[] = "!\001:+";

static void replace_all(char *text, const char *from, const char *to)
{
	size_t length = strlen(from);

	assert(strlen(to) == length);
	for (char *at = strstr(text, from); at != NULL; at = strstr(at + length, from))
		memcpy(at, to, length);
}

static char **copy_hidden(int count, const char *const *argv)
{
	char **copy = xcalloc((size_t)count + 1, sizeof *copy);

	for (int i = 0; i < count; i++) {
		copy[i] = xstrdup(argv[i]);
		replace_all(copy[i], popt_insertion, popt_insertion_hidden);
	}
	return copy;
}

static void free_texts(char **texts)
{
	for (char **text = texts; texts != NULL && *text != NULL; text++)
		free(*text);
	free(texts);
}

/* popt's tables, with an entry's index + 1 as what poptGetNextOpt gives. */
static struct poptOption *translate(const struct options *options)
{
	struct poptOption *table = xcalloc(options->entry_count + 1, sizeof *table);

	for (size_t i = 0; i < options->entry_count; i++) {
		const struct option *option = options->entries[i].option;

		table[i].longName = option->name;
		table[i].shortName = option->letter;
		table[i].argInfo = option->kind == OPTION_FLAG ? POPT_ARG_NONE : POPT_ARG_STRING;
		table[i].val = (int)i + 1;
	}
	return table;
}

static void make_entries(struct options *options, const struct option *const *tables)
{
	size_t count = 0;

	for (size_t i = 0; tables[i] != NULL; i++) {
		for (const struct option *option = tables[i]; option->kind != OPTION_END; option++)
			count++;
	}
	options->entries = xcalloc(count, sizeof *options->entries);
	for (size_t i = 0; tables[i] != NULL; i++) {
		for (const struct option *option = tables[i]; option->kind != OPTION_END; option++)
			options->entries[options->entry_count++].option = option;
	}
}

static enum status refuse_doubled(const struct entry *entry, struct error *error)
{
	return error_set(error, STATUS_USAGE, "option '--%s' is given twice", entry->option->name);
}

static void add_value(struct entry *entry, char *value)
{
	entry->values = xreallocarray(entry->values, entry->count + 2, sizeof *entry->values);
	entry->values[entry->count++] = value;
	entry->values[entry->count] = NULL;
}

static enum status take(struct entry *entry, poptContext popt, struct error *error)
{
	if (entry->option->kind == OPTION_FLAG) {
		entry->count = 1;
		return STATUS_OK;
	}
	CLEANUP(memory_free_text) char *value = poptGetOptArg(popt);
	assert(value != NULL);
	replace_all(value, popt_insertion_hidden, popt_insertion);
	if (entry->count > 0 && !entry->option->is_repeatable)
		return refuse_doubled(entry, error);
	enum status status = option_value_check(entry->option, value, &entry->number, error);
	if (status != STATUS_OK)
		return status;
	add_value(entry, value);
	value = NULL;
	return STATUS_OK;
}

static enum status refuse_unknown(const struct options *options, const char *typed,
	struct error *error)
{
	CLEANUP(memory_free_text) char *name = xstrndup(typed, strcspn(typed, "="));
	(void)error_set(error, STATUS_USAGE, "unknown option '%s'", name);
	if (strncmp(name, "--", 2) != 0)
		return STATUS_USAGE;
	struct suggestion suggestion;
	suggestion_start(&suggestion, name + 2);
	for (size_t i = 0; i < options->entry_count; i++)
		suggestion_consider(&suggestion, options->entries[i].option->name);
	if (suggestion.nearest != NULL)
		return error_hint(error, "did you mean '--%s'?", suggestion.nearest);
	return STATUS_USAGE;
}

static enum status refuse_popt(const struct options *options, poptContext popt, int code,
	struct error *error)
{
	CLEANUP(memory_free_text)
	char *typed = xstrdup(poptBadOption(popt, POPT_BADOPTION_NOALIAS));

	replace_all(typed, popt_insertion_hidden, popt_insertion);
	switch (code) {
	case POPT_ERROR_BADOPT:
		return refuse_unknown(options, typed, error);
	case POPT_ERROR_NOARG:
		return error_set(error, STATUS_USAGE, "option '%s' needs a value", typed);
	case POPT_ERROR_UNWANTEDARG:
		return error_set(error, STATUS_USAGE, "option '%.*s' takes no value",
			(int)strcspn(typed, "="), typed);
	default:
		return error_set(error, STATUS_USAGE, "option '%s': %s", typed, poptStrerror(code));
	}
}

static void take_arguments(struct options *options, poptContext popt)
{
	const char **left = poptGetArgs(popt);

	while (left != NULL && left[options->argument_count] != NULL)
		options->argument_count++;
	options->arguments = xcalloc(options->argument_count + 1, sizeof *options->arguments);
	for (size_t i = 0; i < options->argument_count; i++) {
		options->arguments[i] = xstrdup(left[i]);
		replace_all(options->arguments[i], popt_insertion_hidden, popt_insertion);
	}
}

static enum status check_exclusions(const struct options *options, struct error *error)
{
	for (size_t i = 0; i < options->entry_count; i++) {
		const struct entry *entry = &options->entries[i];

		if (entry->count == 0 || entry->option->excludes == NULL)
			continue;
		for (const char *const *name = entry->option->excludes; *name != NULL; name++) {
			if (must_find(options, *name)->count > 0)
				return error_set(error, STATUS_USAGE,
					"options '--%s' and '--%s' exclude each other",
					entry->option->name, *name);
		}
	}
	return STATUS_OK;
}

static enum status parse_with(struct options *options, poptContext popt, struct error *error)
{
	enum status status = STATUS_OK;
	int code;

	while (status == STATUS_OK && (code = poptGetNextOpt(popt)) != -1) {
		if (code < -1)
			status = refuse_popt(options, popt, code, error);
		else
			status = take(&options->entries[code - 1], popt, error);
	}
	if (status != STATUS_OK)
		return status;
	take_arguments(options, popt);
	return check_exclusions(options, error);
}

enum status options_parse(const struct option *const *tables, int count, const char *const *argv,
	bool stop_at_argument, struct options **ret_options, struct error *error)
{
	CLEANUP(options_freep) struct options *options = xcalloc(1, sizeof *options);
	unsigned flags = POPT_CONTEXT_KEEP_FIRST | POPT_CONTEXT_NO_EXEC;

	make_entries(options, tables);
	if (stop_at_argument)
		flags |= POPT_CONTEXT_POSIXMEHARDER;
	struct poptOption *table = translate(options);
	char **hidden = copy_hidden(count, argv);
	poptContext popt = poptGetContext(NULL, count, (const char **)hidden, table, flags);
	assert(popt != NULL);
	enum status status = parse_with(options, popt, error);
	(void)poptFreeContext(popt);
	free_texts(hidden);
	free(table);
	if (status != STATUS_OK)
		return status;
	*ret_options = options;
	options = NULL;
	return STATUS_OK;
}

/* --- Joining the options before the command's name with those after it --- */

static void put_in_front(struct entry *entry, const struct entry *earlier)
{
	char **values = xcalloc(entry->count + earlier->count + 1, sizeof *values);

	for (size_t i = 0; i < earlier->count; i++)
		values[i] = xstrdup(earlier->values[i]);
	if (entry->count > 0)
		memcpy(values + earlier->count, entry->values, entry->count * sizeof *values);
	else
		entry->number = earlier->number;
	free(entry->values);
	entry->values = values;
	entry->count += earlier->count;
}

enum status options_join(struct options *options, const struct options *earlier,
	struct error *error)
{
	for (size_t i = 0; i < earlier->entry_count; i++) {
		const struct entry *from = &earlier->entries[i];

		if (from->count == 0)
			continue;
		struct entry *entry = find_entry(options, from->option->name);
		if (entry == NULL)
			return error_set(error, STATUS_USAGE, "unknown option '--%s'",
				from->option->name);
		if (from->option->kind == OPTION_FLAG)
			entry->count = 1;
		else if (entry->count > 0 && !entry->option->is_repeatable)
			return refuse_doubled(entry, error);
		else
			put_in_front(entry, from);
	}
	return check_exclusions(options, error);
}

void options_free(struct options *options)
{
	if (options == NULL)
		return;
	for (size_t i = 0; i < options->entry_count; i++)
		free_texts(options->entries[i].values);
	free(options->entries);
	free_texts(options->arguments);
	free(options);
}

void options_freep(struct options **options)
{
	options_free(*options);
	*options = NULL;
}
