# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# What the scripts of tests/lint share: results in the Test Anything Protocol, and which
# files are written by hand. Sourced.

tap_count=0

# c_files FOLDER...: those that the build did not make
c_files() {
    find "$@" -name '*.[ch]' ! -name queries.c ! -name queries.h ! -name schema_sql.c | sort
}

# report WHAT FAULTS: no faults are a pass
report() {
    tap_count=$((tap_count + 1))
    if [ -z "$2" ]; then
        printf 'ok %d - %s\n' "$tap_count" "$1"
    else
        printf 'not ok %d - %s\n' "$tap_count" "$1"
        printf '%s\n' "$2" | sed 's/^/# /'
    fi
}

# skip WHAT WHY
skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# Ends the script.
plan() {
    printf '1..%d\n' "$tap_count"
    exit 0
}
