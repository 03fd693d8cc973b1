/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit_amount.h"

static const int64_t hundredths = 100;

enum {
	MINUTE_S = 60,
};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* What one hundredth of a credit is, in parts: hundredths of a second, or of a session. */
static int64_t parts_each(const struct credit_rate *rate)
{
	return rate->minutes > 0 ? rate->minutes * MINUTE_S : rate->sessions;
}

static int64_t cut(int64_t parts, int64_t max_hundredths, int64_t each)
{
	return max_hundredths > 0 ? least(parts, max_hundredths * each) : parts;
}

/* Both lists are in order. */
static void share_time(struct credit_plan *plan, const struct spans *attended)
{
	size_t first = 0;

	for (size_t i = 0; i < attended->count; i++) {
		const struct span *span = &attended->all[i];
		while (first < plan->half_day_count && plan->half_days[first].to_s <= span->from_s)
			first++;
		for (size_t j = first; j < plan->half_day_count; j++) {
			struct credit_half_day *half = &plan->half_days[j];
			if (half->from_s >= span->to_s)
				break;
			half->parts += hundredths * (least(half->to_s, span->to_s) -
							    latest(half->from_s, span->from_s));
		}
	}
}

/* A session is of the half-day in which it begins; an arrival, of that in which it was. */
static void share_sessions(struct credit_plan *plan)
{
	size_t half = 0;

	for (size_t i = 0; i < plan->session_count; i++) {
		const struct credit_session *session = &plan->sessions[i];
		if (!session->is_counted || !session->is_attended || session->is_arrival)
			continue;
		while (half < plan->half_day_count &&
			plan->half_days[half].to_s <= session->start_s)
			half++;
		if (half < plan->half_day_count)
			plan->half_days[half].parts += hundredths;
	}
	for (size_t i = 0; i < plan->session_count && plan->arrivals_total > 0; i++) {
		const struct credit_session *session = &plan->sessions[i];
		if (session->is_arrival && session->is_attended)
			credit_plan_half_day(plan, session->arrived_s)->parts += hundredths;
	}
}

/* The parts of all half-days, cut by the caps of half-days and days. */
static int64_t add_up(const struct credit_rate *rate, const struct credit_plan *plan)
{
	int64_t each = parts_each(rate);
	int64_t sum = 0;

	for (size_t i = 0, end; i < plan->half_day_count; i = end) {
		int64_t day_parts = 0;
		for (end = i; end < plan->half_day_count &&
			      plan->half_days[end].day == plan->half_days[i].day;
			end++)
			day_parts += cut(plan->half_days[end].parts, rate->max_half_day_hundredths,
				each);
		sum += cut(day_parts, rate->max_day_hundredths, each);
	}
	return sum;
}

int64_t credit_amount_hundredths(const struct credit_rate *rate, struct credit_plan *plan,
	const struct spans *attended)
{
	int64_t each = parts_each(rate);
	int64_t step = rate->step_hundredths;
	int64_t sum = 0;

	if (rate->minutes == 0 && rate->sessions == 0)
		return rate->fixed_hundredths;
	for (size_t i = 0; i < plan->half_day_count; i++)
		plan->half_days[i].parts = 0;
	if (rate->minutes > 0)
		share_time(plan, attended);
	else
		share_sessions(plan);
	sum = add_up(rate, plan);
	sum = cut(sum, rate->max_hundredths, each);
	int64_t steps = rate->is_rounded_nearest ? (2 * sum + step * each) / (2 * step * each)
						 : sum / (step * each);
	/* Rounding up does not lead beyond the cap. */
	if (rate->max_hundredths > 0)
		steps = least(steps, rate->max_hundredths / step);
	return steps * step;
}
