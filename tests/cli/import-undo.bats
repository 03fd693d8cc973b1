#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool import undo: what an import did is taken back, as far as nothing came since; what is
# left is named.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich
    cat >first.csv <<'CSV'
Name,Email,Affiliation,Roles,Courses,Status,Diet,SCIPER
Ada King,ada@example.org,EPFL,,X-1,,vegan,111
Bob,bob@example.org,EPFL,speaker,,pending,,222
CSV
    cat >second.csv <<'CSV'
Name,Email,Affiliation,Roles,Courses,Status,Diet,Shirt
Ada Lovelace,ada@example.org,ETH,student,X-2,cancelled,none,M
Zoë,zoe@example.org,UZH,,X-1,,,
CSV
}

# take FILE...: imports it
take() {
    regtool --quiet import "$@" >/dev/null
}

undo() {
    regtool import undo "$@" --reason 'wrong file'
}

# people: who is on the list, without what an import can never take back
people() {
    regtool export registrants | tr -d '\r'
}

# sound: the file's check finds nothing
sound() {
    run regtool check
    assert_status 0
}

# --- The whole ---

@test 'who was added is gone, and what was changed is as it was' {
    take first.csv
    people >before.csv
    take second.csv
    run_split undo 2 -f json
    assert_status 0
    assert_json '. == {import_id: 2, file: "second.csv", dry_run: false, erased: 1, cancelled: 0,
        kept: 0, restored: 7, changed_since: 0, courses_empty: ["X-2"], promoted: [], left: []}'
    [ -z "$stderr" ]
    people >after.csv
    diff before.csv after.csv
    run regtool registrant list -f json
    assert_json 'map(.registrant) == [1, 2]'
    sound
}

@test 'a first import taken back leaves nobody, and the same again is as the first time' {
    take first.csv
    people | cut -d, -f2- >before.csv
    undo 1 >/dev/null
    run regtool registrant list -f json
    assert_output '[]'
    run regtool stats -f json
    assert_json '.registrants.total == 0 and .registrants.erased == 0'
    run regtool export registrants
    [ "$(wc -l <<<"$output")" -eq 1 ]
    assert_has_not 'Diet'
    run regtool import first.csv -f json
    assert_json '.[0] | .added == 2 and .updated == 0'
    people | cut -d, -f2- >after.csv
    diff before.csv after.csv
    sound
}

@test 'the data of who was erased are in the file no more, and the token opens nothing' {
    take first.csv
    token=$(regtool token show @1 -f json | jq -r .token)
    undo 1 >/dev/null
    run ! grep -aq 'ada@example' regtool.db
    run ! grep -aq 'Ada King' regtool.db
    run regtool checkin "$token" -f json
    assert_status 1
    assert_json '.[0].reason == "erased"'
    run regtool registrant show @1 -f json
    assert_status 0
    assert_json '.name == "erased"'
    sound
}

@test 'import list and the log tell of it, the reason beside the log' {
    take first.csv
    REGTOOL_NOW=2022-02-02T08:00:00Z undo 1 --actor eva >/dev/null
    run regtool import list -f json
    assert_json '.[0].undone_at == "2022-02-02T09:00:00+01:00" and .[0].added == 2'
    run regtool log -f json
    assert_json '.[-1] | .action == "import undo" and .subject == "import" and .subject_id == 1
        and .actor == "eva" and .reason == "wrong file"
        and .detail == "erased 2, cancelled 0, kept 0, restored 0, changed since 0"'
}

@test 'a second time is no, and says so' {
    take first.csv
    undo 1 >/dev/null
    run_split undo 1
    assert_status 1
    [ -z "$output" ]
    assert_has 'import 1 was undone already' stderr
}

@test 'what is not there, or of another event, is not found' {
    take first.csv
    regtool event add other --timezone UTC
    regtool --quiet import second.csv -e other >/dev/null
    run undo 7 -e sym
    assert_status 4
    assert_has 'the event has no import 7'
    run undo 2 -e sym
    assert_status 4
    assert_has "regtool import list"
    run undo 2 -e other
    assert_status 0
}

@test 'the number and the reason are asked for before the database is opened' {
    rm regtool.db
    run regtool import undo 1
    assert_status 2
    assert_has '--reason is missing'
    run undo first.csv
    assert_status 2
    assert_has "'first.csv' is not the number of an import"
    run undo
    assert_status 2
}

@test 'a dry run tells the same and writes nothing' {
    take first.csv
    take second.csv
    cp regtool.db before.db
    run undo 2 --dry-run -f json
    assert_status 0
    assert_json '.dry_run'
    dry=$(json 'del(.dry_run)')
    cmp regtool.db before.db
    run undo 2 -f json
    [ "$(json 'del(.dry_run)')" = "$dry" ]
}

