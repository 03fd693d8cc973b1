/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme.h"

#include "store/programme_store.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const kind_words[] = {
	[ITEM_TALK] = "talk",
	[ITEM_INTRO] = "intro",
	[ITEM_DISCUSSION] = "discussion",
	[ITEM_BREAK] = "break",
	[ITEM_OTHER] = "other",
};

const char *item_kind_word(enum item_kind kind)
{
	return kind_words[kind];
}

bool item_kind_parse(const char *word, enum item_kind *ret_kind)
{
	for (size_t i = 0; i < sizeof kind_words / sizeof kind_words[0]; i++) {
		if (strcmp(word, kind_words[i]) == 0) {
			*ret_kind = (enum item_kind)i;
			return true;
		}
	}
	return false;
}

static void free_items(struct item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(items[i].title);
		free(items[i].people);
		free(items[i].chair);
		free(items[i].room);
		free(items[i].access);
	}
	free(items);
}

static void free_session(struct session *session)
{
	free(session->code);
	free(session->title);
	free(session->people);
	free(session->chair);
	free(session->room);
	free(session->access);
	free_items(session->items, session->item_count);
}

void programme_free(struct programme *programme)
{
	if (programme == NULL)
		return;
	for (size_t i = 0; i < programme->session_count; i++)
		free_session(&programme->sessions[i]);
	free(programme->sessions);
	free_items(programme->items, programme->item_count);
	free(programme);
}

void programme_freep(struct programme **programme)
{
	programme_free(*programme);
	*programme = NULL;
}

static enum status add_session(const struct session_row *row, void *data, struct error *error)
{
	struct programme *programme = data;

	(void)error;
	programme->sessions = xreallocarray(programme->sessions, programme->session_count + 1,
		sizeof *programme->sessions);
	programme->sessions[programme->session_count++] = (struct session){
		.id = row->session_id,
		.code = xstrdup(row->code),
		.title = xstrdup(row->title),
		.start_s = row->start_s,
		.end_s = row->end_s,
		.people = xstrdup(row->people),
		.chair = xstrdup(row->chair),
		.room = xstrdup(row->room),
		.access = xstrdup(row->access),
		.is_credit = row->is_credit,
		.has_capacity = row->has_capacity,
		.capacity = row->capacity,
		.is_stated = row->is_stated,
	};
	return STATUS_OK;
}

static enum status add_item(const struct item_row *row, void *data, struct error *error)
{
	struct programme *programme = data;
	struct item **items = &programme->items;
	size_t *count = &programme->item_count;
	struct item item = { .id = row->item_id };

	if (row->session_id != 0) {
		struct session *session =
			(struct session *)programme_session_by_id(programme, row->session_id);
		if (session == NULL)
			return error_set(error, STATUS_DATABASE,
				"an item belongs to a session that is not there");
		items = &session->items;
		count = &session->item_count;
	}
	if (!item_kind_parse(row->kind, &item.kind))
		return error_set(error, STATUS_DATABASE, "'%s' is no kind of item", row->kind);
	item.start_s = row->start_s;
	item.end_s = row->end_s;
	item.title = xstrdup(row->title);
	item.people = xstrdup(row->people);
	item.chair = xstrdup(row->chair);
	item.room = xstrdup(row->room);
	item.access = xstrdup(row->access);
	item.is_credit = row->is_credit;
	*items = xreallocarray(*items, *count + 1, sizeof **items);
	(*items)[(*count)++] = item;
	return STATUS_OK;
}

static int compare_codes(const void *a, const void *b)
{
	const struct session *const *first = a;
	const struct session *const *second = b;

	return strcasecmp((*first)->code, (*second)->code);
}

static void rank_codes(struct programme *programme)
{
	struct session **sorted = xcalloc(programme->session_count, sizeof(struct session *));

	for (size_t i = 0; i < programme->session_count; i++)
		sorted[i] = &programme->sessions[i];
	qsort(sorted, programme->session_count, sizeof(struct session *), compare_codes);
	for (size_t i = 0; i < programme->session_count; i++)
		sorted[i]->code_rank = (int)i + 1;
	free(sorted);
}

enum status programme_load(struct db *db, int64_t event_id, struct programme **ret_programme,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(programme_freep) struct programme *programme = xcalloc(1, sizeof *programme);
	enum status status = STATUS_OK;

	programme->event_id = event_id;
	if (!transaction_is_open(db))
		status = transaction_begin_read(&transaction, db, error);
	if (status == STATUS_OK)
		status = session_store_list(db, event_id, add_session, programme, error);
	if (status == STATUS_OK)
		status = item_store_list(db, event_id, add_item, programme, error);
	if (status != STATUS_OK)
		return status;
	rank_codes(programme);
	*ret_programme = programme;
	programme = NULL;
	return STATUS_OK;
}

const struct session *programme_session(const struct programme *programme, const char *code)
{
	for (size_t i = 0; i < programme->session_count; i++)
		if (strcasecmp(programme->sessions[i].code, code) == 0)
			return &programme->sessions[i];
	return NULL;
}

const struct session *programme_session_by_id(const struct programme *programme, int64_t session_id)
{
	for (size_t i = 0; i < programme->session_count; i++)
		if (programme->sessions[i].id == session_id)
			return &programme->sessions[i];
	return NULL;
}

enum status programme_find_session(const struct programme *programme, const char *code,
	const struct session **ret_session, struct error *error)
{
	CLEANUP(str_free) struct str codes = STR_INIT;
	const struct session *session = programme_session(programme, code);

	if (session != NULL) {
		*ret_session = session;
		return STATUS_OK;
	}
	(void)error_set(error, STATUS_NOT_FOUND, "no session '%s'", code);
	if (programme->session_count == 0)
		return error_hint(error,
			"the event has no sessions: add them with 'regtool programme import FILE'");
	for (size_t i = 0; i < programme->session_count; i++)
		str_addf(&codes, "%s'%s'", i > 0 ? ", " : "", programme->sessions[i].code);
	return error_hint(error, "there is %s", codes.text);
}

bool access_admits(const char *access, const char *roles)
{
	return access[0] == '\0' || text_sets_meet(access, roles);
}

int64_t session_countable(const struct session *session, const char *roles_or_null,
	stretch_function *function, void *data)
{
	const char *roles = roles_or_null != NULL ? roles_or_null : "";
	int64_t from_s = session->start_s;
	int64_t sum_s = 0;

	for (size_t i = 0; i <= session->item_count; i++) {
		const struct item *item = i < session->item_count ? &session->items[i] : NULL;

		if (item != NULL && item->is_credit && access_admits(item->access, roles))
			continue;
		int64_t to_s = item != NULL ? item->start_s : session->end_s;
		if (to_s > from_s) {
			sum_s += to_s - from_s;
			if (function != NULL)
				function(from_s, to_s, data);
		}
		if (item != NULL && item->end_s > from_s)
			from_s = item->end_s;
	}
	return sum_s;
}
