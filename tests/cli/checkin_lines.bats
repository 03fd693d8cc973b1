#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool checkin -: scans as lines of standard input, and the station on a terminal.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T13:00:00Z # 14:00 in Zurich
    regtool --quiet init --event sym --title Symposium --timezone Europe/Zurich
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T14:25,2022-02-15T16:30,Theory,
S2,session,2022-02-15T17:10,2022-02-15T19:30,Practice,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,status
Ada Lovelace,ada@example.org,confirmed
Bob,bob@example.org,confirmed
Zoë Ångström,zoe@example.org,confirmed
Cy,cy@example.org,cancelled
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
}

token() {
    sed -n "s/^$1,.*,//p" tokens.csv
}

scans() {
    regtool -f csv attendance list | sed 1d | wc -l
}

# feed: standard input to checkin, with the options
feed() {
    run_split regtool -f json checkin - "$@"
}

@test "tokens as a hand scanner types them" {
    { token 1; printf '%s\r\n\r\n   \n' "$(token 2)"; token 4 | tr -d '\n'; } >in
    feed --station hall <in
    assert_status 1
    assert_json 'map([.result, .reason, .name, .station]) == [
        ["admitted", null, "Ada Lovelace", "hall"], ["admitted", null, "Bob", "hall"],
        ["refused", "cancelled", "Cy", "hall"]]'
}

@test "objects say what they say, options the rest" {
    cat >in <<END
{"who":"ada@example.org","at":"2022-02-15T14:10","nonce":"a"}
{"token":"$(token 2)","at":"2022-02-15T13:11:00Z","session":"s1","station":"b","nonce":"b"}
{"who":"@1","direction":"out","at":"2022-02-15T14:30"}
{"who":"@3"}
{"who":"@1","direction":"in","session":null,"at":"2022-02-15T14:40"}
END
    feed --station a --at 2022-02-15T14:05 <in
    assert_status 0
    assert_json 'map([.registrant, .direction, .station, .at[11:16]]) == [
        [1, "in", "a", "14:10"], [2, "in", "b", "14:11"], [1, "out", "a", "14:30"],
        [3, "in", "a", "14:05"], [1, "in", "a", "14:40"]]'
    feed <in
    assert_json 'map(.scan)[0:2] == [1, 2]'
    run_split regtool -f json checkout - <<<'{"who":"@3"}'
    assert_json '.[0].direction == "out" and .[0].result == "admitted"'
}

@test "lines that cannot be read are refused, and the batch goes on" {
    {
        printf '%s\n' '{' '{}' '{"who":"@1","colour":"red"}' '{"who":"@1","at":"soon"}' \
            '{"who":"nobody@example.org"}' '{"who":5}' '{"who":"@1","direction":"up"}' \
            '{"who":"@1","nonce":""}' '{"who":"@1","token":"x"}' '{"who":"@1"} x'
        printf '\377\376\n'
        printf 'a\0b\n'
        head -c 70000 /dev/zero | tr '\0' x
        printf '\n{"who":"@1","session":"S9"}\nnonsense\n'
        token 1
    } >in
    feed <in
    assert_status 1
    assert_json 'map(.reason) | .[0:13] == [range(13) | "bad-line"]
        and .[13:] == ["unknown-session", "malformed-token", null]'
    assert_json '.[13].registrant == 1 and (.[13].message | contains("S9"))'
    assert_json '.[4].message | contains("nobody@example.org")'
    assert_json 'map(.scan) == [range(15) | null] + [1]'
    [ "$(scans)" -eq 1 ]
}

@test "a session that an option names must be there before any line is taken" {
    token 1 >in
    feed --session S9 <in
    assert_status 4
    [ -z "$output" ]
    [ "$(scans)" -eq 0 ]
}

@test "the same nonce twice in a batch" {
    printf '%s\n' '{"who":"@1","nonce":"n"}' '{"who":"@1","nonce":"n"}' '{"who":"@2","nonce":"n"}' >in
    feed <in
    assert_status 1
    assert_json 'map(.reason) == [null, null, "nonce-conflict"] and map(.scan) == [1, 1, null]'
    feed --dry-run <in
    assert_json 'map(.reason) == [null, null, "nonce-conflict"]'
    printf '%s\n' '{"who":"@3","nonce":"m"}' '{"who":"@3","nonce":"m"}' '{"who":"@3"}' >in
    feed --dry-run <in
    assert_json 'map(.reason) == [null, null, "already-in"]'
    [ "$(scans)" -eq 1 ]
}

@test "no lines at all" {
    feed </dev/null
    assert_status 0
    assert_output '[]'
    run_split regtool -f csv checkin - </dev/null
    assert_status 0
    [ "${#lines[@]}" -eq 1 ]
    run_split regtool checkin - </dev/null
    assert_status 0
    [ -z "$output" ]
    run_split regtool checkin - <.
    assert_status 3
}

@test "a table of lines: a line each" {
    { token 1; token 4; echo nonsense; } >in
    run_split regtool checkin - <in
    assert_status 1
    [ "${#lines[@]}" -eq 3 ]
    assert_has 'admitted  S1'
    assert_has 'refused   cancelled'
    assert_has 'refused   malformed-token'
}

