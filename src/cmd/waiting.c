/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/waiting.h"

#include "cli/command.h"

void say_doors_wait(void *data)
{
	const struct context *context = data;

	say_notice(context->diagnostics,
		"the database changes all the time: check-ins wait until it has been read");
}
