/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_shape.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

static const char *const source_words[] = {
	[MEETING_AUTO] = "auto",
	[MEETING_ZOOM] = "zoom",
	[MEETING_TEAMS] = "teams",
	[MEETING_MEET] = "meet",
	[MEETING_CSV] = "csv",
};

bool meeting_source_parse(const char *word, enum meeting_source *ret_source)
{
	for (size_t i = 0; i < sizeof source_words / sizeof source_words[0]; i++) {
		if (strcmp(source_words[i], word) == 0) {
			*ret_source = (enum meeting_source)i;
			return true;
		}
	}
	return false;
}

const char *meeting_source_word(enum meeting_source source)
{
	return source_words[source];
}

/* The keys are in the form that text_header_key gives. Headers that only one system writes say
 * whose the file is. */
static const struct {
	const char *key;
	enum meeting_field field;
	enum meeting_source source; /* MEETING_AUTO: says nothing */
} headers[] = {
	{ "name(originalname)", MEETING_NAME, MEETING_ZOOM },
	{ "username(originalname)", MEETING_NAME, MEETING_ZOOM },
	{ "nameoriginalname", MEETING_NAME, MEETING_ZOOM },
	{ "nom(nomoriginal)", MEETING_NAME, MEETING_ZOOM },
	{ "name(originalername)", MEETING_NAME, MEETING_ZOOM },
	{ "name(ursprunglichername)", MEETING_NAME, MEETING_ZOOM },
	{ "fullname", MEETING_NAME, MEETING_AUTO },
	{ "nomcomplet", MEETING_NAME, MEETING_AUTO },
	{ "vollstandigername", MEETING_NAME, MEETING_AUTO },
	{ "name", MEETING_NAME, MEETING_AUTO },
	{ "nom", MEETING_NAME, MEETING_AUTO },
	{ "participant", MEETING_NAME, MEETING_AUTO },
	{ "firstname", MEETING_GIVEN_NAME, MEETING_AUTO },
	{ "prenom", MEETING_GIVEN_NAME, MEETING_AUTO },
	{ "vorname", MEETING_GIVEN_NAME, MEETING_AUTO },
	{ "lastname", MEETING_FAMILY_NAME, MEETING_AUTO },
	{ "nomdefamille", MEETING_FAMILY_NAME, MEETING_AUTO },
	{ "nachname", MEETING_FAMILY_NAME, MEETING_AUTO },
	{ "email", MEETING_EMAIL, MEETING_AUTO },
	{ "useremail", MEETING_EMAIL, MEETING_AUTO },
	{ "useremail2", MEETING_EMAIL, MEETING_ZOOM },
	{ "emailaddress", MEETING_EMAIL, MEETING_AUTO },
	{ "adresseemaildelutilisateur", MEETING_EMAIL, MEETING_ZOOM },
	{ "adresseemail", MEETING_EMAIL, MEETING_AUTO },
	{ "emailadresse", MEETING_EMAIL, MEETING_AUTO },
	{ "emailadressedesbenutzers", MEETING_EMAIL, MEETING_ZOOM },
	{ "participantid(upn)", MEETING_SECOND_EMAIL, MEETING_TEAMS },
	{ "iddeparticipant(upn)", MEETING_SECOND_EMAIL, MEETING_TEAMS },
	{ "iddesparticipants(upn)", MEETING_SECOND_EMAIL, MEETING_TEAMS },
	{ "teilnehmerid(upn)", MEETING_SECOND_EMAIL, MEETING_TEAMS },
	{ "jointime", MEETING_JOIN, MEETING_AUTO },
	{ "timejoined", MEETING_JOIN, MEETING_MEET },
	{ "heuredarrivee", MEETING_JOIN, MEETING_AUTO },
	{ "beitrittszeit", MEETING_JOIN, MEETING_AUTO },
	{ "beitrittszeitpunkt", MEETING_JOIN, MEETING_AUTO },
	{ "leavetime", MEETING_LEAVE, MEETING_AUTO },
	{ "timeexited", MEETING_LEAVE, MEETING_MEET },
	{ "heurededepart", MEETING_LEAVE, MEETING_AUTO },
	{ "verlassenszeit", MEETING_LEAVE, MEETING_AUTO },
	{ "uhrzeitdesverlassens", MEETING_LEAVE, MEETING_AUTO },
	{ "firstjoin", MEETING_FIRST_JOIN, MEETING_TEAMS },
	{ "firstjointime", MEETING_FIRST_JOIN, MEETING_TEAMS },
	{ "premierearrivee", MEETING_FIRST_JOIN, MEETING_TEAMS },
	{ "erstebeitrittszeit", MEETING_FIRST_JOIN, MEETING_TEAMS },
	{ "ersterbeitritt", MEETING_FIRST_JOIN, MEETING_TEAMS },
	{ "lastleave", MEETING_LAST_LEAVE, MEETING_TEAMS },
	{ "lastleavetime", MEETING_LAST_LEAVE, MEETING_TEAMS },
	{ "dernierdepart", MEETING_LAST_LEAVE, MEETING_TEAMS },
	{ "letztesverlassen", MEETING_LAST_LEAVE, MEETING_TEAMS },
	{ "duration", MEETING_DURATION, MEETING_AUTO },
	{ "duree", MEETING_DURATION, MEETING_AUTO },
	{ "dauer", MEETING_DURATION, MEETING_AUTO },
	{ "duration(minutes)", MEETING_DURATION, MEETING_ZOOM },
	{ "durationminutes", MEETING_DURATION, MEETING_AUTO },
	{ "durationminutes2", MEETING_DURATION, MEETING_ZOOM },
	{ "duree(minutes)", MEETING_DURATION, MEETING_ZOOM },
	{ "dauer(minuten)", MEETING_DURATION, MEETING_ZOOM },
	{ "totalduration(minutes)", MEETING_DURATION, MEETING_ZOOM },
	{ "timeinsession(minutes)", MEETING_DURATION, MEETING_ZOOM },
	{ "inmeetingduration", MEETING_DURATION, MEETING_TEAMS },
	{ "inwaitingroom", MEETING_WAITING, MEETING_ZOOM },
	{ "salledattente", MEETING_WAITING, MEETING_ZOOM },
	{ "imwarteraum", MEETING_WAITING, MEETING_ZOOM },
	{ "attended", MEETING_ATTENDED, MEETING_ZOOM },
	{ "useraction", MEETING_ACTION, MEETING_TEAMS },
	{ "actiondelutilisateur", MEETING_ACTION, MEETING_TEAMS },
	{ "actionutilisateur", MEETING_ACTION, MEETING_TEAMS },
	{ "benutzeraktion", MEETING_ACTION, MEETING_TEAMS },
	{ "timestamp", MEETING_TIMESTAMP, MEETING_AUTO },
	{ "horodatage", MEETING_TIMESTAMP, MEETING_AUTO },
	{ "zeitstempel", MEETING_TIMESTAMP, MEETING_AUTO },
};
#define HEADER_COUNT (sizeof headers / sizeof headers[0])

