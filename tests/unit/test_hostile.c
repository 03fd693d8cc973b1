/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Damaged and hostile database files, tried one after the other on the whole program: each page
 * of the file spoilt in several ways, each byte of the header, files cut off. What must hold of
 * each is at hostile_try. (What nobody thought of is for tests/fuzz/fuzz_database.)
 */
#define FUZZ_NO_MAIN
#include "../fuzz/hostile.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct str sound = STR_INIT;
static unsigned random_state = 20220215;
static int tried;
static int unseen; /* another answer, and no fault found */

/* The same numbers in each run. */
static unsigned next_random(void)
{
	random_state = random_state * 1103515245 + 12345;
	return random_state >> 8;
}

static int start(void **state)
{
	(void)state;
	hostile_make(&sound);
	hostile_learn(&sound);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	print_message("# %d files, of which %d gave another answer without a fault found\n", tried,
		unseen);
	hostile_end();
	str_free(&sound);
	return 0;
}

/* All commands would take too long on each: some, in turn. */
static void try(const void *image, size_t length, const char *what, size_t where)
{
	char name[80];
	unsigned reading = 1 + (unsigned)tried % (HOSTILE_READINGS - 1);

	(void)snprintf(name, sizeof name, "%s at %zu", what, where);
	hostile_what = name;
	unseen += hostile_try(image, length, 1U << reading, 1U << tried % HOSTILE_WRITINGS);
	tried++;
}

/* The image with `count` bytes at `where` replaced, which are put back afterwards. */
static void try_bytes(size_t where, const void *bytes, size_t count, const char *what)
{
	CLEANUP(memory_free_text) char *kept = xmalloc(count);

	memcpy(kept, sound.text + where, count);
	memcpy(sound.text + where, bytes, count);
	try(sound.text, sound.length, what, where);
	memcpy(sound.text + where, kept, count);
}

static void try_byte(size_t where, unsigned char byte, const char *what)
{
	try_bytes(where, &byte, 1, what);
}

static unsigned char byte_at(size_t where)
{
	return (unsigned char)sound.text[where];
}

/* Each of the first 100 bytes. */
static void test_header(void **state)
{
	(void)state;
	for (size_t at = 0; at < 100; at++) {
		try_byte(at, at % 2 == 0 ? (unsigned char)~byte_at(at) : 0xff, "header byte");
	}
}

/* Fields of the header that say how the rest is to be read. */
static void test_header_fields(void **state)
{
	static const struct {
		size_t at;
		size_t size;
		unsigned char bytes[4];
	} fields[] = {
		{ 16, 2, { 2, 0 } },       /* pages of 512 bytes */
		{ 16, 2, { 0, 1 } },       /* of 65536 */
		{ 16, 2, { 0, 0 } },       /* of none */
		{ 18, 2, { 2, 2 } },       /* WAL */
		{ 20, 1, { 200 } },        /* bytes kept free in each page */
		{ 28, 4, { 0, 0, 0, 1 } }, /* pages in all */
		{ 28, 4, { 0x7f, 0xff, 0xff, 255 } },
		{ 32, 4, { 0, 0, 0, 2 } },  /* the first free page */
		{ 36, 4, { 0, 0, 1, 0 } },  /* free pages */
		{ 52, 4, { 0, 0, 0, 1 } },  /* auto-vacuum */
		{ 56, 4, { 0, 0, 0, 2 } },  /* UTF-16 */
		{ 60, 4, { 0, 0, 0, 1 } },  /* an older version */
		{ 60, 4, { 0, 0, 0, 99 } }, /* a newer one */
		{ 60, 4, { 255, 255, 255, 255 } },
		{ 68, 4, { 'F', 'o', 'r', 'm' } }, /* another program's */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++)
		try_bytes(fields[i].at, fields[i].bytes, fields[i].size, "header field");
}

/* Each page: emptied, noise, and, by turns, spoilt in what a tree's page is read by. */
static void test_pages(void **state)
{
	static const unsigned char kinds[] = { 2, 5, 10, 13 };
	unsigned char page[HOSTILE_PAGE_SIZE];

	(void)state;
	for (size_t number = 1; number < sound.length / HOSTILE_PAGE_SIZE; number++) {
		size_t first = number * HOSTILE_PAGE_SIZE;
		memset(page, 0, sizeof page);
		try_bytes(first, page, sizeof page, "zeroed page");
		for (size_t i = 0; i < sizeof page; i++)
			page[i] = (unsigned char)next_random();
		try_bytes(first, page, sizeof page, "page of noise");
		switch (number % 5) {
		case 0:
			try_byte(first, kinds[next_random() % COUNT(kinds)], "page kind");
			break;
		case 1:
			try_byte(first + 4, byte_at(first + 4) ^ 1, "cell count");
			break;
		case 2:
			try_byte(first + 6, byte_at(first + 6) ^ 2, "start of the cells");
			break;
		case 3:
			try_byte(first + 9, (unsigned char)next_random(), "first cell's place");
			break;
		default:
			memcpy(page, sound.text + first - HOSTILE_PAGE_SIZE, sizeof page);
			try_bytes(first, page, sizeof page, "the page before");
		}
	}
}

/* Bits turned anywhere. */
static void test_bits(void **state)
{
	(void)state;
	for (int i = 0; i < 250; i++) {
		size_t at = next_random() % sound.length;
		try_byte(at, byte_at(at) ^ (unsigned char)(1U << next_random() % 8), "bit");
	}
}

/* The second letter of a text is another, wherever it stands; all commands read it. */
static void try_text(const char *text, char letter)
{
	CLEANUP(memory_free_text) char *image = xmalloc(sound.length);
	char *place = image;

	memcpy(image, sound.text, sound.length);
	for (;;) {
		size_t left = (size_t)(image + sound.length - place);
		place = memmem(place, left, text, strlen(text));
		if (place == NULL)
			break;
		place[1] = letter;
	}
	hostile_what = text;
	(void)hostile_try(image, sound.length, UINT_MAX, UINT_MAX);
}

/* Texts that are not UTF-8 any more, or say what nothing is called. */
static void test_texts(void **state)
{
	static const char *const texts[] = { "Person 3", "p3@example.org", "no nuts 7",
		"Europe/Zurich", "attendee", "confirmed" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		try_text(texts[i], (char)0xff);
		try_text(texts[i], '?');
	}
}

static void test_cut(void **state)
{
	(void)state;
	for (size_t length = 1; length < sound.length; length += 3 * HOSTILE_PAGE_SIZE / 2)
		try(sound.text, length, "cut", length);
	for (size_t length = HOSTILE_PAGE_SIZE; length < sound.length;
		length += 4 * HOSTILE_PAGE_SIZE)
		try(sound.text, length, "cut", length);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_header_fields),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests_name("hostile", tests, start, stop);
}
