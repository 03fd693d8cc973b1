/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/credit_sheet.h"

#include "cli/bar.h"
#include "cli/printable.h"
#include "cli/wrap.h"
#include "cmd/credit_explain.h"
#include "cmd/credit_rows.h"
#include "core/scan_origin.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
	CODE_WIDTH_MIN = 7, /* "Session" */
	CODE_WIDTH_MAX = 20,
	CLOCKS_WIDTH = 11,  /* "14:30-16:30" */
	MINUTES_WIDTH = 12, /* "1440 of 1440" */
	ANSWER_WIDTH = 8,   /* "Attended" */
	GAP = 2,
	FRAME = 2,           /* of a bar */
	INDENT = 4,          /* of what is said of a session */
	STAY_WIDTH = 17,     /* "14:30:15-16:30:15" */
	DURATION_WIDTH = 12, /* "120 min 15 s" */
	WORDS_AT = INDENT + STAY_WIDTH + GAP + DURATION_WIDTH + GAP,
	STAYS_ON_PAGE = 20, /* so many are shown one by one, */
	STAYS_MIN = 2,      /* but of each session so many */
};

struct stays {
	const struct session *session;
	struct credit_evidence *all;
	size_t count;
};

/* One person's. */
struct table {
	const struct credit_sheet *sheet;
	const struct credit_row *row;
	size_t code_width;
	size_t marks;     /* of a bar */
	size_t stays_max; /* of a session, that are shown */
	bool has_bars;
	struct credit_sheet_notes *notes;
	int64_t *imports; /* those that are in the notes */
	size_t import_count;
};

static const struct session *session_of(const struct table *table, size_t index)
{
	return &table->row->programme->sessions[index];
}

static const struct credit_session *plan_of(const struct table *table, size_t index)
{
	return &table->row->outcome->plan->sessions[index];
}

/* The presence at the session's event, and the session's place there. */
static const struct presence *presence_of(const struct table *table, size_t index,
	size_t *ret_session)
{
	const struct agenda_place *place = &table->row->settings->agenda->places[index];

	*ret_session = place->session;
	return table->row->asked->presences[place->event];
}

/* --- Lines --- */

struct line {
	const char *code;
	const char *clocks;
	const char *bar; /* with its frame */
	const char *minutes;
	const char *answer;
};

/* Adds the text, cut and filled up to the width, and a gap. */
static void add_cell(struct str *str, const char *text, size_t width)
{
	size_t used = printable_add_cut(str, text, width);

	str_addf(str, "%*s", (int)(width - used) + GAP, "");
}

static void say_line(const struct table *table, const struct line *line)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	add_cell(&str, line->code, table->code_width);
	add_cell(&str, line->clocks, CLOCKS_WIDTH);
	add_cell(&str, line->bar, table->marks + FRAME);
	str_addf(&str, "%*s%*s%s", MINUTES_WIDTH, line->minutes, GAP, "", line->answer);
	output_words(table->sheet->output, "%s", str.text);
}

/* Sets `ret` to the day below which a session stands; an arrival, below that on which it was. */
static void write_day(const struct table *table, const struct credit_session *session,
	struct str *ret)
{
	str_clear(ret);
	if (session->is_arrival && session->is_attended)
		date_write(zone_day_of(table->sheet->zone, session->arrived_s), ret);
	else if (session->has_day)
		date_write(session->day, ret);
	else
		str_add(ret, "without a date");
}

/* --- The bar --- */

/* What was attended, as stretches of the time that counts: breaks are squeezed out. */
static struct bar_stretch *make_stretches(const struct table *table, size_t index,
	size_t *ret_count)
{
	const struct spans *windows = &plan_of(table, index)->windows;
	CLEANUP(spans_free) struct spans spans = SPANS_INIT;
	struct bar_stretch *stretches;
	int64_t squeezed_s = 0; /* the windows before */
	size_t session;
	const struct presence *presence = presence_of(table, index, &session);

	presence_collect(presence, session,
		table->row->course->is_exit_required ? PRESENCE_CLOSED : PRESENCE_ALL, windows,
		&spans);
	spans_merge(&spans);
	/* A stretch ends where a window or a span does. */
	stretches = xcalloc(windows->count + spans.count + 1, sizeof *stretches);
	*ret_count = 0;
	for (size_t i = 0; i < windows->count; i++) {
		const struct span *window = &windows->all[i];
		for (size_t j = 0; j < spans.count; j++) {
			const struct span *span = &spans.all[j];
			int64_t from_s =
				span->from_s > window->from_s ? span->from_s : window->from_s;
			int64_t to_s = span->to_s < window->to_s ? span->to_s : window->to_s;
			if (to_s > from_s)
				stretches[(*ret_count)++] = (struct bar_stretch){
					.from = squeezed_s + from_s - window->from_s,
					.to = squeezed_s + to_s - window->from_s,
				};
		}
		squeezed_s += window->to_s - window->from_s;
	}
	return stretches;
}

