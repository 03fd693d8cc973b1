#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: snapshot.sh MIGRATION.sql...
#
# Prints what the migrations add up to: the text of schema.sql, which is kept to be read and
# is never run (make schema-snapshot; tests/lint/schema.sh compares).

set -eu

printf '%s\n' '-- The schema that the migrations of this folder add up to, as a database says it.'
printf '%s\n' '-- To be read only: new databases run the migrations. Made by make schema-snapshot.'
{
    cat "$@"
    echo "SELECT char(10) || sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid;"
} | sqlite3 -batch -bail -init /dev/null :memory:
