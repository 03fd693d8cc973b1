#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: run.sh [BENCH]...
#
# Measures regtool against floors (floor_*.c: the least program that does the same durable work)
# and against what one would else write, and prints a table of ratios: a name says what is done;
# and against what. BENCH is one of the functions bench_… below, all if none is named. What it
# needs lies in a folder of its own below $TMPDIR, some GiB for a million people, and is gone
# afterwards. $BENCH_SIZE (10k, 100k, 1m) is another number of people than each bench has by
# itself.

set -eu

: "${REGTOOL:?}" "${abs_builddir:?}" "${CC:?}"
source=$(dirname "$0")
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
        "$($CC --version | head -n 1)"
    printf '%s: a sync of 4 KiB on %s: %s\n' "$(df -P "$work" | awk 'END { print $1 }')" \
        "$(stat -f -c %T "$work")" "$("$bench/sync" "$work/sync")"
    printf 'load before: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
}

# --- The data -----------------------------------------------------------------------------
#
# Each is made once, under the name that stands here: empty.db, an event with a day's programme
# and a course; people-SIZE.csv, a file of registrants; people-SIZE.db, the event with so many
# people; scans-SIZE.db, the same with five scans a person.

# When the doors of the first session are open, and nobody of people-SIZE.db is in.
doors=2022-02-15T09:05Z
doors_s=1644915900

make_people_file() {
    [ -e "$work/people-$1.csv" ] ||
        "$bench/generate" people "$(count_of "$1")" >"$work/people-$1.csv"
}

make_empty_db() {
    if [ ! -e "$work/empty.db" ]; then
        "$bench/generate" programme >"$work/programme.csv"
        "$REGTOOL" -q -d "$work/empty.db" init --event day --timezone UTC
        "$REGTOOL" -q -d "$work/empty.db" programme import "$work/programme.csv" >/dev/null
        "$REGTOOL" -q -d "$work/empty.db" course add C --title Day --enrolment any \
            --min-percent 60 >/dev/null
    fi
}

make_people_db() {
    if [ ! -e "$work/people-$1.db" ]; then
        make_empty_db
        make_people_file "$1"
        say "($1 people)"
        cp "$work/empty.db" "$work/people-$1.db"
        cp "$work/empty.db.key" "$work/people-$1.db.key"
        "$REGTOOL" -q -d "$work/people-$1.db" import "$work/people-$1.csv" >/dev/null
    fi
}

make_scans_db() {
    if [ ! -e "$work/scans-$1.db" ]; then
        make_people_db "$1"
        say "($1 people with five scans each)"
        cp "$work/people-$1.db" "$work/scans-$1.db"
        cp "$work/empty.db.key" "$work/scans-$1.db.key"
        "$bench/generate" scans "$work/scans-$1.db" "$(count_of "$1")"
        # That of a million takes minutes; nothing is other there but the number.
        [ "$1" = 1m ] || "$REGTOOL" -q -d "$work/scans-$1.db" check
    fi
}

# --- The benches --------------------------------------------------------------------------

pair() {
    "$bench/pair" "$@"
}

# fresh DB: words for `pair -b' that put a copy of DB where each side writes
fresh() {
    # shellcheck disable=SC2016 # $1 is for the shell that pair starts
    printf 'cp %s %s/$1.db' "$1" "$work"
}

# A start is a millisecond: a measurement is fifty of them.
bench_start() {
    size=${BENCH_SIZE:-10k}
    make_people_db "$size"
    db=$work/people-$size.db
    pair -n 12 -k 50 'start, --version; bare C' - \
        -- "$REGTOOL" --version -- "$bench/floor_start"
    pair -n 12 -k 50 'start, event show; sqlite3 shell' - \
        -- "$REGTOOL" -d "$db" event show \
        -- sqlite3 "$db" 'SELECT * FROM event'
}

