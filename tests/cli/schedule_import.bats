#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool programme import of a schedule.json, and its way back.

load helper

data=${abs_srcdir:?}/tests/data/schedule

setup_test() {
    export TZ=Europe/Zurich
    cp "$data/pretalx.json" "$data/frab.json" .
}

# change FILTER [FILE]: changes pretalx.json by jq
change() {
    jq "$1" "${2-pretalx.json}" >changed.json && mv changed.json "${2-pretalx.json}"
}

# take [OPTION]...: imports pretalx.json
take() {
    run_split regtool programme import pretalx.json -f json "$@"
}

# Exports to out.json, which must be valid by the schema's rules.
give_back() {
    regtool programme export -f schedule.json -o out.json
    run jq -c -f "$data/schema.jq" out.json
    [ "$output" = '[]' ] || { show_run && return 1; }
}

# same_document FILE: out.json has its members in its order
same_document() {
    diff <(jq . "$1") <(jq . out.json)
}

# Of out.json, the event with the title.
event_out() {
    jq -c --arg title "$1" "[.schedule.conference.days[].rooms[][] |
        select(.title == \$title)] | .[0] | $2" out.json
}

# refused WORDS: exit 3, the words on standard error, nothing made
refused() {
    take
    assert_status 3
    assert_has "$1" stderr
    assert_no_file regtool.db
    assert_no_file regtool.db.key
    cp "$data/pretalx.json" .
}

@test "a conference begins with one command" {
    take
    assert_status 0
    assert_json '.[0] | .file == "pretalx.json" and .rows == 4 and .sessions_added == 4 and
        .items_added == 0 and .dry_run == false and .errors == []'
    assert_has "made the database 'regtool.db' with the event 'harbour_days', time zone Europe/Berlin" stderr
    assert_has "made the key file 'regtool.db.key'" stderr
    assert_has_not "machine's" stderr
    assert_mode regtool.db 600
    run_split regtool event show -f json
    assert_json '.code == "harbour_days" and .title == "Harbour Days 2026" and
        .timezone == "Europe/Berlin" and .start == "2026-03-28" and .end == "2026-03-29" and
        .url == "https://talks.example.org/harbour-days/schedule/"'
    run_split regtool programme show -f json
    assert_json '[.rows[] | [.session, .kind, .start, .end, .room]] == [
        ["HBR3KQ", "session", "2026-03-28T09:00:00+01:00", "2026-03-28T09:45:00+01:00", "Große Halle"],
        ["KNT7XZ", "session", "2026-03-28T09:00:00+01:00", "2026-03-28T11:00:00+01:00", "Kajüte"],
        ["KNT7XZ-2", "session", "2026-03-28T23:30:00+01:00", "2026-03-29T01:30:00+01:00", "Große Halle"],
        ["DRY5AB", "session", "2026-03-29T10:00:00+02:00", "2026-03-29T10:30:30+02:00", "Kajüte"]]'
    assert_json '[.rows[].people] == ["Zoë O'"'"'Hara (she/her); 李小龍", null, null,
        "Ada, Countess :-]"] and .rows[3].title == "Dry dock"'
    # How many fit into a room is not for whom the door closes.
    assert_json 'all(.rows[]; .credit and .access == null and .capacity == null)'
    regtool check
}

@test "it comes out as it came in" {
    # The same key, time and actor give the guid of the talk's second slot.
    export REGTOOL_NOW=2026-01-01T12:00:00+01:00 REGTOOL_ACTOR=office
    (umask 077 && cat >regtool.db.key) <<'END'
regtool key 1
id: 961b344a17f74ff4
key: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
check: a0189a46
END
    take
    give_back
    same_document pretalx.json
    run_split regtool programme export -f schedule.xml
    assert_status 0
    same_as() { diff "$data/$1" <(printf '%s\n' "$output"); }
    same_as pretalx.xml
    regtool programme export -f ical -o out.ics
    [ "$(grep -c '^UID:' out.ics)" -eq 4 ]
    [ "$(grep '^UID:' out.ics | sort -u | wc -l)" -eq 4 ]
}

