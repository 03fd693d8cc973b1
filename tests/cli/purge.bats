#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool event purge: all people of an event that is long over are erased; counts stay.

load helper

setup_test() {
    export REGTOOL_NOW=2024-03-01T08:00:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich --start 2022-02-15 --end 2022-02-16
    cat >people.csv <<'END'
Given name,Family name,Email,Affiliation,Roles,Sciper,Courses,Category,Note,Diet
Ada,Lovelace,ada@example.org,Analytical Society,student,s1815,BIO-642,early,a lift,vegan
Helga,Müller-Brandt,helga@example.org,Institut,speaker,s77,,,,halal
陳,大文,chan@example.org,東京大学,,s99,BIO-642,,,粥
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
    regtool --quiet programme import - >/dev/null <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T14:00,2022-02-15T15:00,Start,
S2,session,2022-02-16T14:00,2022-02-16T15:00,End,
END
    regtool --quiet checkin --who @1 --session S1 --at 2022-02-15T14:00 >/dev/null
    regtool --quiet registrant cancel @3 --reason 'flu' >/dev/null
}

stored() {
    cat regtool.db regtool.db.lock
}

@test 'all people go from the bytes too; counts, presence and credit stay' {
    regtool stats -f csv | grep -v -e erased -e seats, >stats.before
    regtool credit-report --course BIO-642 -f csv | cut -d, -f 2,8- >credit.before
    regtool attendance show -f csv | cut -d, -f 1,4- >attendance.before
    sqlite3 regtool.db "INSERT INTO alias (event_id, name, name_key) VALUES (1, 'Fliese', 'fliese')"
    mv regtool.db.key away.key
    run_split regtool event purge --before 2023-01-01 --reason 'two years are over' -f json
    assert_status 0
    assert_json '. == {event: "sym", ended: "2022-02-16", registrants: 3, erased: 3,
        erased_before: 0, elsewhere: 0, dry_run: false}'
    assert_has 'earlier backups' stderr
    for word in Ada Lovelace ada@ Analytical s1815 early 'a lift' vegan Helga helga@ Institut halal \
        陳 大文 chan@ 東京 粥 flu Fliese fliese; do
        run ! grep -aqF "$word" <(stored)
    done
    regtool stats -f csv | grep -v -e erased -e seats, | diff stats.before -
    regtool credit-report --course BIO-642 -f csv | cut -d, -f 2,8- | diff credit.before -
    regtool attendance show -f csv | cut -d, -f 1,4- | diff attendance.before -
    run regtool registrant list -f csv
    assert_has '2,erased,,,speaker,'
    run regtool log -f json
    assert_json '.[-2].action == "event purge" and .[-2].detail == "registrants 1 to 3: 3" and
        .[-2].reason == "two years are over" and .[-1].action == "file clean"'
    run regtool check
    assert_status 0
    run regtool checkin "$(sed -n 's/^2,.*,//p' tokens.csv)" -f json
    assert_json '.[0].reason == "erased"'
}

@test 'nobody is recognised afterwards: an import adds them as new' {
    regtool --quiet event purge --before 2023-01-01 >/dev/null
    run_split regtool import people.csv -f json
    assert_json '.[0] | .added == 3 and .erased == 0'
}

@test 'a dry run counts and writes nothing' {
    cp regtool.db before.db
    run_split regtool event purge --before 2023-01-01 --dry-run -f json
    assert_status 0
    assert_json '.erased == 3 and .dry_run'
    assert_has_not backups stderr
    cmp regtool.db before.db
}

