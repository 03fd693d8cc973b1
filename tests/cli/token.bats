#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause

load helper

setup_test() {
    cat >people.csv <<'END'
Name,Email,Role,Status,Sciper
Ada Lovelace,ada@example.org,student,,100001
Bob,bob@example.org,,cancelled,100002
=Eve,eve@example.org,speaker;chair,,
,nameless@example.org,,,
END
    regtool import people.csv --quiet >/dev/null
}

# token_of WHO
token_of() {
    regtool token show "$1" -f json | jq -r .token
}

@test 'export: everybody with a token, cancelled people too' {
    run_split regtool token export
    assert_status 0
    [ "${lines[0]}" = registrant,name,email,roles,token ]
    [ "${#lines[@]}" -eq 5 ]
    [[ "${lines[1]}" =~ ^1,Ada\ Lovelace,ada@example.org,student,([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$ ]]
    [[ "${lines[2]}" = 2,Bob,bob@example.org,attendee,* ]]
    [[ "${lines[3]}" = "3,'=Eve,eve@example.org,chair;speaker,"* ]]
    [[ "${lines[4]}" = 4,nameless@example.org,nameless@example.org,attendee,* ]]
    assert_has_not regtool stderr
}

@test 'export: JSON, and the same each time' {
    run_split regtool token export -f json
    assert_status 0
    assert_json 'length == 4 and .[2].roles == ["chair", "speaker"] and .[2].name == "=Eve"'
    assert_json '[.[].token] | unique | length == 4'
    first=$output
    run_split regtool token export -f json
    assert_output "$first"
}

@test 'export: a file is private' {
    umask 0
    run regtool token export -o tokens.csv
    assert_status 0
    assert_output ''
    assert_mode tokens.csv 600
    [ "$(wc -l <tokens.csv)" -eq 5 ]
    touch open.csv
    chmod 644 open.csv
    run regtool token export -o open.csv
    assert_status 0
    assert_mode open.csv 600
}

@test 'export: the same as import --tokens gave' {
    printf 'Name,Email\nZoe,zoe@example.org\n' >more.csv
    regtool import more.csv --tokens tokens.csv --quiet >/dev/null
    assert_mode tokens.csv 600
    diff <(regtool token export) tokens.csv
}

@test 'show: by number, e-mail, external id, token' {
    run_split regtool token show @1 -f json
    assert_status 0
    assert_json '.registrant == 1 and .name == "Ada Lovelace" and .email == "ada@example.org"'
    assert_json '.roles == ["student"]'
    shown=$output
    for who in ADA@example.org 100001 '#1' "$(json .token)" "$(json '.token | ascii_downcase')"; do
        run_split regtool token show "$who" -f json
        assert_status 0
        assert_output "$shown"
    done
    run regtool token show @99
    assert_status 4
    run regtool token show nobody@example.org
    assert_status 4
}

@test 'reissue: the old token is dead, the new one opens' {
    old=$(token_of @1)
    run_split regtool token reissue @1 --reason 'lost badge' -f json
    assert_status 0
    new=$(json .token)
    [ "$new" != "$old" ]
    assert_json '.registrant == 1'
    [ "$(token_of @1)" = "$new" ]
    run_split regtool checkin "$old" -f json
    assert_status 1
    assert_json '.[0].reason == "revoked-token"'
    run_split regtool checkin "$new" -f json
    assert_status 0
}

@test 'reissue: a reason is needed, and is kept' {
    run regtool token reissue @1
    assert_status 2
    assert_has '--reason'
    run regtool token reissue @1 --reason ''
    assert_status 2
    regtool token reissue @1 --reason 'lost badge' >/dev/null
    run_split regtool log --who @1 -f json
    assert_json '.[-1].action == "token reissue" and .[-1].reason == "lost badge"'
}

@test 'revoke: all of a person' {
    token=$(token_of @1)
    rm regtool.db.key
    run_split regtool token revoke ada@example.org --reason left
    assert_status 0
    assert_output ''
    run_split regtool checkin "$token" -f json
    assert_status 1
    assert_json '.[0].reason == "revoked-token"'
    run regtool token revoke ada@example.org --reason left
    assert_status 1
    assert_has 'already revoked'
    run regtool token revoke nobody@example.org --reason left
    assert_status 4
    run regtool token revoke @1
    assert_status 2
}

@test 'revoke: one token' {
    token=$(token_of @1)
    run regtool token revoke "$token" --reason stolen
    assert_status 0
    run regtool token revoke "$token" --reason stolen
    assert_status 1
    assert_has 'revoked already'
    new=$(regtool token reissue @1 --reason stolen -f json | jq -r .token)
    run regtool token revoke "$token" --reason stolen
    assert_status 1
    run regtool checkin "$new"
    assert_status 0
    # Words about it do not repeat it.
    run regtool token revoke "$token" --reason again
    assert_has_not "$token"
}

@test 'whose tokens are all revoked is left out of the export, and said' {
    regtool token revoke @2 --reason left --quiet
    run_split regtool token export
    assert_status 0
    [ "${#lines[@]}" -eq 4 ]
    assert_has_not bob@example.org
    assert_has '1 whose tokens' stderr
    run regtool token show @2
    assert_status 4
    assert_has 'regtool token reissue @2'
}

@test 'without the key: exit 5, the file and why' {
    mv regtool.db.key other.key
    for command in 'export' 'show @1' 'reissue @1 --reason r'; do
        # shellcheck disable=SC2086 # a command with its arguments
        run regtool token $command
        assert_status 5
        assert_has "'regtool.db.key': No such file or directory"
    done
    run regtool token show @1 --key other.key
    assert_status 0
    chmod 640 other.key
    run regtool token show @1 --key other.key
    assert_status 5
    assert_has 'others can'
    chmod 600 other.key
    sed -i 's/^key: ./key: g/' other.key
    run regtool token show @1 --key other.key
    assert_status 5
    assert_has "'other.key': damaged"
}

@test 'a wrong key is refused by its id' {
    regtool init -d other.db --quiet
    run regtool token export --key other.db.key
    assert_status 5
    assert_has "$(sed -n 's/^id: //p' other.db.key)"
    assert_has "$(sed -n 's/^id: //p' regtool.db.key)"
    run regtool token reissue @1 --reason r --key other.db.key
    assert_status 5
    run regtool check
    assert_status 0
}

# bytes_of TOKEN: its 128 bits in hexadecimal digits
bytes_of() {
    local alphabet=0123456789abcdefghjkmnpqrstvwxyz symbols=${1//-/} bits='' before i bit
    symbols=${symbols,,}
    for ((i = 0; i < 26; i++)); do
        before=${alphabet%%"${symbols:i:1}"*}
        for bit in 4 3 2 1 0; do
            bits+=$((${#before} >> bit & 1))
        done
    done
    bits=${bits:2}
    for ((i = 0; i < 128; i += 4)); do
        printf %x $((2#${bits:i:4}))
    done
}

@test 'the file holds no token, in no spelling' {
    token=$(token_of @1)
    regtool checkin "$token" >/dev/null
    regtool token reissue @1 --reason lost >/dev/null
    run regtool checkin "$token"
    assert_status 1
    plain=${token//-/}
    for file in regtool.db*; do
        for spelling in "$token" "$plain" "${plain:0:8}"; do
            run grep -aic -- "$spelling" "$file"
            [ "$output" = 0 ]
        done
        run grep -c "$(bytes_of "$token")" <(od -An -v -tx1 "$file" | tr -d ' \n')
        [ "$output" = 0 ]
    done
    # The search finds what is there.
    run grep -aic 'ada@example.org' regtool.db
    [ "$output" -gt 0 ]
    run grep -c "$(printf 'ada@example.org' | od -An -v -tx1 | tr -d ' \n')" \
        <(od -An -v -tx1 regtool.db | tr -d ' \n')
    [ "$output" -gt 0 ]
    [ "$(bytes_of 14A7-D1N3-0BXH-MFF0-B9WY-28XX-FMK1)" = 2451da1a8c0bec68f78169e7848ef5f4 ]
}
