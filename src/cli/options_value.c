/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/options_value.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"
#include "util/zone.h"

#include <assert.h>
#include <string.h>

enum {
	NUMBER_DIGITS_MAX = 15, /* far from INT64_MAX, also with two decimals more */
};

static int decimals_of(enum option_kind kind)
{
	switch (kind) {
	case OPTION_PERMILLE:
		return 1;
	case OPTION_HUNDREDTHS:
		return 2;
	default:
		return 0;
	}
}

/* Reads "-12.5" exactly, as an integer of 10^-decimals; false if it is anything else. */
static bool read_decimal(const char *text, int decimals, int64_t *ret_value)
{
	bool is_negative = *text == '-';
	int64_t value = 0;
	int digits = 0;
	int behind_point = 0;

	if (is_negative)
		text++;
	for (; *text >= '0' && *text <= '9'; text++, digits++) {
		if (digits == NUMBER_DIGITS_MAX)
			return false;
		value = value * 10 + (*text - '0');
	}
	if (digits == 0)
		return false;
	if (*text == '.' && decimals > 0) {
		for (text++; *text >= '0' && *text <= '9'; text++, behind_point++) {
			if (behind_point == decimals)
				return false;
			value = value * 10 + (*text - '0');
		}
		if (behind_point == 0)
			return false;
	}
	if (*text != '\0')
		return false;
	for (; behind_point < decimals; behind_point++)
		value *= 10;
	*ret_value = is_negative ? -value : value;
	return true;
}

static void write_decimal(int64_t value, int decimals, struct str *str)
{
	int64_t scale = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
	uint64_t whole = size / (uint64_t)scale;
	uint64_t rest = size % (uint64_t)scale;

	str_addf(str, "%s%llu", value < 0 ? "-" : "", (unsigned long long)whole);
	if (rest != 0)
		str_addf(str, ".%0*llu", decimals, (unsigned long long)rest);
}

static enum status check_number(const struct option *option, const char *value, int64_t *ret_number,
	struct error *error)
{
	int decimals = decimals_of(option->kind);
	int64_t number;

	if (!read_decimal(value, decimals, &number)) {
		(void)error_set(error, STATUS_USAGE, "--%s: '%s' is not a number", option->name,
			value);
		if (decimals > 0)
			return error_hint(error, "a number such as 80 or 79.5, with at most %s",
				decimals == 1 ? "one decimal" : "two decimals");
		return error_hint(error, "a whole number such as 12");
	}
	bool has_range = option->min != 0 || option->max != 0;
	if (has_range && (number < option->min || number > option->max)) {
		CLEANUP(str_free) struct str range = STR_INIT;

		write_decimal(option->min, decimals, &range);
		str_add(&range, " to ");
		write_decimal(option->max, decimals, &range);
		return error_set(error, STATUS_USAGE, "--%s: '%s' is out of range (%s)",
			option->name, value, range.text);
	}
	*ret_number = number;
	return STATUS_OK;
}

static enum status check_choice(const struct option *option, const char *value, struct error *error)
{
	CLEANUP(str_free) struct str names = STR_INIT;

	assert(option->choices != NULL);
	for (const char *const *choice = option->choices; *choice != NULL; choice++) {
		if (strcmp(*choice, value) == 0)
			return STATUS_OK;
		str_addf(&names, "%s%s", names.length > 0 ? ", " : "", *choice);
	}
	(void)error_set(error, STATUS_USAGE, "--%s: '%s' is not a choice", option->name, value);
	return error_hint(error, "one of: %s", names.text);
}

static enum status check_text(const struct option *option, const char *value, struct error *error)
{
	size_t length = strlen(value);
	size_t at;

	if (!text_is_utf8(value, length, &at))
		return error_set(error, STATUS_USAGE,
			"--%s: the value is not UTF-8 text (byte %zu)", option->name, at + 1);
	if (text_has_control(value, length, "\t\n\r", &at))
		return error_set(error, STATUS_USAGE,
			"--%s: the value has a control character (byte %zu)", option->name, at + 1);
	return STATUS_OK;
}

static enum status check_zone(const char *value, struct error *error)
{
	CLEANUP(zone_closep) struct zone *zone = NULL;

	return zone_open(value, &zone, error);
}

/* Checks by functions that do not know the option: its name is put before their message. */
static enum status check_time_date_zone(const struct option *option, const char *value,
	struct error *error)
{
	zone_day day;
	enum status status;

	if (option->kind == OPTION_TIME)
		status = time_check(value, error);
	else if (option->kind == OPTION_DATE)
		status = date_parse(value, &day, error);
	else
		status = check_zone(value, error);
	if (status != STATUS_OK)
		return error_prefix(error, "--%s", option->name);
	return STATUS_OK;
}

enum status option_value_check(const struct option *option, const char *value, int64_t *ret_number,
	struct error *error)
{
	bool is_empty_fine = option->kind == OPTION_TEXT && option->may_be_empty;

	if (*value == '\0' && !is_empty_fine)
		return error_set(error, STATUS_USAGE, "--%s: the value is empty", option->name);
	switch (option->kind) {
	case OPTION_TEXT:
		return check_text(option, value, error);
	case OPTION_INTEGER:
	case OPTION_PERMILLE:
	case OPTION_HUNDREDTHS:
		return check_number(option, value, ret_number, error);
	case OPTION_CHOICE:
		return check_choice(option, value, error);
	case OPTION_TIME:
	case OPTION_DATE:
	case OPTION_ZONE:
		return check_time_date_zone(option, value, error);
	case OPTION_FILE:
	case OPTION_OUTPUT:
		return STATUS_OK;
	case OPTION_FLAG:
	case OPTION_END:
		break;
	}
	assert(false);
	return STATUS_OK;
}
