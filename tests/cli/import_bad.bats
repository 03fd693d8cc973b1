#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# Files that are refused: each says what is wrong and where, what to do, and nothing is
# written. tests/data/bad.expected is the transcript of all.

load helper

setup_test() {
    export REGTOOL_NOW=2026-10-15T08:00:00Z
    data=${abs_srcdir:?}/tests/data
    regtool --quiet init --event sym --timezone Europe/Zurich
    # Two people of one address, and two of one id.
    printf 'Name,Email\nOne,one@example.org\nTwo,two@example.org\nDeux,two@example.org\n' >people.csv
    regtool --quiet import people.csv --match email+name >/dev/null
    for name in Six Seis; do
        printf 'Name,Email,Sciper\n%s,%s@example.org,77\n' "$name" "$name" >people.csv
        regtool --quiet import people.csv >/dev/null
    done
    rm people.csv
    cp regtool.db before.db
}

# transcribe COMMAND: runs what a line "$ regtool import ..." says, as the transcript has it
transcribe() {
    local status=0
    printf '$ regtool import %s\n' "$1"
    eval "regtool import $1" >/dev/null 2>words || status=$?
    printf 'exit %s\n' "$status"
    cat words
    cmp regtool.db before.db || true
}

@test 'each kind of malformed file is refused with its place and a way out, and changes nothing' {
    cp "$data"/bad-* .
    # shellcheck disable=SC2016 # the dollar is the transcript's
    sed -n 's/^\$ regtool import //p' "$data/bad.expected" >commands
    [ "$(wc -l <commands)" -ge 100 ]
    while IFS= read -r command; do
        transcribe "$command"
    done <commands >transcript
    diff "$data/bad.expected" transcript
}

@test 'each malformed file is in the transcript, and none goes in' {
    local file
    for file in "$data"/bad-*; do
        case $file in *.rejects.csv) continue ;; esac
        grep -q "^\\\$ regtool import .*${file##*/}\$" "$data/bad.expected"
    done
    run grep -c '^exit 0' "$data/bad.expected"
    assert_output 0
}

# refused STATUS FILE WHERE: the file is refused there and nothing changes
refused() {
    run_split regtool import "$2"
    assert_status "$1"
    assert_has "regtool: import: $2$3" stderr
    cmp regtool.db before.db
}

@test 'what is longer than may be is refused where it begins' {
    local long='BEGIN { text = "x"; while (length(text) < size) text = text text; text = substr(text, 1, size)'
    awk -v size=1048577 "$long"'; printf "Name,Email\nA,a@x\n%s,b@x\n", text }' >cell.csv
    refused 3 cell.csv ':3: a cell is longer than 1 MiB'
    awk -v size=1200000 "$long"'; printf "Name,Email\nA,a@x\n\"b\n%s,b@x\n", text }' >quoted.csv
    refused 3 quoted.csv ':3: a cell is longer than 1 MiB'
    assert_has 'a quote opens here: is it closed?' stderr
    awk -v size=1000000 "$long"'; printf "Name,Email"; for (i = 0; i < 9; i++) printf ",c%d", i
        printf "\nA,a@x"; for (i = 0; i < 9; i++) printf ",%s", text; print "" }' >row.csv
    refused 3 row.csv ':2: a row is longer than 8 MiB'
    awk 'BEGIN { printf "Name,Email"; for (i = 0; i < 999; i++) printf ",c%d", i; print "\nA,a@x" }' >header.csv
    refused 3 header.csv ':1: a row has more than 1,000 columns'
    awk 'BEGIN { print "Name,Email"; printf "A,a@x"; for (i = 0; i < 999; i++) printf ","; print "" }' >wide.csv
    refused 3 wide.csv ':2: a row has more than 1,000 columns'
    # And what is as long as may be goes in.
    awk -v size=1048576 "$long"'; printf "Name,Email\n%s,b@x\n", text }' >cell.csv
    run regtool import cell.csv --dry-run
    assert_status 0
    awk 'BEGIN { printf "Name,Email"; for (i = 0; i < 998; i++) printf ",c%d", i; printf "\nA,a@x"
        for (i = 0; i < 998; i++) printf ",%d", i; print "" }' >wide.csv
    run regtool import wide.csv --dry-run
    assert_status 0
}

@test 'what is no file of text' {
    mkdir folder
    refused 3 folder ': is a folder'
    refused 3 /dev/null ': is empty'
    refused 3 /dev/zero ':1: byte 1 of the line is NUL'
    refused 4 nowhere.csv ': no such file'
    refused 4 people.csv/x.csv ': no such file'
    refused 3 regtool.db ':1: a database, not text'
    refused 3 regtool.db.key ':1: '
    ln -s loop loop
    refused 5 loop ': cannot be opened'
}

@test 'several bad files are all told, and the good one with them is not taken' {
    cp "$data/bad-email-two-ats.csv" "$data/bad-too-few-cells.csv" .
    printf 'Name,Email\nCy,cy@example.org\n' >good.csv
    run_split regtool import good.csv bad-email-two-ats.csv bad-too-few-cells.csv
    assert_status 3
    assert_has 'bad-email-two-ats.csv:2: email: ' stderr
    assert_has 'bad-too-few-cells.csv:3: 2 cells' stderr
    cmp regtool.db before.db
}

@test 'with --skip-bad a file that cannot be read to its end is refused all the same' {
    printf 'Name,Email\nAda,ada@example.org\nBob,"bob@example.org\n' >a.csv
    run_split regtool import a.csv --skip-bad
    assert_status 3
    assert_has 'a.csv:3: a quote opens here and is never closed' stderr
    cmp regtool.db before.db
}
