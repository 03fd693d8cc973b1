#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# The format xlsx: what stands in the sheets, and what is said where there can be none. The
# sheets are read here by other means than they were made: unzip, xmllint and awk.

# shellcheck disable=SC2016 # the inner shell expands
load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T14:40:00+01:00
    run regtool export --help
    assert_has 'Formats: '
    [[ $output == *'Formats: '*xlsx* ]] || skip 'built without xlsx'
    data=${abs_srcdir:?}/tests/data/xlsx
    maker=${REGTOOL_XLSX:-$abs_builddir/regtool-xlsx}
}

# regtool's own program for sheets
regtool_xlsx() {
    "$maker"
}

# Prints each cell that is there: where, number, text or another, the number's format if it
# has one, the value with \n, \t and \r for those. Any other cell than plain numbers and
# texts (a formula, say) shows as "another".
cells() {
    {
        unzip -p "$1" xl/styles.xml | xmllint --noout - || return
        unzip -p "$1" xl/worksheets/sheet1.xml | xmllint --noout - || return
        unzip -p "$1" xl/styles.xml
        printf '<c '
        unzip -p "$1" xl/worksheets/sheet1.xml
    } | LC_ALL=C awk -v RS='<c ' '
        function attribute(name, text) {
            if (!match(text, "(^| )" name "=\"[^\"]*\""))
                return ""
            text = substr(text, RSTART, RLENGTH)
            sub(/^[^"]*"/, "", text)
            sub(/"$/, "", text)
            return unescaped(text)
        }
        function unescaped(text) {
            gsub(/&lt;/, "<", text)
            gsub(/&gt;/, ">", text)
            gsub(/&quot;/, "\"", text)
            gsub(/&amp;/, "\\&", text)
            return text
        }
        function printable(text) {
            gsub(/\n/, "\\n", text)
            gsub(/\t/, "\\t", text)
            gsub(/\r/, "\\r", text)
            return text
        }
        function learn_formats(styles,    count, i, parts) {
            count = split(styles, parts, /<numFmt /)
            for (i = 2; i <= count; i++)
                code[attribute("numFmtId", parts[i])] = attribute("formatCode", parts[i])
            code[1] = "0"
            code[49] = "@"
            sub(/.*<cellXfs/, "", styles)
            sub(/<\/cellXfs.*/, "", styles)
            count = split(styles, parts, /<xf /)
            for (i = 2; i <= count; i++)
                format[i - 2] = code[attribute("numFmtId", parts[i])]
        }
        NR == 1 { learn_formats($0); next }
        /<\/c>/ {
            kind = "another"
            value = $0
            head = $0
            sub(/>.*/, "", head)
            if (value ~ /^[^>]*t="inlineStr"><is><t( xml:space="preserve")?>/) {
                kind = "text"
                sub(/^[^>]*><is><t[^>]*>/, "", value)
                sub(/<\/t><\/is><\/c>.*/, "", value)
            } else if (head !~ / t=/ && value ~ /^[^>]*><v>/) {
                kind = "number"
                sub(/^[^>]*><v>/, "", value)
                sub(/<\/v><\/c>.*/, "", value)
            }
            printf "%s %s [%s] %s\n", attribute("r", head), kind,
                format[attribute("s", head) + 0], printable(unescaped(value))
        }
    '
}

# Prints the sheet as `-f csv --raw` would, if no cell needs quotes.
as_csv() {
    cells "$1" | awk '
        function date(days,    era, day, year, part, month) {
            # of the civil calendar, from days since 1970: Howard Hinnant, chrono-compatible
            days += 719468
            era = int(days / 146097)
            day = days - era * 146097
            year = int((day - int(day / 1460) + int(day / 36524) - int(day / 146096)) / 365)
            part = day - (365 * year + int(year / 4) - int(year / 100))
            month = int((5 * part + 2) / 153)
            day = part - int((153 * month + 2) / 5) + 1
            month += month < 10 ? 3 : -9
            return sprintf("%04d-%02d-%02d", year + era * 400 + (month <= 2), month, day)
        }
        function time(serial, form,    seconds) {
            seconds = int((serial - int(serial)) * 86400 + 0.5)
            gsub(/^[^"]*"|"$/, "", form)
            return date(int(serial) - 25569) sprintf("T%02d:%02d:%02d", seconds / 3600,
                seconds % 3600 / 60, seconds % 60) form
        }
        function column(place,    number, i) {
            sub(/[0-9]+$/, "", place)
            for (i = 1; i <= length(place); i++)
                number = number * 26 + index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", substr(place, i, 1))
            return number
        }
        {
            place = $1
            row = place
            sub(/^[A-Z]+/, "", row)
            row += 0
            kind = $2
            sub(/^[^ ]+ [^ ]+ /, "")
            form = $0
            sub(/^\[/, "", form)
            sub(/\] .*/, "", form)
            value = $0
            sub(/^\[[^]]*\] /, "", value)
            if (kind == "number" && form ~ /^yyyy/)
                value = time(value, form)
            else if (kind == "number" && form == "0.0")
                value = sprintf("%.1f", value)
            at = column(place)
            if (row == 1)
                columns = at
            rows = row
            cell[row, at] = value
        }
        END {
            for (row = 1; row <= rows; row++) {
                line = cell[row, 1]
                for (i = 2; i <= columns; i++)
                    line = line "," cell[row, i]
                print line
            }
        }
    '
}

# The start of a list of one column of texts.
text_list() {
    printf '{"sheet": 1, "name": "x", "maker": "x", "made_s": 1, "columns": %s}\n' \
        "${1-[{\"key\": \"a\", \"kind\": \"text\"\}]}"
}

# --- What stands in a sheet ---

@test 'each kind of cell is what it should be' {
    regtool_xlsx <"$data/kinds.jsonl" >kinds.xlsx
    cells kinds.xlsx >kinds.cells
    diff -u "$data/kinds.cells" kinds.cells
}

@test 'the header stays in sight, each column has a filter, columns fit' {
    regtool_xlsx <"$data/kinds.jsonl" >kinds.xlsx
    unzip -p kinds.xlsx xl/worksheets/sheet1.xml | xmllint --format - >sheet.xml
    grep -q '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' sheet.xml
    grep -q '<autoFilter ref="A1:I10"/>' sheet.xml
    # Of the widest text, and no more than fits; the header needs room for its button.
    run awk -F '"' '/<col / { print int($6) }' sheet.xml
    assert_output '17
17
16
10
10
25
9
10
46'
    run_split unzip -p kinds.xlsx xl/workbook.xml
    assert_has '<sheet name="all kinds"'
}

@test 'a sheet says as much as CSV, for each list and report' {
    play_first_day
    compared=0
    while read -r words; do
        # shellcheck disable=SC2086 # a command with its arguments
        regtool $words -f csv --raw >a.csv
        # shellcheck disable=SC2086
        regtool $words -f xlsx -o a.xlsx
        # Commas in cells are no matter: they stand in both.
        diff -u <(sed 's/"//g' a.csv) <(as_csv a.xlsx | sed 's/"//g') || {
            echo "that was: $words"
            return 1
        }
        [ "$(wc -l <a.csv)" -ge 2 ]
        compared=$((compared + 1))
    done < <(list_commands BIO-642)
    [ "$compared" -eq 24 ]
}

@test 'an hour that the clock shows twice can be told apart' {
    regtool_xlsx <"$data/kinds.jsonl" >kinds.xlsx
    run_split as_csv kinds.xlsx
    [[ ${lines[1]} == *,2022-10-30T02:00:00+02:00,* ]]
    [[ ${lines[2]} == *,2022-10-30T02:29:59+02:00,* ]]
    [[ ${lines[3]} == *,2022-10-30T02:00:00+01:00,* ]]
    [[ ${lines[4]} == *,2022-10-30T02:29:59+01:00,* ]]
}

@test 'the sheet has the name of what it lists' {
    regtool -q init --event one --timezone Europe/Zurich
    regtool export registrants -f xlsx >a.xlsx
    run_split unzip -p a.xlsx xl/workbook.xml
    assert_has '<sheet name="registrants"'
    regtool event list -f xlsx >a.xlsx
    run_split unzip -p a.xlsx xl/workbook.xml
    assert_has '<sheet name="event list"'
    run_split unzip -p a.xlsx docProps/core.xml
    assert_has '>2022-02-15T13:40:00Z</dcterms:created>'
}

@test 'the same list gives the same bytes, to a file and to a pipe' {
    regtool -q init --event one --timezone Europe/Zurich
    regtool event list -f xlsx -o a.xlsx
    regtool event list -f xlsx >b.xlsx
    regtool event list -f xlsx --bom --crlf --raw -o - | cat >c.xlsx
    cmp a.xlsx b.xlsx
    cmp a.xlsx c.xlsx
    unzip -tq a.xlsx
}

@test 'a list without rows is a header' {
    text_list >list
    echo '{"rows": 0}' >>list
    regtool_xlsx <list >a.xlsx
    run cells a.xlsx
    assert_output 'A1 text [] a'
    run_split unzip -p a.xlsx xl/worksheets/sheet1.xml
    assert_has '<autoFilter ref="A1"/>'
}

@test 'badges are for no other eyes' {
    regtool -q init --event one --timezone Europe/Zurich
    regtool -q registrant add --name Ada --email ada@example.org >/dev/null
    regtool token export -f xlsx -o tokens.xlsx
    assert_mode tokens.xlsx 600
}

# --- Where there can be none ---

@test 'not on a terminal' {
    need_terminal
    regtool -q init --event one --timezone Europe/Zurich
    for command in 'export registrants -f xlsx' 'event list -f xlsx -o -' \
        '-d none.db event list -f xlsx'; do
        run script -qec "$REGTOOL $command" /dev/null </dev/null
        assert_status 2
        assert_has 'a terminal cannot show xlsx'
        assert_has 'name a file: --output FILE.xlsx'
    done
    script -qec "$REGTOOL event list -f xlsx -o a.xlsx" /dev/null </dev/null
    unzip -tq a.xlsx
}

@test 'not for what answers as it goes, or lists nothing' {
    for command in 'checkin -' 'checkout x' help; do
        # shellcheck disable=SC2086 # a command with its arguments
        run_split regtool $command -f xlsx </dev/null
        assert_status 2
        assert_has "--format: '${command%% *}' writes no xlsx" stderr
    done
    run_split regtool checkin --help
    assert_has 'Formats: table, csv, json, jsonl.'
    run_split regtool log --help
    assert_has 'Formats: table, csv, json, jsonl, xlsx.'
    run_split regtool __complete -- export scans -f ''
    assert_has xlsx
    run_split regtool __complete -- checkin -f ''
    assert_has_not xlsx
}

@test 'the program for it is missing, or fails: the old file stays, and no other' {
    regtool -q init --event one --timezone Europe/Zurich
    echo old >a.xlsx
    mkdir programs
    before=$(files)
    REGTOOL_LIBEXEC=programs run_split regtool event list -f xlsx -o a.xlsx
    assert_status 5
    assert_has "cannot start 'programs/regtool-xlsx': No such file or directory" stderr
    assert_has "'-f csv' needs no other program" stderr
    REGTOOL_LIBEXEC=programs run_split regtool event list -f csv
    assert_status 0
    [ "$(cat a.xlsx)" = old ]
    [ "$(files)" = "$before" ]
    printf '#!/bin/sh\necho half a file\necho no luck >&2\nexit 5\n' >programs/regtool-xlsx
    chmod 755 programs/regtool-xlsx
    REGTOOL_LIBEXEC=programs run_split regtool event list -f xlsx -o a.xlsx
    assert_status 5
    assert_has 'event list: no luck' stderr
    [ "$(cat a.xlsx)" = old ]
    printf '#!/bin/sh\nkill -SEGV $$\n' >programs/regtool-xlsx
    REGTOOL_LIBEXEC=programs run_split regtool event list -f xlsx -o a.xlsx
    assert_status 5
    assert_has "'programs/regtool-xlsx' was ended by signal 11" stderr
    [ "$(cat a.xlsx)" = old ]
    rm -r programs/regtool-xlsx
    [ "$(files)" = "$before" ]
}

@test 'nobody starts the program by hand' {
    run_split "$maker" --help
    assert_status 2
    assert_has 'regtool starts this program by itself' stderr
    assert_has 'regtool export registrants -f xlsx -o FILE.xlsx' stderr
}

# --- Limits ---

@test 'what a sheet cannot hold is named, and nothing written' {
    # A cell: 32,767 units of UTF-16. An emoji has two.
    a=$(printf '%032767d' 0)
    emoji=$(printf '%016384d' 0 | sed 's/0/😀/g')
    text_list >start
    { cat start; printf '["%s"]\n["%s"]\n{"rows": 2}\n' "$a" "${emoji%😀}"; } >list
    regtool_xlsx <list >a.xlsx
    unzip -tq a.xlsx
    for text in "${a}0" "$emoji"; do
        { cat start; printf '["x"]\n["%s"]\n{"rows": 2}\n' "$text"; } >list
        run_split regtool_xlsx <list
        assert_status 3
        assert_output ''
        assert_has "row 3 of the sheet, column 'a': 32768 characters, where a cell takes 32767" \
            stderr
        assert_has "'-f csv' has no such limit" stderr
    done
    text_list '[{"key": "n", "kind": "integer"}]' >start
    for number in 1000000000000000 -1000000000000000; do
        { cat start; printf '[%s]\n{"rows": 1}\n' "$number"; } >list
        run_split regtool_xlsx <list
        assert_status 3
        assert_has "row 2 of the sheet, column 'n': a number of more than 15 digits" stderr
    done
    text_list '[{"key": "t", "kind": "time"}]' >start
    for time in '[-2203891201, 0]' '[253402300800, 0]' '[253402300799, 3600]' \
        '[9223372036854775807, 0]' '[-9223372036854775808, 0]'; do
        { cat start; printf '[%s]\n{"rows": 1}\n' "$time"; } >list
        run_split regtool_xlsx <list
        assert_status 3
        assert_has "column 't': a time before March 1900, or after 9999" stderr
    done
}

@test 'a sheet has 16384 columns at most' {
    column='{"key": "k", "kind": "text"}'
    columns=$(yes "$column" | head -n 16384 | paste -sd ,)
    text_list "[$columns]" >list
    echo '{"rows": 0}' >>list
    regtool_xlsx <list >a.xlsx
    run_split unzip -p a.xlsx xl/worksheets/sheet1.xml
    assert_has '<c r="XFD1" '
    text_list "[$columns,$column]" >list
    run_split regtool_xlsx <list
    assert_status 3
    assert_has '16385 columns, where a sheet takes 16384' stderr
}

@test 'a sheet has 1048576 rows at most' {
    text_list '[{"key": "n", "kind": "integer"}]' >list
    yes '[1]' | head -n 1048576 >>list
    run_split regtool_xlsx <list
    assert_status 3
    assert_output ''
    assert_has 'row 1048577: a sheet takes 1048576' stderr
}

@test 'a list that is not one, or was cut off, is refused' {
    text_list >start
    while read -r expected && read -r rest; do
        { cat start; printf "%b" "$rest"; } >list
        run_split regtool_xlsx <list
        assert_status 3
        assert_output ''
        assert_has "line $expected" stderr
    done <<'END'
2 of the list: it ends before its end

3 of the list: it ends before its end
["x"]\n
2 of the list: it ends before its end
["x"]
3 of the list: neither a row nor the number of rows
["x"]\n{"rows": 2}\n
2 of the list: neither a row nor the number of rows
{}\n
3 of the list: it goes on after its end
["x"]\n{"rows": 1}\n["x"]\n
2 of the list: not a row of its columns
["x", "y"]\n
2 of the list: not a row of its columns
[]\n
2 of the list: not a row of its columns
[1]\n
2 of the list: 
[x]\n
END
    while read -r head; do
        run_split regtool_xlsx <<<"$head"
        assert_status 3
        assert_has 'line 1 of the list: ' stderr
    done <<'END'

{}
[]
{"sheet": 2, "name": "x", "maker": "x", "made_s": 1, "columns": []}
{"sheet": 1, "name": "x", "maker": "x", "made_s": "1", "columns": []}
{"sheet": 1, "name": "x", "maker": "x", "made_s": 1, "columns": {}}
{"sheet": 1, "name": "x", "maker": "x", "made_s": 1, "columns": [{"key": "a"}]}
{"sheet": 1, "name": "x", "maker": "x", "made_s": 1, "columns": [{"key": "a", "kind": "x"}]}
{"sheet": 1, "name": "x", "maker": "x", "made_s": 1, "columns": [{"kind": "text"}]}
END
    run_split regtool_xlsx <<<'{"sheet": 1, "name": "a/b", "maker": "", "made_s": 1, "columns": []}'
    assert_status 3
    assert_has "a sheet cannot be called 'a/b'" stderr
}

# --- Full disks ---

@test 'no temporary folder, a full output' {
    TMPDIR=$PWD/none run_split regtool_xlsx <"$data/kinds.jsonl"
    assert_status 5
    assert_has "cannot make a temporary file in '$PWD/none': No such file or directory" stderr
    assert_has '$TMPDIR names another folder' stderr
    run bash -c '"$1" <"$2" >/dev/full' bash "$maker" "$data/kinds.jsonl"
    assert_status 5
    assert_has 'cannot write the result: No space left on device'
    mkdir temporary
    TMPDIR=$PWD/temporary regtool_xlsx <"$data/kinds.jsonl" >a.xlsx
    rmdir temporary
}

# A limit on the size of files stands in for a disk that is full at any point: while the rows
# come, while the parts are put together, while they are packed.
@test 'a sheet is whole, or there is none, wherever the disk gets full' {
    {
        head -n 1 "$data/kinds.jsonl"
        for _ in {1..100}; do
            sed '1d; $d' "$data/kinds.jsonl"
        done
        echo '{"rows": 900}'
    } >list
    regtool_xlsx <list >whole.xlsx
    size=$(unzip -p whole.xlsx xl/worksheets/sheet1.xml | wc -c)
    failed=0
    for limit in 1 2 3 5 10 20 40 60 80 100 $(seq $((size / 1024 - 4)) $((size / 1024 + 2))); do
        run_split bash -c 'trap "" XFSZ; ulimit -f "$1"; "$2" <list 2>words | cat >a.xlsx
            exit "${PIPESTATUS[0]}"' bash "$limit" "$maker"
        if [ "$status" -eq 0 ]; then
            cmp a.xlsx whole.xlsx
        else
            assert_status 5
            [ ! -s a.xlsx ]
            grep -qE 'temporary file|could not be kept whole|cannot write' words
            failed=$((failed + 1))
        fi
    done
    [ "$failed" -ge 14 ]
    [ "$status" -eq 0 ]
}
