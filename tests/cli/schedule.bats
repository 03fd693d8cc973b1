#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool programme export -f ical, schedule.json, schedule.xml.

load helper

data=${abs_srcdir:?}/tests/data/schedule

# The same key file, time and actor give the same guids.
setup_test() {
    export REGTOOL_NOW=2022-01-01T12:00:00+01:00 REGTOOL_ACTOR=office
    (umask 077 && cat >regtool.db.key) <<'END'
regtool key 1
id: 961b344a17f74ff4
key: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
check: a0189a46
END
    regtool -q init --event tal-2022 --title 'Berg & Tal' --timezone Europe/Zurich \
        --start 2022-02-15 --end 2022-02-17 --url https://example.org/tal
    cp "$data/programme.csv" .
    regtool -q programme import programme.csv >/dev/null
}

# same_as GOLDEN: the last output is the file, but for regtool's version; else what differs
same_as() {
    local version
    version=$(regtool --version | sed -n '1s/regtool //p')
    diff "$data/$1" <(printf '%s\n' "${output//$version/VERSION}")
}

# valid_json FILE: by the schema's rules
valid_json() {
    run jq -c -f "$data/schema.jq" "$1"
    [ "$output" = '[]' ] || { show_run && return 1; }
}

@test "schedule.json: what the programme says, by the schema's rules" {
    run_split regtool programme export -f schedule.json
    assert_status 0
    same_as programme.json
    regtool programme export -f schedule.json -o out.json
    valid_json out.json
}

@test "schedule.xml" {
    run_split regtool programme export -f schedule.xml
    assert_status 0
    same_as programme.xml
}

@test "ical: lines of 75 octets at most, ended by CR LF" {
    regtool programme export -f ical -o out.ics
    diff "$data/programme.ics" <(tr -d '\r' <out.ics)
    [ "$(grep -c $'\r$' out.ics)" -eq "$(wc -l <out.ics)" ]
    LC_ALL=C awk 'length($0) > 76 { exit 1 }' out.ics
}

@test "the same again, whenever it is written, also by export programme" {
    for format in ical schedule.json schedule.xml; do
        regtool programme export -f $format -o one
        REGTOOL_NOW=2022-02-20T12:00:00+01:00 regtool programme export -f $format -o two
        cmp one two
        regtool export programme -f $format -o three
        cmp one three
    done
}

@test "guids stay when other things change, and differ between databases" {
    guids() {
        regtool programme export -f schedule.json "$@" |
            jq -r '.schedule.conference.days[].rooms[][] | "\(.title | @json) \(.guid) \(.id)"' | sort
    }
    guids >before
    sed -i 's/Room 2/Room 3/; s/Bo,/Bo Bell,/; /^late-talk/d' programme.csv
    echo 'A1,session,2022-02-15T08:00,2022-02-15T09:00,New,,,,,,' >>programme.csv
    regtool -q programme import programme.csv --replace >/dev/null
    guids >after
    [ "$(comm -12 before after | wc -l)" -eq 5 ]
    regtool -d other.db -q init --event tal-2022 --timezone Europe/Zurich
    regtool -d other.db -q programme import programme.csv >/dev/null
    guids -d other.db >other
    [ "$(comm -12 <(cut -d ' ' -f 2- after | sort) <(cut -d ' ' -f 2- other | sort) | wc -l)" -eq 0 ]
}

@test "a change moves DTSTAMP and SEQUENCE on" {
    stamp() {
        regtool programme export -f ical | tr -d '\r' | grep -m 2 -E '^(DTSTAMP|SEQUENCE):'
    }
    [ "$(stamp)" = $'DTSTAMP:20220101T110000Z\nSEQUENCE:2' ]
    REGTOOL_NOW=2022-02-01T12:00:00+01:00 regtool -q event set tal-2022 --title Tal
    [ "$(stamp)" = $'DTSTAMP:20220201T110000Z\nSEQUENCE:3' ]
}

@test "an event of which little is known makes a valid schedule too" {
    regtool -q event add e --timezone Etc/GMT+3
    printf '%s\n' 'session,kind,start,end,title,people' \
        'A,talk,2022-02-15T09:01,2022-02-18T15:01,,' \
        'Ä.b,session,2022-02-15T09:00,2022-02-15T09:00:30,日本,' >small.csv
    regtool -q -e e programme import small.csv >/dev/null
    regtool -e e programme export -f schedule.json -o out.json
    valid_json out.json
    run jq -c '.schedule.conference | [.acronym, .title, .start, .end, .daysCount,
        .timeslot_duration, has("time_zone_name"), has("url")]' out.json
    assert_output '["conf_e","e","2022-02-15","2022-02-18",1,"00:01",false,false]'
    run jq -c '[.schedule.conference.days[].rooms[""][] |
        [.title, .duration, .code, (.slug | sub("[0-9]+"; "N")), .url[:9], .track]]' out.json
    assert_output '[["日本","00:00",null,"conf_e-N","urn:uuid:",null],["Talk","78:00",null,"conf_e-N-talk","urn:uuid:","A"]]'
    run_split regtool -e e programme export -f schedule.xml
    assert_status 0
    assert_has_not '<url>'
    assert_has '<duration>78:00</duration>'
}

@test "without a programme there is nothing to show" {
    regtool -q event add e --timezone UTC
    for format in ical schedule.json schedule.xml; do
        run_split regtool -e e programme export -f $format -o out
        assert_status 4
        assert_has "event 'e' has no programme" stderr
        assert_no_file out
    done
}

@test "the formats are the programme's alone" {
    run_split regtool export registrants -f ical
    assert_status 2
    assert_has "'ical' is for the programme" stderr
    run_split regtool programme show -f schedule.json
    assert_status 2
    run_split regtool programme export -f ics
    assert_status 2
    assert_has 'ical, schedule.json, schedule.xml' stderr
}
