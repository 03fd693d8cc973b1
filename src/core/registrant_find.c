/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is meant by a word.
 */
#include "core/event.h"
#include "core/registrant.h"
#include "core/token.h"
#include "store/event_store.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_DIGITS_MAX = 18, /* what is sure to fit an int64_t */
	CANDIDATES_SHOWN_MAX = 10,
	TOKEN_LOOKS_MIN = 26, /* symbols: a few of a token's 28 forgotten or doubled */
	TOKEN_LOOKS_MAX = 30,
};

struct candidates {
	struct registrant *first;
	size_t count;
	struct str list;
};

static enum status collect(const struct registrant_row *row, void *data, struct error *error)
{
	struct candidates *candidates = data;

	/* The same person by e-mail and by external id is no second one. */
	if (candidates->first != NULL && candidates->first->id == row->registrant_id)
		return STATUS_OK;
	candidates->count++;
	if (candidates->count <= CANDIDATES_SHOWN_MAX)
		str_addf(&candidates->list, "%s@%lld %s", candidates->count > 1 ? ", " : "",
			(long long)row->registrant_id, registrant_name_of(row));
	if (candidates->first != NULL)
		return STATUS_OK;
	return registrant_copy(row, &candidates->first, error);
}

/* Reads "@12" or "#12"; false if it is not written so. */
static bool read_number(const char *who, int64_t *ret_number)
{
	const char *digits = who + 1;

	if ((who[0] != '@' && who[0] != '#') || digits[0] == '\0' ||
		strlen(digits) > NUMBER_DIGITS_MAX ||
		strspn(digits, "0123456789") != strlen(digits))
		return false;
	*ret_number = strtoll(digits, NULL, 10);
	return true;
}

/* Whether somebody meant a token: about as long, of its symbols, one of them a digit. */
static bool looks_like_token(const char *who)
{
	size_t symbols = 0;
	bool has_digit = false;

	for (const char *c = who; *c != '\0'; c++) {
		if (!isalnum((unsigned char)*c) && *c != '-' && *c != ' ')
			return false;
		if (isalnum((unsigned char)*c))
			symbols++;
		has_digit |= isdigit((unsigned char)*c) != 0;
	}
	return has_digit && symbols >= TOKEN_LOOKS_MIN && symbols <= TOKEN_LOOKS_MAX;
}

struct event_name {
	int64_t event_id;
	char *code;
};

static enum status keep_code(const struct event_row *row, void *data, struct error *error)
{
	struct event_name *name = data;

	(void)error;
	if (row->event_id == name->event_id) {
		free(name->code);
		name->code = xstrdup(row->code);
	}
	return STATUS_OK;
}

static enum status find_by_token(struct db *db, int64_t event_id,
	const unsigned char token[static TOKEN_SIZE], struct registrant **ret_registrant,
	struct error *error)
{
	struct token_holder holder;

	enum status status = token_find(db, token, &holder, error);
	if (status == STATUS_NOT_FOUND)
		return error_set(error, status, "no registrant has this token");
	if (status != STATUS_OK)
		return status;
	if (holder.event_id == event_id)
		return registrant_load(db, holder.registrant_id, ret_registrant, error);
	struct event_name name = { .event_id = holder.event_id };
	status = event_store_list(db, keep_code, &name, error);
	if (status == STATUS_OK)
		status = error_set(error, STATUS_NOT_FOUND, "this token is of another event, '%s'",
			name.code);
	free(name.code);
	return status;
}

static enum status find_by_number(struct db *db, int64_t event_id, int64_t number,
	struct registrant **ret_registrant, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *found = NULL;

	enum status status = registrant_load(db, number, &found, error);
	if (status != STATUS_OK)
		return status;
	if (found->event_id != event_id)
		return error_set(error, STATUS_NOT_FOUND, "registrant @%lld is of another event",
			(long long)number);
	*ret_registrant = found;
	found = NULL;
	return STATUS_OK;
}

static enum status not_found(const char *who, struct error *error)
{
	if (looks_like_token(who)) {
		(void)error_set(error, STATUS_NOT_FOUND,
			"this looks like a token, but its check characters do not fit");
		return error_hint(error, "look for a typing error");
	}
	(void)error_set(error, STATUS_NOT_FOUND, "no registrant '%s'", who);
	if (strspn(who, "0123456789") == strlen(who))
		return error_hint(error, "a registrant's number is written @%s", who);
	return error_hint(error,
		"name somebody by token, e-mail address, external id or number (@12);"
		" 'regtool registrant list --search TEXT' finds them");
}

/* By e-mail address and by external id. */
static enum status find_by_name(struct db *db, int64_t event_id, const char *who,
	struct registrant **ret_registrant, struct error *error)
{
	CLEANUP(str_free) struct str email = STR_INIT;
	struct candidates candidates = { .list = STR_INIT };
	enum status status = STATUS_OK;

	if (strchr(who, '@') != NULL) {
		text_fold(who, &email);
		status = registrant_store_by_email(db, event_id, email.text, collect, &candidates,
			error);
	}
	if (status == STATUS_OK)
		status = registrant_store_by_external_id(db, event_id, who, collect, &candidates,
			error);
	if (status == STATUS_OK && candidates.count == 0)
		status = not_found(who, error);
	if (status == STATUS_OK && candidates.count > 1) {
		(void)error_set(error, STATUS_AMBIGUOUS, "'%s' is %zu registrants", who,
			candidates.count);
		status = error_hint(error, "name one by number: %s%s", candidates.list.text,
			candidates.count > CANDIDATES_SHOWN_MAX ? " …" : "");
	}
	if (status == STATUS_OK) {
		*ret_registrant = candidates.first;
		candidates.first = NULL;
	}
	registrant_free(candidates.first);
	str_free(&candidates.list);
	return status;
}

enum status registrant_find(struct db *db, int64_t event_id, const char *who,
	struct registrant **ret_registrant, struct error *error)
{
	CLEANUP(str_free) struct str clean = STR_INIT;
	unsigned char token[TOKEN_SIZE];
	int64_t number;
	size_t at;

	if (!text_is_utf8(who, strlen(who), &at))
		return error_set(error, STATUS_NOT_FOUND, "the name of a registrant is not UTF-8");
	text_clean(who, strlen(who), &clean);
	if (clean.length == 0)
		return error_set(error, STATUS_NOT_FOUND, "the name of a registrant is empty");
	if (read_number(clean.text, &number))
		return find_by_number(db, event_id, number, ret_registrant, error);
	if (token_read(clean.text, token)) {
		enum status status = find_by_token(db, event_id, token, ret_registrant, error);
		token_wipe(token, sizeof token);
		return status;
	}
	return find_by_name(db, event_id, clean.text, ret_registrant, error);
}
