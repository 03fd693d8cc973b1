/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/text.h"

#include "util/memory.h"

#include "unit.h"

#include <utf8proc.h>

/* --- Valid or not --- */

static void good_utf8_is_accepted(void **state)
{
	static const char *const good[] = { "", "a", "é", "€", "𝄞", "a\u0300", "\x7f", "\xc2\x80",
		"\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff",
		"eight by", "eight bytes é and more ASCII behind it" };
	size_t at;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(text_is_utf8(good[i], strlen(good[i]), &at));
	assert_true(text_is_utf8("a\0b", 3, &at));
}

/* Behind 0 to 20 letters, so that it falls on each byte of the words that are looked at. */
static void bad_utf8_is_found_where_it_stands(void **state)
{
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(",
		"\xe0\x80\x80", "\xe0\x9f\xbf", "\xe2\x82", "\xe2\x82(", "\xed\xa0\x80",
		"\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x9d\x84", "\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80", "\xfe", "\xff" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		for (size_t letters = 0; letters <= 20; letters++) {
			CLEANUP(str_free) struct str text = STR_INIT;
			size_t at = SIZE_MAX;
			for (size_t j = 0; j < letters; j++)
				str_add(&text, j == 1 ? "é" : "x");
			size_t expected = text.length;
			str_add(&text, bad[i]);
			assert_false(text_is_utf8(text.text, text.length, &at));
			assert_int_equal(at, expected);
		}
	}
}

static void controls_are_found(void **state)
{
	size_t at = SIZE_MAX;

	(void)state;
	assert_false(text_has_control("", 0, "", &at));
	assert_false(text_has_control("a\tb\r\n", 5, "\t\r\n", &at));
	assert_false(text_has_control("\u00a0 \u0100\u0301", 6, "", &at));
	assert_int_equal(at, SIZE_MAX);
	assert_true(text_has_control("a\tb", 3, "\r\n", &at));
	assert_int_equal(at, 1);
	assert_true(text_has_control("\0", 1, "\t\r\n", &at));
	assert_int_equal(at, 0);
	assert_true(text_has_control("abc\x7f", 4, "", &at));
	assert_int_equal(at, 3);
	assert_true(text_has_control("é\xc2\x85", 4, "", &at));
	assert_int_equal(at, 2);
	assert_true(text_has_control("\xc2\x9f", 2, "\xc2", &at));
	assert_int_equal(at, 0);
	assert_false(text_has_control("\xc2(", 2, "", &at));
}

/* --- Forms --- */

static void assert_cleaned(const char *text, const char *expected)
{
	CLEANUP(str_free) struct str clean = STR_INIT;

	str_add(&clean, "what was there before");
	text_clean(text, strlen(text), &clean);
	assert_string_equal(clean.text, expected);
	assert_int_equal(clean.length, strlen(expected));
}

static void clean_trims_all_white_space(void **state)
{
	(void)state;
	assert_cleaned("", "");
	assert_cleaned("  ", "");
	assert_cleaned("\u3000", "");
	assert_cleaned(" a ", "a");
	assert_cleaned("\t\r\n\v\fa  b\n", "a  b");
	assert_cleaned("\u00a0\u2003é\u202f\u2029\xc2\x85 ", "é");
	assert_cleaned("a\r\nb", "a\r\nb");
	assert_cleaned("\u200ba", "\u200ba"); /* has no width, but is no white space */
}

static void clean_composes(void **state)
{
	(void)state;
	assert_cleaned("Kova\u0301r\u030cova\u0301", "Kovářová");
	assert_cleaned("\u212b", "Å");
	assert_cleaned("\u1112\u1161\u11ab", "한");
	assert_cleaned("q\u0307\u0323", "q\u0323\u0307");
	assert_cleaned("ﬁ²", "ﬁ²"); /* not the compatibility form */
}

