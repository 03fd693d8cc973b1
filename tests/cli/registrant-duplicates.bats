#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool registrant duplicates: who may be one person.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T14:30:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich
}

# pairs: "registrant other reasons" a line
pairs() {
    regtool registrant duplicates "$@" -f json |
        jq -r '.[] | "\(.registrant) \(.other) \(.reasons | join(","))"'
}

@test 'the columns, and nobody where nobody is alike' {
    cat >people.csv <<'END'
Name,Email,Affiliation
Ada Lovelace,ada@example.org,Society
Bob Baker,bob@example.org,Society
END
    regtool --quiet import people.csv >/dev/null
    run regtool registrant duplicates -f csv
    assert_status 0
    assert_output 'registrant,name,email,other,other_name,other_email,reasons'
    run regtool registrant duplicates -f json
    assert_output '[]'
    regtool --quiet registrant add --name 'LOVELACE, Adä' --email A.da+sym@Example.org >/dev/null
    run regtool registrant duplicates -f json
    assert_json '. == [{registrant: 1, name: "Ada Lovelace", email: "ada@example.org", other: 3,
        other_name: "LOVELACE, Adä", other_email: "A.da+sym@Example.org",
        reasons: ["same-email", "swapped-name"]}]'
    run regtool registrant duplicates -f csv
    assert_has '1,Ada Lovelace,ada@example.org,3,"LOVELACE, Adä",A.da+sym@Example.org,same-email;swapped-name'
    run regtool registrant duplicates
    assert_has 'same-email'
}

@test 'names: the same affiliation, or one has none' {
    cat >people.csv <<'END'
Name,Email,Affiliation
Jean-Pierre O'Neil,1@x.org,École polytechnique
jean pierre ONEIL,2@x.org,Ecole Polytechnique
Jean-Pierre O’Neil,3@x.org,
Jean-Pierre O'Neil,4@x.org,Elsewhere
O'Neil Jean-Pierre,5@x.org,Elsewhere
Jean Oneil,6@x.org,Elsewhere
Ada Lovelace,7@x.org,Here
Ada Lovelace,8@x.org,There
END
    regtool --quiet import people.csv >/dev/null
    run pairs
    assert_output '1 2 same-name
1 3 same-name
3 4 same-name
4 5 swapped-name'
}

@test 'addresses: case, dots and plus tags, in one domain' {
    cat >people.csv <<'END'
Name,Email
A,ada.lovelace@gmail.com
B,adalovelace+x@googlemail.com
C,adalovelace@gmail.org
D,a.d.a.lovelace@Gmail.com
E,+tag@x.org
F,tag@x.org
END
    regtool --quiet import people.csv >/dev/null
    run pairs
    assert_output '1 2 same-email
1 4 same-email'
}

@test 'one address for two names was said to be two people; the same id is one' {
    cat >people.csv <<'END'
Name,Email,Sciper
Cy Cole,c@example.org,
Di Cole,c@example.org,7
Di Coles,other@example.org,7
END
    regtool --quiet import people.csv --match email+name >/dev/null
    run pairs
    assert_output '2 3 same-id'
}

@test 'of many who are alike each stands beside the first' {
    {
        echo Name,Email
        for i in $(seq 40); do
            echo "Ada Lovelace,ada$i@example.org"
        done
    } >people.csv
    regtool --quiet import people.csv >/dev/null
    run regtool registrant duplicates -f json
    assert_json 'length == 39 and (map(.registrant) | unique) == [1] and
        map(.other) == [range(2; 41)]'
}

@test 'who was merged or erased is not proposed, nor who is at another event' {
    cat >people.csv <<'END'
Name,Email
Ada Lovelace,a@example.org
Ada Lovelace,b@example.org
Ada Lovelace,c@example.org
END
    regtool --quiet import people.csv >/dev/null
    regtool --quiet registrant merge @2 @1 >/dev/null
    regtool --quiet event add other --timezone Europe/Zurich >/dev/null
    regtool --quiet -e other registrant add --name 'Ada Lovelace' --email d@example.org >/dev/null
    export REGTOOL_EVENT=sym
    run pairs
    assert_output '1 3 same-name'
    sqlite3 regtool.db "UPDATE person SET erased_s = 1 WHERE person_id = 3"
    run pairs
    assert_output ''
}

@test 'a database that cannot be written is read' {
    regtool --quiet registrant add --name 'Ada Lovelace' --email a@example.org >/dev/null
    regtool --quiet registrant add --name 'Ada Lovelace' --email b@example.org >/dev/null
    cp regtool.db before.db
    chmod 400 regtool.db
    run pairs
    assert_output '1 2 same-name'
    chmod 600 regtool.db
    cmp regtool.db before.db
}