static void add_bar(const struct table *table, size_t index, struct str *str)
{
	struct bar bar = { .length = plan_of(table, index)->countable_s };
	struct bar_stretch *stretches = make_stretches(table, index, &bar.count);

	bar.stretches = stretches;
	str_add_char(str, '|');
	bar_add(str, &bar, table->marks, table->sheet->is_unicode);
	str_add_char(str, '|');
	free(stretches);
}

/* --- Stays --- */

/* Nobody saw the person leave: being seen elsewhere after the end says nothing of this session,
 * and nobody claims the time between. */
static bool is_left_open(const struct presence_interval *interval, const struct session *session)
{
	return interval->end == PRESENCE_OPEN ||
	       (interval->end == PRESENCE_MOVED && interval->to_s >= session->end_s);
}

static void take_stay(const struct credit_evidence *evidence, void *data)
{
	struct stays *stays = data;

	stays->all = xreallocarray(stays->all, stays->count + 1, sizeof *stays->all);
	stays->all[stays->count] = *evidence;
	if (is_left_open(evidence->interval, stays->session))
		stays->all[stays->count].after_s = 0;
	stays->count++;
}

/* With the second where it is not 0, and the day where it is another than the session's. */
static void add_clock(const struct table *table, int64_t at_s, zone_day day, struct str *str)
{
	const struct zone *zone = table->sheet->zone;
	struct civil civil;
	int offset_s;

	if (zone_day_of(zone, at_s) != day) {
		time_write_short(zone, at_s, true, str);
		return;
	}
	time_write_clock(zone, at_s, str);
	zone_to_civil(zone, at_s, &civil, &offset_s);
	if (civil.second != 0)
		str_addf(str, ":%02d", civil.second);
}

/* "    14:30-15:30            60 min  door, scans 4 and 5, checked out" */
static void say_stay(const struct table *table, const char *clocks, int64_t counted_s,
	const char *words)
{
	CLEANUP(str_free) struct str head = STR_INIT;
	CLEANUP(str_free) struct str duration = STR_INIT;

	credit_explain_duration(&duration, counted_s);
	str_addf(&head, "%*s%-*s%*s", INDENT, "", STAY_WIDTH, clocks, GAP + DURATION_WIDTH,
		duration.text);
	wrap_words(table->sheet->output, head.text, WORDS_AT, words);
}

static void add_origin(const struct presence_interval *interval, const struct scan_origin *origin,
	struct str *str)
{
	const char *from = origin->from_station.text;
	const char *to = origin->to_station.text;

	str_add(str, credit_explain_source(interval->source));
	if (from[0] != '\0')
		str_addf(str, " %s", from);
	if (to[0] != '\0' && strcmp(from, to) != 0)
		str_addf(str, " to %s", to);
	if (origin->import_id != 0)
		str_addf(str, ", import %lld", (long long)origin->import_id);
	else if (interval->source == PRESENCE_MANUAL)
		str_addf(str, " by %s", origin->actor.text);
	str_addf(str, ", scan%s %lld", interval->to_scan_id != 0 ? "s" : "",
		(long long)interval->from_scan_id);
	if (interval->to_scan_id != 0)
		str_addf(str, " and %lld", (long long)interval->to_scan_id);
}

static const char *end_words(const struct presence_interval *interval,
	const struct session *session, int64_t as_of_s)
{
	if (is_left_open(interval, session))
		return session->end_s > as_of_s ? ", still in" : ", not seen leaving";
	if (interval->end == PRESENCE_OUT)
		return ", checked out";
	return interval->end == PRESENCE_MOVED ? ", then in another session" : "";
}

/* File names are long, and each stands behind many stays: they are named below. */
static void note_import(struct table *table, const struct scan_origin *origin)
{
	struct str *imports = &table->notes->imports;

	for (size_t i = 0; i < table->import_count; i++)
		if (table->imports[i] == origin->import_id)
			return;
	table->imports =
		xreallocarray(table->imports, table->import_count + 1, sizeof *table->imports);
	table->imports[table->import_count++] = origin->import_id;
	str_addf(imports, "%s%lld: %s", imports->length > 0 ? "; " : "",
		(long long)origin->import_id, origin->file.text);
}

