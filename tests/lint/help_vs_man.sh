#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Each command that `regtool help' lists has a man page with the same options as its --help,
# and a bats file, of its own or of its group (registrant.bats for registrant add). There
# are no pages of commands that do not exist.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"
: "${REGTOOL:?}"

pages=$abs_srcdir/doc/man

# "registrant add" a line
commands() {
    "$REGTOOL" help | awk '
        /^Options of all commands/ { exit }
        /^  [a-z]/ { sub(/^  /, ""); sub(/  .*/, ""); print }
    '
}

# The long names of the options on standard input, which is a help text, under a title
# that matches.
options_under() {
    awk -v title="$1" '
        /^[^ ]/ { is_under = $0 ~ title }
        is_under && /^  (-[A-Za-z],|   ) --/ { sub(/^[^-]*(-[A-Za-z],)? *--/, ""); print $1 }
    ' | sort
}

# The same of the man page on standard input.
options_of_page() {
    sed -n 's/^\.It Fl //p' | tr ' ' '\n' | sed -n 's/^-\([a-z][a-z-]*\)$/\1/p' | sort -u
}

# compare COMMAND PAGE
compare() {
    # shellcheck disable=SC2086 # a command of two words
    own=$("$REGTOOL" $1 --help 2>&1) || printf '%s\n' "$own"
    # Also those of a second table, under its own title.
    help_options=$(printf '%s\n' "$own" | options_under '^Options:|, with --[a-z-]*:$' | sort)
    page_options=$(options_of_page <"$2")
    for option in $help_options; do
        printf '%s\n' "$page_options" | grep -qx -e "$option" ||
            printf -- '--%s: in --help, not in the page\n' "$option"
    done
    for option in $page_options; do
        printf '%s\n%s\n' "$help_options" "$common" | grep -qx -e "$option" ||
            printf -- '--%s: in the page, not in --help\n' "$option"
    done
    mandoc -T ascii "$2" | sed 's/.\x08//g' | tr -s ' \n' ' ' |
        grep -q " SYNOPSIS regtool $1 " || printf 'no such SYNOPSIS\n'
    grep -qx ".Dt REGTOOL-$(printf '%s' "$1" | tr 'a-z ' 'A-Z-') 1" "$2" ||
        printf 'another .Dt\n'
}

common=$("$REGTOOL" help | options_under '^Options of all commands')
report 'the common options are found' "$(printf '%s\n' "$common" | grep -qx format || echo none)"
report 'the common options are in regtool.1' "$(
    for option in $common; do
        options_of_page <"$pages/regtool.1" | grep -qx -e "$option" || echo "--$option"
    done
)"

commands >"${abs_builddir:?}/tests/lint/commands.list"
while read -r command; do
    name=$(printf '%s' "$command" | tr ' ' '-')
    page=$pages/regtool-$name.1
    if [ -e "$page" ]; then
        report "$command: help and man page agree" "$(compare "$command" "$page" 2>&1)"
    else
        report "$command: help and man page agree" "there is no $page"
    fi
    if [ -e "$abs_srcdir/tests/cli/$name.bats" ] ||
        [ -e "$abs_srcdir/tests/cli/${command%% *}.bats" ]; then
        report "$command: has tests" ''
    else
        report "$command: has tests" "there is no tests/cli/$name.bats"
    fi
done <"$abs_builddir/tests/lint/commands.list"

report 'no page without its command' "$(
    for page in "$pages"/regtool-*.1; do
        name=${page##*/regtool-}
        tr ' ' '-' <"$abs_builddir/tests/lint/commands.list" | grep -qx -e "${name%.1}" ||
            printf '%s\n' "$page"
    done
)"
rm -f "$abs_builddir/tests/lint/commands.list"

plan
