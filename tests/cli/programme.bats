#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool programme import, show, export.

load helper

header='session,kind,start,end,title,people,chair,room,access,credit,capacity'

setup_test() {
    example=${abs_srcdir:?}/doc/examples/loss-landscape-2022/programme.csv
    regtool --quiet init --event e --timezone Europe/Zurich
}

# programme ROW...: writes p.csv with the header and these rows
programme() {
    printf '%s\n' "$header" "$@" >p.csv
}

# take ROW... [-- OPTION...]: imports these rows
take() {
    local rows=()
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        rows+=("$1")
        shift
    done
    [ $# -eq 0 ] || shift
    programme "${rows[@]}"
    run_split regtool programme import p.csv -f json "$@"
}

# refused LINE COLUMN WORDS: the last import named that, and nothing else; exit 3
refused() {
    assert_status 3
    # shellcheck disable=SC2016 # variables of jq
    assert_json 'length == 1 and (.[0].errors | length) == 1 and
        (.[0].errors[0] | .line == $line and .column == $column and
        (.message | contains($words)))' --argjson line "$1" --arg column "$2" --arg words "$3"
    assert_has "p.csv:$1: $2: " stderr
}

# So many entries of imports are in the log.
imports_logged() {
    sqlite3 regtool.db "SELECT count(*) FROM log WHERE action = 'programme import'"
}

@test "the example comes in, and a second time changes nothing" {
    cp "$example" programme.csv
    run_split regtool programme import programme.csv -f json
    assert_status 0
    assert_json '.[0] == {file: "programme.csv", rows: 29, sessions_added: 5,
        sessions_updated: 0, sessions_unchanged: 0, sessions_removed: 0, items_added: 24,
        items_updated: 0, items_unchanged: 0, items_removed: 0, dry_run: false, errors: []}'
    [ "$(imports_logged)" -eq 1 ]
    for option in '' --replace; do
        # shellcheck disable=SC2086 # none or one option
        run_split regtool programme import programme.csv -f json $option
        assert_status 0
        assert_json '.[0] | .sessions_unchanged == 5 and .items_unchanged == 24 and
            .sessions_added + .sessions_updated + .sessions_removed +
            .items_added + .items_updated + .items_removed == 0'
    done
    [ "$(imports_logged)" -eq 1 ]
}

@test "show has the day, the speakers and the minutes that count" {
    regtool --quiet programme import "$example"
    run_split regtool programme show
    assert_status 0
    assert_has 'Tuesday 2022-02-15, Europe/Zurich'
    assert_has 'Wednesday 2022-02-16'
    assert_has '4 sessions with credit, 465 minutes in all'
    grep -E '^14:30–15:00 +S1 +talk .*Joan Bruna \(NYU\)' <<<"$output"
    grep -E '^17:10–19:30 +S2 +session .*Johanni Brea +140$' <<<"$output"
    grep -E '^18:30–19:30 +S4C .*chair\+speaker' <<<"$output"
    grep -E '^16:30–17:05 +break +BREAK' <<<"$output"
    # A column in which nothing stands is left out.
    assert_has_not room
}

@test "show gives the times of another zone" {
    regtool --quiet programme import "$example"
    run_split regtool programme show --timezone America/New_York
    assert_status 0
    grep -E '^08:30–09:00 .*Joan Bruna' <<<"$output"
    run_split regtool programme show --timezone Asia/Tokyo
    grep -E '^23:10–23:40 .*Jonathan Frankle' <<<"$output"
    grep -E '^23:50–2022-02-16 00:20 .*Berfin Simsek' <<<"$output"
    run_split regtool programme show --timezone America/New_York -f csv
    assert_has 'S1,talk,2022-02-15T08:30:00-05:00,2022-02-15T09:00:00-05:00,On Shallow'
    run_split regtool programme show --timezone Mars/Olympus
    assert_status 2
}

