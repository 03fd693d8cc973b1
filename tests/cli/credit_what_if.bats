#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool credit-report --what-if: who would get another answer under another rule.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-17T09:00+01:00
    regtool --quiet init --event e --timezone Europe/Zurich
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T09:00,2022-02-15T10:00,One,
S2,session,2022-02-15T11:00,2022-02-15T12:00,Two,
S3,session,2022-02-16T09:00,2022-02-16T10:00,Three,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,sciper,courses
Ada,ada@example.org,100001,BIO-1
Ben,ben@example.org,100002,BIO-1
Cia,cia@example.org,,BIO-1
Dora,dora@example.org,100004,
END
    regtool --quiet import people.csv >/dev/null
    cat >stays.csv <<'END'
who,session,from,to
@1,S1,2022-02-15T09:00,2022-02-15T10:00
@1,S2,2022-02-15T11:00,2022-02-15T12:00
@1,S3,2022-02-16T09:00,2022-02-16T10:00
@2,S1,2022-02-15T09:00,2022-02-15T10:00
@2,S2,2022-02-15T11:00,2022-02-15T11:20
@2,S3,2022-02-16T09:00,2022-02-16T10:00
@3,S1,2022-02-15T09:00,2022-02-15T10:00
@3,S2,2022-02-15T11:00,2022-02-15T12:00
@3,S3,2022-02-16T09:00,2022-02-16T09:30
@4,S1,2022-02-15T09:00,2022-02-15T10:00
@4,S2,2022-02-15T11:00,2022-02-15T12:00
@4,S3,2022-02-16T09:00,2022-02-16T10:00
END
    regtool --quiet attendance import stays.csv >/dev/null
}

what_if() {
    run_split regtool credit-report --course BIO-1 --what-if "$@"
}

@test "who gains and who loses, before and after, with the reasons" {
    what_if --min-percent 75 --require-session S3 -f csv
    assert_status 0
    assert_output 'course,registrant,name,email,external_id,change,decision,what_if_decision,credits,what_if_credits,minutes_attended,what_if_minutes_attended,percent,what_if_percent,reasons,what_if_reasons
BIO-1,2,Ben,ben@example.org,100002,gains,not-eligible,eligible,0,1,140,140,77.7,77.7,percent-short:4,
BIO-1,3,Cia,cia@example.org,,loses,eligible,not-eligible,1,0,150,150,83.3,83.3,,missing-session:S3'
}

@test "the table has both rules, the log's head and a summary" {
    what_if --min-percent 75 --require-session S3
    assert_status 0
    assert_has 'rule: enrolled; 80 % of the time (version 1)'
    assert_has 'what if: enrolled; 75 % of the time; session S3 (75 % of each)'
    assert_has "log $(regtool log --head)"
    assert_has '1 would gain the credit, 1 would lose it, 0 would change otherwise'
    assert_has '2 eligible now, 2 would be; nothing is stored'
}

@test "JSON is one object with both courses and the summary" {
    what_if --min-percent 75 --count-session S1 --count-session S3 -f json
    assert_status 0
    assert_json 'keys == ["as_of", "course", "log_head", "rows", "summary", "what_if"]'
    assert_json '.course.min_percent == 80 and .course.rule_version == 1'
    assert_json '.what_if.min_percent == 75 and .what_if.count_sessions == ["S1", "S3"]
        and .what_if.rule_version == null'
    assert_json '.summary == {gains: 1, loses: 0, other: 0, eligible: 2, what_if_eligible: 3}'
    assert_json '.rows == [{course: "BIO-1", registrant: 2, name: "Ben",
        email: "ben@example.org", external_id: "100002", change: "gains",
        decision: "not-eligible", what_if_decision: "eligible", credits: 0,
        what_if_credits: 1, minutes_attended: 140, what_if_minutes_attended: 120,
        percent: 77.7, what_if_percent: 100, reasons: ["percent-short:4"],
        what_if_reasons: []}]'
    head=$(regtool log --head)
    what_if --min-percent 75 -f json
    [ "$(json .log_head)" = "$head" ]
}

