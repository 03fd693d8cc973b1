#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# The real program where something around it is wrong: a disk that is full, a folder that cannot
# be written, a standard output that is closed or full. Each time the exit status is 5, standard
# error has a word of it, and the database is as before, or as after where only the answer could
# not be given. What this machine cannot do (mount, change the user) is left out and said.

set -u
: "${REGTOOL:?}" "${abs_srcdir:?}"

example=$abs_srcdir/doc/examples/loss-landscape-2022
export REGTOOL_NOW=2022-02-15T14:30:00+01:00 REGTOOL_ACTOR=desk
folder=$(mktemp -d "${TMPDIR:-/tmp}/regtool-surroundings-XXXXXX") || exit 99
chmod 755 "$folder"
mounted=
tried=0
refused=0
bad=0

clean_up() {
    [ -z "$mounted" ] || umount "$mounted"
    rm -rf "$folder"
}
trap clean_up EXIT

complain() {
    printf 'not ok: %s\n' "$*"
    bad=$((bad + 1))
}

# What stands in the database, in rows; and whether it is sound.
content() {
    sqlite3 -batch "$1" .dump 2>/dev/null | sha256sum
}

# expect WHAT STATUS IS: STATUS may be several, divided by |
expect() {
    tried=$((tried + 1))
    refused=$((refused + ($3 == 5)))
    case "|$2|" in
    *"|$3|"*) ;;
    *) complain "$1: exit status $3, should be $2" ;;
    esac
    if [ "$3" -eq 5 ] && [ ! -s "$folder/errors" ]; then
        complain "$1: not a word of what went wrong"
    fi
}

sound() {
    "$REGTOOL" -q -d "$2" check >"$folder/check" 2>&1 || complain "$1: $(head -3 "$folder/check")"
}

make_database() {
    (
        cd "$1" &&
            "$REGTOOL" init --event e --timezone Europe/Zurich &&
            "$REGTOOL" programme import "$example/programme.csv" &&
            "$REGTOOL" course add C --title C &&
            "$REGTOOL" import "$example/attendees.csv"
    ) >/dev/null 2>&1 || exit 99
}

# A disk with room for so many KiB more: each of the commands is done whole or not at all.
small_disk() {
    local disk=$folder/disk room before after status

    mkdir "$disk"
    if ! mount -t tmpfs -o size=8m,mode=700 tmpfs "$disk" 2>/dev/null; then
        echo 'small disk: left out: mount is not permitted here'
        return
    fi
    mounted=$disk
    mkdir "$disk/base"
    make_database "$disk/base"
    { echo name,email; seq 300 | sed 's/.*/Person &,person&@example.org/'; } >"$disk/more.csv"
    export SQLITE_TMPDIR=$disk
    for room in 0 4 8 16 32 64 128 256 512; do
        rm -rf "$disk/work" "$disk/filler"
        cp -r "$disk/base" "$disk/work"
        before=$(content "$disk/work/regtool.db")
        fallocate -l $(($(stat -f -c '%a*%S' "$disk") - room * 1024)) "$disk/filler"
        cd "$disk/work" || exit 99
        "$REGTOOL" import ../more.csv >../../output 2>"$folder/errors"
        status=$?
        cd "$folder" || exit 99
        rm "$disk/filler"
        expect "import, $room KiB free" '0|5' "$status"
        after=$(content "$disk/work/regtool.db")
        if [ "$status" -eq 0 ] && [ "$before" = "$after" ]; then
            complain "import, $room KiB free: success was claimed, and nothing is there"
        elif [ "$status" -ne 0 ] && [ "$before" != "$after" ]; then
            complain "import, $room KiB free: refused, and something is there"
        fi
        sound "import, $room KiB free" "$disk/work/regtool.db"
        fallocate -l $(($(stat -f -c '%a*%S' "$disk") - room * 1024)) "$disk/filler"
        "$REGTOOL" -d "$disk/work/regtool.db" backup "$disk/copy" >/dev/null 2>"$folder/errors"
        status=$?
        rm "$disk/filler"
        expect "backup, $room KiB free" '0|5' "$status"
        if [ "$status" -eq 0 ]; then
            sound "backup, $room KiB free" "$disk/copy"
        elif [ "$(ls "$disk")" != "$(printf '%s\n' base more.csv work)" ]; then
            complain "backup, $room KiB free: left $(ls "$disk")"
        fi
        rm -f "$disk/copy"
    done
    unset SQLITE_TMPDIR
}

