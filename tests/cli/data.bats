#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool registrant data: all that is stored on a person, in one document.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z REGTOOL_EVENT=sym
    regtool --quiet init --timezone Europe/Zurich
    cat >people.csv <<'END'
Given name,Family name,Email,Affiliation,Roles,Sciper,Courses,Category,Note,Diet
Ada,Lovelace,Ada@example.org,Analytical Society,student,s1815,BIO-642,early,a lift,vegan
Bob,Baker,bob@example.org,Bakery,student,s1816,BIO-642,,bob note,halal
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
    sed 's/Analytical Society/Difference Engines/; s/vegan/omnivorous/' people.csv >later.csv
    regtool --quiet import later.csv >/dev/null
    regtool --quiet programme import - >/dev/null <<'END'
session,kind,start,end,title,people
S1,session,2022-02-01T09:00,2022-02-01T10:00,Start,
END
    regtool --quiet checkin "$(token 1)" --at 2022-02-01T09:00 --nonce abc --station Gate >/dev/null
    regtool --quiet token reissue @1 --reason 'badge lost' >/dev/null
    regtool --quiet event add later --timezone America/New_York >/dev/null
    regtool --quiet -e later registrant add --email ada@example.org --note 'by train' >/dev/null
    regtool --quiet course set BIO-642 --requirement exam >/dev/null
    regtool --quiet course mark BIO-642 @1 --requirement exam --result pass >/dev/null
    regtool --quiet course grant BIO-642 @1 --credits 2 --reason 'gave a talk' >/dev/null
}

token() {
    sed -n "s/^$1,.*,//p" tokens.csv
}

@test 'the person, and each registration with what hangs on it' {
    run_split regtool registrant data ada@example.org
    assert_status 0
    [ -z "$stderr" ]
    assert_json '.registrant == 1 and .name == "Ada Lovelace" and .erased == false and
        .read_at == "2022-02-01T09:00:00+01:00"'
    assert_json '.records == [{record: 1, name: "Ada Lovelace", given_name: "Ada",
        family_name: "Lovelace", email: "Ada@example.org", affiliation: "Difference Engines",
        external_id: "s1815", erased_at: null, merged_into: null}]'
    assert_json '.registrations | map(.event) == ["sym", "later"]'
    assert_json '.registrations[0] | .registrant == 1 and .roles == ["student"] and
        .category == "early" and .note == "a lift" and .import_id == 1 and
        .answers == {Diet: "omnivorous"} and (.presence | length) == 1 and
        .credit[0].decision == "eligible"'
    assert_json '.registrations[0].tokens == [
        {serial: 1, issued_at: "2022-02-01T09:00:00+01:00",
         revoked_at: "2022-02-01T09:00:00+01:00"},
        {serial: 3, issued_at: "2022-02-01T09:00:00+01:00", revoked_at: null}]'
    assert_json '.registrations[0].scans[0] | .scan == 1 and .session == "S1" and
        .nonce == "abc" and .station == "Gate" and .actor != null and .token_serial == 1'
    assert_json '.registrations[0].imports[0] | .import_id == 1 and .file == "people.csv" and
        .kind == "registrants" and .taken_at == "2022-02-01T09:00:00+01:00" and
        .undone_at == null'
    assert_json '.registrations[0].remarks | map(.text) | index("badge lost") != null'
    assert_json '.registrations[0].log | map(.action) | index("token reissue") != null and
        index("checkin") != null'
    # In the other event's own time.
    assert_json '.registrations[1] | .note == "by train" and
        .registered_at == "2022-02-01T03:00:00-05:00"'
    assert_json '.enrolments == [{course: "BIO-642", event: "sym",
        enrolled_at: "2022-02-01T09:00:00+01:00"}]'
    assert_json '.marks[0].result == "pass" and .decisions[0].granted == true and
        .decisions[0].credits == 2 and .decisions[0].reason == "gave a talk"'
    assert_json '.recognised_by == []'
}

@test 'what imports changed' {
    sqlite3 regtool.db "DELETE FROM import_change; INSERT INTO import_change (import_id,
        registrant_id, field, question_id, old_value, new_value) VALUES
        (2, 1, 'affiliation', NULL, 'Analytical Society', 'Difference Engines'),
        (2, 1, NULL, 1, 'vegan', 'omnivorous'), (2, 2, 'note', NULL, 'x', 'y')"
    run regtool registrant data @1
    assert_json '.registrations[0].changes == [
        {import_id: 2, field: "affiliation", old: "Analytical Society", new: "Difference Engines"},
        {import_id: 2, field: "answer: Diet", old: "vegan", new: "omnivorous"}] and
        (.registrations[0].imports | map(.file) == ["people.csv", "later.csv"])'
}

@test 'nobody else, and never a token' {
    run regtool registrant data @1
    assert_has_not Bob
    assert_has_not 'bob note'
    assert_has_not "$(token 1)"
    assert_has_not "$(regtool token show @1 -f json | jq -r .token)"
}

@test 'any event leads to the same person' {
    regtool registrant data @1 | jq 'del(.registrant)' >from-one.json
    regtool -e later registrant data ada@example.org |
        jq 'del(.registrant)' >from-other.json
    diff <(jq 'del(.read_at, .records, .enrolments, .marks, .decisions)' from-one.json) \
        <(jq 'del(.read_at, .records, .enrolments, .marks, .decisions)' from-other.json)
}

@test 'reading alone: the file stays as it is' {
    cp regtool.db before.db
    chmod 400 regtool.db
    regtool registrant data @1 >/dev/null
    cmp regtool.db before.db
}

@test 'of who was forgotten: numbers, and by what they are recognised' {
    regtool --quiet registrant forget @1 --reason x >/dev/null
    run regtool registrant data @1
    assert_status 0
    assert_json '.erased and .name == "erased" and .records[0].email == null and
        .records[0].erased_at != null and (.recognised_by | length) == 2 and
        .registrations[0].answers == {} and (.registrations[0].scans | length) == 1'
    for word in Ada Lovelace s1815 Difference omnivorous lift train lost; do
        assert_has_not "$word"
    done
}

@test 'a table and CSV show what they can; nobody is exit status 4' {
    run regtool registrant data @1 -f table
    assert_status 0
    assert_has 'Difference Engines'
    assert_has omnivorous
    run regtool registrant data @1 -f csv
    assert_has 'registrant,name,erased,read_at'
    run regtool registrant data nobody@example.org
    assert_status 4
}