@test 'CSV has the counts, a table says what is left in words' {
    take first.csv
    take second.csv
    regtool registrant set ada@example.org --affiliation Oxford >/dev/null
    run undo 2 --dry-run -f csv
    assert_output 'import_id,file,dry_run,erased,cancelled,kept,restored,changed_since,courses_empty
2,second.csv,yes,1,0,0,6,1,X-2'
    run undo 2
    assert_has 'registrants erased'
    assert_has 'What is left'
    assert_has 'Oxford'
    assert_has 'changed by hand'
}

# --- Whom it added ---

@test 'who was seen is cancelled, the scans stay, and a later file brings back the same' {
    take first.csv
    regtool --quiet course set X-1 --min-percent 0 >/dev/null
    regtool --quiet checkin --who ada@example.org >/dev/null
    token=$(regtool token show @1 -f json | jq -r .token)
    run undo 1 -f json
    assert_json '.erased == 1 and .cancelled == 1 and .left == [{registrant: 1, name: "Ada King",
        column: "status", value: "cancelled", reasons: ["scans"], message: "scans"}]'
    run regtool registrant list -f json
    assert_json 'map(.registrant) == [1] and .[0].status == "cancelled"'
    run regtool attendance list -f json
    assert_json 'length == 1'
    run regtool credit-report --course X-1 -f json
    assert_json '.rows[0].reasons | index("cancelled") != null'
    sound
    run regtool import first.csv -f json
    assert_json '.[0].added == 2'
    run regtool registrant list -f json
    assert_json 'map(.registrant) == [1, 3] and map(.status) == ["confirmed", "pending"]'
    [ "$(regtool token show @1 -f json | jq -r .token)" = "$token" ]
    sound
}

@test 'who was brought back goes again with the import that did it' {
    take first.csv
    regtool --quiet checkin --who ada@example.org >/dev/null
    undo 1 >/dev/null
    take first.csv
    run undo 2 -f json
    assert_json '.erased == 1 and .cancelled == 1'
    run regtool registrant list -f json
    assert_json 'map(.status) == ["cancelled"]'
    run regtool import first.csv --mode add -f json
    assert_status 0
    assert_json '.[0].added == 2'
}

@test 'who was changed by hand is cancelled, a status by hand stays' {
    take first.csv
    regtool registrant set bob@example.org --note VIP >/dev/null
    regtool registrant confirm ada@example.org >/dev/null
    run undo 1 -f json
    assert_json '.erased == 0 and .cancelled == 1 and .kept == 1 and (.left | map([.registrant,
        .value, .reasons[0]])) == [[1, "confirmed", "status-by-hand"], [2, "cancelled", "by-hand"]]'
    run regtool registrant list -f json
    assert_json 'map(.status) == ["confirmed", "cancelled"]'
    sound
}

@test 'who may be in a later file is cancelled, and erased when that is taken back too' {
    take first.csv
    printf 'Name,Email\nAda King,ada@example.org\n' >again.csv
    take again.csv
    run undo 1 -f json
    assert_json '.erased == 0 and .cancelled == 2
        and (.left | map(.reasons[0]) | unique) == ["maybe-import:2"]'
    run undo 2 -f json
    assert_json '.erased == 2'
    run regtool registrant list -f json
    assert_output '[]'
    sound
}

@test 'who is registered elsewhere loses this registration alone' {
    take first.csv
    regtool event add other --timezone UTC
    printf 'Name,Email,Affiliation\nAda Byron,ada@example.org,Oxford\nNew,new@example.org,\n' >other.csv
    regtool --quiet import other.csv -e other >/dev/null
    run undo 2 -e other -f json
    assert_json '.erased == 2 and .restored == 2'
    run regtool registrant list -e other -f json
    assert_output '[]'
    run regtool registrant show @1 -e sym -f json
    assert_json '.name == "Ada King" and .affiliation == "EPFL" and .courses == ["X-1"]'
    run regtool import other.csv -e other -f json
    assert_json '.[0].added == 2'
    run regtool check
    assert_status 0
}

# --- What it changed ---

@test 'what was changed again since is named and left' {
    take first.csv
    take second.csv
    regtool registrant set ada@example.org --name 'Ada' --answer Diet=fish --roles 'student;chair' >/dev/null
    run undo 2 -f json
    assert_json '.changed_since == 3 and (.left | map([.column, .value, .reasons[0]]) | sort) == [
        ["Diet", "fish", "by-hand"], ["name", "Ada", "by-hand"],
        ["roles", "chair;student", "by-hand"]]'
    run regtool registrant show @1 -f json
    assert_json '.affiliation == "EPFL" and .status == "confirmed" and .courses == ["X-1"]
        and .answers.Diet == "fish" and .answers.Shirt == null'
    sound
}

