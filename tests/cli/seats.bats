#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# Seats of an event: capacity, waiting list, who is given a seat that gets free.

load helper

setup_test() {
    regtool --quiet init --event one --timezone Europe/Zurich --capacity 2
}

# add NAME... : registers them one after the other
add() {
    local name
    for name in "$@"; do
        regtool --quiet registrant add --name "$name" --email "$name@example.org" >/dev/null
    done
}

# statuses: as "1 confirmed,2 waitlisted"
statuses() {
    regtool registrant list -f json | jq -r 'map("\(.registrant) \(.status)") | join(",")'
}

# seats: as "2 of 2, 1 waiting"
seats() {
    regtool event show -f json | jq -r '"\(.taken) of \(.capacity), \(.waiting) waiting"'
}

# import ROW... : a file of these rows, with e-mail address and state
import() {
    printf '%s\n' email,status "$@" >in.csv
    run_split regtool import in.csv -f json
}

@test "capacity is a number of seats or none" {
    run_split regtool event show -f json
    assert_json '.capacity == 2 and .taken == 0 and .waiting == 0'
    run_split regtool event set one --capacity none -f json
    assert_status 0
    assert_json '.capacity == null and .taken == null and .waiting == null and .promoted == []'
    run_split regtool event add two --capacity 0 -f csv
    assert_status 0
    assert_has ',30,0,0,0'
    run_split regtool event list -f json
    assert_json 'map(.capacity) == [null, 0] and (.[0] | has("taken") | not)'
    for bad in -1 '' x 1.5 1234567890 None; do
        run_split regtool event set one --capacity "$bad"
        assert_status 2
        assert_has --capacity stderr
    done
}

@test "who comes when all seats are taken waits, in the order of arrival" {
    add a b
    run_split regtool registrant add --email c@example.org -f json
    assert_status 0
    assert_json '.status == "waitlisted" and .place == 1 and .promoted == []'
    assert_has '2 of 2 seats are taken: @3 is on the waiting list, place 1' stderr
    run_split regtool registrant add --email d@example.org
    assert_has 'place in queue  2'
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted,4 waitlisted' ]
    [ "$(seats)" = '2 of 2, 2 waiting' ]
    # Not by hand: an import may change it.
    [ "$(regtool registrant show @3 -f json | jq .status_by_hand)" = false ]
}

@test "pending takes a seat, cancelled does not" {
    regtool --quiet registrant add --email a@example.org --status pending >/dev/null
    regtool --quiet registrant add --email b@example.org --status cancelled >/dev/null
    add c d
    [ "$(statuses)" = '1 pending,2 cancelled,3 confirmed,4 waitlisted' ]
}

@test "cancel gives the seat to the next, and says to whom" {
    add a b c d
    run_split regtool registrant cancel a@example.org --reason ill
    assert_status 0
    assert_has '@3 (c) waited and has a seat now' stderr
    run_split regtool registrant cancel @2 --reason ill -f json
    assert_status 0
    assert_json '.status == "cancelled" and .promoted == [{registrant: 4, name: "d"}]'
    [ -z "${stderr-}" ]
    run_split regtool registrant cancel @3 --reason ill -f json
    assert_json '.promoted == []'
    [ "$(statuses)" = '1 cancelled,2 cancelled,3 cancelled,4 confirmed' ]
    run_split regtool log -f json
    assert_json 'map(select(.action == "registrant promote") | [.subject, .subject_id])
        == [["registrant", 3], ["registrant", 4]]'
}

@test "who waits may cancel too, and frees no seat" {
    add a b c d
    run_split regtool registrant cancel @3 --reason ill -f json
    assert_json '.place == null and .promoted == []'
    run_split regtool registrant cancel @1 --reason ill -f json
    assert_json '.promoted == [{registrant: 4, name: "d"}]'
}

