#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool credit-report.

load helper

setup_test() {
    regtool --quiet init --event e --timezone Europe/Zurich
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T09:00,2022-02-15T10:00,One,
S2,session,2022-02-15T11:00,2022-02-15T12:00,Two,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,sciper,affiliation,roles,courses
Ada,ada@example.org,100001,EPFL,student,BIO-1
Ben,ben@example.org,100002,,speaker;student,BIO-1
=Cia,cia@example.org,,,,
Dora,dora@example.org,100004,,,BIO-1
END
    regtool --quiet import people.csv >/dev/null
    regtool course set BIO-1 --title Biology >/dev/null
    {
        scan ada 09:00 in
        scan ada 10:00 out
        scan ada 11:00 in
        scan ben 09:15 in
        scan ben 09:45 out
        scan cia 08:55 in
        scan cia 11:00 in
    } >scans
    regtool -f jsonl checkin - <scans >/dev/null
}

scan() {
    printf '{"who":"%s@example.org","at":"2022-02-15T%s","direction":"%s"}\n' "$1" "$2" "$3"
}

report() {
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-16T09:00 "$@"
}

@test "the columns, and a row for each who is enrolled" {
    report -f csv
    assert_status 0
    assert_output 'course,registrant,name,email,external_id,affiliation,roles,enrolled,sessions_attended,sessions_total,minutes_attended,minutes_total,percent,requirements,decision,credits,reasons
BIO-1,1,Ada,ada@example.org,100001,EPFL,student,yes,2,2,120,120,100.0,,eligible,1,
BIO-1,2,Ben,ben@example.org,100002,,speaker;student,yes,0,2,30,120,25.0,,not-eligible,0,percent-short:66
BIO-1,4,Dora,dora@example.org,100004,,attendee,yes,0,2,0,120,0.0,,not-eligible,0,percent-short:96'
}

@test "JSON is one object with the rule, the time and the log's head" {
    report -f json
    assert_status 0
    assert_json 'keys == ["as_of", "course", "log_head", "rows"]'
    assert_json '.course.code == "BIO-1" and .course.rule_version == 2 and .course.enrolled == 3'
    assert_json '.as_of == "2022-02-16T09:00:00+01:00"'
    head=$(regtool log --head)
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-16T09:00 -f json
    [ "$(json .log_head)" = "$head" ]
    assert_json '.rows | map(.registrant) == [1, 2, 4]'
    assert_json '.rows[0] == {course: "BIO-1", registrant: 1, name: "Ada",
        email: "ada@example.org", external_id: "100001", affiliation: "EPFL",
        roles: ["student"], enrolled: true, sessions_attended: 2, sessions_total: 2,
        minutes_attended: 120, minutes_total: 120, percent: 100, requirements: [],
        decision: "eligible", credits: 1, reasons: []}'
    assert_json '.rows[1].reasons == ["percent-short:66"] and .rows[1].percent == 25'
    assert_json '.rows[2].affiliation == null'
    first=$output
    report -f json
    [ "$first" = "$output" ]
}

@test "JSON lines: the same object on one line" {
    report -f json
    one=$(jq -cS . <<<"$output")
    report -f jsonl
    [ "$(wc -l <<<"$output")" -eq 1 ]
    [ "$one" = "$(jq -cS . <<<"$output")" ]
}

@test "the table has course, rule and minutes in its head, and counts below" {
    report
    assert_status 0
    assert_has 'BIO-1: Biology'
    assert_has 'enrolled; 80 % of the time'
    assert_has '120 minutes in all; as of 2022-02-16 09:00'
    assert_has "log $(regtool log --head)"
    assert_has '1 eligible, 2 not eligible, 0 pending'
}

@test "--all and enrolment any list every registrant" {
    report --all -f csv
    assert_status 0
    assert_has "BIO-1,3,'=Cia,cia@example.org,,,attendee,no,2,2,120,120,100.0,,not-eligible,0,not-enrolled"
    regtool --quiet course set BIO-1 --enrolment any
    report -f json
    assert_json '.rows | map(.registrant) == [1, 2, 3, 4]'
    assert_json '.rows[2] | .decision == "eligible" and .enrolled == false and .credits == 1'
}

