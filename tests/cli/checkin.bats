#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool checkin, checkout: options, results, reasons, exit statuses.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T13:00:00Z # 14:00 in Zurich
    regtool --quiet init --event sym --title Symposium --timezone Europe/Zurich
    cat >programme.csv <<'END'
session,kind,start,end,title,people,chair,room,access,credit,capacity
S1,session,2022-02-15T14:25,2022-02-15T16:30,Theory,,,,,,
S2,session,2022-02-15T17:10,2022-02-15T19:30,Practice,,,,,,2
S3,session,2022-02-16T10:00,2022-02-16T11:00,Closed,,,,speaker+chair,no,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,affiliation,roles,status,note,external_id
Ada Lovelace,ada@example.org,Analytical Society,attendee,confirmed,vegetarian,1815
Bob Speaker,bob@example.org,,speaker;student,confirmed,,
Cy Cancelled,cy@example.org,,,cancelled,,
Di Pending,di@example.org,,,pending,,
Wu Waiting,wu@example.org,,,waitlisted,,
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
}

# token N: the token of registrant N
token() {
    sed -n "s/^$1,.*,//p" tokens.csv
}

# answer WHAT WANTED: of the only result in $output
answer() {
    local is
    is=$(json "if type == \"array\" then .[0] else . end | .$1")
    if [ "$is" != "$2" ]; then
        printf '%s: %s, not %s\n' "$1" "$is" "$2"
        show_run
        return 1
    fi
}

# checks WANTED OPTION...: a check-in or, with `out' before the options, a check-out, that
# ends in "admitted" or that reason
checks() {
    local wanted=$1 command=checkin
    shift
    if [ "$1" = out ]; then
        command=checkout
        shift
    fi
    run_split regtool -f json "$command" "$@"
    if [ "$wanted" = admitted ]; then
        assert_status 0
        answer result admitted
    else
        assert_status 1
        answer result refused
        answer reason "$wanted"
    fi
}

scans() {
    regtool -f csv attendance list | sed 1d | wc -l
}

@test "a token is admitted, with everything the desk wants to know" {
    run_split regtool -f json checkin "$(token 1)" --station hall
    assert_status 0
    assert_json 'length == 1 and .[0] == {
        "result": "admitted", "reason": null, "direction": "in", "registrant": 1,
        "name": "Ada Lovelace", "affiliation": "Analytical Society", "roles": ["attendee"],
        "session": "S1", "session_title": "Theory", "at": "2022-02-15T14:00:00+01:00",
        "first_at": null, "station": "hall", "scan": 1, "forced": false,
        "attention": "vegetarian", "message": "Welcome, Ada Lovelace" }'
    assert_json '.[0] | keys_unsorted == ["result", "reason", "direction", "registrant", "name",
        "affiliation", "roles", "session", "session_title", "at", "first_at", "station", "scan",
        "forced", "attention", "message"]'
    [ -z "$stderr" ]
}

@test "the same as a table, as CSV and as JSON lines" {
    run_split regtool checkin "$(token 1)"
    assert_status 0
    assert_has 'Welcome, Ada Lovelace'
    run_split regtool -f csv checkin "$(token 2)" --at 2022-02-15T14:01:05
    assert_output 'result,reason,direction,registrant,name,affiliation,roles,session,session_title,at,first_at,station,scan,forced,attention,message
admitted,,in,2,Bob Speaker,,speaker;student,S1,Theory,2022-02-15T14:01:05+01:00,,,2,no,,"Welcome, Bob Speaker"'
    run_split regtool -f jsonl checkin "$(token 1)" "$(token 3)"
    assert_status 1
    [ "${#lines[@]}" -eq 2 ]
    jq -es 'map(.reason) == ["already-in", "cancelled"] and .[0].first_at != null' <<<"$output"
}

@test "a token is read as people type it" {
    lower=$(token 1 | tr '[:upper:]' '[:lower:]' | tr -d '-')
    checks admitted "  ${lower:0:9} ${lower:9}"
    first=$(token 2)
    wrong=${first%?}$([ "${first: -1}" = 0 ] && echo 1 || echo 0)
    checks malformed-token "$wrong"
    checks malformed-token ''
    checks malformed-token '{"who":"@1"}'
    assert_has_not "$wrong" stderr
    [ "$(scans)" -eq 1 ]
}

