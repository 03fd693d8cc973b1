# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# Test results in the Test Anything Protocol, for the scripts of tests/lint. Sourced.

tap_count=0

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