@test 'imports are taken back in any order' {
    for i in 1 2 3 4; do
        printf 'Email,Affiliation,Role,Diet\nada@example.org,A%s,r%s,d%s\n' $i $i $i >$i.csv
        take $i.csv
        regtool export registrants >after-$i.csv
    done
    # The last is what all stand on; what it made of the one before is what is named.
    run undo 2 -f json
    assert_json '.restored == 1 and (.left | map([.column, .value, .reasons[0]]) | sort) ==
        [["Diet", "d4", "import:3"], ["affiliation", "A4", "import:3"]]'
    run regtool registrant show @1 -f json
    assert_json '.affiliation == "A4" and .roles == ["r1", "r3", "r4"] and .answers.Diet == "d4"'
    run undo 4 -f json
    assert_json '.restored == 3 and .left == []'
    run regtool registrant show @1 -f json
    assert_json '.affiliation == "A3" and .roles == ["r1", "r3"] and .answers.Diet == "d3"'
    run undo 3 -f json
    assert_json '.restored == 3 and .left == []'
    regtool export registrants | diff after-1.csv -
    run undo 1 -f json
    assert_json '.erased == 1 and .restored == 0'
    sound
}

@test 'a status that was forced is by hand again' {
    take first.csv
    regtool registrant cancel @1 --reason ill >/dev/null
    printf 'Email,Status\nada@example.org,confirmed\n' >force.csv
    take force.csv --force-status
    run undo 2 -f json
    assert_json '.restored == 1'
    run regtool registrant show @1 -f json
    assert_json '.status == "cancelled" and .status_by_hand'
}

@test 'a course entered by hand since stays, another is left' {
    take first.csv
    take second.csv
    regtool course unenrol X-2 @1 >/dev/null
    regtool course enrol X-2 @1 >/dev/null
    run undo 2 -f json
    assert_json '.left | map([.column, .value, .reasons[0]]) == [["courses", "X-2", "by-hand"]]'
    run regtool registrant show @1 -f json
    assert_json '.courses == ["X-1", "X-2"]'
}

@test 'an address that somebody else has by now is left' {
    take first.csv
    printf 'SCIPER,Email\n111,ada@new.example\n' >new.csv
    take new.csv --match external_id
    regtool registrant add --name Eve --email ada@example.org >/dev/null
    run undo 2 -f json
    assert_json '.left | map([.column, .value, .reasons[0], .message]) ==
        [["email", "ada@new.example", "taken:@3", "@3 has it now"]]'
    sound
}

@test 'an address taken by somebody whom the same import added is free again' {
    take first.csv
    printf 'SCIPER,Email\n111,ada@new.example\n333,ada@example.org\n' >swap.csv
    take swap.csv --match external_id
    run undo 2 -f json
    assert_json '.erased == 1 and .restored == 1 and .left == []'
    run regtool registrant show ada@example.org -f json
    assert_json '.registrant == 1'
    sound
}

# --- Seats ---

@test 'seats that get free are given to who waits' {
    take first.csv
    regtool --quiet event set sym --capacity 2
    take second.csv
    run regtool registrant list -f json
    assert_json 'map(.status) == ["cancelled", "pending", "confirmed"]'
    printf 'Name,Email\nEve,eve@example.org\n' >eve.csv
    take eve.csv
    run_split undo 2 -f json
    assert_status 0
    assert_json '.erased == 1 and .left == [] and .promoted == []'
    run regtool registrant list -f json
    assert_json 'map([.registrant, .status]) ==
        [[1, "confirmed"], [2, "pending"], [4, "waitlisted"]]'
    sound
}

@test 'who was cancelled and whose seat was given away waits first of all' {
    take first.csv
    regtool --quiet event set sym --capacity 2
    printf 'Name,Email\nEve,eve@example.org\nMax,max@example.org\n' >more.csv
    take more.csv
    printf 'Email,Status\nada@example.org,cancelled\n' >cancel.csv
    take cancel.csv
    run undo 3 -f json
    assert_json '.restored == 0 and .changed_since == 1 and (.left[0] |
        .column == "status" and .value == "waitlisted" and .reasons == ["no-seat"])'
    run_split regtool registrant cancel bob@example.org --reason ill
    assert_has 'Ada King' stderr
}

@test 'who waits has the old place in the queue again' {
    regtool --quiet event set sym --capacity 0
    printf 'Name,Email\nAda,ada@example.org\nBob,bob@example.org\nEve,eve@example.org\n' >wait.csv
    take wait.csv
    printf 'Email,Status\nada@example.org,cancelled\n' >cancel.csv
    take cancel.csv
    undo 2 >/dev/null
    regtool --quiet event set sym --capacity 1
    run regtool registrant list -f json
    assert_json 'map(.status) == ["confirmed", "waitlisted", "waitlisted"]'
}

# --- The name ---

@test 'import undo is the command, and a file of that name is ./undo' {
    cp first.csv undo
    run_split regtool import undo -f json
    assert_status 2
    run_split undo 1
    assert_status 4
    assert_has "the file 'undo' of this folder is written './undo'" stderr
    run regtool import ./undo -f json
    assert_json '.[0].added == 2'
}
