#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: coverage.sh BUILD REPORTS
#
# What of the sources ran in a build with --enable-coverage, as gcov counted it: a line a file
# with lines and branches, the least covered first, and the total. The sources with the counts
# beside their lines (##### : never) stand in REPORTS.

set -eu

build=$(CDPATH='' cd -- "$1" && pwd)
rm -rf "$2"
mkdir -p "$2"
cd "$2"

# For each file that gcov names: its numbers of lines and branches, and how many ran. Its
# percentages have two decimals, so that whole numbers come back from them.
find "$build/src" -name '*.gcno' | sort | xargs gcov -b -p 2>gcov.log | awk '
    function count(line, part) {
        split(line, part, /[:%]| of /)
        total_of_part = part[4]
        return int(part[2] * part[4] / 100 + 0.5)
    }
    /^File / {
        file = ""
        if (match($0, /src\/([a-z]+\/)?[a-z_0-9]+\.c/))
            file = substr($0, RSTART, RLENGTH)
    }
    /^$/ { file = "" } # and in the end there is a sum
    file == "" { next }
    /^Lines executed/ { ran[file] += count($0); lines[file] += total_of_part }
    /^Taken at least once/ { taken[file] += count($0); branches[file] += total_of_part }
    function percent(part, whole) { return whole > 0 ? 100 * part / whole : 100 }
    function row(name, a, b, c, d) {
        return sprintf("%-32s %6d %6.1f %% %8d %6.1f %%", name, b, percent(a, b), d,
            percent(c, d))
    }
    END {
        by_lines = "sort -k 3,3n -k 1,1"
        printf "%-32s %6s %8s %8s %8s\n", "file", "lines", "ran", "branches", "taken"
        fflush()
        for (file in lines) {
            print row(file, ran[file], lines[file], taken[file], branches[file]) | by_lines
            a += ran[file]; b += lines[file]; c += taken[file]; d += branches[file]
        }
        close(by_lines)
        print row("total", a, b, c, d)
    }'
