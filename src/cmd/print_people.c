/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/print_people.h"

#include "cli/print_stream.h"
#include "cmd/common.h"
#include "cmd/programme_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/people.h"
#include "core/programme.h"
#include "core/roster.h"
#include "core/token_list.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/zone.h"

#include <stdlib.h>
#include <string.h>

const char *const print_people_not_all[] = { "role", "search", "status", NULL };
const char *const print_people_statuses[] = { "pending", "confirmed", "waitlisted", "cancelled",
	NULL };

/* What is put together. */
struct sheets {
	const struct context *context;
	const char *what;
	const char *size;
	struct key *key;
	struct programme *programme; /* NULL: not asked for */
	int64_t not_confirmed;       /* of a selection, left out */
	int64_t without_token;
};

enum status print_people_check(struct context *context, struct error *error)
{
	const struct options *options = context->options;
	bool is_selected = options_flag(options, "all") || options_given(options, "role") ||
			   options_given(options, "search") || options_given(options, "status");
	size_t count;

	(void)options_arguments(options, &count);
	if (count > 0 && is_selected) {
		(void)error_set(error, STATUS_USAGE, "both people and a selection are given");
		return error_hint(error,
			"give one of them: WHO, or --all, --role, --search, --status");
	}
	if (count == 0 && !is_selected) {
		(void)error_set(error, STATUS_USAGE, "for whom?");
		return error_hint(error, "name people (an address, an id, @12), or select them: "
					 "--role, --search, --status, or --all");
	}
	return STATUS_OK;
}

/* --- The event --- */

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static void begin(const struct sheets *sheets)
{
	const struct event *event = sheets->context->event;
	CLEANUP(str_free) struct str first_day = STR_INIT;
	CLEANUP(str_free) struct str last_day = STR_INIT;

	if (event->has_first_day)
		date_write(event->first_day, &first_day);
	if (event->has_last_day)
		date_write(event->last_day, &last_day);
	print_stream_begin(sheets->context->output,
		&(struct print_head){
			.what = sheets->what,
			.size = sheets->size,
			.maker = "regtool " PACKAGE_VERSION,
			.code = event->code,
			.title = or_null(event->title),
			.first_day = event->has_first_day ? first_day.text : NULL,
			.last_day = event->has_last_day ? last_day.text : NULL,
			.zone = event->timezone,
			.url = or_null(event->url),
		});
}

/* 2022-02-15T14:30, as the event's clocks show it. */
static void write_time(const struct sheets *sheets, int64_t at_s, struct str *str)
{
	time_write_short(sheets->context->zone, at_s, false, str);
	*strchr(str->text, ' ') = 'T';
}

static enum status put_item(const struct session *session, const struct item *item, void *data,
	struct error *error)
{
	CLEANUP(str_free) struct str start = STR_INIT;
	CLEANUP(str_free) struct str end = STR_INIT;
	CLEANUP(str_free) struct str people = STR_INIT;
	const struct sheets *sheets = data;
	bool is_session = item == NULL;

	(void)error;
	write_time(sheets, is_session ? session->start_s : item->start_s, &start);
	write_time(sheets, is_session ? session->end_s : item->end_s, &end);
	people_names(is_session ? session->people : item->people, &people);
	const char *title = is_session ? session->title : item->title;
	print_stream_item(sheets->context->output,
		&(struct print_item){
			.start = start.text,
			.end = end.text,
			.kind = is_session ? "session" : item_kind_word(item->kind),
			.title = is_session && *title == '\0' ? session->code : or_null(title),
			.people = people.length > 0 ? people.text : NULL,
			.room = or_null(is_session ? session->room : item->room),
			.access = is_session ? session->access : item->access,
		});
	return STATUS_OK;
}

static enum status put_event(const struct sheets *sheets, struct error *error)
{
	begin(sheets);
	return sheets->programme != NULL
		       ? programme_walk(sheets->programme, put_item, (void *)sheets, error)
		       : STATUS_OK;
}

/* --- The people --- */

static enum status put_person(const struct sheets *sheets, const struct registrant *registrant,
	struct error *error)
{
	char text[TOKEN_TEXT_SIZE];

