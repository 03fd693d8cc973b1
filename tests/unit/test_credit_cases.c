/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The cases of tests/data/credit: each says in plain words what is given, when it is asked,
 * and what is expected. What stands before a file's first case is given in all of them. How
 * a line reads is said in tests/data/credit/README.
 */
#include "credit_case.h"

#include <dirent.h>

enum {
	PATH_MAX_BYTES = 1024,
};

static size_t cases_seen;

/* --- Given --- */

/* What may stand behind a session or an item: access=speaker credit=no */
static void read_marks(const struct file *file, const struct line *line, size_t first, char *access,
	bool *is_credit)
{
	for (size_t i = first; i < line->count; i++) {
		const char *word = line->words[i];
		if (strncmp(word, "access=", 7) == 0)
			read_set(word + 7, access);
		else if (is(word, "credit=no"))
			*is_credit = false;
		else
			fail_at(file, "'%s'?", word);
	}
}

/* event E [ZONE]: what is said of an event from here on is said of it. */
static void give_event(struct file *file, struct world *world, const struct line *line)
{
	const char *zone = line->words[2];
	size_t index = world->event_count;
	size_t known = 0;

	/* The one that is always there gets a name. */
	if (index == 1 && world->events[0].code[0] == '\0')
		index = 0;
	assert_true(index < WORLD_EVENTS_MAX);
	world->event_count = index + 1;
	world->names_events = index > 0;
	if (index > 0) {
		world->events[index] = world->events[0];
		world->events[index].has_first_day = false;
		world->events[index].has_last_day = false;
		world->events[index].zone = NULL;
	}
	(void)snprintf(world->events[index].code, WORLD_TEXT_MAX, "%s", line->words[1]);
	if (*zone == '\0')
		return;
	while (file->zone_names[known] != NULL && !is(file->zone_names[known], zone))
		known++;
	assert_true(known < ZONES_MAX);
	if (file->zone_names[known] == NULL) {
		file->zones[known] = world_zone(zone);
		file->zone_names[known] = strdup(zone);
	}
	world->events[index].zone = file->zone_names[known];
}

/* session S1 FROM TO: in the order of their starts; of the event named last. */
static void give_session(const struct file *file, struct world *world, const struct line *line)
{
	size_t index = world->session_count++;
	const struct zone *zone = zone_of_event(file, world, world->event_count - 1);

	assert_true(index < WORLD_SESSIONS_MAX);
	world->session_events[index] = world->event_count - 1;
	(void)snprintf(world->codes[index], WORLD_TEXT_MAX, "%s", line->words[1]);
	world->sessions[index] = (struct session){
		.id = 101 + (int64_t)index,
		.start_s = read_time_in(file, zone, line->words[2]),
		.end_s = read_time_in(file, zone, line->words[3]),
		.is_credit = true,
		.code_rank = (int)index + 1,
	};
	read_marks(file, line, 4, world->accesses[index], &world->sessions[index].is_credit);
}

/* item S1 break FROM TO */
static void give_item(const struct file *file, struct world *world, const struct line *line)
{
	size_t index = find_session(file, world, line->words[1]);
	struct session *session = &world->sessions[index];
	size_t item = session->item_count++;

	assert_true(item < WORLD_ITEMS_MAX);
	world->items[index][item] = (struct item){
		.start_s = read_time(file, line->words[3]),
		.end_s = read_time(file, line->words[4]),
		.is_credit = true,
	};
	if (!item_kind_parse(line->words[2], &world->items[index][item].kind))
		fail_at(file, "'%s' is no kind of item", line->words[2]);
	if (world->items[index][item].kind == ITEM_BREAK)
		world->items[index][item].is_credit = false;
	read_marks(file, line, 5, world->item_accesses[index][item],
		&world->items[index][item].is_credit);
}

