/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include "core/people.h"
#include "util/memory.h"
#include "util/str.h"

/* "Name<Affiliation><Affiliation>|Name" */
static void note_person(const char *name, const char *const *affiliations, size_t count, void *data)
{
	struct str *str = data;

	str_addf(str, "%s%s", str->length > 0 ? "|" : "", name);
	for (size_t i = 0; i < count; i++)
		str_addf(str, "<%s>", affiliations[i]);
}

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		const char *people;
	} cases[] = {
		{ "", "" },
		{ "  ", "" },
		{ ";;", "" },
		{ "Joan Bruna (NYU)", "Joan Bruna<NYU>" },
		{ "Hanie Sedghi (Google); Rahim Entezari", "Hanie Sedghi<Google>|Rahim Entezari" },
		{ "W. Gerstner (School of Life Sciences) (Computer Science, EPFL)",
			"W. Gerstner<School of Life Sciences><Computer Science, EPFL>" },
		{ "A (X; Y);B", "A<X; Y>|B" },
		{ "A (X (Y; Z) W) ; B(C)", "A<X (Y; Z) W>|B<C>" },
		{ "Guido (van) Rossum (CWI)", "Guido (van) Rossum<CWI>" },
		{ "Guido (van) Rossum", "Guido (van) Rossum" },
		{ "A () (X)", "A<X>" },
		{ " A ( X ) ; ; B ; ", "A<X>|B" },
		{ "Clément Hongler (École)", "Clément Hongler<École>" },
	};
	struct error error = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(str_free) struct str people = STR_INIT;
		assert_int_equal(people_parse(cases[i].text, note_person, &people, &error),
			STATUS_OK);
		assert_string_equal(people.text, cases[i].people);
	}
}

static void test_faults(void **state)
{
	static const struct {
		const char *text;
		const char *words;
	} cases[] = {
		{ "A (X", "'(' without ')'" },
		{ "A (X; B (Y)", "'(' without ')'" },
		{ "A X)", "')' without '('" },
		{ "A )X(", "')' without '('" },
		{ "(NYU)", "no name before the bracket" },
		{ "A; (NYU) (X)", "no name before the bracket" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(str_free) struct str people = STR_INIT;
		struct error error = ERROR_INIT;
		assert_int_equal(people_parse(cases[i].text, note_person, &people, &error),
			STATUS_REJECTED);
		assert_non_null(strstr(error.message, cases[i].words));
	}
}

static void test_tidy(void **state)
{
	CLEANUP(str_free) struct str tidy = STR_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(people_tidy(" B(X)( Y;Z );;A ;", &tidy, &error), STATUS_OK);
	assert_string_equal(tidy.text, "B (X) (Y;Z); A");
	/* Tidied twice is tidied once. */
	CLEANUP(memory_free_text) char *once = xstrdup(tidy.text);
	assert_int_equal(people_tidy(once, &tidy, &error), STATUS_OK);
	assert_string_equal(tidy.text, once);
}

static void test_names(void **state)
{
	CLEANUP(str_free) struct str names = STR_INIT;

	(void)state;
	people_names("Hanie Sedghi (Google; Mountain View); Rahim Entezari", &names);
	assert_string_equal(names.text, "Hanie Sedghi;Rahim Entezari");
	people_names("", &names);
	assert_string_equal(names.text, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_tidy),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