@test "show gives one object in JSON, with chairs as an array" {
    regtool --quiet programme import "$example"
    run_split regtool programme show -f json
    assert_status 0
    assert_json '.event == "e" and .timezone == "Europe/Zurich" and (.rows | length) == 29'
    assert_json '.rows[0] == {session: "S1", kind: "session",
        start: "2022-02-15T14:25:00+01:00", end: "2022-02-15T16:30:00+01:00",
        title: "Session 1", people: null, chair: "Volkan Cevher", chairs: ["Volkan Cevher"],
        room: null, access: null, credit: true, capacity: null}'
    assert_json '.rows[-1] | .session == "S4C" and .access == "chair+speaker" and
        .credit == false'
    assert_json '.rows[8] | .session == null and .kind == "break" and .credit == false'
}

@test "an empty programme is shown as such" {
    run_split regtool programme show
    assert_status 0
    assert_output '0 sessions with credit, 0 minutes in all'
    run_split regtool programme export
    assert_status 0
    assert_output "$header"
    run_split regtool programme show -f json
    assert_json '.rows == []'
}

@test "export is taken back unchanged, into this event and into a new one" {
    take 'A,session,2022-02-15T09:00,2022-02-15T10:00,"=1+1, ""x""",,"Ada (X; Y); Bo",Aula,speaker+chair,no,30' \
        "A,talk,2022-02-15T09:00,2022-02-15T09:30,''-2,Zoë (EPFL) (CERN),,,staff,no," \
        'B,break,2022-02-15 09:30:15,2022-02-15T11:00,"two
lines",,,,,,' \
        ',other,2022-02-15T08:00,2022-02-15T08:10,,,,Hall,,no,'
    assert_status 0
    run_split regtool programme export -o export.csv
    assert_status 0
    regtool --quiet event add new --timezone Asia/Tokyo
    for event in e new; do
        for options in '' '--crlf' '--bom'; do
            # shellcheck disable=SC2086 # none or one option
            regtool --event e programme export $options -o again.csv
            run_split regtool --event "$event" programme import again.csv --replace -f json
            assert_status 0
        done
        run_split regtool --event "$event" programme import export.csv --replace -f json
        assert_json '.[0] | .sessions_unchanged == 2 and .items_unchanged == 3'
    done
    regtool --event e programme show --timezone UTC -f csv >one.csv
    regtool --event new programme show --timezone UTC -f csv >two.csv
    cmp one.csv two.csv
    grep -F "'=1+1" export.csv
}

@test "the columns may stand in any order, be spelt freely, and the last five be missing" {
    printf '%s\n' 'TITLE;people;S-e_s sion;Kínd;Start;End' \
        'Talk;Ada;A;Talk;2022-02-15T09:00;2022-02-15T09:30' >p.csv
    run_split regtool programme import p.csv -f json
    assert_status 0
    run_split regtool programme show -f json
    assert_json '.rows[0] | .title == "Talk" and .people == "Ada" and .session == "A" and
        .kind == "talk" and .credit == true and .access == null'
}

@test "any encoding and delimiter" {
    printf '%s\n' "${header//,/$'\t'}" \
        "$(printf 'A\ttalk\t2022-02-15T09:00\t2022-02-15T09:30\tÉté\t\t\t\t\t\t')" |
        iconv -t UTF-16 >p.csv
    run_split regtool programme import p.csv
    assert_status 0
    run_split regtool programme show
    assert_has 'Été'
    printf '%s\n' "$header" 'A,talk,2022-02-15T09:00,2022-02-15T09:30,Hiver gelé,,,,,,' |
        iconv -t ISO-8859-1 >p.csv
    run_split regtool programme import p.csv
    assert_status 3
    assert_has '--encoding' stderr
    run_split regtool programme import p.csv --encoding windows-1252
    assert_status 0
    run_split regtool programme show
    assert_has 'Hiver gelé'
    run_split regtool programme import p.csv --encoding klingon
    assert_status 2
    run_split regtool programme import p.csv --delimiter x
    assert_status 2
    run_split regtool programme import p.csv --delimiter ';' --encoding windows-1252
    assert_status 3
}

