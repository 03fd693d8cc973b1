/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/check.h"

#include "core/event.h"
#include "store/check_store.h"
#include "store/scan_store.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

enum {
	TOLD_MAX = 100, /* faults of one rule; then how many more there are */
};

struct check {
	struct db *copy;
	const struct check_options *options;
	const struct check_functions *functions;
	struct findings findings;
	int64_t total; /* entries and scans */
};

/* --- The rules of the model --- */

struct rule {
	const char *kind;
	const char *subject; /* its beginning; the number follows */
	bool has_code;       /* or the code */
	const char *message;
};

static const struct rule rules[CHECK_RULE_COUNT] = {
	[CHECK_REGISTRANT_WITHOUT_TOKEN] = { "registrant", "registrant @", false,
		"has no token; issue one with 'regtool token reissue'" },
	[CHECK_TOKEN_GAP] = { "token", "token ", false,
		"the one numbered before it is missing: removed by another program" },
	[CHECK_PERSON_WITHOUT_CONTACT] = { "person", "person ", false,
		"has neither an e-mail address nor an external id" },
	[CHECK_PERSON_WITHOUT_EVENT] = { "person", "person ", false, "is registered for no event" },
	[CHECK_PERSON_MERGED] = { "person", "person ", false,
		"was merged into somebody who was merged too, or still has courses: changed by"
		" another program" },
	[CHECK_REGISTRANT_MERGED] = { "registrant", "registrant @", false,
		"was merged, but not wholly: changed by another program" },
	[CHECK_PERSON_NOT_ERASED] = { "person", "person ", false,
		"was erased, but personal data is left; run 'regtool registrant forget' again" },
	[CHECK_REGISTRANT_NOT_ERASED] = { "registrant", "registrant @", false,
		"was erased, but personal data is left; run 'regtool registrant forget' again" },
	[CHECK_QUEUE] = { "registrant", "registrant @", false,
		"has a place in the queue for a seat, but does not wait for one" },
	[CHECK_ERASURE_OF_KNOWN] = { "person", "person ", false,
		"asked to be forgotten, and is not erased: changed by another program" },
	[CHECK_FILE_CLEANED] = { "person", "log entry ", false,
		"the file was not cleaned after it: bytes of who was erased may be left in it;"
		" run the command again" },
	[CHECK_ANSWER_OF_OTHER_EVENT] = { "registrant", "registrant @", false,
		"has an answer to a question of another event" },
	[CHECK_IMPORT_UNLOGGED] = { "import", "import ", false,
		"the log knows nothing of it, or of another file: changed by another program" },
	[CHECK_IMPORT_UNDONE] = { "import", "import ", false,
		"the log does not agree on whether it was undone, or it was not wholly: changed by"
		" another program" },
	[CHECK_ITEM_OUTSIDE] = { "programme", "session ", true,
		"has an item outside its time, or of another event" },
	[CHECK_ITEMS_OVERLAP] = { "programme", "session ", true, "has items that overlap" },
	[CHECK_SESSION_SPAN] = { "programme", "session ", true,
		"does not span its items, as one without a row of its own does" },
	[CHECK_SCHEDULE] = { "programme", "schedule of ", true,
		"is not what was kept of one: changed by another program" },
	[CHECK_COURSE_SESSIONS] = { "course", "course ", true,
		"names a session of an event that it does not count: changed by another program" },
	[CHECK_SCAN_RELATIONS] = { "scan", "scan ", false, "" },
};

/* Of CHECK_SCAN_RELATIONS, by the word that the statement gives. */
static const struct {
	const char *word;
	const char *message;
} scan_faults[] = {
	{ "nobody", "was admitted, but is nobody's" },
	{ "registrant", "its registrant is of another event" },
	{ "session", "its session is of another event" },
	{ "token", "its token is another registrant's" },
	{ "import", "its import is of another event" },
	{ "void", "takes back what is itself a taking back" },
	{ "void-order", "takes back a later scan, or one of another event" },
};

struct rule_run {
	struct check *check;
	const struct rule *rule;
	int64_t count;
};

static const char *message_of(const struct rule *rule, const char *text)
{
	for (size_t i = 0; rule->message[0] == '\0' && i < sizeof scan_faults / sizeof *scan_faults;
		i++)
		if (text != NULL && strcmp(scan_faults[i].word, text) == 0)
			return scan_faults[i].message;
	return rule->message;
}