	enum status status = token_of(sheets->context->db, sheets->key, registrant, text, error);
	if (status != STATUS_OK)
		return status;
	print_stream_person(sheets->context->output,
		&(struct print_person){
			.number = registrant->id,
			.name = registrant_display_name(registrant),
			.affiliation = or_null(registrant->affiliation),
			.roles = registrant->roles,
			.token = text,
		});
	token_wipe(text, sizeof text);
	return STATUS_OK;
}

static enum status put_named(struct sheets *sheets, struct error *error)
{
	const struct context *context = sheets->context;
	const char *const *who = options_arguments(context->options, NULL);

	enum status status = put_event(sheets, error);
	for (; status == STATUS_OK && *who != NULL; who++) {
		CLEANUP(registrant_freep) struct registrant *registrant = NULL;
		status = registrant_find(context->db, context->event->id, *who, &registrant, error);
		if (status == STATUS_OK)
			status = put_person(sheets, registrant, error);
	}
	return status;
}

static enum status begin_selection(void *data, struct error *error)
{
	struct sheets *sheets = data;

	sheets->not_confirmed = 0;
	sheets->without_token = 0;
	return put_event(sheets, error);
}

/* Without --status only who is let in: nobody cuts out badges to throw them away. */
static enum status put_selected(const struct roster_row *row, void *data, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct sheets *sheets = data;

	enum status status = registrant_copy(&row->registrant, &registrant, error);
	if (status != STATUS_OK)
		return status;
	if (registrant->is_erased)
		return STATUS_OK;
	if (!options_given(sheets->context->options, "status") &&
		registrant->status != REGISTRANT_CONFIRMED) {
		sheets->not_confirmed++;
		return STATUS_OK;
	}
	status = put_person(sheets, registrant, error);
	if (status == STATUS_NOT_FOUND) {
		sheets->without_token++;
		error_clear(error);
		return STATUS_OK;
	}
	return status;
}

static void say_wait(void *data)
{
	const struct sheets *sheets = data;

	say_doors_wait((void *)sheets->context);
}

static void say_left_out(const struct sheets *sheets)
{
	const struct diagnostics *diagnostics = sheets->context->diagnostics;

	if (sheets->not_confirmed > 0)
		say_notice(diagnostics, "left out: %lld not confirmed (--status prints others)",
			(long long)sheets->not_confirmed);
	if (sheets->without_token > 0)
		say_notice(diagnostics,
			"left out: %lld whose tokens are all revoked ('regtool token reissue')",
			(long long)sheets->without_token);
}

static enum status put_selection(struct sheets *sheets, struct error *error)
{
	const struct context *context = sheets->context;
	const struct roster_filter filter = {
		.event_id = context->event->id,
		.status = options_text(context->options, "status"),
		.role = options_text(context->options, "role"),
		.search = options_text(context->options, "search"),
	};
	const struct roster_functions functions = {
		.begin = begin_selection,
		.row = put_selected,
		.notice = say_wait,
		.data = sheets,
	};

	enum status status = roster_read(context->db, &filter, &functions, error);
	if (status != STATUS_OK)
		return status;
	say_left_out(sheets);
	return print_stream_people(context->output) > 0
		       ? STATUS_OK
		       : error_set(error, STATUS_NOT_FOUND, "nobody to print: no such registrant");
}

enum status print_people(struct context *context, const char *what, const char *size_or_null,
	bool has_programme, struct error *error)
{
	CLEANUP(key_freep) struct key *key = NULL;
	CLEANUP(programme_freep) struct programme *programme = NULL;
	struct sheets sheets = { .context = context, .what = what, .size = size_or_null };
	size_t count;

	(void)options_arguments(context->options, &count);
	enum status status = common_load_key(context, &key, error);
	if (status == STATUS_OK && has_programme)
		status = programme_load(context->db, context->event->id, &programme, error);
	if (status != STATUS_OK)
		return status;
	sheets.key = key;
	sheets.programme = programme;
	status = count > 0 ? put_named(&sheets, error) : put_selection(&sheets, error);
	if (status == STATUS_OK)
		print_stream_end(context->output);
	return status;
}
