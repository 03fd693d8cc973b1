#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool registrant merge: two records of one person become one.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T14:30:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich
    cat >people.csv <<'END'
Name,Email,Affiliation,Roles,Sciper,Courses,Status,Category,Note,Diet,Shirt
Ada Lovelace,ada@example.org,,student,,BIO-642,,early,,vegan,
"Lovelace, Ada",a.lovelace@example.com,Analytical Society,speaker,1815,,,,knows the way,halal,M
Bob Baker,bob@example.org,,,,,,,,,
END
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T14:00,2022-02-15T16:00,One,
S2,session,2022-02-15T16:00,2022-02-15T18:00,Two,
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
    regtool --quiet programme import programme.csv >/dev/null
}

token() {
    sed -n "s/^$1,.*,//p" tokens.csv
}

checkin() {
    regtool checkin "$@" -f json | jq -r '.[] | .result + " " + (.reason // "-")'
}

@test 'what comes over, what differs and what stays are shown' {
    run_split regtool registrant merge @2 @1 --reason 'the same person' -f json
    assert_status 0
    assert_json '. == {registrant: 1, name: "Ada Lovelace", email: "ada@example.org", merged: 2,
        scans: 0, tokens: 1, dry_run: false,
        taken: [
            {event: null, field: "affiliation", value: "Analytical Society"},
            {event: null, field: "external_id", value: "1815"},
            {event: "sym", field: "roles", value: "speaker"},
            {event: "sym", field: "note", value: "knows the way"},
            {event: "sym", field: "answer: Shirt", value: "M"}],
        conflicts: [
            {event: null, field: "name", kept: "Ada Lovelace", other: "Lovelace, Ada"},
            {event: null, field: "email", kept: "ada@example.org", other: "a.lovelace@example.com"},
            {event: "sym", field: "answer: Diet", kept: "vegan", other: "halal"}],
        events: [{event: "sym", registrant: 1, merged: 2, scans: 0, tokens: 1}],
        promoted: []}'
    run regtool registrant show @1 -f json
    assert_json '.name == "Ada Lovelace" and .email == "ada@example.org" and
        .affiliation == "Analytical Society" and .external_id == "1815" and
        .roles == ["speaker", "student"] and .courses == ["BIO-642"] and .category == "early" and
        .note == "knows the way" and .answers == {Diet: "vegan", Shirt: "M"}'
    assert_json '.merged == [{registrant: 2, name: "Lovelace, Ada",
        email: "a.lovelace@example.com", affiliation: "Analytical Society", external_id: "1815"}]'
    assert_json '.tokens | map([.serial, .revoked_at]) == [[1, null], [2, null]]'
    run regtool check
    assert_status 0
}

@test 'a table names the conflicts; without any it says nothing of them' {
    run regtool registrant merge @2 @1
    assert_status 0
    assert_has 'Taken over'
    assert_has 'Conflicts'
    assert_has 'answer: Diet'
    run regtool registrant merge @3 @1
    assert_has 'Conflicts'
    regtool --quiet registrant add --external-id 77 --name 'Ada Lovelace' >/dev/null
    run regtool registrant merge 77 @1 -f json
    assert_json '.conflicts == [{event: null, field: "external_id", kept: "1815", other: "77"}]'
    regtool --quiet registrant add --email c@example.org >/dev/null
    regtool --quiet registrant add --external-id 99 --name 'Cy Cole' --given-name Cy >/dev/null
    run regtool registrant merge 99 c@example.org
    assert_status 0
    assert_has 'Cy Cole'
    assert_has_not 'Conflicts'
    run regtool registrant show c@example.org -f json
    assert_json '[.name, .given_name, .external_id] == ["Cy Cole", "Cy", "99"]'
}