static void tell_rule(int64_t number, const char *text, void *data)
{
	struct rule_run *run = data;
	CLEANUP(str_free) struct str subject = STR_INIT;

	run->count++;
	if (run->count > TOLD_MAX)
		return;
	if (run->rule->has_code && text != NULL)
		str_addf(&subject, "%s'%s'", run->rule->subject, text);
	else
		str_addf(&subject, "%s%lld", run->rule->subject, (long long)number);
	findings_tell(&run->check->findings, run->rule->kind, subject.text, "%s",
		message_of(run->rule, text));
}

static void tell_more(struct rule_run *run)
{
	if (run->count > TOLD_MAX)
		findings_tell(&run->check->findings, run->rule->kind, "", "%lld more of this kind",
			(long long)(run->count - TOLD_MAX));
}

/* A part that could not be read to its end is a fault of its own; the others go on. */
static enum status tell_unreadable(struct check *check, enum status status, const char *subject,
	struct error *error)
{
	if (status != STATUS_DATABASE)
		return status;
	findings_tell(&check->findings, "structure", subject, "cannot be read: %s", error->message);
	error_clear(error);
	return STATUS_OK;
}

static const struct rule email_rule = { "person", "person ", false,
	"is not found by the e-mail address: it was changed by another program" };
static const struct rule roles_rule = { "registrant", "registrant @", false,
	"the roles are not a set of words: changed by another program" };

static void check_email(int64_t person_id, const char *email, const char *email_key, void *data)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	size_t at;

	if (text_is_utf8(email, strlen(email), &at)) {
		text_fold(email, &key);
		if (strcmp(key.text, email_key) == 0)
			return;
	}
	tell_rule(person_id, NULL, data);
}

static void check_roles(int64_t registrant_id, const char *roles, void *data)
{
	CLEANUP(str_free) struct str canonical = STR_INIT;
	size_t at;

	if (roles != NULL && text_is_utf8(roles, strlen(roles), &at)) {
		text_set_parse(roles, true, &canonical);
		if (canonical.length > 0 && strcmp(canonical.text, roles) == 0)
			return;
	}
	tell_rule(registrant_id, NULL, data);
}

static enum status check_texts(struct check *check, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < check_store_text_tables(); i++) {
		const char *table = NULL;
		status = check_store_texts(check->copy, i, &table, error);
		status = tell_unreadable(check, status, table, error);
	}
	return status;
}

/* Nothing that shows a time would work. */
static enum status check_zone(const struct event_row *event, void *data, struct error *error)
{
	struct check *check = data;
	CLEANUP(zone_closep) struct zone *zone = NULL;
	CLEANUP(str_free) struct str subject = STR_INIT;

	if (zone_open(event->timezone, &zone, error) == STATUS_OK)
		return STATUS_OK;
	str_addf(&subject, "event '%s'", event->code);
	findings_tell(&check->findings, "event", subject.text,
		"its time zone '%s' is not known on this machine", event->timezone);
	error_clear(error);
	return STATUS_OK;
}

static enum status check_rules(struct check *check, struct error *error)
{
	struct rule_run run = { .check = check };
	enum status status = event_list(check->copy, check_zone, check, error);

	status = tell_unreadable(check, status, "event", error);

	for (int i = 0; status == STATUS_OK && i < CHECK_RULE_COUNT; i++) {
		run = (struct rule_run){ .check = check, .rule = &rules[i] };
		status = check_store_rule(check->copy, (enum check_rule)i, tell_rule, &run, error);
		status = tell_unreadable(check, status, rules[i].kind, error);
		tell_more(&run);
	}
	if (status == STATUS_OK) {
		run = (struct rule_run){ .check = check, .rule = &email_rule };
		status = check_store_people(check->copy, check_email, &run, error);
		status = tell_unreadable(check, status, "person", error);
		tell_more(&run);
	}
	if (status == STATUS_OK) {
		run = (struct rule_run){ .check = check, .rule = &roles_rule };
		status = check_store_roles(check->copy, check_roles, &run, error);
		status = tell_unreadable(check, status, "registrant", error);
		tell_more(&run);
	}
	return status;
}

