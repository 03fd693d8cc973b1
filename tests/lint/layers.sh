#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Who may know whom: main -> cmd -> {cli, core}; core -> store -> util; cli -> util, and
# cmd may use util. Only store/ includes sqlite3.h, and so on. Reads the #include lines.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"

cd "$abs_srcdir/src" || exit 1

# includes FOLDER: each #include of its files, as "file included". The errors of the tools
# are results here, and so faults below.
includes() {
    grep -rEHo --include='*.[ch]' \
        '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]*' "$1" 2>&1 |
        sed 's/:[^<"]*[<"]/ /'
}

# A layer may include headers of itself and of those named.
layer() {
    folder=$1
    shift
    allowed=$folder
    for other; do
        allowed="$allowed|$other"
    done
    report "$folder knows ${*:-nobody}" "$(includes "$folder" |
        grep -E '^grep| (cli|cmd|core|store|util)/' |
        grep -vE " ($allowed)/" |
        sed 's/ / includes /')"
}

# library HEADER FILES: extended regular expressions; other files do not include it.
library() {
    report "$1 stays in $2" "$(includes . |
        sed 's:^\./::' |
        grep -E "^grep| ($1)\$" |
        grep -vE "^($2) " |
        sed 's/ / includes /')"
}

# never WHAT EXCEPTION NAMES FOLDER...: functions that these folders do not call, but for one
# file. What stands in strings and in lines of comment is left out.
never() {
    what=$1
    exception=$2
    names=$3
    shift 3
    report "no $what in $*" "$(grep -rHn --include='*.[ch]' '' "$@" 2>&1 |
        grep -vE '^[^:]*:[0-9]+:[[:space:]]*(/?\*|//)' |
        sed -E 's/"([^"\\]|\\.)*"/""/g' |
        grep -E "^grep|(^|[^A-Za-z0-9_>.])($names)[[:space:]]*\\(" |
        grep -vE "^${exception:-nothing}:")"
}

if [ "$(includes . | wc -l)" -gt 20 ]; then
    report 'the #include lines are found' ''
else
    report 'the #include lines are found' 'hardly any: is this the source folder?'
fi

layer util
layer store util
layer core store util
layer cli util
layer cmd cli core util
layer print cli util
layer xlsx cli util

library 'sqlite3\.h' 'store/[a-z0-9_]*\.[ch]'
library 'sodium\.h' 'core/(token|key)\.[ch]|util/hash\.[ch]'
library 'csv\.h' 'util/csv_in\.[ch]|cli/output_csv\.[ch]'
library 'cairo[a-z-]*\.h|pango/.*|qrencode\.h' 'print/[a-z0-9_]*\.[ch]'
library 'xlsxwriter\.h' 'xlsx/[a-z0-9_]*\.[ch]'
library 'popt\.h' 'cli/[a-z0-9_]*\.[ch]'
library '(libsmartcols/)?libsmartcols\.h' 'cli/[a-z0-9_]*\.[ch]'

never 'exit' '' 'exit|_exit|_Exit|quick_exit' cmd core store util
never 'printing' '' 'printf|vprintf|fprintf|vfprintf|puts|putchar|fputs|perror' cmd core store
# The C library converts for one zone only, that of TZ: util/zone.c sets and restores it.
never 'environment' 'util/zone\.c' 'getenv|secure_getenv|setenv|unsetenv' core store util
never 'clock' '' 'time|clock_gettime|gettimeofday' core util

plan
