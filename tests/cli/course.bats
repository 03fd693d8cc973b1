#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool course add, set, show, list, enrol, unenrol.

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
name,email,sciper
Ada,ada@example.org,100001
Ben,ben@example.org,100002
Cia,cia@example.org,100003
END
    regtool --quiet import people.csv >/dev/null
}

@test "a course has the default rule: enrolled, 80 %, one credit" {
    run_split regtool course add BIO-1 --title Biology -f json
    assert_status 0
    assert_json '.code == "BIO-1" and .title == "Biology" and .credits == 1 and .enrolled == 0'
    assert_json '.enrolment == "required" and .roles == [] and .min_percent == 80'
    assert_json '.min_minutes == null and .min_sessions == null and .session_percent == 75'
    assert_json '.require_sessions == [] and .count_sessions == [] and .require_exit == false'
    assert_json '.rule_version == 1'
}

@test "all of a rule" {
    run_split regtool course add X --title X --credits 1.25 --enrolment any \
        --roles Student+speaker --min-percent 66.6 --min-minutes 90 --min-sessions 2 \
        --session-percent 50 --require-session s2 --require-each-day --require-exit \
        --count-session 'S1;S2' -f json
    assert_status 0
    assert_json '.credits == 1.25 and .enrolment == "any" and .roles == ["speaker", "student"]'
    assert_json '.min_percent == 66.6 and .min_minutes == 90 and .min_sessions == 2'
    assert_json '.session_percent == 50 and .require_sessions == ["S2"]'
    assert_json '.require_each_day and .require_exit and .count_sessions == ["S1", "S2"]'
}

@test "a named condition takes the place of 80 %, and dropping one is naming it" {
    run_split regtool course add A --title A --min-minutes 60 -f json
    assert_json '.min_percent == null and .min_minutes == 60'
    run_split regtool course add B --title B --min-percent 0 -f json
    assert_json '.min_percent == null and .min_minutes == null'
    run_split regtool course add C --title C --require-session none -f json
    assert_json '.min_percent == null and .require_sessions == []'
    run_split regtool course add D --title D --no-require-each-day -f json
    assert_json '.min_percent == null'
    run_split regtool course add E --title E --require-exit --session-percent 60 -f json
    assert_json '.min_percent == 80'
}

@test "set changes what is named, drops, and counts the rule's versions" {
    regtool --quiet course add A --title A --min-minutes 60 --min-sessions 1 \
        --require-session S1 --require-session S2 --roles student
    run_split regtool course set A --min-sessions 2 -f json
    assert_status 0
    assert_json '.min_minutes == 60 and .min_sessions == 2 and .rule_version == 2'
    run_split regtool course set A --min-sessions 2 -f json
    assert_status 0
    assert_json '.rule_version == 2'
    assert_has 'nothing is other than before' stderr
    run_split regtool course set A --require-session S2+S1 -f json
    assert_json '.rule_version == 2'
    run_split regtool course set A --require-session S2 -f json
    assert_json '.require_sessions == ["S2"] and .rule_version == 3'
    run_split regtool course set A --require-session none --min-minutes 0 --min-sessions 0 \
        --roles none -f json
    assert_json '.require_sessions == [] and .min_minutes == null and .min_sessions == null'
    assert_json '.roles == [] and .min_percent == null and .rule_version == 4'
    run_split regtool course set a --title '' --credits 0 -f json
    assert_json '.code == "A" and .title == null and .credits == 0'
    run_split regtool log -f csv
    [ "$(grep -c 'course set' <<<"$output")" -eq 4 ]
}

@test "flags are dropped by their opposites" {
    regtool --quiet course add A --title A --require-each-day --require-exit
    run_split regtool course set A --no-require-each-day --no-require-exit -f json
    assert_json '.require_each_day == false and .require_exit == false'
    run_split regtool course set A --require-exit --no-require-exit
    assert_status 2
}

@test "mistakes of usage are found before the database is opened" {
    for options in "add X" "add X --title X --min-percent 101" "add X --title X --min-minutes -1" \
        "add X --title X --enrolment perhaps" "add X --title X --credits 1.255" \
        "add X;Y --title X" "set X" "add" "enrol X" "show" \
        "set X --require-session none --require-session S1"; do
        # shellcheck disable=SC2086 # words
        run_split regtool --db missing.db course $options
        assert_status 2
    done
    run_split regtool --db missing.db course list
    assert_status 4
}

