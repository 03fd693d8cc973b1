#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# The example of the manual, played from the empty folder to the report.

load helper

@test "the example plays to its end, as it says" {
    run "${abs_srcdir:?}/doc/examples/loss-landscape-2022/play.sh" played
    assert_status 0
    assert_has 'All as expected.'
    assert_has '465 minutes in all'
}

@test "what it played is whole, and its programme comes back unchanged" {
    "${abs_srcdir:?}/doc/examples/loss-landscape-2022/play.sh" played >/dev/null
    cd played
    run_split regtool check
    assert_status 0
    regtool programme export -o again.csv
    run_split regtool programme import --replace again.csv -f json
    assert_status 0
    assert_json '.[0] | .sessions_unchanged == 5 and .items_unchanged == 24'
    # Its sessions have scans now: none of them may go.
    head -n 9 programme.csv >shorter.csv
    run_split regtool programme import --replace shorter.csv -f json
    assert_status 3
    assert_json '[.[0].errors[].message | capture("session .(?<code>[^ ]+). is").code] ==
        ["S2", "S3", "S4", "S4C"]'
    run_split regtool check
    assert_status 0
}
