#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool course add --count-event: one course over several events.

load helper

# Three seminars without sessions, a symposium with two, and the course at the symposium. Ada
# is at all events, Ben at the seminars, Cia at the second and third, Dan at the symposium.
setup_test() {
    export REGTOOL_NOW=2022-03-01T12:00:00+01:00
    regtool -q init --event sym --timezone Europe/Zurich --start 2022-02-15 --end 2022-02-15
    for number in 1 2 3; do
        regtool -q event add sem$number --timezone Europe/Zurich \
            --start 2022-01-0$number --end 2022-01-0$number >/dev/null
    done
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T09:00,2022-02-15T10:00,One,
S2,session,2022-02-15T11:00,2022-02-15T12:00,Two,
END
    regtool -q -e sym programme import programme.csv >/dev/null
    printf '%s\n' name,email,sciper Ada,ada@example.org,1 Dan,dan@example.org,4 >sym.csv
    printf '%s\n' name,email,sciper Ada,ada@example.org,1 Ben,ben@example.org,2 >sem1.csv
    printf '%s\n' name,email,sciper Ada,ada@example.org,1 Ben,ben@example.org,2 \
        Cia,cia@example.org,3 >sem2.csv
    cp sem2.csv sem3.csv
    for event in sym sem1 sem2 sem3; do
        regtool -q -e $event import $event.csv >/dev/null
    done
    export REGTOOL_EVENT=sym
    regtool -q course add SEM --title Seminars --count-event 'sem1;sem2' --count-event sem3 \
        --min-sessions 2 >/dev/null
}

# arrive EVENT EMAIL TIME
arrive() {
    regtool -q -e "$1" checkin --who "$2" --arrival --at "$3" >/dev/null
}

arrive_all() {
    arrive sem1 ada@example.org 2022-01-01T17:00
    arrive sem2 ada@example.org 2022-01-02T17:00
    arrive sem3 ada@example.org 2022-01-03T17:00
    arrive sem1 ben@example.org 2022-01-01T17:01
    arrive sem3 ben@example.org 2022-01-03T17:01
    arrive sem2 cia@example.org 2022-01-02T17:02
}

@test "the events are shown, and set drops them again" {
    run_split regtool course show SEM -f json
    assert_status 0
    assert_json '.count_events == ["sem1", "sem2", "sem3"] and .rule_version == 1'
    run_split regtool course show SEM
    assert_has 'of the events sem1, sem2, sem3'
    run_split regtool course set SEM --count-event SEM2+sem1+sem3 -f json
    assert_status 0
    assert_has 'nothing is other than before' stderr
    run_split regtool course set SEM --count-event none -f json
    assert_json '.count_events == [] and .rule_version == 2'
    run_split regtool course list -f csv
    assert_has 'count_events'
    run_split regtool course set SEM --count-event sem9
    assert_status 4
    assert_has "no event 'sem9'" stderr
    assert_has "'sem1', 'sem2', 'sem3'" stderr
}

@test "a list of courses has those of other events that count this one, behind its own" {
    regtool -q -e sem1 course add A --title Own >/dev/null
    for list in 'course list' 'export courses'; do
        # shellcheck disable=SC2086 # two words
        run_split regtool -e sem1 $list -f json
        assert_status 0
        assert_json '[.[].code] == ["A", "SEM"]'
        # shellcheck disable=SC2086 # two words
        run_split regtool -e sym $list -f json
        assert_json '[.[].code] == ["SEM"]'
    done
}

@test "a person has one row, by the registrant at the course's own event or the first counted" {
    arrive_all
    regtool -q course set SEM --enrolment any >/dev/null
    run_split regtool credit-report --course SEM -f csv
    assert_status 0
    assert_output 'course,registrant,name,email,external_id,affiliation,roles,enrolled,sessions_attended,sessions_total,minutes_attended,minutes_total,percent,requirements,decision,credits,reasons
SEM,1,Ada,ada@example.org,1,,attendee,no,3,3,0,0,100.0,,eligible,1,
SEM,2,Dan,dan@example.org,4,,attendee,no,0,3,0,0,0.0,,not-eligible,0,sessions-short:2
SEM,4,Ben,ben@example.org,2,,attendee,no,2,3,0,0,66.6,,eligible,1,
SEM,7,Cia,cia@example.org,3,,attendee,no,1,3,0,0,33.3,,not-eligible,0,sessions-short:1'
    run_split regtool credit-report --course SEM -f epfl
    assert_has '3,Cia,SEM,0,E'
    assert_has '2,Ben,SEM,1,R'
}