@test "a second time changes nothing" {
    take
    cp regtool.db before.db
    for options in '' --replace; do
        # shellcheck disable=SC2086 # none or one option
        take $options
        assert_status 0
        assert_json '.[0] | .sessions_unchanged == 4 and .items_unchanged == 0 and
            .sessions_added + .sessions_updated + .sessions_removed == 0'
        cmp regtool.db before.db
    done
    # What came out is the same file.
    regtool programme export -f schedule.json -o pretalx.json
    take
    assert_json '.[0].sessions_unchanged == 4'
    cmp regtool.db before.db
}

@test "frab's shape: no zone, days from 0, no pages, breaks in each room" {
    run_split regtool programme import frab.json -f json
    assert_status 0
    assert_json '.[0] | .rows == 4 and .sessions_added == 2 and .items_added == 1'
    assert_has "time zone Europe/Zurich, the machine's" stderr
    run_split regtool programme show -f json
    assert_json '.event == "muehle2026" and [.rows[] | [.session, .kind, .title, .people, .room]] == [
        ["11", "session", "Der Stein", "Müller [Meister", "Mahlwerk"],
        [null, "break", "Mittagessen", null, "Mahlwerk"],
        ["14", "session", "Nachtmahlen", "Eule", "Mehlboden"]]'
    give_back
    # Only what the schema asks for was added.
    [ "$(event_out Nachtmahlen '.url[:9]')" = '"urn:uuid:"' ]
    change 'del(.schedule.conference.days[].rooms[][].url)' out.json
    same_document frab.json
    run_split regtool programme export -f schedule.xml
    assert_has '<day index="1" date="2026-07-04" start="2026-07-04T10:00:00+02:00" end="2026-07-05T03:00:00+02:00">'
    [ "$(grep -c '<type>Lunch Break</type>' <<<"$output")" -eq 2 ]
    [ "$(grep -o ' guid="[^"]*" id="[^"]*">' <<<"$output" | sort -u | wc -l)" -eq 4 ]
}

@test "what changed since comes out changed, the rest as it came" {
    take
    cat >edit.csv <<'END'
session,kind,start,end,title,people,room
HBR3KQ,session,2026-03-30T09:00,2026-03-30T10:00,"Tides, again",李小龍; Bo (Oslo),Bow
NEW,session,2026-03-28T10:00,2026-03-28T11:00,New,,Deck
END
    regtool -q programme import edit.csv >/dev/null
    give_back
    [ "$(event_out 'Tides, again' '[.guid, .code, .id, .date, .start, .duration, .room, .slug, .abstract[:4]]')" = \
        '["f5c1a0f2-6f0e-5f9c-8d0c-8a2d2f3b4c01","HBR3KQ",101,"2026-03-30T09:00:00+02:00","09:00","01:00","Bow","harbour_days-101-tides-for-beginners","What"]' ]
    # Who stays keeps what was said of them.
    [ "$(event_out 'Tides, again' '[.persons[] | [.name, .code, .affiliation, .answers[0].answer]]')" = \
        '[["李小龍","EFGH34",null,"vegetarian"],["Bo",null,"Oslo",null]]' ]
    [ "$(event_out New '[.code, .room, .url]')" = \
        '["NEW","Deck","https://talks.example.org/harbour-days/schedule/"]' ]
    # A room and a day are added; the conference ends as it did, since the event says so.
    run jq -c '.schedule.conference | [[.rooms[].name], .daysCount, .end,
        [.days[] | [.index, .date, (.rooms | keys_unsorted)]]]' out.json
    assert_output '[["Große Halle","Kajüte","Deck","Bow"],3,"2026-03-29",[[1,"2026-03-28",["Große Halle","Kajüte","Deck"]],[2,"2026-03-29",["Große Halle","Kajüte","Deck"]],[3,"2026-03-30",["Bow"]]]]'
    # The others are untouched.
    filter='[.schedule.conference.days[].rooms[][] | select(.id == 102 or .id == 103)]'
    diff <(jq "$filter" pretalx.json) <(jq "$filter" out.json)
    # Of an event what it says of itself is given back too.
    regtool -q event set harbour_days --title Harbour --url https://example.org/h
    give_back
    run jq -c '.schedule.conference | [.title, .url, .colors]' out.json
    assert_output '["Harbour","https://example.org/h",{"primary":"#3aa57c"}]'
}