/* in S1 AT [REFUSAL], out S1 AT [REFUSAL], arrival [E:] AT [REFUSAL], online S1 FROM TO|open */
static void give_row(const struct file *file, struct world *world, const struct line *line)
{
	const char *kind = line->words[0];
	const char *where = line->words[1];
	size_t length = strlen(where);
	bool is_arrival = is(kind, "arrival");
	bool has_place = !is_arrival || (length > 0 && where[length - 1] == ':');
	bool is_door = is_arrival || is(kind, "in") || is(kind, "out");
	const char *last = line->words[!has_place ? 2 : is_door ? 3 : 4];
	size_t event = has_place ? find_event(file, world, where) : 0;
	struct presence_row row = {
		.scan_id = (int64_t)world->row_count + 1,
		.is_out = is(kind, "out"),
	};

	if (!is_arrival && where[length - 1] != '-') {
		size_t session = find_session(file, world, where);
		row.session_id = world->sessions[session].id;
		event = world->session_events[session];
	}
	const struct zone *zone = zone_of_event(file, world, event);
	row.at_s = read_time_in(file, zone, line->words[has_place ? 2 : 1]);
	if (is(last, "already-in") || is(last, "not-in"))
		row.result = PRESENCE_SIGHTED;
	else if (*last != '\0')
		row.result = PRESENCE_REFUSED;
	if (!is_door) {
		row.source = is(kind, "online") ? PRESENCE_ONLINE : PRESENCE_MANUAL;
		row.has_until = !is(line->words[3], "open");
		if (row.has_until)
			row.until_s = read_time_in(file, zone, line->words[3]);
	}
	assert_true(world->row_count < WORLD_ROWS_MAX);
	world->row_events[world->row_count] = event;
	world->rows[world->row_count++] = row;
}

static void give_rule_of_attendance(const struct file *file, struct world *world,
	const struct line *line)
{
	struct course *course = &world->course;
	const char *name = line->words[1];
	const char *value = line->words[2];

	course->is_attendance_named = true;
	if (is(name, "min-percent"))
		course->min_percent_permille = read_number(file, value, 10);
	else if (is(name, "min-minutes"))
		course->min_minutes = read_number(file, value, 1);
	else if (is(name, "min-sessions"))
		course->min_sessions = read_number(file, value, 1);
	else if (is(name, "require-each-day"))
		course->is_each_day_required = true;
	else if (is(name, "require-session"))
		world->required[course->required.count++] =
			world->sessions[find_session(file, world, value)].id;
	else
		fail_at(file, "rule '%s'?", name);
}

static bool give_rule_of_credits(const struct file *file, struct course *course, const char *name,
	const char *value)
{
	struct credit_rate *rate = &course->rate;

	if (is(name, "credits"))
		rate->fixed_hundredths = read_number(file, value, 100);
	else if (is(name, "credits-per"))
		rate->minutes = read_number(file, value, 1);
	else if (is(name, "credits-per-sessions"))
		rate->sessions = read_number(file, value, 1);
	else if (is(name, "round"))
		rate->is_rounded_nearest = is(value, "nearest");
	else if (is(name, "step"))
		rate->step_hundredths = read_number(file, value, 100);
	else if (is(name, "max-per-half-day"))
		rate->max_half_day_hundredths = read_number(file, value, 100);
	else if (is(name, "max-per-day"))
		rate->max_day_hundredths = read_number(file, value, 100);
	else if (is(name, "max"))
		rate->max_hundredths = read_number(file, value, 100);
	else
		return false;
	return true;
}

/* rule requirement NAME [DATE] */
static void give_requirement(const struct file *file, struct world *world, const struct line *line)
{
	size_t index = world->course.requirement_count++;
	struct error error = ERROR_INIT;

	assert_true(index < WORLD_REQUIREMENTS_MAX);
	(void)snprintf(world->requirement_names[index], WORLD_TEXT_MAX, "%s", line->words[2]);
	world->requirements[index].has_due = line->words[3][0] != '\0';
	if (world->requirements[index].has_due &&
		date_parse(line->words[3], &world->requirements[index].due_day, &error) !=
			STATUS_OK)
		fail_at(file, "%s", error.message);
}

/* result NAME pass|fail|excused|absent */
static void give_result(const struct file *file, struct world *world, const struct line *line)
{
	for (size_t i = 0; i < world->course.requirement_count; i++)
		if (is(world->requirement_names[i], line->words[1])) {
			if (!mark_result_parse(line->words[2], &world->results[i]))
				fail_at(file, "'%s' is no result", line->words[2]);
			return;
		}
	fail_at(file, "no requirement '%s'", line->words[1]);
}