@test "from standard input" {
    run_split regtool programme import - <"$example"
    assert_status 0
    assert_has 'standard input'
}

@test "a header that is not a programme's is refused, and the columns named" {
    printf '%s\n' 'session,kind,start,end,title,people,speaker,Shoe size' 'A' >p.csv
    run_split regtool programme import p.csv
    assert_status 3
    assert_has "p.csv:1: unknown column 'speaker', 'Shoe size'" stderr
    assert_has "$header" stderr
    printf '%s\n' 'session,kind,start,end,title,people,Kind' 'A' >p.csv
    run_split regtool programme import p.csv
    assert_status 3
    assert_has "'Kind'" stderr
    assert_has 'twice' stderr
    printf '%s\n' 'session,kind,start,title' 'A' >p.csv
    run_split regtool programme import p.csv
    assert_status 3
    assert_has "column 'end', 'people' is missing" stderr
}

@test "a file without rows, without a programme, or without a file" {
    run_split regtool --quiet programme import "$example"
    programme
    run_split regtool programme import p.csv --replace
    assert_status 3
    assert_has 'no rows' stderr
    : >p.csv
    run_split regtool programme import p.csv
    assert_status 3
    mkdir folder
    run_split regtool programme import folder
    assert_status 3
    run_split regtool programme import nowhere.csv
    assert_status 4
    assert_has 'nowhere.csv' stderr
    run_split regtool programme show -f json
    assert_json '.rows | length == 29'
}

@test "each cell that is wrong is named with its line and column" {
    take 'A,lecture,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    refused 2 kind "'lecture' is not a kind"
    take 'A B,talk,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    refused 2 session "'A B'"
    take ',session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    refused 2 session 'needs a code'
    take 'A,talk,15.02.2022,2022-02-15T10:00,,,,,,,'
    refused 2 start "'15.02.2022'"
    take 'A,talk,2022-02-15T09:00,,,,,,,,'
    refused 2 end "''"
    take 'A,talk,2022-02-15T09:00,2022-02-15T09:00,,,,,,,'
    refused 2 end 'is not after the start'
    take 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,Ada (X,,,,,'
    refused 2 people "'(' without ')'"
    take 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,,Bo),,,,'
    refused 2 chair "')' without '('"
    take 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,,,,open+speaker,,'
    refused 2 access 'both open and for roles'
    take 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,,,,,maybe,'
    refused 2 credit "'maybe'"
    take 'A,break,2022-02-15T09:00,2022-02-15T10:00,,,,,,yes,'
    refused 2 credit 'break'
    take 'A,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,-1'
    refused 2 capacity "'-1'"
    take 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,,,,,,10'
    refused 2 capacity 'only a session'
    take 'A,talk,2022-02-15T09:00'
    assert_status 3
    assert_json '.[0].errors == [{line: 2, column: null,
        message: "3 cells, where the header has 11"}]'
    [ "$(imports_logged)" -eq 0 ]
}

@test "all bad rows are reported, and nothing is written" {
    take 'A,talk,2022-02-15T09:00,2022-02-15T10:00,fine,,,,,,' \
        'A,lecture,2022-02-15T10:00,2022-02-15T09:00,"of
two lines",,,,,,x' \
        'A,talk,2022-02-15T09:30,2022-02-15T11:00,,,,,,,'
    assert_status 3
    assert_json '.[0].rows == 3 and .[0].sessions_added == 0 and .[0].items_added == 0'
    assert_json '[.[0].errors[] | [.line, .column]] ==
        [[3, "kind"], [3, "end"], [3, "capacity"], [5, "start"]]'
    assert_has 'p.csv: 4 errors; nothing was written' stderr
    run_split regtool programme export
    assert_output "$header"
}

