#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool attendance list, show, add, void.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T16:00:00Z # 17:00 in Zurich
    export REGTOOL_ACTOR=desk
    regtool --quiet init --event sym --timezone Europe/Zurich
    cat >programme.csv <<'END'
session,kind,start,end,title,people,access
S1,session,2022-02-15T14:00,2022-02-15T16:00,Theory,,
S2,session,2022-02-15T17:00,2022-02-15T19:00,Practice,,
S3,session,2022-02-16T10:00,2022-02-16T11:00,Closed,,speaker
END
    regtool --quiet programme import programme.csv >/dev/null
    printf 'name,email\nAda,ada@example.org\n=Bob,bob@example.org\n' >people.csv
    regtool --quiet import people.csv >/dev/null
}

# door WHO AT OPTION...: a scan of which the answer does not matter
door() {
    regtool --quiet checkin --who "$1" --at "$2" "${@:3}" >/dev/null || true
}

out() {
    regtool --quiet checkout --who "$1" --at "$2" "${@:3}" >/dev/null || true
}

@test "the ledger has every scan, the refused and unknown too" {
    door @1 2022-02-15T14:00 --station hall
    door @1 2022-02-15T14:10
    out @1 2022-02-15T15:00
    regtool --quiet checkin 0000-0000-0000-0000-0000-0000-0000 >/dev/null || true
    door @2 2022-02-15T10:00 --session S1 --force --reason early
    run_split regtool -f csv attendance list
    assert_status 0
    assert_output "scan,at,direction,result,reason,registrant,name,session,source,station,forced,voided,import_id,actor
1,2022-02-15T14:00:00+01:00,in,admitted,,1,Ada,S1,door,hall,no,no,,desk
2,2022-02-15T14:10:00+01:00,in,refused,already-in,1,Ada,S1,door,,no,no,,desk
3,2022-02-15T15:00:00+01:00,out,admitted,,1,Ada,S1,door,,no,no,,desk
4,2022-02-15T17:00:00+01:00,in,refused,unknown-token,,,,door,,no,no,,desk
5,2022-02-15T10:00:00+01:00,in,admitted,too-early,2,'=Bob,S1,door,,yes,no,,desk"
}

@test "one session, one person, or both" {
    door @1 2022-02-15T14:00
    door @1 2022-02-15T17:00
    door @2 2022-02-15T17:00
    run_split regtool -f json attendance list --session s2
    assert_json 'map(.scan) == [2, 3]'
    run_split regtool -f json attendance list --who ada@example.org
    assert_json 'map(.scan) == [1, 2]'
    run_split regtool -f json attendance list --who @1 --session S2
    assert_json 'map(.scan) == [2]'
    run_split regtool -f json attendance list --who @2 --session S1
    assert_output '[]'
    run_split regtool attendance list --session S9
    assert_status 4
    run_split regtool attendance list --who nobody
    assert_status 4
}

@test "add: the session, or a part of it" {
    run_split regtool -f json attendance add @1 --session S1 --reason 'the chair saw her'
    assert_status 0
    assert_json '.scan == 1 and .source == "manual" and .at == "2022-02-15T14:00:00+01:00" and
        .until == "2022-02-15T16:00:00+01:00" and .result == "admitted"'
    run_split regtool -f json attendance add bob@example.org --session S1 \
        --from 2022-02-15T13:00 --to 2022-02-15T14:30 --reason x
    assert_status 0
    run_split regtool -f json attendance show
    assert_json 'map([.registrant, .minutes, .sources]) ==
        [[1, 120, ["manual"]], [2, 30, ["manual"]]]'
}

@test "add: what is missing or wrong" {
    run_split regtool attendance add @1 --reason x
    assert_status 2
    run_split regtool attendance add @1 --session S1
    assert_status 2
    assert_has '--reason is missing' stderr
    run_split regtool attendance add @1 --session S1 --reason x --from 2022-02-15T14:00
    assert_status 2
    run_split regtool attendance add @1 --session S1 --reason x --from 2022-02-15T14:00 \
        --to 2022-02-15T14:00
    assert_status 2
    run_split regtool attendance add @1 --session S9 --reason x
    assert_status 4
    run_split regtool attendance add @9 --session S1 --reason x
    assert_status 4
    run_split regtool -f json attendance list
    assert_output '[]'
}

@test "void: by a new entry, once" {
    door @1 2022-02-15T14:00
    run_split regtool -f json attendance void 1 --reason 'wrong badge'
    assert_status 0
    assert_json '.scan == 2 and .result == "void" and .direction == null'
    run_split regtool -f csv attendance list
    assert_has '1,2022-02-15T14:00:00+01:00,in,admitted,,1,Ada,S1,door,,no,yes,,desk'
    assert_has '2,2022-02-15T17:00:00+01:00,,void,,1,Ada,S1,door,,no,no,,desk'
    run_split regtool -f json attendance show
    assert_output '[]'
    run_split regtool attendance void 1 --reason x
    assert_status 1
    assert_has 'scan 1 was taken back before, by 2' stderr
    run_split regtool attendance void 2 --reason x
    assert_status 1
    run_split regtool attendance void 3 --reason x
    assert_status 4
    run_split regtool attendance void x --reason x
    assert_status 2
    run_split regtool attendance void 1
    assert_status 2
    # As if it had not been.
    run_split regtool -f json checkin --who @1 --at 2022-02-15T14:30
    assert_status 0
}

@test "show: presence, a row for each person and session" {
    door @1 2022-02-15T13:50
    out @1 2022-02-15T15:00
    door @1 2022-02-15T15:30
    door @2 2022-02-15T16:40
    run_split regtool -f csv attendance show
    assert_status 0
    assert_output "registrant,name,email,session,first_in,last_out,minutes,session_minutes,percent,sources
1,Ada,ada@example.org,S1,2022-02-15T13:50:00+01:00,,90,120,75.0,door
2,'=Bob,bob@example.org,S2,2022-02-15T16:40:00+01:00,,0,120,0.0,door"
    run_split regtool -f json attendance show --session S1 --who @2
    assert_output '[]'
}

@test "show: late entries in any order give the same" {
    door @1 2022-02-15T15:30
    out @1 2022-02-15T15:00
    door @1 2022-02-15T13:50
    regtool -f csv attendance show | cut -d, -f2- >first.csv
    regtool --quiet event add again --timezone Europe/Zurich >/dev/null
    export REGTOOL_EVENT=again
    regtool --quiet programme import programme.csv >/dev/null
    printf 'name,email\nX,x@example.org\nAda,ada@example.org\n' >people.csv
    regtool --quiet import people.csv >/dev/null
    door ada@example.org 2022-02-15T13:50
    out ada@example.org 2022-02-15T15:00
    door ada@example.org 2022-02-15T15:30
    regtool -f csv attendance show | cut -d, -f2- | diff first.csv -
}
