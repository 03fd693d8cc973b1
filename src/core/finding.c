/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/finding.h"

#include "util/memory.h"
#include "util/str.h"

#include <stdarg.h>

void findings_tell(struct findings *findings, const char *kind, const char *subject,
	const char *format, ...)
{
	CLEANUP(str_free) struct str message = STR_INIT;
	va_list arguments;

	findings->count++;
	if (findings->status != STATUS_OK)
		return;
	va_start(arguments, format);
	str_vaddf(&message, format, arguments);
	va_end(arguments);
	const struct finding finding = {
		.kind = kind,
		.subject = subject,
		.message = message.text,
	};
	findings->status = findings->function(&finding, findings->data, findings->error);
}
