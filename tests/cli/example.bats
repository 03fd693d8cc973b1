#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# The example of the manual, played from the empty folder to the report, and its figures
# worked out a second time, without regtool (example_reference.awk).

load helper

setup_test() {
    example=${abs_srcdir:?}/doc/examples/loss-landscape-2022
}

play() {
    REGTOOL=${REGTOOL:?} "$example/play.sh" "$@"
}

# reference seconds|credits [FILE]...: what the reference comes to, from these files of stays
# instead of the scans and the meeting, if there are any.
reference() {
    local show=$1 files
    shift
    files=("kind=programme" "$example/programme.csv" "kind=attendees" "$example/attendees.csv")
    if [ $# -gt 0 ]; then
        files+=("kind=stays" "$@")
    else
        # Whose the names are that came without an address, as their owners would say.
        cat >people.csv <<'END'
900121,37
iPhone (Matteo Dell'Acqua),29
"Nunez Ibanez, Maria Jose",45
Wulandari,49
Lan,70
END
        # Whom play.sh itself lets in at the desk.
        cat >desk.jsonl <<'END'
{"who":"mira.okafor@example.org","at":"2022-02-15T14:05:00","direction":"in","nonce":"badge"}
{"who":"hamish.macleod@example.org","at":"2022-02-15T14:06:00","direction":"in","nonce":"desk"}
END
        LC_ALL=C sort -s -t '"' -k 8.1,8.19 desk.jsonl "$example"/day[12].jsonl >scans.jsonl
        files+=("kind=people" people.csv "kind=door" scans.jsonl
            "kind=zoom" "$example/day2-zoom.csv")
    fi
    awk -f "$abs_srcdir/tests/cli/example_reference.awk" -v show="$show" "${files[@]}"
}

# report OPTION...: as JSON, as the example asks for it
report() {
    regtool -f json credit-report --course BIO-642 --as-of 2022-02-17T09:00 "$@"
}

@test "the example plays to its end, as it says" {
    run play played
    assert_status 0
    assert_has 'All as expected.'
    assert_has '465 minutes in all'
}

@test "what it played is whole, and its programme comes back unchanged" {
    play played >/dev/null
    cd played
    run_split regtool check
    assert_status 0
    regtool programme export -o again.csv
    run_split regtool programme import --replace again.csv -f json
    assert_status 0
    assert_json '.[0] | .sessions_unchanged == 5 and .items_unchanged == 24'
    # Its sessions have scans now: none of them may go.
    head -n 9 programme.csv >shorter.csv
    run_split regtool programme import --replace shorter.csv -f json
    assert_status 3
    assert_json '[.[0].errors[].message | capture("session .(?<code>[^ ]+). is").code] ==
        ["S2", "S3", "S4", "S4C"]'
    run_split regtool check
    assert_status 0
}

@test "the credits it expects are those that a second implementation comes to" {
    reference credits >credits.csv
    diff "$example/expected-credits.csv" credits.csv
}

@test "everybody's time in each session agrees with it to the second" {
    play played >/dev/null
    cd played
    report --all --explain >report.json
    jq -r '.rows[] | .registrant as $who | .evidence[] | [$who, .session,
        ([.intervals[].counted_seconds] | add // 0)] | join(",")' report.json >found.csv
    [ "$(wc -l <found.csv)" -eq $((80 * 4)) ]
    # From the files.
    reference seconds >seconds.csv
    diff seconds.csv found.csv
    # And from the intervals that are stored.
    jq -r '.rows[] | .registrant as $who | .evidence[] | .session as $session | .intervals[] |
        [$who, $session, .from, .to // ""] | join(",")' report.json >stays.csv
    reference seconds stays.csv >seconds.csv
    diff seconds.csv found.csv
}

@test "the same data give the same report, byte for byte, in this folder and in another" {
    play first >/dev/null
    play second >/dev/null
    (cd first && report --all --explain >../once.json)
    (cd first && report --all --explain >../again.json)
    cmp once.json again.json
    for folder in first second; do
        (cd "$folder" && report --all --explain | jq 'del(.log_head)' >../"$folder.json")
        (cd "$folder" && regtool -f csv attendance show >../"$folder-show.csv")
    done
    cmp first.json second.json
    cmp first-show.csv second-show.csv
    cmp first/credits.csv second/credits.csv
}