/* A text of letters, marks, Hangul, white space: whatever may join or be sorted. */
static void add_random_text(uint64_t *seed, size_t count, struct str *text)
{
	static const char *const parts[] = { "a", "E", " ", "e\u0301", "\u0323", "\u0307", "é", "ﬁ",
		"\u1112", "\u1161", "\u11ab", "가", "李", "\u09c7", "\u09be", "\n", "\u00a0", "Å",
		"\U0001f600", "ß", "İ", "Σ", "\u0344", "\u3099", "か", "\u200d", "'" };

	for (size_t i = 0; i < count; i++)
		str_add(text, parts[unit_random_below(seed, COUNT(parts))]);
}

/* Texts of up to some thousand bytes go through in pieces; the whole is the reference. */
static void clean_is_nfc_of_any_length(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str clean = STR_INIT;
		CLEANUP(str_free) struct str again = STR_INIT;
		str_add(&text, "x");
		add_random_text(&seed, unit_random_below(&seed, round < 1500 ? 20 : 2000), &text);
		str_add(&text, "x");
		text_clean(text.text, text.length, &clean);
		utf8proc_uint8_t *expected = utf8proc_NFC((const utf8proc_uint8_t *)text.text);
		assert_non_null(expected);
		assert_string_equal(clean.text, (const char *)expected);
		free(expected);
		text_clean(clean.text, clean.length, &again);
		assert_string_equal(again.text, clean.text);
		if (text_is_clean(text.text, text.length))
			assert_string_equal(clean.text, text.text);
	}
}

/* Marks on one letter, more than go through in a piece, are sorted and composed as a whole. */
static void clean_is_nfc_of_long_runs(void **state)
{
	static const char *const marks[] = { "\u0301", "\u0323", "\u0327", "\u0345", "\u0344",
		"\u1dca", "\u0334", "\u09be", "\u3099", "\u034f", "\u1161" };
	uint64_t seed = 3;

	(void)state;
	for (size_t round = 0; round < 200; round++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str clean = STR_INIT;
		size_t count = 150 + unit_random_below(&seed, 400);
		str_add(&text, "x");
		add_random_text(&seed, unit_random_below(&seed, 300), &text);
		str_add(&text, round % 2 == 0 ? "xe" : "か");
		for (size_t i = 0; i < count; i++)
			str_add(&text, marks[unit_random_below(&seed, COUNT(marks))]);
		add_random_text(&seed, unit_random_below(&seed, 300), &text);
		str_add(&text, "x");
		utf8proc_uint8_t *expected = utf8proc_NFC((const utf8proc_uint8_t *)text.text);
		assert_non_null(expected);
		text_clean(text.text, text.length, &clean);
		assert_string_equal(clean.text, (const char *)expected);
		free(expected);
	}
}

static void what_is_clean_is_seen(void **state)
{
	static const char *const clean[] = { "", "a", "a b", "Müller", "a\nb", "été" };
	static const char *const unclean[] = { " a", "a ", "\ta", "a\u00a0", "\u2003", "e\u0301" };

	(void)state;
	for (size_t i = 0; i < COUNT(clean); i++)
		assert_true(text_is_clean(clean[i], strlen(clean[i])));
	for (size_t i = 0; i < COUNT(unclean); i++)
		assert_false(text_is_clean(unclean[i], strlen(unclean[i])));
}

/* A hundred thousand marks on one letter, in the order that is worst for sorting them, take
 * no time that anybody would notice; quadratic they would take minutes. */
static void many_marks_are_no_trap(void **state)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	CLEANUP(str_free) struct str clean = STR_INIT;

	(void)state;
	str_add(&text, "a");
	for (int i = 0; i < 100000; i++)
		str_add(&text, i < 50000 ? "\u0345" : "\u0316");
	text_clean(text.text, text.length, &clean);
	assert_int_equal(clean.length, text.length);
}

static void fold_compares(const char *a, const char *b, bool are_same)
{
	CLEANUP(str_free) struct str first = STR_INIT;
	CLEANUP(str_free) struct str second = STR_INIT;

	text_fold(a, &first);
	text_fold(b, &second);
	assert_int_equal(strcmp(first.text, second.text) == 0, are_same);
}

static void fold_takes_case_and_form_alone(void **state)
{
	(void)state;
	fold_compares("Ada@Example.ORG", "ada@example.org", true);
	fold_compares("KOVA\u0301", "ková", true);
	fold_compares("STRASSE", "straße", true);
	fold_compares("ΣΊΣΥΦΟΣ", "σίσυφος", true);
	fold_compares("Muller", "Müller", false);
	fold_compares("a b", "a  b", false);
	fold_compares("a-b", "a_b", false);
	fold_compares("", " ", false);
}

