/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_header.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEADERS_SHOWN_MAX = 1500, /* bytes of a hint */
};

/* The keys are in the form that text_header_key gives: "E-Mail-Adresse" is emailadresse. */
static const struct {
	const char *key;
	struct header_claim claim;
} known[] = {
	{ "name", { .field = FIELD_NAME, .is_of_two_meanings = true } },
	{ "nom", { .field = FIELD_NAME, .is_of_two_meanings = true } },
	{ "fullname", { .field = FIELD_NAME } },
	{ "attendeename", { .field = FIELD_NAME } },
	{ "participant", { .field = FIELD_NAME } },
	{ "nomcomplet", { .field = FIELD_NAME } },
	{ "vollstandigername", { .field = FIELD_NAME } },
	{ "givenname", { .field = FIELD_GIVEN_NAME } },
	{ "firstname", { .field = FIELD_GIVEN_NAME } },
	{ "prenom", { .field = FIELD_GIVEN_NAME } },
	{ "vorname", { .field = FIELD_GIVEN_NAME } },
	{ "familyname", { .field = FIELD_FAMILY_NAME } },
	{ "lastname", { .field = FIELD_FAMILY_NAME } },
	{ "surname", { .field = FIELD_FAMILY_NAME } },
	{ "nomdefamille", { .field = FIELD_FAMILY_NAME } },
	{ "nachname", { .field = FIELD_FAMILY_NAME } },
	{ "email", { .field = FIELD_EMAIL } },
	{ "emailaddress", { .field = FIELD_EMAIL } },
	{ "attendeeemail", { .field = FIELD_EMAIL } },
	{ "mail", { .field = FIELD_EMAIL } },
	{ "courriel", { .field = FIELD_EMAIL } },
	{ "adresseemail", { .field = FIELD_EMAIL } },
	{ "emailadresse", { .field = FIELD_EMAIL } },
	{ "affiliation", { .field = FIELD_AFFILIATION } },
	{ "organization", { .field = FIELD_AFFILIATION } },
	{ "organisation", { .field = FIELD_AFFILIATION } },
	{ "institution", { .field = FIELD_AFFILIATION } },
	{ "company", { .field = FIELD_AFFILIATION } },
	{ "university", { .field = FIELD_AFFILIATION } },
	{ "organisme", { .field = FIELD_AFFILIATION } },
	{ "einrichtung", { .field = FIELD_AFFILIATION } },
	{ "firma", { .field = FIELD_AFFILIATION } },
	{ "roles", { .field = FIELD_ROLES } },
	{ "role", { .field = FIELD_ROLES } },
	{ "participanttype", { .field = FIELD_ROLES } },
	{ "rolle", { .field = FIELD_ROLES } },
	{ "externalid", { .field = FIELD_EXTERNAL_ID } },
	{ "studentid", { .field = FIELD_EXTERNAL_ID } },
	{ "sciper", { .field = FIELD_EXTERNAL_ID } },
	{ "matricule", { .field = FIELD_EXTERNAL_ID } },
	{ "matrikelnummer", { .field = FIELD_EXTERNAL_ID } },
	{ "courses", { .field = FIELD_COURSES } },
	{ "course", { .field = FIELD_COURSES } },
	{ "coursecode", { .field = FIELD_COURSES } },
	{ "cours", { .field = FIELD_COURSES } },
	{ "kurs", { .field = FIELD_COURSES } },
	{ "status", { .field = FIELD_STATUS } },
	{ "registrationstate", { .field = FIELD_STATUS } },
	{ "attendeestatus", { .field = FIELD_STATUS } },
	{ "registrationstatus", { .field = FIELD_STATUS } },
	{ "orderstatus", { .field = FIELD_STATUS } },
	{ "statut", { .field = FIELD_STATUS } },
	{ "category", { .field = FIELD_CATEGORY } },
	{ "tickettype", { .field = FIELD_CATEGORY } },
	{ "ticketname", { .field = FIELD_CATEGORY } },
	{ "product", { .field = FIELD_CATEGORY } },
	{ "categorie", { .field = FIELD_CATEGORY } },
	{ "kategorie", { .field = FIELD_CATEGORY } },
	{ "note", { .field = FIELD_NOTE } },
	{ "comment", { .field = FIELD_NOTE } },
	{ "notes", { .field = FIELD_NOTE } },
	{ "remarque", { .field = FIELD_NOTE } },
	{ "bemerkung", { .field = FIELD_NOTE } },
	{ "registeredat", { .field = FIELD_REGISTERED_AT } },
	{ "registrant", { .is_never_imported = true } },
	{ "firstcheckinat", { .is_never_imported = true } },
};

bool header_claim_of(const char *header_key, struct header_claim *ret_claim)
{
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strcmp(known[i].key, header_key) == 0) {
			*ret_claim = known[i].claim;
			return true;
		}
	}
	return false;
}

typedef void text_key_function(const char *text, struct str *ret);

