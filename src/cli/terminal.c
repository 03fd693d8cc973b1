/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	WIDTH_UNKNOWN = 80,
	HEIGHT_UNKNOWN = 24,
};

bool terminal_is(int descriptor)
{
	return isatty(descriptor) == 1;
}

int terminal_width(int descriptor)
{
	struct winsize size;

	if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return WIDTH_UNKNOWN;
	return size.ws_col;
}

int terminal_height(int descriptor)
{
	struct winsize size;

	if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
		return HEIGHT_UNKNOWN;
	return size.ws_row;
}

bool terminal_wants_color(int descriptor, enum color_choice choice)
{
	if (choice != COLOR_AUTO)
		return choice == COLOR_ALWAYS;
	/* https://no-color.org: set and not empty, whatever its value. */
	const char *no_color = getenv("NO_COLOR");
	if (no_color != NULL && *no_color != '\0')
		return false;
	return terminal_is(descriptor);
}

bool terminal_shows_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	/* By the name, not by setlocale: a terminal elsewhere may well have a locale that this
	 * machine has not. */
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *locale = getenv(names[i]);
		if (locale != NULL && *locale != '\0')
			return strcasestr(locale, "UTF-8") != NULL ||
			       strcasestr(locale, "UTF8") != NULL;
	}
	return false;
}

int terminal_keep_descriptors(void)
{
	/* Opened the wrong way round: who reads or writes one that was closed must hear that
	 * it failed, and never take the null device for the real thing. */
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int descriptor = 0; descriptor <= 2; descriptor++) {
		if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF)
			continue;
		/* All lower ones are open by now, so this takes the number that is free. */
		if (open("/dev/null", modes[descriptor]) != descriptor)
			return -1;
	}
	return 0;
}

void terminal_set_locale(void)
{
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		(void)setlocale(LC_CTYPE, "en_US.UTF-8");
}