@test 'scans come together by adding: both badges are one person, no minute counts twice' {
    [ "$(checkin --at 2022-02-15T14:00 "$(token 1)")" = 'admitted -' ]
    [ "$(checkin --at 2022-02-15T14:10 --station north "$(token 2)")" = 'admitted -' ]
    [ "$(checkin --at 2022-02-15T14:20 "$(token 2)")" = 'refused already-in' ]
    regtool --quiet checkout --at 2022-02-15T15:00 "$(token 2)" >/dev/null
    regtool attendance add @2 --session S2 --from 2022-02-15T16:00 --to 2022-02-15T17:00 \
        --reason 'the door was broken' >/dev/null
    regtool attendance add @2 --session S2 --from 2022-02-15T16:00 --to 2022-02-15T16:30 \
        --reason wrong >/dev/null
    regtool attendance void 6 --reason wrong >/dev/null
    run regtool registrant merge @2 @1 -f json
    assert_json '.scans == 4'
    run regtool attendance list -f json
    assert_json 'length == 15'
    assert_json 'map(select(.registrant == 2 and .result != "void") | .voided) | all'
    assert_json '.[8] | [.scan, .registrant, .at, .direction, .station, .voided] ==
        [9, 1, "2022-02-15T14:10:00+01:00", "in", "north", false]'
    run regtool attendance show -f json
    assert_json 'map([.registrant, .session, .minutes]) == [[1, "S1", 60], [1, "S2", 60]]'
    run regtool check
    assert_status 0
}

@test 'both tokens open the door for the one person' {
    regtool --quiet registrant merge @2 @1 >/dev/null
    run regtool checkin --at 2022-02-15T14:00 "$(token 2)" -f json
    assert_json '.[0] | [.result, .registrant, .name] == ["admitted", 1, "Ada Lovelace"]'
    [ "$(checkin --at 2022-02-15T14:05 "$(token 1)")" = 'refused already-in' ]
    run regtool check
    assert_status 0
}

