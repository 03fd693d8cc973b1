#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: merge.sh FOLDER SOURCE TARGET...
#
# Makes the kept corpus of each target (SOURCE/corpus/NAME) the fewest inputs that reach all
# that it and FOLDER/found/NAME reach. Inputs that were named by hand stay: each says
# something; those that libFuzzer named by their hash come and go.

set -eu

folder=$1
source=$2
shift 2

hashed='[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*[0-9a-f]'

for target; do
    name=${target##*/fuzz_}
    kept=$source/corpus/$name
    new=$folder/merged/$name
    rm -rf "$new"
    mkdir -p "$new" "$folder/found/$name" "$kept"
    find "$kept" -type f ! -name "$hashed" -exec cp {} "$new" \;
    "$folder/build/$target" -set_cover_merge=1 "$new" "$kept" "$folder/found/$name" \
        </dev/null >"$folder/merged/$name.log" 2>&1
    rm -rf "$kept"
    cp -R "$new" "$kept"
    printf '%-16s %5d inputs, %s\n' "$name" "$(find "$kept" -type f | wc -l)" \
        "$(du -sh --apparent-size "$kept" | cut -f 1)"
done
