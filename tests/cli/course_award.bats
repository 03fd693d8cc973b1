#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool course award, course awards, credit-report --since-award, course remind: decisions
# frozen, what is other since, and who is still short.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-20T12:00:00Z
    make_course 10:00
    regtool course set A --title Biology >/dev/null
    regtool attendance add @1 --session S1 --reason r >/dev/null
    regtool attendance add @2 --session S1 --from 2022-02-15T09:00 --to 2022-02-15T09:30 \
        --reason r >/dev/null
}

@test "an award freezes all decisions, with the rule and the log's head" {
    head=$(regtool log --head)
    run_split regtool course award A -f json
    assert_status 0
    assert_json '.[0].award == 1 and .[0].eligible == 1 and .[0].not_eligible == 2'
    assert_json '.[0].pending == 0 and .[0].revises == null and .[0].rule_version == 2'
    assert_json '.[0].rule == "enrolled; 80 % of the time"'
    assert_json '.[0].awarded_at == "2022-02-20T13:00:00+01:00"'
    [ "$(json '.[0].log_head')" = "$head" ]
    run_split regtool course awards A --award 1 -f csv
    assert_status 0
    assert_output 'course,award,certificate,registrant,name,email,external_id,sessions_attended,sessions_total,minutes_attended,minutes_total,decision,credits,reasons
A,1,1,1,Ada,ada@example.org,100001,1,1,60,60,eligible,1,
A,1,,2,Ben,ben@example.org,100002,0,1,30,60,not-eligible,0,percent-short:18
A,1,,3,Cia,cia@example.org,100003,0,1,0,60,not-eligible,0,percent-short:48'
    run regtool check
    assert_status 0
}

@test "a second award needs a revision, which needs a reason" {
    regtool course award A >/dev/null
    cp regtool.db before.db
    run_split regtool course award A
    assert_status 1
    assert_has '--since-award' stderr
    run_split regtool course award A --revise 1
    assert_status 2
    run_split regtool course award A --reason r
    assert_status 2
    run_split regtool course award A --revise 2 --reason r
    assert_status 1
    assert_has 'award 1' stderr
    run_split regtool course award B
    assert_status 4
    cmp regtool.db before.db
}

@test "later changes do not alter an award; what is other is shown" {
    run_split regtool credit-report --course A --since-award
    assert_status 4
    regtool course award A >/dev/null
    run_split regtool credit-report --course A --since-award -f json
    assert_status 0
    assert_output '[]'
    regtool attendance add @2 --session S1 --reason 'was there' >/dev/null
    regtool attendance void 1 --reason 'was not there' >/dev/null
    regtool --quiet course unenrol A @3 >/dev/null
    regtool --quiet course enrol A @4 >/dev/null
    run_split regtool credit-report --course A --since-award -f csv
    assert_status 0
    assert_output 'course,award,certificate,registrant,name,email,external_id,awarded_decision,decision,awarded_credits,credits,awarded_minutes,minutes_attended,awarded_reasons,reasons
A,1,1,1,Ada,ada@example.org,100001,eligible,not-eligible,1,0,60,0,,percent-short:48
A,1,,2,Ben,ben@example.org,100002,not-eligible,eligible,0,1,30,60,percent-short:18,
A,1,,3,Cia,cia@example.org,100003,not-eligible,,0,,0,,percent-short:48,
A,1,,4,Dora,dora@example.org,100004,,not-eligible,,0,,0,,percent-short:48'
    run_split regtool course awards A --award 1 -f csv
    assert_has 'A,1,1,1,Ada,ada@example.org,100001,1,1,60,60,eligible,1,'
}

@test "a revision takes the place of the last award, and numbers of certificates stay" {
    regtool course award A >/dev/null
    regtool attendance add @2 --session S1 --reason 'was there' >/dev/null
    run_split regtool course award A --revise 1 --reason 'Ben was there' -f json
    assert_status 0
    assert_json '.[0].award == 2 and .[0].eligible == 2 and .[0].revises == 1'
    run_split regtool course awards A -f json
    assert_json 'length == 2 and .[0].revised_by == 2 and .[1].revised_by == null'
    run_split regtool course awards A --award 2 -f json
    assert_json '[.[].certificate] == [1, 2, null]'
    # Who loses one and earns it again has the same number.
    regtool course deny A @1 --reason r >/dev/null
    regtool course award A --revise 2 --reason r >/dev/null
    regtool course undecide A @1 --reason r >/dev/null
    regtool --quiet course enrol A @4 >/dev/null
    regtool attendance add @4 --session S1 --reason r >/dev/null
    regtool course award A --revise 3 --reason r >/dev/null
    run_split regtool course awards A --award 4 -f json
    assert_json '[.[].certificate] == [1, 2, null, 3]'
    run regtool log
    assert_has 'Ben was there'
    run regtool check
    assert_status 0
    run_split regtool course awards A --award 9
    assert_status 4
}

@test "who is pending is said, and reminded" {
    regtool course set A --requirement report:2022-03-15 >/dev/null
    run_split regtool course award A
    assert_status 0
    assert_has '1 pending' stderr
    run_split regtool course remind A
    assert_status 0
    assert_output 'registrant,name,email,external_id,course,course_title,minutes_attended,minutes_total,missing,due,reasons
1,Ada,ada@example.org,100001,A,Biology,60,60,"report: pass, due 2022-03-15; so far no result",2022-03-15,requirement-missing:report'
    regtool course mark A @1 --result pass >/dev/null
    run_split regtool course remind A -f json
    assert_output '[]'
    run_split regtool course remind B
    assert_status 4
}