@test "by hand a seat is given beyond the capacity, and that is said" {
    add a b c d
    run_split regtool registrant confirm @4
    assert_status 0
    assert_has '3 of 2 seats are taken now' stderr
    run_split regtool registrant add --email e@example.org --status confirmed
    assert_has '4 of 2 seats are taken now' stderr
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted,4 confirmed,5 confirmed' ]
    # Two too many: two may go before somebody comes in.
    run_split regtool registrant cancel @1 --reason x -f json
    assert_json '.promoted == []'
    run_split regtool registrant set @2 --status cancelled -f json
    assert_json '.promoted == []'
    run_split regtool registrant set @5 --status cancelled -f json
    assert_json '.promoted == [{registrant: 3, name: "c"}]'
    run_split regtool registrant set @3 --category x
    [ -z "${stderr-}" ]
}

@test "who is put on the waiting list by hand gives the seat to the next, and waits behind" {
    add a b c
    run_split regtool registrant set @1 --status waitlisted -f json
    assert_json '.place == 1 and .promoted == [{registrant: 3, name: "c"}]'
    assert_has '@1 is on the waiting list, place 1' stderr
    run_split regtool registrant cancel @3 --reason x -f json
    assert_json '.promoted == [{registrant: 1, name: "a"}]'
    # Files do not decide of whom somebody has decided by hand.
    import a@example.org,cancelled
    assert_json '.[0].kept == 1'
}

@test "by hand one may wait while a seat is free, until seats are given out next" {
    add a b
    run_split regtool registrant set @1 --status waitlisted
    assert_has '@1 is on the waiting list, place 1, though only 1 of 2 seats are taken' stderr
    [ "$(seats)" = '1 of 2, 1 waiting' ]
    run_split regtool registrant add --email c@example.org -f json
    assert_json '.status == "waitlisted" and .promoted == [{registrant: 1, name: "a"}]'
}

@test "more seats, or no limit, are given to who waits; less take none away" {
    add a b c d e
    run_split regtool event set one --capacity 3 -f json
    assert_json '.capacity == 3 and .taken == 3 and .waiting == 2
        and .promoted == [{registrant: 3, name: "c"}]'
    run_split regtool event set one --capacity 1
    assert_status 0
    assert_has '3 of 1 seats are taken: who has one keeps it' stderr
    [ "$(seats)" = '3 of 1, 2 waiting' ]
    run_split regtool event set one --title Same -f json
    assert_json '.promoted == [] and .capacity == 1'
    run_split regtool event set one --capacity none
    assert_has '@4 (d) waited and has a seat now' stderr
    assert_has '@5 (e) waited and has a seat now' stderr
    [ "$(statuses | tr , '\n' | grep -c confirmed)" = 5 ]
    add f
    [ "$(statuses | tr , '\n' | grep -c confirmed)" = 6 ]
}

@test "a capacity given later: who is there keeps the seat, who waits gets what is free" {
    regtool --quiet event set one --capacity none
    import a@x,confirmed b@x,waitlisted c@x,confirmed d@x,waitlisted
    assert_json '.[0] | .added == 4 and .waitlisted == 2 and .promoted == 0'
    [ "$(statuses)" = '1 confirmed,2 waitlisted,3 confirmed,4 waitlisted' ]
    run_split regtool event set one --capacity 3 -f json
    assert_json '.promoted == [{registrant: 2, name: "b@x"}]'
    run_split regtool event set one --capacity 2
    assert_has '3 of 2 seats are taken' stderr
}

@test "import: over the capacity rows wait in their order; the same again changes nothing" {
    import a@x, b@x,pending c@x,pending d@x,confirmed
    assert_status 0
    assert_json '.[0] | .added == 4 and .waitlisted == 2 and .promoted == 0'
    assert_has '2 of 2 seats are taken: put on the waiting list: 2' stderr
    [ "$(statuses)" = '1 confirmed,2 pending,3 waitlisted,4 waitlisted' ]
    run_split regtool import in.csv -f json
    assert_json '.[0] | .unchanged == 4 and .updated == 0 and .waitlisted == 0'
    [ "$(statuses)" = '1 confirmed,2 pending,3 waitlisted,4 waitlisted' ]
}

@test "import: paid or not is the file's to say, the queue is not" {
    import a@x,pending b@x,confirmed c@x,confirmed
    import a@x,confirmed b@x,waitlisted c@x,confirmed
    assert_json '.[0] | .updated == 1 and .unchanged == 2'
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted' ]
    run_split regtool import in.csv --force-status -f json
    assert_json '.[0].unchanged == 3'
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted' ]
}

