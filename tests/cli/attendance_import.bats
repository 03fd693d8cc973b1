#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool attendance import: reports of Zoom, Teams and Google Meet as they come, with their
# traps, and facts in our own columns.

load helper

# S1 is from 9 to 10, S2 from 11 to 12 on the same day.
setup_test() {
    samples=${abs_srcdir:?}/tests/data/meetings
    regtool --quiet init --event e --timezone Europe/Zurich
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T09:00,2022-02-15T10:00,One,
S2,session,2022-02-15T11:00,2022-02-15T12:00,Two,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email
Ada Lovelace,ada@example.org
Ben Bitdiddle,ben@example.org
Cia Çelik,cia@example.org
Dora Host,dora@example.org
Priya Sharma,priya@example.org
Priya Patel,patel@example.org
END
    regtool --quiet import people.csv >/dev/null
}

# take FILE [OPTION]...: the report as JSON
take() {
    run_split regtool attendance import "$samples/$1" -f json "${@:2}"
}

# presence: NAME SESSION MINUTES SOURCES of each
presence() {
    regtool attendance show -f csv | awk -F, 'NR > 1 { print $2, $4, $7, $10 }'
}

@test "Zoom: a plain report; by e-mail, and by a name that is unique" {
    take zoom-plain.csv
    assert_status 0
    assert_json '.[0].source == "zoom" and .[0].rows == 2 and .[0].matched == 2'
    assert_json '.[0].unmatched == 0 and .[0].ignored == 0 and .[0].people == 2'
    assert_json '.[0].minutes == 90 and .[0].import_id == 2 and .[0].errors == []'
    [ "$(presence)" = 'Ada Lovelace S1 60 online
Ben Bitdiddle S1 30 online' ]
    run regtool check
    assert_status 0
}

@test "the same report twice changes nothing, not a byte" {
    take zoom-plain.csv
    cp regtool.db before.db
    take zoom-plain.csv
    assert_status 0
    assert_json '.[0].added == 0 and .[0].unchanged == 2 and .[0].import_id == null'
    cmp regtool.db before.db
}

@test "a dry run writes nothing and says the same" {
    cp regtool.db before.db
    take zoom-plain.csv --dry-run
    assert_status 0
    assert_json '.[0].dry_run and .[0].matched == 2 and .[0].minutes == 90'
    assert_json '.[0].added == 2 and .[0].import_id == null'
    cmp regtool.db before.db
}

@test "Zoom: a preamble with its own header, a rejoin on two devices, names in all forms" {
    take zoom-preamble.csv
    assert_status 0
    # Ada alone is a first name: nobody's.
    assert_json '.[0].rows == 5 and .[0].matched == 4 and .[0].unmatched == 1'
    # 9:00 to 10:00 once, although two rows overlap.
    [ "$(presence)" = 'Ada Lovelace S1 60 online
Ben Bitdiddle S1 60 online
Cia Çelik S2 60 online' ]
}

@test "Zoom: named months, the newest headers, French, the merged dump" {
    take zoom-consent.csv
    assert_json '.[0].source == "zoom" and .[0].minutes == 30'
    take zoom-new.csv
    assert_json '.[0].rows == 3 and .[0].ignored == 1 and .[0].unmatched == 1'
    assert_json '.[0].minutes == 60'
    take zoom-french.csv
    assert_json '.[0].source == "zoom" and .[0].ignored == 1 and .[0].minutes == 60'
    take zoom-merged.csv
    assert_json '.[0].source == "zoom" and .[0].matched == 1 and .[0].minutes == 60'
}

@test "Zoom: a webinar's report in sections; who never came is ignored" {
    take zoom-webinar.csv
    assert_status 0
    assert_json '.[0].rows == 4 and .[0].matched == 3 and .[0].ignored == 1'
    [ "$(presence)" = 'Ada Lovelace S1 30 online
Ben Bitdiddle S1 60 online
Dora Host S1 60 online
Dora Host S2 60 online' ]
}

@test "totals without times are refused" {
    take zoom-totals.csv
    assert_status 3
    assert_has 'totals without times' stderr
    assert_output ''
}

@test "leaving before joining is unknown: said, never counted" {
    take zoom-negative.csv
    assert_status 0
    assert_json '.[0].rows == 2 and .[0].matched == 1 and .[0].ignored == 1'
    assert_json '.[0].errors == [{line: 3, column: null, message:
        "leaves before joining: how long it was is not known; not counted"}]'
    assert_has 'zoom-negative.csv:3' stderr
    [ "$(presence)" = 'Ada Lovelace S1 60 online' ]
}

@test "NUL bytes are left out, with a word" {
    take zoom-nul.csv
    assert_status 0
    assert_has '2 NUL bytes were left out' stderr
    assert_json '.[0].matched == 1'
}

@test "Teams: actions, UTF-16; who was not seen leaving stays to the session's end" {
    take teams-classic.csv
    assert_status 0
    assert_json '.[0].source == "teams" and .[0].rows == 4 and .[0].matched == 4'
    [ "$(presence)" = 'Ada Lovelace S1 60 online
Ben Bitdiddle S1 45 online' ]
    # A Joined without a Left proves no exit.
    regtool --quiet course add C --title C --enrolment any --min-minutes 1 --require-exit >/dev/null
    run_split regtool credit-report --course C --for @1
    assert_status 1
    assert_has 'no-exit:S1'
}

@test "Teams: no header, no byte-order mark, French" {
    take teams-no-header-no-bom.csv
    assert_status 0
    assert_json '.[0].source == "teams" and .[0].rows == 2 and .[0].minutes == 30'
}

@test "Teams: of a report with totals and single stays only the stays are read" {
    take teams-report.csv
    assert_status 0
    assert_json '.[0].source == "teams" and .[0].rows == 3 and .[0].matched == 3'
    [ "$(presence)" = 'Ada Lovelace S1 40 online
Ben Bitdiddle S1 30 online' ]
    take teams-german.csv
    assert_json '.[0].source == "teams" and .[0].matched == 1 and .[0].minutes == 45'
    take teams-french.csv
    assert_json '.[0].source == "teams" and .[0].matched == 1 and .[0].minutes == 45'
}

@test "Google Meet: clock times alone are of the sessions' day; a duration that is less is said" {
    take meet.csv
    assert_status 0
    assert_json '.[0].source == "meet" and .[0].matched == 2 and .[0].minutes == 120'
    assert_has '1 stay lasted less than from joining to leaving' stderr
}

@test "clock times alone need one day" {
    cat >more.csv <<'END'
session,kind,start,end,title,people
S3,session,2022-02-16T09:00,2022-02-16T10:00,Three,
END
    regtool --quiet programme import more.csv >/dev/null
    take meet.csv
    assert_status 3
    assert_has '--session' stderr
    take meet.csv --session S3
    assert_status 0
    [ "$(presence)" = 'Ada Lovelace S3 60 online
Ben Bitdiddle S3 60 online' ]
}

# zoom_day DATE: a report of that day
zoom_day() {
    printf 'Name (Original Name),User Email,Join Time,Leave Time\n'
    printf 'Ada Lovelace,ada@example.org,%s 09:00:00,%s 10:00:00\n' "$1" "$1"
}

@test "day and month: settled by the sessions' days, one order for the file" {
    cat >may.csv <<'END'
session,kind,start,end,title,people
M1,session,2022-05-10T09:00,2022-05-10T10:00,May,
END
    regtool --quiet programme import may.csv >/dev/null
    zoom_day 05/10/2022 >us.csv
    zoom_day 10/05/2022 >eu.csv
    zoom_day 10.05.2022 >de.csv
    for file in us.csv eu.csv de.csv; do
        run_split regtool attendance import "$file" -f json
        assert_status 0
        assert_json '.[0].minutes == 60'
    done
    [ "$(presence)" = 'Ada Lovelace M1 60 online' ]
}

@test "day and month: both or neither fitting is refused" {
    cat >may.csv <<'END'
session,kind,start,end,title,people
M1,session,2022-05-10T09:00,2022-05-10T10:00,May,
O1,session,2022-10-05T09:00,2022-10-05T10:00,October,
END
    regtool --quiet programme import may.csv >/dev/null
    zoom_day 05/10/2022 >both.csv
    cp regtool.db before.db
    run_split regtool attendance import both.csv
    assert_status 3
    assert_has 'both agree' stderr
    run_split regtool attendance import both.csv --session O1 --dry-run -f json
    assert_status 0
    assert_json '.[0].minutes == 60'
    zoom_day 07/08/2022 >neither.csv
    run_split regtool attendance import neither.csv
    assert_status 3
    assert_has 'neither agrees' stderr
    cmp regtool.db before.db
}

@test "another zone's clock" {
    printf 'Name (Original Name),User Email,Join Time,Leave Time\nAda,ada@example.org,2022-02-15 03:00:00,2022-02-15 04:00:00\n' >us.csv
    run_split regtool attendance import us.csv --zone America/New_York -f json
    assert_status 0
    assert_json '.[0].minutes == 60'
    # Without it nobody was there, and the way out is named.
    printf 'Name (Original Name),User Email,Join Time,Leave Time\nBen,ben@example.org,2022-02-15 03:00:00,2022-02-15 04:00:00\n' >us.csv
    run_split regtool attendance import us.csv -f json
    assert_status 0
    assert_json '.[0].ignored == 1 and .[0].people == 0 and .[0].import_id == null'
    assert_has '--zone' stderr
    run_split regtool attendance import us.csv --zone America/Nowhere
    assert_status 2
}

@test "sessions at the same time: the report must be said to be of one" {
    cat >more.csv <<'END'
session,kind,start,end,title,people
P1,session,2022-02-15T09:30,2022-02-15T10:30,Beside,
END
    regtool --quiet programme import more.csv >/dev/null
    take zoom-plain.csv
    assert_status 4
    assert_has '--session' stderr
    take zoom-plain.csv --session P1
    assert_status 0
    assert_json '.[0].minutes == 40'
    take zoom-plain.csv --session S9
    assert_status 4
}

@test "who is not known is written down, and the file gives it back" {
    take zoom-new.csv --unmatched review.csv
    assert_status 0
    assert_mode review.csv 600
    run cat review.csv
    assert_output 'name,email,first_in,last_out,candidates,registrant
priya (she/her),,2022-02-15T09:00:00+01:00,2022-02-15T10:00:00+01:00,5 Priya Sharma; 6 Priya Patel,'
    # Not filled in it says nothing.
    take zoom-new.csv --matches review.csv
    assert_json '.[0].unmatched == 1'
    sed 's/,$/,5/' review.csv >filled.csv
    take zoom-new.csv --matches filled.csv
    assert_status 0
    assert_json '.[0].unmatched == 0 and .[0].added == 1'
    [ "$(presence)" = 'Ada Lovelace S1 60 online
Priya Sharma S1 60 online' ]
    # It is remembered: the next meeting needs no review.
    sed 's/09:00:00/11:00:00/; s/10:00:00 AM/12:00:00 PM/' "$samples/zoom-new.csv" >next.csv
    run_split regtool attendance import next.csv -f json
    assert_json '.[0].unmatched == 0'
    run regtool check
    assert_status 0
}

@test "nobody's name is remembered too" {
    take zoom-new.csv --unmatched review.csv
    sed 's/,$/,-/' review.csv >filled.csv
    take zoom-new.csv --matches filled.csv
    assert_json '.[0].unmatched == 0 and .[0].ignored == 2'
    take zoom-new.csv
    assert_json '.[0].unmatched == 0 and .[0].ignored == 2'
}

@test "a match with somebody who is not there is refused, with its line" {
    take zoom-new.csv --unmatched review.csv
    sed 's/,$/,99/' review.csv >filled.csv
    take zoom-new.csv --matches filled.csv
    assert_status 4
    assert_has 'filled.csv:2' stderr
}

@test "a name that two registrants have is left to the user" {
    regtool --quiet registrant add --name 'Ada Lovelace' --email ada2@example.org >/dev/null
    printf 'Name (Original Name),User Email,Join Time,Leave Time\nAda Lovelace,,2022-02-15 09:00:00,2022-02-15 10:00:00\n' >guest.csv
    run_split regtool attendance import guest.csv --unmatched review.csv -f json
    assert_json '.[0].unmatched == 1 and .[0].import_id == null'
    run cat review.csv
    assert_has '1 Ada Lovelace; 7 Ada Lovelace'
}

@test "a file without a participant is refused, one in which nobody matches is not" {
    printf 'Name (Original Name),User Email,Join Time,Leave Time\n' >empty.csv
    run_split regtool attendance import empty.csv
    assert_status 3
    assert_has 'no participant' stderr
    regtool registrant list -f csv >list.csv
    run_split regtool attendance import list.csv
    assert_status 3
    printf 'Name (Original Name),User Email,Join Time,Leave Time\nEve,eve@example.org,2022-02-15 09:00:00,2022-02-15 10:00:00\n' >strangers.csv
    run_split regtool attendance import strangers.csv -f json
    assert_status 0
    assert_json '.[0].unmatched == 1'
    run_split regtool attendance import nothere.csv
    assert_status 4
    run_split regtool attendance import .
    assert_status 3
}

@test "a time that cannot be read is refused with its line" {
    printf 'Name (Original Name),User Email,Join Time,Leave Time\nAda,ada@example.org,2022-02-15 09:00:00,later\n' >bad.csv
    cp regtool.db before.db
    run_split regtool attendance import bad.csv
    assert_status 3
    assert_has "bad.csv:2: 'later' is not a time" stderr
    cmp regtool.db before.db
}

@test "facts: stays by hand, open ones, and scans at a door, as no rule refuses them" {
    take facts-stays.csv
    assert_status 0
    assert_json '.[0].source == "csv" and .[0].rows == 2 and .[0].matched == 2'
    take facts-scans.csv
    assert_status 0
    run_split regtool attendance list -f csv
    [ "$(awk -F, 'NR > 1 { print $6, $8, $3, $4, $9 }' <<<"$output")" = '1 S1 in admitted manual
2 S2 in admitted manual
1 S1 in admitted door
1 S1 out admitted door' ]
    [ "$(presence)" = 'Ada Lovelace S1 45 door;manual
Ben Bitdiddle S2 60 manual' ]
    take facts-scans.csv
    assert_json '.[0].added == 0 and .[0].unchanged == 2'
    # Pending or cancelled people were there all the same.
    regtool --quiet registrant cancel @3 --reason r >/dev/null
    printf 'name,session,from,to\ncia celik,S1,2022-02-15T09:00,2022-02-15T10:00\n' >names.csv
    run_split regtool attendance import names.csv -f json
    assert_status 0
    assert_json '.[0].minutes == 60'
}

@test "facts: each bad row is named, and nothing is written" {
    cat >facts.csv <<'END'
who,session,from,to
@1,S1,2022-02-15T09:00,2022-02-15T09:30
@99,S1,2022-02-15T09:00,2022-02-15T09:30
@1,S9,2022-02-15T09:00,2022-02-15T09:30
@1,S1,2022-02-15T09:30,2022-02-15T09:00
@1,S1,noon,
@1,S1
END
    cp regtool.db before.db
    run_split regtool attendance import facts.csv -f json
    assert_status 3
    assert_json '[.[0].errors[].line] == [3, 4, 5, 6, 7]'
    assert_json '[.[0].errors[].column] == ["who", "session", "to", "from", null]'
    cmp regtool.db before.db
    printf 'name,session,from,to\nNobody Here,S1,2022-02-15T09:00,\n' >facts.csv
    run_split regtool attendance import facts.csv
    assert_status 3
    assert_has 'facts.csv:2: name: no registrant has this name' stderr
    printf 'who,session\n@1,S1\n' >facts.csv
    run_split regtool attendance import facts.csv --source csv
    assert_status 3
    assert_has 'do not say when' stderr
}

@test "an import is taken back as a whole, and may come again" {
    take zoom-plain.csv
    import=$(json '.[0].import_id')
    run_split regtool attendance void --import "$import" --reason 'the wrong meeting' -f json
    assert_status 0
    assert_json '. == {import_id: 2, voided: 2}'
    [ -z "$(presence)" ]
    run_split regtool attendance void --import "$import" --reason again
    assert_status 1
    take zoom-plain.csv
    assert_json '.[0].added == 2'
    [ "$(presence | wc -l)" -eq 2 ]
    run regtool check
    assert_status 0
    run_split regtool attendance void --import 99 --reason r
    assert_status 4
    run_split regtool attendance void 1 --import "$import" --reason r
    assert_status 2
}
