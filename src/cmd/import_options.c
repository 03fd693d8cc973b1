/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/import_options.h"

#include "core/registrant.h"
#include "util/memory.h"
#include "util/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const modes[] = { "upsert", "add", NULL };
static const char *const matches[] = { "email", "external_id", "email+name", NULL };

const struct option import_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "map",
		.value = "FIELD=HEADER[#N]",
		.help = "take the field from the column (the Nth of that name)",
		.is_repeatable = true },
	{ .kind = OPTION_TEXT,
		.name = "ignore",
		.value = "HEADER[#N]",
		.help = "leave the column out",
		.is_repeatable = true },
	{ .kind = OPTION_TEXT,
		.name = "set",
		.value = "FIELD=VALUE",
		.help = "the same value for all rows",
		.is_repeatable = true },
	{ .kind = OPTION_FLAG,
		.name = "dry-run",
		.help = "check and report, but write nothing (with -v: list each change)" },
	{ .kind = OPTION_CHOICE,
		.name = "mode",
		.value = "MODE",
		.help = "upsert: update who is known (default); add: refuse who is known",
		.choices = modes },
	{ .kind = OPTION_CHOICE,
		.name = "match",
		.value = "KEY",
		.help = "what makes a person the same (default: email)",
		.choices = matches },
	{ .kind = OPTION_TEXT,
		.name = "state",
		.value = "WORD=STATUS",
		.help = "what another system's word for a state means",
		.is_repeatable = true },
	{ .kind = OPTION_FLAG,
		.name = "force-status",
		.help = "let the file's status replace one set by hand" },
	{ .kind = OPTION_FLAG,
		.name = "skip-bad",
		.help = "import the good rows of a file with bad ones" },
	{ .kind = OPTION_OUTPUT,
		.name = "rejects",
		.value = "FILE",
		.help = "with --skip-bad: write the bad rows to FILE, with what is wrong" },
	{ .kind = OPTION_OUTPUT,
		.name = "tokens",
		.value = "FILE",
		.help = "also write the token list (CSV) to FILE" },
	{ .kind = OPTION_TEXT,
		.name = "header",
		.value = "NAME,…",
		.help = "what the columns are of a file without a header row" },
	{ .kind = OPTION_TEXT,
		.name = "delimiter",
		.value = "C",
		.help = "the character between cells, or 'tab' (default: found out)" },
	{ .kind = OPTION_TEXT,
		.name = "encoding",
		.value = "NAME",
		.help = "the files' encoding (default: by their BOM, else UTF-8)" },
	{ .kind = OPTION_END },
};

/* The parts of "LEFT=RIGHT", trimmed, owned by the request. */
struct assignment {
	const char *left;
	const char *right;
};

static const char *keep_word(struct import_request *request, const char *text, size_t length)
{
	struct str clean = STR_INIT;

	text_clean(text, length, &clean);
	request->words =
		xreallocarray(request->words, request->word_count + 1, sizeof *request->words);
	request->words[request->word_count] = str_steal(&clean);
	return request->words[request->word_count++];
}

static enum status split(struct import_request *request, const char *option, const char *value,
	struct assignment *ret_assignment, struct error *error)
{
	/* A word for a state may have a '=' in it, a status has not. */
	const char *equals =
		strcmp(option, "state") == 0 ? strrchr(value, '=') : strchr(value, '=');

	if (equals == NULL)
		return error_set(error, STATUS_USAGE, "--%s: '%s' has no '='", option, value);
	ret_assignment->left = keep_word(request, value, (size_t)(equals - value));
	ret_assignment->right = keep_word(request, equals + 1, strlen(equals + 1));
	if (ret_assignment->left[0] == '\0' || ret_assignment->right[0] == '\0')
		return error_set(error, STATUS_USAGE, "--%s: '%s' says nothing on one side of '='",
			option, value);
	return STATUS_OK;
}

static enum status parse_field(const char *option, const char *word, enum field *ret_field,
	struct error *error)
{
	CLEANUP(str_free) struct str list = STR_INIT;