/* granted [CREDITS], denied */
static void give_verdict(const struct file *file, struct world *world, const struct line *line)
{
	world->verdict = is(line->words[0], "granted") ? CREDIT_BY_GRANT : CREDIT_BY_DENIAL;
	world->has_granted_credits = line->words[1][0] != '\0';
	if (world->has_granted_credits)
		world->granted_hundredths = read_number(file, line->words[1], 100);
}

static void give_rule(const struct file *file, struct world *world, const struct line *line)
{
	struct course *course = &world->course;
	const char *name = line->words[1];
	const char *value = line->words[2];

	if (give_rule_of_credits(file, course, name, value))
		return;
	if (is(name, "requirement"))
		give_requirement(file, world, line);
	else if (is(name, "enrolment"))
		course->is_enrolment_required = is(value, "required");
	else if (is(name, "roles"))
		read_set(value, world->course_roles);
	else if (is(name, "session-percent"))
		course->session_percent_permille = read_number(file, value, 10);
	else if (is(name, "require-exit"))
		course->is_exit_required = true;
	else if (is(name, "count-session"))
		world->counted[course->counted.count++] =
			world->sessions[find_session(file, world, value)].id;
	else
		give_rule_of_attendance(file, world, line);
}

/* What is said of the event named last. */
static bool give_of_event(const struct file *file, struct world *world, const char *what,
	const char *value)
{
	struct world_event *event = &world->events[world->event_count - 1];
	const struct zone *zone = zone_of_event(file, world, world->event_count - 1);

	if (is(what, "doors")) {
		event->doors_s = read_number(file, value, 60);
	} else if (is(what, "roles")) {
		read_set(value, event->roles);
	} else if (is(what, "registered")) {
		event->is_registered = read_yes(file, value);
	} else if (is(what, "first-day")) {
		event->has_first_day = true;
		event->first_day = zone_day_of(zone, read_time_in(file, zone, value));
	} else if (is(what, "last-day")) {
		event->has_last_day = true;
		event->last_day = zone_day_of(zone, read_time_in(file, zone, value));
	} else {
		return false;
	}
	return true;
}

static void give(struct file *file, struct world *world, const struct line *line)
{
	const char *what = line->words[0];
	const char *value = line->words[1];

	if (give_of_event(file, world, what, value))
		return;
	if (is(what, "event")) {
		give_event(file, world, line);
		return;
	}

	if (is(what, "session"))
		give_session(file, world, line);
	else if (is(what, "item"))
		give_item(file, world, line);
	else if (is(what, "rule"))
		give_rule(file, world, line);
	else if (is(what, "result"))
		give_result(file, world, line);
	else if (is(what, "granted") || is(what, "denied"))
		give_verdict(file, world, line);
	else if (is(what, "enrolled"))
		world->is_enrolled = read_yes(file, value);
	else if (is(what, "cancelled"))
		world->is_cancelled = read_yes(file, value);
	else if (is(what, "in") || is(what, "out") || is(what, "arrival") || is(what, "online") ||
		 is(what, "manual"))
		give_row(file, world, line);
	else
		fail_at(file, "'%s'?", what);
}

/* --- Expect --- */

static void expect_pair(const struct file *file, const struct line *line, int64_t found,
	int64_t found_total)
{
	int64_t wanted = read_number(file, line->words[1], 1);
	int64_t wanted_total = read_number(file, line->words[3], 1);

	if (found != wanted || found_total != wanted_total)
		fail_at(file, "case '%s': %s %lld of %lld, should be %lld of %lld",
			file->name_of_case, line->words[0], (long long)found,
			(long long)found_total, (long long)wanted, (long long)wanted_total);
}

static void expect_number(const struct file *file, const struct line *line, int64_t scale,
	int64_t found)
{
	int64_t wanted = read_number(file, line->words[1], scale);

	if (found != wanted)
		fail_at(file, "case '%s': %s is %lld, should be %lld (in parts of %lld)",
			file->name_of_case, line->words[0], (long long)found, (long long)wanted,
			(long long)scale);
}

static void expect_reasons(const struct file *file, const struct line *line,
	const struct world_result *result)
{
	CLEANUP(str_free) struct str wanted = STR_INIT;

	for (size_t i = 1; i < line->count && !is(line->words[1], "none"); i++)
		str_addf(&wanted, "%s%s", i > 1 ? ";" : "", line->words[i]);
	if (!is(wanted.text, result->reasons))
		fail_at(file, "case '%s': reasons '%s', should be '%s'", file->name_of_case,
			result->reasons, wanted.text);
}