static void take_header(const char *cell, size_t column, struct meeting_header *header)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	text_header_key(cell, &key);
	for (size_t i = 0; i < HEADER_COUNT; i++) {
		if (strcmp(headers[i].key, key.text) != 0)
			continue;
		size_t *place = &header->columns[headers[i].field];
		/* A merged dump repeats the host's columns; those behind are the participant's. */
		if (*place == 0 || headers[i].source == MEETING_ZOOM)
			*place = column;
		if (header->source == MEETING_AUTO)
			header->source = headers[i].source;
		return;
	}
}

static enum meeting_kind kind_of(const size_t *columns)
{
	bool has_name = columns[MEETING_NAME] != 0 || columns[MEETING_GIVEN_NAME] != 0 ||
			columns[MEETING_FAMILY_NAME] != 0;

	if (!has_name)
		return MEETING_NO_HEADER;
	if (columns[MEETING_ACTION] != 0 && columns[MEETING_TIMESTAMP] != 0)
		return MEETING_ACTIONS;
	if (columns[MEETING_JOIN] != 0 && columns[MEETING_LEAVE] != 0)
		return MEETING_STAYS;
	if (columns[MEETING_FIRST_JOIN] != 0 && columns[MEETING_LAST_LEAVE] != 0)
		return MEETING_SPANS;
	return columns[MEETING_DURATION] != 0 ? MEETING_TOTALS : MEETING_NO_HEADER;
}

struct meeting_header meeting_header_of(const char *const *cells, size_t width)
{
	struct meeting_header header = { .source = MEETING_AUTO };

	for (size_t i = 0; i < width; i++)
		take_header(cells[i], i + 1, &header);
	header.kind = kind_of(header.columns);
	/* What only Teams writes in these words says so by nothing else. */
	if (header.source == MEETING_AUTO && header.kind == MEETING_STAYS)
		header.source = MEETING_TEAMS;
	return header;
}

enum meeting_action meeting_action_of(const char *word)
{
	static const char *const joined[] = { "joined", "joinedbefore", "arejoint", "arejointavant",
		"beigetreten", "zuvorbeigetreten", "seunio", "ingressou", NULL };
	static const char *const left[] = { "left", "aquitte", "verlassen", "hatverlassen", "salio",
		"saiu", NULL };
	CLEANUP(str_free) struct str key = STR_INIT;

	text_header_key(word, &key);
	for (size_t i = 0; joined[i] != NULL; i++)
		if (strcmp(joined[i], key.text) == 0)
			return MEETING_JOINED;
	for (size_t i = 0; left[i] != NULL; i++)
		if (strcmp(left[i], key.text) == 0)
			return MEETING_LEFT;
	return MEETING_NO_ACTION;
}

static bool is_one_of(const char *word, const char *const *words)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	text_search_key(word, &key);
	for (size_t i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], key.text) == 0)
			return true;
	return false;
}

bool meeting_says_yes(const char *word)
{
	static const char *const words[] = { "yes", "oui", "ja", NULL };

	return is_one_of(word, words);
}

bool meeting_says_no(const char *word)
{
	static const char *const words[] = { "no", "non", "nein", NULL };

	return is_one_of(word, words);
}
