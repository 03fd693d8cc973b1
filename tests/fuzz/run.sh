#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: run.sh FOLDER SOURCE SECONDS TARGET...
#
# Runs each target (tests/fuzz/fuzz_NAME below FOLDER/build) for so many seconds on its kept
# corpus in SOURCE. What reaches further is kept in FOLDER/found/NAME, what fails beside it as
# NAME-crash-… (NAME-timeout-…, NAME-leak-…). The status is not 0 if anything failed.

set -eu

folder=$1
source=$2
seconds=$3
shift 3
faults=0

# The last figure that libFuzzer printed behind WORD
figure() {
    sed -n "s/^#.* $2 \\([0-9]*\\).*/\\1/p" "$1" | tail -n 1
}

# The last lines that libFuzzer printed of the whole run
total() {
    sed -n "s/^stat::$2: *//p" "$1" | tail -n 1
}

mkdir -p "$folder/found"
printf '%-16s %8s %12s %9s %7s %7s %7s\n' target seconds executions per_s cov ft inputs
for target; do
    name=${target##*/fuzz_}
    log=$folder/found/$name.log
    mkdir -p "$folder/found/$name"
    set -- "$folder/found/$name" "$source/corpus/$name"
    if [ -e "$source/$name.dict" ]; then
        set -- -dict="$source/$name.dict" "$@"
    fi
    status=0
    "$folder/build/$target" -max_total_time="$seconds" -timeout=25 -print_final_stats=1 \
        -artifact_prefix="$folder/found/$name-" "$@" </dev/null >"$log" 2>&1 || status=$?
    printf '%-16s %8s %12s %9s %7s %7s %7s\n' "$name" "$seconds" \
        "$(total "$log" number_of_executed_units)" \
        "$(total "$log" average_exec_per_sec)" \
        "$(figure "$log" cov:)" "$(figure "$log" ft:)" "$(figure "$log" corp:)"
    if [ "$status" -ne 0 ]; then
        faults=$((faults + 1))
        tail -n 40 "$log"
        printf '%s failed. Again: %s FILE, with what is named above\n' "$name" \
            "$folder/build/$target"
    fi
done
[ "$faults" -eq 0 ]
