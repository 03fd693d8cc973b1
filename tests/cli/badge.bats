#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool badge: for whom, of what size, what stands on it, and the code. The pages are read
# here by other means than they were made: poppler's tools and zbar.

# shellcheck disable=SC2016 # the inner shell expands
load helper

setup_test() {
    run regtool badge --help
    [[ $output == *'Formats: pdf.'* ]] || skip 'built without badges (--without-print)'
    command -v pdftotext >/dev/null || skip 'no pdftotext here: Debian package poppler-utils'
}

# The event 'e' with four people, the last of whom has not paid.
make_event() {
    regtool -q init --event e --timezone Europe/Zurich --title 'Summer School' \
        --start 2022-06-30 --end 2022-07-02
    cat >people.csv <<'END'
name,email,affiliation,roles,status
Ada Lovelace,ada@example.org,Analytical Society,speaker;chair,confirmed
Ben Ito,ben@example.org,,student,confirmed
Cia Olsen,cia@example.org,,,confirmed
Dora Null,dora@example.org,,student,pending
END
    regtool -q import people.csv >/dev/null
}

# add NAME [AFFILIATION]: one more, whose address is $who
add() {
    added=$((added + 1))
    who=x$added@example.org
    regtool -q registrant add --name "$1" --affiliation "${2-Somewhere}" --email "$who" >/dev/null
}

# pages FILE
pages() {
    pdfinfo "$1" | awk '$1 == "Pages:" { print $2 }'
}

# tokens_in FILE: what a scanner reads, sorted
tokens_in() {
    command -v zbarimg >/dev/null || skip 'no zbarimg here: Debian package zbar-tools'
    pdftoppm -r 200 -gray -png "$1" page
    zbarimg -q --raw page*.png 2>/dev/null | sort
}

# tokens_of WHO...: what `token show` tells, sorted
tokens_of() {
    for one; do
        regtool token show "$one" -f json | jq -r .token
    done | sort
}

# Prints each word of the PDF outside of the box, in millimetres from the page's top left.
words_outside() {
    pdftotext -bbox "$1" - | awk -v left="$2" -v top="$3" -v right="$4" -v bottom="$5" '
        /<word / {
            words++
            split($0, part, "\"")
            for (i = 2; i <= 8; i += 2)
                part[i] *= 25.4 / 72
            if (part[2] < left || part[4] < top || part[6] > right || part[8] > bottom)
                print
        }
        END { if (words == 0) print "no words" }
    '
}

# The characters of the PDF, without the spaces and line ends between them.
letters() {
    pdftotext "$1" - | tr -d ' \n\f'
}

@test 'everybody who is confirmed, on sheets' {
    make_event
    run_split regtool badge --all -o a.pdf
    assert_status 0
    assert_output ''
    assert_has 'left out: 1 not confirmed' stderr
    assert_mode a.pdf 600
    [ "$(pages a.pdf)" -eq 1 ]
    run_split pdfinfo a.pdf
    assert_has '(A4)'
    assert_has 'Title:           Summer School: badges'
    run_split pdftotext a.pdf -
    for text in 'Ada Lovelace' 'Analytical Society' 'Ben Ito' 'Cia Olsen' SPEAKER CHAIR STUDENT \
        ATTENDEE 'Summer School' '30 June – 2 July 2022' "@1 $(tokens_of @1)"; do
        assert_has "$text"
    done
    assert_has_not Dora
}

@test 'the code is the token, at each size' {
    make_event
    for size in 54x86 90x55 a6; do
        regtool -q badge --all --size "$size" -o a.pdf
        diff -u <(tokens_of @1 @2 @3) <(tokens_in a.pdf)
        rm page*.png
    done
}

@test 'a new token makes another badge' {
    make_event
    old=$(tokens_of @1)
    regtool -q token reissue @1 --reason lost >/dev/null
    regtool badge @1 >a.pdf
    run tokens_in a.pdf
    assert_output "$(tokens_of @1)"
    [ "$output" != "$old" ]
}

