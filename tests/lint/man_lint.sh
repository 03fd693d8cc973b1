#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The man pages are sound mdoc, and what they refer to exists.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir/doc/man" || exit 1

references() {
    grep -nE '^\.Xr regtool' ./*.[0-9] | while read -r line; do
        page=$(printf '%s\n' "$line" | awk '{ print $2 "." $3 }')
        [ -e "$page" ] || printf '%s: no such page\n' "$line"
    done
}

for page in *.[0-9]; do
    report "$page has no fault" "$(mandoc -T lint -W warning "$page" 2>&1)"
done
report 'pages referred to exist' "$(references)"

plan
