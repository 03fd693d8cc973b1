/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/libexec_main.h"

#include "cli/diagnostics.h"
#include "cli/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int libexec_main(int argument_count, const char *example, enum status (*run)(struct error *error))
{
	struct error error = ERROR_INIT;
	enum status status;

	(void)signal(SIGPIPE, SIG_IGN);
	terminal_set_locale();
	if (argument_count > 1 || terminal_is(STDIN_FILENO) || terminal_is(STDOUT_FILENO)) {
		(void)error_set(&error, STATUS_USAGE, "regtool starts this program by itself");
		status = error_hint(&error, "%s", example);
	} else {
		status = run(&error);
	}
	if (status == STATUS_OK)
		return 0;
	(void)fprintf(stderr, "%s\n%s%s", error.message, error.hint,
		*error.hint != '\0' ? "\n" : "");
	return status_exit_code(status);
}
