/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What checkin and checkout share: scans are gathered into groups, recorded, and answered
 * after the group's commit, as rows, as lines of words, or on the screen of a station.
 */
#ifndef REGTOOL_CMD_CHECKIN_DESK_H
#define REGTOOL_CMD_CHECKIN_DESK_H

#include "cli/command.h"
#include "core/checkin.h"

#include <stdbool.h>
#include <stddef.h>

struct desk;

enum desk_answers {
	DESK_ROWS,    /* of the result */
	DESK_LINES,   /* of words, each at once */
	DESK_STATION, /* cards on the screen */
};

enum status desk_open(struct context *context, enum desk_answers answers, bool is_dry_run,
	struct desk **ret_desk, struct error *error);
void desk_closep(struct desk **desk);

/* Records a scan in the group, which it begins if need be. */
enum status desk_record(struct desk *desk, const struct checkin_request *request,
	struct error *error);
/* Adds the answer to a line that cannot be read. */
void desk_refuse_line(struct desk *desk, const char *problem, const struct checkin_request *about);
/* Whether the group should be answered before more joins it: it is large, or others have
 * waited for it long enough. */
bool desk_is_full(const struct desk *desk);
/* Commits the group, then answers. */
enum status desk_answer(struct desk *desk, struct error *error);
/* After the last group: STATUS_NO if any was refused. */
enum status desk_finish(struct desk *desk);

#endif