@test "several tokens: one result each, in order" {
    run_split regtool -f json checkin "$(token 1)" nonsense "$(token 3)" "$(token 1)"
    assert_status 1
    assert_json 'map(.reason) == [null, "malformed-token", "cancelled", "already-in"]'
    assert_json 'map(.scan) == [1, null, 2, 3]'
    assert_json '.[3].first_at == "2022-02-15T14:00:00+01:00"'
    assert_json '.[1] | .registrant == null and .name == null and .roles == null'
}

@test "who is refused for what they are" {
    checks cancelled "$(token 3)"
    answer message 'the registration of Cy Cancelled is cancelled'
    checks pending "$(token 4)"
    checks waitlisted "$(token 5)"
    checks unknown-token 0000-0000-0000-0000-0000-0000-0000
    answer name null
    regtool --quiet token revoke @1 --reason lost >/dev/null
    checks revoked-token "$(token 1)"
    answer name 'Ada Lovelace'
    checks admitted --who ada@example.org
    [ "$(scans)" -eq 6 ]
}

@test "a badge of another event is unknown, and the message says of which" {
    regtool --quiet event add other --timezone UTC >/dev/null
    printf 'name,email\nEve,eve@example.org\n' >eve.csv
    regtool --quiet -e other import eve.csv --tokens eve-tokens.csv
    stranger=$(sed -n '2s/.*,//p' eve-tokens.csv)
    checks unknown-token -e sym "$stranger"
    assert_has "'other'"
    answer registrant null
    run_split regtool -f csv -e sym attendance list
    assert_has 'unknown-token,,,'
    checks admitted -e other "$stranger"
    answer session null
}

@test "sessions: the one that is open, the one named, the next one" {
    checks no-session "$(token 1)" --at 2022-02-15T13:54:59
    answer message "no session is open: the next is 'S1', doors open at 13:55"
    checks admitted "$(token 1)" --at 2022-02-15T13:55
    answer session S1
    checks too-early "$(token 2)" --session s2 --at 2022-02-15T16:39:59
    answer session S2
    checks admitted "$(token 2)" --session s2 --at 2022-02-15T16:40
    checks too-late "$(token 2)" --session S1 --at 2022-02-15T16:30
    checks no-session "$(token 1)" --at 2022-02-17T09:00
    checks not-admitted "$(token 1)" --at 2022-02-16T09:45
    answer session S3
    checks admitted "$(token 2)" --at '2022-02-16 09:45'
    answer at 2022-02-16T09:45:00+01:00
    run_split regtool checkin "$(token 1)" --session S9
    assert_status 4
    assert_has "no session 'S9'" stderr
    assert_has "'S1', 'S2', 'S3'" stderr
    [ -z "$output" ]
}

@test "two sessions at once must be told apart" {
    cat >more.csv <<'END'
session,kind,start,end,title,people
P1,session,2022-02-17T14:00,2022-02-17T15:00,One,
P2,session,2022-02-17T14:00,2022-02-17T15:00,Two,
END
    regtool --quiet programme import more.csv
    checks ambiguous-session "$(token 1)" --at 2022-02-17T14:30
    assert_has "'P1', 'P2'"
    answer session null
    checks admitted "$(token 1)" --at 2022-02-17T14:30 --session P2
}

@test "a full session" {
    for email in x y; do
        printf 'name,email\n%s,%s@example.org\n' $email $email >more.csv
        regtool --quiet import more.csv
        checks admitted --who $email@example.org --at 2022-02-15T17:00
    done
    checks session-full "$(token 1)" --at 2022-02-15T17:01
    answer session S2
    checks admitted out --who x@example.org --at 2022-02-15T17:02
    checks session-full "$(token 1)" --at 2022-02-15T17:01
    checks admitted "$(token 1)" --at 2022-02-15T17:02
}

