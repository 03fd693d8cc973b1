/* SPDX-License-Identifier: BSD-2-Clause */
/* Every command of src/cmd/, for the table. */
#ifndef REGTOOL_CMD_COMMANDS_H
#define REGTOOL_CMD_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_attendance_add;
extern const struct command cmd_attendance_import;
extern const struct command cmd_attendance_list;
extern const struct command cmd_attendance_show;
extern const struct command cmd_attendance_void;
extern const struct command cmd_backup;
extern const struct command cmd_badge;
extern const struct command cmd_check;
extern const struct command cmd_checkin;
extern const struct command cmd_checkout;
extern const struct command cmd_complete;
extern const struct command cmd_course_add;
extern const struct command cmd_course_award;
extern const struct command cmd_course_awards;
extern const struct command cmd_course_deny;
extern const struct command cmd_course_enrol;
extern const struct command cmd_course_grant;
extern const struct command cmd_course_list;
extern const struct command cmd_course_mark;
extern const struct command cmd_course_remind;
extern const struct command cmd_course_set;
extern const struct command cmd_course_show;
extern const struct command cmd_course_undecide;
extern const struct command cmd_course_unenrol;
extern const struct command cmd_credit_report;
extern const struct command cmd_event_add;
extern const struct command cmd_event_list;
extern const struct command cmd_event_purge;
extern const struct command cmd_event_set;
extern const struct command cmd_event_show;
extern const struct command cmd_export;
extern const struct command cmd_help;
extern const struct command cmd_import;
extern const struct command cmd_import_list;
extern const struct command cmd_import_undo;
extern const struct command cmd_init;
extern const struct command cmd_log;
extern const struct command cmd_programme_export;
extern const struct command cmd_programme_import;
extern const struct command cmd_programme_show;
extern const struct command cmd_registrant_add;
extern const struct command cmd_registrant_cancel;
extern const struct command cmd_registrant_confirm;
extern const struct command cmd_registrant_data;
extern const struct command cmd_registrant_duplicates;
extern const struct command cmd_registrant_forget;
extern const struct command cmd_registrant_list;
extern const struct command cmd_registrant_merge;
extern const struct command cmd_registrant_set;
extern const struct command cmd_registrant_show;
extern const struct command cmd_stats;
extern const struct command cmd_ticket;
extern const struct command cmd_token_export;
extern const struct command cmd_token_reissue;
extern const struct command cmd_token_revoke;
extern const struct command cmd_token_show;

#endif
