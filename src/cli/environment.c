/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/environment.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"
#include "util/zone.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

enum status environment_text(const char *name, const char **ret_value, struct error *error)
{
	const char *value = environment(name);
	size_t at;

	if (value != NULL && (!text_is_utf8(value, strlen(value), &at) ||
				     text_has_control(value, strlen(value), "", &at)))
		return error_set(error, STATUS_USAGE,
			"$%s: not UTF-8 text without control characters", name);
	*ret_value = value;
	return STATUS_OK;
}

enum status environment_fix_now(struct context *context, struct error *error)
{
	const char *text = environment("REGTOOL_NOW");
	CLEANUP(zone_closep) struct zone *utc = NULL;
	char *end;

	if (text == NULL)
		return STATUS_OK;
	errno = 0;
	long long seconds = strtoll(text, &end, 10);
	if (errno == 0 && end != text && *end == '\0') {
		context->fixed_now_s = seconds;
	} else {
		enum status status = zone_open("UTC", &utc, error);
		if (status == STATUS_OK)
			status = time_parse(utc, text, &context->fixed_now_s, error);
		if (status != STATUS_OK)
			return error_prefix(error, "$REGTOOL_NOW");
	}
	context->is_now_fixed = true;
	return STATUS_OK;
}

int64_t environment_now_s(const struct context *context)
{
	struct timespec now;

	if (context->is_now_fixed)
		return context->fixed_now_s;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

char *environment_login_name(void)
{
	const struct passwd *user = getpwuid(getuid());
	struct str name = STR_INIT;

	if (user != NULL)
		str_add(&name, user->pw_name);
	else
		str_addf(&name, "uid %lu", (unsigned long)getuid());
	return str_steal(&name);
}
