#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool registrant: who is meant, what is shown, what changes, what stays.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich
    cat >people.csv <<'END'
Given name,Family name,Email,Affiliation,Roles,Sciper,Courses,Status,Category,Note,Diet
Ada,Lovelace,ada@example.org,Analytical Society,student,1815,BIO-642,,early,a note,vegan
Helga,Müller-Brandt,helga@example.org,"Institut für Beispiele, 3",speaker;chair,,,,,,
,,nobody@example.org,,,,,pending,,,
Bob,Baker,bob@example.org,Bakery,student,1816,BIO-642;X-1,no,,,halal
END
    regtool --quiet import people.csv --tokens tokens.csv >/dev/null
}

token() {
    sed -n "s/^$1,.*,//p" tokens.csv
}

# numbers OPTION...: the numbers that a list with these options has
numbers() {
    regtool registrant list "$@" -f json | jq -r '.[].registrant' | paste -sd ' '
}

# --- list ---

@test 'list: the columns, in their order, by number' {
    run regtool registrant list -f csv
    assert_status 0
    assert_output 'registrant,name,email,affiliation,roles,external_id,courses,status,category,registered_at,first_checkin_at
1,Ada Lovelace,ada@example.org,Analytical Society,student,1815,BIO-642,confirmed,early,2022-02-01T09:00:00+01:00,
2,Helga Müller-Brandt,helga@example.org,"Institut für Beispiele, 3",chair;speaker,,,confirmed,,2022-02-01T09:00:00+01:00,
3,nobody@example.org,nobody@example.org,,attendee,,,pending,,2022-02-01T09:00:00+01:00,
4,Bob Baker,bob@example.org,Bakery,student,1816,BIO-642;X-1,cancelled,,2022-02-01T09:00:00+01:00,'
    run regtool registrant list -f json
    assert_json '.[2] == {registrant: 3, name: "nobody@example.org", email: "nobody@example.org",
        affiliation: null, roles: ["attendee"], external_id: null, courses: [], status: "pending",
        category: null, registered_at: "2022-02-01T09:00:00+01:00", first_checkin_at: null}'
    run regtool registrant list
    assert_has '2022-02-01 09:00'
}

@test 'list: by status, role, course and words' {
    [ "$(numbers --status pending)" = 3 ]
    [ "$(numbers --status confirmed)" = '1 2' ]
    [ "$(numbers --role Speaker)" = 2 ]
    [ "$(numbers --role student --status cancelled)" = 4 ]
    [ "$(numbers --course bio-642)" = '1 4' ]
    [ "$(numbers --course X-1)" = 4 ]
    [ "$(numbers --search muller)" = 2 ]
    [ "$(numbers --search MÜLLER)" = 2 ]
    [ "$(numbers --search 'institut fur')" = 2 ]
    [ "$(numbers --search 181)" = '1 4' ]
    [ "$(numbers --search @example)" = '1 2 3 4' ]
    [ "$(numbers --search nowhere)" = '' ]
    run regtool registrant list --course NOPE
    assert_status 4
    run regtool registrant list --status lost
    assert_status 2
}

@test 'list: the first check-in is the first that was not taken back' {
    regtool checkin --arrival --at 2022-02-15T09:00 "$(token 1)" >/dev/null
    regtool checkin --arrival --at 2022-02-16T09:00 "$(token 1)" >/dev/null
    run regtool registrant list -f json
    assert_json 'map(.first_checkin_at) == ["2022-02-15T09:00:00+01:00", null, null, null]'
    regtool attendance void 1 --reason wrong >/dev/null
    run regtool registrant list -f json
    assert_json '.[0].first_checkin_at == "2022-02-16T09:00:00+01:00"'
}

# --- who ---

@test 'who: token, address in any case, external id, number' {
    local who
    for who in @1 '#1' ada@example.org ADA@Example.org 1815 "$(token 1)" \
        "$(token 1 | tr -d - | tr '[:upper:]' '[:lower:]')"; do
        run regtool registrant show "$who" -f json
        assert_status 0
        assert_json '.registrant == 1'
    done
}

