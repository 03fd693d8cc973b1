/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The options of which a course is made: title, credits, rule.
 */
#ifndef REGTOOL_CMD_COURSE_OPTIONS_H
#define REGTOOL_CMD_COURSE_OPTIONS_H

#include "cli/command.h"
#include "core/course.h"

/* The title and the events that count, then those of the rule, which stand alone from the place
 * COURSE_RULE_FIRST on. */
extern const struct option course_options[];
enum {
	COURSE_RULE_FIRST = 2,
};

/* What was given; the change's texts are its own. */
struct course_settings {
	struct course_change change;
	char *title;
	char *roles;
	char *events;
	char *counted;
	char *required;
	struct course_requirement *requirements;
};
#define COURSE_SETTINGS_INIT                                                                       \
	{                                                                                          \
		.title = NULL                                                                      \
	}

/* Whether any of them was given. */
bool course_options_given(const struct options *options);
/* STATUS_USAGE. The caller frees the settings in any case. */
enum status course_rule_read(const struct options *options, struct course_settings *settings,
	struct error *error);
/* The same with title and events. */
enum status course_options_read(const struct options *options, struct course_settings *settings,
	struct error *error);
void course_settings_free(struct course_settings *settings);

#endif