@test "import: a cancellation frees the seat for who waits, wherever it stands in the file" {
    import a@x, b@x, c@x, d@x,
    import e@x,pending c@x,confirmed a@x,cancelled b@x,cancelled d@x,cancelled
    assert_status 0
    assert_json '.[0] | .added == 1 and .updated == 3 and .unchanged == 1 and .waitlisted == 0
        and .promoted == 1'
    [ "$(statuses)" = '1 cancelled,2 cancelled,3 confirmed,4 cancelled,5 pending' ]
    run_split regtool import in.csv -f json
    assert_json '.[0] | .unchanged == 5 and .promoted == 0'
}

@test "import: says whom it gave a seat" {
    import a@x, b@x, c@x,
    printf '%s\n' email,status a@x,cancelled >in.csv
    run_split regtool import in.csv -f json
    assert_json '.[0].promoted == 1'
    assert_has '@3 (c@x) waited and has a seat now' stderr
}

@test "import: who was cancelled and comes back goes to the end of the queue" {
    import a@x, b@x, c@x,
    import a@x,cancelled
    import a@x,confirmed
    assert_json '.[0] | .updated == 1 and .waitlisted == 1'
    [ "$(statuses)" = '1 waitlisted,2 confirmed,3 confirmed' ]
    import b@x,cancelled
    [ "$(statuses)" = '1 confirmed,2 cancelled,3 confirmed' ]
    import b@x,confirmed d@x,
    run_split regtool registrant cancel @3 --reason x -f json
    assert_json '.promoted == [{registrant: 2, name: "b@x"}]'
}

@test "import: who waits in the other system has a seat here as long as one is free" {
    import a@x,waitlisted b@x,confirmed c@x,waitlisted
    assert_json '.[0] | .added == 3 and .waitlisted == 2 and .promoted == 1'
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted' ]
    run_split regtool import in.csv -f json
    assert_json '.[0].unchanged == 3'
}

@test "import: a status set by hand is kept, or with --force-status is the file's" {
    import a@x, b@x, c@x, d@x,
    regtool --quiet registrant confirm c@x >/dev/null
    regtool --quiet registrant cancel @2 --reason x >/dev/null
    import b@x,confirmed c@x,cancelled d@x,confirmed
    assert_json '.[0] | .kept == 2 and .unchanged == 1'
    run_split regtool import in.csv --force-status -f json
    assert_json '.[0] | .updated == 2 and .kept == 0 and .waitlisted == 1 and .promoted == 1'
    [ "$(statuses)" = '1 confirmed,2 waitlisted,3 cancelled,4 confirmed' ]
}

@test "import: several files are one order of arrival" {
    printf '%s\n' email a@x b@x c@x >1.csv
    printf '%s\n' email,status d@x, a@x,cancelled >2.csv
    run_split regtool import 1.csv 2.csv -f json
    assert_json 'map([.added, .waitlisted, .promoted]) == [[3, 1, 0], [1, 1, 1]]'
    [ "$(statuses)" = '1 cancelled,2 confirmed,3 confirmed,4 waitlisted' ]
}

@test "import: a dry run says the same and gives no seat" {
    import a@x, b@x, c@x,
    printf '%s\n' email,status a@x,cancelled d@x, >in.csv
    run_split regtool import in.csv --dry-run -f json
    assert_json '.[0] | .updated == 1 and .added == 1 and .waitlisted == 1 and .promoted == 1'
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted' ]
    run_split regtool import in.csv --dry-run --verbose
    assert_has 'd@x: new, on the waiting list'
    assert_has '2 of 2 seats would be taken: put on the waiting list: 1' stderr
    assert_has '@3 (c@x) waits and would have a seat' stderr
    # What is refused gives no seat either.
    printf '%s\n' email,status a@x,cancelled e@@x, >in.csv
    run_split regtool import in.csv
    assert_status 3
    [ "$(statuses)" = '1 confirmed,2 confirmed,3 waitlisted' ]
}

