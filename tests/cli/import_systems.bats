#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# The exports of other systems: recognised by their shape, and what becomes of them.

load helper

setup_test() {
    export REGTOOL_NOW=2026-10-15T08:00:00Z
    systems=${abs_srcdir:?}/tests/data/imports
    regtool --quiet init --event sym --timezone Europe/Zurich
}

# people FILTER: what jq makes of each person of an export, a line each
people() {
    regtool export registrants -f json | jq -r ".[] | $1"
}

@test 'doc/IMPORTS is what the files become' {
    sh "$abs_srcdir/tests/cli/imports_table.sh" "$systems" >IMPORTS
    diff "$abs_srcdir/doc/IMPORTS" IMPORTS
}

@test 'every file of the folder is in the list' {
    local file
    for file in "$systems"/*.csv; do
        grep -q "^${file##*/}	" "$systems/list"
    done
}

@test 'pretix order positions: of doubled headers one is the attendee, one the invoice' {
    run_split regtool import "$systems/pretix-positions.csv" -v
    assert_status 0
    assert_has 'recognised as pretix order positions' stderr
    assert_has "column 'Company#1' -> affiliation" stderr
    assert_has "column 'Company#2' -> answer 'Invoice address: Company'" stderr
    assert_has "column 'Email' -> answer" stderr
    run people '[.name, .email, .affiliation, .status, .answers."Invoice address: Company"] | join("|")'
    assert_output "Ada Lovelace|ada@example.org|EPFL|confirmed|Analytical Engines SA
Łukasz Żak|lukasz@example.org|EPFL|confirmed|Analytical Engines SA
Zoë Müller|zoe@example.org||pending|
Seán McKay|sean@example.org||cancelled|"
    regtool export registrants -o export.csv
    run_split regtool import export.csv -f json
    assert_json '.[0].unchanged == 4'
    run_split regtool import "$systems/pretix-positions.csv" -f json
    assert_json '.[0].unchanged == 4'
}

@test 'a shape settles nothing that it does not know: a third column of that name is refused' {
    sed 's/"Diet"/"Company"/' "$systems/pretix-positions.csv" >three.csv
    run_split regtool import three.csv
    assert_status 3
    assert_has "header 'Company' stands twice" stderr
    run regtool import three.csv --ignore 'Company#2' --ignore 'Company#3'
    assert_status 0
    run regtool registrant show ada@example.org -f json
    assert_json '.affiliation == "EPFL"'
}

@test 'what the user says beats the shape' {
    run_split regtool import "$systems/pretix-positions.csv" --map 'affiliation=Company#2' \
        --ignore 'Address#2' --state paid=pending -v
    assert_status 0
    assert_has "column 'Company#1' -> answer" stderr
    assert_has "column 'Company#2' -> affiliation" stderr
    assert_has "column 'Address#2' -> left out" stderr
    run people '[.email, .affiliation, .status] | join("|")'
    assert_has 'ada@example.org|Analytical Engines SA|pending'
    run regtool import "$systems/pretix-positions.csv" --set affiliation=EPFL
    assert_status 3
    assert_has "--ignore 'Company"
}

@test 'pretix check-in list: who has not paid is pending, the secret of a ticket is not kept' {
    run_split regtool import "$systems/pretix-checkin-list.csv"
    assert_status 0
    assert_has "column 'Secret' is left out" stderr
    run people '[.name, .status] | join("|")'
    assert_has 'Łukasz Żak|pending'
    assert_has 'Ada Lovelace|confirmed'
    run sqlite3 regtool.db .dump
    assert_has_not zvxk8d2hq3w9m4a7
    # Whoever wants it takes it.
    run regtool import "$systems/pretix-checkin-list.csv" --map external_id=Secret
    assert_status 0
    run people .external_id
    assert_has zvxk8d2hq3w9m4a7
}

@test 'rows without an address, several with one: the options that the error names take them' {
    run_split regtool import "$systems/eventbrite-barcode.csv"
    assert_status 3
    assert_has "--map external_id='Attendee #' --match external_id" stderr
    run regtool import "$systems/eventbrite-barcode.csv" --map 'external_id=Attendee #' --match external_id
    assert_status 0
    run people '[.name, .email, .external_id] | join("|")'
    assert_output 'Ada Lovelace|ada@example.org|18441583423
Ada Lovelace|ada@example.org|18441583424
Łukasz Żak|ada@example.org|18441583425
Ivy Okafor||18441712345'
    # And every evening again.
    run_split regtool import "$systems/eventbrite-barcode.csv" --map 'external_id=Attendee #' --match external_id -f json
    assert_json '.[0].unchanged == 4'
    run_split regtool import "$systems/pretix-positions-blank.csv"
    assert_status 3
    assert_has "--map email='Email' --match email+name" stderr
    run regtool --db other.db import "$systems/pretix-positions-blank.csv" --map email=Email --match email+name
    assert_status 0
    run_split regtool --db other.db import "$systems/pretix-positions-blank.csv" --map email=Email --match email+name -f json
    assert_json '.[0].unchanged == 3'
}

@test 'a file without a header: the first person is no header, and the option has the names' {
    run_split regtool import "$systems/indico-form.csv"
    assert_status 3
    assert_has 'indico-form.csv:1: the first row is no header' stderr
    header='given_name,family_name,affiliation,Position,Phone Number,email'
    assert_has "--header '$header'" stderr
    run_split regtool import "$systems/indico-form.csv" --header "$header" -f json
    assert_status 0
    assert_json '.[0] | .rows == 3 and .added == 3'
    run people '[.name, .email, .answers."Phone Number"] | join("|")'
    assert_has 'Ada Lovelace|ada@example.org|+41 21 693 00 00'
    # With an empty cell in the first row, and with an option that would lose the person.
    printf 'Ada,,ada@example.org\nBob,,bob@example.org\n' >two.csv
    run_split regtool import two.csv
    assert_has "--header 'COLUMN1,COLUMN2,email'" stderr
    run regtool import two.csv --map email=ada@example.org
    assert_status 3
    run_split regtool import two.csv --header 'name,email' -f json
    assert_status 3
    assert_json '.[0].errors | map(.line) == [1, 2]'
    run_split regtool import two.csv --header 'name,name,email' -f json
    assert_status 3
    assert_json '.[0].errors[0] | .line == null and (.message | startswith("--header: "))'
    for wrong in '' ',' 'name,,email'; do
        run regtool import two.csv --header "$wrong"
        assert_status 2
    done
}

@test 'a report of orders is refused with the way to the attendees' {
    run_split regtool import "$systems/eventbrite-orders.csv"
    assert_status 3
    assert_has 'export the attendees' stderr
    assert_has "--map email='Buyer email'" stderr
}

@test 'new people without a name are spoken of' {
    run_split regtool import "$systems/google-form.csv"
    assert_status 0
    assert_has '--map name=HEADER' stderr
    run_split regtool import "$systems/google-form.csv"
    assert_has_not '--map name=HEADER' stderr
    run regtool registrant show joao@example.org -f json
    assert_json '.answers | to_entries | map(.value) | index("=everything") != null'
}
