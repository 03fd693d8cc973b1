#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Files and functions small enough to be read at one go: under 500 and 60 lines. Tables of
# constants may be as long as they need to be: a function is what stands between a `{' and
# a `}' in the first column, and .clang-format puts a table's brace behind its name.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir" || exit 1

sizes() {
    # shellcheck disable=SC2016 # the dollars are for awk
    c_files src tests | xargs awk -v file_limit=500 -v function_limit=60 '
        FNR == 1 { end_file(); file = FILENAME; start = 0 }
        { last = FNR }
        /^[a-z_].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
        /^{/ { start = FNR }
        /^}/ {
            if (start > 0 && FNR - start + 1 >= function_limit)
                print file ":" start ": " name "() has " FNR - start + 1 " lines"
            start = 0
        }
        function end_file() {
            if (file != "" && last >= file_limit)
                print file ": " last " lines"
        }
        END { end_file() }
    '
}

faults=$(sizes 2>&1)
report 'files have less than 500 lines' "$(printf '%s\n' "$faults" | grep -v '()')"
report 'functions have less than 60 lines' "$(printf '%s\n' "$faults" | grep '()')"

plan