# The scan is stored, its answer cannot be given: that is no success.
output_gone() {
    local database=$folder/regtool.db status

    make_database "$folder"
    cd "$folder" || exit 99
    "$REGTOOL" checkin --who @3 >/dev/full 2>errors
    expect 'checkin >/dev/full' 5 $?
    "$REGTOOL" checkin --who @4 >&- 2>errors
    status=$?
    # A descriptor that is missing is the null device: there is nobody to be told.
    expect 'checkin >&-' '0|5' "$status"
    printf '@5\n' | "$REGTOOL" -f jsonl checkin - >/dev/full 2>errors
    expect 'checkin - >/dev/full' 5 "${PIPESTATUS[1]}"
    "$REGTOOL" -f csv registrant list >/dev/full 2>errors
    expect 'registrant list >/dev/full' 5 $?
    "$REGTOOL" -f csv registrant list -o /dev/full 2>errors
    expect 'registrant list -o /dev/full' 5 $?
    "$REGTOOL" import "$example/attendees.csv" >/dev/full 2>errors
    expect 'import >/dev/full' 5 $?
    "$REGTOOL" --help >/dev/full 2>errors
    expect '--help >/dev/full' 5 $?
    # Whoever read it went away: SIGPIPE is ignored, and the status says so.
    { "$REGTOOL" -f csv registrant list 2>errors; echo $? >status; } | true
    tried=$((tried + 1))
    if [ "$(cat status)" != 5 ] && [ "$(cat status)" != 0 ]; then
        complain "registrant list | true: exit status $(cat status)"
    fi
    sound 'output gone' "$database"
}

# Reading works where nothing can be written; writing says so.
read_only() {
    local database=$folder/closed/regtool.db before user=65534

    mkdir "$folder/closed"
    make_database "$folder/closed"
    rm -f "$folder/closed"/*.lock "$folder/closed"/*-journal
    if [ "$(id -u)" -eq 0 ]; then
        as_other() { setpriv --reuid $user --regid $user --clear-groups "$@"; }
        if ! command -v setpriv >/dev/null || ! as_other test -x "$REGTOOL" 2>/dev/null; then
            echo 'read-only folder: left out: no other user can run the program here'
            return
        fi
        chown -R $user "$folder/closed"
    else
        as_other() { "$@"; }
    fi
    chmod 400 "$folder/closed"/*
    chmod 500 "$folder/closed"
    before=$(sha256sum "$database")
    as_other "$REGTOOL" -d "$database" registrant list >/dev/null 2>"$folder/errors"
    expect 'registrant list in a read-only folder' 0 $?
    as_other "$REGTOOL" -d "$database" check >/dev/null 2>"$folder/errors"
    expect 'check in a read-only folder' 0 $?
    as_other "$REGTOOL" -d "$database" checkin --who @3 >/dev/null 2>"$folder/errors"
    expect 'checkin in a read-only folder' 5 $?
    as_other "$REGTOOL" -d "$database" import "$example/attendees.csv" >/dev/null \
        2>"$folder/errors"
    expect 'import in a read-only folder' 5 $?
    as_other "$REGTOOL" -d "$database" backup "$folder/closed/copy" >/dev/null 2>"$folder/errors"
    expect 'backup into a read-only folder' 5 $?
    as_other "$REGTOOL" -d "$folder/closed/new.db" init --event e >/dev/null 2>"$folder/errors"
    expect 'init in a read-only folder' 5 $?
    [ "$before" = "$(sha256sum "$database")" ] || complain 'the read-only database was changed'
    chmod 700 "$folder/closed"
    [ "$(ls "$folder/closed")" = "$(printf 'regtool.db\nregtool.db.key')" ] ||
        complain "files were made in a read-only folder: $(ls "$folder/closed")"
}

# The system calls themselves fail, one after the other, of the program as it is installed.
system_calls() {
    local call error number database=$folder/calls/regtool.db before done_once status

    if ! strace -o /dev/null true 2>/dev/null; then
        echo 'system calls: left out: strace is not installed, or not permitted here'
        return
    fi
    mkdir "$folder/calls"
    make_database "$folder/calls"
    cp -r "$folder/calls" "$folder/kept"
    before=$(content "$database")
    for call in pwrite64:ENOSPC pwrite64:EIO fdatasync:EIO ftruncate:EIO flock:ENOLCK; do
        error=${call#*:}
        for number in $(seq 1 100); do
            rm -rf "$folder/calls"
            cp -r "$folder/kept" "$folder/calls"
            strace -qq -o "$folder/trace" -e trace="${call%:*}" \
                -e inject="${call%:*}:error=$error:when=$number" \
                "$REGTOOL" -d "$database" checkin --who @3 >"$folder/output" 2>"$folder/errors"
            status=$?
            grep -q INJECTED "$folder/trace" || break
            expect "checkin, $call:$number" '0|5' "$status"
            done_once=$(content "$database")
            if [ "$status" -eq 0 ] || [ -s "$folder/output" ]; then
                [ "$done_once" != "$before" ] || complain "checkin, $call:$number: claimed and lost"
            fi
            sound "checkin, $call:$number" "$database"
        done
    done
}

output_gone
read_only
small_disk
system_calls
printf '%d tried, %d of them refused, %d faults\n' "$tried" "$refused" "$bad"
[ "$bad" -eq 0 ]
