#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: run.sh [BENCH]...
#
# Measures regtool against floors (floor_*.c: the least program that does the same durable work)
# and against what one would else write, and prints a table of ratios; BENCH is report, all if
# none is named. What it needs lies in a folder of its own below $TMPDIR, some GiB for a million
# people, and is gone afterwards. $BENCH_SIZE (10k, 100k, 1m) is another number of people than
# each bench has by itself.

set -eu

: "${REGTOOL:?}" "${abs_builddir:?}"
bench=$abs_builddir/tests/bench
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
for variable in $(env | sed -n 's/^\(REGTOOL_[A-Za-z0-9_]*\)=.*/\1/p'); do
    unset "$variable"
done

say() {
    printf '%s\n' "$*" >&2
}

# count_of SIZE: 10k, 100k, 1m in figures
count_of() {
    case $1 in
    *k) echo "${1%k}000" ;;
    *m) echo "${1%m}000000" ;;
    *) echo "$1" ;;
    esac
}

# --- The machine --------------------------------------------------------------------------

machine() {
    printf '%s, %s processors, %s MiB; %s %s\n' \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        "$(getconf _NPROCESSORS_ONLN)" \
        "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" \
        "$(uname -s)" "$(uname -r)"
    printf '%s; %s\n' "$("$REGTOOL" --version | sed -n '1p;2p' | paste -s -d ' ')" \
        "$(${CC:-cc} --version | head -n 1)"
    printf '%s: a sync of 4 KiB on %s: %s\n' "$(df -P "$work" | awk 'END { print $1 }')" \
        "$(stat -f -c %T "$work")" "$("$bench/sync" "$work/sync")"
    printf 'load before: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
}

# --- The data -----------------------------------------------------------------------------
#
# Each is made once, under the name that stands here: people-SIZE.csv, a file of registrants;
# people-SIZE.db, an event with a day's programme, a course and so many people; scans-SIZE.db,
# the same with five scans a person.

make_people_file() {
    [ -e "$work/people-$1.csv" ] ||
        "$bench/generate" people "$(count_of "$1")" >"$work/people-$1.csv"
}

make_people_db() {
    if [ ! -e "$work/people-$1.db" ]; then
        make_people_file "$1"
        say "($1 people)"
        "$bench/generate" programme >"$work/programme.csv"
        "$REGTOOL" -q -d "$work/people-$1.db" init --event day --timezone UTC
        "$REGTOOL" -q -d "$work/people-$1.db" programme import "$work/programme.csv" >/dev/null
        "$REGTOOL" -q -d "$work/people-$1.db" course add C --title Day --enrolment any \
            --min-percent 60 >/dev/null
        "$REGTOOL" -q -d "$work/people-$1.db" import "$work/people-$1.csv" >/dev/null
    fi
}

make_scans_db() {
    if [ ! -e "$work/scans-$1.db" ]; then
        make_people_db "$1"
        say "($1 people with five scans each)"
        cp "$work/people-$1.db" "$work/scans-$1.db"
        "$bench/generate" scans "$work/scans-$1.db" "$(count_of "$1")"
        "$REGTOOL" -q -d "$work/scans-$1.db" check
    fi
}

# --- The benches --------------------------------------------------------------------------

bench_report() {
    for size in ${BENCH_SIZE:-100k 1m}; do
        make_scans_db "$size"
        pairs=5
        [ "$size" = 1m ] || pairs=11
        "$bench/pair" -n $pairs "credit-report, $size people, 5 scans each" 2.5 \
            -- "$REGTOOL" -d "$work/scans-$size.db" -f csv credit-report --course C \
            --as-of 2022-02-16T00:00 \
            -- "$bench/floor_report" "$work/scans-$size.db"
    done
}

work=$(mktemp -d "${TMPDIR:-/tmp}/regtool-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

[ $# -gt 0 ] || set -- report
for name; do
    case $name in
    report) ;;
    *)
        say "run.sh: no bench '$name'"
        exit 2
        ;;
    esac
done

machine
"$bench/pair" -H
for name; do
    "bench_$name"
done