/* --- Structure and log --- */

static void tell_structure(void *data, const char *sentence)
{
	struct check *check = data;

	findings_tell(&check->findings, "structure", "file", "%s; restore a backup", sentence);
}

static void tell_progress(int64_t done, void *data)
{
	const struct check *check = data;

	if (check->functions->progress != NULL)
		check->functions->progress(done, check->total, check->functions->data);
}

static enum status check_structure(struct check *check, struct error *error)
{
	bool is_quick = check->options->is_quick;
	enum status status =
		db_check_structure(check->copy, is_quick, tell_structure, check, error);

	return tell_unreadable(check, status, "file", error);
}

static enum status check_log(struct check *check, struct log_check_counts *ret_counts,
	struct error *error)
{
	const struct check_options *options = check->options;
	struct log_check_options log_options = { .progress = tell_progress, .data = check };
	struct log_head head = { .log_id = 0 };
	int64_t last_scan = 0;
	int64_t covered = 0;

	enum status status = log_head(check->copy, &head, error);
	if (status == STATUS_OK && options->has_head)
		status = log_check_head(check->copy, &options->head, &check->findings, error);
	if (options->is_quick && options->has_head && options->head.log_id <= head.log_id)
		log_options.after = options->head.log_id;
	else if (options->is_quick && head.log_id > CHECK_QUICK_ENTRIES)
		log_options.after = head.log_id - CHECK_QUICK_ENTRIES;
	if (status == STATUS_OK)
		status = scan_store_last_number(check->copy, &last_scan, error);
	if (status == STATUS_OK)
		status = log_store_last_scan(check->copy, log_options.after, &covered, error);
	check->total = head.log_id - log_options.after + last_scan - covered;
	if (status == STATUS_OK)
		status = log_check(check->copy, &log_options, &check->findings, ret_counts, error);
	return tell_unreadable(check, status, "log", error);
}

/* --- The whole --- */

enum status check_database(struct db *db, const struct check_options *options,
	const struct check_functions *functions, struct check_summary *ret_summary,
	struct error *error)
{
	CLEANUP(db_closep) struct db *copy = NULL;
	struct check_summary summary = { .findings = 0 };
	struct check check = {
		.options = options,
		.functions = functions,
		.findings = {
			.function = functions->finding,
			.data = functions->data,
			.error = error,
		},
	};

	enum status status = db_copy(db, NULL, functions->notice, functions->data, &copy, error);
	check.copy = copy;
	if (status == STATUS_OK)
		status = check_structure(&check, error);
	if (status == STATUS_OK)
		status = check_log(&check, &summary.log, error);
	if (status == STATUS_OK && !options->is_quick)
		status = check_texts(&check, error);
	if (status == STATUS_OK && !options->is_quick)
		status = check_rules(&check, error);
	if (status == STATUS_OK)
		status = check.findings.status;
	summary.findings = check.findings.count;
	if (status == STATUS_OK)
		*ret_summary = summary;
	return status;
}

static enum status keep_first(const struct finding *finding, void *data, struct error *error)
{
	struct str *first = data;

	(void)error;
	if (first->length == 0)
		str_addf(first, "%s: %s", finding->subject, finding->message);
	return STATUS_OK;
}

enum status check_backup(struct db *db, const char *path, const struct check_functions *functions,
	struct error *error)
{
	CLEANUP(db_closep) struct db *copy = NULL;
	CLEANUP(str_free) struct str first = STR_INIT;
	const struct check_options options = { .is_quick = false };
	struct log_check_counts counts;
	struct check check = {
		.options = &options,
		.functions = functions,
		.findings = { .function = keep_first, .data = &first, .error = error },
	};

	enum status status = db_copy(db, path, functions->notice, functions->data, &copy, error);
	check.copy = copy;
	if (status == STATUS_OK)
		status = check_structure(&check, error);
	if (status == STATUS_OK)
		status = check_log(&check, &counts, error);
	if (status == STATUS_OK && check.findings.count > 0) {
		(void)error_set(error, STATUS_NO, "not made: the database has faults: %s",
			first.text);
		status = error_hint(error, "'regtool check' names all; copy the file as it is, and"
					   " restore an earlier backup");
	}
	return status == STATUS_OK ? db_publish(&copy, error) : status;
}
