/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/ticket.h"

#include "print/qr.h"
#include "print/role.h"
#include "print/words.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

const double ticket_width = MM(210);
const double ticket_height = MM(297);

enum {
	DATE_LENGTH = 10,  /* of 2022-02-15T14:30 */
	CLOCK_OFFSET = 11, /* where its clock begins */
};

static const double margin = MM(18);
static const double programme_top = MM(112);
static const double programme_bottom = MM(297 - 18);
static const double size_most = 10;
static const double size_step = 0.5;
static const double size_least = 6; /* of type that is still read in the hand */
static const double time_width_ems = 7.5;

static const struct colour black = { 0, 0, 0 };
static const struct colour grey = { 0.3, 0.3, 0.3 };

/* A line of the programme: a day's name, or what is on at a time. */
struct row {
	const struct print_item *item; /* NULL: a day's name */
	PangoLayout *time;             /* NULL likewise */
	PangoLayout *text;
	double before; /* space above it */
	double height;
};

struct ticket {
	const struct print_head *head;
	const struct print_item *items;
	size_t item_count;
	char *days;
	double size; /* of the programme's type */
	struct row *rows;
	size_t row_count;
	size_t left_out;
};

/* --- The programme --- */

static bool is_session(const struct print_item *item)
{
	return strcmp(item->kind, "session") == 0;
}

static void free_rows(struct ticket *ticket, size_t from)
{
	for (size_t i = from; i < ticket->row_count; i++) {
		if (ticket->rows[i].time != NULL)
			g_object_unref(ticket->rows[i].time);
		g_object_unref(ticket->rows[i].text);
	}
	ticket->row_count = from;
}

static void add_row(struct ticket *ticket, struct row row)
{
	double time_height = row.time != NULL ? press_height(row.time) : 0;

	row.height = press_height(row.text);
	if (row.height < time_height)
		row.height = time_height;
	ticket->rows[ticket->row_count++] = row;
}

static void add_day(struct ticket *ticket, struct press *press, const char *start)
{
	CLEANUP(memory_free_text) char *day = xstrndup(start, DATE_LENGTH);
	CLEANUP(str_free) struct str text = STR_INIT;

	words_add_weekday(&text, day);
	add_row(ticket, (struct row){
				.text = press_lay_out(press, text.text, ticket_width - 2 * margin,
					ticket->size * 1.2, true),
				.before = ticket->row_count > 0 ? ticket->size : 0,
			});
}

static void add_part(struct str *str, const char *text)
{
	if (text != NULL && *text != '\0')
		str_addf(str, "%s%s", str->length > 0 ? " · " : "", text);
}

/* A set as people write one: "only speaker, chair". */
static void add_set(struct str *str, const char *before, const char *set_or_null)
{
	CLEANUP(str_free) struct str words = STR_INIT;
	const char *position = set_or_null != NULL ? set_or_null : "";
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length))
		str_addf(&words, "%s%.*s", words.length > 0 ? ", " : before, (int)length, word);
	add_part(str, words.text);
}

static void add_item(struct ticket *ticket, struct press *press, const struct print_item *item)
{
	CLEANUP(str_free) struct str time = STR_INIT;
	CLEANUP(str_free) struct str text = STR_INIT;
	double time_width = ticket->size * time_width_ems;

	str_addf(&time, "%s–", item->start + CLOCK_OFFSET);
	if (strncmp(item->start, item->end, DATE_LENGTH) != 0)
		str_addf(&time, "%.*s ", DATE_LENGTH, item->end);
	str_add(&time, item->end + CLOCK_OFFSET);
	add_part(&text, item->title);
	add_set(&text, "", item->people);
	add_part(&text, item->room);
	add_set(&text, "only ", item->access);
	add_row(ticket,
		(struct row){
			.item = item,
			.time = press_lay_out(press, time.text, time_width, ticket->size, false),
			.text = press_lay_out(press, text.length > 0 ? text.text : item->kind,
				ticket_width - 2 * margin - time_width, ticket->size,
				is_session(item)),
			.before = ticket->size * (is_session(item) ? 0.5 : 0.15),
		});
}

/* Lays all of it out, with the items of sessions or without; gives its height. An item stands
 * under its session, before the session's end. */
static double lay_out(struct ticket *ticket, struct press *press, double size, bool has_items)
{
	const char *day = "";
	const char *session_end = "";
	double height = 0;

	free_rows(ticket, 0);
	ticket->size = size;
	for (size_t i = 0; i < ticket->item_count; i++) {
		const struct print_item *item = &ticket->items[i];
		bool is_inside = !is_session(item) && strcmp(item->start, session_end) < 0;
		if (is_session(item))
			session_end = item->end;
		if (is_inside && !has_items)
			continue;
		if (strncmp(day, item->start, DATE_LENGTH) != 0)
			add_day(ticket, press, item->start);
		day = item->start;
		add_item(ticket, press, item);
	}
	for (size_t i = 0; i < ticket->row_count; i++)
		height += ticket->rows[i].before + ticket->rows[i].height;
	return height;
}

/* Leaves out from the end what the page has no room for, and the name of a day of which nothing
 * is left. */
static void cut(struct ticket *ticket, double room)
{
	double height = 0;
	size_t kept = 0;

	while (kept < ticket->row_count) {
		height += ticket->rows[kept].before + ticket->rows[kept].height;
		if (height > room)
			break;
		kept++;
	}
	for (size_t i = kept; i < ticket->row_count; i++)
		ticket->left_out += ticket->rows[i].item != NULL;
	if (kept > 0 && ticket->rows[kept - 1].item == NULL)
		kept--;
	free_rows(ticket, kept);
}

