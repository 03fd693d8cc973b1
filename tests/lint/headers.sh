#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Each header compiles alone and has the guard that its path gives; each .c file includes
# its own header first; each file begins with its licence.

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"
: "${compile_command:?}"

cd "$abs_srcdir/src" || exit 1

compiles_alone() {
    find . -name '*.h' | sed 's:^\./::' | sort | while read -r header; do
        printf '#include "%s"\n' "$header" >"$source_file"
        # shellcheck disable=SC2086 # a command with its options
        (cd "${abs_builddir:?}" && $compile_command -fsyntax-only "$source_file") 2>&1 ||
            printf '%s does not compile alone\n' "$header"
    done
}

guards() {
    find . -name '*.h' | sed 's:^\./::' | sort | while read -r header; do
        guard=REGTOOL_$(printf '%s' "$header" | tr 'a-z/.' 'A-Z__')
        if ! grep -qx "#ifndef $guard" "$header" || ! grep -qx "#define $guard" "$header"; then
            printf '%s: its guard should be %s\n' "$header" "$guard"
        fi
    done
}

own_header_first() {
    find . -name '*.c' | sed 's:^\./::' | sort | while read -r file; do
        own=${file%.c}.h
        if [ -e "$own" ]; then
            first=$(grep -m 1 '^#include' "$file")
            [ "$first" = "#include \"$own\"" ] ||
                printf '%s: first comes %s\n' "$file" "$first"
        fi
    done
}

licences() {
    cd "$abs_srcdir" || return
    find src schema tests/unit tests/cli tests/fuzz tests/lint tests/fault tests/bench -type f \
        \( -name '*.[ch]' -o -name '*.sh' -o -name '*.bash' -o -name '*.bats' -o -name '*.awk' \) \
        2>/dev/null | sort | while read -r file; do
        head -n 2 "$file" | grep -q 'SPDX-License-Identifier: BSD-2-Clause' ||
            printf '%s: no SPDX line\n' "$file"
    done
}

source_file=$(mktemp "${TMPDIR:-/tmp}/regtool-header.XXXXXX") || exit 1
mv "$source_file" "$source_file.c" && source_file=$source_file.c
trap 'rm -f "$source_file"' EXIT

report 'each header compiles alone' "$(compiles_alone)"
report 'each header has its guard' "$(guards)"
report 'each file includes its own header first' "$(own_header_first)"
report 'each file names its licence first' "$(licences)"

plan
