#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool registrant forget: what goes, what stays, what imports and `registrant add' do then.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich
    cat >people.csv <<'END'
Given name,Family name,Email,Affiliation,Roles,Sciper,Courses,Category,Note,Diet
Ada,Lovelace,Ada@Example.org,Analytical Society,student,s1815,BIO-642,early,wants a lift,vegan
Helga,Müller-Brandt,helga@example.org,Institut,speaker,s77,,,,
陳,大文,chan@example.org,東京大学,,s99,,,,粥
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
}

token() {
    sed -n "s/^$1,.*,//p" tokens.csv
}

# What the database's file and those beside it hold; not what the test itself wrote.
stored() {
    cat regtool.db*
}

forget() {
    regtool --quiet registrant forget "$1" --reason 'asked by mail' >/dev/null
}

# --- What goes ---

@test 'nothing of the person is left in the files beside the numbers' {
    local words=(Ada Lovelace Example.org ada@example.org Analytical s1815 early 'a lift' vegan
        'by phone' 'lost badge')
    regtool --quiet programme import - >/dev/null <<'END'
session,kind,start,end,title,people
S1,session,2022-02-01T09:00,2022-02-01T10:00,Start,
END
    regtool --quiet registrant cancel @1 --reason 'by phone' >/dev/null
    regtool --quiet checkin --who @1 --at 2022-02-01T09:10 --force --reason 'lost badge' >/dev/null
    regtool --quiet registrant set @1 --note 'wants a lift home' >/dev/null
    for word in "${words[@]}"; do
        stored | grep -aqF "$word"
    done
    run_split regtool registrant forget ada@example.org --reason 'asked by mail' -f json
    assert_status 0
    assert_json '.registrant == 1 and .name == "erased" and .email == null and .external_id == null
        and .affiliation == null and .category == null and .status == "cancelled"
        and .roles == ["student"] and .courses == ["BIO-642"]'
    for word in "${words[@]}"; do
        run ! grep -aqF "$word" <(stored)
    done
    run regtool registrant show @1 -f json
    assert_json '.note == null and .answers == {} and (.scans | length) == 1'
    run regtool check
    assert_status 0
    # Others are as they were.
    run regtool registrant show @3 -f json
    assert_json '.name == "陳 大文" and .answers.Diet == "粥"'
}

@test 'a person in another script, with the whole address book kept' {
    forget s99
    for word in 陳 大文 chan@ 東京 s99 粥; do
        run ! grep -aqF "$word" <(stored)
    done
    stored | grep -aqF Müller-Brandt
}

@test 'what imports changed of the person goes too' {
    sed -i 's/Analytical Society/Difference Engines/; s/vegan/omnivorous/' people.csv
    regtool --quiet import people.csv >/dev/null
    forget @1
    for word in Analytical Difference vegan omnivorous; do
        run ! grep -aqF "$word" <(stored)
    done
}

@test 'at all events of the database, under each number' {
    regtool --quiet event add other --timezone UTC >/dev/null
    regtool --quiet -e other registrant add --email ada@example.org --note 'other note' >/dev/null
    run_split regtool -e sym registrant forget @1 --reason x
    assert_status 0
    assert_has 'erased as 2 registrants' stderr
    run ! grep -aqF 'other note' <(stored)
    run regtool -e other registrant list -f csv
    assert_has '4,erased,'
    run regtool -e other log --who @4 -f json
    assert_json 'map(select(.action == "registrant forget")) | length == 1 and
        .[0].detail == "with registrant 1"'
}

# --- What stays ---

