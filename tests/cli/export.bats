#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T14:40:00+01:00
    regtool init --event e --timezone Europe/Zurich --quiet
    cat >people.csv <<'END'
Name,Email,Role,Course,Diet
Ada Lovelace,ada@example.org,student,C1,none
Bob,bob@example.org,,,"fish, rice"
END
    regtool import people.csv --quiet >/dev/null
    cat >programme.csv <<'END'
session,kind,start,end,title,people
S1,session,2022-02-15T14:30,2022-02-15T16:30,Morning,
S1,talk,2022-02-15T14:30,2022-02-15T15:00,On engines,Ada Lovelace
END
    regtool programme import programme.csv --quiet >/dev/null
    token=$(regtool token show @1 -f json | jq -r .token)
    regtool checkin "$token" >/dev/null
}

@test 'each kind is what its list or report gives' {
    diff <(regtool export scans) <(regtool attendance list -f csv)
    diff <(regtool export attendance) <(regtool attendance show -f csv)
    diff <(regtool export programme) <(regtool programme export)
    diff <(regtool export courses) <(regtool course list -f csv)
    diff <(regtool export credits) <(regtool credit-report --course C1 -f csv)
    for kind in registrants scans attendance programme courses credits; do
        run_split regtool export $kind
        assert_status 0
        [ "${#lines[@]}" -ge 2 ]
        run_split regtool export $kind -f json
        assert_status 0
        assert_json 'type == "array" and length >= 1'
        run_split regtool export $kind -f table
        assert_status 0
    done
}

@test 'registrants: the answers too, and import takes it back unchanged' {
    run_split regtool export registrants -o out.csv
    assert_status 0
    head -n 1 out.csv | grep -q '^registrant,name,email,'
    head -n 1 out.csv | grep -q Diet
    run_split regtool import out.csv -f json
    assert_status 0
    assert_json '.[0] | .rows == 2 and .unchanged == 2 and .added == 0 and .updated == 0'
    diff out.csv <(regtool export registrants)
}

@test 'an unknown kind: usage, with the kinds' {
    run regtool export registrant
    assert_status 2
    assert_has "did you mean 'registrants'"
    run regtool export everything
    assert_status 2
    assert_has 'registrants, scans, attendance, programme, courses, credits'
    run regtool export
    assert_status 2
    run regtool export scans attendance
    assert_status 2
}
