#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# The columns that regtool(5) lists are those that the commands give, as CSV and as JSON.

load helper

setup_test() {
    export REGTOOL_EVENT=one
    play_first_day
    regtool -q course set BIO-642 --requirement exam >/dev/null
    # Somebody who may be another.
    regtool -q registrant add --email twin@example.org \
        --name "$(regtool -f json registrant show @17 | jq -r .name)" >/dev/null
    printf 'who,session,from,to\n@17,S1,2022-02-15T14:30,\n' >stays.csv
}

# Of the page: "COMMAND: COLUMN, COLUMN" a line. What only JSON has is left out.
listed() {
    awk '
        /^\.Sh/ { is_in = $0 == ".Sh LISTS AND REPORTS"; next }
        /^\.Ss/ { is_in = 0 }
        !is_in { next }
        /^\.It Cm / { end(); commands = substr($0, 8); is_open = 1; next }
        /^\./ { next }
        is_open {
            if (sub(/\.$/, ""))
                is_open = 0
            text = text (text == "" ? "" : " ") $0
        }
        function end(    count, i, command) {
            count = split(commands, command, " , ")
            for (i = 1; i <= count; i++)
                print command[i] ": " text
            text = ""
        }
        END { end() }
    ' "${abs_srcdir:?}/doc/man/regtool.5"
}

# What has to stand behind a command so that it gives a result.
arguments_of() {
    case $1 in
    import) echo attendees.csv ;;
    'import undo') echo 1 --reason test --dry-run ;;
    'event add') echo two ;;
    'event purge') echo --before 2023-01-01 --dry-run ;;
    'event set') echo one --capacity 10 ;;
    'programme import') echo programme.csv ;;
    'registrant list' | 'registrant duplicates') ;;
    'registrant add') echo --external-id "$RANDOM" ;;
    'registrant set') echo @17 --note test ;;
    'registrant cancel' | 'token reissue') echo @17 --reason test ;;
    'registrant forget') echo @16 --reason test ;;
    'registrant merge') echo @15 @17 ;;
    'registrant '* | 'token show') echo @17 ;;
    checkin | checkout) echo --who @17 --at 2022-02-15T19:00 ;;
    'attendance add') echo @17 --session S1 --reason test ;;
    'attendance import') echo stays.csv ;;
    'attendance void') echo 1 --reason test ;;
    'course list' | 'export '* | credit-report*) ;;
    'course '*enrol) echo BIO-642 @17 ;;
    'course award') [ -e awarded ] && echo BIO-642 --revise "$(regtool -f json course awards BIO-642 | jq length)" --reason test || echo BIO-642; touch awarded ;;
    'course awards --award 1') echo BIO-642 ;;
    'course mark') echo BIO-642 @17 --result pass ;;
    'course grant' | 'course deny' | 'course undecide') echo BIO-642 @17 --reason test ;;
    'course '*) echo BIO-642 ;;
    esac
    case $1 in
    *--what-if) echo --requirement none --min-percent 1 ;;
    esac
    case $1 in
    credit-report*) echo --course BIO-642 ;;
    esac
}

# compare COMMAND COLUMNS: prints what differs
compare() {
    local header columns=${2//, /,} format='-f csv'
    [[ $1 != *' -f '* ]] || format=''
    # shellcheck disable=SC2046,SC2086 # words
    header=$(regtool -q $format $1 $(arguments_of "$1") 2>&1 | head -n 1)
    columns=${columns%,then the answers}
    case $1 in
    'export registrants') [[ $header == "$columns",* ]] ;;
    *) [ "$header" = "$columns" ] ;;
    esac || printf '%s:\n  %s\n  %s in regtool(5)\n' "$1" "$header" "$columns"
}

@test "CSV has the columns of regtool(5)" {
    local command columns count=0 faults=''
    while IFS=: read -r command columns; do
        count=$((count + 1))
        faults+=$(compare "$command" "${columns# }")
    done < <(listed)
    [ "$count" -gt 25 ]
    printf '%s\n' "$faults"
    [ -z "$faults" ]
}

@test "JSON has them as keys" {
    local command columns faults='' missing
    while IFS=: read -r command columns; do
        case $command in
        # no rows here (course_award.bats has some); numbers under their names
        *epfl | check | stats | 'course remind' | *--since-award) continue ;;
        esac
        columns=${columns%, then the answers}
        # shellcheck disable=SC2046,SC2086 # words
        missing=$(regtool -q -f json $command $(arguments_of "$command") | jq -r --arg columns "${columns//[ ]/}" '
                (if type == "array" then .[0] else . end | .rows[0]? // .) as $object |
                [$columns | split(",")[] | select(. as $key | $object | has($key) | not)] |
                if . == [] then "none" else join(" ") end' 2>&1) || true
        [ "$missing" = none ] || faults+="$command: not there: $missing"$'\n'
    done < <(listed)
    printf '%s\n' "$faults"
    [ -z "$faults" ]
}