@test 'lists show erased; counts, presence and credit stay; the export leaves out' {
    regtool --quiet programme import - >/dev/null <<'END'
session,kind,start,end,title,people
S1,session,2022-02-01T09:00,2022-02-01T10:00,Start,
END
    regtool --quiet checkin "$(token 1)" --at 2022-02-01T09:00 >/dev/null
    regtool --quiet checkout "$(token 1)" --at 2022-02-01T10:00 >/dev/null
    regtool stats -f csv >stats.before
    regtool credit-report --course BIO-642 --as-of 2022-02-02T00:00 -f csv | cut -d, -f 2,8- >credit.before
    forget @1
    regtool stats -f csv >stats.after
    # But for those erased, and the seat that is free again.
    diff <(grep -v -e erased -e seats, stats.before) <(grep -v -e erased -e seats, stats.after)
    regtool credit-report --course BIO-642 --as-of 2022-02-02T00:00 -f csv | cut -d, -f 2,8- >credit.after
    diff credit.before credit.after
    grep -q '^1,.*eligible' credit.after
    run regtool attendance show -f csv
    assert_has '1,erased,,S1'
    run regtool attendance list -f csv
    assert_has ',1,erased,S1,'
    run regtool export registrants -f csv
    assert_has_not erased
    run regtool registrant list -f csv
    assert_has '1,erased'
}

@test 'the door says erased, and so does who wants a token' {
    forget @1
    run regtool checkin "$(token 1)" -f json
    assert_status 1
    assert_json '.[0].reason == "erased" and .[0].registrant == 1'
    run regtool token show @1
    assert_status 4
    run regtool token reissue @1 --reason x
    assert_status 1
    run regtool registrant set @1 --note back
    assert_status 1
}

@test 'the log has numbers, and the reason; reasons of before are gone' {
    regtool --quiet registrant cancel @1 --reason 'Ada phoned' >/dev/null
    forget @1
    run regtool log --who @1 -f json
    assert_json 'map(.reason) | index("asked by mail") != null and index("Ada phoned") == null'
    assert_json 'map(select(.action == "registrant forget"))[0].detail ==
        "answers 1, reasons 1, import changes 0"'
    run regtool log -f json
    assert_json '.[-1].action == "file clean"'
}

@test 'a seat that the person had is given to the next' {
    regtool --quiet event set sym --capacity 3 >/dev/null
    regtool --quiet registrant add --email late@example.org --name Late >/dev/null
    [ "$(regtool registrant show late@example.org -f json | jq -r .status)" = waitlisted ]
    run_split regtool registrant forget @1 --reason x
    assert_has 'Late) waited and has a seat now' stderr
    [ "$(regtool registrant show late@example.org -f json | jq -r .status)" = confirmed ]
    run regtool check
    assert_status 0
}

@test 'who waited and is forgotten leaves the queue' {
    regtool --quiet event set sym --capacity 3 >/dev/null
    regtool --quiet registrant add --email late@example.org --name Late >/dev/null
    regtool --quiet registrant add --email later@example.org --name Later >/dev/null
    forget late@example.org
    regtool --quiet registrant cancel @2 --reason x >/dev/null
    [ "$(regtool registrant show later@example.org -f json | jq -r .status)" = confirmed ]
    run regtool check
    assert_status 0
}

# --- What is said ---

@test 'a reason and a key are needed, and somebody to forget' {
    run regtool registrant forget @1
    assert_status 2
    assert_has 'reason'
    mv regtool.db.key away.key
    run_split regtool registrant forget @1 --reason x
    assert_status 5
    assert_has "key file 'regtool.db.key'" stderr
    [ "$(regtool registrant show @1 -f json | jq -r .name)" = 'Ada Lovelace' ]
    regtool --quiet init --db other.db
    run_split regtool registrant forget @1 --reason x --key other.db.key
    assert_status 5
    assert_has 'is not the key of this database' stderr
    run regtool registrant forget @9 --reason x
    assert_status 4
    run_split regtool --key away.key registrant forget @1 --reason x
    assert_status 0
    run_split regtool --key away.key registrant forget ada@example.org --reason x
    assert_status 4
}

@test 'a second time cleans again and changes nothing' {
    forget @1
    regtool log -f csv >log.before
    run_split regtool registrant forget "$(token 1)" --reason again
    assert_status 0
    assert_has '@1 was erased before' stderr
    diff <(grep -v 'file clean' log.before) <(regtool log -f csv | grep -v 'file clean')
}

