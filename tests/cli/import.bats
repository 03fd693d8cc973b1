#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool import: what is taken, what is refused and how it is said; nothing half done.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z
    data=${abs_srcdir:?}/tests/data
}

# An event in a zone of its own.
make_event() {
    regtool --quiet init --event sym --timezone Europe/Zurich
}

# counts FIELD...: these counts of the first report, of a JSON result
counts() {
    local field
    for field; do
        json ".[0].$field"
    done | paste -sd ' '
}

# persons: number, name and status of all, a line each
persons() {
    regtool registrant list -f json | jq -r '.[] | "\(.registrant) \(.name) \(.status)"'
}

# left: what lies in the folder, but for what bats keeps there
left() {
    find . -mindepth 1 ! -name 'bats-*' ! -name '*separate-stderr*' -printf '%P\n' | sort | paste -sd ' '
}

# --- The database that an import makes ---

@test 'a first import makes the database, its key and an event, and names the zone' {
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    TZ=Europe/Zurich run_split regtool import a.csv -f json
    assert_status 0
    assert_json '. == [{file: "a.csv", rows: 1, added: 1, updated: 0, unchanged: 0, kept: 0,
        rejected: 0, dry_run: false, import_id: 1, courses_created: [], waitlisted: 0,
        promoted: 0, erased: 0, errors: []}]'
    assert_has "made the database 'regtool.db' with the event 'default', time zone Europe/Zurich" stderr
    assert_has "made the key file 'regtool.db.key'" stderr
    assert_mode regtool.db 600
    assert_mode regtool.db.key 600
    run regtool event show default -f json
    assert_json '.timezone == "Europe/Zurich"'
    run regtool token show @1 -f json
    assert_status 0
    [ "$(left)" = 'a.csv regtool.db regtool.db.key' ]
}

@test 'a refused first import leaves nothing behind' {
    run regtool import "$data/bad-rows.csv"
    assert_status 3
    [ -z "$(left)" ]
    run regtool import missing.csv
    assert_status 4
    [ -z "$(left)" ]
}

@test 'a dry first import leaves nothing behind, and says what it would make' {
    run_split regtool import "$data/good-german.csv" --dry-run -f json --tokens tokens.csv
    assert_status 0
    assert_json '.[0] | .added == 3 and .dry_run and .import_id == null
        and .courses_created == ["X-1", "X-2"]'
    assert_has "would make the database 'regtool.db'" stderr
    [ -z "$(left)" ]
}

@test 'a key file that is there is used, and a bad one refuses' {
    regtool --quiet init
    rm regtool.db
    cp regtool.db.key before.key
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    run regtool import a.csv
    assert_status 0
    cmp regtool.db.key before.key
    rm regtool.db
    echo nonsense >regtool.db.key
    run_split regtool import a.csv
    assert_status 5
    assert_has regtool.db.key stderr
    assert_no_file regtool.db
}

@test 'a new event is made under the name asked for' {
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    run regtool --event sym import a.csv
    assert_status 0
    run regtool event list -f json
    assert_json 'map(.code) == ["sym"]'
    run regtool --event other import a.csv
    assert_status 4
}

# --- What is taken ---

@test 'a German file: delimiter, headers, sets, states, line breaks, the formula guard' {
    make_event
    run_split regtool import "$data/good-german.csv" -v -f json
    assert_status 0
    assert_has "encoding UTF-8, delimiter ';'" stderr
    assert_json '.[0] | .rows == 3 and .added == 3 and .courses_created == ["X-1", "X-2"]'
    regtool export registrants >export.csv
    diff "$data/good-german.export.csv" export.csv
}

@test 'twice the same file changes nothing' {
    regtool --quiet import "$data/good-german.csv" >/dev/null
    sqlite3 regtool.db 'SELECT * FROM person; SELECT * FROM registrant; SELECT * FROM answer;
        SELECT * FROM enrolment; SELECT * FROM token' >before
    run_split regtool import "$data/good-german.csv" -f json
    assert_status 0
    assert_json '.[0] | .unchanged == 3 and .added == 0 and .updated == 0 and .import_id == 2'
    sqlite3 regtool.db 'SELECT * FROM person; SELECT * FROM registrant; SELECT * FROM answer;
        SELECT * FROM enrolment; SELECT * FROM token' >after
    cmp before after
}

