/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/import_place.h"

#include "cmd/waiting.h"
#include "util/memory.h"

static const char default_event[] = "default";

static bool takes_machine_zone(const struct import_place *place)
{
	return place->new_event == NULL || place->new_event->timezone == NULL;
}

static enum status make_event(const struct context *context, const struct actor *actor,
	const struct import_place *place, struct error *error)
{
	CLEANUP(memory_free_text) char *timezone = zone_machine_name(context->machine_tz);
	CLEANUP(zone_closep) struct zone *zone = NULL;
	struct event_change change = { .timezone = timezone };
	const char *code = place->new_code != NULL ? place->new_code : default_event;
	int64_t event_id;

	if (context->event_code != NULL)
		code = context->event_code;
	if (place->new_event != NULL)
		change = *place->new_event;
	if (!takes_machine_zone(place))
		return event_create(place->db, actor, code, &change, &event_id, error);
	change.timezone = timezone;

	enum status status = zone_open(timezone, &zone, error);
	if (status == STATUS_USAGE) {
		(void)error_set(error, STATUS_USAGE,
			"the machine's time zone '%s' is not one by name", timezone);
		return error_hint(error,
			"make the database first: regtool init --event CODE --timezone ZONE");
	}
	if (status == STATUS_OK)
		status = event_create(place->db, actor, code, &change, &event_id, error);
	return status;
}

static enum status found(struct context *context, const struct actor *actor,
	struct import_place *place, struct error *error)
{
	const struct db_options options = { .allow_unsafe_fs = context->is_unsafe_fs_allowed };

	error_clear(error);
	enum status status = founding_begin(context->db_path, context->key_path, &options, actor,
		&place->founding, error);
	if (status != STATUS_OK)
		return status;
	place->db = founding_db(place->founding);
	return make_event(context, actor, place, error);
}

static enum status open_db(struct context *context, const struct actor *actor, bool is_dry,
	struct import_place *place, struct error *error)
{
	const struct db_options options = { .allow_unsafe_fs = context->is_unsafe_fs_allowed };

	enum status status = db_open(context->db_path, is_dry ? DB_READ : DB_WRITE, &options,
		&place->opened, error);
	if (status == STATUS_NOT_FOUND && !place->must_exist)
		return found(context, actor, place, error);
	if (is_dry && place->lends_dry) {
		place->db = place->opened;
		return status;
	}
	if (status == STATUS_OK && is_dry)
		status = db_copy(place->opened, NULL, say_doors_wait, context, &place->copy, error);
	/* Its memory is wanted for the copy. */
	if (is_dry)
		db_closep(&place->opened);
	place->db = is_dry ? place->copy : place->opened;
	return status;
}

enum status import_place_open(struct context *context, const struct actor *actor, bool is_dry,
	struct import_place *place, struct error *error)
{
	enum status status = open_db(context, actor, is_dry, place, error);

	if (status == STATUS_OK)
		status = event_find(place->db, context->event_code, &place->event, error);
	if (status == STATUS_OK)
		status = event_open_zone(place->db, place->event, &place->zone, error);
	return status;
}

enum status import_place_finish(const struct context *context, struct import_place *place,
	bool is_dry, struct error *error)
{
	const struct diagnostics *diagnostics = context->diagnostics;
	enum status status = STATUS_OK;

	if (place->founding == NULL)
		return STATUS_OK;
	if (!is_dry)
		status = founding_finish(place->founding, error);
	if (status != STATUS_OK)
		return status;
	say_notice(diagnostics, "%s the database '%s' with the event '%s', time zone %s%s",
		is_dry ? "would make" : "made", context->db_path, place->event->code,
		place->event->timezone, takes_machine_zone(place) ? ", the machine's" : "");
	if (founding_is_key_new(place->founding))
		say_notice(diagnostics,
			"%s the key file '%s': keep a copy, and keep it from the doors' machines",
			is_dry ? "would make" : "made", context->key_path);
	return STATUS_OK;
}

void import_place_close(struct import_place *place)
{
	zone_close(place->zone);
	event_free(place->event);
	db_close(place->copy);
	db_close(place->opened);
	founding_free(place->founding);
}