static void expect(const struct file *file, const struct line *line,
	const struct world_result *result)
{
	const char *what = line->words[0];
	const char *decision = credit_decision_word(result->decision);

	if (is(what, "minutes"))
		expect_pair(file, line, result->attended_s / 60, result->total_s / 60);
	else if (is(what, "sessions"))
		expect_pair(file, line, result->sessions_attended, result->sessions_total);
	else if (is(what, "percent"))
		expect_number(file, line, 10, result->percent_permille);
	else if (is(what, "credits"))
		expect_number(file, line, 100, result->credits_hundredths);
	else if (is(what, "reasons"))
		expect_reasons(file, line, result);
	else if (!is(what, decision))
		fail_at(file, "case '%s': %s (%s), should be %s", file->name_of_case, decision,
			result->reasons, what);
}

static void end_case(struct file *file)
{
	if (file->case_line == 0)
		return;
	if (!file->is_asked || file->expected_count == 0)
		fail_at(file, "case '%s' expects nothing", file->name_of_case);
	struct world_result result = world_evaluate(&file->world, file->zone);
	for (size_t i = 0; i < file->expected_count; i++)
		expect(file, &file->expected[i], &result);
	cases_seen++;
}

static void take_line(struct file *file, const char *text)
{
	struct line line;

	split(text, &line);
	if (line.count == 0 || line.words[0][0] == '#')
		return;
	if (is(line.words[0], "case")) {
		end_case(file);
		(void)snprintf(file->name_of_case, sizeof file->name_of_case, "%.*s",
			(int)strcspn(text + strlen("case "), "\n"), text + strlen("case "));
		file->case_line = file->number;
		file->world = file->base;
		file->expected_count = 0;
		file->is_asked = false;
	} else if (is(line.words[0], "when")) {
		file->world.as_of_s = read_time(file, line.words[1]);
		file->is_asked = true;
	} else if (is(line.words[0], "expect")) {
		assert_true(file->expected_count < EXPECTED_MAX);
		split(strstr(text, "expect") + strlen("expect"),
			&file->expected[file->expected_count++]);
	} else if (is(line.words[0], "given")) {
		struct line given;
		split(strstr(text, "given") + strlen("given"), &given);
		give(file, file->case_line > 0 ? &file->world : &file->base, &given);
	} else {
		fail_at(file, "'%s' is none of case, given, when, expect", line.words[0]);
	}
}

static void run_file(const char *folder, const char *name)
{
	struct file *file = calloc(1, sizeof *file);
	char path[2 * PATH_MAX_BYTES];
	char text[LINE_MAX_BYTES];

	assert_non_null(file);
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *stream = fopen(path, "r");
	assert_non_null(stream);
	file->name = name;
	file->zone = world_zone("Europe/Zurich");
	file->base.course = (struct course){
		.rate = { .fixed_hundredths = 100, .step_hundredths = 100 },
		.is_enrolment_required = true,
		.session_percent_permille = 750,
	};
	file->base.is_enrolled = true;
	file->base.event_count = 1;
	file->base.events[0].doors_s = 30 * 60;
	file->base.events[0].is_registered = true;
	(void)snprintf(file->base.events[0].roles, WORLD_TEXT_MAX, "attendee");
	while (fgets(text, sizeof text, stream) != NULL) {
		file->number++;
		take_line(file, text);
	}
	end_case(file);
	for (size_t i = 0; i < ZONES_MAX; i++) {
		zone_close(file->zones[i]);
		free(file->zone_names[i]);
	}
	zone_close(file->zone);
	assert_int_equal(fclose(stream), 0);
	free(file);
}

static int is_case_file(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot != NULL && strcmp(dot, ".case") == 0;
}

static void test_cases(void **state)
{
	const char *source = getenv("abs_srcdir");
	char folder[PATH_MAX_BYTES];
	struct dirent **entries;

	(void)state;
	if (source == NULL)
		fail_msg("abs_srcdir is not set: run it by make check");
	(void)snprintf(folder, sizeof folder, "%s/tests/data/credit", source);
	int count = scandir(folder, &entries, is_case_file, alphasort);
	assert_true(count > 0);
	for (int i = 0; i < count; i++) {
		run_file(folder, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	/* All of them were found. */
	assert_true(cases_seen >= 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