static void fit_programme(struct ticket *ticket, struct press *press)
{
	double room = programme_bottom - programme_top;

	for (int has_items = 1; has_items >= 0; has_items--) {
		for (double size = size_most; size >= size_least; size -= size_step)
			if (lay_out(ticket, press, size, has_items != 0) <= room)
				return;
	}
	/* One line is kept free for the word that there is more. */
	cut(ticket, room - 2 * ticket->size);
}

static void draw_programme(const struct ticket *ticket, struct press *press)
{
	CLEANUP(str_free) struct str more = STR_INIT;
	double y = programme_top;

	for (size_t i = 0; i < ticket->row_count; i++) {
		const struct row *row = &ticket->rows[i];
		y += row->before;
		if (row->time != NULL)
			press_show(press, row->time, margin, y, grey);
		press_show(press, row->text,
			row->time != NULL ? margin + ticket->size * time_width_ems : margin, y,
			black);
		y += row->height;
	}
	if (ticket->left_out == 0)
		return;
	str_addf(&more, "… and %zu more", ticket->left_out);
	press_text(press,
		(struct box){ margin, y + ticket->size / 2, ticket_width - 2 * margin,
			1.5 * ticket->size },
		&(struct text_style){ .size = ticket->size, .colour = grey }, more.text);
}

/* --- The ticket --- */

struct ticket *ticket_new(struct press *press, const struct print_head *head,
	const struct print_item *items, size_t count)
{
	struct ticket *ticket = xcalloc(1, sizeof *ticket);
	struct str days = STR_INIT;

	ticket->head = head;
	ticket->items = items;
	ticket->item_count = count;
	words_add_days(&days, head->first_day, head->last_day);
	ticket->days = str_steal(&days);
	ticket->rows = xcalloc(2 * count + 1, sizeof *ticket->rows); /* a day for each, at most */
	fit_programme(ticket, press);
	return ticket;
}

void ticket_freep(struct ticket **ticket)
{
	if (*ticket == NULL)
		return;
	free_rows(*ticket, 0);
	free((*ticket)->rows);
	free((*ticket)->days);
	free(*ticket);
	*ticket = NULL;
}

size_t ticket_left_out(const struct ticket *ticket)
{
	return ticket->left_out;
}

static void draw_event(const struct ticket *ticket, struct press *press)
{
	const struct print_head *head = ticket->head;
	CLEANUP(str_free) struct str facts = STR_INIT;
	const struct text_style title = {
		.size = 22,
		.line_least = 16,
		.is_bold = true,
		.place = TEXT_BOTTOM,
		.colour = black,
	};
	const struct text_style plain = { .size = 11, .line_least = 8, .colour = grey };
	double width = ticket_width - 2 * margin;

	press_text(press, (struct box){ margin, MM(16), width, MM(22) }, &title,
		head->title != NULL ? head->title : head->code);
	add_part(&facts, ticket->days);
	add_part(&facts, head->url);
	press_text(press, (struct box){ margin, MM(39.5), width, MM(8) }, &plain, facts.text);
	press_line(press, margin, MM(48.5), ticket_width - margin, MM(48.5), grey);
}

static enum status draw_holder(struct press *press, const struct print_person *person,
	struct error *error)
{
	CLEANUP(str_free) struct str number = STR_INIT;
	const struct text_style name = {
		.size = 26,
		.line_least = 18,
		.is_bold = true,
		.place = TEXT_BOTTOM,
		.colour = black,
	};
	const struct text_style affiliation = { .size = 12, .line_least = 9, .colour = black };
	const struct text_style small = { .size = 8, .line_least = 6, .colour = grey };
	double code_side = MM(46);
	double width = ticket_width - 2 * margin - code_side - MM(6);

	press_text(press, (struct box){ margin, MM(51), width, MM(20) }, &name, person->name);
	press_text(press, (struct box){ margin, MM(72), width, MM(12) }, &affiliation,
		person->affiliation);
	role_draw(press, (struct box){ margin, MM(85.5), width, MM(7) }, person->roles, 10);
	str_addf(&number, "@%lld  %s", (long long)person->number, person->token);
	press_text(press, (struct box){ margin, MM(94), width, MM(5) }, &small, number.text);
	return qr_draw(press,
		(struct box){ ticket_width - margin - code_side, MM(51), code_side, code_side },
		person->token, error);
}

enum status ticket_draw(const struct ticket *ticket, struct press *press,
	const struct print_person *person, struct error *error)
{
	const struct text_style note = { .size = 9, .line_least = 7, .colour = grey };
	CLEANUP(str_free) struct str text = STR_INIT;

	draw_event(ticket, press);
	enum status status = draw_holder(press, person, error);
	if (status != STATUS_OK)
		return status;
	press_line(press, margin, MM(101), ticket_width - margin, MM(101), grey);
	str_add(&text, "Show this code at the door, on paper or on a screen.");
	if (ticket->row_count > 0 && ticket->head->zone != NULL)
		str_addf(&text, " Times are those of %s.", ticket->head->zone);
	press_text(press, (struct box){ margin, MM(103), ticket_width - 2 * margin, MM(6) }, &note,
		text.text);
	draw_programme(ticket, press);
	return STATUS_OK;
}
