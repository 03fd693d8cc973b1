#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Nothing is left for later: no word of work that somebody meant to come back to.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir" || exit 1

report 'nothing was left for later' "$(
    grep -rInEi '\<(TODO|FIXME|XXX|stub|unimplemented|not (yet )?implemented)\>' \
        src schema tests doc .ci autogen.sh configure.ac m4/regtool.m4 Makefile.am \
        README NEWS --exclude=no_stubs.sh --exclude-dir=corpus --exclude='*.csv' --exclude='*.log' --exclude='*.trs' 2>&1
)"
report 'no test is switched off' "$(
    grep -rInE --include='*.c' --include='*.bats' '^[[:space:]]*skip\>|\<skip\(\)' tests 2>&1
    grep -rInE '^#[[:space:]]*if 0' src tests 2>&1
)"

plan