@test "on the screen the first fifty errors, then how many more" {
    rows=()
    for minute in {00..59}; do
        rows+=("A,lecture,2022-02-15T09:$minute,2022-02-15T10:00,,,,,,,")
    done
    take "${rows[@]}"
    assert_status 3
    assert_json '.[0].errors | length == 60'
    [ "$(grep -c lecture <<<"${stderr-}")" -eq 50 ]
    assert_has 'and 10 more' stderr
}

@test "items lie inside their session and not at the same time; sessions may be" {
    take 'A,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,' \
        'A,talk,2022-02-15T08:59,2022-02-15T09:30,,,,,,,'
    refused 3 start "before session 'A' starts"
    take 'A,talk,2022-02-15T09:30,2022-02-15T10:01,,,,,,,' \
        'A,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    refused 2 end "after session 'A' ends"
    take 'A,talk,2022-02-15T09:00,2022-02-15T09:31,One,,,,,,' \
        'A,talk,2022-02-15T09:30,2022-02-15T10:00,,,,,,,'
    refused 3 start "line 2, 'One'"
    take ',break,2022-02-15T09:00,2022-02-15T09:31,,,,,,,' \
        ',other,2022-02-15T09:30,2022-02-15T10:00,,,,,,,'
    refused 3 start 'line 2'
    take 'A,talk,2022-02-15T09:00,2022-02-15T09:30,,,,,,,' \
        'A,talk,2022-02-15T09:00,2022-02-15T09:30,,,,,,,'
    refused 3 start 'line 2'
    take 'A,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,' \
        'a,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    refused 3 session 'line 2'
    take 'A,talk,2022-02-15T09:00,2022-02-15T09:30,,,,,,,' \
        'A,talk,2022-02-15T09:30,2022-02-15T10:00,,,,,,,' \
        'B,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,' \
        ',break,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    assert_status 0
}

@test "a time that the clock skips or shows twice is refused with both readings" {
    take 'A,talk,2022-03-27T02:30,2022-03-27T04:00,,,,,,,'
    refused 2 start '02:30'
    assert_json '.[0].errors[0].message | contains("+01:00") and contains("+02:00")'
    take 'A,talk,2022-10-30T02:30,2022-10-30T04:00,,,,,,,'
    refused 2 start '02:30'
    assert_json '.[0].errors[0].message | contains("+01:00") and contains("+02:00")'
    take 'A,talk,2022-10-30T02:30+02:00,2022-10-30T02:30+01:00,,,,,,,'
    assert_status 0
    run_split regtool programme show
    assert_has '60 minutes in all'
}

@test "all forms of time are read" {
    take 'A,talk,2022-02-15T09:00,2022-02-15 09:10:30,,,,,,,' \
        'A,talk,2022-02-15T08:20Z,2022-02-15T08:30:00+00:00,,,,,,,' \
        'A,talk,2022-02-15T04:30-0500,2022-02-15T10:40,,,,,,,'
    assert_status 0
    run_split regtool programme show -f json
    assert_json '[.rows[].start[11:19]] == ["09:00:00", "09:20:00", "10:30:00"] and
        .rows[0].end == "2022-02-15T09:10:30+01:00"'
}

@test "access is a set of roles whatever their order and case" {
    take 'A,talk,2022-02-15T09:00,2022-02-15T09:30,,,,,Speaker+chair+SPEAKER,,' \
        'A,talk,2022-02-15T09:30,2022-02-15T10:00,,,,,staff;chair,,' \
        'A,talk,2022-02-15T10:00,2022-02-15T10:30,,,,,Open,,'
    assert_status 0
    run_split regtool programme show -f json
    assert_json '[.rows[].access] == ["chair+speaker", "chair+staff", null]'
}

@test "seats of a session come in, go out and are shown where there are any" {
    take A,session,2022-02-15T14:00,2022-02-15T15:00,One,,,,,,30 \
        B,session,2022-02-15T14:00,2022-02-15T15:00,Two,,,,,,
    assert_status 0
    run_split regtool programme show
    assert_has seats
    assert_has 30
    run_split regtool programme export -f json
    assert_json 'map(.capacity) == [30, null]'
    regtool -q programme export >first.csv
    run_split regtool programme import first.csv -f json
    assert_json '.[0].sessions_unchanged == 2'
    take A,session,2022-02-15T14:00,2022-02-15T15:00,One,,,,,,
    assert_status 0
    run_split regtool programme show
    assert_has_not seats
}