@test 'an export is taken back as it is, into the same and into an empty database' {
    make_event
    regtool --quiet import "$data/good-german.csv" >/dev/null
    regtool registrant set @2 --name 'Zoë Berg' --quiet >/dev/null
    regtool export registrants -o export.csv
    run_split regtool import export.csv -f json
    assert_status 0
    assert_json '.[0] | .rows == 3 and .unchanged == 3'
    mkdir other
    regtool --db other/r.db --quiet init --event sym --timezone Europe/Zurich
    regtool --db other/r.db --quiet import export.csv >/dev/null
    regtool --db other/r.db export registrants -o again.csv
    cmp export.csv again.csv
}

# anything SEED: a file of 150 people with whatever cells can hold
anything() {
    awk -v seed="$1" '
        function pick(count) { return int(rand() * count) + 1 }
        function cell(text) { gsub(/"/, "\"\"", text); return "\"" text "\"" }
        BEGIN {
            srand(seed)
            count = split("|=1+1|-2|+3|@x|\047|\047=a|\047\047@b|a;b|a,b|say \"hi\"|two\nlines|tab\there|" \
                "Zoë|Müller-Brandt|अनन्या|李|a  b|#1|0012|null|yes|x\r\ny|Ö", words, "|")
            headers = "Name,Given name,Family name,Affiliation,Role,SCIPER,Course,Status,Category,Note"
            print headers ",=Group,answer: Note," cell("Comment? \"x\"") ",Error,Email"
            for (row = 1; row <= 150; row++) {
                line = ""
                for (column = 1; column <= 14; column++) {
                    text = words[pick(count)]
                    if (rand() < 0.4) text = ""
                    if (column == 5) { split(",student,a;b,Speaker+chair", sets, ","); text = sets[pick(4)] }
                    if (column == 6) text = rand() < 0.5 ? "" : row
                    if (column == 7) { split(",X-1,X-1;x-2", sets, ","); text = sets[pick(3)] }
                    if (column == 8) { split(",paid,no,waiting", sets, ","); text = sets[pick(4)] }
                    line = line cell(text) ","
                }
                print line "p" row "@example.org"
            }
        }'
}