@test "a newer file: by guid, whatever else changed" {
    take
    change '.schedule.conference.days[0].rooms["Große Halle"][0] |=
        (.code = "ZZZZZZ" | .title = "Ebb" | .abstract = "Less.")'
    change 'del(.schedule.conference.days[1].rooms["Kajüte"][0]) | .schedule.version = "0.8"'
    change '.schedule.conference.days[1].rooms.Deck = [{code: "NEW111", id: 104,
        date: "2026-03-29T11:00:00+02:00", duration: "1:00", title: "Rope"}]'
    take
    assert_status 0
    assert_json '.[0] | .sessions_updated == 1 and .sessions_added == 1 and
        .sessions_unchanged == 2 and .sessions_removed == 0'
    run_split regtool programme show -f json
    assert_json '[.rows[] | [.session, .title]] == [["HBR3KQ", "Ebb"], ["KNT7XZ", "Knots"],
        ["KNT7XZ-2", "Knots"], ["DRY5AB", "Dry dock"], ["NEW111", "Rope"]]'
    take --replace
    assert_json '.[0] | .sessions_removed == 1 and .sessions_unchanged == 4'
    [ "$(sqlite3 regtool.db 'SELECT count(*) FROM session_schedule')" -eq 4 ]
    give_back
    run jq -c '[.schedule.version, (.schedule.conference.days[].rooms[][] | .code)]' out.json
    assert_output '["0.8","ZZZZZZ","KNT7XZ","KNT7XZ","NEW111"]'
    # Only what is kept differs: an update all the same.
    change '.schedule.conference.days[1].rooms.Deck[0].abstract = "Long."'
    take
    assert_json '.[0] | .sessions_updated == 1 and .sessions_unchanged == 3'
    give_back
    [ "$(event_out Rope '[.abstract, .duration, .language, .links]')" = '["Long.","1:00",null,[]]' ]
    # Or of the conference alone.
    change '.schedule.conference.description = "By the sea"'
    take
    assert_json '.[0].sessions_unchanged == 4'
    give_back
    [ "$(jq .schedule.conference.description out.json)" = '"By the sea"' ]
}

