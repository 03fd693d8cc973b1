/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an answer says.
 */
#include "core/checkin_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void checkin_answer_free(struct checkin_answer *answer)
{
	registrant_free(answer->registrant);
	free(answer->session);
	free(answer->session_title);
	free(answer->station);
	free(answer->detail);
	*answer = (struct checkin_answer){ 0 };
}

struct checkin_answer checkin_bad_line(const char *detail, bool is_out, const char *station)
{
	return (struct checkin_answer){
		.reason = CHECKIN_BAD_LINE,
		.is_out = is_out,
		.station = xstrdup(station),
		.detail = xstrdup(detail),
	};
}

bool checkin_is_nonce(const char *nonce)
{
	size_t length = strlen(nonce);
	size_t characters = 0;
	size_t at;

	if (!text_is_utf8(nonce, length, &at) || text_has_control(nonce, length, "", &at))
		return false;
	for (size_t i = 0; i < length; i++)
		if (((unsigned char)nonce[i] & 0xc0) != 0x80)
			characters++;
	return characters >= 1 && characters <= NONCE_MAX;
}

static char *write_roles(const char *access)
{
	struct str roles = STR_INIT;
	const char *position = access;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		str_add(&roles, roles.length > 0 ? ", " : "");
		str_add_bytes(&roles, word, length);
	}
	return str_steal(&roles);
}

/* The first session whose doors open after the scan, of those that admit the person. */
static void explain_next(const struct scan_case *scan)
{
	const struct checkin *checkin = scan->checkin;
	struct checkin_answer *answer = scan->answer;

	for (size_t i = 0; i < checkin->programme->session_count; i++) {
		const struct session *session = &checkin->programme->sessions[i];
		int64_t doors_s = session->start_s - checkin->doors_s;
		if (doors_s <= answer->at_s ||
			!access_admits(session->access, answer->registrant->roles))
			continue;
		answer->detail = xstrdup(session->code);
		answer->time_s = doors_s;
		return;
	}
}

static void explain_choice(const struct scan_case *scan)
{
	struct checkin_answer *answer = scan->answer;
	const struct session *first;
	struct str codes = STR_INIT;

	if (checkin_open_sessions(scan->checkin, answer->at_s, answer->registrant->roles, &first,
		    &codes) == 0)
		(void)checkin_open_sessions(scan->checkin, answer->at_s, NULL, &first, &codes);
	answer->detail = str_steal(&codes);
}

void checkin_explain(const struct scan_case *scan)
{
	struct checkin_answer *answer = scan->answer;
	const struct session *session = scan->session;

	switch (answer->reason) {
	case CHECKIN_UNKNOWN_SESSION:
		answer->detail = xstrdup(scan->request->session);
		break;
	case CHECKIN_NO_SESSION:
		explain_next(scan);
		break;
	case CHECKIN_AMBIGUOUS_SESSION:
		explain_choice(scan);
		break;
	case CHECKIN_TOO_EARLY:
		answer->time_s = session != NULL ? session->start_s - scan->checkin->doors_s : 0;
		break;
	case CHECKIN_TOO_LATE:
		answer->time_s = session != NULL ? session->end_s : 0;
		break;
	case CHECKIN_NOT_ADMITTED:
		if (session != NULL)
			answer->detail = write_roles(session->access);
		break;
	case CHECKIN_ALREADY_IN:
		answer->time_s = answer->first_s;
		break;
	default:
		break;
	}
}

/* A time near the scan's by the clock alone. */
static void write_time(const struct checkin_answer *answer, const struct zone *zone,
	struct str *str)
{
	if (zone_day_of(zone, answer->time_s) == zone_day_of(zone, answer->at_s))
		time_write_clock(zone, answer->time_s, str);
	else
		time_write_short(zone, answer->time_s, false, str);
}

static void write_name(const struct checkin_answer *answer, struct str *str)
{
	if (answer->registrant != NULL)
		str_add(str, registrant_display_name(answer->registrant));
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

void checkin_sentence(const struct checkin_answer *answer, const struct zone *zone, struct str *str)
{
	const struct checkin_reason_entry *entry =
		checkin_reason_entry(answer->is_admitted ? CHECKIN_NO_REASON : answer->reason);
	const char *sentence = entry->sentence;

	if (answer->is_out && entry->sentence_out != NULL)
		sentence = entry->sentence_out;
	if ((strstr(sentence, "{detail}") != NULL && answer->detail == NULL) ||
		(strstr(sentence, "{session}") != NULL && answer->session == NULL))
		sentence = entry->sentence_plain;
	assert(sentence != NULL);
	while (*sentence != '\0') {
		size_t plain = strcspn(sentence, "{");
		str_add_bytes(str, sentence, plain);
		sentence += plain;
		if (starts_with(sentence, "{name}"))
			write_name(answer, str);
		else if (starts_with(sentence, "{session}"))
			str_add(str, answer->session);
		else if (starts_with(sentence, "{detail}"))
			str_add(str, answer->detail);
		else if (starts_with(sentence, "{time}"))
			write_time(answer, zone, str);
		sentence += strcspn(sentence, "}");
		if (*sentence == '}')
			sentence++;
	}
	if (answer->is_forced)
		str_addf(str, " (in spite of '%s')", checkin_reason_entry(answer->reason)->code);
}
