#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# What a course asks for besides attendance, how many credits it gives, and decisions by hand:
# course mark, course grant, course deny, course undecide.

load helper

setup_test() {
    make_course 10:30
    regtool attendance add ada@example.org --session S1 --reason r >/dev/null
    regtool attendance add ben@example.org --session S1 --reason r >/dev/null
}

report() {
    run_split regtool credit-report --course A --as-of 2022-03-01T12:00 "$@"
}

@test "a rate, its steps and caps are set, shown, and dropped" {
    run_split regtool course set A --credits-per 45 --round nearest --step 0.25 \
        --max-per-half-day 4 --max-per-day 8 --max 12.5 -f json
    assert_status 0
    assert_json '.credits == null and .credits_per == 45 and .credits_per_sessions == null'
    assert_json '.round == "nearest" and .step == 0.25 and .max == 12.5'
    assert_json '.max_per_half_day == 4 and .max_per_day == 8 and .rule_version == 2'
    report -f csv
    assert_has 'eligible,2,'
    run_split regtool course show A
    assert_has '1 credit for 45 minutes, rounded nearest to steps of 0.25, at most 4 a half-day, at most 8 a day, at most 12.5 in all'
    run_split regtool course set A --max-per-day 0 --max 0 -f json
    assert_json '.max == null and .max_per_day == null and .max_per_half_day == 4'
    # The other kinds of number take its place.
    run_split regtool course set A --credits-per-sessions 2 -f json
    assert_json '.credits_per == null and .credits_per_sessions == 2'
    run_split regtool course set A --credits 1.5 -f json
    assert_json '.credits == 1.5 and .credits_per_sessions == null and .step == null'
}

@test "a rate beside a fixed number is a usage error" {
    run_split regtool course set A --credits 1 --credits-per 60
    assert_status 2
    run_split regtool course set A --credits-per 60 --credits-per-sessions 2
    assert_status 2
    run_split regtool course set A --step 0
    assert_status 2
    run_split regtool course set A --round up
    assert_status 2
}

@test "requirements with and without a due date" {
    run_split regtool course set A --requirement report:2022-03-15 --requirement exam -f json
    assert_status 0
    assert_json '.requirements == ["report:2022-03-15", "exam"] and .rule_version == 2'
    run_split regtool course set A --requirement report:2022-03-15 --requirement exam -f json
    assert_json '.rule_version == 2'
    run_split regtool course show A
    assert_has 'enrolled; 80 % of the time; report by 2022-03-15; exam'
    run_split regtool course set A --requirement none -f json
    assert_json '.requirements == []'
}

@test "requirements that cannot be are usage errors" {
    for bad in report:tomorrow report:2022-02-30 : :2022-03-01 'a b' 'a;b'; do
        run_split regtool course set A --requirement "$bad"
        assert_status 2
    done
    run_split regtool course set A --requirement Report --requirement report
    assert_status 2
    assert_has "named twice" stderr
    run_split regtool course set A --requirement none --requirement report
    assert_status 2
}

@test "mark notes results, and the report knows them" {
    regtool course set A --requirement report:2022-03-15 --requirement exam:2022-02-20 >/dev/null
    run_split regtool course mark A ada@example.org --requirement report --result pass -f json
    assert_status 0
    assert_json '. == {course: "A", marked: 1, unchanged: 0}'
    regtool course mark A @1 --requirement EXAM --result pass >/dev/null
    regtool course mark A @2 --requirement exam --result fail >/dev/null
    report -f csv
    assert_has 'report:pass;exam:pass,eligible,1,'
    assert_has 'report:;exam:fail,not-eligible,0,requirement-missing:report;requirement-failed:exam'
    assert_has 'report:;exam:,not-eligible,0,percent-short:72;requirement-missing:report;requirement-missing:exam'
    report -f json
    assert_json '.rows[0].requirements == [
        {name: "report", due: "2022-03-15", result: "pass"},
        {name: "exam", due: "2022-02-20", result: "pass"}]'
    assert_json '.rows[2].requirements[0].result == null'
    # The same again changes nothing, and is not logged.
    before=$(regtool log --head)
    run_split regtool course mark A @2 --requirement exam --result fail -f json
    assert_json '.marked == 0 and .unchanged == 1'
    [ "$(regtool log --head)" = "$before" ]
    run_split regtool course mark A @2 --requirement exam --result none -f json
    assert_json '.marked == 1'
    report --for @2 -f json
    assert_status 1
    assert_json '.rows[0].requirements[1].result == null'
}

@test "mark: the only requirement need not be named; of several one must be" {
    run_split regtool course mark A @1 --result pass
    assert_status 4
    assert_has 'has no requirement' stderr
    regtool course set A --requirement report >/dev/null
    run_split regtool course mark A @1 @2 --result pass -f json
    assert_status 0
    assert_json '.marked == 2'
    regtool course set A --requirement report --requirement exam >/dev/null
    run_split regtool course mark A @1 --result pass
    assert_status 4
    assert_has '--requirement' stderr
    # Who is not in the course is marked, and it is said.
    run_split regtool course mark A @4 --requirement exam --result pass
    assert_status 0
    assert_has '@4 Dora is not enrolled' stderr
}