@test "breaks, items without credit and closed items do not count" {
    take 'A,session,2022-02-15T09:00,2022-02-15T11:00,,,,,,,' \
        'A,break,2022-02-15T09:20,2022-02-15T09:40,,,,,,no,' \
        'A,other,2022-02-15T10:00,2022-02-15T10:10,,,,,,no,' \
        'A,discussion,2022-02-15T10:30,2022-02-15T10:45,,,,,speaker,,' \
        'B,session,2022-02-15T10:50,2022-02-15T11:10,,,,,,,' \
        'C,session,2022-02-15T12:00,2022-02-15T13:00,,,,,,no,' \
        'D,session,2022-02-15T13:00,2022-02-15T14:00,,,,,speaker,,'
    assert_status 0
    run_split regtool programme show
    # A 75, B 20 of which 10 are also A's; C and D count for nobody, or not for all.
    assert_has '2 sessions with credit, 85 minutes in all'
    grep -E '^09:00–11:00 +A +session +75$' <<<"$output"
    grep -E '^13:00–14:00 +D +session +speaker +60$' <<<"$output"
}

@test "without --replace rows add and update, with it the file is the programme" {
    take 'A,session,2022-02-15T09:00,2022-02-15T10:00,One,,,,,,' \
        'A,talk,2022-02-15T09:00,2022-02-15T09:30,Talk,,,,,,' \
        'B,session,2022-02-16T09:00,2022-02-16T10:00,Two,,,,,,'
    id=$(sqlite3 regtool.db "SELECT session_id FROM session WHERE code = 'A'")
    take 'a,talk,2022-02-15T09:30,2022-02-15T10:00,New,,,,,,' \
        'A,talk,2022-02-15T09:00,2022-02-15T09:20,Shorter,,,,,,'
    assert_status 0
    assert_json '.[0] | .items_added == 1 and .items_updated == 1 and
        .sessions_unchanged == 1 and .sessions_removed == 0'
    run_split regtool programme show -f json
    assert_json '[.rows[] | [.session, .kind, .title]] == [["A", "session", "One"],
        ["A", "talk", "Shorter"], ["A", "talk", "New"], ["B", "session", "Two"]]'
    take 'A,session,2022-02-15T08:00,2022-02-15T10:00,Wider,,,,,,' \
        'A,talk,2022-02-15T09:30,2022-02-15T10:00,New,,,,,,' -- --replace
    assert_status 0
    assert_json '.[0] | .sessions_updated == 1 and .sessions_removed == 1 and
        .items_unchanged == 1 and .items_removed == 1'
    run_split regtool programme show -f json
    assert_json '[.rows[].title] == ["Wider", "New"]'
    [ "$(sqlite3 regtool.db 'SELECT session_id FROM session')" = "$id" ]
}

@test "the whole programme is checked, not only the file" {
    take 'A,session,2022-02-15T09:00,2022-02-15T10:00,,,,,,,' \
        'A,talk,2022-02-15T09:00,2022-02-15T09:30,Talk,,,,,,'
    take 'A,talk,2022-02-15T09:20,2022-02-15T09:40,,,,,,,'
    refused 2 start "'Talk'"
    take 'A,session,2022-02-15T09:10,2022-02-15T10:00,,,,,,,'
    refused 2 start "'Talk'"
    take 'A,talk,2022-02-15T09:20,2022-02-15T09:40,,,,,,,' -- --replace
    assert_status 0
}

@test "a dry run reports the same and writes nothing" {
    cp "$example" programme.csv
    cp regtool.db before.db
    run_split regtool programme import programme.csv --dry-run -f json
    assert_status 0
    assert_json '.[0] | .sessions_added == 5 and .items_added == 24 and .dry_run'
    cmp regtool.db before.db
    programme 'A,lecture,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    run_split regtool programme import p.csv --dry-run -f json
    refused 2 kind lecture
    cmp regtool.db before.db
}

