/* SPDX-License-Identifier: BSD-2-Clause */
/* The one list of commands, sorted by their names' bytes (a test looks). */
#include "cmd/commands.h"

#include <stddef.h>

const struct command *const command_table[] = {
	&cmd_complete,
	&cmd_attendance_add,
	&cmd_attendance_list,
	&cmd_attendance_show,
	&cmd_attendance_void,
	&cmd_backup,
	&cmd_check,
	&cmd_checkin,
	&cmd_checkout,
	&cmd_course_add,
	&cmd_course_enrol,
	&cmd_course_list,
	&cmd_course_set,
	&cmd_course_show,
	&cmd_course_unenrol,
	&cmd_credit_report,
	&cmd_event_add,
	&cmd_event_list,
	&cmd_event_set,
	&cmd_event_show,
	&cmd_help,
	&cmd_import,
	&cmd_init,
	&cmd_log,
	&cmd_programme_export,
	&cmd_programme_import,
	&cmd_programme_show,
	&cmd_token_export,
	&cmd_token_reissue,
	&cmd_token_revoke,
	&cmd_token_show,
	NULL,
};