@test "nothing is stored" {
    before=$(sha256sum regtool.db)
    what_if --min-percent 0 --requirement essay:2022-03-01 --count-session S1 --max 3
    assert_status 0
    [ "$(sha256sum regtool.db)" = "$before" ]
    run_split regtool course show BIO-1 -f json
    assert_json '.min_percent == 80 and .requirements == [] and .rule_version == 1'
}

# same_as_set RULE...: the report of a copy with that rule set, against what what-if says
same_as_set() {
    cp before.db after.db
    regtool --db after.db --quiet course set BIO-642 "$@"
    regtool --db after.db credit-report --course BIO-642 --all -f json >after.json
    regtool --db before.db credit-report --course BIO-642 --all -f json >now.json
    regtool --db before.db credit-report --course BIO-642 --all --what-if "$@" -f json >what-if.json
    jq -en --slurpfile now now.json --slurpfile after after.json --slurpfile what_if what-if.json '
        def people: map({key: (.registrant | tostring), value: .}) | from_entries;
        def eligible: map(select(.decision == "eligible")) | length;
        ($now[0].rows | people) as $was | ($what_if[0].rows | people) as $would |
        ($what_if[0].what_if | del(.rule_version)) == ($after[0].course | del(.rule_version)) and
        $what_if[0].course == $now[0].course and
        $what_if[0].summary.eligible == ($now[0].rows | eligible) and
        $what_if[0].summary.what_if_eligible == ($after[0].rows | eligible) and
        ($after[0].rows | length) == ($now[0].rows | length) and
        ($after[0].rows | all(. as $is | (.registrant | tostring) as $key |
            if $would | has($key) then
                $would[$key] | .what_if_decision == $is.decision and
                    .what_if_credits == $is.credits and .what_if_reasons == $is.reasons and
                    .what_if_minutes_attended == $is.minutes_attended and
                    .what_if_percent == $is.percent and .decision == $was[$key].decision and
                    .credits == $was[$key].credits and .reasons == $was[$key].reasons and
                    (.decision != .what_if_decision or .credits != .what_if_credits)
            else
                $was[$key].decision == $is.decision and $was[$key].credits == $is.credits
            end))' >/dev/null || {
        printf 'another answer: %s\n' "$*"
        return 1
    }
    jq '.rows | length' what-if.json >>changes
}

@test "it says what the report says once the rule is set" {
    local example=${abs_srcdir:?}/doc/examples/loss-landscape-2022
    mkdir example
    cd example
    regtool --quiet init --event loss --timezone Europe/Zurich
    regtool --quiet programme import "$example/programme.csv" >/dev/null
    regtool --quiet import "$example/attendees.csv" >/dev/null
    regtool -f csv checkin - <"$example/day1.jsonl" >/dev/null || [ $? -eq 1 ]
    regtool --quiet attendance import "$example/day2-zoom.csv" --session S3 --session S4 \
        --unmatched review.csv >/dev/null
    regtool --quiet course set BIO-642 --requirement report:2022-03-01 --require-session S1
    regtool --quiet course mark BIO-642 @17 @19 @21 @23 --requirement report --result pass >/dev/null
    regtool --quiet course mark BIO-642 @33 --requirement report --result fail >/dev/null
    regtool --quiet course grant BIO-642 @33 --reason r >/dev/null
    regtool --quiet course deny BIO-642 @21 --reason r >/dev/null
    cp regtool.db before.db
    same_as_set --min-percent 75
    same_as_set --min-percent 0 --min-minutes 300
    same_as_set --min-percent 0 --require-session none
    same_as_set --min-sessions 3 --session-percent 90
    same_as_set --require-session S2 --require-session S4
    same_as_set --require-session none --require-each-day --no-require-exit
    same_as_set --require-exit
    same_as_set --count-session s4 --count-session S1
    same_as_set --enrolment any
    same_as_set --roles 'speaker+student'
    same_as_set --requirement none
    same_as_set --requirement REPORT --requirement essay:2022-02-01
    same_as_set --credits 2.5
    same_as_set --credits-per 45 --round nearest --step 0.25 --max-per-half-day 1.5
    same_as_set --credits-per-sessions 2 --max-per-day 1 --max 1 --requirement none
    # The rules are others: all but a few change something.
    [ "$(grep -vxc 0 changes)" -ge 10 ]
}

