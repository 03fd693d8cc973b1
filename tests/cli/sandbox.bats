#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# What a command may open. (That no command is kept from what it needs is seen by all the other
# files, whose commands run behind the fence too.)

load helper

setup_test() {
    regtool init --event e --timezone Europe/Zurich --quiet
    mkdir libexec
    # What stands in for the program behind -f xlsx opens what it should not.
    cat >libexec/regtool-xlsx <<'END'
#!/bin/sh
cat <"${other:?}" >&2 || exit 1
exit 1
END
    chmod 755 libexec/regtool-xlsx
    export REGTOOL_LIBEXEC=$PWD/libexec
}

@test 'a file that nobody named cannot be opened' {
    need_landlock
    printf 'in the folder of the database\n' >beside
    other=$PWD/beside run regtool event list -f xlsx -o list.xlsx
    assert_status 5
    assert_has 'in the folder of the database'
    # Readable for everybody, and in no folder that was named.
    other=/etc/passwd run regtool event list -f xlsx -o list.xlsx
    assert_status 5
    assert_has_not root:
    assert_has 'Permission denied'
}

@test 'REGTOOL_SANDBOX=off: all can be opened' {
    REGTOOL_SANDBOX=off other=/etc/passwd run regtool event list -f xlsx -o list.xlsx
    assert_status 5
    assert_has root:
    REGTOOL_SANDBOX=no run regtool event list
    assert_status 2
    assert_has "REGTOOL_SANDBOX: 'no'"
}

@test 'files elsewhere, by options and links' {
    mkdir deep a b
    printf 'Name,Email\nAda,ada@example.org\n' >a/people.csv
    ln -s ../a/people.csv b/link.csv
    mv regtool.db regtool.db.key deep/
    rm -f regtool.db.lock regtool.db-journal
    ln -s deep/regtool.db regtool.db
    run regtool -k deep/regtool.db.key import b/link.csv -o b/report.json -f json
    assert_status 0
    assert_file deep/regtool.db.lock
    ln -s ../a/out.csv b/out.csv
    run regtool registrant list -f csv -o b/out.csv
    assert_status 0
    grep -q Ada a/out.csv
    run regtool import -k deep/regtool.db.key --dry-run <(cat b/link.csv)
    assert_status 0
    run regtool registrant list -o /dev/null
    assert_status 0
    run regtool registrant list -o /dev/stdout
    assert_status 0
    assert_has Ada
}