@test 'token show has both, revoke takes both, reissue leaves one' {
    regtool --quiet registrant merge @2 @1 >/dev/null
    run regtool token show @2 -f json
    [ "$(json '.registrant, .token, .others[].token')" = "1
$(token 2)
$(token 1)" ]
    run regtool token show @1
    assert_has "$(token 1)"
    assert_has "$(token 2)"
    run regtool token show @1 -f csv
    assert_output "registrant,name,email,roles,token
1,Ada Lovelace,ada@example.org,speaker;student,$(token 2)"
    run regtool token revoke "$(token 2)" --reason lost
    assert_status 0
    run regtool token show @1 -f json
    [ "$(json '.token')" = "$(token 1)" ]
    assert_json '.others == []'
    run regtool token reissue @1 --reason lost -f json
    assert_status 0
    assert_json '.others == []'
    [ "$(checkin --at 2022-02-15T14:00 "$(token 1)")" = 'refused revoked-token' ]
    regtool --quiet registrant merge @3 @1 >/dev/null
    run_split regtool token revoke @1 --reason lost
    assert_has 'revoked: 2 of @1' stderr
}

@test 'the nonce of a scan that was moved still has its first answer' {
    regtool --quiet checkin --at 2022-02-15T14:10 --nonce n-1 "$(token 2)" >/dev/null
    regtool --quiet registrant merge @2 @1 >/dev/null
    run regtool checkin --at 2022-02-15T14:40 --nonce n-1 "$(token 2)" -f json
    assert_status 0
    assert_json '.[0] | [.result, .registrant, .at, .scan] ==
        ["admitted", 1, "2022-02-15T14:10:00+01:00", 1]'
    [ "$(checkin --who @2 --nonce n-1)" = 'admitted -' ]
    [ "$(checkin --who @3 --nonce n-1)" = 'refused nonce-conflict' ]
}

@test 'in reports of meetings the person is known by the names of both records' {
    cat >report.csv <<'END'
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Bob Baker,,02/15/2022 02:00:00 PM,02/15/2022 03:00:00 PM,60
Robert Baker,,02/15/2022 02:30:00 PM,02/15/2022 03:30:00 PM,60
END
    regtool --quiet registrant add --name 'Robert Baker' --email rb@example.org >/dev/null
    regtool --quiet attendance import report.csv >/dev/null
    regtool --quiet registrant merge @4 @3 >/dev/null
    run regtool attendance import report.csv -f json
    assert_json '.[0] | [.matched, .added] == [2, 0]'
    run regtool attendance show -f json
    assert_json 'map([.registrant, .minutes]) == [[3, 90]]'
}

@test 'a file of attendance taken in before a merge adds nothing after it' {
    cat >facts.csv <<'END'
email,session,from,to
ada@example.org,S1,2022-02-15T14:00,2022-02-15T15:00
a.lovelace@example.com,S1,2022-02-15T14:30,2022-02-15T15:30
a.lovelace@example.com,S2,2022-02-15T16:00,2022-02-15T17:00
END
    cat >scans.csv <<'END'
email,session,at,direction
a.lovelace@example.com,S2,2022-02-15T17:10,in
END
    regtool --quiet attendance import facts.csv --source csv >/dev/null
    regtool --quiet attendance import scans.csv --source csv >/dev/null
    regtool --quiet registrant merge @2 @1 >/dev/null
    regtool attendance list -f json >before
    for file in facts.csv scans.csv; do
        run regtool attendance import "$file" --source csv -f json
        assert_status 0
    done
    regtool attendance list -f json | cmp - before
    run regtool attendance show -f json
    assert_json 'map([.registrant, .session, .minutes]) == [[1, "S1", 90], [1, "S2", 110]]'
    # All of the file is taken back, and may come again.
    run_split regtool attendance void --import 2 --reason wrong -f json
    assert_status 0
    run regtool attendance show -f json
    assert_json 'map([.session, .minutes]) == [["S2", 50]]'
    regtool --quiet attendance import facts.csv --source csv >/dev/null
    run regtool attendance show -f json
    assert_json 'map([.session, .minutes]) == [["S1", 90], ["S2", 110]]'
    run regtool check
    assert_status 0
}

@test 'whatever the merged record is called by means the person' {
    local who

    regtool --quiet registrant merge @2 @1 >/dev/null
    for who in @2 A.Lovelace@Example.com 1815 "$(token 2)"; do
        run regtool registrant show "$who" -f json
        assert_status 0
        assert_json '.registrant == 1'
    done
    run regtool registrant add --email a.lovelace@example.com --name Ada
    assert_status 1
    assert_has '(@1)'
    run regtool registrant set @3 --email a.lovelace@example.com
    assert_status 1
    assert_has 'the e-mail address of @1'
    run regtool registrant set @1 --email a.lovelace@example.com
    assert_status 0
    run regtool registrant show a.lovelace@example.com -f json
    assert_json '.registrant == 1'
}

@test 'lists, reports and counts have one person' {
    regtool --quiet checkin --at 2022-02-15T14:10 "$(token 2)" >/dev/null
    regtool --quiet registrant merge @2 @1 >/dev/null
    run regtool registrant list -f json
    assert_json 'map(.registrant) == [1, 3]'
    assert_json '.[0].first_checkin_at == "2022-02-15T14:10:00+01:00"'
    run regtool export registrants -f json
    assert_json 'map(.registrant) == [1, 3]'
    run regtool token export -f json
    assert_json 'map(.registrant) == [1, 3]'
    run regtool credit-report --course BIO-642 --all -f json
    assert_json '.rows | map(.registrant) == [1, 3]'
    run regtool stats -f json
    assert_json '.registrants.total == 2 and .registrants.cancelled == 0 and .tokens.valid == 3
        and .arrivals.total == 1 and .courses["BIO-642"] == 1'
}

@test 'the other system still has both rows: they change nothing, and do not take turns' {
    regtool --quiet registrant merge @2 @1 >/dev/null
    regtool registrant show @1 -f json >before
    run regtool import people.csv -f json
    assert_json '.[0] | [.added, .updated, .unchanged, .kept, .rejected] == [0, 0, 3, 0, 0]'
    regtool registrant show @1 -f json | cmp - before
    for match in external_id email+name; do
        run regtool import people.csv --match "$match" -f json
        assert_status 0
        assert_json '.[0].unchanged == 3'
    done
    # What is only ever added is; the rest is for the person's own row to say.
    sed -i 's/,speaker,1815,,,,/,chair,1815,X-9,cancelled,late,/; s/Society/Club/' people.csv
    run regtool import people.csv -f json
    assert_json '.[0] | [.updated, .unchanged] == [1, 2]'
    run regtool registrant show @1 -f json
    assert_json '.roles == ["chair", "speaker", "student"] and .courses == ["BIO-642", "X-9"] and
        .affiliation == "Analytical Society" and .status == "confirmed" and .category == "early"'
    sed -i 's/^Ada Lovelace,ada@example.org,,/Ada King,ada@example.org,Nowhere,/' people.csv
    run regtool import people.csv -f json
    assert_json '.[0] | [.updated, .unchanged] == [1, 2]'
    run regtool import people.csv -f json
    assert_json '.[0].unchanged == 3'
    run regtool registrant show @1 -f json
    assert_json '.name == "Ada King" and .affiliation == "Nowhere"'
    run regtool check
    assert_status 0
}

@test 'a row known by the id that came over is the merged record if it fits that better' {
    printf 'Name,Email,Sciper\nBo,bo@example.org,\nBo B,,42\n' >two.csv
    regtool --quiet import two.csv >/dev/null
    regtool --quiet registrant merge 42 bo@example.org >/dev/null
    run regtool import two.csv -f json
    assert_json '.[0].unchanged == 2'
    run regtool registrant show 42 -f json
    assert_json '.name == "Bo" and .email == "bo@example.org" and .external_id == "42"'
    # Both in one row: the person's own, all of it.
    printf 'Name,Email,Sciper\nBo Bloom,bo@example.org,42\n' >one.csv
    run regtool import one.csv -f json
    assert_json '.[0].updated == 1'
}

@test 'two people with one address are told apart by name after a merge too' {
    printf 'Name,Email\nCy Cole,c@example.org\nDi Cole,c@example.org\nCyril Cole,c@example.org\n' >c.csv
    regtool --quiet import c.csv --match email+name >/dev/null
    regtool --quiet registrant merge @6 @4 >/dev/null
    run regtool import c.csv --match email+name -f json
    assert_json '.[0].unchanged == 3'
    run regtool registrant show c@example.org
    assert_status 4
    assert_has '2 registrants'
    assert_has '@4 Cy Cole, @5 Di Cole'
    run regtool import c.csv --match email
    assert_status 3
    regtool --quiet registrant merge @5 @4 >/dev/null
    run regtool registrant show c@example.org -f json
    assert_json '.registrant == 4 and (.merged | map(.registrant)) == [5, 6]'
}

@test 'a dry run shows the same and changes nothing' {
    regtool --quiet checkin --at 2022-02-15T14:10 "$(token 2)" >/dev/null
    cp regtool.db before.db
    run regtool registrant merge @2 @1 --dry-run -f json
    assert_status 0
    assert_json '.dry_run and .scans == 1 and (.conflicts | length) == 3'
    cp "$BATS_TEST_TMPDIR/regtool.db" after.db
    cmp before.db after.db
    local dry=$output
    run regtool registrant merge @2 @1 -f json
    [ "$(jq -c 'del(.dry_run)' <<<"$dry")" = "$(jq -c 'del(.dry_run)' <<<"$output")" ]
}

@test 'what cannot be merged' {
    run_split regtool registrant merge @1 @1
    assert_status 2
    run_split regtool registrant merge ada@example.org @1
    assert_status 2
    assert_has 'one registrant already' stderr
    run_split regtool registrant merge @1
    assert_status 2
    run_split regtool registrant merge @9 @1
    assert_status 4
    run_split regtool registrant merge @1 nobody@example.org
    assert_status 4
    regtool --quiet event add other --timezone Europe/Zurich >/dev/null
    regtool --quiet -e other registrant add --email x@example.org >/dev/null
    run_split regtool -e sym registrant merge @4 @1
    assert_status 4
    assert_has 'another event' stderr
    regtool --quiet -e sym registrant merge @2 @1 >/dev/null
    run_split regtool -e sym registrant merge @2 @1
    assert_status 2
    assert_has 'one registrant already, @1' stderr
    run regtool check
    assert_status 0
}

@test 'who was erased is not merged' {
    cp regtool.db copy.db
    sqlite3 copy.db "UPDATE person SET erased_s = 1 WHERE person_id = 2"
    run_split regtool -d copy.db -k regtool.db.key registrant merge @2 @1
    assert_status 1
    assert_has 'registrant @2 was erased' stderr
    run_split regtool -d copy.db -k regtool.db.key registrant merge @1 @2
    assert_status 1
}

@test 'who is forgotten is so with all records, and neither row comes back' {
    regtool --quiet checkin --at 2022-02-15T14:10 "$(token 2)" >/dev/null
    regtool --quiet event set sym --capacity 2 >/dev/null
    regtool --quiet registrant add --email next@example.org >/dev/null
    regtool --quiet registrant merge @2 @1 --reason 'Ada twice' >/dev/null
    run_split regtool registrant forget a.lovelace@example.com --reason 'asked by mail'
    assert_status 0
    assert_has '@4 (next@example.org) waited and has a seat now' stderr
    run grep -ciE 'lovelace|ada@|1815|halal|twice' regtool.db
    assert_output 0
    run_split regtool import people.csv -f json
    assert_json '.[0] | [.added, .updated, .unchanged, .erased] == [0, 0, 1, 2]'
    run regtool check
    assert_status 0
}

@test 'merged again: everything leads to the last one' {
    regtool --quiet checkin --at 2022-02-15T14:10 "$(token 2)" >/dev/null
    regtool --quiet registrant merge @2 @1 >/dev/null
    regtool --quiet registrant merge @1 @3 --reason again >/dev/null
    run regtool registrant show 1815 -f json
    assert_json '.registrant == 3 and (.merged | map(.registrant)) == [1, 2] and
        (.tokens | length) == 3 and .external_id == "1815"'
    run regtool registrant show @2 -f json
    assert_json '.registrant == 3'
    run regtool attendance show -f json
    assert_json 'map(.registrant) == [3]'
    run regtool import people.csv -f json
    assert_json '.[0].unchanged == 3'
    run regtool check
    assert_status 0
}

@test 'at other events of the database too' {
    cat >other.csv <<'END'
Name,Email,Diet
Ada Lovelace,ada@example.org,fish
Ada L,a.lovelace@example.com,meat
END
    regtool --quiet event add other --timezone Europe/Zurich >/dev/null
    regtool --quiet event add third --timezone Europe/Zurich >/dev/null
    regtool --quiet -e other import other.csv >/dev/null
    printf 'Name,Email\nAda L,a.lovelace@example.com\n' >third.csv
    regtool --quiet -e third import third.csv >/dev/null
    regtool --quiet -e other checkin --who @5 >/dev/null
    run regtool -e sym registrant merge @2 @1 -f json
    assert_status 0
    assert_json '.events == [
        {event: "sym", registrant: 1, merged: 2, scans: 0, tokens: 1},
        {event: "other", registrant: 4, merged: 5, scans: 1, tokens: 1},
        {event: "third", registrant: 6, merged: null, scans: 0, tokens: 0}]'
    assert_json '.conflicts | any(. == {event: "other", field: "answer: Diet", kept: "fish",
        other: "meat"})'
    run regtool -e other registrant list -f json
    assert_json 'map([.registrant, .email]) == [[4, "ada@example.org"]]'
    run regtool -e third registrant show a.lovelace@example.com -f json
    assert_json '.registrant == 6 and .email == "ada@example.org" and .merged[0].registrant == null'
    run regtool check
    assert_status 0
    # Who comes to a fourth is known by either address, and keeps their own.
    regtool --quiet event add fourth --timezone Europe/Zurich >/dev/null
    run regtool -e fourth registrant add --email a.lovelace@example.com -f json
    assert_json '.email == "ada@example.org" and .registrant == 7'
    regtool --quiet event add fifth --timezone Europe/Zurich >/dev/null
    run regtool -e fifth import third.csv -f json
    assert_json '.[0].added == 1'
    run regtool -e fifth registrant list -f json
    assert_json 'map([.name, .email]) == [["Ada Lovelace", "ada@example.org"]]'
}