@test "whom only one of the rules lists is looked at too" {
    what_if --enrolment any -f json
    assert_status 0
    assert_json '.rows | map([.registrant, .change, .reasons]) == [[4, "gains", ["not-enrolled"]]]'
    assert_json '.summary.eligible == 2 and .summary.what_if_eligible == 3'
    regtool --quiet course set BIO-1 --enrolment any
    what_if --enrolment required -f json
    assert_json '.rows | map([.registrant, .change, .what_if_reasons]) ==
        [[4, "loses", ["not-enrolled"]]]'
    assert_json '.summary.eligible == 3 and .summary.what_if_eligible == 2'
}

@test "credits alone, and pending, are changes too" {
    what_if --credits 2 -f json
    assert_json '.summary == {gains: 0, loses: 0, other: 2, eligible: 2, what_if_eligible: 2}'
    assert_json '.rows[0] | .change == "other" and .credits == 1 and .what_if_credits == 2'
    what_if --requirement essay -f json
    assert_json '.rows | map([.registrant, .change, .what_if_decision, .what_if_reasons]) ==
        [[1, "loses", "pending", ["requirement-missing:essay"]],
         [3, "loses", "pending", ["requirement-missing:essay"]]]'
    # Ben's time is enough, and his essay may still come.
    what_if --requirement essay --min-percent 75 --for @2 -f json
    assert_status 1
    assert_json '.rows[0] | .change == "other" and .what_if_decision == "pending"'
    # The same rule again.
    what_if --min-percent 80
    assert_status 0
    assert_has '0 would gain the credit, 0 would lose it, 0 would change otherwise'
    what_if --min-percent 75 --as-of 2022-02-15T10:30 -f json
    assert_json '.rows == [] and .as_of == "2022-02-15T10:30:00+01:00"'
}

@test "--for shows the person in any case, and its exit status is the other rule's answer" {
    what_if --for @2 --min-percent 75 -f json
    assert_status 0
    assert_json '.rows | length == 1 and .[0].change == "gains"'
    what_if --for @1 --min-percent 75 -f json
    assert_status 0
    assert_json '.rows[0].change == "none"'
    what_if --for @3 --require-session S3 -f json
    assert_status 1
    assert_json '.rows[0].change == "loses"'
}

@test "a rule without --what-if, --what-if without a rule, and what cannot stand with it" {
    run_split regtool --db missing.db credit-report --course BIO-1 --min-percent 75
    assert_status 2
    assert_has '--min-percent is of another rule: --what-if is missing' stderr
    assert_has 'regtool course set BIO-1 --min-percent' stderr
    run_split regtool --db missing.db credit-report --course BIO-1 --what-if
    assert_status 2
    assert_has 'for example: --what-if --min-percent 75' stderr
    for other in --explain --since-award '--decision eligible'; do
        # shellcheck disable=SC2086 # words
        what_if --min-percent 75 $other
        assert_status 2
        assert_has 'exclude each other' stderr
    done
    what_if --min-percent 75 -f epfl
    assert_status 2
    assert_has "no '--what-if'" stderr
    what_if --min-percent 175
    assert_status 2
    what_if --title New
    assert_status 2
    assert_has "unknown option '--title'" stderr
    what_if --require-session S9
    assert_status 4
    assert_has "no session 'S9'" stderr
    what_if --requirement 'a b'
    assert_status 2
}
