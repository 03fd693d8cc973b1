#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Makefile.am names each file of the project, so that the tarball is whole and each test is
# run; its lists are sorted.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir" || exit 1

# The words of Makefile.am with its own variables for folders put in.
words() {
    example=$(sed -n 's/^example_source = //p' Makefile.am)
    sed "s:\$(example_source):$example:g" Makefile.am | tr -s ' \t\134' '\n'
}

files() {
    c_files src tests
    find src schema -name '*.sql' -o -name '*.awk' -o -name '*.sh'
    find tests -name '*.sh' -o -name '*.bash' -o -name '*.bats' -o -name '*.dict'
    find tests/data -type f 2>/dev/null
    find doc -type f ! -name '*~'
}

unlisted() {
    list=$(words)
    files | while read -r file; do
        case $file in
        tests/unit/test_*.c | tests/fuzz/fuzz_*.c | tests/bench/*.c) entry=${file%.c} ;;
        *) entry=$file ;;
        esac
        printf '%s\n' "$list" | grep -qxF -e "$entry" || printf '%s is not in Makefile.am\n' "$file"
    done
}

# A list is what follows NAME = \ with one file a line.
unsorted() {
    awk '
        /^[a-zA-Z_]+ = \\$/ { list = $1; last = ""; next }
        list != "" && /^\t/ {
            if (list ~ /(SOURCES|queries|_targets|_tests|DATA|MANS|DIST)$/ && $1 <= last)
                print "line " FNR ": " $1 " after " last " in " list
            last = $1
            if ($0 !~ /\\$/)
                list = ""
            next
        }
        { list = "" }
    ' Makefile.am
}

report 'Makefile.am names each file' "$(unlisted 2>&1)"
report 'lists are sorted, nothing twice' "$(LC_ALL=C unsorted 2>&1)"

plan
