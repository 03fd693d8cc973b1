/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every unit test includes: cmocka in the order it wants, numbers that are random and
 * the same in every run, and files to read.
 */
#ifndef REGTOOL_TESTS_UNIT_H
#define REGTOOL_TESTS_UNIT_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* SplitMix64 (Steele, Lea, Flood 2014): the same seed, the same numbers, everywhere. */
static inline uint64_t unit_random(uint64_t *state)
{
	uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

/* A number from 0 to below - 1. */
static inline size_t unit_random_below(uint64_t *state, size_t below)
{
	return (size_t)(unit_random(state) % below);
}

/* Makes a file in the temporary folder; the caller unlinks it. Its path lives until the
 * next one is made. */
static inline const char *unit_file(const void *bytes, size_t length)
{
	static char path[PATH_MAX];
	const char *folder = getenv("TMPDIR");

	(void)snprintf(path, sizeof path, "%s/regtool-unit-XXXXXX",
		folder != NULL ? folder : "/tmp");
	int descriptor = mkstemp(path);
	assert_true(descriptor >= 0);
	for (size_t at = 0; at < length;) {
		ssize_t written = write(descriptor, (const char *)bytes + at, length - at);
		assert_true(written > 0);
		at += (size_t)written;
	}
	assert_int_equal(close(descriptor), 0);
	return path;
}

#endif
