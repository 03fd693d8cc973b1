/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/schedule_kept.h"

#include "core/programme_plan.h"
#include "store/schedule_store.h"
#include "util/memory.h"

#include <stdlib.h>

static enum status parse(const char *text, json_t **ret_json, struct error *error)
{
	json_error_t problem;
	json_t *json = json_loads(text, 0, &problem);

	if (!json_is_object(json)) {
		json_decref(json);
		return error_set(error, STATUS_DATABASE,
			"what is kept of a schedule is no JSON object: changed by another program");
	}
	*ret_json = json;
	return STATUS_OK;
}

static enum status add_event(int64_t session_id, const char *text, void *data, struct error *error)
{
	struct schedule_kept *kept = data;

	(void)session_id;
	return parse(text, &kept->document, error);
}

static enum status add_session(int64_t session_id, const char *text, void *data,
	struct error *error)
{
	struct schedule_kept *kept = data;
	json_t *json = NULL;

	enum status status = parse(text, &json, error);
	if (status != STATUS_OK)
		return status;
	kept->sessions = xreallocarray(kept->sessions, kept->count + 1, sizeof *kept->sessions);
	kept->sessions[kept->count++] = (struct kept_session){ session_id, json };
	return STATUS_OK;
}

enum status schedule_kept_load(struct db *db, int64_t event_id, struct schedule_kept **ret_kept,
	struct error *error)
{
	CLEANUP(schedule_kept_freep) struct schedule_kept *kept = xcalloc(1, sizeof *kept);

	enum status status = schedule_store_event(db, event_id, add_event, kept, error);
	if (status == STATUS_OK)
		status = schedule_store_sessions(db, event_id, add_session, kept, error);
	if (status != STATUS_OK)
		return status;
	*ret_kept = kept;
	kept = NULL;
	return STATUS_OK;
}

void schedule_kept_free(struct schedule_kept *kept)
{
	if (kept == NULL)
		return;
	for (size_t i = 0; i < kept->count; i++)
		json_decref(kept->sessions[i].json);
	free(kept->sessions);
	json_decref(kept->document);
	free(kept);
}

void schedule_kept_freep(struct schedule_kept **kept)
{
	schedule_kept_free(*kept);
	*kept = NULL;
}

static int compare_id(const void *key, const void *element)
{
	int64_t id = *(const int64_t *)key;
	const struct kept_session *session = element;

	return id < session->session_id ? -1 : id > session->session_id;
}

const json_t *schedule_kept_session(const struct schedule_kept *kept, int64_t session_id)
{
	const struct kept_session *session = NULL;

	if (kept->count > 0)
		session = bsearch(&session_id, kept->sessions, kept->count, sizeof *kept->sessions,
			compare_id);
	return session != NULL ? session->json : NULL;
}

void schedule_kept_compare(const struct schedule_kept *kept, struct plan *plan)
{
	for (size_t i = 0; i < plan->session_count; i++) {
		struct planned_session *session = &plan->sessions[i];
		const json_t *before = session->before != NULL
					       ? schedule_kept_session(kept, session->before->id)
					       : NULL;

		if (session->kept == NULL)
			continue;
		session->is_kept_changed = before == NULL || json_equal(before, session->kept) == 0;
		if (session->is_kept_changed && session->change == PLAN_UNCHANGED)
			session->change = PLAN_UPDATED;
	}
}

enum status schedule_kept_put_session(struct db *db, int64_t session_id, const json_t *json,
	struct error *error)
{
	char *text = json_dumps(json, JSON_COMPACT);
	enum status status = schedule_store_put_session(db, session_id, text, error);

	free(text);
	return status;
}

enum status schedule_kept_put_event(struct db *db, int64_t event_id, const json_t *rest,
	struct error *error)
{
	char *text = json_dumps(rest, JSON_COMPACT);
	enum status status = schedule_store_put_event(db, event_id, text, error);

	free(text);
	return status;
}