@test "a full session: several doors at once let in as many as fit, force lets in one more" {
    local i
    for i in {1..8}; do
        regtool -q registrant add --email "$i@example.org" >/dev/null
        regtool -q -f json checkin --who "$i@example.org" --at 2022-02-15T17:00 >"$i.json" &
    done
    wait
    [ "$(jq -s 'map(.[0].result) | map(select(. == "admitted")) | length' ./*.json)" = 2 ]
    [ "$(jq -s 'map(.[0].reason) | map(select(. == "session-full")) | length' ./*.json)" = 6 ]
    checks admitted "$(token 1)" --at 2022-02-15T17:01 --force --reason 'the speaker'
    answer reason session-full
    answer forced true
    # Late, from a door that was cut off: it had room at the time, and nobody is sent out again.
    checks admitted "$(token 2)" --at 2022-02-15T16:59
    checks already-in "$(token 1)" --at 2022-02-15T17:02
    run regtool attendance list --session S2 -f json
    [ "$(jq 'map(select(.result == "admitted")) | length' <<<"$output")" = 4 ]
}

@test "in, out, in; out of where one is not" {
    checks not-in out "$(token 1)"
    answer direction out
    answer session null
    checks admitted "$(token 1)" --at 2022-02-15T14:10
    checks already-in "$(token 1)" --at 2022-02-15T14:20
    answer first_at 2022-02-15T14:10:00+01:00
    answer message 'Ada Lovelace has been in since 14:10'
    checks not-in out "$(token 1)" --session S2 --at 2022-02-15T14:25
    answer session S2
    checks admitted out "$(token 1)" --at 2022-02-15T14:30
    answer session S1
    checks admitted "$(token 1)" --at 2022-02-15T14:40
    # After the end: the proof of having stayed.
    checks admitted out "$(token 1)" --at 2022-02-15T16:45
    answer session S1
}

@test "a late entry is of its own time" {
    checks admitted "$(token 1)" --at 2022-02-15T15:00
    checks admitted "$(token 1)" --at 2022-02-15T14:10
    checks already-in "$(token 1)" --at 2022-02-15T15:30
    answer first_at 2022-02-15T14:10:00+01:00
}

@test "arrival: once a day, and no stay" {
    checks admitted "$(token 1)" --arrival
    answer session null
    checks already-in "$(token 1)" --arrival --at 2022-02-15T23:59
    checks admitted "$(token 1)" --arrival --at 2022-02-16T00:00
    checks not-in out "$(token 1)" --at 2022-02-15T14:30
    run_split regtool checkin "$(token 1)" --arrival --session S1
    assert_status 2
    run_split regtool checkout "$(token 1)" --arrival
    assert_status 2
}

@test "an event without sessions: the arrival" {
    regtool --quiet event add bare --timezone Europe/Zurich >/dev/null
    printf 'name,email\nEve,eve@example.org\n' >eve.csv
    regtool --quiet -e bare import eve.csv
    export REGTOOL_EVENT=bare
    checks admitted --who eve@example.org
    checks already-in --who eve@example.org
    checks admitted out --who eve@example.org --at 2022-02-15T14:01
    checks not-in out --who eve@example.org --at 2022-02-15T14:02
    checks admitted --who eve@example.org --at 2022-02-15T14:03
    checks admitted --who eve@example.org --at 2022-02-16T14:02
    run_split regtool checkin --who eve@example.org --session S1
    assert_status 4
}

@test "who: by e-mail, id and number; unknown is exit 4" {
    checks admitted --who ADA@example.org
    checks already-in --who 1815
    checks already-in --who @1
    run_split regtool checkin --who nobody@example.org
    assert_status 4
    assert_has "no registrant 'nobody@example.org'" stderr
    run_split regtool checkin --who @1 "$(token 1)"
    assert_status 2
    run_split regtool -f csv log
    assert_has 'without token'
}

@test "a nonce sent again gets the first answer again" {
    checks admitted "$(token 1)" --nonce one --station hall
    checks admitted "$(token 1)" --nonce one --station desk --at 2022-02-15T15:00
    answer scan 1
    answer station hall
    answer at 2022-02-15T14:00:00+01:00
    checks nonce-conflict "$(token 2)" --nonce one
    answer scan null
    checks nonce-conflict "$(token 1)" --nonce one --session S2
    checks nonce-conflict out "$(token 1)" --nonce one
    checks admitted "$(token 1)" --nonce one --session S1
    # Others' badges come first.
    checks unknown-token 0000-0000-0000-0000-0000-0000-0000 --nonce two
    checks unknown-token 0000-0000-0000-0000-0000-0000-0000 --nonce two
    answer scan 2
    checks cancelled "$(token 3)" --nonce three
    printf 'email,status\ncy@example.org,confirmed\n' >confirmed.csv
    regtool --quiet import confirmed.csv
    checks cancelled "$(token 3)" --nonce three
    [ "$(scans)" -eq 3 ]
    run_split regtool checkin "$(token 1)" --nonce "$(printf 'x%.0s' {1..65})"
    assert_status 2
    run_split regtool checkin "$(token 1)" "$(token 2)" --nonce x
    assert_status 2
}

