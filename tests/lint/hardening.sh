#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The programs as they were built: that what configure asks of compiler and linker against
# attacks is in them. (A build with sanitizers goes without.)

set -u
. "${abs_srcdir:?}/tests/lint/tap.sh"
: "${compile_command:?}"

cd "${abs_builddir:?}" || exit 1
programs=regtool
[ ! -e regtool-xlsx ] || programs='regtool regtool-xlsx'

# has READELF-OPTION PATTERN: the programs in which no line is like it
has() {
    for program in $programs; do
        LC_ALL=C readelf -W "$1" "$program" 2>&1 | grep -qE "$2" ||
            printf '%s: readelf %s shows no %s\n' "$program" "$1" "$2"
    done
}

# has_no READELF-OPTION PATTERN: the lines that are like it
has_no() {
    for program in $programs; do
        LC_ALL=C readelf -W "$1" "$program" 2>&1 | grep -E "^readelf: Error|$2" |
            sed "s/^/$program: /"
    done
}

# compiled_with FLAG
compiled_with() {
    case " $compile_command " in
    *" $1 "*) true ;;
    *) printf 'the compiler was not given %s\n' "$1" ;;
    esac
}

case " $compile_command " in
*-fsanitize=*)
    skip 'hardening' 'built with sanitizers'
    plan
    ;;
esac

report 'loaded at a place that nobody knows (PIE)' "$(has --file-header 'Type: +DYN')"
report 'no code that is written at the start (TEXTREL)' "$(has_no --dynamic TEXTREL)"
report 'tables of the linker read-only (RELRO)' "$(has --program-headers GNU_RELRO)"
report 'and whole, as all is bound at the start (BIND_NOW)' "$(has --dynamic BIND_NOW)"
report 'no stack that can be executed' "$(has --program-headers 'GNU_STACK.* RW +0x')"
report 'nothing that can be written and executed' "$(has_no --program-headers 'LOAD.* RWE ')"
report 'no folder of its own to look for libraries in' "$(has_no --dynamic 'RPATH|RUNPATH')"
report 'the stack is guarded' "$(has --dyn-syms '__stack_chk_fail'
    compiled_with -fstack-clash-protection)"
case " $compile_command " in
*' -O0 '*) skip 'calls that know the size of buffers' 'built without optimization' ;;
*) report 'calls that know the size of buffers' "$(has --dyn-syms '__[a-z]+_chk(@|$)')" ;;
esac
# Of the objects: the C library's own start code, which it is linked with, may go without.
case "$(uname -m)" in
x86_64) report 'jumps go to marked places (CET)' "$(LC_ALL=C readelf -nW src/main.o 2>&1 |
    grep -q 'IBT, SHSTK' || echo 'src/main.o: readelf -n shows no IBT, SHSTK')" ;;
*) skip 'jumps go to marked places (CET)' 'only of x86-64' ;;
esac

plan
