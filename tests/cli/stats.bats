#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause

load helper

setup_test() {
    regtool init --event e --timezone Europe/Zurich --quiet
    cat >people.csv <<'END'
Name,Email,Role,Status,Course
Ada,ada@example.org,student,,C1
Bob,bob@example.org,student;speaker,cancelled,C1
Eve,eve@example.org,,pending,
END
    regtool import people.csv --quiet >/dev/null
    ada=$(regtool token show @1 -f json | jq -r .token)
}

# at TIME: Ada is seen
at() {
    regtool checkin "$ada" --arrival --at "$1" >/dev/null
}

@test 'numbers' {
    at 2022-02-15T14:00
    run at 2022-02-15T15:00
    assert_status 1
    at 2022-02-16T00:10
    regtool token revoke @3 --reason left --quiet
    run_split regtool stats -f json
    assert_status 0
    assert_json '.event == "e"'
    assert_json '.registrants == {total: 3, confirmed: 1, pending: 1, waitlisted: 0, cancelled: 1,
        erased: 0}'
    assert_json '.roles == {attendee: 1, speaker: 1, student: 2}'
    assert_json '.tokens == {valid: 2, revoked: 1}'
    assert_json '.scans | .total == 3 and .admitted == 2 and .refused == 1 and .door == 3'
    assert_json '.refusals == {"already-in": 1}'
    assert_json '.arrivals == {total: 1, "2022-02-15": 1, "2022-02-16": 1}'
    assert_json '.courses == {C1: 2}'
}

@test 'what was taken back is no arrival' {
    at 2022-02-15T14:00
    regtool attendance void 1 --reason mistake >/dev/null
    run_split regtool stats -f json
    assert_status 0
    assert_json '.scans | .total == 2 and .void == 1 and .taken_back == 1 and .door == 1'
    assert_json '.arrivals == {total: 0}'
}

@test 'table and CSV: a row for each number' {
    run_split regtool stats -f csv
    assert_status 0
    [ "${lines[0]}" = section,name,value ]
    [ "${lines[1]}" = registrants,total,3 ]
    run_split regtool stats
    assert_status 0
    assert_has confirmed
}

@test 'an empty event' {
    regtool init -d empty.db --event e --timezone UTC --quiet
    run_split regtool stats -d empty.db -f json
    assert_status 0
    assert_json '.registrants.total == 0 and .roles == {} and .courses == {}'
}