@test "--for shows anybody, and its exit status is the answer" {
    report --for ada@example.org -f json
    assert_status 0
    assert_json '.rows | length == 1'
    report --for 100002 -f json
    assert_status 1
    assert_json '.rows[0].registrant == 2'
    [ -z "$stderr" ]
    report --for @3 -f json
    assert_status 1
    assert_json '.rows[0].reasons == ["not-enrolled"]'
    run_split regtool credit-report --course BIO-1 --for @4 --as-of 2022-02-15T08:00 -f json
    assert_status 1
    assert_json '.rows[0].decision == "pending"'
    report --for nobody@example.org
    assert_status 4
    report --for @1 --decision pending -f csv
    assert_status 0
    [ "$(wc -l <<<"$output")" -eq 1 ]
}

@test "--decision leaves only those" {
    report --decision eligible -f json
    assert_json '.rows | map(.registrant) == [1]'
    report --decision not-eligible -f json
    assert_json '.rows | map(.registrant) == [2, 4]'
    report --decision pending -f json
    assert_json '.rows == []'
    report --decision perhaps
    assert_status 2
}

@test "--as-of looks at no later scan, and gives pending" {
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-15T09:30 -f json
    assert_status 0
    assert_json '.rows[0] | .minutes_attended == 30 and .percent == 25 and .decision == "pending"
        and .credits == 0 and .reasons == ["percent-short:66", "sessions-ahead:2"]'
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-15T10:00 -f json
    assert_json '.rows | map(.decision) == ["pending", "not-eligible", "not-eligible"]'
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-15T11:59:59 -f json
    assert_json '.rows[0] | .decision == "eligible" and .percent == 99.9'
    run_split regtool credit-report --course BIO-1 --as-of noon
    assert_status 2
    REGTOOL_NOW=2022-02-15T08:30:00Z run_split regtool credit-report --course BIO-1 -f json
    assert_json '.as_of == "2022-02-15T09:30:00+01:00" and .rows[0].minutes_attended == 30'
}

@test "what was taken back counts no more" {
    scan_id=$(regtool -f csv attendance list --who ada@example.org --session S2 |
        sed -n '2s/,.*//p')
    regtool --quiet attendance void "$scan_id" --reason 'the wrong badge'
    report --for @1 -f json
    assert_status 1
    assert_json '.rows[0] | .minutes_attended == 60 and .reasons == ["percent-short:36"]'
}

@test "cancelled: no credit, whatever the presence" {
    regtool --quiet registrant cancel ada@example.org --reason ill
    report -f json
    assert_json '.rows[0] | .decision == "not-eligible" and .credits == 0
        and .reasons == ["cancelled"] and .minutes_attended == 120'
}

@test "the result list for the programme assistant" {
    regtool --quiet registrant cancel dora@example.org --reason ill
    report -f epfl
    assert_status 0
    assert_output 'external_id,name,course,credits,result
100001,Ada,BIO-1,1,R
100002,Ben,BIO-1,0,E'
    regtool --quiet registrant confirm dora@example.org
    report -f epfl
    assert_has '100004,Dora,BIO-1,0,NA'
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-15T08:00 -f epfl
    assert_output 'external_id,name,course,credits,result'
}

@test "--explain shows the evidence (as a page: credit_explain.bats)" {
    report --explain --for @2 -f json
    assert_json '.rows[0].evidence | map(.session) == ["S1", "S2"]'
    assert_json '.rows[0].evidence[0].intervals == [{from: "2022-02-15T09:15:00+01:00",
        to: "2022-02-15T09:45:00+01:00", end: "check-out", source: "door", from_scan: 4,
        to_scan: 5, counted_seconds: 1800, not_counted: null}]'
    assert_json '.rows[0].needed[0].reason == "percent-short:66"'
    report --explain -f csv
    [ "$(wc -l <<<"$output")" -eq 4 ]
}

@test "an event without sessions: who has arrived was there" {
    regtool --quiet event add plain --timezone Europe/Zurich --end 2022-02-15
    regtool --quiet --event plain import people.csv >/dev/null
    regtool --quiet --event plain checkin --who ada@example.org --at 2022-02-15T09:00
    run_split regtool --event plain credit-report --course BIO-1 --as-of 2022-02-16T09:00 -f json
    assert_status 0
    assert_json '.rows[0] | .sessions_attended == 1 and .sessions_total == 1
        and .minutes_total == 0 and .percent == 100 and .decision == "eligible"'
    assert_json '.rows[1] | .sessions_attended == 0 and .sessions_total == 1
        and .percent == 0 and .decision == "not-eligible"'
}

@test "the course must be named, and be there" {
    run_split regtool --db missing.db credit-report
    assert_status 2
    assert_has '--course is missing' stderr
    run_split regtool credit-report --course BIO-2
    assert_status 4
    assert_has "there is 'BIO-1'" stderr
    run_split regtool credit-report --course BIO-1 --all --for @1
    assert_status 2
}