static void assert_search_key(const char *text, const char *expected)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	text_search_key(text, &key);
	assert_string_equal(key.text, expected);
}

static void search_key_is_plain(void **state)
{
	(void)state;
	assert_search_key("", "");
	assert_search_key(" \t ", "");
	assert_search_key("  Ada \t\n Lovelace ", "ada lovelace");
	assert_search_key("Müller", "muller");
	assert_search_key("MU\u0308LLER", "muller");
	assert_search_key("Clément\u00a0 Hongler", "clement hongler");
	assert_search_key("Łukasz Ørsted Đorđe", "lukasz orsted dorde");
	assert_search_key("ＡＤＡ ﬁ", "ada fi");
	assert_search_key("so\u00adft", "soft");
	assert_search_key("李小龙", "李小龙");
}

static void assert_same_header(const char *a, const char *b)
{
	CLEANUP(str_free) struct str first = STR_INIT;
	CLEANUP(str_free) struct str second = STR_INIT;

	text_header_key(a, &first);
	text_header_key(b, &second);
	assert_string_equal(first.text, second.text);
}

static void headers_match_without_regard_to_trifles(void **state)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	(void)state;
	assert_same_header("E-Mail Address", "e_mail address");
	assert_same_header("email", "E-mail");
	assert_same_header("given_name", "Given Name");
	assert_same_header("Prénom", "PRENOM");
	assert_same_header("Vollständiger Name", "vollstandigername");
	assert_same_header("E\u2011Mail\u2013Adresse", "e-mail-adresse");
	assert_same_header("l'adresse", "l\u2019adresse");
	assert_same_header("  Rôle  ", "role");
	text_header_key("Matrikel-Nr. (neu)", &key);
	assert_string_equal(key.text, "matrikelnr(neu)");
	text_header_key("名前", &key);
	assert_string_equal(key.text, "名前");
}

/* --- Distance --- */

static void distance_counts_slips(void **state)
{
	char longest[65] = { 0 };
	char longer[66] = { 0 };

	(void)state;
	assert_int_equal(text_distance("", ""), 0);
	assert_int_equal(text_distance("", "abc"), 3);
	assert_int_equal(text_distance("abc", ""), 3);
	assert_int_equal(text_distance("checkin", "checkin"), 0);
	assert_int_equal(text_distance("chekin", "checkin"), 1);
	assert_int_equal(text_distance("checkkin", "checkin"), 1);
	assert_int_equal(text_distance("chackin", "checkin"), 1);
	assert_int_equal(text_distance("chekcin", "checkin"), 1);
	assert_int_equal(text_distance("kitten", "sitting"), 3);
	assert_int_equal(text_distance("ab", "ba"), 1);
	memset(longest, 'a', 64);
	memset(longer, 'a', 65);
	assert_int_equal(text_distance(longest, ""), 64);
	assert_int_equal(text_distance(longest, longest), 0);
	assert_int_equal(text_distance(longer, longer), SIZE_MAX);
	assert_int_equal(text_distance("a", longer), SIZE_MAX);
}

static void distance_is_a_measure(void **state)
{
	uint64_t seed = 3;
	char words[3][9];

	(void)state;
	for (int round = 0; round < 5000; round++) {
		for (size_t i = 0; i < 3; i++) {
			size_t length = unit_random_below(&seed, 9);
			for (size_t j = 0; j < length; j++)
				words[i][j] = (char)('a' + unit_random_below(&seed, 3));
			words[i][length] = '\0';
		}
		size_t distance = text_distance(words[0], words[1]);
		size_t longer =
			strlen(words[0]) > strlen(words[1]) ? strlen(words[0]) : strlen(words[1]);
		assert_int_equal(text_distance(words[1], words[0]), distance);
		assert_int_equal(distance == 0, strcmp(words[0], words[1]) == 0);
		assert_in_range(distance, 0, longer);
	}
}

