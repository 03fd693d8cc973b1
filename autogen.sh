#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Usage: ./autogen.sh [--install-deps] [CONFIGURE OPTION]...
#
# Makes configure from configure.ac and runs it in the current folder (so that a build
# folder of its own works: mkdir build && cd build && ../autogen.sh). NOCONFIGURE=1 stops
# before configure. With --install-deps the Debian packages that building and testing need
# are installed where they are missing; without it nothing is installed, and what is
# missing is named.

set -eu

source_folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# Debian package, kind of test, and what shows that it is there.
build_needs='
autoconf          command autoreconf
automake          command automake
gcc               command cc
libc6-dev         header  stdio.h
libcsv-dev        header  csv.h
libjansson-dev    module  jansson
libpopt-dev       module  popt
libsmartcols-dev  module  smartcols
libsodium-dev     module  libsodium
libsqlite3-dev    module  sqlite3
libutf8proc-dev   module  libutf8proc
make              command make
pkg-config        command pkg-config
tzdata            file    /usr/share/zoneinfo/Europe/Zurich
'
# For the format xlsx, unless --without-xlsx is given.
xlsx_needs='
libminizip-dev    module  minizip
libxlsxwriter-dev module  xlsxwriter
zlib1g-dev        module  zlib
'
# For badges and tickets, unless --without-print is given.
print_needs='
libcairo2-dev     module  cairo-pdf
libpango1.0-dev   module  pangocairo
libqrencode-dev   module  libqrencode
'
check_needs='
bats              command bats
fonts-noto-cjk    file    /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
fonts-noto-core   file    /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf
jq                command jq
libcmocka-dev     module  cmocka
libxml2-utils     command xmllint
mandoc            command mandoc
poppler-utils     command pdftotext
shellcheck        command shellcheck
sqlite3           command sqlite3
unzip             command unzip
zbar-tools        command zbarimg
'

say() {
    printf 'autogen.sh: %s\n' "$*" >&2
}

# is_there PACKAGE KIND THING
is_there() {
    if dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null | grep -q ' installed$'; then
        return 0
    fi
    case $2 in
    command) command -v "$3" >/dev/null 2>&1 ;;
    module) pkg-config --exists "$3" 2>/dev/null ;;
    header) printf '#include <%s>\n' "$3" | cc -E - >/dev/null 2>&1 ;;
    file) test -e "$3" ;;
    esac
}

# missing NEEDS: prints the packages that are not there
missing() {
    printf '%s' "$1" | while read -r package kind thing; do
        if [ -n "$package" ] && ! is_there "$package" "$kind" "$thing"; then
            printf '%s ' "$package"
        fi
    done
}

# as_root COMMAND...
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        say "installing needs root or sudo; as root: $*"
        return 1
    fi
}

install_packages() {
    packages=$(missing "$build_needs$xlsx_needs$print_needs$check_needs")
    if [ -z "$packages" ]; then
        return 0
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
        say "no apt-get here; install what Debian calls $packages"
        return 1
    fi
    say "installing $packages"
    as_root apt-get update
    # shellcheck disable=SC2086 # one word a package
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends $packages
}

install_deps=no
for option; do
    shift
    case $option in
    --install-deps) install_deps=yes ;;
    --without-print | --with-print=no)
        print_needs=
        set -- "$@" "$option"
        ;;
    --without-xlsx | --with-xlsx=no)
        xlsx_needs=
        set -- "$@" "$option"
        ;;
    *) set -- "$@" "$option" ;;
    esac
done

if [ "$install_deps" = yes ]; then
    install_packages </dev/null
fi

build_packages=$(missing "$build_needs$xlsx_needs$print_needs")
check_packages=$(missing "$check_needs")
if [ -n "$build_packages" ]; then
    say "missing Debian packages: $build_packages"
fi
if [ -n "$check_packages" ]; then
    say "missing Debian packages, for make check only: $check_packages"
fi
if [ -n "$build_packages" ]; then
    say "install them: apt-get install $build_packages$check_packages"
    say 'or run: ./autogen.sh --install-deps'
    exit 1
fi

(cd "$source_folder" && autoreconf --force --install)

if [ -n "${NOCONFIGURE:-}" ]; then
    exit 0
fi
# Who builds from a checkout wants to see warnings; --disable-werror after it wins.
if [ -e "$source_folder/.git" ]; then
    set -- --enable-werror "$@"
fi
exec "$source_folder/configure" "$@"
