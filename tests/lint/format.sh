#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The sources are as clang-format lays them out (make format). Other versions lay out
# otherwise, so only Debian 12's counts.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir" || exit 1

if ! command -v clang-format >/dev/null 2>&1; then
    skip 'layout of the sources' 'not checked: clang-format is not installed'
elif ! clang-format --version | grep -q ' version 14\.'; then
    skip 'layout of the sources' 'not checked: clang-format is not version 14'
else
    report 'layout of the sources (else: make format)' "$(c_files src tests |
        xargs clang-format --dry-run -Werror 2>&1 | grep 'error:')"
fi

plan
