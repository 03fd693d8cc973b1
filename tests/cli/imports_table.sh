#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# imports_table.sh FOLDER: doc/IMPORTS, made by importing each file that FOLDER/list names
# into a database of its own. Uses $REGTOOL, and the folder it is started in.

set -u
folder=$1

say() {
    printf '%s\n' "$@"
}

# Options as the program has read them, with the file's name alone.
without_place() {
    sed -e "s:regtool\: import\: $folder/::" -e "s:$folder/::g"
}

# import FILE WORDS...: its words go to ./words, its status is the status.
import() {
    file=$1
    shift
    rm -f regtool.db*
    "$REGTOOL" --quiet init --event symposium --timezone Europe/Zurich
    "$REGTOOL" import --verbose "$@" "$folder/$file" >/dev/null 2>words
}

# What is said against the file as it is, with the way out.
refusal() {
    without_place <words | grep -Ev '^(regtool: import: nothing was written: .*are bad|.*--skip-bad --rejects)' |
        grep -Ev ': (encoding .*, delimiter .*|recognised as .*|column .* -> .*|column .* left out: .*)$' |
        sed -e 's/^regtool: import: //' -e 's/^nothing was written: .*//' -e '/^$/d' -e 's/^/    /'
}

# Long questions: their start.
columns() {
    without_place <words | sed -n "s/^[^:]*: column '\(.*\)' -> \(.*\)\$/\1\t\2/p" |
        jq -Rr 'split("\t") | (if (.[0] | length) > 44 then .[0][:43] + "…" else .[0] end) as $header
            | "    " + $header + " " * (46 - ($header | length)) + .[1]'
}

people() {
    "$REGTOOL" registrant list -f json | jq -r '
        (group_by(.status) | map("\(length) \(.[0].status)") | join(", ")) as $states |
        "    \(length) people: \($states)"'
}

entry() {
    file=$1
    title=$2
    options=$3
    say '' '' "$title" ''
    if [ -n "$options" ]; then
        import "$file" || true
        refusal >refused
        if [ -s refused ]; then
            say "    regtool import $file" ''
            cat refused
            say ''
        fi
    fi
    say "    regtool import $options${options:+ }$file" ''
    if ! eval "import \"\$file\" $options"; then
        cat words >&2
        say "$file is refused" >&2
        return 1
    fi
    sed -n 's/.*: \(recognised as .*\)/    \1/p' words
    columns
    people
}

cat <<'END'
IMPORTS

What becomes of each column of the files that other systems write, and by which options
they go in. `make imports-table' makes this page by importing the files in
tests/data/imports/, which have those systems' headers and invented people; a test holds it
against the program. What the fields are stands in regtool-import(1).

A file is recognised by its headers. That settles which of two columns is meant, and what the
system's own words for a state are; --map, --ignore and --state beat it. "answer" is a column
that is kept as it is, "left out" the code of a ticket at another system's doors. A header
that stands twice is written as the options name it, "Company#2" for the second.

Before an import, look at what it would do:

    regtool import FILE --dry-run --verbose

Systems with several languages write their headers in the exporter's: those that are not in
the list of regtool-import(1) are answers until --map says what they are.
END
failed=0
while IFS='	' read -r file title options; do
    case $file in '#'*) continue ;; esac
    entry "$file" "$title" "$options" || failed=1
done <"$folder/list"
exit $failed