# write_tokens SIZE: the tokens of 2000 people, scattered
write_tokens() {
    "$REGTOOL" -d "$work/people-$1.db" -f csv token export |
        awk -F , -v all="$(count_of "$1")" '
            NR > 1 { token[NR - 2] = $NF }
            END { for (i = 0; i < 2000; i++) print token[i * 7919 % all] }' >"$work/tokens"
}

# copy_people SIZE SIZE: copies that nobody has checked in to, for ours and theirs
copy_people() {
    cp "$work/people-$1.db" "$work/ours.db"
    cp "$work/people-$2.db" "$work/theirs.db"
}

# A measurement is twenty check-ins, each a process, each of another person. The shell's words are
# for a person whose number is known: it can make nothing of a token.
bench_checkin() {
    sizes=${BENCH_SIZE:-10k 100k}
    least=${sizes%% *}
    seq 1 2000 >"$work/numbers"
    for size in $sizes; do
        make_people_db "$size"
        write_tokens "$size"
        copy_people "$size" "$size"
        pair -n 20 -k 20 -a "$work/tokens" "check-in, $size people; floor" 1.25 \
            -- "$REGTOOL" -d "$work/ours.db" checkin --at "$doors" '{}' \
            -- "$bench/floor_checkin" "$work/theirs.db" "$doors_s" '{}'
    done
    copy_people "$least" "$least"
    pair -n 20 -k 20 -a "$work/numbers" "check-in, $least people; sqlite3 shell" - \
        -- "$REGTOOL" -d "$work/ours.db" checkin --at "$doors" --who '#{}' \
        -- sqlite3 "$work/theirs.db" "PRAGMA synchronous=EXTRA;
            INSERT INTO scan (event_id, registrant_id, session_id, direction, at_s, stored_s,
                source, result, actor)
            SELECT event_id, registrant_id, 1, 'in', $doors_s, $doors_s, 'door', 'admitted',
                'desk' FROM registrant WHERE registrant_id = {};"
    if [ "$size" != "$least" ]; then
        copy_people "$size" "$least"
        pair -n 20 -k 20 -a "$work/numbers" "check-in, $size; $least people" 1.1 \
            -- "$REGTOOL" -d "$work/ours.db" checkin --at "$doors" --who '#{}' \
            -- "$REGTOOL" -d "$work/theirs.db" checkin --at "$doors" --who '#{}'
    fi
}

bench_piped() {
    for size in ${BENCH_SIZE:-10k}; do
        make_people_db "$size"
        write_tokens "$size"
        db=$work/people-$size.db
        pair -n 16 -b "$(fresh "$db")" -i "$work/tokens" 'checkin -, 2000 lines; floor' 1.5 \
            -- "$REGTOOL" -d "$work/ours.db" -f csv checkin --at "$doors" - \
            -- "$bench/floor_checkin" "$work/theirs.db" "$doors_s" -
        head -n 300 "$work/tokens" >"$work/lines"
        pair -n 12 -l -b "$(fresh "$db")" -i "$work/lines" 'checkin -, a line at a time; floor' \
            1.5 \
            -- "$REGTOOL" -d "$work/ours.db" -f jsonl checkin --at "$doors" - \
            -- "$bench/floor_checkin" "$work/theirs.db" "$doors_s" -
    done
}

# pairs_of SIZE: how many pairs there is time for; an even number, so that each side goes first as
# often, and as often finds what the other has read in the system's cache
pairs_of() {
    case $1 in
    1m | 100k) echo 4 ;;
    *) echo 12 ;;
    esac
}

