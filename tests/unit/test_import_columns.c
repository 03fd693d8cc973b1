/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include "core/import_columns.h"
#include "core/import_header.h"
#include "util/memory.h"
#include "util/text.h"

enum {
	HEADERS_MAX = 16,
};

/* The headers of "A|B|C"; lent until the next call. */
static size_t split(const char *text, const char **ret_headers)
{
	static char copy[1000];
	size_t count = 0;

	(void)snprintf(copy, sizeof copy, "%s", text);
	for (char *word = strtok(copy, "|"); word != NULL; word = strtok(NULL, "|")) {
		assert_true(count < HEADERS_MAX);
		ret_headers[count++] = word;
	}
	return count;
}

/* Sets `ret` to what the columns are: "email|-|answer Group", or "! message". */
static void claim(const char *text, const struct column_choices *choices, struct str *ret)
{
	CLEANUP(import_columns_freep) struct import_columns *columns = NULL;
	const char *headers[HEADERS_MAX];
	struct error error = ERROR_INIT;

	size_t count = split(text, headers);
	str_clear(ret);
	if (import_columns_claim(headers, count, choices, &columns, &error) != STATUS_OK) {
		assert_int_equal(error.status, STATUS_REJECTED);
		str_addf(ret, "! %s", error.message);
		return;
	}
	assert_int_equal(columns->count, count);
	size_t answers = 0;
	for (size_t i = 0; i < count; i++) {
		const struct import_column *column = &columns->columns[i];
		str_add(ret, i > 0 ? "|" : "");
		if (column->use == USE_FIELD)
			str_add(ret, field_word(column->field));
		else if (column->use == USE_ANSWER)
			str_addf(ret, "answer %s", column->answer);
		else
			str_add(ret, "-");
		if (column->use == USE_ANSWER)
			assert_int_equal(column->answer_rank, answers++);
	}
	assert_int_equal(columns->answer_count, answers);
}

static void assert_claim(const char *headers, const char *wanted)
{
	CLEANUP(str_free) struct str is = STR_INIT;
	const struct column_choices choices = { .map_count = 0 };

	claim(headers, &choices, &is);
	assert_string_equal(is.text, wanted);
}