@test "mark: usage, and what is not there" {
    regtool course set A --requirement report >/dev/null
    run_split regtool course mark A @1
    assert_status 2
    run_split regtool course mark A --result pass
    assert_status 2
    run_split regtool course mark A @1 --result good
    assert_status 2
    run_split regtool course mark B @1 --result pass
    assert_status 4
    run_split regtool course mark A @1 --requirement exam --result pass
    assert_status 4
    assert_has "there is 'report'" stderr
    run_split regtool course mark A @1 @77 nobody@example.org --result pass
    assert_status 4
    assert_has '2 of 3 are not known: nothing was marked' stderr
    report -f csv
    assert_has_not 'report:pass'
}

@test "mark --file takes a class, as a spreadsheet has it" {
    regtool course set A --requirement report --requirement exam >/dev/null
    printf 'Who;Requirement;Result;Remark\r\n@1;report;Pass;fine\r\n100002;EXAM;excused;ill\r\n' >class.csv
    run_split regtool course mark A --file class.csv -f json
    assert_status 0
    assert_json '.marked == 2'
    report -f csv
    assert_has 'report:pass;exam:'
    assert_has 'report:;exam:excused'
    run_split regtool course mark A --file class.csv -f json
    assert_json '.marked == 0 and .unchanged == 2'
}

@test "mark --file: each bad row is named, and nothing is written" {
    regtool course set A --requirement report >/dev/null
    cat >class.csv <<'END'
who,requirement,result
@1,report,pass
@2,report,good
@3,report
END
    run_split regtool course mark A --file class.csv
    assert_status 3
    assert_has "class.csv:3: result: 'good'" stderr
    assert_has 'class.csv:4: 2 cells, the header has 3' stderr
    printf 'who,requirement,result\n@1,report,pass\n@77,report,pass\n' >class.csv
    run_split regtool course mark A --file class.csv
    assert_status 4
    assert_has 'class.csv:3' stderr
    printf 'who,result\n@1,pass\n' >class.csv
    run_split regtool course mark A --file class.csv
    assert_status 3
    assert_has "no column 'requirement'" stderr
    report -f csv
    assert_has_not 'report:pass'
    run_split regtool course mark A @1 --file class.csv
    assert_status 2
}

@test "grant and deny beat the rule, say so, and are taken back" {
    run_split regtool course grant A cia@example.org --credits 0.5 --reason 'was ill' -f json
    assert_status 0
    assert_json '. == {course: "A", registrant: 3, decision: "granted", credits: 0.5,
        reason: "was ill"}'
    run_split regtool course deny A @1 --reason 'copied the report' -f json
    assert_json '.decision == "denied" and .credits == null'
    report -f csv
    assert_has 'not-eligible,0,denied'
    assert_has 'eligible,0.5,granted;percent-short:72'
    report --for @3 --explain
    assert_status 0
    assert_has 'granted by hand: was ill'
    # A later decision takes the place of the earlier one.
    regtool course grant A @1 --reason 'it was not' >/dev/null
    report --for @1 -f csv
    assert_status 0
    assert_has 'eligible,1,granted'
    run_split regtool course undecide A @1 --reason 'the rule is enough'
    assert_status 0
    report --for @1 -f csv
    assert_status 0
    assert_has 'eligible,1,'
    assert_has_not 'granted'
    run_split regtool course undecide A @1 --reason again
    assert_status 1
    run regtool log
    assert_has 'course grant'
    assert_has 'was ill'
    run regtool check
    assert_status 0
}

@test "grant: usage, and what is not there" {
    run_split regtool course grant A @1
    assert_status 2
    run_split regtool course deny A @1 --credits 1 --reason r
    assert_status 2
    run_split regtool course grant B @1 --reason r
    assert_status 4
    run_split regtool course deny A @77 --reason r
    assert_status 4
}

@test "the result list: R, E, M, NA, in this order" {
    regtool course set A --requirement exam:2022-02-20 >/dev/null
    for who in 5 6 7 8 9; do
        regtool --quiet registrant add --name "P$who" --email "p$who@example.org" \
            --external-id "10000$who" --courses A >/dev/null
    done
    regtool course mark A @1 --result pass >/dev/null      # there, passed: R
    regtool course mark A @2 --result fail >/dev/null      # there, failed: E
    regtool course mark A @3 --result excused >/dev/null   # not there, excused: M
    regtool course deny A @5 --reason r >/dev/null         # denied: E
    regtool course grant A @6 --reason r >/dev/null        # granted: R
    regtool course mark A @7 --result absent >/dev/null    # NA
    regtool registrant cancel @8 --reason r >/dev/null     # no line
    regtool attendance add @9 --session S1 --from 2022-02-15T09:00 --to 2022-02-15T09:10 \
        --reason r >/dev/null                              # there, but short: E
    report -f epfl
    assert_status 0
    assert_output 'external_id,name,course,credits,result
100001,Ada,A,1,R
100002,Ben,A,0,E
100003,Cia,A,0,M
100005,P5,A,0,E
100006,P6,A,1,R
100007,P7,A,0,NA
100009,P9,A,0,E'
}