	if (field_parse(word, ret_field))
		return STATUS_OK;
	field_list_words(&list);
	(void)error_set(error, STATUS_USAGE, "--%s: no field '%s'", option, word);
	return error_hint(error, "the fields are %s", list.text);
}

static enum status read_maps(const struct context *context, struct import_request *request,
	struct error *error)
{
	size_t count;
	const char *const *values = options_list(context->options, "map", &count);
	struct column_choices *choices = &request->settings.choices;

	request->maps = xcalloc(count + 1, sizeof *request->maps);
	choices->maps = request->maps;
	for (size_t i = 0; i < count; i++) {
		struct assignment map;
		enum field field;
		enum status status = split(request, "map", values[i], &map, error);
		if (status == STATUS_OK)
			status = parse_field("map", map.left, &field, error);
		if (status != STATUS_OK)
			return status;
		for (size_t j = 0; j < choices->map_count; j++) {
			if (request->maps[j].field == field)
				return error_set(error, STATUS_USAGE,
					"--map: %s is taken from '%s' and from '%s'", map.left,
					request->maps[j].header, map.right);
		}
		request->maps[choices->map_count++] =
			(struct column_map){ .field = field, .header = map.right };
	}
	return STATUS_OK;
}

static enum status read_states(const struct context *context, struct import_request *request,
	struct error *error)
{
	size_t count;
	const char *const *values = options_list(context->options, "state", &count);

	request->states = xcalloc(count + 1, sizeof *request->states);
	for (size_t i = 0; i < count; i++) {
		struct assignment state;
		enum registrant_status parsed;
		enum status status = split(request, "state", values[i], &state, error);
		if (status != STATUS_OK)
			return status;
		if (!registrant_status_parse(state.right, &parsed)) {
			(void)error_set(error, STATUS_USAGE, "--state: no status '%s'",
				state.right);
			return error_hint(error,
				"one of pending, confirmed, waitlisted or cancelled");
		}
		request->states[i] = (struct state_word){
			.word = state.left,
			.status = registrant_status_word(parsed),
		};
	}
	request->settings.rules.states = request->states;
	request->settings.rules.state_count = count;
	return STATUS_OK;
}

static enum status read_constants(const struct context *context, struct import_request *request,
	struct error *error)
{
	size_t count;
	const char *const *values = options_list(context->options, "set", &count);
	struct column_choices *choices = &request->settings.choices;

	for (size_t i = 0; i < count; i++) {
		struct assignment set;
		enum field field;
		enum status status = split(request, "set", values[i], &set, error);
		if (status == STATUS_OK)
			status = parse_field("set", set.left, &field, error);
		if (status != STATUS_OK)
			return status;
		if (field == FIELD_REGISTERED_AT)
			return error_set(error, STATUS_USAGE,
				"--set: registered_at is each registrant's own");
		if (choices->constants[field] != NULL)
			return error_set(error, STATUS_USAGE, "--set: %s is set twice", set.left);
		for (size_t j = 0; j < choices->map_count; j++) {
			if (choices->maps[j].field == field)
				return error_set(error, STATUS_USAGE,
					"--set: %s is also taken from column '%s' by --map",
					set.left, choices->maps[j].header);
		}
		struct str *constant = &request->constants[field];
		status = field_normalise(field, set.right, &request->settings.rules, constant,
			error);
		if (status != STATUS_OK) {
			error->status = STATUS_USAGE;
			return error_prefix(error, "--set: %s", set.left);
		}
		choices->constants[field] = constant->text;
	}
	return STATUS_OK;
}

static enum status read_delimiter(const char *text, char *ret_delimiter, struct error *error)
{
	unsigned char character = (unsigned char)text[0];

	if (strcasecmp(text, "tab") == 0 || strcmp(text, "\\t") == 0 || strcmp(text, "\t") == 0) {
		*ret_delimiter = '\t';
		return STATUS_OK;
	}
	if (text[1] != '\0' || !ispunct(character) || character == '"') {
		(void)error_set(error, STATUS_USAGE, "--delimiter: '%s' is no delimiter", text);
		return error_hint(error, "one of ',', ';', '|', 'tab', or another such character");
	}
	*ret_delimiter = text[0];
	return STATUS_OK;
}

