#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool credit-report --explain: a page for each person.

load helper

setup_test() {
    export LC_ALL=C.UTF-8
    regtool --quiet init --event e --timezone Europe/Zurich
    regtool --quiet event set e --title 'Two days' >/dev/null
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T09:00,2022-02-15T10:00,One,
S1,break,2022-02-15T09:20,2022-02-15T09:30,Coffee,
会議,session,2022-02-15T11:00,2022-02-15T12:00,神経科学の最先端の話題についての全体会議と討論の時間そして質疑応答の時間そしてまとめ,
S3,session,2022-02-16T09:00,2022-02-16T10:40,Three,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,sciper,affiliation,roles,courses
Ada,ada@example.org,100001,EPFL,student;speaker,BIO-1
名前,ben@example.org,,,,BIO-1
END
    regtool --quiet import people.csv >/dev/null
    regtool course set BIO-1 --title Biology --requirement report:2022-03-01 >/dev/null
    cat >scans <<'END'
{"who":"@1","at":"2022-02-15T08:55","direction":"in","station":"hall-a"}
{"who":"@1","at":"2022-02-15T09:30:30","direction":"out","station":"hall-b"}
{"who":"@1","at":"2022-02-15T11:00","direction":"in","station":"hall-a"}
{"who":"@1","at":"2022-02-16T09:01","direction":"in"}
{"who":"@1","at":"2022-02-16T10:50","direction":"out"}
END
    regtool -f jsonl checkin - <scans >/dev/null
}

explain() {
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-17T09:00 --explain "$@"
}

# The widest line and the number of lines of $output.
widest() {
    LC_ALL=C.UTF-8 wc -L <<<"$output"
}

@test "the page, to the byte" {
    explain --for @1
    assert_status 1
    assert_output "Person    Ada (@1)
          ada@example.org, 100001, EPFL, enrolled; roles speaker, student
Course    BIO-1: Biology
Event     e: Two days
Rule      enrolled; 80 % of the time; report by 2022-03-01 (version 2)
As of     2022-02-17 09:00 (Europe/Zurich)
Decision  pending, 0 credits

Session  Time         Present                                  Minutes  Attended
2022-02-15
S1       09:00-10:00  |█████████████▁                  |      20 of 50  no
    One
    08:55-09:30:30      20 min 30 s  door hall-a to hall-b, scans 1 and 2,
                                     checked out
    not counted: 5 min before the start, 10 min break
会議     11:00-12:00  |████████████████████████████████|      60 of 60  yes
    神経科学の最先端の話題についての全体会議と討論の時間そして質疑応答の時間そし
    てまとめ
    11:00-                   60 min  door hall-a, scans 3 and 4, not seen
                                     leaving
2022-02-16
S3       09:00-10:40  |▅███████████████████████████████|     99 of 100  yes
    Three
    09:01-10:50              99 min  door, scans 4 and 5, checked out
    not counted: 10 min after the end

Sum       179 of 210 minutes, 85.4 %; 2 of 3 sessions attended
Required  report: no result, due 2022-03-01
Missing   report: pass, due 2022-03-01; so far no result

Bars      what counts of a session, in 32 equal parts: █ present all the time, ▁
          to ▇ part of it, blank not at all
Log $(regtool log --head)"
    first=$output
    explain --for @1
    [ "$first" = "$output" ]
}

@test "bars are ASCII where UTF-8 is not what the reader sees" {
    LC_ALL=C explain
    assert_has 'S1       09:00-10:00  |#############.                  |      20 of 50  no'
    assert_has 'S3       09:00-10:40  |+###############################|     99 of 100  yes'
    assert_has '# present all the time'
    assert_has "$(printf '%080d' 0 | tr 0 -)"
    assert_has_not '█'
    LC_ALL='' LC_CTYPE='' LANG=de_CH.ISO-8859-1 explain --for @1
    assert_has '|+####'
    LC_ALL='' LC_CTYPE=de_CH.utf8 LANG=C explain --for @1
    assert_has '|▅████'
}