@test "what was set by hand stays: access, credit, capacity, items" {
    take
    cat >hand.csv <<'END'
session,kind,start,end,title,people,chair,room,access,credit,capacity
HBR3KQ,session,2026-03-28T09:00,2026-03-28T09:45,Tides for beginners,,Bo,,staff,no,30
HBR3KQ,discussion,2026-03-28T09:30,2026-03-28T09:45,Questions,,,,,,
,break,2026-03-28T12:00,2026-03-28T13:00,Lunch,,,,,,
X,session,2026-03-28T12:00,2026-03-28T13:00,Walk,,,,,,
END
    regtool -q programme import hand.csv >/dev/null
    for options in '' --replace; do
        # shellcheck disable=SC2086 # none or one option
        take $options
        assert_status 0
        run_split regtool programme show -f json
        assert_json '.rows[0] | .chair == "Bo" and .access == "staff" and .credit == false and
            .capacity == 30 and .room == "Große Halle"'
        assert_json '.rows[1].title == "Questions" and any(.rows[]; .title == "Lunch")'
        [ -z "$options" ] || assert_json 'all(.rows[]; .session != "X")'
    done
    # One event all the same, and lunch in no room.
    give_back
    [ "$(event_out Lunch .room)" = '""' ]
    change 'del(.schedule.conference.days[].rooms[""])' out.json
    same_document pretalx.json
    # An item that the event no longer has room for is said in the document's words.
    change '.schedule.conference.days[0].rooms["Große Halle"][0].duration = "00:40"'
    take
    assert_status 3
    assert_json '.[0].errors == [{line: null, column: null, message: "day 1, room '"'"'Große Halle'"'"', event '"'"'HBR3KQ'"'"': end: session '"'"'HBR3KQ'"'"' would end before what is in the programme already, '"'"'Questions'"'"'"}]'
    cp "$data/pretalx.json" .
    # With a break of its own the file says which there are.
    change '.schedule.conference.days[0].rooms.Deck = [{id: 9, type: "break", title: "Tea",
        date: "2026-03-28T15:00:00+01:00", duration: "00:30"}]'
    take --replace
    run_split regtool programme show -f json
    assert_json '[.rows[] | select(.kind == "break") | .title] == ["Tea"]'
}

@test "a session with scans never goes" {
    take
    printf 'Name,Email\nAda,ada@example.org\n' >people.csv
    regtool -q import people.csv >/dev/null
    regtool -q checkin --who @1 --session DRY5AB --at 2026-03-29T10:05 >/dev/null
    change 'del(.schedule.conference.days[1].rooms["Kajüte"][0])'
    take --replace
    assert_status 3
    assert_has "session 'DRY5AB' is not in the file, but has 1 scan" stderr
    take
    assert_status 0
}

@test "a dry run writes nothing, and makes nothing" {
    take --dry-run
    assert_status 0
    assert_json '.[0] | .sessions_added == 4 and .dry_run'
    assert_has "would make the database 'regtool.db'" stderr
    [ "$(files)" = $'frab.json\npretalx.json' ]
    take
    cp regtool.db before.db
    change '.schedule.conference.days[1].rooms["Kajüte"][0].title = "Wet"'
    take --dry-run
    assert_json '.[0].sessions_updated == 1'
    cmp regtool.db before.db
}

@test "into an event that is there" {
    regtool -q init --event e --timezone America/New_York --start 2026-03-28 --end 2026-03-28
    take
    assert_status 0
    assert_has "day 1, room 'Große Halle', event 'HBR3KQ': date: '2026-03-28T09:00:00+01:00' is 2026-03-28 04:00 in the event's time zone, America/New_York" stderr
    assert_has "event 'DRY5AB': start: 2026-03-29 04:00 is outside the event's days" stderr
    assert_has_not 'made the' stderr
    run_split regtool event show -f json
    assert_json '.code == "e" and .title == null and .timezone == "America/New_York"'
    # The instants are the same, in the words of the file.
    give_back
    run jq -c '.schedule.conference | [.title, .time_zone_name, .end,
        .days[1].rooms["Kajüte"][0].date]' out.json
    assert_output '["Harbour Days 2026","America/New_York","2026-03-28","2026-03-29T10:00:00+02:00"]'
    run_split regtool -e other programme import pretalx.json
    assert_status 4
    regtool -q event add f --timezone UTC
    take
    assert_status 4
    assert_has 'which event' stderr
    take --event f
    assert_status 0
}

@test "the event of a new database may be named; one that is empty is no database" {
    : >regtool.db
    take --event h26
    assert_status 0
    run_split regtool event show -f json
    assert_json '.code == "h26" and .title == "Harbour Days 2026"'
}

@test "a CSV file still needs a database" {
    printf 'session,kind,start,end,title,people\nA,talk,2026-03-28T09:00,2026-03-28T10:00,,\n' >p.csv
    run_split regtool programme import p.csv
    assert_status 4
    assert_has "no database at 'regtool.db'" stderr
    assert_no_file regtool.db
}