/* Names divided by commas: they are the user's, and need none inside. */
static enum status read_header(const struct context *context, struct import_request *request,
	struct error *error)
{
	const char *text = options_text(context->options, "header");
	struct csv_in_options *csv = &request->settings.csv;

	if (text == NULL)
		return STATUS_OK;
	request->header = xcalloc(strlen(text) + 1, sizeof *request->header);
	csv->header = request->header;
	for (;;) {
		size_t length = strcspn(text, ",");
		const char *name = keep_word(request, text, length);
		request->header[csv->header_count++] = name;
		if (name[0] == '\0')
			return error_set(error, STATUS_USAGE, "--header: column %zu has no name",
				csv->header_count);
		if (text[length] == '\0')
			return STATUS_OK;
		text += length + 1;
	}
}

static enum status read_form(const struct context *context, struct import_request *request,
	struct error *error)
{
	const char *delimiter = options_text(context->options, "delimiter");
	struct csv_in_options *csv = &request->settings.csv;
	enum status status = STATUS_OK;

	csv->encoding = options_text(context->options, "encoding");
	/* Two columns of one name are chosen between by --map and --ignore. */
	csv->takes_any_header = true;
	if (delimiter != NULL)
		status = read_delimiter(delimiter, &csv->delimiter, error);
	if (status == STATUS_OK)
		status = read_header(context, request, error);
	if (status == STATUS_OK && csv->encoding != NULL)
		status = csv_in_check_encoding(csv->encoding, error);
	return status;
}

static enum status read_files(const struct context *context, struct error *error)
{
	size_t count;
	size_t from_input = 0;
	const char *const *files = options_arguments(context->options, &count);

	for (size_t i = 0; i < count; i++)
		from_input += strcmp(files[i], "-") == 0 ? 1 : 0;
	if (from_input > 1)
		return error_set(error, STATUS_USAGE, "standard input ('-') is named twice");
	if (!options_given(context->options, "rejects"))
		return STATUS_OK;
	if (!options_flag(context->options, "skip-bad")) {
		(void)error_set(error, STATUS_USAGE, "--rejects is for --skip-bad");
		return error_hint(error, "without it, one bad row means that nothing is imported");
	}
	if (count > 1)
		return error_set(error, STATUS_USAGE,
			"--rejects takes the bad rows of one file, not of %zu", count);
	return STATUS_OK;
}

static enum import_match chosen_match(const char *word)
{
	if (word != NULL && strcmp(word, "external_id") == 0)
		return MATCH_EXTERNAL_ID;
	if (word != NULL && strcmp(word, "email+name") == 0)
		return MATCH_EMAIL_AND_NAME;
	return MATCH_EMAIL;
}

enum status import_request_read(const struct context *context, struct import_request *request,
	struct error *error)
{
	const struct options *options = context->options;
	struct import_settings *settings = &request->settings;
	const char *mode = options_text(options, "mode");

	*request = (struct import_request){ .maps = NULL };
	for (size_t i = 0; i < FIELD_COUNT; i++)
		request->constants[i] = (struct str)STR_INIT;
	settings->match = chosen_match(options_text(options, "match"));
	settings->is_add_only = mode != NULL && strcmp(mode, "add") == 0;
	settings->is_status_forced = options_flag(options, "force-status");
	settings->skips_bad = options_flag(options, "skip-bad");
	settings->keeps_raw = options_given(options, "rejects");
	settings->key_path = context->key_path;
	settings->choices.ignored =
		options_list(options, "ignore", &settings->choices.ignored_count);
	enum status status = read_files(context, error);
	if (status == STATUS_OK)
		status = read_form(context, request, error);
	if (status == STATUS_OK)
		status = read_maps(context, request, error);
	if (status == STATUS_OK)
		status = read_states(context, request, error);
	if (status == STATUS_OK)
		status = read_constants(context, request, error);
	return status;
}

void import_request_free(struct import_request *request)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		str_free(&request->constants[i]);
	for (size_t i = 0; i < request->word_count; i++)
		free(request->words[i]);
	free(request->words);
	free(request->header);
	free(request->maps);
	free(request->states);
}
