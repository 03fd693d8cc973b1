/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: sync FILE
 *
 * Prints how long the machine needs until 4 KiB are on its disk: FILE's file system, the median
 * and the worst of a hundred of 1000 times. What a commit costs is some of these.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	TIMES = 1000,
	BLOCK = 4096,
};

static double microseconds_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *first, const void *second)
{
	double a = *(const double *)first;
	double b = *(const double *)second;

	return a < b ? -1 : a > b;
}

int main(int argument_count, char **arguments)
{
	static const char block[BLOCK];
	static double times[TIMES];
	int file = argument_count == 2 ? open(arguments[1], O_RDWR | O_CREAT, 0600) : -1;

	if (file < 0)
		return EXIT_FAILURE;
	for (int i = 0; i < TIMES; i++) {
		double started = microseconds_now();
		if (pwrite(file, block, BLOCK, i % 16 * BLOCK) != BLOCK || fdatasync(file) != 0) {
			perror(arguments[1]);
			return EXIT_FAILURE;
		}
		times[i] = microseconds_now() - started;
	}
	(void)close(file);
	(void)unlink(arguments[1]);
	qsort(times, TIMES, sizeof times[0], compare);
	(void)printf("%.0f us, at worst of a hundred %.0f us\n", times[TIMES / 2],
		times[TIMES - TIMES / 100]);
	return EXIT_SUCCESS;
}
