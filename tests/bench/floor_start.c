/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: floor_start
 *
 * Prints what `regtool --version' prints of the libraries that matter, and so loads them: what a
 * process of the kind costs before it does anything.
 */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	(void)printf("SQLite %s\nlibsodium %s\n", sqlite3_libversion(), sodium_version_string());
	return sodium_init() >= 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