@test 'who is named, in that order, whatever the status' {
    make_event
    run_split regtool badge dora@example.org @1 @1 -o a.pdf
    assert_status 0
    [ -z "$stderr" ]
    run_split bash -c 'pdftotext -bbox a.pdf - | grep -oE ">(Dora|Ada)<"'
    assert_output '>Dora<
>Ada<
>Ada<'
}

@test 'who is selected' {
    make_event
    while read -r options && read -r names; do
        # shellcheck disable=SC2086 # several options
        regtool -q badge $options -o a.pdf
        run bash -c 'pdftotext -bbox a.pdf - | grep -oE "Ada|Ben|Cia|Dora" | paste -sd " "'
        assert_output "$names"
    done <<'END'
--role student
Ben
--status pending
Dora
--status confirmed --role student
Ben
--search olsen
Cia
--role chair --search ADA
Ada
END
}

@test 'sheets, and one a page' {
    make_event
    for i in {1..9}; do
        echo "Person $i,p$i@example.org"
    done | sed '1i name,email' >more.csv
    regtool -q import more.csv >/dev/null
    regtool -q badge --all -o a.pdf
    [ "$(pages a.pdf)" -eq 2 ]
    regtool -q badge --all --size 54x86 -o a.pdf
    [ "$(pages a.pdf)" -eq 2 ]
    regtool -q badge --all --size a6 -o a.pdf
    [ "$(pages a.pdf)" -eq 12 ]
    run pdfinfo a.pdf
    assert_has 'Page size:       297.638 x 419.528 pts'
    # Two are left for the second sheet; one alone stands where a sheet begins.
    regtool -q badge --all -o a.pdf
    run bash -c 'pdftotext -f 2 -bbox a.pdf - | grep -c ">Person<"'
    assert_output 2
    regtool -q badge @13 -o a.pdf
    run words_outside a.pdf 15 11 105 66
    assert_output ''
}

@test 'a name in any script is on the badge, whole' {
    make_event
    for name in 陈晓雯 'Олена Шевченко' 'Γιώργος Σεφέρης' 'İpek Yıldız' '김민준' 'Søren Østergård'; do
        add "$name"
        run_split regtool badge "$who" -o a.pdf
        assert_status 0
        [ -z "$stderr" ]
        run letters a.pdf
        assert_has "${name// /}"
    done
    # These are drawn in shapes of their own, from right to left, or both: no box for a letter.
    for name in 'فاطمة الزهراء' 'דוד בן־גוריון' 'अनन्या शर्मा'; do
        add "$name"
        run_split regtool badge "$who" -o a.pdf
        assert_status 0
        [ -z "$stderr" ]
        [ -z "$(words_outside a.pdf 15 11 105 66)" ]
    done
}

