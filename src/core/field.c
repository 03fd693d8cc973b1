/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/field.h"

#include "core/event.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

static const char *const words[] = {
	[FIELD_NAME] = "name",
	[FIELD_GIVEN_NAME] = "given_name",
	[FIELD_FAMILY_NAME] = "family_name",
	[FIELD_EMAIL] = "email",
	[FIELD_AFFILIATION] = "affiliation",
	[FIELD_ROLES] = "roles",
	[FIELD_EXTERNAL_ID] = "external_id",
	[FIELD_COURSES] = "courses",
	[FIELD_STATUS] = "status",
	[FIELD_CATEGORY] = "category",
	[FIELD_NOTE] = "note",
	[FIELD_REGISTERED_AT] = "registered_at",
};

/* The words are in the form that text_header_key gives. */
static const struct state_word known_states[] = {
	{ "confirmed", "confirmed" },
	{ "complete", "confirmed" },
	{ "completed", "confirmed" },
	{ "attending", "confirmed" },
	{ "active", "confirmed" },
	{ "acquired", "confirmed" },
	{ "checkedin", "confirmed" },
	{ "paid", "confirmed" },
	{ "yes", "confirmed" },
	{ "approved", "confirmed" },
	{ "pending", "pending" },
	{ "unpaid", "pending" },
	{ "awaitingpayment", "pending" },
	{ "tobepaid", "pending" },
	{ "notpaid", "pending" },
	{ "requiresapproval", "pending" },
	{ "waitlisted", "waitlisted" },
	{ "waiting", "waitlisted" },
	{ "waitinglist", "waitlisted" },
	{ "cancelled", "cancelled" },
	{ "canceled", "cancelled" },
	{ "rejected", "cancelled" },
	{ "withdrawn", "cancelled" },
	{ "refunded", "cancelled" },
	{ "deleted", "cancelled" },
	{ "expired", "cancelled" },
	{ "invalidated", "cancelled" },
	{ "no", "cancelled" },
};

const char *field_word(enum field field)
{
	return words[field];
}

bool field_parse(const char *word, enum field *ret_field)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret_field = (enum field)i;
			return true;
		}
	}
	return false;
}

void field_list_words(struct str *str)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		str_addf(str, "%s%s", i == 0 ? "" : i + 1 < FIELD_COUNT ? ", " : " or ", words[i]);
}

const char *field_status_of(const char *word, const struct field_rules *rules)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	CLEANUP(str_free) struct str other = STR_INIT;

	text_header_key(word, &key);
	for (size_t i = 0; i < rules->state_count; i++) {
		text_header_key(rules->states[i].word, &other);
		if (strcmp(key.text, other.text) == 0)
			return rules->states[i].status;
	}
	for (size_t i = 0; i < sizeof known_states / sizeof known_states[0]; i++) {
		if (strcmp(key.text, known_states[i].word) == 0)
			return known_states[i].status;
	}
	return NULL;
}

static enum status check_email(const char *email, struct error *error)
{
	/* No-break and other spaces that come with pasted text. */
	static const struct {
		const char *text;
		const char *name;
	} odd[] = {
		{ "\u00a0", "U+00A0" },
		{ "\u2003", "U+2003" },
		{ "\u2009", "U+2009" },
		{ "\u200b", "U+200B" },
		{ "\u202f", "U+202F" },
		{ "\u3000", "U+3000" },
		{ "\ufeff", "U+FEFF" },
	};
	const char *at = strchr(email, '@');
	bool has_space = strpbrk(email, " \t\r\n\v\f") != NULL;

	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		if (strstr(email, odd[i].text) != NULL)
			return error_set(error, STATUS_REJECTED,
				"'%s' is not an e-mail address: a character that is not seen, %s, "
				"stands in it",
				email, odd[i].name);
	}
	if (at == NULL || at == email || at[1] == '\0' || strchr(at + 1, '@') != NULL || has_space)
		return error_set(error, STATUS_REJECTED, "'%s' is not an e-mail address", email);
	if (strlen(email) > EMAIL_MAX)
		return error_set(error, STATUS_REJECTED,
			"'%.40s…' is longer than %d bytes, more than an e-mail address can be",
			email, EMAIL_MAX);
	return STATUS_OK;
}

static enum status check_roles(const char *roles, struct error *error)
{
	const char *position = roles;
	const char *role;
	size_t length;

	while (text_set_next(&position, &role, &length)) {
		if (length > ROLE_MAX)
			return error_set(error, STATUS_REJECTED,
				"the role '%.40s…' is longer than %d bytes", role, ROLE_MAX);
		if (memchr(role, '\n', length) != NULL || memchr(role, '\r', length) != NULL)
			return error_set(error, STATUS_REJECTED,
				"a role has a line break in it: divide roles with ';'");
	}
	return STATUS_OK;
}

static enum status check_courses(const char *courses, struct error *error)
{
	CLEANUP(str_free) struct str code = STR_INIT;
	const char *position = courses;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		str_clear(&code);
		str_add_bytes(&code, word, length);
		enum status status = code_check("course", code.text, error);
		if (status != STATUS_OK)
			return error_set(error, STATUS_REJECTED,
				"'%s' is not a course's code (1 to %d characters without spaces)",
				code.text, CODE_MAX);
	}
	return STATUS_OK;
}

static enum status take_status(const char *word, const struct field_rules *rules, struct str *ret,
	struct error *error)
{
	const char *status = field_status_of(word, rules);

	if (status == NULL)
		return error_set(error, STATUS_REJECTED,
			"'%s' is not a known state; say what it means with --state '%s=confirmed' "
			"(or pending, waitlisted, cancelled)",
			word, word);
	str_clear(ret);
	str_add(ret, status);
	return STATUS_OK;
}

static enum status take_time(const char *text, const struct field_rules *rules, struct str *ret,
	struct error *error)
{
	int64_t at_s = 0;
	enum status status = rules->zone != NULL ? time_parse(rules->zone, text, &at_s, error)
						 : time_check(text, error);

	if (status != STATUS_OK) {
		error->status = STATUS_REJECTED;
		return STATUS_REJECTED;
	}
	str_clear(ret);
	str_addf(ret, "%lld", (long long)at_s);
	return STATUS_OK;
}

enum status field_normalise(enum field field, const char *text, const struct field_rules *rules,
	struct str *ret, struct error *error)
{
	CLEANUP(str_free) struct str copy = STR_INIT;
	size_t length = strlen(text);

	if (text_is_clean(text, length)) {
		str_clear(ret);
		str_add_bytes(ret, text, length);
	} else {
		text_clean(text, length, ret);
	}
	if (ret->length == 0)
		return STATUS_OK;
	switch (field) {
	case FIELD_EMAIL:
		return check_email(ret->text, error);
	case FIELD_ROLES:
		text_set_parse(text, true, ret);
		return check_roles(ret->text, error);
	case FIELD_COURSES:
		text_set_parse(text, false, ret);
		return check_courses(ret->text, error);
	case FIELD_STATUS:
		str_add(&copy, ret->text);
		return take_status(copy.text, rules, ret, error);
	case FIELD_REGISTERED_AT:
		str_add(&copy, ret->text);
		return take_time(copy.text, rules, ret, error);
	default:
		return STATUS_OK;
	}
}

void field_join_name(const char *given_name, const char *family_name, struct str *ret)
{
	str_clear(ret);
	str_add(ret, given_name);
	if (given_name[0] != '\0' && family_name[0] != '\0')
		str_add_char(ret, ' ');
	str_add(ret, family_name);
}