@test 'whatever cells hold: twice is once, and an export comes back to the byte' {
    make_event
    local seed
    for seed in 1 2 3; do
        rm -rf ./*.db* other
        make_event
        anything "$seed" >any.csv
        run_split regtool import any.csv -f json
        assert_status 0
        assert_json '.[0] | .rows == 150 and .added == 150'
        run_split regtool import any.csv -f json
        assert_json '.[0].unchanged == 150'
        regtool export registrants -o export.csv
        run_split regtool import export.csv -f json
        assert_status 0
        assert_json '.[0].unchanged == 150'
        regtool --db other.db --quiet init --event sym --timezone Europe/Zurich
        run_split regtool --db other.db import export.csv -f json
        assert_status 0
        assert_json '.[0].added == 150'
        regtool --db other.db export registrants -o again.csv
        cmp export.csv again.csv
        regtool export registrants --crlf --bom -o dos.csv
        run_split regtool import dos.csv -f json
        assert_json '.[0].unchanged == 150'
    done
}

@test 'answers are exported in the order of the columns of their file' {
    printf 'name,email,Diet,Hotel,Bus\nA,a@x.org,,yes,\nB,b@x.org,vegan,,\n' >people.csv
    regtool --quiet import people.csv
    run regtool export registrants
    assert_has ',note,Diet,Hotel,Bus'
    regtool --db other.db --quiet import - <<<"$output"
    regtool export registrants >one.csv
    regtool --db other.db export registrants >other.csv
    cmp one.csv other.csv
}

@test 'answers whose headers mean something else come back as answers' {
    make_event
    printf 'Email,Comment,answer: Note,answer: answer: x,Error,Registrant\n' >a.csv
    printf 'ada@example.org,c,n,x,e,r\n' >>a.csv
    run regtool import a.csv --ignore Registrant
    assert_status 0
    run regtool registrant show @1 -f json
    assert_json '.note == "c" and .answers == {"Note": "n", "answer: x": "x", "Error": "e"}'
    regtool export registrants -o export.csv
    head -1 export.csv | grep -q ',note,answer: Note,answer: answer: x,answer: Error$'
    run_split regtool import export.csv -f json
    assert_json '.[0] | .unchanged == 1 and .rejected == 0'
}

@test 'standard input, and several files in one transaction with a report each' {
    make_event
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    printf 'Name,Email,Affiliation\nAda,ada@example.org,EPFL\nBob,bob@example.org,\n' >b.csv
    # shellcheck disable=SC2016 # for the shell inside
    run_split bash -c '"$REGTOOL" import - b.csv -f json <a.csv'
    assert_status 0
    assert_json 'length == 2'
    assert_json '.[0] | .file == "-" and .added == 1 and .import_id == 1'
    assert_json '.[1] | .file == "b.csv" and .updated == 1 and .added == 1 and .import_id == 2'
    printf 'Name,Email\nCy,cy@example.org\n' >c.csv
    run regtool import c.csv "$data/bad-rows.csv"
    assert_status 3
    run regtool registrant list -f json
    assert_json 'length == 2'
    run regtool import - -
    assert_status 2
}

@test 'encodings: a BOM decides, another is named, a wrong one is refused at its line' {
    make_event
    printf '\xef\xbb\xbfName,Email\r\nZoë,zoe@example.org\r\n' >bom.csv
    printf 'Name,Email\nZoë,zoe@example.org\n' | iconv -t UTF-16 >utf16.csv
    run_split regtool import bom.csv utf16.csv -f json
    assert_status 0
    assert_json '(.[0].added == 1) and (.[1].unchanged == 1)'
    run_split regtool import "$data/bad-encoding.csv"
    assert_status 3
    assert_has 'bad-encoding.csv:2: byte 3 of the line is not UTF-8' stderr
    assert_has '--encoding windows-1252' stderr
    run_split regtool import "$data/bad-encoding.csv" --encoding windows-1252 -f json
    assert_status 0
    assert_json '.[0].unchanged == 1'
    run regtool import bom.csv --encoding klingon
    assert_status 2
}

@test 'delimiters: found out, named, or not clear' {
    make_event
    printf 'Name|Email\nAda|ada@example.org\n' >pipe.csv
    printf 'Name\tEmail\nBob\tbob@example.org\n' >tab.csv
    run_split regtool import pipe.csv tab.csv -f json
    assert_status 0
    assert_json 'map(.added) == [1, 1]'
    printf 'Name,x;Email\nCy,1;cy@example.org\n' >both.csv
    run_split regtool import both.csv
    assert_status 3
    assert_has --delimiter stderr
    run regtool import both.csv --delimiter ';'
    assert_status 0
    run regtool import tab.csv --delimiter tab
    assert_status 0
    run regtool import tab.csv --delimiter ab
    assert_status 2
}

# --- What is refused ---

@test 'one bad row refuses all, and every bad row is named' {
    make_event
    run_split regtool import "$data/bad-rows.csv"
    assert_status 3
    prefix="regtool: import: $data/bad-rows.csv"
    assert_has "$prefix:3: email: 'foo' is not an e-mail address" stderr
    assert_has "$prefix:4: email: 'cid@@x' is not an e-mail address" stderr
    assert_has "$prefix:4: status: 'Besuchend' is not a known state; say what it means with --state" stderr
    assert_has "$prefix:4: courses: 'BIO 642' is not a course's code" stderr
    assert_has "$prefix:6: email: there is no e-mail address, and no external id either" stderr
    assert_has "$prefix:7: email: 'ada@example.org' stands on line 2 too" stderr
    assert_has "$prefix:8: 3 cells, where the header has 6" stderr
    assert_has "$prefix:9: 7 cells, where the header has 6; the first too many is 'e'" stderr
    assert_has 'nothing was written: 6 of 8 rows are bad' stderr
    run regtool registrant list -f json
    assert_output '[]'
    run regtool course list -f json
    assert_output '[]'
}

@test 'the JSON of a refused import has all errors, by line' {
    make_event
    run_split regtool import "$data/bad-rows.csv" -f json
    assert_status 3
    assert_json '.[0] | .rows == 8 and .rejected == 6 and .added == 0 and .import_id == null'
    assert_json '.[0].errors | map(.line) == [3, 4, 4, 4, 6, 7, 8, 9]'
    assert_json '.[0].errors | map(.column)
        == ["email", "email", "status", "courses", "email", "email", null, null]'
    assert_json '.[0].errors[0] == {line: 3, column: "email", message: "'\''foo'\'' is not an e-mail address"}'
}

@test 'the screen shows the first fifty errors and the count of the others' {
    make_event
    {
        echo Name,Email
        for i in $(seq 60); do
            echo "Bad $i,bad$i"
        done
    } >many.csv
    run_split regtool import many.csv
    assert_status 3
    [ "$(grep -c 'is not an e-mail address' <<<"${stderr-}")" -eq 50 ]
    assert_has 'and 10 more' stderr
    run_split regtool import many.csv -f json
    assert_json '.[0].errors | length == 60'
}

@test 'good rows are imported with --skip-bad, the others come back, and mended go in' {
    make_event
    run_split regtool import "$data/bad-rows.csv" --skip-bad --rejects rejects.csv -f json
    assert_status 0
    assert_json '.[0] | .rows == 8 and .added == 1 and .unchanged == 1 and .rejected == 6'
    diff "$data/bad-rows.rejects.csv" rejects.csv
    head -2 rejects.csv | sed 's/,foo,/,bob@example.org,/' >mended.csv
    run_split regtool import mended.csv -f json
    assert_status 0
    assert_json '.[0] | .added == 1 and .rejected == 0'
    run regtool registrant show bob@example.org -f json
    assert_json '.answers == {}'
    # A second round has one column of errors, not two.
    run regtool import rejects.csv --skip-bad --rejects again.csv --dry-run
    assert_no_file again.csv
    head -2 rejects.csv >one.csv
    run regtool import one.csv --skip-bad --rejects again.csv
    assert_status 3
    [ "$(head -1 again.csv)" = Name,Email,Roles,Status,Courses,Diet,error ]
}

@test 'no good row at all is a refusal, with --skip-bad too' {
    make_event
    printf 'Name,Email\nAda,x\nBob,y\n' >a.csv
    run_split regtool import a.csv --skip-bad --rejects rejects.csv -f json
    assert_status 3
    assert_json '.[0] | .rejected == 2 and .added == 0 and .import_id == null'
    [ "$(wc -l <rejects.csv)" -eq 3 ]
    run regtool import a.csv --rejects rejects.csv
    assert_status 2
}

@test 'files that cannot be read as they are' {
    make_event
    run_split regtool import "$data/bad-quote.csv" -f json
    assert_status 3
    assert_json '.[0].errors == [{line: 3, column: null, message: "a quote opens here and is never closed"}]'
    assert_has 'bad-quote.csv:3: a quote opens here' stderr
    run_split regtool import "$data/bad-no-rows.csv"
    assert_status 3
    assert_has 'has a header and no rows' stderr
    run_split regtool import .
    assert_status 3
    assert_has 'is a folder' stderr
    : >empty.csv
    run regtool import empty.csv
    assert_status 3
    run_split regtool import gone.csv
    assert_status 4
    assert_has 'gone.csv: no such file' stderr
    run regtool import
    assert_status 2
}

# --- Columns ---

@test 'an Excel file is told as such' {
    printf 'PK\003\004\024\000\006\000' >people.xlsx
    run_split regtool import people.xlsx
    assert_status 3
    assert_has 'people.xlsx:1: a zip archive, such as an Excel file, not text' stderr
    assert_has 'save it as CSV' stderr
    assert_no_file regtool.db
}

@test 'doubled and rival columns are refused until the user chooses' {
    make_event
    run_split regtool import "$data/bad-columns.csv"
    assert_status 3
    assert_has "header 'Size' stands twice: columns 4 and 5" stderr
    run_split regtool import "$data/bad-columns.csv" --ignore 'Size#2'
    assert_status 3
    assert_has "columns 'Email' and 'E-Mail' (2 and 3) are both taken for email" stderr
    assert_has "--map email='Email'" stderr
    run regtool import "$data/bad-columns.csv" --ignore 'Size#2' --map email=e-mail
    assert_status 0
    run regtool registrant show @1 -f json
    assert_json '.email == "lovelace@example.org"
        and .answers == {"Email": "ada@example.org", "Size": "M"}'
    run_split regtool import "$data/bad-columns.csv" --ignore size --map 'email=Mail'
    assert_status 3
    assert_has "there is no column 'Mail'" stderr
    run_split regtool import "$data/bad-columns.csv" --map category=Size
    assert_status 3
    assert_has "header 'Size' stands 2 times" stderr
    run regtool import "$data/bad-columns.csv" --ignore email --map 'category=Size#1' --map 'note=Size#2'
    assert_status 0
    run regtool registrant show lovelace@example.org -f json
    assert_json '.category == "M" and .note == "L"'
}

@test 'Nom and Name: the family name where a given name stands beside' {
    make_event
    printf 'Nom,Prénom,Courriel\nLovelace,Ada,ada@example.org\n' >a.csv
    printf 'Name,Email\nBob Baker,bob@example.org\n' >b.csv
    printf 'Name,Vorname,Nachname,Mail\nCy T.,Cy,Twombly,cy@example.org\n' >c.csv
    run regtool import a.csv b.csv c.csv
    assert_status 0
    run regtool export registrants -f json
    assert_json 'map([.name, .given_name, .family_name]) == [["Ada Lovelace", "Ada", "Lovelace"],
        ["Bob Baker", null, null], ["Cy T.", "Cy", "Twombly"]]'
}

@test 'words of several meanings are no fields' {
    make_event
    printf 'Email,Group,State,Title\nada@example.org,g,confirmed?,Dr\n' >a.csv
    run regtool import a.csv
    assert_status 0
    run regtool registrant show @1 -f json
    assert_json '.answers == {"Group": "g", "State": "confirmed?", "Title": "Dr"}'
}

@test 'constants: for all rows, and not against a column' {
    make_event
    printf 'Name,Email\nAda,ada@example.org\nBob,bob@example.org\n' >a.csv
    run regtool import a.csv --set roles=Student+speaker --set category=early
    assert_status 0
    run regtool registrant list -f json
    assert_json 'map([.roles, .category]) | unique == [[["speaker", "student"], "early"]]'
    run_split regtool import a.csv --set name=Cy
    assert_status 3
    assert_has "--set: column 'Name' gives name too" stderr
    for wrong in nonsense=x roles roles= status=maybe email=x; do
        run regtool import a.csv --set "$wrong"
        assert_status 2
    done
    run regtool import a.csv --map roles=Name --set roles=x
    assert_status 2
    run regtool import a.csv --state Besuchend=here
    assert_status 2
    run regtool import a.csv --map nonsense=Name
    assert_status 2
}

@test 'nobody can be known without an address or an id' {
    make_event
    printf 'Name,Group\nAda,1\n' >a.csv
    run_split regtool import a.csv
    assert_status 3
    assert_has 'no column is an e-mail address or an external id' stderr
    printf 'Name,Sciper\nAda,100\n' >b.csv
    run regtool import b.csv
    assert_status 0
}

# --- Updating ---

@test 'an empty cell changes nothing, sets only grow, another case is no change' {
    make_event
    printf 'Name,Email,Affiliation,Roles,Courses\nAda,ada@example.org,EPFL,student,X-1\n' >a.csv
    printf 'Name,Email,Affiliation,Roles,Courses\n,ADA@Example.ORG,,speaker,x-1;X-2\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    run_split regtool import b.csv -f json
    assert_json '.[0] | .updated == 1 and .courses_created == ["X-2"]'
    run regtool registrant show @1 -f json
    assert_json '.name == "Ada" and .email == "ada@example.org" and .affiliation == "EPFL"
        and .roles == ["speaker", "student"] and .courses == ["X-1", "X-2"]'
    run_split regtool import b.csv -f json
    assert_json '.[0].unchanged == 1'
}

@test 'a changed name alone leaves the parts empty; parts make the name' {
    make_event
    printf 'First name,Last name,Email\nAda,Lovelace,ada@example.org\n' >a.csv
    printf 'Name,Email\nAda King,ada@example.org\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    regtool --quiet import b.csv >/dev/null
    run regtool export registrants -f json
    assert_json '.[0] | [.name, .given_name, .family_name] == ["Ada King", null, null]'
    run_split regtool import a.csv -f json
    assert_json '.[0].updated == 1'
    run regtool export registrants -f json
    assert_json '.[0] | [.name, .given_name, .family_name] == ["Ada Lovelace", "Ada", "Lovelace"]'
}

@test 'a status set by hand is kept and counted, unless forced' {
    make_event
    printf 'Name,Email,Status\nAda,ada@example.org,paid\nBob,bob@example.org,paid\n' >a.csv
    regtool --quiet import a.csv >/dev/null
    regtool registrant cancel ada@example.org --reason ill >/dev/null
    run_split regtool import a.csv -f json
    [ "$(counts added updated unchanged kept)" = '0 0 1 1' ]
    [ "$(persons)" = "$(printf '1 Ada cancelled\n2 Bob confirmed')" ]
    run_split regtool import a.csv --force-status -f json
    [ "$(counts updated unchanged kept)" = '1 1 0' ]
    [ "$(persons)" = "$(printf '1 Ada confirmed\n2 Bob confirmed')" ]
    # And then it is the file's again.
    sed s/paid/no/ a.csv >b.csv
    run_split regtool import b.csv -f json
    [ "$(counts updated kept)" = '2 0' ]
}

@test 'words of other systems for a state' {
    make_event
    {
        echo email,registration state
        local number=0 word
        for word in complete 'Checked In' PAID yes approved; do
            echo "c$((++number))@example.org,$word"
        done
        for word in unpaid 'awaiting payment' 'to be paid' 'requires approval'; do
            echo "p$((++number))@example.org,$word"
        done
        for word in waiting 'Waiting list'; do
            echo "w$((++number))@example.org,$word"
        done
        for word in canceled refunded Expired no; do
            echo "x$((++number))@example.org,$word"
        done
        echo "b$((++number))@example.org,Besuchend"
    } >a.csv
    run_split regtool import a.csv
    assert_status 3
    assert_has "'Besuchend' is not a known state" stderr
    run regtool import a.csv --state 'besuchend=pending' --state Paid=waitlisted
    assert_status 0
    run regtool registrant list -f json
    assert_json '[.[] | .email[:1] + .status[:1]] | group_by(.) | map("\(.[0])\(length)")
        == ["bp1", "cc4", "cw1", "pp4", "ww2", "xc4"]'
}

@test '--mode add: who is registered is an error' {
    make_event
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    printf 'Name,Email\nBob,bob@example.org\nAda,ada@example.org\n' >b.csv
    regtool --quiet import a.csv --mode add >/dev/null
    run_split regtool import b.csv --mode add -f json
    assert_status 3
    assert_json '.[0].errors | map([.line, .column]) == [[3, "email"]]'
    assert_has 'is registered already (@1)' stderr
    run regtool registrant list -f json
    assert_json 'length == 1'
    # Twice in one run: the second file meets what the first one has just added.
    printf 'Name,Email\nCy,cy@example.org\n' >c.csv
    run_split regtool import c.csv c.csv --mode add -f json
    assert_status 3
    assert_json '.[1].errors | length == 1'
}

@test '--match: by external id, and by address and name' {
    make_event
    printf 'Name,Email,Sciper\nAda,ada@example.org,100\n' >a.csv
    printf 'Name,Email,Sciper\nAda,ada@new.example.org,100\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    run_split regtool import b.csv --match external_id -f json
    [ "$(counts added updated)" = '0 1' ]
    run regtool registrant show ada@new.example.org -f json
    assert_json '.registrant == 1'
    printf 'Name,Email\nBob,one@example.org\nBo,one@example.org\n' >tickets.csv
    run_split regtool import tickets.csv
    assert_status 3
    assert_has 'tickets.csv:3: email: '\''one@example.org'\'' stands on line 2 too' stderr
    run_split regtool import tickets.csv --match email+name -f json
    [ "$(counts added)" = 2 ]
    run_split regtool import tickets.csv --match email+name -f json
    [ "$(counts unchanged)" = 2 ]
    printf 'Email,Note\none@example.org,x\n' >note.csv
    run_split regtool import note.csv
    assert_status 3
    assert_has "the database knows 2 people with 'one@example.org'" stderr
    run regtool registrant show one@example.org
    assert_status 4
    assert_has '@2 Bob, @3 Bo'
}

@test 'a row without an address is matched by external id' {
    make_event
    printf 'Name,Email,Sciper\nAda,ada@example.org,100\nBob,,200\n' >a.csv
    printf 'Name,Email,Sciper,Note\n,,100,a\n,bob@example.org,200,b\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    run_split regtool import b.csv -f json
    [ "$(counts added updated)" = '0 2' ]
    run regtool registrant show bob@example.org -f json
    assert_json '.registrant == 2 and .note == "b" and .external_id == "200"'
    printf 'Name,Email,Sciper,Note\nAda,ada@example.org,100,\n,,100,z\n' >c.csv
    run_split regtool import c.csv
    assert_status 3
    assert_has 'c.csv:3: external_id: the same person as on line 2' stderr
}

@test 'who comes with another address and an id that is known is spoken of' {
    make_event
    printf 'Name,Email,Sciper\nAda,ada@example.org,100\nBob,bob@example.org,200\n' >a.csv
    printf 'Name,Email,Sciper\nAda,ada@new.example.org,100\nBob,bob@example.org,200\nCy,cy@example.org,300\n' >b.csv
    regtool --quiet import a.csv
    run_split regtool import b.csv --dry-run -v
    assert_has 'b.csv:2: Ada <ada@new.example.org>: new, with the external id of @1
b.csv:4: Cy <cy@example.org>: new
'
    assert_has 'new people with the external id of somebody who has another address: 1 (--match external_id' stderr
    run_split regtool import b.csv --match external_id -f json
    [ "$(counts added updated unchanged)" = '1 1 1' ]
    assert_has_not 'external id' stderr
}

@test 'a person whom a file names in two ways is named twice' {
    make_event
    printf 'Name,Email,Sciper\nAda,ada@example.org,100\n' >a.csv
    printf 'Name,Email,Sciper\nAda,ada@example.org,\nBob,,100\nCyd,c@example.org,\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    run_split regtool import b.csv
    assert_status 3
    assert_has 'b.csv:3: email: the database knows the same person as on line 2' stderr
    # Nor is the last one right where bad rows are left out: the same file changes nothing.
    run_split regtool import --skip-bad b.csv -f json
    [ "$(counts added updated unchanged rejected)" = '1 0 1 1' ]
    run_split regtool import --skip-bad b.csv -f json
    [ "$(counts added updated unchanged rejected)" = '0 0 2 1' ]
}

@test 'the same person at two events is one person with two registrations' {
    make_event
    regtool --quiet event add other --timezone UTC >/dev/null
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    run regtool --event sym import a.csv
    assert_status 0
    run_split regtool --event other import a.csv --mode add -f json
    [ "$(counts added)" = 1 ]
    [ "$(sqlite3 regtool.db 'SELECT count(*) FROM person')" -eq 1 ]
    [ "$(sqlite3 regtool.db 'SELECT count(*) FROM registrant')" -eq 2 ]
}

@test 'the time of registration is taken for who is new only' {
    make_event
    printf 'Email,Registered at\nada@example.org,2021-12-24T18:00\nbob@example.org,\n' >a.csv
    regtool --quiet import a.csv >/dev/null
    run regtool registrant list -f json
    assert_json 'map(.registered_at) == ["2021-12-24T18:00:00+01:00", "2022-02-01T09:00:00+01:00"]'
    printf 'Email,Registered at\nada@example.org,2020-01-01\n' >b.csv
    run_split regtool import b.csv
    assert_status 3
    sed -i s/2020-01-01/2020-01-01T00:00/ b.csv
    run_split regtool import b.csv -f json
    [ "$(counts unchanged)" = 1 ]
}

# --- What is said and written besides ---

@test 'a dry run lists each change, and changes nothing' {
    make_event
    printf 'Name,Email,Affiliation,Group\nAda,ada@example.org,EPFL,A\n' >a.csv
    printf 'Name,Email,Affiliation,Group\nAda,ada@example.org,ETH,B\nBob,bob@example.org,,\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    cp regtool.db before.db
    run_split regtool import b.csv --dry-run -v
    assert_status 0
    assert_has 'b.csv:2: Ada <ada@example.org>
    affiliation: EPFL -> ETH
    Group: A -> B
b.csv:3: Bob <bob@example.org>: new
'
    assert_has "would add 1 person, change 1 (affiliation 1, 'Group' 1) and leave 0 as they are"
    cmp regtool.db before.db
    chmod 400 regtool.db
    run_split regtool import b.csv --dry-run -f json
    assert_status 0
    [ "$(counts added updated)" = '1 1' ]
}

@test 'a dry run in the words of a person: whose row, what it was, what stays' {
    make_event
    printf 'Name,Email,Note,Status,Courses,"Why, and\nhow?"\n' >a.csv
    cp a.csv b.csv
    printf 'Ada,ada@example.org,,paid,X-1,\nBob,bob@example.org,old,paid,,\nCy,cy@example.org,,paid,,\n' >>a.csv
    printf 'Ada K.,ADA@example.org,new,paid,X-2,"so\nand so"\nBob,bob@example.org,old,refunded,,\n' >>b.csv
    printf 'Cy,cy@example.org,,paid,,\n,dee@example.org,,,,\n' >>b.csv
    regtool --quiet import a.csv >/dev/null
    regtool --quiet registrant confirm bob@example.org >/dev/null
    run_split regtool import b.csv --dry-run -v
    assert_status 0
    assert_has 'b.csv:3: Ada <ada@example.org>
    name: Ada -> Ada K.
    note: (empty) -> new
    courses: X-1 -> X-1;X-2
    Why, and how?: (empty) -> so and so
b.csv:5: Bob <bob@example.org>
    status: confirmed stays, set by hand; the file says cancelled
b.csv:7: dee@example.org: new
'
    assert_has "would add 1 person, change 1 (name 1, note 1, courses 1, 'Why, and how?' 1) and leave 1 as they are"
    assert_has 'kept: 1 with a status set by hand'
    run_split regtool import b.csv --dry-run
    assert_has_not 'note: '
    assert_has 'would add 1 person'
    assert_has '-v lists each change'
    # What is refused would change nothing.
    printf ',bad,,,,\n' >>b.csv
    run_split regtool import b.csv --dry-run -v
    assert_status 3
    assert_has_not '->'
    run_split regtool import b.csv --dry-run --skip-bad
    assert_status 0
    assert_has 'left out: 1 bad row'
}

@test 'tokens are written to a private file, as the list of all' {
    make_event
    umask 0
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    printf 'Name,Email\nBob,bob@example.org\n' >b.csv
    regtool --quiet import a.csv >/dev/null
    run regtool import b.csv --tokens tokens.csv
    assert_status 0
    assert_mode tokens.csv 600
    diff tokens.csv <(regtool token export)
    [ "$(wc -l <tokens.csv)" -eq 3 ]
}

@test 'without the key nobody new is taken, and nothing is written' {
    make_event
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    regtool --quiet import a.csv >/dev/null
    mv regtool.db.key away
    printf 'Name,Email\nAda,ada@example.org\nBob,bob@example.org\n' >b.csv
    run_split regtool import b.csv
    assert_status 5
    assert_has regtool.db.key stderr
    run regtool registrant list -f json
    assert_json 'length == 1'
    # Who is there already needs no token.
    run regtool import a.csv
    assert_status 0
    run regtool import a.csv --tokens tokens.csv
    assert_status 5
    assert_no_file tokens.csv
}

@test 'the log has the file and its digest, and no name or address' {
    make_event
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    regtool --quiet import a.csv >/dev/null
    run sqlite3 regtool.db "SELECT action, detail, lower(hex(digest)) FROM log WHERE action = 'import'"
    assert_output "import|rows 1, added 1, updated 0, unchanged 0, kept 0, rejected 0|$(b2sum -l 256 a.csv | cut -d' ' -f1)"
    run sqlite3 regtool.db 'SELECT * FROM log'
    assert_has_not Ada
    assert_has_not ada@
    run sqlite3 regtool.db 'SELECT name, row_count, added FROM import'
    assert_output 'a.csv|1|1'
}

@test 'a result that cannot be written is a failure' {
    make_event
    printf 'Name,Email\nAda,ada@example.org\n' >a.csv
    # shellcheck disable=SC2016 # for the shell inside
    run bash -c '"$REGTOOL" import a.csv -f json >/dev/full'
    assert_status 5
}