@test "a code that is taken, a course or a session that is not there" {
    regtool --quiet course add A --title A
    run_split regtool course add a --title B
    assert_status 1
    assert_has "course 'A' exists already" stderr
    run_split regtool course show B
    assert_status 4
    assert_has "no course 'B'" stderr
    assert_has "there is 'A'" stderr
    run_split regtool course add B --title B --require-session S9
    assert_status 4
    assert_has "no session 'S9'" stderr
    run_split regtool course set A --count-session S9
    assert_status 4
    run_split regtool course list -f json
    assert_json 'length == 1'
}

@test "list has all courses by code" {
    run_split regtool course list -f json
    assert_output '[]'
    regtool --quiet course add B --title 'Second' --credits 0.5
    regtool --quiet course add A --title 'First, too'
    run_split regtool course list -f csv
    assert_status 0
    assert_output 'code,title,credits,enrolled,enrolment,roles,min_percent,min_minutes,min_sessions,session_percent,require_sessions,require_each_day,require_exit,count_sessions,rule_version,requirements,credits_per,credits_per_sessions,round,step,max_per_half_day,max_per_day,max,count_events
A,"First, too",1,0,required,,80.0,,,75.0,,no,no,,1,,,,,,,,,
B,Second,0.5,0,required,,80.0,,,75.0,,no,no,,1,,,,,,,,,'
    run_split regtool course list
    assert_has 'enrolled; 80 % of the time'
}

@test "enrol takes any way of naming somebody, and is the same twice" {
    regtool --quiet course add A --title A
    run_split regtool course enrol A ADA@example.org 100002 @3 -f json
    assert_status 0
    assert_json '.course == "A" and .enrolled == 3 and .unchanged == 0'
    run_split regtool course enrol A ada@example.org @1 -f json
    assert_status 0
    assert_json '.enrolled == 0 and .unchanged == 2'
    run_split regtool registrant list --course A -f json
    assert_json 'map(.registrant) == [1, 2, 3]'
    run_split regtool course unenrol A 100002 -f json
    assert_status 0
    assert_json '.unenrolled == 1 and .unchanged == 0'
    run_split regtool course unenrol A 100002 -f json
    assert_json '.unenrolled == 0 and .unchanged == 1'
    run_split regtool course show A -f json
    assert_json '.enrolled == 2'
}

@test "enrol is all or nothing, and names each who is not known" {
    regtool --quiet course add A --title A
    run_split regtool course enrol A ada@example.org nobody@example.org 999
    assert_status 4
    assert_has "no registrant 'nobody@example.org'" stderr
    assert_has "no registrant '999'" stderr
    assert_has '2 of 3 are not known: nobody was enrolled' stderr
    run_split regtool course enrol A nobody@example.org
    assert_status 4
    assert_has "no registrant 'nobody@example.org'" stderr
    assert_has_not 'of 1' stderr
    run_split regtool course enrol B ada@example.org
    assert_status 4
    assert_has "no course 'B'" stderr
    run_split regtool course show A -f json
    assert_json '.enrolled == 0'
}

@test "enrol from a file: a name a line" {
    regtool --quiet course add A --title A
    printf '\xef\xbb\xbfada@example.org\r\n\r\n  100003  \r\n@1\n' >list
    run_split regtool course enrol A --file list -f json
    assert_status 0
    assert_json '.enrolled == 2 and .unchanged == 1'
    run_split regtool course unenrol A --file - -f json <list
    assert_status 0
    assert_json '.unenrolled == 2 and .unchanged == 1'
    printf 'ada@example.org\n\nwho\n' >bad
    run_split regtool course enrol A --file bad
    assert_status 4
    assert_has "bad:3: no registrant 'who'" stderr
    run_split regtool course show A -f json
    assert_json '.enrolled == 0'
}

@test "files that cannot be lists" {
    regtool --quiet course add A --title A
    run_split regtool course enrol A --file missing
    assert_status 4
    assert_has 'missing: no such file' stderr
    mkdir folder
    run_split regtool course enrol A --file folder
    assert_status 3
    : >empty
    run_split regtool course enrol A --file empty
    assert_status 3
    printf 'ad\xe9\n' >latin
    run_split regtool course enrol A --file latin
    assert_status 3
    assert_has 'latin:1: byte 3 is not UTF-8' stderr
    run_split regtool course enrol A --file list ada@example.org
    assert_status 2
}