@test 'who: nobody, somebody of another event, a token with a typing error' {
    local wrong=''
    for wrong in @9 x@example.org 99 '' 'Ada Lovelace' @0 @x; do
        run_split regtool registrant show "$wrong"
        assert_status 4
    done
    run_split regtool registrant show 1
    assert_status 4
    assert_has 'written @1' stderr
    wrong=$(token 1)
    wrong=${wrong%?}$(tr 'A-Z0-9' 'B-ZA1-90' <<<"${wrong: -1}")
    run_split regtool registrant show "$wrong"
    assert_status 4
    assert_has 'its check characters do not fit' stderr
    assert_has_not "$wrong" stderr
    regtool --quiet event add other --timezone UTC >/dev/null
    run_split regtool --event other registrant show "$(token 1)"
    assert_status 4
    assert_has "of another event, 'sym'" stderr
    assert_has_not "$(token 1)" stderr
    run_split regtool --event other registrant show @1
    assert_status 4
}

# --- show ---

@test 'show: everything that is known' {
    regtool checkin --at 2022-02-15T09:00 --station 'Door A' "$(token 1)" >/dev/null
    run regtool registrant show @1 -f json
    assert_status 0
    assert_json '.name == "Ada Lovelace" and .given_name == "Ada" and .family_name == "Lovelace"
        and .note == "a note" and .category == "early" and .status_by_hand == false
        and .answers == {"Diet": "vegan"} and .courses == ["BIO-642"]'
    assert_json '.scans | length == 1 and (.[0] | .direction == "in" and .result == "admitted"
        and .at == "2022-02-15T09:00:00+01:00" and .station == "Door A" and .voided == false)'
    assert_json '.credit | map([.course, .decision]) | length == 1 and .[0][0] == "BIO-642"'
    run regtool registrant show @3 -f json
    assert_json '.name == "nobody@example.org" and .given_name == null and .answers == {}
        and .scans == [] and .presence == [] and .credit == []'
    run regtool registrant show @1
    assert_has 'a note'
    assert_has vegan
}

# --- add ---

@test 'add: a registrant with a token' {
    run regtool registrant add --name 'Zoë Ångström' --email zoe@example.org --roles Staff+speaker \
        --courses BIO-642 --external-id 7 --category late --note n --answer Diet=none -f json
    assert_status 0
    assert_json '.registrant == 5 and .name == "Zoë Ångström" and .roles == ["speaker", "staff"]
        and .courses == ["BIO-642"] and .external_id == "7" and .status == "confirmed"'
    run regtool token show @5
    assert_status 0
    run regtool registrant show @5 -f json
    assert_json '.answers == {"Diet": "none"} and .status_by_hand == false'
    run regtool registrant add --given-name Cy --family-name Twombly --external-id 8 --status pending -f json
    assert_json '.name == "Cy Twombly" and .email == null and .status == "pending" and .roles == ["attendee"]'
}

@test 'add: not twice, not nobody, not nonsense' {
    run_split regtool registrant add --name A --email ADA@example.org
    assert_status 1
    assert_has "registered already (@1)" stderr
    run regtool registrant add --external-id 1816
    assert_status 1
    run regtool registrant add --name A
    assert_status 2
    run_split regtool registrant add --email foo
    assert_status 2
    assert_has "--email: 'foo' is not an e-mail address" stderr
    run regtool registrant add --email a@b --status lost
    assert_status 2
    run_split regtool registrant add --email a@b --courses NOPE
    assert_status 4
    assert_has "no course 'NOPE'" stderr
    run regtool registrant add --email a@b --answer Diet
    assert_status 2
    mv regtool.db.key away
    run regtool registrant add --email a@b
    assert_status 5
    [ "$(numbers)" = '1 2 3 4' ]
}

@test 'add: who is known from another event is the same person' {
    regtool --quiet event add other --timezone UTC >/dev/null
    run regtool --event other registrant add --email ada@example.org -f json
    assert_status 0
    assert_json '.name == "Ada Lovelace" and .affiliation == "Analytical Society"
        and .roles == ["attendee"] and .status == "confirmed" and .courses == []'
    [ "$(sqlite3 regtool.db 'SELECT count(*) FROM person')" -eq 4 ]
}

