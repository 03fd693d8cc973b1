# SPDX-License-Identifier: BSD-2-Clause
#
# The few tests of regtool's configure that autoconf and pkg-config do not bring along.

# REGTOOL_COMPILER_FLAGS(VARIABLE, FLAG...)
# Adds each flag that the compiler takes without a word to VARIABLE. A flag that hardens is
# tried with the flags found so far and with the user's own: _FORTIFY_SOURCE, say, is not
# taken where CFLAGS say -O0.
AC_DEFUN([REGTOOL_COMPILER_FLAGS], [
AC_LANG_ASSERT([C])
for regtool_flag in $2; do
	AC_MSG_CHECKING([whether $CC takes $regtool_flag])
	regtool_saved_CFLAGS=$CFLAGS
	CFLAGS="$$1 $regtool_flag -Werror $CFLAGS"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>]], [[puts("");]])],
		[AC_MSG_RESULT([yes])
		AS_VAR_APPEND([$1], [" $regtool_flag"])],
		[AC_MSG_RESULT([no])])
	CFLAGS=$regtool_saved_CFLAGS
done
])

# REGTOOL_LINKER_FLAGS(VARIABLE, FLAG...)
AC_DEFUN([REGTOOL_LINKER_FLAGS], [
AC_LANG_ASSERT([C])
for regtool_flag in $2; do
	AC_MSG_CHECKING([whether $CC links with $regtool_flag])
	regtool_saved_LDFLAGS=$LDFLAGS
	LDFLAGS="$$1 $regtool_flag -Werror $LDFLAGS"
	AC_LINK_IFELSE([AC_LANG_PROGRAM()],
		[AC_MSG_RESULT([yes])
		AS_VAR_APPEND([$1], [" $regtool_flag"])],
		[AC_MSG_RESULT([no])])
	LDFLAGS=$regtool_saved_LDFLAGS
done
])

# REGTOOL_NEED_MODULE(PREFIX, MODULE, DEBIAN-PACKAGE)
# Sets PREFIX_CFLAGS and PREFIX_LIBS; a missing module joins $missing_packages, so that one
# message can name all of them.
AC_DEFUN([REGTOOL_NEED_MODULE], [
PKG_CHECK_MODULES([$1], [$2], [], [
	AC_MSG_RESULT([missing: Debian package $3])
	AS_VAR_APPEND([missing_packages], [" $3"])])
])

# REGTOOL_CHECK_TOOL(VARIABLE, PROGRAM, DEBIAN-PACKAGE)
# A program that only `make check' needs.
AC_DEFUN([REGTOOL_CHECK_TOOL], [
AC_PATH_PROG([$1], [$2])
AS_IF([test -z "$$1"], [AS_VAR_APPEND([missing_check_packages], [" $3"])])
])

# REGTOOL_LOOK_FOR_FONT(FAMILY, DEBIAN-PACKAGE)
# A font is looked for when a program runs, perhaps on another machine: a missing one joins
# $missing_fonts, and is no error.
AC_DEFUN([REGTOOL_LOOK_FOR_FONT], [
AC_MSG_CHECKING([for the font $1])
AS_IF([fc-list ":family=$1" 2>/dev/null | grep . >/dev/null],
	[AC_MSG_RESULT([yes])],
	[AC_MSG_RESULT([missing: Debian package $2])
	AS_VAR_APPEND([missing_fonts], [" $2"])])
])