@test 'the status of the record that stays counts, and the other is named' {
    regtool --quiet registrant cancel @1 --reason 'asked by mail' >/dev/null
    run regtool registrant merge @2 @1 -f json
    assert_json '.conflicts | any(. == {event: "sym", field: "status", kept: "cancelled",
        other: "confirmed"})'
    run regtool registrant list -f json
    assert_json '.[0].status == "cancelled"'
    [ "$(checkin --at 2022-02-15T14:10 "$(token 2)")" = 'refused cancelled' ]
}

@test 'results and decisions in courses come over, and what differs is named' {
    regtool --quiet course set BIO-642 --requirement report --requirement exam >/dev/null
    regtool --quiet course add X-1 --title X >/dev/null
    regtool --quiet course mark BIO-642 @1 --requirement report --result pass >/dev/null
    regtool --quiet course mark BIO-642 @2 --requirement report --result fail >/dev/null
    regtool --quiet course mark BIO-642 @2 --requirement exam --result excused >/dev/null
    regtool --quiet course grant BIO-642 @2 --credits 1.05 --reason r >/dev/null
    regtool --quiet course deny X-1 @1 --reason r >/dev/null
    regtool --quiet course grant X-1 @2 --reason r >/dev/null
    run regtool registrant merge @2 @1 -f json
    assert_json '.taken | map(select(.field | test("mark|decision"))) == [
        {event: "sym", field: "mark: BIO-642 exam", value: "excused"},
        {event: "sym", field: "decision: BIO-642", value: "granted 1.05"}]'
    assert_json '.conflicts | map(select(.field | test("mark|decision"))) == [
        {event: "sym", field: "mark: BIO-642 report", kept: "pass", other: "fail"},
        {event: "sym", field: "decision: X-1", kept: "denied", other: "granted"}]'
    run regtool credit-report --course BIO-642 --all -f json
    assert_json '.rows[0] | [.registrant, .decision, .credits] == [1, "eligible", 1.05]'
    assert_json '.rows[0].requirements | map(.result) == ["pass", "excused"]'
    run regtool check
    assert_status 0
}

