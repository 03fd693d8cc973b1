/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The codes of decisions and reasons.
 */
#include "core/credit.h"

const char *credit_decision_word(enum credit_decision decision)
{
	static const char *const words[] = {
		[CREDIT_NOT_ELIGIBLE] = "not-eligible",
		[CREDIT_PENDING] = "pending",
		[CREDIT_ELIGIBLE] = "eligible",
	};

	return words[decision];
}

void credit_reason_write(const struct credit_settings *settings, const struct credit_reason *reason,
	struct str *str)
{
	static const char *const words[] = {
		[CREDIT_GRANTED] = "granted",
		[CREDIT_DENIED] = "denied",
		[CREDIT_NOT_ENROLLED] = "not-enrolled",
		[CREDIT_ROLE] = "role",
		[CREDIT_CANCELLED] = "cancelled",
		[CREDIT_MINUTES_SHORT] = "minutes-short",
		[CREDIT_PERCENT_SHORT] = "percent-short",
		[CREDIT_SESSIONS_SHORT] = "sessions-short",
		[CREDIT_MISSING_SESSION] = "missing-session",
		[CREDIT_MISSING_DAY] = "missing-day",
		[CREDIT_NO_EXIT] = "no-exit",
		[CREDIT_REQUIREMENT_MISSING] = "requirement-missing",
		[CREDIT_REQUIREMENT_FAILED] = "requirement-failed",
		[CREDIT_SESSIONS_AHEAD] = "sessions-ahead",
	};

	str_add(str, words[reason->kind]);
	switch (reason->kind) {
	case CREDIT_GRANTED:
	case CREDIT_DENIED:
	case CREDIT_NOT_ENROLLED:
	case CREDIT_ROLE:
	case CREDIT_CANCELLED:
		break;
	case CREDIT_MINUTES_SHORT:
	case CREDIT_PERCENT_SHORT:
	case CREDIT_SESSIONS_SHORT:
	case CREDIT_SESSIONS_AHEAD:
		str_addf(str, ":%lld", (long long)reason->number);
		break;
	case CREDIT_MISSING_SESSION:
	case CREDIT_NO_EXIT:
		str_addf(str, ":%s", settings->agenda->programme->sessions[reason->session].code);
		break;
	case CREDIT_MISSING_DAY:
		str_add_char(str, ':');
		date_write(reason->day, str);
		break;
	case CREDIT_REQUIREMENT_MISSING:
	case CREDIT_REQUIREMENT_FAILED:
		str_addf(str, ":%s", settings->course->requirements[reason->requirement].name);
		break;
	}
}

void credit_reasons_write(const struct credit_settings *settings,
	const struct credit_outcome *outcome, struct str *ret)
{
	str_clear(ret);
	for (size_t i = 0; i < outcome->reason_count; i++) {
		if (i > 0)
			str_add_char(ret, ';');
		credit_reason_write(settings, &outcome->reasons[i], ret);
	}
}