@test 'a long name is made smaller, then broken, never cut' {
    make_event
    long=Wolfeschlegelsteinhausenbergerdorff
    for name in 'Maximiliane von Hohenzollern-Sigmaringen' "$long $long $long $long" \
        "$long$long$long$long$long$long" "$(printf 'Ana %.0s' {1..60})"; do
        add "$name" "$name, $name, $name"
        while read -r size box; do
            regtool -q badge "$who" --size "$size" -o a.pdf
            # shellcheck disable=SC2086 # four numbers
            run words_outside a.pdf $box
            assert_output ''
            # Where a word is broken a hyphen may be shown.
            run bash -c 'pdftotext "$1" - | tr -d " \n\f-"' bash a.pdf
            name=${name//[ -]/}
            assert_has "$name$name,$name,$name"
        done <<'END'
90x55 15 11 105 66
54x86 24 19.5 78 105.5
a6 0 0 105 148
END
    done
}

@test 'characters that no font has are said, with the name' {
    make_event
    add $'Ada \U000E8000\U000E8001'
    run_split regtool badge "$who" @1 -o a.pdf
    assert_status 0
    assert_has 'no font of this machine has 2 of the characters' stderr
    assert_has 'badge: @5 Ada' stderr
    assert_has_not '@1' stderr
}

@test 'the same badges are the same bytes' {
    make_event
    regtool -q badge --all -o a.pdf
    TZ=Asia/Tokyo REGTOOL_NOW=2030-01-01T00:00:00Z regtool -q badge --all | cat >b.pdf
    cmp a.pdf b.pdf
    run pdfinfo a.pdf
    assert_has 'CreationDate:    Thu Jun 30'
}

@test 'without the key file there are none' {
    make_event
    mv regtool.db.key away
    run_split regtool badge --all -o a.pdf
    assert_status 5
    assert_has "key file 'regtool.db.key': No such file" stderr
    assert_no_file a.pdf
    run_split regtool badge --all -k away -o a.pdf
    assert_status 0
}

@test 'who is not there, has no token, or is not selected' {
    make_event
    echo old >a.pdf
    run_split regtool badge @1 nobody@example.org -o a.pdf
    assert_status 4
    assert_has "no registrant 'nobody@example.org'" stderr
    regtool -q token revoke @2 --reason stolen
    run_split regtool badge @2 -o a.pdf
    assert_status 4
    assert_has 'registrant @2 has no valid token' stderr
    run_split regtool badge --role student -o a.pdf
    assert_status 4
    assert_has 'left out: 1 whose tokens are all revoked' stderr
    assert_has 'nobody to print' stderr
    [ "$(cat a.pdf)" = old ]
}

@test 'one says for whom' {
    run_split regtool badge -o a.pdf
    assert_status 2
    assert_has 'for whom?' stderr
    run_split regtool badge @1 --role student -o a.pdf
    assert_status 2
    assert_has 'both people and a selection' stderr
    run_split regtool badge --all --status pending -o a.pdf
    assert_status 2
    assert_has "'--all' and '--status' exclude each other" stderr
    run_split regtool badge --all --size a5 -o a.pdf
    assert_status 2
}

@test 'PDF only, and not on a terminal' {
    make_event
    for format in csv json xlsx table; do
        run_split regtool badge --all -f "$format"
        assert_status 2
        assert_has 'it writes pdf' stderr
    done
    run_split regtool export scans -f pdf
    assert_status 2
    assert_has "'export' writes no pdf" stderr
    run_split regtool badge --all --crlf
    assert_status 2
    regtool -q badge --all -f pdf -o a.pdf
    run regtool __complete -- badge -f ''
    assert_output pdf
    need_terminal
    run script -qec "$REGTOOL badge --all" /dev/null </dev/null
    assert_status 2
    assert_has 'a terminal cannot show pdf'
    assert_has 'name a file: --output FILE.pdf'
}

@test 'what the program says while it works is passed on' {
    make_event
    mkdir libexec
    printf '#!/bin/sh\necho +1 >&2\necho "!by the way" >&2\nexec cat\n' >libexec/regtool-print
    chmod +x libexec/regtool-print
    REGTOOL_LIBEXEC=$PWD/libexec run_split regtool badge --all -o a.pdf
    assert_status 0
    assert_has 'badge: by the way' stderr
    assert_has_not '+1' stderr
    # What it was given, which is not PDF here.
    run jq -r '.name // empty' a.pdf
    assert_output 'Ada Lovelace
Ben Ito
Cia Olsen'
}

@test 'the program for it is missing, or fails: the old file stays, and no other' {
    make_event
    echo old >a.pdf
    mkdir libexec
    REGTOOL_LIBEXEC=$PWD/libexec run_split regtool badge --all -o a.pdf
    assert_status 5
    assert_has "cannot start '$PWD/libexec/regtool-print'" stderr
    printf '#!/bin/sh\necho half\necho no paper >&2\nexit 3\n' >libexec/regtool-print
    chmod +x libexec/regtool-print
    REGTOOL_LIBEXEC=$PWD/libexec run_split regtool badge --all -o a.pdf
    assert_status 5
    assert_has 'badge: no paper' stderr
    [ "$(cat a.pdf)" = old ]
    run_split bash -c '"$REGTOOL" -q badge --all >/dev/full'
    assert_status 5
    assert_has 'No space left on device' stderr
}