@test "a page for each, under the report's head and over its counts" {
    explain
    assert_status 0
    [[ $output == "course BIO-1: Biology
rule: enrolled; 80 % of the time; report by 2022-03-01 (version 2)
210 minutes in all; as of 2022-02-17 09:00
log $(regtool log --head)

────────────────────────────────────────────────────────────────────────────────

Person    Ada (@1)"* ]]
    [ "$(grep -c '^────' <<<"$output")" -eq 2 ]
    assert_has '
────────────────────────────────────────────────────────────────────────────────

Person    名前 (@2)'
    [[ $output == *$'\n\n0 eligible, 1 not eligible, 1 pending' ]]
    assert_has_not $'\f'
    [ "$(widest)" -le 80 ]
    first=$output
    explain
    [ "$first" = "$output" ]
    # Only those asked for.
    explain --decision eligible
    assert_has '0 eligible, 0 not eligible, 0 pending'
    assert_has_not Person
}

@test "one second missing, or present, can be seen" {
    regtool --quiet attendance add @2 --session S3 --from 2022-02-16T09:00 \
        --to 2022-02-16T10:39:59 --reason r >/dev/null
    regtool --quiet attendance add @2 --session S1 --from 2022-02-15T09:59:59 \
        --to 2022-02-15T10:00 --reason r >/dev/null
    explain --for @2
    assert_has '|███████████████████████████████▇|     99 of 100  yes'
    assert_has '|                               ▁|       0 of 50  no'
    assert_has '09:00-10:39:59      99 min 59 s  manual by '
    assert_has 'Missing   68 more minutes, for 80.0 % of 210'
    # The second that was missing.
    regtool --quiet attendance add @2 --session S3 --from 2022-02-16T10:39:30 \
        --to 2022-02-16T10:40 --reason r >/dev/null
    explain --for @2
    assert_has '|████████████████████████████████|    100 of 100  yes'
    assert_has '10:39:30-10:40              1 s  manual by '
    assert_has 'not counted: 29 s counted already'
}

@test "where it is known from: the file, with its number" {
    printf 'who,session,from,to\n@2,S1,2022-02-15T09:00,2022-02-15T09:50\n' >stays.csv
    regtool --quiet attendance import stays.csv >/dev/null
    explain --for @2
    assert_has 'manual, import 2, scan 6'
    assert_has 'Imports   2: stays.csv'
}

@test "what is ahead is not missing yet" {
    run_split regtool credit-report --course BIO-1 --as-of 2022-02-16T09:50 --explain --for @1
    assert_has '|▅███████████████                |     49 of 100  ahead'
    assert_has '09:01-                   49 min  door, scan 4, still in'
    assert_has 'Missing   39 more minutes, for 80.0 % of 210'
    assert_has '1 session not yet over'
}

@test "where exits are asked for, a stay without one is blank" {
    regtool --quiet course set BIO-1 --require-exit
    explain --for @1
    assert_has '会議     11:00-12:00  |                                |       0 of 60  no'
    assert_has 'not counted: 60 min without check-out'
    assert_has 'a check-out from session 会議'
}

@test "a session that is only required, and two at once" {
    regtool --quiet course set BIO-1 --count-session S1 --require-session S3
    explain --for @1
    assert_has 'Three; needed, but its minutes do not count'
    assert_has 'Sum       20 of 50 minutes, 41.0 %; 0 of 1 session attended'
    assert_has_not '会議'
    cat >beside.csv <<'END'
session,kind,start,end,title,people
A,session,2022-03-01T09:00,2022-03-01T10:00,,
B,session,2022-03-01T09:30,2022-03-01T10:30,,
END
    regtool --quiet event add two --timezone Europe/Zurich
    regtool --quiet --event two programme import beside.csv >/dev/null
    regtool --quiet --event two import people.csv >/dev/null
    for session in A B; do
        regtool --quiet --event two attendance add ada@example.org --session "$session" --reason r
    done
    run_split regtool --event two credit-report --course BIO-1 --explain --for ada@example.org \
        --as-of 2022-03-02T09:00
    assert_status 0
    assert_has '60 of 60  yes'
    assert_has 'Sum       90 of 90 minutes, 100.0 %; 2 of 2 sessions attended
          30 min in two sessions at once, counted once
Missing   nothing'
}

@test "granted and denied by hand, with the reason and what is not met" {
    regtool --quiet course grant BIO-1 @2 --credits 0.5 --reason 'was ill'
    explain --for @2
    assert_status 0
    assert_has 'Decision  eligible, 0.5 credits, granted by hand: was ill'
    assert_has 'Not met   168 more minutes, for 80.0 % of 210
          report: pass, due 2022-03-01; so far no result'
}

@test "an event without sessions" {
    regtool --quiet event add plain --timezone Europe/Zurich --end 2022-02-15
    regtool --quiet --event plain import people.csv >/dev/null
    regtool --quiet --event plain checkin --who ada@example.org --at 2022-02-15T09:00
    run_split regtool --event plain credit-report --course BIO-1 --explain --for ada@example.org \
        --as-of 2022-02-16T09:00
    assert_status 0
    assert_has 'Sum       has arrived at the event, which has no sessions'
    assert_has_not Bars
}

@test "eight sessions with a bad connection fit on a page" {
    {
        echo 'session,kind,start,end,title,people'
        for session in 1 2 3 4 5 6 7 8; do
            day=$((15 + session / 5)) hour=$((8 + session % 4 * 2))
            printf 'session-of-the-day-%02d,session,2022-06-%dT%02d:00,2022-06-%dT%02d:30,A title of some length for a session of the symposium,\n' \
                "$session" "$day" "$hour" "$day" $((hour + 1))
        done
    } >eight.csv
    {
        echo 'who,session,from,to'
        for session in 1 2 3 4 5 6 7 8; do
            day=$((15 + session / 5)) hour=$((8 + session % 4 * 2))
            for minute in 01 06 11 16 21 26 31 36 41 46 51; do
                printf 'ada@example.org,session-of-the-day-%02d,2022-06-%dT%02d:%s:10,2022-06-%dT%02d:%02d:50\n' \
                    "$session" "$day" "$hour" "$minute" "$day" "$hour" $((10#$minute + 3))
            done
        done
    } >report-of-the-meeting-with-a-long-name.csv
    regtool --quiet event add eight --timezone Europe/Zurich
    regtool --quiet --event eight programme import eight.csv >/dev/null
    regtool --quiet --event eight import people.csv >/dev/null
    regtool --quiet --event eight attendance import report-of-the-meeting-with-a-long-name.csv >/dev/null
    run_split regtool --event eight credit-report --course BIO-1 --explain --for ada@example.org \
        --as-of 2022-07-01T09:00
    # A code of 21 columns is cut beside the bar, and whole below it.
    assert_has 'session-of-the-day-…  10:00-11:30'
    assert_has '    session-of-the-day-01; A title of some length'
    assert_has '10 more: manual'
    assert_has 'Stays     each of them with its scans: regtool attendance list --who @'
    printf '%s\n' "$output"
    assert_has 'Imports   3: report-of-the-meeting-with-a-long-name.csv'
    [ "$(wc -l <<<"$output")" -le 60 ]
    [ "$(widest)" -le 80 ]
    # One session alone has room for all.
    regtool --quiet --event eight course set BIO-1 --count-session session-of-the-day-01
    run_split regtool --event eight credit-report --course BIO-1 --explain --for ada@example.org \
        --as-of 2022-07-01T09:00
    [ "$(grep -c ' manual, import' <<<"$output")" -eq 11 ]
    assert_has_not 'more:'
}

@test "CSV and JSON are as without the page" {
    explain -f csv
    [ "$(wc -l <<<"$output")" -eq 3 ]
    explain -f json
    assert_json '.rows[0].evidence | map(.session) == ["S1", "会議", "S3"]'
}
