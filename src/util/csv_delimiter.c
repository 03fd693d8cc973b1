/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/csv_delimiter.h"

#include <string.h>

static const char delimiters[] = { ',', ';', '\t', '|' };

static size_t delimiter_index(char character)
{
	const char *found = memchr(delimiters, character, sizeof delimiters);

	return found != NULL ? (size_t)(found - delimiters) : sizeof delimiters;
}

/* A CR LF is one end. */
static bool ends_line(const char *text, size_t at)
{
	return (text[at] == '\n' && (at == 0 || text[at - 1] != '\r')) || text[at] == '\r';
}

size_t csv_delimiters_line(const char *text, size_t length, char *ret_delimiter)
{
	static const char start[] = "sep=";
	size_t at = sizeof start - 1;

	if (length < at + 2 || memcmp(text, start, at) != 0 ||
		delimiter_index(text[at]) == sizeof delimiters ||
		(text[at + 1] != '\n' && text[at + 1] != '\r'))
		return 0;
	*ret_delimiter = text[at];
	return at + (text[at + 1] == '\r' && length > at + 2 && text[at + 2] == '\n' ? 3 : 2);
}

struct csv_delimiters csv_delimiters_count(const char *text, size_t length)
{
	struct csv_delimiters found = { .line = 1 };
	bool is_quoted = false;
	bool is_cell_start = true;
	size_t at = 0;

	for (; at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0'; at++)
		found.line += ends_line(text, at) ? 1 : 0;
	/* White space before the row's first word may be its first, empty cells. */
	while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r')
		at--;
	for (; at < length; at++) {
		char character = text[at];
		if (is_quoted) {
			is_quoted = character != '"';
			continue;
		}
		if (character == '\n' || character == '\r') {
			found.has_end = true;
			break;
		}
		size_t index = delimiter_index(character);
		if (index < sizeof delimiters)
			found.counts[index]++;
		if (character == '"' && (is_cell_start || text[at - 1] == '"'))
			is_quoted = true;
		is_cell_start = index < sizeof delimiters || (is_cell_start && character == ' ');
	}
	return found;
}

enum status csv_delimiters_choose(const struct csv_delimiters *found, const char *name,
	char *ret_delimiter, struct error *error)
{
	static const char *const names[] = { "','", "';'", "TAB", "'|'" };
	static const char *const words[] = { "','", "';'", "tab", "'|'" };
	size_t best = 0;
	size_t rival = 0;

	for (size_t i = 1; i < sizeof delimiters; i++) {
		if (found->counts[i] > found->counts[best])
			best = rival = i;
		else if (found->counts[i] == found->counts[best])
			rival = i;
	}
	if (rival != best && found->counts[best] > 0) {
		(void)error_set(error, STATUS_REJECTED,
			"%s:%zu: the delimiter is not clear: %s and %s are equally frequent in the "
			"header",
			name, found->line, names[best], names[rival]);
		return error_hint(error, "name it: --delimiter %s or --delimiter %s", words[best],
			words[rival]);
	}
	*ret_delimiter = delimiters[best];
	return STATUS_OK;
}

char csv_delimiter_of_report(const char *text, size_t length)
{
	size_t counts[sizeof delimiters] = { 0 };
	size_t tab = delimiter_index('\t');
	size_t best = 0;
	size_t lines = 0;
	bool is_quoted = false;

	for (size_t at = 0; at < length; at++) {
		size_t index = delimiter_index(text[at]);
		is_quoted ^= text[at] == '"';
		lines += text[at] == '\n' ? 1 : 0;
		if (!is_quoted && index < sizeof delimiters)
			counts[index]++;
	}
	for (size_t i = 1; i < sizeof delimiters; i++)
		if (counts[i] > counts[best])
			best = i;
	return counts[tab] > 0 && counts[tab] >= lines / 2 ? '\t' : delimiters[best];
}