/* Every word of the manual, as it is spelt there. */
static void test_known_words(void **state)
{
	static const struct {
		enum field field;
		const char *words;
	} cases[] = {
		{ FIELD_NAME,
			"full name|attendee name|participant|Nom complet|Vollständiger Name" },
		{ FIELD_GIVEN_NAME, "given_name|first name|given name|Prénom|Vorname" },
		{ FIELD_FAMILY_NAME,
			"family_name|last name|surname|family name|Nom de famille|Nachname" },
		{ FIELD_EMAIL,
			"email|e-mail|email address|e-mail address|attendee email|mail|courriel|"
			"adresse e-mail|E-Mail-Adresse" },
		{ FIELD_AFFILIATION,
			"affiliation|organization|organisation|institution|company|university|"
			"Organisme|Einrichtung|Firma" },
		{ FIELD_ROLES, "roles|role|participant type|rôle|Rolle" },
		{ FIELD_EXTERNAL_ID, "external_id|student id|sciper|matricule|Matrikelnummer" },
		{ FIELD_COURSES, "courses|course|course code|cours|Kurs" },
		{ FIELD_STATUS, "status|registration state|attendee status|registration status|"
				"order status|statut" },
		{ FIELD_CATEGORY, "category|ticket type|ticket name|product|catégorie|Kategorie" },
		{ FIELD_NOTE, "note|comment|notes|remarque|Bemerkung" },
		{ FIELD_REGISTERED_AT, "registered_at" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *words[HEADERS_MAX];
		size_t count = split(cases[i].words, words);
		for (size_t j = 0; j < count; j++) {
			CLEANUP(str_free) struct str key = STR_INIT;
			struct header_claim found;
			text_header_key(words[j], &key);
			if (!header_claim_of(key.text, &found))
				fail_msg("'%s' is not known", words[j]);
			assert_int_equal(found.field, cases[i].field);
			assert_false(found.is_of_two_meanings);
			assert_false(found.is_never_imported);
		}
	}
}

static void test_guesses(void **state)
{
	(void)state;
	assert_claim("Name|E-MAIL|Group", "name|email|answer Group");
	assert_claim("  nom |Prénom|courriel", "family_name|given_name|email");
	assert_claim("Vorname|Name|Mail", "given_name|family_name|email");
	assert_claim("Name|Given name|Family name|Email", "name|given_name|family_name|email");
	assert_claim("E_Mail|State|Title|Group", "email|answer State|answer Title|answer Group");
	assert_claim("registrant|name|email|first_checkin_at|registered_at",
		"-|name|email|-|registered_at");
	assert_claim("email|answer: Note|answer:  answer: x|Answer: y",
		"email|answer Note|answer answer: x|answer Answer: y");
	/* An answer's header is clean, as the file's are. */
	assert_claim("email|answer:\u202fx|answer: \u00a0 y", "email|answer x|answer y");
	/* The errors of an earlier import are the last column; elsewhere it is an answer. */
	assert_claim("email|error", "email|-");
	assert_claim("error|email", "answer error|email");
	assert_claim("Sciper|Name", "external_id|name");
}

static void test_refusals(void **state)
{
	(void)state;
	assert_claim("Email|E-Mail",
		"! columns 'Email' and 'E-Mail' (1 and 2) are both taken for email");
	assert_claim("Vorname|Name|Nom|Email",
		"! columns 'Name' and 'Nom' (2 and 3) are both taken for family_name");
	assert_claim("Email|Size|size", "! header 'Size' stands twice: columns 2 and 3");
	assert_claim("Email|Size|answer: Size",
		"! columns 'Size' and 'answer: Size' (2 and 3) are one question");
	assert_claim("Email|answer: Size|size",
		"! columns 'answer: Size' and 'size' (2 and 3) are one question");
	assert_claim("Name|Group",
		"! no column is an e-mail address or an external id, by which people are known");
	/* Its own columns may stand twice: they are left out. */
	assert_claim("registrant|Registrant|email", "-|-|email");
}

static void test_choices(void **state)
{
	static const struct column_map maps[] = { { FIELD_EMAIL, "E-Mail" },
		{ FIELD_NOTE, "size#2" } };
	static const char *const ignored[] = { "Size#1", "name" };
	const struct column_choices choices = {
		.maps = maps,
		.map_count = COUNT(maps),
		.ignored = ignored,
		.ignored_count = COUNT(ignored),
	};
	const struct column_choices constant = { .constants[FIELD_ROLES] = "student" };
	CLEANUP(str_free) struct str is = STR_INIT;

	(void)state;
	claim("Name|Email|E-Mail|Size|Size", &choices, &is);
	assert_string_equal(is.text, "-|answer Email|email|-|note");
	claim("Name|Email|E-Mail|Size", &choices, &is);
	assert_string_equal(is.text, "! --map: there is no column 'size#2'");
	/* A header may itself end so. */
	claim("Name|Email|E-Mail|Size|Size#2|Size#1", &choices, &is);
	assert_string_equal(is.text, "-|answer Email|email|answer Size|note|-");
	claim("Name|E-Mail|Size#1", &choices, &is);
	assert_string_equal(is.text, "! --map: there is no column 'size#2'");
	claim("E-Mail|Size|Size", &choices, &is);
	assert_string_equal(is.text, "! --ignore: there is no column 'name'");
	claim("Email|Rolle", &constant, &is);
	assert_string_equal(is.text, "! --set: column 'Rolle' gives roles too");
	claim("Email|Size", &constant, &is);
	assert_string_equal(is.text, "email|answer Size");
}

static void test_map_needs_one(void **state)
{
	static const struct column_map map[] = { { FIELD_NOTE, "Size" } };
	static const struct column_map twice[] = { { FIELD_NOTE, "Size" },
		{ FIELD_CATEGORY, "Size" } };
	static const char *const first[] = { "Size#1" };
	static const char *const all[] = { "Size" };
	struct column_choices choices = { .maps = map, .map_count = 1 };
	CLEANUP(str_free) struct str is = STR_INIT;

	(void)state;
	claim("Email|Size|Size", &choices, &is);
	assert_string_equal(is.text, "! --map: header 'Size' stands 2 times");
	choices.ignored = first;
	choices.ignored_count = 1;
	claim("Email|Size|Size", &choices, &is);
	assert_string_equal(is.text, "email|-|note");
	choices.ignored = all;
	claim("Email|Size|Size", &choices, &is);
	assert_string_equal(is.text, "! --map: column 'Size' is also left out by --ignore");
	choices = (struct column_choices){ .maps = twice, .map_count = 2 };
	claim("Email|Size", &choices, &is);
	assert_string_equal(is.text, "! --map: column 'Size' is to be note and category");
}

static const char *shape_of(const char *text)
{
	static const struct column_choices no_choices = { .map_count = 0 };
	CLEANUP(import_columns_freep) struct import_columns *columns = NULL;
	const char *headers[HEADERS_MAX];
	struct error error = ERROR_INIT;

	size_t count = split(text, headers);
	if (import_columns_claim(headers, count, &no_choices, &columns, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	return columns->preset != NULL ? columns->preset->name : "";
}

/* A shape is all of its headers, whatever their order and spelling. */
static void test_shapes(void **state)
{
	(void)state;
	assert_string_equal(shape_of("ID|Name|Email Address|Registration state"),
		"an Indico list of registrations");
	assert_string_equal(shape_of("REGISTRATION_STATE|e-mail|name|id"),
		"an Indico list of registrations");
	assert_string_equal(shape_of("ID|Name|Email Address"), "");
	assert_string_equal(shape_of("Order #|Order Date|First Name|Last Name|Email|Ticket Type"),
		"an Eventbrite attendee report");
	assert_string_equal(shape_of("Order#|Order Date|First Name|Last Name|Email|Ticket Type|"
				     "Payment Type|Ticket Name|Ticket ID"),
		"open-event attendees");
	assert_string_equal(shape_of("name|email|confirmed"), "pretalx speakers");
	assert_string_equal(shape_of("name|email|confirmed|note"), "");
	/* An export of regtool's own may have answers of any name. */
	assert_string_equal(shape_of("registrant|ID|name|email|Registration state"), "");
}

static void test_shape_settles(void **state)
{
	(void)state;
	assert_claim("Order code|Position ID|Status|Email|Attendee name|Attendee email|Company|"
		     "City|Company|City",
		"answer Order code|answer Position ID|status|answer Email|name|email|affiliation|"
		"answer City|answer Invoice address: Company|answer Invoice address: City");
	/* Three of a name: which is which is not settled. */
	assert_claim("Order code|Position ID|Status|Email|Attendee name|Attendee email|Company|"
		     "Company|Company",
		"! header 'Company' stands twice: columns 7 and 8");
	assert_claim("Order code|Attendee name|Product|Checked in|Automatically checked in|Paid|"
		     "Secret|E-mail",
		"answer Order code|name|category|answer Checked in|answer Automatically checked in|"
		"status|-|email");
}

static void test_first_row_is_no_header(void **state)
{
	static const char *const ignored[] = { "help@example.org" };
	const struct column_choices choices = { .ignored = ignored, .ignored_count = 1 };
	CLEANUP(str_free) struct str is = STR_INIT;

	(void)state;
	assert_claim("Ada|ada@example.org",
		"! the first row is no header: its column 2 is an e-mail address, "
		"'ada@example.org'");
	assert_claim("Email|write to help@example.org", "email|answer write to help@example.org");
	claim("Email|help@example.org", &choices, &is);
	assert_string_equal(is.text, "email|-");
}

/* Whatever header an answer has: under the heading of an export it is the same answer. */
static void test_headings(void **state)
{
	static const char *const headers[] = { "Group", "Note", "e-mail", "answer: x",
		"answer:", "Error", "registrant", "Nom", "Answer: x", "É" };

	(void)state;
	for (size_t i = 0; i < COUNT(headers); i++) {
		CLEANUP(str_free) struct str line = STR_INIT;
		CLEANUP(str_free) struct str is = STR_INIT;
		CLEANUP(str_free) struct str wanted = STR_INIT;
		const struct column_choices choices = { .map_count = 0 };
		str_add(&line, "email|given_name|");
		import_columns_add_heading(headers[i], &line);
		claim(line.text, &choices, &is);
		str_addf(&wanted, "email|given_name|answer %s", headers[i]);
		assert_string_equal(is.text, wanted.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_words),
		cmocka_unit_test(test_guesses),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_map_needs_one),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_shape_settles),
		cmocka_unit_test(test_first_row_is_no_header),
		cmocka_unit_test(test_headings),
	};

	return cmocka_run_group_tests_name("import_columns", tests, NULL, NULL);
}
