/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be said of an event on the command line: for init, event add and event set. */
#ifndef REGTOOL_CMD_EVENT_OPTIONS_H
#define REGTOOL_CMD_EVENT_OPTIONS_H

#include "cli/command.h"
#include "core/event.h"

extern const struct option event_options[];

/* What was said; `change` points into it. */
struct event_settings {
	struct event_change change;
	char *title;
	char *url;
	char *timezone;
	bool is_zone_of_machine; /* nobody said one */
};
#define EVENT_SETTINGS_INIT                                                                        \
	{                                                                                          \
		.title = NULL                                                                      \
	}

/* Whether any of them was given. */
bool event_options_given(const struct options *options);
/* Reads them, and finds wrong what can be before the database is opened. A new event takes
 * the machine's zone where none is given. End it with event_settings_free in any case. */
enum status event_options_read(const struct context *context, bool is_new,
	struct event_settings *settings, struct error *error);
/* For CLEANUP(event_settings_free). */
void event_settings_free(struct event_settings *settings);

#endif