@test "import: a bad row found while cancellations are written is rejected once" {
    import a@x, b@x, c@x,
    printf '%s\n' email,status,external_id a@x,cancelled,1 b@x,,1 d@x,, >in.csv
    run_split regtool import in.csv --mode add --skip-bad -f json
    assert_status 0
    assert_json '.[0] | .rows == 3 and .rejected == 2 and .added == 1 and (.errors | length) == 2'
    run_split regtool import in.csv --mode add -f json
    assert_status 3
    assert_json '.[0] | .rejected == 3 and (.errors | map(.line)) == [2, 3, 4]'
}

@test "without a capacity every status is as the file says, and the list of who waits is kept" {
    regtool --quiet event set one --capacity none
    import a@x,waitlisted b@x, c@x,waitlisted
    assert_json '.[0] | .waitlisted == 2'
    [ -z "${stderr-}" ]
    import a@x,confirmed b@x,waitlisted
    [ "$(statuses)" = '1 confirmed,2 waitlisted,3 waitlisted' ]
    run_split regtool registrant cancel @1 --reason x -f json
    assert_json '.promoted == []'
    run_split regtool registrant confirm @3 -f json
    assert_json '.place == null'
    run_split regtool registrant set @1 --status waitlisted -f json
    assert_json '.place == 2'
    [ -z "${stderr-}" ]
}

@test "events of one database have seats of their own" {
    add a b c
    regtool --quiet event add two --capacity 1
    regtool --quiet -e two registrant add --email d@example.org >/dev/null
    regtool --quiet -e two registrant add --email a@example.org >/dev/null
    run_split regtool -e two registrant cancel d@example.org --reason x -f json
    assert_json '.promoted == [{registrant: 5, name: "a"}]'
    run_split regtool -e one registrant list -f json
    assert_json 'map(.status) == ["confirmed", "confirmed", "waitlisted"]'
}

@test "the waiting list is shown by place, in every format; show has the place" {
    add a b c d e
    regtool --quiet registrant confirm @3 >/dev/null
    regtool --quiet registrant set @1 --status waitlisted >/dev/null
    run_split regtool registrant list --status waitlisted -f csv
    assert_status 0
    [ "${lines[0]}" = "registrant,name,email,affiliation,roles,external_id,courses,status,category,registered_at,first_checkin_at,place" ]
    [[ ${lines[1]} == 4,d,*,1 ]]
    [[ ${lines[2]} == 5,e,*,2 ]]
    [[ ${lines[3]} == 1,a,*,3 ]]
    run_split regtool registrant list --status waitlisted --search e@ -f json
    assert_json 'map([.registrant, .place]) == [[5, 2]]'
    run_split regtool registrant list --status waitlisted
    assert_has 'place in queue'
    run_split regtool registrant show @1 -f json
    assert_json '.place == 3'
    run_split regtool registrant show @2 -f json
    assert_json '.place == null'
    run_split regtool registrant show @2
    assert_has_not place
    # Other lists have the columns they always have.
    run_split regtool registrant list --status confirmed -f json
    assert_json '.[0] | has("place") | not'
    run_split regtool export registrants -f json
    assert_json '.[0] | has("place") | not'
}

@test "stats: seats taken and waiting, and with a limit how many there are and are free" {
    add a b c
    run_split regtool stats -f json
    assert_json '.seats == {taken: 2, waiting: 1, capacity: 2, free: 0}'
    regtool --quiet registrant confirm @3 >/dev/null
    run_split regtool stats -f json
    assert_json '.seats == {taken: 3, waiting: 0, capacity: 2, free: 0}'
    regtool --quiet event set one --capacity none >/dev/null
    run_split regtool stats -f json
    assert_json '.seats == {taken: 3, waiting: 0}'
}

@test "check: more seats taken than there are is no fault" {
    add a b c
    regtool --quiet registrant confirm @3 >/dev/null
    run_split regtool check
    assert_status 0
}

@test "several at once for the last seat: one gets it, the others wait in some order" {
    local i
    regtool --quiet event set one --capacity 4 >/dev/null
    add a b c
    for i in {1..8}; do
        regtool -q registrant add --email "$i@example.org" -f json >"$i.json" &
    done
    wait
    [ "$(jq -s 'map(select(.status == "confirmed")) | length' ./*.json)" = 1 ]
    [ "$(jq -s -c 'map(.place // 0) | sort' ./*.json)" = '[0,1,2,3,4,5,6,7]' ]
}
