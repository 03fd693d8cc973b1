/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_shape.h"

#include "unit.h"

static struct meeting_header header_of(const char *line)
{
	static char text[600];
	const char *cells[24];
	size_t width = 0;
	char *rest = text;

	(void)snprintf(text, sizeof text, "%s", line);
	while (rest != NULL)
		cells[width++] = strsep(&rest, ",");
	return meeting_header_of(cells, width);
}

static void test_headers(void **state)
{
	static const struct {
		const char *line;
		enum meeting_kind kind;
		enum meeting_source source;
	} cases[] = {
		{ "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)",
			MEETING_STAYS, MEETING_ZOOM },
		{ "Name (Original Name),User Email,Total Duration (Minutes),Guest", MEETING_TOTALS,
			MEETING_ZOOM },
		{ "Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ",
			MEETING_STAYS, MEETING_ZOOM },
		{ "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session "
		  "(minutes),Is Guest,Country/Region Name",
			MEETING_STAYS, MEETING_ZOOM },
		{ "Full Name,User Action,Timestamp", MEETING_ACTIONS, MEETING_TEAMS },
		{ "Name,First Join,Last Leave,In-Meeting Duration,Email,Participant ID (UPN),Role",
			MEETING_SPANS, MEETING_TEAMS },
		{ "Full Name,First join,Last leave,In-meeting duration,Email,Role,Participant ID (UPN)",
			MEETING_SPANS, MEETING_TEAMS },
		{ "Name,Join Time,Leave Time,Duration,Email,Role", MEETING_STAYS, MEETING_TEAMS },
		{ "Name,Beitrittszeit,Verlassenszeit,Dauer,E-Mail,Rolle", MEETING_STAYS,
			MEETING_TEAMS },
		{ "First name,Last name,Email,Duration,Time joined,Time exited", MEETING_STAYS,
			MEETING_MEET },
		/* The preamble of Zoom, whose words are those of participants too. */
		{ "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
			MEETING_NO_HEADER, MEETING_ZOOM },
		{ "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered",
			MEETING_NO_HEADER, MEETING_AUTO },
		{ "name,email,affiliation", MEETING_NO_HEADER, MEETING_AUTO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct meeting_header header = header_of(cases[i].line);
		if (header.kind != cases[i].kind || header.source != cases[i].source)
			fail_msg("%s: kind %d of %s", cases[i].line, header.kind,
				meeting_source_word(header.source));
	}
}

/* Of a merged dump the participant's columns are taken, not the host's. */
static void test_merged_dump(void **state)
{
	struct meeting_header header =
		header_of("Topic,MeetingID,User_Name,User_Email,StartTime,NameOriginalName,"
			  "User_Email_2,Join_Time,Leave_Time,Duration_Minutes_2");

	(void)state;
	assert_int_equal(header.kind, MEETING_STAYS);
	assert_int_equal(header.columns[MEETING_NAME], 6);
	assert_int_equal(header.columns[MEETING_EMAIL], 7);
}

static void test_words(void **state)
{
	(void)state;
	assert_int_equal(meeting_action_of("Joined before"), MEETING_JOINED);
	assert_int_equal(meeting_action_of("A quitté"), MEETING_LEFT);
	assert_int_equal(meeting_action_of("Verlassen"), MEETING_LEFT);
	assert_int_equal(meeting_action_of("Se unió"), MEETING_JOINED);
	assert_int_equal(meeting_action_of("Saiu"), MEETING_LEFT);
	assert_int_equal(meeting_action_of("Presenter"), MEETING_NO_ACTION);
	assert_true(meeting_says_yes("Oui"));
	assert_false(meeting_says_yes("Non"));
	assert_true(meeting_says_no("NEIN"));
	assert_false(meeting_says_no("--"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_merged_dump),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