@test "the report can be asked for from each event that counts, for whoever is there" {
    arrive_all
    run_split regtool -e sem2 course enrol SEM cia@example.org ben@example.org
    assert_status 0
    run_split regtool -e sem3 credit-report --course SEM -f json
    assert_json '[.rows[].name] == ["Ben", "Cia"] and .course.enrolled == 2'
    run_split regtool -e sem3 credit-report --course SEM --for ben@example.org -f json
    assert_status 0
    assert_json '.rows[0].registrant == 4 and .rows[0].sessions_attended == 2'
    run_split regtool -e sym credit-report --course SEM --for ada@example.org -f json
    assert_status 1
    assert_json '.rows[0].reasons == ["not-enrolled"] and .rows[0].sessions_attended == 3'
    # The symposium has another with the same code; its own comes first.
    regtool -q -e sem3 course add sem --title Another >/dev/null
    run_split regtool -e sem3 credit-report --course SEM -f json
    assert_json '.rows == [] and .course.title == "Another"'
}

@test "a course of several other events with the same code is ambiguous" {
    regtool -q -e sem1 course add SEM --title Other --count-event sem2 >/dev/null
    run_split regtool -e sem2 course show SEM
    assert_status 4
    assert_has "several events have a course 'SEM'" stderr
    assert_has "'sym', 'sem1'" stderr
    run_split regtool -e sem3 course show NO
    assert_status 4
    assert_has "there is 'SEM'" stderr
    run_split regtool -e sem3 course show SEM
    assert_status 0
}

@test "explain tells the arrivals, and what is needed" {
    arrive_all
    run_split regtool credit-report --course SEM --for ada@example.org --explain
    assert_has 'Events    sem1, sem2, sem3'
    grep -Eq '^sem3 +17:00 +yes$' <<<"$output"
    assert_has 'Sum       3 of 3 events, 100.0 %'
    regtool -q -e sem2 course enrol SEM cia@example.org >/dev/null
    run_split regtool -e sem2 credit-report --course SEM --for cia@example.org --explain
    grep -Eq '^sem1 +no$' <<<"$output"
    assert_has 'Missing   1 more of 2 sessions'
    regtool -q course set SEM --min-sessions 0 --min-percent 80 >/dev/null
    run_split regtool -e sem2 credit-report --course SEM --for cia@example.org --explain
    assert_has 'Missing   to arrive at 2 more events, for 80.0 % of 3'
    regtool -q course set SEM --min-sessions 2 --min-percent 0 >/dev/null
    run_split regtool -e sem2 credit-report --course SEM --for cia@example.org --explain -f json
    assert_json '[.rows[0].evidence[] | [.session, .attended]] == [["sem1", false], ["sem2", true], ["sem3", false]]'
}

@test "explain has an arrival below the day on which it was, whether one was known or not" {
    regtool -q event add talk --timezone Europe/Zurich >/dev/null
    regtool -q -e talk registrant add --name Ada --email ada@example.org >/dev/null
    regtool -q course add TALKS --title Talks --enrolment any --count-event talk+sem1 >/dev/null
    run_split regtool credit-report --course TALKS --for ada@example.org --explain
    assert_has $'without a date\ntalk '
    arrive talk ada@example.org 2022-01-05T18:00
    run_split regtool credit-report --course TALKS --for ada@example.org --explain
    assert_has_not 'without a date'
    assert_has $'2022-01-05\ntalk     18:00'
}

@test "sessions of the events are named with them, and minutes add up" {
    regtool -q course add ALL --title All --enrolment any --min-percent 50 \
        --count-event sym+sem1 --require-session sym:s1 >/dev/null
    run_split regtool course show ALL -f json
    assert_json '.require_sessions == ["sym:S1"]'
    regtool -q checkin --who ada@example.org --session S2 --at 2022-02-15T11:00 >/dev/null
    run_split regtool credit-report --course ALL --for ada@example.org -f json
    assert_status 1
    assert_json '.rows[0].reasons == ["missing-session:sym:S1"] and .rows[0].minutes_total == 120'
    assert_json '.rows[0].sessions_total == 3 and .rows[0].minutes_attended == 60'
    run_split regtool credit-report --course ALL --for ada@example.org --explain
    grep -Eq '^sym:S2 +11:00-12:00 .* 60 of 60 +yes$' <<<"$output"
    assert_has 'Missing   session sym:S1'
}

