/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/suggest.h"

#include "util/text.h"

#include <string.h>

void suggestion_start(struct suggestion *suggestion, const char *typed)
{
	suggestion->typed = typed;
	suggestion->nearest = NULL;
	suggestion->distance = 2 + strlen(typed) / 3; /* the first that is too far */
}

void suggestion_consider(struct suggestion *suggestion, const char *name)
{
	size_t length = strlen(suggestion->typed);
	size_t distance;

	if (length > 0 && strncmp(name, suggestion->typed, length) == 0)
		distance = 0;
	else
		distance = text_distance(suggestion->typed, name);
	if (distance >= suggestion->distance)
		return;
	suggestion->nearest = name;
	suggestion->distance = distance;
}
