/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/checkin_line.h"

#include "util/memory.h"
#include "util/text.h"

#include <jansson.h>
#include <string.h>

static const char white_space[] = " \t\r\n\v\f";

void checkin_line_free(struct checkin_line *line)
{
	json_decref(line->owned);
	*line = (struct checkin_line)CHECKIN_LINE_INIT;
}

bool checkin_line_is_empty(const char *text, size_t length)
{
	return strspn(text, white_space) == length;
}

static bool complain(struct str *problem, const char *words)
{
	str_add(problem, words);
	return false;
}

static bool read_at(const char *text, const struct zone *zone, int64_t *ret_s, struct str *problem)
{
	struct error error = ERROR_INIT;

	if (time_parse(zone, text, ret_s, &error) == STATUS_OK)
		return true;
	str_addf(problem, "at: %s%s%s", error.message, error.hint[0] != '\0' ? "; " : "",
		error.hint);
	return false;
}

static bool read_direction(const char *text, bool *ret_is_out, struct str *problem)
{
	*ret_is_out = strcmp(text, "out") == 0;
	if (*ret_is_out || strcmp(text, "in") == 0)
		return true;
	str_addf(problem, "direction: '%s' is neither 'in' nor 'out'", text);
	return false;
}

static bool read_key(struct checkin_request *request, const char *key, const char *text,
	const struct zone *zone, struct str *problem)
{
	size_t at;

	if (strcmp(key, "token") == 0)
		request->token = text;
	else if (strcmp(key, "who") == 0)
		request->who = text;
	else if (strcmp(key, "session") == 0)
		request->session = text;
	else if (strcmp(key, "at") == 0) {
		request->is_now = false;
		return read_at(text, zone, &request->at_s, problem);
	} else if (strcmp(key, "direction") == 0)
		return read_direction(text, &request->is_out, problem);
	else if (strcmp(key, "station") == 0) {
		request->station = text;
		if (text_has_control(text, strlen(text), "", &at))
			return complain(problem, "station: has a control character");
	} else if (strcmp(key, "nonce") == 0) {
		request->nonce = text;
		if (!checkin_is_nonce(text))
			return complain(problem, "nonce: not 1 to 64 printable characters");
	}
	return true;
}

static bool is_key(const char *key)
{
	static const char *const keys[] = {
		"token",
		"who",
		"at",
		"session",
		"direction",
		"station",
		"nonce",
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static bool read_object(json_t *object, const struct zone *zone, struct checkin_request *request,
	struct str *problem)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (!is_key(key)) {
			str_addf(problem, "unknown key '%s'", key);
			return false;
		}
		/* Absent is null, as everywhere. */
		if (json_is_null(value))
			continue;
		if (!json_is_string(value)) {
			str_addf(problem, "%s: is not a string", key);
			return false;
		}
		if (!read_key(request, key, json_string_value(value), zone, problem))
			return false;
	}
	return true;
}

static bool read_json(const char *text, size_t length, const struct zone *zone,
	struct checkin_line *line, struct str *problem)
{
	struct checkin_request *request = &line->request;
	json_error_t error;
	json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

	if (object == NULL) {
		str_addf(problem, "JSON: %s (column %d)", error.text, error.column);
		return false;
	}
	line->owned = object;
	request->token = NULL;
	request->who = NULL;
	if (!read_object(object, zone, request, problem))
		return false;
	if (request->token != NULL && request->who != NULL)
		return complain(problem, "both 'token' and 'who'");
	if ((request->token == NULL || *request->token == '\0') &&
		(request->who == NULL || *request->who == '\0'))
		return complain(problem, "neither 'token' nor 'who'");
	if (request->is_out || request->session != NULL)
		request->is_arrival = false;
	return true;
}

bool checkin_line_read(char *text, size_t length, const struct checkin_request *otherwise,
	const struct zone *zone, struct checkin_line *ret_line, struct str *problem)
{
	CLEANUP(checkin_line_free) struct checkin_line line = { .request = *otherwise };
	size_t at;

	if (!text_is_utf8(text, length, &at)) {
		str_addf(problem, "not UTF-8 (byte %zu)", at + 1);
		return false;
	}
	if (memchr(text, '\0', length) != NULL)
		return complain(problem, "has a NUL byte");
	while (length > 0 && strchr(white_space, text[length - 1]) != NULL)
		text[--length] = '\0';
	size_t indent = strspn(text, white_space);
	text += indent;
	length -= indent;
	line.request.token = text;
	line.request.who = NULL;
	if (*text == '{' && !read_json(text, length, zone, &line, problem))
		return false;
	*ret_line = line;
	line = (struct checkin_line)CHECKIN_LINE_INIT;
	return true;
}
