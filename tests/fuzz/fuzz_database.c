/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The database file itself. An input is what is read (a byte), what is written (a byte, a bit
 * for each command), and changes to the sound file, each of them a byte for its kind, two for
 * the page, two for the place in it, and what the kind asks for. What must hold is at
 * hostile_try.
 */
#include "hostile.h"

enum change {
	CHANGE_BYTE,  /* and the byte */
	CHANGE_BYTES, /* and how many, and the bytes */
	CHANGE_FILL,  /* and the byte, up to the page's end */
	CHANGE_PAGE,  /* and the page (two bytes) that is copied over it */
	CHANGE_CUT,   /* the file ends there */
	CHANGE_COUNT,
};

static struct str sound = STR_INIT;
static char *image;

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	(void)argument_count;
	(void)arguments;
	hostile_make(&sound);
	hostile_learn(&sound);
	image = xmalloc(sound.length);
	(void)atexit(hostile_end);
	return 0;
}

static size_t read_number(struct fuzz_input *input)
{
	size_t high = fuzz_byte(input);

	return high << 8 | fuzz_byte(input);
}

static size_t read_page(struct fuzz_input *input)
{
	return read_number(input) % (sound.length / HOSTILE_PAGE_SIZE) * HOSTILE_PAGE_SIZE;
}

static void change(struct fuzz_input *input, size_t *length)
{
	enum change kind = (enum change)fuzz_choice(input, CHANGE_COUNT);
	size_t page = read_page(input);
	size_t place = page + read_number(input) % HOSTILE_PAGE_SIZE;
	size_t left = page + HOSTILE_PAGE_SIZE - place;

	switch (kind) {
	case CHANGE_BYTE:
		image[place] = (char)fuzz_byte(input);
		break;
	case CHANGE_BYTES:
		for (size_t count = fuzz_byte(input); count > 0 && left > 0; count--, left--)
			image[place++] = (char)fuzz_byte(input);
		break;
	case CHANGE_FILL:
		memset(image + place, fuzz_byte(input), left);
		break;
	case CHANGE_PAGE:
		memmove(image + page, image + read_page(input), HOSTILE_PAGE_SIZE);
		break;
	default:
		*length = place;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	unsigned reading = (unsigned)fuzz_choice(&input, HOSTILE_READINGS);
	unsigned writings = fuzz_byte(&input);
	size_t length = sound.length;

	memcpy(image, sound.text, length);
	while (input.length > 0)
		change(&input, &length);
	hostile_what = "an input";
	(void)hostile_try(image, length, 1U << reading, writings);
	return 0;
}
