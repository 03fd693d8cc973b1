#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool-print, the program that makes the PDFs: what it refuses. What it makes is tested in
# badge.bats and ticket.bats.

# shellcheck disable=SC2016 # the inner shell expands
load helper

setup_test() {
    maker=${abs_builddir:?}/regtool-print
    [ -x "$maker" ] || skip 'built without badges (--without-print)'
    printf '{"print": 1, "what": "badge", "size": "90x55", "maker": "x", "code": "e"}\n' >head.json
    printf '{"number": 1, "name": "Ada", "token": "T"}\n' >person.json
}

@test 'a list that is not one, or was cut off, is refused' {
    while read -r expected && read -r rest; do
        { cat head.json; printf '%b' "$rest"; } >list
        run_split bash -c '"$1" <list | cat; exit "${PIPESTATUS[0]}"' bash "$maker"
        assert_status 3
        assert_has "$expected" stderr
    done <<'END'
line 2 of the list: it ends before its end

line 3 of the list: it ends before its end
{"number": 1, "name": "Ada", "token": "T"}\n
line 3 of the list: neither a person nor the number of people
{"number": 1, "name": "Ada", "token": "T"}\n{"people": 2}\n
line 3 of the list: it goes on after its end
{"number": 1, "name": "Ada", "token": "T"}\n{"people": 1}\nx
line 2 of the list: not a person
{"number": 1, "name": "Ada"}\n
line 2 of the list: not a person
{"number": "1", "name": "Ada", "token": "T"}\n
line 2 of the list: not an item
{"start": "2022-02-15T10:00"}\n
line 2 of the list: 
[x]\n
there is nobody on the list
{"people": 0}\n
END
    while read -r line; do
        run_split bash -c '"$1" <<<"$2" | cat; exit "${PIPESTATUS[0]}"' bash "$maker" "$line"
        assert_status 3
        assert_output ''
    done <<'END'

{}
{"print": 2, "what": "badge", "size": "90x55", "maker": "x", "code": "e"}
{"print": 1, "size": "90x55", "maker": "x", "code": "e"}
END
}

@test 'what it cannot print' {
    for head in '"what": "poster"' '"what": "badge", "size": "1x1"' '"what": "badge"'; do
        { echo "{\"print\": 1, $head, \"maker\": \"x\", \"code\": \"e\"}"; cat person.json; } >list
        run_split bash -c '"$1" <list | cat; exit "${PIPESTATUS[0]}"' bash "$maker"
        assert_status 3
        assert_output ''
    done
    # A code whose modules scanners could not tell apart.
    { cat head.json; sed "s/\"T\"/\"$(printf 'A%.0s' {1..300})\"/" person.json; echo '{"people": 1}'; } >list
    run_split bash -c '"$1" <list | cat; exit "${PIPESTATUS[0]}"' bash "$maker"
    assert_status 3
    assert_has '@1: the token is too long for a QR code of this size' stderr
}

@test 'nobody starts it by hand' {
    run_split "$maker" x </dev/null
    assert_status 2
    assert_has 'regtool starts this program by itself' stderr
}