@test "what if: another rule over the same events" {
    arrive_all
    regtool -q course set SEM --enrolment any >/dev/null
    run_split regtool credit-report --course SEM --what-if --min-sessions 3 -f json
    assert_status 0
    assert_json '[.rows[] | [.name, .change]] == [["Ben", "loses"]]'
    assert_json '.what_if.count_events == ["sem1", "sem2", "sem3"]'
    run_split regtool credit-report --course SEM --what-if --count-event sem1
    assert_status 2
}

@test "a session's code that several events have needs the event" {
    sed 's/-02-15/-01-01/g' programme.csv >other.csv
    regtool -q -e sem1 programme import other.csv >/dev/null
    run_split regtool course add ALL --title All --count-event sym+sem1 --require-session S1
    assert_status 4
    assert_has "session 'S1' is one of several events" stderr
    assert_has "'sem1:S1', 'sym:S1'" stderr
    run_split regtool course add ALL --title All --count-event sym+sem1 \
        --require-session sem1:S1 --count-session sym:S2 -f json
    assert_status 0
    assert_json '.require_sessions == ["sem1:S1"] and .count_sessions == ["sym:S2"]'
    # Not while something of the event is named.
    run_split regtool course set ALL --count-event sym
    assert_status 4
    assert_has "session 'sem1:S1' is of an event that would not be counted any more" stderr
    run_split regtool course set ALL --count-event sym --require-session S1 -f json
    assert_status 0
    assert_json '.require_sessions == ["S1"] and .count_sessions == ["S2"]'
    run_split regtool course set ALL --count-event sem2 --require-session sem2 --count-session none
    assert_status 4
    assert_has 'it counts as one, by the arrival' stderr
}

@test "the courses of an import are found where another event counts this one" {
    sed '1s/$/,course/; 2,$s/$/,sem/' sem2.csv >courses.csv
    run_split regtool -e sem2 import courses.csv -f json
    assert_status 0
    assert_json '.[0].courses_created == [] and .[0].updated == 3'
    run_split regtool -e sem2 import courses.csv -f json
    assert_json '.[0].unchanged == 3'
    run_split regtool course show SEM -f json
    assert_json '.enrolled == 3'
    run_split regtool -e sem3 registrant list --course SEM -f csv
    assert_status 0
    assert_has 'Cia,cia@example.org,,attendee,3,SEM,'
    # At the course's own event is who was enrolled from another.
    run_split regtool registrant list -f json
    assert_json '[.[] | [.name, .courses]] == [["Ada", ["SEM"]], ["Dan", []]]'
    run_split regtool -e sem1 registrant show ben@example.org -f json
    assert_json '.courses == ["SEM"] and .credit[0].course == "SEM"'
    assert_json '.credit[0].sessions_total == 3 and .credit[0].decision == "not-eligible"'
    # By hand they are said all at once.
    regtool -q -e sem3 registrant set ben@example.org --courses '' >/dev/null
    run_split regtool course show SEM -f json
    assert_json '.enrolled == 2'
}

@test "an import that is taken back unenrols from such a course whom it had enrolled" {
    regtool -q -e sem1 course enrol SEM ben@example.org >/dev/null
    export REGTOOL_NOW=2022-03-02T12:00:00+01:00
    printf '%s\n' name,email,course Cia,cia@example.org,SEM Eva,eva@example.org,SEM \
        Ben,ben@example.org,SEM >late.csv
    regtool -q -e sem2 import late.csv >/dev/null
    run_split regtool course show SEM -f json
    assert_json '.enrolled == 3'
    number=$(regtool -e sem2 import list -f json | jq '[.[].import_id] | max')
    run_split regtool -e sem2 import undo "$number" --reason wrong
    assert_status 0
    run_split regtool -e sem2 credit-report --course SEM -f json
    assert_json '[.rows[].name] == ["Ben"]'
    run_split regtool check
    assert_status 0
}

@test "a person's record merged into another brings its events along" {
    arrive_all
    regtool -q -e sem2 registrant add --name Benjamin --email b@example.org >/dev/null
    regtool -q -e sem2 checkin --who b@example.org --arrival --at 2022-01-02T17:03 >/dev/null
    regtool -q -e sem2 course enrol SEM ben@example.org b@example.org >/dev/null
    regtool -q -e sem2 registrant merge b@example.org ben@example.org >/dev/null
    run_split regtool -e sem2 credit-report --course SEM -f json
    assert_json '[.rows[] | [.name, .sessions_attended]] == [["Ben", 3]]'
}