@test "lines that have arrived share a commit" {
    for _ in {1..2500}; do token 1; done >in
    run_split regtool -f csv checkin - <in
    assert_status 1
    [ "${#lines[@]}" -eq 2501 ]
    run_split regtool -f csv log
    # Three would do, but a group is also ended by the clock, and a busy machine is slow.
    [ "$(grep -c checkin <<<"$output")" -lt 500 ]
    [ "$(scans)" -eq 2500 ]
}

@test "nothing waits for a further line" {
    for format in jsonl csv table; do
        coproc DOOR { "$REGTOOL" -f $format checkin -; }
        process=$DOOR_PID
        exec {to}>&"${DOOR[1]}" {from}<&"${DOOR[0]}"
        eval "exec ${DOOR[1]}>&- ${DOOR[0]}<&-"
        token 1 >&"$to"
        read -r -t 20 line <&"$from"
        if [ $format = csv ]; then
            read -r -t 20 line <&"$from"
        fi
        [[ $line == *'Ada Lovelace'* ]]
        # On disk by then, whatever becomes of the process.
        [ "$(scans)" -gt 0 ]
        token 2 >&"$to"
        read -r -t 20 line <&"$from"
        [[ $line == *Bob* ]]
        exec {to}>&-
        wait "$process" || true
        exec {from}<&-
    done
    [ "$(scans)" -eq 6 ]
}

@test "what was answered survives a kill" {
    for i in {1..3000}; do
        printf '{"who":"@1","nonce":"k%s"}\n' "$i"
    done >in
    mkfifo pipe
    regtool -f jsonl checkin - <in >pipe &
    process=$!
    exec {from}<pipe
    for _ in {1..5}; do
        read -r -t 20 line <&"$from"
        printf '%s\n' "$line" >>answered
    done
    kill -KILL $process
    wait $process || true
    cat <&"$from" >>answered || true
    exec {from}<&-
    count=$(jq -s 'map(select(.scan)) | length' <(grep '}$' answered))
    [ "$count" -ge 5 ]
    [ "$(scans)" -ge "$count" ]
    # Sent again, all is settled: each is stored once.
    regtool -f csv checkin - <in >again.csv || true
    [ "$(scans)" -eq 3000 ]
}

to_full_disk() {
    regtool "$@" >/dev/full
}

@test "an answer that cannot be written ends it with exit 5" {
    for _ in {1..10}; do token 1; done >in
    run_split to_full_disk -f jsonl checkin - <in
    assert_status 5
    [ "$(scans)" -eq 10 ]
    run_split to_full_disk -f json checkin - <in
    assert_status 5
}

# station OPTION...: on a terminal of its own, fed from standard input
station() {
    run_split script -qec "stty cols ${columns-80} rows ${rows-24}; '$REGTOOL' checkin - $*" \
        /dev/null
}

@test "a station clears, shows the name in green or the reason in red, rings and counts" {
    need_terminal
    { token 1; token 4; token 1; printf '\004'; } >in
    station <in
    assert_status 1
    assert_has $'\033[H\033[2J'
    assert_has $'\033[1;32m'
    assert_has $'\033[1;31m'
    assert_has $'\a'
    assert_has '0 admitted, 0 refused'
    assert_has '1 admitted, 0 refused'
    assert_has '1 admitted, 2 refused'
    assert_has 'Welcome, Ada Lovelace'
    assert_has 'the registration of Cy is cancelled'
    assert_has Symposium
    [ "$(tr -dc '\a' <<<"$output" | wc -c)" -eq 2 ]
    [ "$(scans)" -eq 3 ]
}

@test "a station without colour, and on a small screen" {
    need_terminal
    { token 3; token 4; printf '\004'; } >in
    columns=30 rows=8 station --color never <in
    assert_status 1
    assert_has_not $'\033[1;3'
    assert_has 'Zoë Ångström'
    assert_has $'\a'
}

@test "a station whose scanner is a pipe; a table on a terminal when asked for" {
    need_terminal
    { token 1; token 4; } >in
    run_split script -qec "'$REGTOOL' checkin - <in" /dev/null
    assert_status 1
    assert_has '1 admitted, 1 refused'
    run_split script -qec "'$REGTOOL' -f table checkin - <in" /dev/null
    assert_status 1
    assert_has_not $'\033[H\033[2J'
    assert_has 'refused   already-in'
}

@test "a time that the clock's change leaves out, or gives twice: both readings are named" {
    run_split regtool checkin --who @1 --at 2022-03-27T02:30
    assert_status 2
    assert_has "checkin: --at: '2022-03-27T02:30:00' does not exist" stderr
    assert_has "'2022-03-27T01:30:00+01:00' or '2022-03-27T03:30:00+02:00'" stderr
    feed <<<'{"who": "@1", "at": "2022-10-30T02:30"}'
    assert_status 1
    assert_json '.[0].reason == "bad-line" and
        (.[0].message | contains("2022-10-30T02:30:00+02:00") and contains("2022-10-30T02:30:00+01:00"))'
}