static enum status put_stay(struct table *table, const struct credit_evidence *stay, size_t index,
	struct error *error)
{
	const struct presence_interval *interval = stay->interval;
	const struct session *session = session_of(table, index);
	zone_day day = plan_of(table, index)->day;
	CLEANUP(scan_origin_free) struct scan_origin origin = SCAN_ORIGIN_INIT;
	CLEANUP(str_free) struct str clocks = STR_INIT;
	CLEANUP(str_free) struct str words = STR_INIT;

	enum status status = scan_origin_load(table->sheet->db, interval->from_scan_id,
		interval->to_scan_id, &origin, error);
	if (status != STATUS_OK)
		return status;
	add_clock(table, interval->from_s, day, &clocks);
	str_add_char(&clocks, '-');
	if (origin.import_id != 0)
		note_import(table, &origin);
	if (!is_left_open(interval, session))
		add_clock(table, interval->to_s, day, &clocks);
	add_origin(interval, &origin, &words);
	str_add(&words, end_words(interval, session, table->row->settings->as_of_s));
	say_stay(table, clocks.text, stay->counted_s, words.text);
	return STATUS_OK;
}

/* Those for which there is no room. */
static void say_more(const struct table *table, const struct stays *stays, size_t first,
	size_t index)
{
	bool has[PRESENCE_MANUAL + 1] = { false };
	zone_day day = plan_of(table, index)->day;
	int64_t last_s = stays->all[first].interval->to_s;
	int64_t counted_s = 0;
	const char *divider = ": ";
	CLEANUP(str_free) struct str clocks = STR_INIT;
	CLEANUP(str_free) struct str words = STR_INIT;

	for (size_t i = first; i < stays->count; i++) {
		const struct presence_interval *interval = stays->all[i].interval;
		has[interval->source] = true;
		counted_s += stays->all[i].counted_s;
		if (interval->to_s > last_s)
			last_s = interval->to_s;
	}
	str_addf(&words, "%zu more", stays->count - first);
	for (size_t i = PRESENCE_DOOR; i <= PRESENCE_MANUAL; i++) {
		if (!has[i])
			continue;
		str_addf(&words, "%s%s", divider, credit_explain_source((enum presence_source)i));
		divider = ", ";
	}
	add_clock(table, stays->all[first].interval->from_s, day, &clocks);
	str_add_char(&clocks, '-');
	add_clock(table, last_s, day, &clocks);
	say_stay(table, clocks.text, counted_s, words.text);
}

static void say_losses(const struct table *table, const struct stays *stays)
{
	struct credit_evidence sum = { .interval = NULL };
	CLEANUP(str_free) struct str losses = STR_INIT;
	CLEANUP(str_free) struct str words = STR_INIT;

	for (size_t i = 0; i < stays->count; i++)
		credit_evidence_add(&sum, &stays->all[i]);
	credit_explain_losses(&sum, &losses);
	if (losses.length == 0)
		return;
	str_addf(&words, "not counted: %s", losses.text);
	wrap_words(table->sheet->output, "", INDENT, words.text);
}

static enum status put_stays(struct table *table, size_t index, struct error *error)
{
	const struct credit_row *row = table->row;
	struct stays stays = { .session = session_of(table, index) };
	enum status status = STATUS_OK;

	credit_evidence_of_session(row->settings, row->asked, row->outcome, index, take_stay,
		&stays);
	size_t shown = stays.count <= table->stays_max ? stays.count : table->stays_max - 1;
	for (size_t i = 0; i < shown && status == STATUS_OK; i++)
		status = put_stay(table, &stays.all[i], index, error);
	if (status == STATUS_OK && shown < stays.count) {
		say_more(table, &stays, shown, index);
		table->notes->is_shortened = true;
	}
	if (status == STATUS_OK)
		say_losses(table, &stays);
	free(stays.all);
	return status;
}

/* --- Sessions --- */

static const char *answer_of(const struct credit_session *session)
{
	if (session->is_attended)
		return "yes";
	return session->is_over ? "no" : "ahead";
}

static void add_note(struct str *str, const char *note)
{
	if (note[0] != '\0')
		str_addf(str, "%s%s", str->length > 0 ? "; " : "", note);
}

