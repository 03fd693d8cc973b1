# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# What every test of the command line stands on: each test runs in a fresh, empty folder
# of its own. `load helper' at the top of a .bats file.
#
#	run regtool checkin "$token"        status and output
#	run_split regtool list -f json      status, output, and stderr apart
#	assert_status 0
#	assert_json '.[0].name == "Ada"'    of $output

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    if declare -F setup_test >/dev/null; then
        setup_test
    fi
}

# The program under test, whatever the PATH says.
regtool() {
    "${REGTOOL:?is not set: run the tests with make check}" "$@"
}

# run_split COMMAND...: like run, with standard error apart in $stderr
run_split() {
    run --separate-stderr "$@"
}

# What the last run gave, for the log of a failed test.
show_run() {
    printf 'status: %s\n' "${status-}"
    printf 'output: %s\n' "${output-}"
    printf 'stderr: %s\n' "${stderr-}"
}

assert_status() {
    if [ "$status" -ne "$1" ]; then
        printf 'expected status %s\n' "$1"
        show_run
        return 1
    fi
}

assert_output() {
    if [ "$output" != "$1" ]; then
        printf 'expected output: %s\n' "$1"
        show_run
        return 1
    fi
}

# assert_has TEXT [WHERE]: WHERE is output (default) or stderr
assert_has() {
    local where=${2-output}
    if [[ "${!where}" != *"$1"* ]]; then
        printf 'expected in %s: %s\n' "$where" "$1"
        show_run
        return 1
    fi
}

assert_has_not() {
    local where=${2-output}
    if [[ "${!where}" == *"$1"* ]]; then
        printf 'not expected in %s: %s\n' "$where" "$1"
        show_run
        return 1
    fi
}

# assert_json FILTER [JQ OPTION]...: FILTER must give true for $output
assert_json() {
    local filter=$1
    shift
    if ! jq -e "$@" "$filter" <<<"$output" >/dev/null; then
        printf 'not so in the JSON: %s\n' "$filter"
        show_run
        return 1
    fi
}

# json FILTER [JQ OPTION]...: prints what FILTER gives for $output
json() {
    local filter=$1
    shift
    jq -r "$@" "$filter" <<<"$output"
}

# The names of all files in the folder but those that run_split makes.
files() {
    find . -mindepth 1 ! -name 'separate-stderr-*' | sed 's:^\./::' | sort
}

# A file must be there, or must not.
assert_file() {
    if [ ! -e "$1" ]; then
        printf 'there is no %s\n' "$1"
        return 1
    fi
}

assert_no_file() {
    if [ -e "$1" ]; then
        printf 'there is a %s\n' "$1"
        return 1
    fi
}

# assert_mode FILE MODE: 600
assert_mode() {
    local mode
    mode=$(stat -c %a "$1")
    if [ "$mode" != "$2" ]; then
        printf '%s has mode %s, not %s\n' "$1" "$mode" "$2"
        return 1
    fi
}

# First in a test that needs a terminal: a bare folder that one changed root into has none
# to give. Such a test is left out, and counted as skipped.
need_terminal() {
    script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
        skip 'no pseudo-terminals here: is /dev/pts mounted?'
}

# First in a test of the fence that a command puts round itself.
need_landlock() {
    run regtool --verbose event list
    if [[ "$output" == *Landlock* ]]; then
        skip 'there is no Landlock here'
    fi
}

# play_first_day: the example's first day, in the event 'one' and in this folder
play_first_day() {
    cp "${abs_srcdir:?}"/doc/examples/loss-landscape-2022/*.{csv,jsonl} .
    regtool -q init --event one --timezone Europe/Zurich
    regtool -q programme import programme.csv >/dev/null
    regtool -q import attendees.csv >/dev/null
    # Some were refused.
    regtool -q -f csv checkin - <day1.jsonl >/dev/null || [ $? -eq 1 ]
}

# make_course END: an event with one session, S1 from 9:00 to END on 2022-02-15, and the course
# A, in which Ada, Ben and Cia are (1 to 3), and Dora is not
make_course() {
    regtool --quiet init --event e --timezone Europe/Zurich
    cat >programme.csv <<END
session,kind,start,end,title,people
S1,session,2022-02-15T09:00,2022-02-15T$1,One,
END
    regtool --quiet programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,sciper,courses
Ada,ada@example.org,100001,A
Ben,ben@example.org,100002,A
Cia,cia@example.org,100003,A
Dora,dora@example.org,100004,
END
    regtool --quiet import people.csv >/dev/null
}

# list_commands COURSE: the commands that list or report and make a sheet of it, one a line
list_commands() {
    cat <<END
attendance list
attendance show
course list
course show $1
credit-report --course $1
credit-report --course $1 --explain
event list
event show
export attendance
export courses
export credits
export programme
export registrants
export scans
import list
log
log --head
programme export
programme show
registrant list
registrant show @1
stats
token export
token show @1
END
}
