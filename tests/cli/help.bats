#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool help, --help, --version, the way to a command, and completion.

load helper

@test "help lists every command once, with its group's title above" {
    run_split regtool help
    assert_status 0
    [ "$(grep -c '^  event add ' <<<"$output")" -eq 1 ]
    assert_has 'Set-up:'
    assert_has_not '__complete'
    [ -z "$stderr" ]
    local overview=$output
    run_split regtool --help
    assert_status 0
    assert_output "$overview"
    run_split regtool -h
    assert_output "$overview"
}

@test "no line of help is wider than 80 columns" {
    regtool help >help.txt
    for command in help init 'event add'; do
        # shellcheck disable=SC2086 # two words
        regtool help $command >>help.txt
    done
    [ -z "$(awk 'length > 80' help.txt)" ]
}

@test "help of a command is what --help gives, before or after the name" {
    run_split regtool help event add
    assert_status 0
    assert_has 'Usage: regtool event add [OPTIONS] CODE'
    assert_has '--timezone ZONE'
    assert_has '-d, --db DB'
    local expected=$output
    run_split regtool event add --help
    assert_status 0
    assert_output "$expected"
    run_split regtool -h event add
    assert_output "$expected"
}

@test "help of a first word lists its commands" {
    run_split regtool help event
    assert_status 0
    assert_has 'event add'
    assert_has 'event list'
    local expected=$output
    run_split regtool event --help
    assert_status 0
    assert_output "$expected"
}

@test "help of a command that is not there is a usage error" {
    run_split regtool help xyzzy
    assert_status 2
    assert_has "regtool: help: unknown command 'xyzzy'" stderr
    run_split regtool help event ad
    assert_status 2
    assert_has "did you mean 'event add'?" stderr
    run_split regtool help init it
    assert_status 2
    [ -z "$output" ]
}

@test "version names regtool and each library" {
    run_split regtool --version
    assert_status 0
    for name in regtool SQLite libsodium libcsv popt libsmartcols jansson utf8proc; do
        [ "$(grep -cE "^$name [0-9]+\.[0-9]+" <<<"$output")" -eq 1 ]
    done
    local expected=$output
    run_split regtool help -V
    assert_output "$expected"
}

@test "commands are not abbreviated: the nearest is suggested" {
    run_split regtool ini
    assert_status 2
    assert_has "regtool: unknown command 'ini'" stderr
    assert_has "did you mean 'init'?" stderr
    run_split regtool event
    assert_status 2
    assert_has "'event' needs a second word" stderr
    assert_has "'event' has: add, list" stderr
    run_split regtool
    assert_status 2
    assert_has 'no command is given' stderr
}

@test "arguments missing or too many show the usage" {
    run_split regtool event add
    assert_status 2
    assert_has 'an argument is missing' stderr
    assert_has 'usage: regtool event add [OPTIONS] CODE' stderr
    run_split regtool event add a b
    assert_status 2
    assert_has "one argument too many: 'b'" stderr
}

# complete WORD...: what bash would offer for the last word
complete_words() {
    bash -c '
        source "$1"
        regtool() { "$REGTOOL" "$@"; }
        COMP_WORDS=(regtool "${@:2}") COMP_CWORD=$(($# - 1))
        _regtool regtool
        printf "%s " "${COMPREPLY[@]}"
    ' bash "${abs_srcdir:?}/doc/completion/regtool" "$@"
}

@test "completion offers commands, second words, options and choices" {
    run complete_words eve
    assert_output 'event '
    run complete_words event s
    assert_output 'set show '
    run complete_words -d x.db event --quiet a
    assert_output 'add '
    run complete_words help event s
    assert_output 'set show '
    run complete_words export s
    assert_output 'scans '
    run complete_words import l
    assert_output 'list '
    run complete_words import list --dry
    assert_output ' '
    run complete_words import --dry
    assert_output '--dry-run '
    run complete_words help import l
    assert_output 'list '
    run complete_words event add --timez
    assert_output '--timezone '
    run complete_words --color ''
    assert_output 'auto always never '
    run complete_words event list --format = js
    assert_output 'json jsonl '
    run complete_words event list --format =
    [[ $output == 'table csv json jsonl '* ]]
}

@test "completion leaves files to the shell, and nonsense alone" {
    run complete_words --db ''
    assert_output ' '
    run complete_words import ''
    assert_output ' '
    run complete_words import a.csv l
    assert_output ' '
    run complete_words xyzzy ''
    assert_output ' '
    run complete_words __comp
    assert_output ' '
}

@test "no line of help is wider than a terminal" {
    while read -r first second; do
        for command in "$first" "$first $second"; do
            # shellcheck disable=SC2086 # one word or two
            regtool help $command >help.txt 2>/dev/null || continue
            run awk 'length($0) > 80' help.txt
            assert_output ''
        done
    done < <(regtool help | sed -n 's/^  \([a-z][a-z-]*\)\( [a-z]*\)\?  .*/\1\2/p')
    run regtool help export
    assert_has 'registrants|scans|attendance|programme|courses|credits'
}
