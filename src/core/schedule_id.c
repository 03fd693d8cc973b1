/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/schedule_private.h"

#include "util/hash.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLUG_MAX = 60,        /* bytes of a title's slug */
	ACRONYM_MIN = 4,      /* characters; both schemas */
	NUMBER_DIGITS_16 = 8, /* hexadecimal digits of a guid that a number is made of */
};

/* Nine digits: enough that two hardly meet, and within the 32 bits that clients have. */
static const unsigned long number_first = 100000000;
static const unsigned long number_count = 900000000;

void schedule_guid(const struct schedule *schedule, const char *kind, const char *name,
	int64_t number, char ret_guid[static GUID_TEXT_SIZE])
{
	CLEANUP(hash_freep) struct hash *hash = hash_new("regtool-schedule");
	CLEANUP(str_free) struct str key = STR_INIT;
	unsigned char bytes[HASH_SIZE];
	char hex[2 * HASH_SIZE + 1];

	hash_add_bytes(hash, schedule->origin, sizeof schedule->origin);
	text_fold(schedule->event->code, &key);
	hash_add_text(hash, key.text);
	hash_add_text(hash, kind);
	text_fold(name, &key);
	hash_add_text(hash, key.text);
	hash_add_integer(hash, number);
	hash_finish(hash, bytes);
	bytes[6] = (unsigned char)(0x80 | (bytes[6] & 0x0f)); /* the version: 8 */
	bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3f)); /* the variant */
	hash_to_hex(bytes, sizeof bytes, hex);
	(void)snprintf(ret_guid, GUID_TEXT_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8,
		hex + 12, hex + 16, hex + 20);
}

int64_t schedule_number(const char *guid)
{
	char digits[NUMBER_DIGITS_16 + 1];

	(void)snprintf(digits, sizeof digits, "%s", guid);
	return (int64_t)(number_first + strtoul(digits, NULL, 16) % number_count);
}

static bool is_plain(char character)
{
	return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

void schedule_add_slug(struct str *str, const char *text)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	CLEANUP(str_free) struct str slug = STR_INIT;

	text_search_key(text, &key);
	for (const char *at = key.text; *at != '\0' && slug.length < SLUG_MAX; at++) {
		if (is_plain(*at))
			str_add_char(&slug, *at);
		else if (slug.length > 0 && slug.text[slug.length - 1] != '-')
			str_add_char(&slug, '-');
	}
	while (slug.length > 0 && slug.text[slug.length - 1] == '-')
		str_cut(&slug, slug.length - 1);
	str_add(str, slug.text);
}

void schedule_acronym(const char *code, struct str *ret)
{
	CLEANUP(str_free) struct str slug = STR_INIT;

	schedule_add_slug(&slug, code);
	str_clear(ret);
	if (slug.length < ACRONYM_MIN)
		str_add(ret, "conf_");
	for (const char *at = slug.text; *at != '\0'; at++)
		str_add_char(ret, *at == '-' ? '_' : *at);
}
