/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/check_store.h"

static const enum query_id rule_queries[CHECK_RULE_COUNT] = {
	[CHECK_REGISTRANT_WITHOUT_TOKEN] = QUERY_CHECK_REGISTRANT_WITHOUT_TOKEN,
	[CHECK_TOKEN_GAP] = QUERY_CHECK_TOKEN_GAP,
	[CHECK_PERSON_WITHOUT_CONTACT] = QUERY_CHECK_PERSON_WITHOUT_CONTACT,
	[CHECK_PERSON_WITHOUT_EVENT] = QUERY_CHECK_PERSON_WITHOUT_EVENT,
	[CHECK_PERSON_MERGED] = QUERY_CHECK_PERSON_MERGED,
	[CHECK_REGISTRANT_MERGED] = QUERY_CHECK_REGISTRANT_MERGED,
	[CHECK_PERSON_NOT_ERASED] = QUERY_CHECK_PERSON_NOT_ERASED,
	[CHECK_REGISTRANT_NOT_ERASED] = QUERY_CHECK_REGISTRANT_NOT_ERASED,
	[CHECK_QUEUE] = QUERY_CHECK_QUEUE,
	[CHECK_ERASURE_OF_KNOWN] = QUERY_CHECK_ERASURE_OF_KNOWN,
	[CHECK_FILE_CLEANED] = QUERY_CHECK_FILE_CLEANED,
	[CHECK_ANSWER_OF_OTHER_EVENT] = QUERY_CHECK_ANSWER_OF_OTHER_EVENT,
	[CHECK_IMPORT_UNLOGGED] = QUERY_CHECK_IMPORT_UNLOGGED,
	[CHECK_IMPORT_UNDONE] = QUERY_CHECK_IMPORT_UNDONE,
	[CHECK_ITEM_OUTSIDE] = QUERY_CHECK_ITEM_OUTSIDE,
	[CHECK_ITEMS_OVERLAP] = QUERY_CHECK_ITEMS_OVERLAP,
	[CHECK_SESSION_SPAN] = QUERY_CHECK_SESSION_SPAN,
	[CHECK_SCHEDULE] = QUERY_CHECK_SCHEDULE,
	[CHECK_COURSE_SESSIONS] = QUERY_CHECK_COURSE_SESSIONS,
	[CHECK_SCAN_RELATIONS] = QUERY_CHECK_SCAN_RELATIONS,
};

/* All tables with texts but the log and the scans, which are read as they are checked. */
static const struct {
	const char *table;
	enum query_id query;
} texts[] = {
	{ "alias", QUERY_CHECK_TEXTS_ALIAS },
	{ "answer", QUERY_CHECK_TEXTS_ANSWER },
	{ "award", QUERY_CHECK_TEXTS_AWARD },
	{ "award_row", QUERY_CHECK_TEXTS_AWARD_ROW },
	{ "course", QUERY_CHECK_TEXTS_COURSE },
	{ "event", QUERY_CHECK_TEXTS_EVENT },
	{ "event_schedule", QUERY_CHECK_TEXTS_EVENT_SCHEDULE },
	{ "import", QUERY_CHECK_TEXTS_IMPORT },
	{ "import_change", QUERY_CHECK_TEXTS_IMPORT_CHANGE },
	{ "item", QUERY_CHECK_TEXTS_ITEM },
	{ "mark", QUERY_CHECK_TEXTS_MARK },
	{ "person", QUERY_CHECK_TEXTS_PERSON },
	{ "question", QUERY_CHECK_TEXTS_QUESTION },
	{ "registrant", QUERY_CHECK_TEXTS_REGISTRANT },
	{ "remark", QUERY_CHECK_TEXTS_REMARK },
	{ "requirement", QUERY_CHECK_TEXTS_REQUIREMENT },
	{ "session", QUERY_CHECK_TEXTS_SESSION },
	{ "session_schedule", QUERY_CHECK_TEXTS_SESSION_SCHEDULE },
};

size_t check_store_text_tables(void)
{
	return sizeof texts / sizeof texts[0];
}

enum status check_store_texts(struct db *db, size_t table, const char **ret_name,
	struct error *error)
{
	struct query *query = db_query(db, texts[table].query);

	*ret_name = texts[table].table;
	while (query_step(query))
		query_read_texts(query);
	return query_end(query, error);
}

static enum status lend(struct query *query, check_rule_function *function, void *data,
	struct error *error)
{
	while (query_step(query))
		function(query_integer(query, 0), query_text_or_null(query, 1), data);
	return query_end(query, error);
}

enum status check_store_rule(struct db *db, enum check_rule rule, check_rule_function *function,
	void *data, struct error *error)
{
	return lend(db_query(db, rule_queries[rule]), function, data, error);
}

enum status check_store_roles(struct db *db, check_rule_function *function, void *data,
	struct error *error)
{
	return lend(db_query(db, QUERY_CHECK_ROLES), function, data, error);
}

enum status check_store_people(struct db *db, check_person_function *function, void *data,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_CHECK_PEOPLE);

	while (query_step(query))
		function(query_integer(query, 0), query_text(query, 1), query_text(query, 2), data);
	return query_end(query, error);
}
