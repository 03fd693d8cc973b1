#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# What goes round: the same file again, an export into an empty database, bad rows that are
# mended and imported.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z
    data=${abs_srcdir:?}/tests/data
}

make_event() {
    regtool --quiet --db "${1-regtool.db}" init --event sym --timezone Europe/Zurich
}

# content DB: all that the database holds, but for the log, the imports it lists, and the
# counter of how often it was written
content() {
    sqlite3 "$1" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        AND name NOT IN ('log', 'import') ORDER BY name" | while read -r table; do
        printf 'table %s\n' "$table"
        sqlite3 -quote "$1" "SELECT * FROM \"$table\""
    done
}

@test 'the same file again: unchanged for all, and the database the same but for the log' {
    local file options
    while IFS='	' read -r file _ options; do
        case $file in '#'*) continue ;; esac
        rm -f regtool.db*
        make_event
        eval "regtool --quiet import $options '$data/imports/$file' >/dev/null"
        content regtool.db >before
        [ "$(grep -c . before)" -gt 20 ]
        # A day later, by somebody else.
        run_split env REGTOOL_NOW=2022-02-02T08:00:00Z bash -c \
            "'$REGTOOL' --actor office import $options '$data/imports/$file' -f json"
        assert_status 0
        assert_json '.[0] | .rows == .unchanged and .rows > 0 and .added + .updated + .kept == 0'
        content regtool.db >after
        diff before after
    done <"$data/imports/list"
}

@test 'names of all scripts, marks, quotes, line breaks, formulas: an export comes back to the byte' {
    make_event
    run_split regtool import "$data/good-scripts.csv" -f json
    assert_status 0
    assert_json '.[0].added == 12'
    regtool export registrants -o export.csv
    # As they came, but in NFC.
    diff "$data/good-scripts.export.csv" export.csv
    make_event other.db
    run_split regtool --db other.db import export.csv -f json
    assert_json '.[0].added == 12'
    regtool --db other.db export registrants -o again.csv
    cmp export.csv again.csv
    # Every way of writing it, and of reading it.
    for form in '--bom' '--crlf' '--bom --crlf'; do
        # shellcheck disable=SC2086 # several options
        regtool export registrants $form -o form.csv
        run_split regtool import form.csv -f json
        assert_json '.[0].unchanged == 12'
    done
    iconv -t UTF-16 export.csv >utf16.csv
    run_split regtool import utf16.csv -f json
    assert_json '.[0].unchanged == 12'
    run_split regtool import "$data/good-scripts.csv" -f json
    assert_json '.[0].unchanged == 12'
}

# mend FILE: puts an address where there is none
mend() {
    sed -E 's/BAD([0-9]+)/mended\1@example.org/g' "$1"
}

