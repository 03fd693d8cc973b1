/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/station.h"

#include "cli/block_letters.h"
#include "cli/printable.h"
#include "cli/terminal.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WORDS_MAX = 8,
	/* Beside the headline: title and line below, message, note, name, prompt, gaps. */
	OTHER_ROWS = 9,
};

static const char clear_all[] = "\033[H\033[2J\033[3J";
static const char green[] = "\033[1;32m";
static const char red[] = "\033[1;31m";
static const char yellow[] = "\033[1;33m";
static const char bold[] = "\033[1m";
static const char faint[] = "\033[2m";
static const char plain[] = "\033[0m";

struct station {
	const char *title;
	bool color;
	unsigned long admitted;
	unsigned long refused;
	struct str screen; /* being laid out */
};

static void add_style(struct station *station, const char *style)
{
	if (station->color)
		str_add(&station->screen, style);
}

static void add_spaces(struct station *station, size_t count)
{
	while (count-- > 0)
		str_add_char(&station->screen, ' ');
}

/* A line of text in the middle, cut to the width. */
static void add_centred(struct station *station, const char *style, const char *text)
{
	size_t columns = (size_t)terminal_width(STDOUT_FILENO);
	size_t width = printable_width(text);

	if (width < columns)
		add_spaces(station, (columns - width) / 2);
	add_style(station, style);
	(void)printable_add_cut(&station->screen, text, columns);
	add_style(station, plain);
	str_add(&station->screen, "\r\n");
}

/* A sentence in the middle, on as many lines as it needs. */
static void add_sentence(struct station *station, const char *style, const char *text)
{
	CLEANUP(str_free) struct str line = STR_INIT;
	size_t columns = (size_t)terminal_width(STDOUT_FILENO);

	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		CLEANUP(str_free) struct str longer = STR_INIT;
		str_addf(&longer, "%s%s%.*s", line.text, line.length > 0 ? " " : "", (int)length,
			text);
		if (line.length > 0 && printable_width(longer.text) > columns) {
			add_centred(station, style, line.text);
			str_clear(&line);
			continue;
		}
		str_clear(&line);
		str_add(&line, longer.text);
		text += length;
		text += strspn(text, " ");
	}
	if (line.length > 0)
		add_centred(station, style, line.text);
}

static void add_top(struct station *station)
{
	CLEANUP(str_free) struct str count = STR_INIT;
	size_t columns = (size_t)terminal_width(STDOUT_FILENO);

	str_addf(&count, "%lu admitted, %lu refused", station->admitted, station->refused);
	size_t room = count.length + 2 < columns ? columns - count.length - 2 : 0;
	add_style(station, bold);
	size_t width = printable_add_cut(&station->screen, station->title, room);
	add_style(station, plain);
	add_spaces(station, columns - width > count.length ? columns - width - count.length : 0);
	(void)printable_add_cut(&station->screen, count.text, columns);
	str_add(&station->screen, "\r\n");
	add_style(station, faint);
	for (size_t i = 0; i < columns; i++)
		str_add(&station->screen, "\xe2\x94\x80"); /* U+2500 */
	add_style(station, plain);
	str_add(&station->screen, "\r\n");
}

/* The words, as many to a row as there is room for. */
struct block_rows {
	const char *start[WORDS_MAX];
	size_t length[WORDS_MAX];
	size_t count;
};

/* False if it cannot be done in the space there is. */
static bool divide(const char *text, size_t letters, size_t rows_max, struct block_rows *rows)
{
	rows->count = 0;
	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		size_t last = rows->count;
		if (length > letters)
			return false;
		if (last > 0 && rows->length[last - 1] + 1 + length <= letters) {
			rows->length[last - 1] += 1 + length;
		} else {
			if (rows->count == WORDS_MAX || rows->count == rows_max)
				return false;
			rows->start[rows->count] = text;
			rows->length[rows->count++] = length;
		}
		text += length;
		text += strspn(text, " ");
	}
	return rows->count > 0;
}

static void add_headline(struct station *station, const char *style, const char *headline)
{
	CLEANUP(str_free) struct str letters = STR_INIT;
	struct block_rows rows;
	size_t columns = (size_t)terminal_width(STDOUT_FILENO);
	size_t height = (size_t)terminal_height(STDOUT_FILENO);
	size_t room = height > OTHER_ROWS ? height - OTHER_ROWS : 0;

	text_search_key(headline, &letters);
	if (!block_letters_can(letters.text) || !divide(letters.text, (columns + 1) / BLOCK_COLUMNS,
							room / (BLOCK_ROWS + 1), &rows)) {
		add_sentence(station, style, headline);
		return;
	}
	for (size_t i = 0; i < rows.count; i++) {
		size_t width = rows.length[i] * BLOCK_COLUMNS - 1;
		for (int row = 0; row < BLOCK_ROWS; row++) {
			add_spaces(station, (columns - width) / 2);
			add_style(station, style);
			block_letters_add_row(&station->screen, rows.start[i], rows.length[i], row);
			/* Its last gap would fall over the edge. */
			str_cut(&station->screen, station->screen.length - 1);
			add_style(station, plain);
			str_add(&station->screen, "\r\n");
		}
		str_add(&station->screen, "\r\n");
	}
}

static enum status write_screen(struct station *station, struct error *error)
{
	size_t length = station->screen.length;
	bool is_written =
		fwrite(station->screen.text, 1, length, stdout) == length && fflush(stdout) == 0;

	str_clear(&station->screen);
	if (!is_written)
		return error_set_errno(error, STATUS_IO, "cannot write standard output");
	return STATUS_OK;
}

enum status station_open(const char *title, bool color, struct station **ret_station,
	struct error *error)
{
	CLEANUP(station_closep) struct station *station = xcalloc(1, sizeof *station);

	station->title = title;
	station->color = color;
	station->screen = (struct str)STR_INIT;
	str_add(&station->screen, clear_all);
	add_top(station);
	str_add(&station->screen, "\r\n");
	add_centred(station, "", "Ready: scan a badge. Ctrl-D ends.");
	str_add(&station->screen, "\r\n");
	enum status status = write_screen(station, error);
	if (status != STATUS_OK)
		return status;
	*ret_station = station;
	station = NULL;
	return STATUS_OK;
}

void station_close(struct station *station)
{
	if (station == NULL)
		return;
	str_free(&station->screen);
	free(station);
}

void station_closep(struct station **station)
{
	station_close(*station);
	*station = NULL;
}

enum status station_show(struct station *station, const struct station_card *card,
	struct error *error)
{
	const char *style = card->is_good ? green : red;

	if (card->is_good)
		station->admitted++;
	else
		station->refused++;
	str_add(&station->screen, clear_all);
	add_top(station);
	str_add(&station->screen, "\r\n");
	add_headline(station, style, card->headline);
	add_sentence(station, style, card->message);
	if (card->place != NULL)
		add_sentence(station, plain, card->place);
	if (card->attention != NULL) {
		str_add(&station->screen, "\r\n");
		add_sentence(station, yellow, card->attention);
	}
	str_add(&station->screen, "\r\n");
	if (!card->is_good)
		str_add_char(&station->screen, '\a');
	return write_screen(station, error);
}