/* --- Sets --- */

static void assert_set(const char *text, bool lower, const char *expected)
{
	CLEANUP(str_free) struct str set = STR_INIT;
	CLEANUP(str_free) struct str again = STR_INIT;

	text_set_parse(text, lower, &set);
	assert_string_equal(set.text, expected);
	text_set_parse(set.text, lower, &again);
	assert_string_equal(again.text, expected);
}

static void sets_are_canonical(void **state)
{
	(void)state;
	assert_set("", false, "");
	assert_set(" ; + ;", false, "");
	assert_set("student", false, "student");
	assert_set("speaker+chair", false, "chair;speaker");
	assert_set("b; a ;b;;c", false, "a;b;c");
	assert_set("B;b", false, "B;b");
	assert_set("B;b", true, "b");
	assert_set("Élève;É", true, "é;élève");
	assert_set("E\u0301", true, "é");
	assert_set("a b;a", false, "a;a b");
	assert_set("ab;a", false, "a;ab");
}

static void sets_know_their_words(void **state)
{
	(void)state;
	assert_true(text_set_has("a;ab;b", "ab"));
	assert_true(text_set_has("a;ab;b", "a"));
	assert_true(text_set_has("a;ab;b", "b"));
	assert_false(text_set_has("a;ab;b", "ab;b"));
	assert_false(text_set_has("a;ab;b", "c"));
	assert_false(text_set_has("abc", "ab"));
	assert_false(text_set_has("", ""));
	assert_false(text_set_has("", "a"));
}

static void sets_are_walked(void **state)
{
	const char *position = "a;bc";
	const char *word;
	size_t length;

	(void)state;
	assert_true(text_set_next(&position, &word, &length));
	assert_int_equal(length, 1);
	assert_memory_equal(word, "a", 1);
	assert_true(text_set_next(&position, &word, &length));
	assert_int_equal(length, 2);
	assert_memory_equal(word, "bc", 2);
	assert_false(text_set_next(&position, &word, &length));
}

/* Against masks of bits: "0" stands for bit 0, "00" for bit 1, and so on. */
static void add_set_of(unsigned int mask, struct str *set)
{
	CLEANUP(str_free) struct str words = STR_INIT;

	for (unsigned int bit = 0; bit < 6; bit++) {
		if ((mask & 1U << bit) != 0)
			str_addf(&words, "%0*d;", (int)bit + 1, 0);
	}
	text_set_parse(words.text, false, set);
}

static void sets_join_and_meet_like_sets(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 64; i++) {
		for (unsigned int j = 0; j < 64; j++) {
			CLEANUP(str_free) struct str a = STR_INIT;
			CLEANUP(str_free) struct str b = STR_INIT;
			CLEANUP(str_free) struct str expected = STR_INIT;
			CLEANUP(str_free) struct str joined = STR_INIT;
			add_set_of(i, &a);
			add_set_of(j, &b);
			add_set_of(i | j, &expected);
			text_set_join(a.text, b.text, &joined);
			assert_string_equal(joined.text, expected.text);
			assert_int_equal(text_sets_meet(a.text, b.text), (i & j) != 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_utf8_is_accepted),
		cmocka_unit_test(bad_utf8_is_found_where_it_stands),
		cmocka_unit_test(controls_are_found),
		cmocka_unit_test(clean_trims_all_white_space),
		cmocka_unit_test(clean_composes),
		cmocka_unit_test(clean_is_nfc_of_any_length),
		cmocka_unit_test(clean_is_nfc_of_long_runs),
		cmocka_unit_test(what_is_clean_is_seen),
		cmocka_unit_test(many_marks_are_no_trap),
		cmocka_unit_test(fold_takes_case_and_form_alone),
		cmocka_unit_test(search_key_is_plain),
		cmocka_unit_test(headers_match_without_regard_to_trifles),
		cmocka_unit_test(distance_counts_slips),
		cmocka_unit_test(distance_is_a_measure),
		cmocka_unit_test(sets_are_canonical),
		cmocka_unit_test(sets_know_their_words),
		cmocka_unit_test(sets_are_walked),
		cmocka_unit_test(sets_join_and_meet_like_sets),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