# --- set ---

@test 'set: what is named changes, the rest stays; sets are replaced; empty clears' {
    run regtool registrant set @1 --affiliation 'ETH Zürich' --roles speaker --courses X-1 --note '' \
        --answer Diet= --answer Size=M -f json
    assert_status 0
    assert_json '.affiliation == "ETH Zürich" and .roles == ["speaker"] and .courses == ["X-1"]
        and .name == "Ada Lovelace" and .category == "early"'
    run regtool registrant show @1 -f json
    assert_json '.note == null and .answers == {"Size": "M"}'
    run regtool registrant set @1 --roles '' --courses '' -f json
    assert_json '.roles == ["attendee"] and .courses == []'
}

@test 'set: names' {
    run regtool registrant set @1 --given-name Augusta -f json
    assert_json '.name == "Augusta Lovelace"'
    run regtool registrant set @1 --name 'Countess of Lovelace' -f json
    assert_json '.name == "Countess of Lovelace"'
    run regtool registrant show @1 -f json
    assert_json '.given_name == null and .family_name == null'
}

@test 'set: nothing new is no change, and no entry of the log' {
    before=$(regtool log --head)
    run_split regtool registrant set @1 --affiliation 'Analytical Society' -f json
    assert_status 0
    assert_has 'nothing changed' stderr
    [ "$(regtool log --head)" = "$before" ]
    run regtool registrant set @1
    assert_status 2
}

@test 'set: an address that is somebody else'\''s, and neither address nor id' {
    run_split regtool registrant set @1 --email BOB@example.org
    assert_status 1
    assert_has "is the e-mail address of @4, Bob Baker" stderr
    run regtool registrant set @1 --email ADA@example.org
    assert_status 0
    run regtool registrant set @2 --email ''
    assert_status 2
    run regtool registrant set @1 --email ''
    assert_status 0
    run regtool registrant set @1 --external-id ''
    assert_status 2
}

@test 'a status set by hand stays against imports' {
    regtool registrant set @3 --status waitlisted >/dev/null
    run_split regtool import people.csv -f json
    assert_json '.[0] | .kept == 1 and .unchanged == 3'
    [ "$(numbers --status waitlisted)" = 3 ]
}

# --- cancel, confirm ---

@test 'cancel and confirm: the status, the reason, the log' {
    run regtool registrant cancel ada@example.org --reason 'ill, sadly' -f json
    assert_status 0
    assert_json '.status == "cancelled"'
    run regtool registrant cancel ada@example.org
    assert_status 2
    run regtool registrant confirm @1 -f json
    assert_json '.status == "confirmed"'
    run regtool registrant show @1 -f json
    assert_json '.status_by_hand'
    run sqlite3 regtool.db "SELECT action, subject, subject_id, detail, text FROM log
        LEFT JOIN remark USING (log_id) WHERE subject = 'registrant' ORDER BY log_id"
    assert_output 'registrant cancel|registrant|1|status|ill, sadly
registrant confirm|registrant|1|status|'
    run regtool registrant cancel nobody@nowhere --reason x
    assert_status 4
}

@test 'a confirmed status, confirmed by hand, stays against imports too' {
    regtool registrant confirm @1 >/dev/null
    sed -i 's/BIO-642,,early/BIO-642,no,early/' people.csv
    run_split regtool import people.csv -f json
    assert_json '.[0].kept == 1'
    [ "$(numbers --status confirmed)" = '1 2' ]
}

@test 'the log has no name and no address' {
    regtool registrant add --name 'Grace Hopper' --email grace@example.org >/dev/null
    regtool registrant set @5 --affiliation Navy --answer Diet=none >/dev/null
    run sqlite3 regtool.db "SELECT * FROM log"
    assert_has_not Grace
    assert_has_not grace
    assert_has_not Navy
    assert_has 'affiliation;answer'
}