@test "force admits in spite of what it may, and keeps the reason" {
    checks admitted "$(token 3)" --force --reason 'paid at the desk'
    answer reason cancelled
    answer forced true
    checks admitted "$(token 1)" --force --reason 'for nothing'
    answer reason null
    answer forced false
    checks already-in "$(token 1)" --force --reason x
    answer forced false
    checks no-session "$(token 2)" --force --reason x --at 2022-02-15T09:00
    checks admitted "$(token 2)" --force --reason x --at 2022-02-15T09:00 --session S1
    answer reason too-early
    checks admitted "$(token 1)" --force --reason x --at 2022-02-16T10:00
    answer reason not-admitted
    answer session S3
    run_split regtool checkin "$(token 1)" --force
    assert_status 2
    run_split regtool checkin "$(token 1)" --reason x
    assert_status 2
}

@test "a dry run says it and stores nothing, on read-only files too" {
    run_split regtool -f json checkin --dry-run "$(token 1)" "$(token 1)" "$(token 3)"
    assert_status 1
    assert_json 'map([.reason, .scan]) == [[null, null], ["already-in", null], ["cancelled", null]]'
    [ "$(scans)" -eq 0 ]
    before=$(sha256sum regtool.db)
    checks admitted --dry-run "$(token 1)" --nonce n --force --reason x
    [ "$(sha256sum regtool.db)" = "$before" ]
}

@test "what is missing or too much is a usage error" {
    run_split regtool checkin
    assert_status 2
    assert_has '--who WHO' stderr
    run_split regtool checkin - "$(token 1)"
    assert_status 2
    run_split regtool checkin "$(token 1)" --at yesterday
    assert_status 2
    run_split regtool checkin "$(token 1)" --at 2022-03-27T02:30
    assert_status 2
    assert_has '03:30' stderr
    run_split regtool checkin "$(token 1)" --nonce ''
    assert_status 2
    [ "$(scans)" -eq 0 ]
}

to_full_disk() {
    regtool "$@" >/dev/full
}

to_nowhere() {
    regtool "$@" >&-
}

@test "an answer that cannot be written: exit 5, and the scan is stored" {
    run_split to_full_disk checkin "$(token 1)"
    assert_status 5
    [ "$(scans)" -eq 1 ]
    run_split to_nowhere -f jsonl checkin "$(token 2)"
    assert_status 5
    [ "$(scans)" -eq 2 ]
}

@test "a result goes to a file, whole" {
    run_split regtool -f csv checkin "$(token 1)" "$(token 3)" -o answers.csv
    assert_status 1
    [ -z "$output" ]
    [ "$(wc -l <answers.csv)" -eq 3 ]
}

@test "many doors at once admit each badge once" {
    for i in {1..30}; do
        printf 'P%s,p%s@example.org\n' "$i" "$i"
    done | sed '1i name,email' >many.csv
    regtool --quiet import many.csv --tokens many-tokens.csv
    sed -n 's/^[0-9]*,P[0-9].*,//p' many-tokens.csv >many.txt
    processes=()
    for door in {1..8}; do
        sort -R many.txt | regtool -f csv checkin - --station "door-$door" >"door-$door.out" &
        processes+=($!)
        xargs -n 1 "$REGTOOL" -f csv checkin <many.txt >"single-$door.out" 2>&1 &
        processes+=($!)
    done
    for process in "${processes[@]}"; do
        wait "$process" || true
    done
    admitted=$(cat ./*.out | grep -c '^admitted,' || true)
    refused=$(cat ./*.out | grep -c '^refused,already-in,' || true)
    [ "$admitted" -eq 30 ]
    [ "$refused" -eq $((16 * 30 - 30)) ]
    run_split regtool -f csv attendance list
    [ "$(grep -c ',admitted,' <<<"$output")" -eq 30 ]
    [ "$(grep -c ',refused,already-in,' <<<"$output")" -eq $((16 * 30 - 30)) ]
}
