#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# The guard against formulas, for all commands that write CSV: in an event whose every word a
# spreadsheet would run. No text here has a comma or a quote, so that a row is divided by its
# commas.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T09:30:00+01:00
    export REGTOOL_ACTOR=-actor REGTOOL_STATION=@door
    regtool -q init --event one --timezone Europe/Zurich
    regtool -q event set one --title =event --url http://example.org >/dev/null
    cat >programme.csv <<'END'
session,kind,start,end,title,people,chair,room,access,credit,capacity
'-S1,session,2022-02-15T09:00,2022-02-15T11:00,'=morning,,'@Chair,'+hall,'-guest+=staff,,
'-S1,talk,2022-02-15T09:00,2022-02-15T10:00,'@talk,'=Speaker (-Lab); +Other,,,,,
,break,2022-02-15T11:00,2022-02-15T11:30,'-coffee,,,'@foyer,,,
''=S2,session,2022-02-15T13:00,2022-02-15T15:00,''=two,,'''',''x,,,30
END
    regtool -q programme import programme.csv >/dev/null
    cat >people.csv <<'END'
name,email,affiliation,roles,external_id,courses,category,note,'=Diet,answer: name
'=One,'=one@example.org,'+Lab,'-guest;=staff,'-x7,C1,'@late,'-note,'+none,'=was
''=Two,two@example.org,,=staff,''-x8,C1,,''90s,'',x-
END
    regtool -q import people.csv >/dev/null
    regtool -q course set C1 --title @course --requirement =exam >/dev/null
    regtool -q course mark C1 @1 --requirement =exam --result pass >/dev/null
    regtool -q course deny C1 @2 --reason +why >/dev/null
    regtool -q checkin --who @1 >/dev/null
    regtool -q attendance add @2 --session -S1 --reason -why >/dev/null
    regtool -q attendance void 2 --reason =void >/dev/null
}

# The commands whose results are CSV, as their words.
lists() {
    list_commands C1
    echo check
    echo credit-report --course C1 -f epfl
}

# as_csv WORDS...: in CSV, unless another format that is CSV is asked for
as_csv() {
    case $* in
    *'-f epfl'*) regtool "$@" ;;
    *) regtool "$@" -f csv ;;
    esac
}

@test 'no cell of a list or report can be run, and --raw leaves all as they are' {
    local guarded=0 words count
    while read -r words; do
        # shellcheck disable=SC2086 # a command with its arguments
        as_csv $words >guarded.csv
        # shellcheck disable=SC2086
        as_csv $words --raw >raw.csv
        # Each cell with its raw form; numbers that are negative may stand as they are.
        count=$(paste -d '\n' guarded.csv raw.csv | awk -F , -v words="$words" '
            NR % 2 == 1 { split($0, guarded); width = NF; next }
            width != NF { fault("another number of cells") }
            {
                for (i = 1; i <= NF; i++) {
                    is_formula = $i ~ /^\047*[-=+@]/ && $i !~ /^-[0-9.]+$/
                    if (guarded[i] != (is_formula ? "\047" $i : $i))
                        fault(guarded[i] " for " $i)
                    count += is_formula
                }
            }
            function fault(what) { print words ": " what >"/dev/stderr"; failed = 1 }
            END { print count + 0; exit failed }
        ')
        guarded=$((guarded + count))
        echo "$words: $count"
    done < <(lists)
    # So many there are: each word above comes out somewhere.
    [ "$guarded" -ge 100 ]
    regtool check
}

@test 'what a command answers, and the tokens of an import, are guarded too' {
    run_split regtool registrant add --name=-New --email=+new@example.org -f csv
    assert_has ",'-New,'+new@example.org,"
    run_split regtool registrant set @3 --given-name '' --family-name =Newer -f csv --raw
    assert_has ',=Newer,+new@example.org,'
    run_split regtool registrant cancel @3 --reason =why -f csv
    assert_has ",'=Newer,'+new@example.org,"
    run_split regtool event set one --title=-event -f csv
    assert_has "one,'-event,"
    run_split regtool course set C1 --title=+course -f csv
    assert_has "C1,'+course,"
    run_split regtool checkin --who @1 --session -S1 --force --reason x -f csv
    assert_has "'=One,'+Lab,'-guest;=staff,'-S1,'=morning,"
    run_split regtool checkin - --session -S1 -f csv <<<'{"who": "@1", "direction": "out"}'
    assert_has "'=One,'+Lab,'-guest;=staff,'-S1,'=morning,"
    printf 'name,email\n=Late,=late@example.org\n' >late.csv
    regtool -q import late.csv --tokens tokens.csv >/dev/null
    grep -q ",'=Late,'=late@example.org," tokens.csv
    printf "name,email,course,=Odd\n=Bad,no,+C,-1\n" >bad.csv
    run_split regtool import bad.csv --skip-bad --rejects rejects.csv
    assert_status 3
    [ "$(head -n 1 rejects.csv)" = "name,email,course,'=Odd,error" ]
    grep -q "^'=Bad,no,'+C,'-1," rejects.csv
}

@test 'the programme, exported, imported into an empty event, exported: the same bytes' {
    regtool -q event add two --timezone Europe/Zurich
    for options in '' --crlf --bom; do
        # shellcheck disable=SC2086 # none or one option
        regtool -e one programme export $options >one.csv
        # shellcheck disable=SC2086
        regtool -e two programme import --replace -f json one.csv >report
        # shellcheck disable=SC2086
        regtool -e two programme export $options >two.csv
        cmp one.csv two.csv
        run_split regtool -e one programme import --replace -f json one.csv
        assert_json '.[0] | .sessions_unchanged == 2 and .items_unchanged == 2'
    done
    regtool -e one programme export >one.csv
    grep -q "^'-S1,session,.*,'=morning,,'@Chair,'+hall,'-guest+=staff," one.csv
    grep -q "^''=S2,session,.*,''=two,,'''',''x," one.csv
}

@test 'the registrants too, into an empty database' {
    regtool export registrants >one.csv
    sed -i 's/,2022-[^,]*,2022-[^,]*,/,2022-02-15T09:30:00+01:00,,/' one.csv
    regtool -d two.db -q init --event one --timezone Europe/Zurich
    regtool -d two.db -q import one.csv >/dev/null
    regtool -d two.db export registrants >two.csv
    diff one.csv two.csv
    grep -q "'=One,'=one@example.org,'+Lab,'-guest;=staff,'-x7,C1," two.csv
    grep -q "''=Two,two@example.org,,'=staff,''-x8,C1," two.csv
}