static void say_session(const struct table *table, size_t index)
{
	const struct session *session = session_of(table, index);
	const struct credit_session *plan = plan_of(table, index);
	CLEANUP(str_free) struct str clocks = STR_INIT;
	CLEANUP(str_free) struct str bar = STR_INIT;
	CLEANUP(str_free) struct str minutes = STR_INIT;
	CLEANUP(str_free) struct str notes = STR_INIT;

	time_write_clock(table->sheet->zone, session->start_s, &clocks);
	str_add_char(&clocks, '-');
	time_write_clock(table->sheet->zone, session->end_s, &clocks);
	add_bar(table, index, &bar);
	str_addf(&minutes, "%lld of %lld", (long long)whole_minutes(plan->attended_s),
		(long long)whole_minutes(plan->countable_s));
	say_line(table, &(struct line){ session->code, clocks.text, bar.text, minutes.text,
				answer_of(plan) });
	if (printable_width(session->code) > table->code_width)
		add_note(&notes, session->code); /* above it is cut */
	add_note(&notes, session->title);
	if (!plan->is_counted)
		add_note(&notes, "needed, but its minutes do not count");
	if (notes.length > 0)
		wrap_words(table->sheet->output, "", INDENT, notes.text);
}

/* The arrival at an event without sessions: when it was. */
static void say_arrival(const struct table *table, size_t index)
{
	const struct credit_session *plan = plan_of(table, index);
	CLEANUP(str_free) struct str clock = STR_INIT;

	if (plan->is_attended)
		time_write_clock(table->sheet->zone, plan->arrived_s, &clock);
	say_line(table, &(struct line){ session_of(table, index)->code, clock.text, "", "",
				answer_of(plan) });
}

static enum status put_sessions(struct table *table, struct error *error)
{
	const struct credit_plan *plan = table->row->outcome->plan;
	enum status status = STATUS_OK;
	CLEANUP(str_free) struct str day = STR_INIT;
	CLEANUP(str_free) struct str last_day = STR_INIT;

	for (size_t i = 0; i < plan->session_count && status == STATUS_OK; i++) {
		const struct credit_session *session = &plan->sessions[i];
		if (!credit_explain_has(session))
			continue;
		write_day(table, session, &day);
		if (strcmp(day.text, last_day.text) != 0)
			output_words(table->sheet->output, "%s", day.text);
		str_clear(&last_day);
		str_add(&last_day, day.text);
		if (session->is_arrival) {
			say_arrival(table, i);
			continue;
		}
		say_session(table, i);
		status = put_stays(table, i, error);
		table->has_bars = true;
	}
	return status;
}

/* How many stays there are if no session shows more than `max`. */
static size_t count_stays(const struct table *table, size_t max)
{
	const struct credit_plan *plan = table->row->outcome->plan;
	size_t count = 0;

	for (size_t i = 0; i < plan->session_count; i++) {
		size_t session;
		const struct presence *presence = presence_of(table, i, &session);
		if (!credit_explain_has(&plan->sessions[i]) || plan->sessions[i].is_arrival)
			continue;
		size_t stays = presence_of_session(presence, session)->interval_count;
		count += stays < max ? stays : max;
	}
	return count;
}

static void measure(struct table *table)
{
	const struct credit_plan *plan = table->row->outcome->plan;

	table->code_width = CODE_WIDTH_MIN;
	for (size_t i = 0; i < plan->session_count; i++) {
		if (!credit_explain_has(&plan->sessions[i]))
			continue;
		size_t width = printable_width(session_of(table, i)->code);
		if (width > table->code_width)
			table->code_width = width < CODE_WIDTH_MAX ? width : CODE_WIDTH_MAX;
	}
	table->marks = WRAP_WIDTH - (table->code_width + GAP + CLOCKS_WIDTH + GAP + FRAME + GAP +
					    MINUTES_WIDTH + GAP + ANSWER_WIDTH);
	table->stays_max = STAYS_MIN;
	while (table->stays_max < STAYS_ON_PAGE &&
		count_stays(table, table->stays_max + 1) <= STAYS_ON_PAGE)
		table->stays_max++;
}

enum status credit_sheet_put(const struct credit_sheet *sheet, const struct credit_row *row,
	struct credit_sheet_notes *notes, struct error *error)
{
	static const struct line titles = { "Session", "Time", "Present", "Minutes", "Attended" };
	struct table table = { .sheet = sheet, .row = row, .notes = notes };

	measure(&table);
	say_line(&table, &titles);
	enum status status = put_sessions(&table, error);
	notes->marks = table.has_bars ? table.marks : 0;
	free(table.imports);
	return status;
}