bench_import() {
    make_empty_db
    cp "$work/empty.db.key" "$work/ours.db.key"
    for size in ${BENCH_SIZE:-10k 100k 1m}; do
        make_people_file "$size"
        file=$work/people-$size.csv
        pairs=$(pairs_of "$size")
        [ "$size" != 1m ] || pairs=1
        pair -w -n "$pairs" -b "$(fresh "$work/empty.db")" "import, $size people; floor" 1.3 \
            -- "$REGTOOL" -q -d "$work/ours.db" import "$file" \
            -- "$bench/floor_import" "$work/theirs.db" "$work/empty.db.key" "$file"
        [ "$size" != 1m ] || continue
        pair -w -n "$pairs" -b "$(fresh "$work/empty.db")" "import, $size people; Python" 0.65 \
            -- "$REGTOOL" -q -d "$work/ours.db" import "$file" \
            -- python3 "$source/import.py" "$work/theirs.db" "$work/empty.db.key" "$file"
    done
}

bench_report() {
    for size in ${BENCH_SIZE:-100k 1m}; do
        make_scans_db "$size"
        pair -n "$(pairs_of "$size")" "credit-report, $size people, 5 scans each; floor" 2.5 \
            -- "$REGTOOL" -d "$work/scans-$size.db" -f csv credit-report --course C \
            --as-of 2022-02-16T00:00 \
            -- "$bench/floor_report" "$work/scans-$size.db"
    done
}

bench_export() {
    for size in ${BENCH_SIZE:-100k}; do
        make_scans_db "$size"
        db=$work/scans-$size.db
        pair -w -n 4 "export registrants, $size people; floor" - \
            -- "$REGTOOL" -d "$db" export registrants \
            -- "$bench/floor_export" "$db"
        pair -w -n 4 "export registrants, $size people; sqlite3 shell" - \
            -- "$REGTOOL" -d "$db" export registrants \
            -- sqlite3 -csv -header "$db" 'SELECT * FROM registrant
                JOIN person USING (person_id) ORDER BY registrant_id'
        pair -w -n 4 "export scans, $size people; sqlite3 shell" - \
            -- "$REGTOOL" -d "$db" export scans \
            -- sqlite3 -csv -header "$db" 'SELECT * FROM scan JOIN registrant
                USING (registrant_id) JOIN person USING (person_id) ORDER BY scan_id'
    done
}

# Ten times the people in ten times the time: what is said of each is the ratio of the times a
# person. A cache that holds all of the smaller one makes it more than 1.
bench_growth() {
    make_scans_db 10k
    make_scans_db 100k
    make_people_db 100k
    small=$work/scans-10k.db
    big=$work/scans-100k.db
    for command in 'registrant list' 'export registrants' 'export scans' 'export attendance' \
        'token export' 'registrant duplicates' stats log 'attendance list' 'attendance show' \
        'credit-report --course C' check; do
        # shellcheck disable=SC2086 # a command is words
        pair -w -n 4 -s 10 "$command, 100k; 10k people" 1.3 \
            -- "$REGTOOL" -d "$big" -f csv $command -- "$REGTOOL" -d "$small" -f csv $command
    done
    pair -w -n 4 -s 10 'import, the same file again, 100k; 10k people' 1.3 \
        -- "$REGTOOL" -q -d "$work/people-100k.db" import "$work/people-100k.csv" \
        -- "$REGTOOL" -q -d "$work/people-10k.db" import "$work/people-10k.csv"
    pair -w -n 4 'import, the same file again, 100k people; Python' 0.65 \
        -- "$REGTOOL" -q -d "$work/people-100k.db" import "$work/people-100k.csv" \
        -- python3 "$source/import.py" "$work/people-100k.db" "$work/people-100k.db.key" \
        "$work/people-100k.csv"
}

# --- All of them ---------------------------------------------------------------------------

all='start checkin piped import report export growth'
[ $# -gt 0 ] || eval "set -- $all"
for name; do
    case " $all " in
    *" $name "*) ;;
    *)
        say "run.sh: no bench '$name' (there are: $all)"
        exit 2
        ;;
    esac
done

for tool in python3 sqlite3; do
    command -v "$tool" >/dev/null || {
        say "run.sh: $tool is missing, against which regtool is measured"
        exit 1
    }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/regtool-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

machine
pair -H
for name; do
    "bench_$name"
done