# rejects_of FILE OPTION...: imports the good rows of FILE, then the mended others; what is
# then in the database must be what the mended FILE itself gives
rejects_of() {
    local file=$1
    shift
    rm -f ./*.db* rejects.csv
    make_event
    run_split regtool import "$file" "$@" --skip-bad --rejects rejects.csv -f json
    assert_status 0
    bad=$(json '.[0].rejected')
    [ "$bad" -gt 0 ]
    mend rejects.csv >mended.csv
}

same_as_whole() {
    local file=$1
    shift
    make_event whole.db
    regtool --db whole.db --quiet import "$file" "$@" >/dev/null
    # The order is another, and with it the numbers.
    regtool export registrants | cut -d, -f2- >rows
    regtool --db whole.db export registrants | cut -d, -f2- >whole-rows
    diff <(sort rows) <(sort whole-rows)
}

@test 'bad rows go in once they are mended: semicolons, Windows-1252' {
    printf 'Nom;Prénom;Courriel;Note\nDiallo;Aïcha;BAD1;«à 50 €»\nd'\''Été;Jean;jean@example.org;=1+1\nA;B;BAD2;"x;y ""z"""\n' |
        iconv -t windows-1252 >a.csv
    rejects_of a.csv --encoding windows-1252
    [ "$bad" -eq 2 ]
    run cat rejects.csv
    assert_output "Nom,Prénom,Courriel,Note,error
Diallo,Aïcha,BAD1,«à 50 €»,email: 'BAD1' is not an e-mail address
A,B,BAD2,\"x;y \"\"z\"\"\",email: 'BAD2' is not an e-mail address"
    # The options of the first time: the encoding is not that of the rejects.
    run_split regtool import mended.csv --encoding windows-1252
    assert_status 3
    assert_has 'is in UTF-8, not in windows-1252' stderr
    run_split regtool import mended.csv -f json
    assert_json '.[0].added == 2'
    iconv -f windows-1252 a.csv | mend /dev/stdin >whole.csv
    same_as_whole whole.csv
}

@test 'bad rows go in once they are mended: UTF-16, line breaks, guards' {
    printf 'Name\tEmail\tNote\n李\tBAD1\t"zwei\nZeilen"\nAda\tada@example.org\tx\n\x27=1+1\tBAD2\t\x27\x27-2\n' >a.txt
    iconv -t UTF-16 a.txt >a.csv
    rejects_of a.csv
    run_split regtool import mended.csv -f json
    assert_json '.[0].added == 2'
    run regtool export registrants -f json
    assert_json 'map([.name, .note]) == [["Ada", "x"], ["李", "zwei\nZeilen"], ["=1+1", "\u0027-2"]]'
    mend a.txt >whole.csv
    same_as_whole whole.csv
}

@test 'bad rows go in once they are mended: doubled headers, rows of another width' {
    sed -e 's/ada@example.org/BAD1/; s/zoe@example.org/BAD2/g' "$data/imports/pretix-positions.csv" >a.csv
    printf 'too,few\r\n' >>a.csv
    rejects_of a.csv
    [ "$bad" -eq 3 ]
    [ "$(head -1 rejects.csv | tr , '\n' | grep -c '^Company$')" -eq 2 ]
    # Padded to the width of the header, the short one still lacks a person.
    run_split regtool import mended.csv
    assert_status 3
    assert_has 'mended.csv:4: email: there is no e-mail address' stderr
    sed -i 4d mended.csv
    run_split regtool import mended.csv -f json
    assert_json '.[0].added == 2'
    sed '$d' a.csv >short.csv
    mend short.csv >whole.csv
    same_as_whole whole.csv
}

@test 'bad rows go in once they are mended: a file without a header has one then' {
    sed 's/ada@example.org/BAD1/' "$data/imports/indico-form.csv" >a.csv
    rejects_of a.csv --header 'given_name,family_name,affiliation,Position,Phone,email'
    [ "$(head -1 rejects.csv)" = given_name,family_name,affiliation,Position,Phone,email,error ]
    run_split regtool import mended.csv -f json
    assert_json '.[0].added == 1'
}

@test 'bad rows go in once they are mended: as a spreadsheet writes them' {
    printf 'Name,Email,Note\nZoë,BAD1,"a;b"\nBob,bob@example.org,\n' >a.csv
    rejects_of a.csv --bom --crlf
    # Opened and saved in an office with semicolons and Windows-1252.
    tail -c +4 mended.csv | sed -e 's/,a;b,/;"a;b";/; s/,/;/g' | iconv -t windows-1252 >office.csv
    run_split regtool import office.csv --encoding windows-1252 -f json
    assert_status 0
    assert_json '.[0].added == 1'
    run regtool registrant show mended1@example.org -f json
    assert_json '.name == "Zoë" and .note == "a;b" and .answers == {}'
}

# wild SEED DELIMITER: a file of 120 people, a third of them with a bad address
wild() {
    awk -v seed="$1" -v delimiter="$2" '
        function cell(text) { gsub(/"/, "\"\"", text); return "\"" text "\"" }
        BEGIN {
            srand(seed)
            count = split("|=1+1|-2|+3|@x|\047=a|\047\047@b|a;b|a,b|say \"hi\"|two\nlines|tab\there|Zoë|" \
                "李|\047|x\r\ny|Ö", words, "|")
            print "Name" delimiter "Size" delimiter "size" delimiter "Email" delimiter cell("Why,\nand how?")
            for (row = 1; row <= 120; row++) {
                line = ""
                for (column = 1; column <= 3; column++)
                    line = line cell(words[int(rand() * count) + 1]) delimiter
                line = line (rand() < 0.34 ? "BAD" row : "p" row "@example.org") delimiter
                print line cell(words[int(rand() * count) + 1])
            }
        }'
}

@test 'whatever cells hold: the good rows and the mended others are the whole file' {
    local seed delimiter
    for seed in 1 2 3; do
        for delimiter in ',' ';'; do
            wild "$seed" "$delimiter" >a.csv
            rejects_of a.csv --map 'note=Size#1' --map 'category=size#2'
            run_split regtool import mended.csv --map 'note=Size#1' --map 'category=size#2' -f json
            assert_status 0
            [ "$(json '.[0].added')" -eq "$bad" ]
            mend a.csv >whole.csv
            same_as_whole whole.csv --map 'note=Size#1' --map 'category=size#2'
        done
    done
}