@test "a session that has scans never goes" {
    regtool --quiet programme import "$example"
    sqlite3 regtool.db "INSERT INTO scan (event_id, session_id, direction, at_s, stored_s,
        source, result, reason, actor) SELECT 1, session_id, 'in', 0, 0, 'door', 'refused',
        'unknown-token', 'x' FROM session WHERE code IN ('S2', 'S2', 'S3')"
    programme 'S2,talk,2022-02-15T17:20,2022-02-15T17:30,,,,,,,'
    run_split regtool programme import p.csv --replace -f json
    assert_status 3
    assert_json '.[0].errors == [{line: null, column: "session",
        message: "session '"'S3'"' is not in the file, but has 1 scan"}]'
    assert_has "p.csv: session: session 'S3'" stderr
    run_split regtool programme show -f json
    assert_json '.rows | length == 29'
    # It may change all the same.
    programme 'S2,talk,2022-02-15T17:20,2022-02-15T17:30,,,,,,,' \
        'S3,session,2022-02-16T14:30,2022-02-16T16:31,,,,,,,'
    run_split regtool programme import p.csv --replace -f json
    assert_status 0
    assert_json '.[0] | .sessions_updated == 2 and .sessions_removed == 3'
}

@test "a session that a course's rule names never goes" {
    regtool --quiet programme import "$example"
    sqlite3 regtool.db "INSERT INTO course (course_id, event_id, code) VALUES (1, 1, 'BIO-642'),
        (2, 1, 'AAA');
        INSERT INTO course_session SELECT course_id, 'require', session_id FROM course, session
        WHERE session.code = 'S4'"
    programme 'S1,talk,2022-02-15T17:20,2022-02-15T17:30,,,,,,,'
    run_split regtool programme import p.csv --replace -f json
    assert_status 3
    assert_json '[.[0].errors[].message] ==
        ["session '"'S4' is not in the file, but the rule of course 'AAA', 'BIO-642'"' names it"]'
}

@test "times outside the event's days are said, not refused" {
    regtool --quiet event set e --start 2022-02-15 --end 2022-02-15
    take 'A,talk,2022-02-15T00:00,2022-02-16T00:00,,,,,,,' \
        'B,talk,2022-02-14T23:00,2022-02-15T01:00,,,,,,,' \
        'C,talk,2022-02-15T23:00,2022-02-16T00:01,,,,,,,'
    assert_status 0
    assert_has "p.csv:3: start: 2022-02-14 23:00 is outside the event's days" stderr
    assert_has 'p.csv:4: ' stderr
    assert_has_not 'p.csv:2: ' stderr
}

@test "each event has a programme of its own" {
    regtool --quiet event add other --timezone UTC
    programme 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,,,,,,'
    run_split regtool programme import p.csv
    assert_status 4
    run_split regtool --event e programme import p.csv
    assert_status 0
    run_split regtool --event other programme import p.csv -f json
    assert_json '.[0].sessions_added == 1'
    run_split regtool --event other programme show -f json
    assert_json '.rows[0].start == "2022-02-15T09:00:00+00:00"'
    run_split regtool --event e programme show -f json
    assert_json '.rows[0].start == "2022-02-15T09:00:00+01:00"'
}

@test "a file that is far too long, or a cell, is refused" {
    awk -v header="$header" 'BEGIN { print header
        for (i = 0; i < 20001; i++) print "A,lecture,,,,,,,,," }' >p.csv
    run_split regtool programme import p.csv
    assert_status 3
    assert_has 'p.csv:20002: more than 20000 rows' stderr
    take "A,talk,2022-02-15T09:00,2022-02-15T10:00,$(printf '%08001d' 0),,,,,,"
    refused 2 title 'longer than 8000 bytes'
}
