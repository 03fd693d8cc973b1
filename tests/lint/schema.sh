#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# schema/schema.sql is what the migrations add up to, and all tables are strict.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir/schema" || exit 1

report 'schema.sql is what the migrations add up to (else: make schema-snapshot)' "$(
    sh ./snapshot.sh [0-9][0-9][0-9][0-9]_*.sql 2>&1 | diff schema.sql - 2>&1
)"
report 'each table is strict' "$(
    awk '/^CREATE TABLE/ { table = $0 } /^\)/ && !/STRICT/ { print table; }
        /^CREATE TABLE.*\);/ && !/STRICT/ { print }' schema.sql 2>&1
)"

plan