@test "breaks are items of the day, one at a time" {
    change '.schedule.conference.days[1].rooms |= (
        .Deck = [{id: 1, type: "break", date: "2026-03-29T12:00:00+02:00", duration: "01:00", title: "Lunch", room: "Deck", track: "x"},
            {id: 2, type: "Pause", date: "2026-03-29T13:00:00+02:00", duration: "00:15", title: "Nap"}] |
        .["Kajüte"] += [{id: 3, type: "Coffee break", date: "2026-03-29T12:30:00+02:00", duration: "00:10", title: "Coffee"},
            {id: 4, type: "breakout", date: "2026-03-29T12:30:00+02:00", duration: "00:10", title: "Out"}])'
    take
    assert_status 0
    assert_json '.[0] | .rows == 8 and .sessions_added == 5 and .items_added == 2'
    assert_has "day 2, room 'Deck', event '1': left out: a break at the same time as day 2, room 'Kajüte', event '3'" stderr
    run_split regtool programme show -f json
    assert_json '[.rows[] | select(.kind == "break") | [.session, .title, .credit, .room]] ==
        [[null, "Coffee", false, "Kajüte"], [null, "Nap", false, "Deck"]]'
    take
    assert_json '.[0] | .sessions_unchanged == 5 and .items_unchanged == 2'
    give_back
    [ "$(event_out Nap '[.id, .type, .room, .guid[14:15]]')" = '[2,"Pause","Deck","8"]' ]
    [ "$(event_out Lunch .)" = null ]
    # One that is moved by hand is no longer the file's.
    printf '%s\n' 'session,kind,start,end,title,people' \
        ',break,2026-03-29T13:00,2026-03-29T13:30,Nap,' >p.csv
    regtool -q programme import p.csv >/dev/null
    give_back
    [ "$(event_out Nap '[.type, .duration, .id > 100000000]')" = '["break","00:30",true]' ]
}

@test "each fault is named by its place, and nothing is made" {
    local event='.schedule.conference.days[1].rooms["Kajüte"][0]'
    local place="pretalx.json: day 2, room 'Kajüte', event 'DRY5AB': "
    change "$event.date = \"29.3.2026\"" && refused "${place}date: '29.3.2026' is not a time"
    change "del($event.date)" && refused "${place}date: is missing"
    change "$event.date = 5" && refused "${place}date: is missing, or no text"
    change "$event.date = \"2026-03-29T02:30\"" && refused "${place}date: "
    change "del($event.end) | $event.duration = \"half\"" && refused "${place}duration: 'half'"
    change "del($event.end) | $event.duration = \"00:00\"" && refused "${place}duration: '00:00'"
    change "del($event.end) | del($event.duration)" && refused "${place}duration: "
    change "$event.end = \"2026-03-29T09:00:00+02:00\"" && refused "${place}end: "
    change "$event.title = {}" && refused "${place}title: is no text"
    change "$event.title = \"a\\u0007b\"" && refused "${place}title: has a control character"
    change "$event.title = \"x\" * 8001" && refused "${place}title: longer than 8000 bytes"
    change "$event.code = \"A B\"" &&
        refused "pretalx.json: day 2, room 'Kajüte', event 'A B': session: code 'A B'"
    change "del($event | .code, .id, .slug, .guid)" && refused 'neither code, id, slug nor guid'
    change '.schedule.conference.days[1].rooms["Kajüte"] = 5' &&
        refused "pretalx.json: day 2, room 'Kajüte': is no array"
    change "$event = 5" && refused "day 2, room 'Kajüte', event 1: is no object"
    change '.schedule.conference.days[1].rooms = []' && refused 'day 2: rooms: is no object'
    change '.schedule.conference.days = {}' && refused 'conference: days: is no array'
    change '.schedule.conference.days = []' && refused 'pretalx.json: no events'
    change '.schedule.conference.time_zone_name = "Mars/Base"' &&
        refused "conference: time_zone_name: "
    change '.schedule.conference.acronym = "a b"' && refused "conference: acronym: "
    change '.schedule.conference.end = "2026-03-01"' && refused "conference: end: is before the start"
}