static size_t match(const char *const *headers, size_t count, const char *name,
	text_key_function *key_of, bool *ret_is_match)
{
	CLEANUP(str_free) struct str wanted = STR_INIT;
	CLEANUP(str_free) struct str key = STR_INIT;
	size_t found = 0;

	key_of(name, &wanted);
	for (size_t i = 0; i < count; i++) {
		key_of(headers[i], &key);
		ret_is_match[i] = wanted.length > 0 && strcmp(key.text, wanted.text) == 0;
		found += ret_is_match[i] ? 1 : 0;
	}
	return found;
}

static size_t match_name(const char *const *headers, size_t count, const char *name,
	bool *ret_is_match)
{
	size_t found = match(headers, count, name, text_fold, ret_is_match);

	if (found == 0)
		found = match(headers, count, name, text_header_key, ret_is_match);
	return found;
}

/* Leaves of the matches only the Nth. */
static bool keep_nth(bool *is_match, size_t count, size_t wanted)
{
	size_t seen = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_match[i] && ++seen != wanted)
			is_match[i] = false;
	}
	return wanted >= 1 && wanted <= seen;
}

void header_list(const char *const *headers, size_t count, struct str *ret)
{
	for (size_t i = 0; i < count && ret->length < HEADERS_SHOWN_MAX; i++)
		str_addf(ret, "%s'%s'", i > 0 ? ", " : "", headers[i]);
	for (size_t i = 0; i < ret->length; i++) {
		if (ret->text[i] == '\n' || ret->text[i] == '\r')
			ret->text[i] = ' ';
	}
}

static enum status refuse(const char *const *headers, size_t count, const char *name,
	struct error *error)
{
	CLEANUP(str_free) struct str list = STR_INIT;

	header_list(headers, count, &list);
	(void)error_set(error, STATUS_REJECTED, "there is no column '%s'", name);
	return error_hint(error, "the columns are %s", list.text);
}

enum status header_find(const char *const *headers, size_t count, const char *name,
	bool *ret_is_match, struct error *error)
{
	CLEANUP(str_free) struct str base = STR_INIT;
	const char *hash = strrchr(name, '#');

	/* A header may itself end in "#2". */
	if (match_name(headers, count, name, ret_is_match) > 0)
		return STATUS_OK;
	if (hash == NULL || hash[1] == '\0' || strlen(hash + 1) > 4 ||
		strspn(hash + 1, "0123456789") != strlen(hash + 1))
		return refuse(headers, count, name, error);
	str_add_bytes(&base, name, (size_t)(hash - name));
	if (match_name(headers, count, base.text, ret_is_match) == 0 ||
		!keep_nth(ret_is_match, count, strtoul(hash + 1, NULL, 10)))
		return refuse(headers, count, name, error);
	return STATUS_OK;
}

/* --- Is it one? --- */

/* A header that would name each column of this file, the address where it stands. */
static void add_header_option(size_t count, size_t email_at, struct str *ret)
{
	/* Indico's form for importing has no header, and these columns. */
	static const char *const indico[] = { "given_name", "family_name", "affiliation",
		"Position", "Phone Number", "email" };
	size_t indico_count = sizeof indico / sizeof indico[0];
	bool is_indico = count == indico_count && email_at == indico_count - 1;

	for (size_t i = 0; i < count; i++) {
		str_add(ret, i > 0 ? "," : "");
		if (is_indico)
			str_add(ret, indico[i]);
		else if (i == email_at)
			str_add(ret, "email");
		else
			str_addf(ret, "COLUMN%zu", i + 1);
	}
}

static bool is_address(const char *text)
{
	CLEANUP(str_free) struct str value = STR_INIT;
	const struct field_rules rules = { .state_count = 0 };
	struct error no_address = ERROR_INIT;

	return text[0] != '\0' &&
	       field_normalise(FIELD_EMAIL, text, &rules, &value, &no_address) == STATUS_OK;
}

/* An e-mail address is somebody's, who must not be lost as a header. */
static enum status check_address(const char *const *headers, size_t count, const bool *is_left_out,
	struct error *error)
{
	CLEANUP(str_free) struct str option = STR_INIT;
	size_t addresses = 0;
	size_t first = 0;

	for (size_t i = count; i-- > 0;) {
		if (is_left_out[i] || !is_address(headers[i]))
			continue;
		first = i;
		addresses++;
	}
	if (addresses == 0)
		return STATUS_OK;
	(void)error_set(error, STATUS_REJECTED,
		"the first row is no header: its column %zu is an e-mail address, '%s'", first + 1,
		headers[first]);
	if (addresses > 1)
		return error_hint(error, "write a line for each person, with a header above");
	add_header_option(count, first, &option);
	return error_hint(error, "if there is none, name the columns: --header '%s'", option.text);
}

enum status header_check(const char *const *headers, size_t count, const bool *is_left_out,
	struct error *error)
{
	enum status status = check_address(headers, count, is_left_out, error);

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		if (headers[i][0] != '\0')
			continue;
		(void)error_set(error, STATUS_REJECTED, "column %zu has no header", i + 1);
		status = error_hint(error,
			"name it in the file, or delete the column there; if the header stands "
			"further down, delete the rows above it");
	}
	return status;
}
