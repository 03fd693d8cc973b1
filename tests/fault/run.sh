#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [short]: everything that can go wrong around the program goes wrong, and nothing is
# lost by it. Each part says what was tried, and names what did not hold after "not ok". The
# programs are $REGTOOL and those of the folder $abs_builddir/tests/fault. The exit status is 1
# if anything did not hold. `short' leaves out what takes long: for .ci/run.

set -u
: "${REGTOOL:?}" "${abs_srcdir:?}" "${abs_builddir:?}"

programs=$abs_builddir/tests/fault
REGTOOL_FAULT=$programs/regtool_fault
export REGTOOL_FAULT
is_short=false
if [ "${1-}" = short ]; then
    is_short=true
fi
bad=0

# part TITLE COMMAND...
part() {
    printf '\n== %s\n' "$1"
    shift
    "$@" || bad=$((bad + 1))
}

begin=$(date +%s)
part "The fault of SQLite's WAL" "$programs/wal_reset"
part 'A full disk, a closed output, a read-only folder, failing system calls' \
    bash "$abs_srcdir/tests/fault/surroundings.sh"
if $is_short; then
    part 'Each operation on the disk fails (short)' \
        "$programs/sweep" --seeds 1 backup checkin init
    part 'The program is killed (short)' "$programs/kills" 50
else
    part 'Each operation on the disk, and each 97th allocation, fails' \
        "$programs/sweep" --seeds 2 --memory-step 97
    part 'The program is killed' "$programs/kills" 1000
    part 'Sixteen doors and four readers (on an idle machine)' "$programs/doors" 20000 100
fi
printf '\n%d parts did not hold; %d seconds\n' "$bad" $(($(date +%s) - begin))
[ "$bad" -eq 0 ]