@test 'a seat that gets free goes to the next, and who waits takes over a seat' {
    regtool --quiet event set sym --capacity 3 >/dev/null
    for i in 4 5 6; do
        regtool --quiet registrant add --email "w$i@example.org" >/dev/null
    done
    # Both wait: the place is that of who came first.
    run regtool registrant merge @4 @6 -f json
    assert_json '.promoted == [] and .conflicts == [{event: null, field: "email",
        kept: "w6@example.org", other: "w4@example.org"}]'
    run_split regtool registrant merge @2 @1
    assert_status 0
    assert_has '@6 (w6@example.org) waited and has a seat now' stderr
    # A seat and a place: the seat.
    run regtool registrant merge @3 @5 -f json
    assert_json '(.taken | any(. == {event: "sym", field: "status", value: "confirmed"})) and
        .promoted == []'
    run regtool registrant list -f json
    assert_json 'map([.registrant, .status]) ==
        [[1, "confirmed"], [5, "confirmed"], [6, "confirmed"]]'
    run regtool event show -f json
    assert_json '.taken == 3 and .waiting == 0'
    run regtool check
    assert_status 0
}

@test 'the log: who was merged into whom and why, no names; log --who shows both' {
    regtool --quiet checkin --at 2022-02-15T14:10 "$(token 2)" >/dev/null
    regtool --quiet registrant merge @2 @1 --reason 'registered twice' >/dev/null
    run regtool log -f json
    assert_json '.[-2] | [.action, .subject_id, .detail, .scans, .reason] ==
        ["registrant merge", 1, "2 into 1", null, "registered twice"]'
    assert_json '.[-1] | [.action, .subject_id, .scans] == ["registrant merge", 1, "2-3"]'
    assert_has_not Lovelace
    run regtool log --who @2 -f json
    assert_json 'map(.action) == ["checkin", "registrant merge", "registrant merge"]'
}

@test 'check finds a record that is not wholly merged' {
    regtool --quiet registrant merge @2 @1 >/dev/null
    cp regtool.db copy.db
    sqlite3 copy.db "UPDATE token SET registrant_id = 2 WHERE token_id = 2"
    run regtool -d copy.db check
    assert_status 1
    assert_has 'registrant @2  was merged, but not wholly'
    cp regtool.db copy.db
    sqlite3 copy.db "UPDATE person SET merged_into = NULL WHERE person_id = 2"
    run regtool -d copy.db check
    assert_status 1
    assert_has 'registrant @2  was merged, but not wholly'
    cp regtool.db copy.db
    sqlite3 copy.db "INSERT INTO enrolment VALUES (1, 2, 1)"
    run regtool -d copy.db check
    assert_status 1
    assert_has 'person 2  was merged into somebody who was merged too, or still has courses'
}
