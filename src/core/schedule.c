/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/schedule.h"

#include "core/schedule_kept.h"
#include "core/schedule_private.h"
#include "store/log_store.h"
#include "store/schedule_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

/* --- Which events there are --- */

/* What to call an item without a title. */
static const char *const kind_titles[] = {
	[ITEM_TALK] = "Talk",
	[ITEM_INTRO] = "Introduction",
	[ITEM_DISCUSSION] = "Discussion",
	[ITEM_BREAK] = "Break",
	[ITEM_OTHER] = "Item",
};

static struct schedule_event *add_event(struct schedule *schedule, const struct session *session,
	const struct item *item)
{
	struct schedule_event *event;
	bool is_bare = item == NULL;

	schedule->events =
		xreallocarray(schedule->events, schedule->count + 1, sizeof *schedule->events);
	event = &schedule->events[schedule->count++];
	*event = (struct schedule_event){
		.session = session,
		.item = item,
		.start_s = is_bare ? session->start_s : item->start_s,
		.end_s = is_bare ? session->end_s : item->end_s,
		.title = is_bare ? session->title : item->title,
		.people = is_bare ? session->people : item->people,
		.chair = is_bare ? session->chair : item->chair,
		.room = is_bare ? session->room : item->room,
	};
	/* What an item does not say of itself its session says. */
	bool is_chaired = !is_bare && session != NULL && item->kind != ITEM_BREAK;
	if (is_chaired && event->chair[0] == '\0')
		event->chair = session->chair;
	if (!is_bare && session != NULL && event->room[0] == '\0')
		event->room = session->room;
	if (event->title[0] == '\0')
		event->title = is_bare ? session->code : kind_titles[item->kind];
	return event;
}

/* Breaks alone do not tell what goes on in a session. */
static bool is_told_by_items(const struct session *session)
{
	for (size_t i = 0; i < session->item_count; i++)
		if (session->items[i].kind != ITEM_BREAK)
			return true;
	return false;
}

static void add_session(struct schedule *schedule, const struct session *session)
{
	const json_t *kept = schedule_kept_session(schedule->kept, session->id);

	if (kept != NULL || !is_told_by_items(session)) {
		struct schedule_event *event = add_event(schedule, session, NULL);
		event->kept = kept;
		/* An empty title came as such. */
		if (kept != NULL)
			event->title = session->title;
		return;
	}
	for (size_t i = 0; i < session->item_count; i++)
		(void)add_event(schedule, session, &session->items[i]);
}

/* Whether a break that is kept is this item still. */
static bool is_item(const struct schedule *schedule, const json_t *kept, const struct item *item)
{
	CLEANUP(str_free) struct str title = STR_INIT;
	struct schedule_span span = { .start_s = 0 };
	struct error error = ERROR_INIT;
	const char *text = schedule_text(kept, "title");

	text_clean(text, strlen(text), &title);
	return schedule_read_span(schedule->zone, kept, &span, &error) == STATUS_OK &&
	       span.start_s == item->start_s && span.end_s == item->end_s &&
	       strcmp(title.text, item->title) == 0;
}

/* A break may be kept once for each room. */
static void add_kept_breaks(struct schedule *schedule, const char *room, const json_t *events,
	bool *is_added)
{
	const struct programme *programme = schedule->programme;
	size_t index;
	json_t *kept;

	json_array_foreach(events, index, kept)
	{
		for (size_t i = 0; i < programme->item_count; i++) {
			const struct item *item = &programme->items[i];
			if (!is_item(schedule, kept, item))
				continue;
			struct schedule_event *event = add_event(schedule, NULL, item);
			event->kept = kept;
			event->title = item->title;
			event->room = room;
			is_added[i] = true;
			break;
		}
	}
}

static void add_day_items(struct schedule *schedule)
{
	const struct programme *programme = schedule->programme;
	bool *is_added = xcalloc(programme->item_count + 1, sizeof *is_added);
	const json_t *conference = schedule_conference(schedule->kept->document);
	size_t index;
	json_t *day;
	const char *room;
	json_t *events;

	json_array_foreach(json_object_get(conference, "days"), index, day)
	{
		json_object_foreach(json_object_get(day, "rooms"), room, events)
			add_kept_breaks(schedule, room, events, is_added);
	}
	for (size_t i = 0; i < programme->item_count; i++)
		if (!is_added[i])
			(void)add_event(schedule, NULL, &programme->items[i]);
	free(is_added);
}

/* By start; what starts together by session, in the programme's order, and then as found. */
static int compare_starts(const void *a, const void *b)
{
	const struct schedule_event *left = a;
	const struct schedule_event *right = b;

	if (left->start_s != right->start_s)
		return left->start_s < right->start_s ? -1 : 1;
	return left->rank < right->rank ? -1 : left->rank > right->rank;
}

static void collect_events(struct schedule *schedule)
{
	const struct programme *programme = schedule->programme;

	for (size_t i = 0; i < programme->session_count; i++)
		add_session(schedule, &programme->sessions[i]);
	add_day_items(schedule);
	for (size_t i = 0; i < schedule->count; i++)
		schedule->events[i].rank = i;
	if (schedule->count > 0)
		qsort(schedule->events, schedule->count, sizeof *schedule->events, compare_starts);
	for (size_t i = 0; i < schedule->count; i++)
		schedule->events[i].rank = i;
}