@test "who is forgotten keeps the credit under the number; a purge takes an event out" {
    arrive_all
    regtool -q -e sem1 course enrol SEM ben@example.org ada@example.org >/dev/null
    regtool -q -e sem1 registrant forget ben@example.org --reason asked >/dev/null
    run_split regtool credit-report --course SEM -f json
    assert_json '[.rows[] | [.name, .email, .sessions_attended]] ==
        [["Ada", "ada@example.org", 3], ["erased", null, 2]]'
    run_split regtool -e sem1 event purge --before 2022-02-01
    assert_status 0
    assert_has 'courses that count this one'\''s sessions (SEM)' stderr
    run_split regtool credit-report --course SEM -f json
    assert_json '.rows[0].name == "Ada" and .rows[0].sessions_attended == 2'
    assert_json '.rows | length == 2'
    run_split regtool check
    assert_status 0
}

@test "an award holds when a person turns up at an event that comes first" {
    arrive_all
    regtool -q -e sem2 course enrol SEM ben@example.org cia@example.org >/dev/null
    run_split regtool course award SEM -f json
    assert_status 0
    run_split regtool course awards SEM --award 1 -f json
    assert_json '[.[] | [.name, .registrant, .certificate]] == [["Ben", 4, 1], ["Cia", 7, null]]'
    # Ben gets a number at the course's own event, after those of the seminars.
    regtool -q registrant add --name Ben --email ben@example.org >/dev/null
    run_split regtool credit-report --course SEM -f json
    assert_json '[.rows[] | [.name, .registrant]] == [["Cia", 7], ["Ben", 11]]'
    run_split regtool credit-report --course SEM --since-award -f json
    assert_status 0
    assert_json '. == []'
    arrive sem3 cia@example.org 2022-01-03T18:00
    run_split regtool credit-report --course SEM --since-award -f json
    assert_json '[.[] | [.name, .awarded_decision, .decision]] == [["Cia", "not-eligible", "eligible"]]'
    regtool -q course unenrol SEM ben@example.org >/dev/null
    run_split regtool credit-report --course SEM --since-award -f json
    assert_json '[.[] | [.name, .certificate, .decision]] ==
        [["Ben", 1, null], ["Cia", null, "eligible"]]'
    regtool -q course enrol SEM ben@example.org >/dev/null
    run_split regtool course award SEM --revise 1 --reason later
    assert_status 0
    run_split regtool course awards SEM --award 2 -f json
    assert_json '[.[] | [.name, .certificate]] == [["Cia", 2], ["Ben", 1]]'
}

@test "remind, marks, grants and the requirements go by the person" {
    arrive_all
    regtool -q course set SEM --requirement report:2022-06-01 >/dev/null
    regtool -q -e sem2 course enrol SEM cia@example.org ben@example.org >/dev/null
    regtool -q -e sem3 course mark SEM ben@example.org --requirement report --result pass >/dev/null
    regtool -q -e sem2 course grant SEM cia@example.org --reason ill >/dev/null
    run_split regtool credit-report --course SEM -f json
    assert_json '[.rows[] | [.name, .decision, .reasons]] == [["Ben", "eligible", []],
        ["Cia", "eligible", ["granted", "sessions-short:1", "requirement-missing:report"]]]'
    regtool -q -e sem3 course mark SEM ben@example.org --requirement report --result none >/dev/null
    run_split regtool course remind SEM
    assert_has '4,Ben,ben@example.org,2,SEM,Seminars,0,0,"report: pass, due 2022-06-01'
}

@test "who is cancelled at one of the events is not cancelled" {
    arrive_all
    regtool -q course set SEM --enrolment any >/dev/null
    regtool -q -e sem2 registrant cancel ben@example.org --reason left >/dev/null
    run_split regtool -e sem1 credit-report --course SEM --for ben@example.org
    assert_status 0
    regtool -q -e sem1 registrant cancel ben@example.org --reason left >/dev/null
    regtool -q -e sem3 registrant cancel ben@example.org --reason left >/dev/null
    run_split regtool -e sem1 credit-report --course SEM --for ben@example.org -f json
    assert_status 1
    assert_json '.rows[0].reasons == ["cancelled"]'
}