@test "all faults are in the report" {
    change '.schedule.conference.days[0].rooms["Große Halle"][].date = "soon"'
    take
    assert_status 3
    assert_json '.[0].rows == 4 and .[0].sessions_added == 0 and [.[0].errors[].message[:42]] ==
        ["day 1, room '"'"'Große Halle'"'"', event '"'"'HBR3KQ'"'"':",
        "day 1, room '"'"'Große Halle'"'"', event '"'"'KNT7XZ'"'"':"]'
    assert_has 'pretalx.json: 2 errors; nothing was written' stderr
}

@test "JSON that is no schedule, and what is no JSON" {
    echo '{"schedule": {"days": []}}' >pretalx.json
    refused 'pretalx.json: is JSON, but no schedule'
    echo ' [1, 2]' >pretalx.json
    refused 'pretalx.json: is JSON, but no schedule'
    printf '\n{"schedule":\n {"conference": }}' >pretalx.json
    refused 'pretalx.json:3: JSON: '
    head -c 1000 "$data/pretalx.json" >pretalx.json
    refused 'JSON: '
    printf '{"schedule": {"conference": {"title": "Gr\xf6\xdfe"}}}' >pretalx.json
    refused 'pretalx.json:1: JSON: unable to decode byte 0xf6'
    echo '{"schedule": {}, "schedule": {}}' >pretalx.json
    refused 'duplicate object key'
    printf '[%.0s' {1..5000} >pretalx.json
    refused 'maximum parsing depth'
    run_split regtool programme import nowhere.json
    assert_status 4
    assert_has 'nowhere.json: no such file' stderr
    assert_no_file regtool.db
}

@test "from standard input, in UTF-16, with a byte order mark, in Latin-1" {
    run_split regtool programme import - <pretalx.json
    assert_status 0
    assert_has 'standard input'
    for encoding in UTF-16 UTF-8; do
        [ $encoding = UTF-16 ] || printf '\xef\xbb\xbf' >other.json
        iconv -f UTF-8 -t $encoding pretalx.json >>other.json
        run_split regtool programme import other.json -f json
        assert_status 0
        assert_json '.[0].sessions_unchanged == 4'
        rm other.json
    done
    iconv -f UTF-8 -t ISO-8859-1 frab.json >latin.json
    run_split regtool -d latin.db programme import latin.json --encoding latin1
    assert_status 0
}

@test "check finds what another program made of it" {
    take
    sqlite3 regtool.db "UPDATE session_schedule SET json = '[]' WHERE session_id =
        (SELECT session_id FROM session WHERE code = 'HBR3KQ')"
    run_split regtool check
    assert_status 1
    assert_has "schedule of 'HBR3KQ'"
    run_split regtool programme export -f schedule.json
    assert_status 5
}

# Files and schemas that are not the project's own: SCHEDULE_DATA names their folder.
@test "a real file comes out as it came in, by the published schemas" {
    [ -n "${SCHEDULE_DATA-}" ] || skip 'SCHEDULE_DATA names no folder with schemas and files'
    local count=0
    for file in "$SCHEDULE_DATA"/*.json; do
        [ "${file##*/}" != schema.json ] || continue
        count=$((count + 1))
        rm -f regtool.db regtool.db.key
        regtool -q programme import "$file" >/dev/null
        give_back
        same_document "$file"
        regtool programme export -f schedule.xml -o out.xml
        ! command -v xmllint || xmllint --noout --schema "$SCHEDULE_DATA/schedule.xml.xsd" out.xml
    done
    [ "$count" -gt 0 ]
}
