/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/stats.h"

#include "core/seats.h"
#include "store/stats_store.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const section_names[STATS_SECTION_COUNT] = {
	[STATS_REGISTRANTS] = "registrants",
	[STATS_SEATS] = "seats",
	[STATS_ROLES] = "roles",
	[STATS_TOKENS] = "tokens",
	[STATS_PROGRAMME] = "programme",
	[STATS_SCANS] = "scans",
	[STATS_REFUSALS] = "refusals",
	[STATS_ARRIVALS] = "arrivals",
	[STATS_COURSES] = "courses",
};

/* Those that are always there, in their order; the others follow by name. */
static const struct {
	enum stats_section section;
	const char *name;
} fixed_numbers[] = {
	{ STATS_REGISTRANTS, "total" },
	{ STATS_REGISTRANTS, "confirmed" },
	{ STATS_REGISTRANTS, "pending" },
	{ STATS_REGISTRANTS, "waitlisted" },
	{ STATS_REGISTRANTS, "cancelled" },
	{ STATS_REGISTRANTS, "erased" },
	{ STATS_SEATS, "taken" },
	{ STATS_SEATS, "waiting" },
	{ STATS_TOKENS, "valid" },
	{ STATS_TOKENS, "revoked" },
	{ STATS_PROGRAMME, "sessions" },
	{ STATS_PROGRAMME, "items" },
	{ STATS_SCANS, "total" },
	{ STATS_SCANS, "admitted" },
	{ STATS_SCANS, "refused" },
	{ STATS_SCANS, "void" },
	{ STATS_SCANS, "taken_back" },
	{ STATS_SCANS, "door" },
	{ STATS_SCANS, "online" },
	{ STATS_SCANS, "manual" },
	{ STATS_ARRIVALS, "total" },
};

struct reader {
	const struct event *event;
	const struct zone *zone;
	struct stats *stats;
	int64_t last_registrant; /* of the arrivals */
	zone_day last_day;
};

const char *stats_section_name(enum stats_section section)
{
	return section_names[section];
}

void stats_free(struct stats *stats)
{
	for (size_t i = 0; i < STATS_SECTION_COUNT; i++) {
		for (size_t j = 0; j < stats->sections[i].count; j++)
			free(stats->sections[i].numbers[j].name);
		free(stats->sections[i].numbers);
		stats->sections[i].numbers = NULL;
		stats->sections[i].count = 0;
	}
}

/* Sections have a handful of numbers: roles, reasons, days, courses. */
static void add(struct stats *stats, enum stats_section section, const char *name, int64_t value)
{
	size_t count = stats->sections[section].count;
	struct stats_number *numbers = stats->sections[section].numbers;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(numbers[i].name, name) == 0) {
			numbers[i].value += value;
			return;
		}
	}
	numbers = xreallocarray(numbers, count + 1, sizeof *numbers);
	numbers[count] = (struct stats_number){ .name = xstrdup(name), .value = value };
	stats->sections[section].numbers = numbers;
	stats->sections[section].count = count + 1;
}

static void count_registrants(const char *status, const char *roles, int64_t count, int64_t erased,
	void *data)
{
	struct reader *reader = data;
	CLEANUP(str_free) struct str role = STR_INIT;
	const char *word;
	size_t length;

	add(reader->stats, STATS_REGISTRANTS, "total", count);
	add(reader->stats, STATS_REGISTRANTS, status, count);
	add(reader->stats, STATS_REGISTRANTS, "erased", erased);
	if (seats_are_of(status))
		add(reader->stats, STATS_SEATS, "taken", count - erased);
	if (seats_are_waited_for(status))
		add(reader->stats, STATS_SEATS, "waiting", count - erased);
	while (text_set_next(&roles, &word, &length)) {
		str_clear(&role);
		str_add_bytes(&role, word, length);
		add(reader->stats, STATS_ROLES, role.text, count);
	}
}