@test 'backups, copies kept by updates, and the programme are named' {
    regtool --quiet programme import - >/dev/null <<'END'
session,kind,start,end,title,people
S1,session,2022-02-01T09:00,2022-02-01T10:00,Start,Ada Lovelace (Analytical Society)
END
    touch regtool.db.schema-1
    run_split regtool registrant forget @1 --reason x
    assert_status 0
    assert_has 'earlier backups' stderr
    assert_has "regtool.db.schema-1'" stderr
    assert_has 'the programme' stderr
    run_split regtool registrant forget @2 --reason x
    assert_has_not 'the programme' stderr
}

@test 'check tells that the file was not cleaned, and what is left' {
    forget @1
    run regtool check
    assert_status 0
    sqlite3 regtool.db "UPDATE person SET affiliation = 'left' WHERE person_id = 1"
    run regtool check
    assert_status 1
    assert_has 'registrant forget'
    forget @1
    run regtool check
    assert_status 0
}

# --- Coming back ---

@test 'import leaves out who asked to be forgotten, by address or id, and names the lines' {
    forget @1
    cat >again.csv <<'END'
name,email,sciper
Ada L.,ADA@example.org,
New One,new@example.org,
Lovelace,other@example.org,s1815
END
    run_split regtool import again.csv -f json
    assert_status 0
    assert_json '.[0] | .rows == 3 and .added == 1 and .erased == 2 and .rejected == 0 and
        .errors == []'
    assert_has 'again.csv:2: left out' stderr
    assert_has 'again.csv:4: left out' stderr
    assert_has_not 'again.csv:3' stderr
    assert_has_not example.org stderr
    run ! grep -aqiF -e 'ada@' -e lovelace <(stored)
    run regtool log -f json
    assert_json '.[-1].detail | endswith(", erased 2")'
    # The table has the column where it says something.
    run_split regtool import again.csv
    assert_has 'left out'
    run_split regtool import people.csv -f csv
    assert_has ',erased'
    head -2 people.csv >only.csv
    run_split regtool import only.csv -f json
    assert_status 0
    assert_json '.[0] | .rows == 1 and .added == 0 and .erased == 1'
    run_split regtool import only.csv --dry-run -f json
    assert_status 0
    assert_json '.[0] | .erased == 1 and .dry_run'
    run_split regtool import only.csv --mode add --match external_id -f json
    assert_status 0
    assert_json '.[0] | .erased == 1'
}

@test 'import of nobody forgotten reports none' {
    run_split regtool import people.csv -f json
    assert_json '.[0].erased == 0'
    run regtool import people.csv
    assert_has_not 'left out'
}

@test 'import needs the key where somebody asked to be forgotten' {
    forget @1
    mv regtool.db.key away.key
    run_split regtool import people.csv
    assert_status 5
    assert_has "key file 'regtool.db.key'" stderr
    assert_has 'forgotten' stderr
    regtool --quiet init --db other.db
    run_split regtool import people.csv --key other.db.key
    assert_status 5
    regtool --quiet --key away.key import people.csv >/dev/null
}

@test 'add refuses who asked to be forgotten; --again lets them back' {
    forget @1
    run_split regtool registrant add --email ada@EXAMPLE.org --name Ada
    assert_status 1
    assert_has 'asked to be forgotten' stderr
    assert_has --again stderr
    run_split regtool registrant add --external-id s1815 --name Ada
    assert_status 1
    run_split regtool registrant add --again --email ada@example.org --name Ada -f json
    assert_status 0
    assert_json '.registrant == 4 and .name == "Ada"'
    run regtool log --who @4 -f json
    assert_json '.[0].action == "registrant add" and .[0].detail == "again"'
    # By the id too.
    run_split regtool import people.csv -f json
    assert_json '.[0] | .erased == 0 and .added == 0 and .updated == 1'
    [ "$(regtool registrant show @1 -f json | jq -r .name)" = erased ]
    # And they can ask again.
    forget @4
    run_split regtool import people.csv -f json
    assert_json '.[0].erased == 1'
    run_split regtool registrant add --again --email nobody@example.org
    assert_status 0
    assert_has 'had asked to be forgotten' stderr
    run regtool check
    assert_status 0
}