/* --- Their ids: each is one event's alone --- */

static bool is_guid(const char *text)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t at = 0;

	for (; shape[at] != '\0'; at++) {
		const char *allowed = shape[at] == '-' ? "-" : "0123456789abcdefABCDEF";
		if (text[at] == '\0' || strchr(allowed, text[at]) == NULL)
			return false;
	}
	return text[at] == '\0';
}

/* Whether it was free; then it is taken. */
static bool take(json_t *taken, const char *id)
{
	if (json_object_get(taken, id) != NULL)
		return false;
	json_object_set_new(taken, id, json_true());
	return true;
}

static bool take_number(json_t *taken, int64_t number)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_add_integer(&text, number);
	return take(taken, text.text);
}

static void take_kept_ids(struct schedule_event *event, json_t *taken)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	const char *guid = schedule_text(event->kept, "guid");
	int64_t number = json_integer_value(json_object_get(event->kept, "id"));

	text_fold(guid, &key);
	if (is_guid(guid) && take(taken, key.text))
		memcpy(event->guid, guid, GUID_TEXT_SIZE);
	if (number >= 1 && take_number(taken, number))
		event->number = number;
}

static void make_ids(const struct schedule *schedule, struct schedule_event *event, json_t *taken)
{
	const char *code = event->session != NULL ? event->session->code : "";
	const char *kind = event->item != NULL ? "item" : "session";
	int64_t number = event->item != NULL ? event->item->start_s : 0;

	/* A second of the same name is the break in another room. */
	while (event->guid[0] == '\0') {
		schedule_guid(schedule, kind, code, number++, event->guid);
		if (!take(taken, event->guid))
			event->guid[0] = '\0';
	}
	for (number = schedule_number(event->guid); event->number == 0; number++)
		if (take_number(taken, number))
			event->number = number;
}

static void settle_ids(struct schedule *schedule)
{
	json_t *taken = json_object();

	for (size_t i = 0; i < schedule->count; i++)
		if (schedule->events[i].kept != NULL)
			take_kept_ids(&schedule->events[i], taken);
	for (size_t i = 0; i < schedule->count; i++)
		make_ids(schedule, &schedule->events[i], taken);
	json_decref(taken);
}

/* --- All of it --- */

static enum status read_state(struct db *db, struct schedule *schedule, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	int64_t event_id = schedule->event->id;

	enum status status = transaction_begin_read(&transaction, db, error);
	if (status == STATUS_OK)
		status = programme_load(db, event_id, &schedule->programme, error);
	if (status == STATUS_OK)
		status = schedule_kept_load(db, event_id, &schedule->kept, error);
	if (status == STATUS_OK)
		status = schedule_store_changed(db, event_id, &schedule->changed_s,
			&schedule->change_count, error);
	/* The first entry of a log is like no other database's, and stays. */
	if (status == STATUS_OK)
		status = log_store_hash(db, 1, schedule->origin, error);
	if (status == STATUS_NOT_FOUND) {
		error_clear(error);
		status = STATUS_OK;
	}
	return status;
}

static void make_events(struct schedule *schedule)
{
	CLEANUP(str_free) struct str acronym = STR_INIT;

	schedule_acronym(schedule_text(schedule_conference(schedule->document), "acronym"),
		&acronym);
	for (size_t i = 0; i < schedule->count; i++)
		schedule->events[i].json =
			schedule_event_json(schedule, &schedule->events[i], acronym.text);
}

enum status schedule_make(struct db *db, const struct event *event, const struct zone *zone,
	const char *version, struct schedule **ret_schedule, struct error *error)
{
	CLEANUP(schedule_freep) struct schedule *schedule = xcalloc(1, sizeof *schedule);

	schedule->event = event;
	schedule->zone = zone;
	enum status status = read_state(db, schedule, error);
	if (status != STATUS_OK)
		return status;
	collect_events(schedule);
	if (schedule->count == 0) {
		(void)error_set(error, STATUS_NOT_FOUND, "event '%s' has no programme",
			event->code);
		return error_hint(error, "take one in with 'regtool programme import FILE'");
	}
	settle_ids(schedule);
	schedule_make_document(schedule, version);
	make_events(schedule);
	schedule_place_events(schedule);
	schedule_name_rooms(schedule);
	*ret_schedule = schedule;
	schedule = NULL;
	return STATUS_OK;
}

void schedule_free(struct schedule *schedule)
{
	if (schedule == NULL)
		return;
	json_decref(schedule->document);
	free(schedule->events);
	schedule_kept_free(schedule->kept);
	programme_free(schedule->programme);
	free(schedule);
}

void schedule_freep(struct schedule **schedule)
{
	schedule_free(*schedule);
	*schedule = NULL;
}

static int add_dumped(const char *bytes, size_t length, void *data)
{
	str_add_bytes(data, bytes, length);
	return 0;
}

void schedule_write_json(const struct schedule *schedule, struct str *str)
{
	(void)json_dump_callback(schedule->document, add_dumped, str, JSON_INDENT(2));
	str_add_char(str, '\n');
}