static void count_tokens(int64_t count, int64_t revoked, void *data)
{
	struct reader *reader = data;

	add(reader->stats, STATS_TOKENS, "valid", count - revoked);
	add(reader->stats, STATS_TOKENS, "revoked", revoked);
}

static void count_scans(const char *result, const char *reason, const char *source, int64_t count,
	int64_t voided, void *data)
{
	struct reader *reader = data;

	add(reader->stats, STATS_SCANS, "total", count);
	add(reader->stats, STATS_SCANS, result, count);
	add(reader->stats, STATS_SCANS, "taken_back", voided);
	if (strcmp(result, "void") != 0)
		add(reader->stats, STATS_SCANS, source, count);
	if (reason != NULL)
		add(reader->stats, STATS_REFUSALS, reason, count);
}

static void count_arrival(int64_t registrant_id, int64_t at_s, void *data)
{
	struct reader *reader = data;
	CLEANUP(str_free) struct str day_text = STR_INIT;
	zone_day day = zone_day_of(reader->zone, at_s);

	if (registrant_id == reader->last_registrant && day == reader->last_day)
		return;
	if (registrant_id != reader->last_registrant)
		add(reader->stats, STATS_ARRIVALS, "total", 1);
	reader->last_registrant = registrant_id;
	reader->last_day = day;
	date_write(day, &day_text);
	add(reader->stats, STATS_ARRIVALS, day_text.text, 1);
}

static void count_programme(int64_t sessions, int64_t items, void *data)
{
	struct reader *reader = data;

	add(reader->stats, STATS_PROGRAMME, "sessions", sessions);
	add(reader->stats, STATS_PROGRAMME, "items", items);
}

static void count_course(const char *code, int64_t enrolled, void *data)
{
	add(((struct reader *)data)->stats, STATS_COURSES, code, enrolled);
}

/* Where seats are limited: how many there are, and are left. */
static void add_limit(struct reader *reader)
{
	const struct event *event = reader->event;
	int64_t taken = reader->stats->sections[STATS_SEATS].numbers[0].value;

	if (!event->has_capacity)
		return;
	add(reader->stats, STATS_SEATS, "capacity", event->capacity);
	add(reader->stats, STATS_SEATS, "free",
		taken < event->capacity ? event->capacity - taken : 0);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct stats_number *)a)->name,
		((const struct stats_number *)b)->name);
}

static enum status read_all(struct reading *reading, void *data, struct error *error)
{
	struct reader *reader = data;
	size_t fixed[STATS_SECTION_COUNT] = { 0 };
	const struct stats_functions functions = {
		.registrants = count_registrants,
		.tokens = count_tokens,
		.scans = count_scans,
		.arrival = count_arrival,
		.programme = count_programme,
		.course = count_course,
		.data = reader,
	};

	stats_free(reader->stats);
	reader->last_registrant = 0;
	for (size_t i = 0; i < sizeof fixed_numbers / sizeof fixed_numbers[0]; i++) {
		add(reader->stats, fixed_numbers[i].section, fixed_numbers[i].name, 0);
		fixed[fixed_numbers[i].section]++;
	}
	enum status status = stats_store_read(reading, reader->event->id, &functions, error);
	add_limit(reader);
	for (size_t i = 0; i < STATS_SECTION_COUNT; i++) {
		size_t count = reader->stats->sections[i].count;
		struct stats_number *numbers = reader->stats->sections[i].numbers;
		if (count > fixed[i])
			qsort(numbers + fixed[i], count - fixed[i], sizeof *numbers, compare_names);
	}
	return status;
}

enum status stats_read(struct db *db, const struct event *event, const struct zone *zone,
	reading_notice *notice, void *notice_data, struct stats *ret_stats, struct error *error)
{
	struct reader reader = { .event = event, .zone = zone, .stats = ret_stats };

	*ret_stats = (struct stats){ .sections[0].count = 0 };
	return reading_run(db, read_all, &reader, notice, notice_data, error);
}
