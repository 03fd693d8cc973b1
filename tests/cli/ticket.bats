#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool ticket: what stands on it. For whom, and the rest that badges have too, is tested in
# badge.bats.

load helper

setup_test() {
    run regtool ticket --help
    [[ $output == *'Formats: pdf.'* ]] || skip 'built without tickets (--without-print)'
    command -v pdftotext >/dev/null || skip 'no pdftotext here: Debian package poppler-utils'
}

pages() {
    pdfinfo "$1" | awk '$1 == "Pages:" { print $2 }'
}

@test 'a page for each of the example, with the programme' {
    play_first_day
    regtool -q event set one --title 'Loss landscape' --url https://example.org/loss \
        --start 2022-02-15 --end 2022-02-16
    run_split regtool ticket --all -o t.pdf
    assert_status 0
    assert_has 'left out: 2 not confirmed' stderr
    [ "$(pages t.pdf)" -eq 78 ]
    run_split pdftotext -f 1 -l 1 -layout t.pdf -
    for text in 'Loss landscape' '15–16 February 2022 · https://example.org/loss' \
        'Wulfram Gerstner' ORGANIZER SPEAKER 'Times are those of Europe/Zurich' \
        'Tuesday, 15 February 2022' '14:30–15:00' 'Wednesday, 16 February 2022' \
        'Hanie Sedghi, Rahim' 'only chair, speaker'; do
        assert_has "$text"
    done
    # The days in their order, the last session at the end.
    [[ $output == *Tuesday*'Session 2'*Wednesday*'Session 3'*'18:30–19:30'* ]]
}

@test 'the code is the token' {
    play_first_day
    command -v zbarimg >/dev/null || skip 'no zbarimg here: Debian package zbar-tools'
    regtool ticket @1 @28 -o t.pdf
    pdftoppm -r 100 -gray -png t.pdf page
    run bash -c 'for page in page*.png; do zbarimg -q --raw "$page" 2>/dev/null; done'
    assert_output "$(for who in @1 @28; do
        regtool token show "$who" -f json | jq -r .token
    done)"
}

@test 'the same tickets are the same bytes, the times are the event'\''s' {
    play_first_day
    regtool ticket @1 @2 -o a.pdf
    TZ=America/New_York regtool ticket @1 @2 -o b.pdf
    cmp a.pdf b.pdf
}

# make_programme SESSIONS ITEMS: a day of as many sessions with as many items each
make_programme() {
    regtool -q init --event e --timezone UTC
    regtool -q registrant add --name Ada --email ada@example.org >/dev/null
    awk -v sessions="$1" -v items="$2" 'BEGIN {
        print "session,kind,start,end,title,people"
        for (i = 0; i < sessions; i++) {
            hour = sprintf("2022-02-15T%02d", int(i / 10))
            minute = i % 10 * 6
            printf "S%d,session,%s:%02d,%s:%02d,Session %d,\n", i, hour, minute, hour, minute + 5, i
            for (j = 0; j < items; j++)
                printf "S%d,talk,%s:%02d,%s:%02d,Talk %d.%d,\n", i, hour, minute + j, hour,
                    minute + j + 1, i, j
        }
    }' >programme.csv
    regtool -q programme import programme.csv >/dev/null
}

@test 'a long programme is made smaller, then loses its talks' {
    make_programme 10 3
    run_split regtool ticket @1 -o t.pdf
    assert_status 0
    [ -z "$stderr" ]
    run_split pdftotext -layout t.pdf -
    assert_has 'Talk 9.2'
    rm -f regtool.db*
    make_programme 30 3
    run_split regtool ticket @1 -o t.pdf
    assert_status 0
    [ -z "$stderr" ]
    [ "$(pages t.pdf)" -eq 1 ]
    run_split pdftotext -layout t.pdf -
    assert_has 'Session 29'
    assert_has_not Talk
}

@test 'what a page cannot hold is said' {
    make_programme 200 0
    run_split regtool ticket @1 -o t.pdf
    assert_status 0
    [ "$(pages t.pdf)" -eq 1 ]
    shown=$(pdftotext -layout t.pdf - | grep -c ' Session ')
    [ "$shown" -gt 30 ]
    run_split regtool ticket @1 -o t.pdf
    assert_has "the last $((200 - shown)) of it are left out" stderr
    run_split pdftotext -layout t.pdf -
    assert_has "… and $((200 - shown)) more"
}

@test 'an event of which little is known' {
    regtool -q init --event e --timezone UTC
    regtool -q registrant add --name Ada --email ada@example.org >/dev/null
    run_split regtool ticket @1 -o t.pdf
    assert_status 0
    run_split pdftotext t.pdf -
    assert_has Ada
    assert_has_not 'Times are'
}

@test 'unknown, or without key' {
    regtool -q init --event e --timezone UTC
    run_split regtool ticket nobody@example.org -o t.pdf
    assert_status 4
    rm regtool.db.key
    run_split regtool ticket --all -o t.pdf
    assert_status 5
    assert_no_file t.pdf
}