@test 'only after the event is over, and never for a day ahead' {
    cp regtool.db before.db
    run_split regtool event purge --before 2022-02-16
    assert_status 1
    assert_has 'ended on 2022-02-16, not before 2022-02-16' stderr
    run_split regtool event purge --before 2024-03-02
    assert_status 1
    assert_has 'ahead' stderr
    # The programme may go on for longer than the event says.
    regtool --quiet event set sym --end 2022-02-15 >/dev/null
    run_split regtool event purge --before 2022-02-16
    assert_status 1
    [ "$(regtool registrant list -f json | jq -r '.[0].name')" = 'Ada Lovelace' ]
    run_split regtool event purge --before 2022-02-17 --dry-run
    assert_status 0
    regtool --quiet event add open --timezone UTC >/dev/null
    run_split regtool -e open event purge --before 2023-01-01
    assert_status 1
    assert_has 'no last day' stderr
    assert_has 'event set open --end' stderr
    run_split regtool -e none event purge --before 2023-01-01
    assert_status 4
}

@test 'an event of which only the programme says when it ends' {
    regtool --quiet event add small --timezone Europe/Zurich >/dev/null
    regtool --quiet -e small programme import - >/dev/null <<'END'
session,kind,start,end,title,people
S1,session,2022-05-01T22:00,2022-05-02T00:00,Late,
END
    run_split regtool -e small event purge --before 2022-05-01
    assert_status 1
    run_split regtool -e small event purge --before 2022-05-02 -f json
    assert_status 0
    assert_json '.ended == "2022-05-01" and .registrants == 0'
}

@test 'a day is needed, and a real one' {
    run regtool event purge
    assert_status 2
    assert_has '--before is missing'
    run regtool event purge --before 2022-02-30
    assert_status 2
}

@test 'who is registered for another event stays there, with all that is known' {
    regtool --quiet event add later --timezone UTC --end 2024-06-01 >/dev/null
    regtool --quiet -e later registrant add --email ada@example.org --note 'later note' >/dev/null
    regtool --quiet -e later course add LATE-1 --title Later >/dev/null
    sqlite3 regtool.db "INSERT INTO course_event SELECT course_id, 1 FROM course WHERE code = 'LATE-1'"
    regtool --quiet -e later course enrol LATE-1 @4 >/dev/null
    run_split regtool -e sym event purge --before 2023-01-01 -f json
    assert_status 0
    assert_json '.erased == 3 and .elsewhere == 1'
    assert_has LATE-1 stderr
    run regtool -e later registrant show @4 -f json
    assert_json '.name == "Ada Lovelace" and .email == "ada@example.org" and
        .note == "later note" and .courses == ["LATE-1"]'
    run regtool -e sym registrant show @1 -f json
    assert_json '.name == "erased" and .note == null and .answers == {} and
        .courses == ["BIO-642"] and (.scans | length) == 1'
    run ! grep -aqF -e vegan -e 'a lift' -e early <(stored)
    run regtool check
    assert_status 0
    # And is forgotten there as anybody.
    regtool --quiet -e later registrant forget @4 --reason x >/dev/null
    run ! grep -aqF -e Lovelace -e 'later note' <(stored)
    run regtool check
    assert_status 0
}

@test 'again: nothing is left to erase' {
    regtool --quiet registrant forget @2 --reason x >/dev/null
    run_split regtool event purge --before 2023-01-01 -f json
    assert_json '.erased == 2 and .erased_before == 1'
    run_split regtool event purge --before 2023-01-01 -f json
    assert_status 0
    assert_json '.erased == 0 and .erased_before == 3 and .registrants == 3'
    [ "$(regtool log -f json | jq '[.[] | select(.action == "event purge")] | length')" = 1 ]
}

@test 'more people than one slice holds' {
    { echo name,email && seq 1 500 | sed 's/.*/Name &,n&@example.org/'; } >many.csv
    regtool --quiet import many.csv >/dev/null
    run_split regtool event purge --before 2023-01-01 --dry-run -f json
    assert_json '.erased == 503'
    run_split regtool event purge --before 2023-01-01 -f json
    assert_json '.erased == 503 and .registrants == 503'
    run ! grep -aqF @example.org <(stored)
    [ "$(regtool log -f json | jq '[.[] | select(.action == "event purge")] | length')" = 3 ]
    run regtool check
    assert_status 0
}
