#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The shell scripts have no fault that shellcheck knows.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir" || exit 1

scripts() {
    printf '%s\n' .ci/run autogen.sh
    find schema tests doc -name '*.sh' -o -name '*.bash' -o -name '*.bats' | sort
}

for script in $(scripts); do
    report "$script" "$(shellcheck --external-sources --source-path=SCRIPTDIR \
        --source-path=tests/lint "$script" 2>&1)"
done

plan
