#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause

load helper

setup_test() {
    export REGTOOL_ACTOR=desk
    REGTOOL_NOW='2022-02-15T08:00:00Z' regtool init --event e --timezone Europe/Zurich --quiet
    printf 'Name,Email\nAda,ada@example.org\nBob,bob@example.org\n' >people.csv
    REGTOOL_NOW='2022-02-15T09:00:00Z' regtool import people.csv --quiet >/dev/null
    token=$(regtool token show @1 -f json | jq -r .token)
    REGTOOL_NOW='2022-02-15T10:00:00Z' regtool checkin "$token" >/dev/null
    REGTOOL_NOW='2022-02-15T11:00:00Z' regtool token revoke @2 --reason 'left early' --quiet
}

@test 'everything, in order' {
    run_split regtool log -f json
    assert_status 0
    assert_json '[.[].entry] == [1, 2, 3, 4, 5]'
    assert_json '[.[].action] == ["init", "event add", "import", "checkin", "token revoke"]'
    assert_json 'all(.actor == "desk")'
    assert_json '.[3].at == "2022-02-15T11:00:00+01:00" and .[3].scans == "1"'
    assert_json '.[4] | .subject == "registrant" and .subject_id == 2 and .reason == "left early"'
    run_split regtool log -f csv
    assert_status 0
    [ "${lines[0]}" = entry,at,actor,action,subject,subject_id,detail,scans,reason ]
}

@test 'no names and no addresses, but in reasons' {
    run_split regtool log -f json
    assert_has_not Ada
    assert_has_not ada@example.org
    assert_has_not "$token"
}

@test '--who: of a registrant, with the scans' {
    run_split regtool log --who ada@example.org -f json
    assert_status 0
    assert_json '[.[].entry] == [4]'
    run_split regtool log --who @2 -f json
    assert_json '[.[].entry] == [5]'
    run regtool log --who @9
    assert_status 4
}

@test '--since: from a time on, by the clock of the event' {
    run_split regtool log --since '2022-02-15 11:00' -f json
    assert_status 0
    assert_json '[.[].entry] == [4, 5]'
    run_split regtool log --since 2022-02-15T11:00:01+01:00 -f json
    assert_json '[.[].entry] == [5]'
    run regtool log --since yesterday
    assert_status 2
    run regtool log --since '2022-03-27 02:30'
    assert_status 2
}

@test '--head: one line that grows' {
    run_split regtool log --head
    assert_status 0
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" =~ ^5:[0-9a-f]{64}$ ]]
    head=$output
    run_split regtool log --head -f json
    assert_json ".entry == 5 and (.hash | length) == 64 and .head == \"$head\""
    run regtool check --head "$head"
    assert_status 0
    run regtool log --head --who @1
    assert_status 2
}

@test 'with several events: UTC, and said' {
    regtool event add other --timezone America/New_York --quiet >/dev/null
    run_split regtool log -f json
    assert_status 0
    assert_json '.[3].at == "2022-02-15T10:00:00+00:00" or .[3].at == "2022-02-15T10:00:00Z"'
    assert_has UTC stderr
    run_split regtool log --event e -f json
    assert_json '.[3].at == "2022-02-15T11:00:00+01:00"'
    run regtool log --who @1
    assert_status 4
}

@test 'it cannot be changed or cut' {
    run sqlite3 regtool.db 'DELETE FROM log WHERE log_id = 5'
    [ "$status" -ne 0 ]
    run sqlite3 regtool.db "UPDATE scan SET station = 'x'"
    [ "$status" -ne 0 ]
}
