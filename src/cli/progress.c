/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/progress.h"

#include "cli/terminal.h"
#include "util/memory.h"
#include "util/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	SILENT_MS = 1000, /* work that is over by then shows nothing */
	REDRAW_MS = 100,
	BAR_WIDTH = 30,
};

struct progress {
	bool is_wanted;
	bool is_drawn;
	const char *what;
	int64_t total;
	int64_t done;
	int64_t started_ms;
	int64_t drawn_ms;
};

static int64_t clock_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct progress *progress_begin(bool is_wanted, const char *what, int64_t total)
{
	struct progress *progress = xcalloc(1, sizeof *progress);

	progress->is_wanted = is_wanted;
	progress->what = what;
	progress->total = total;
	if (is_wanted)
		progress->started_ms = clock_ms();
	return progress;
}

static void add_duration(struct str *line, int64_t seconds)
{
	if (seconds >= 3600)
		str_addf(line, "%lld:%02lld:%02lld", (long long)(seconds / 3600),
			(long long)(seconds / 60 % 60), (long long)(seconds % 60));
	else
		str_addf(line, "%lld:%02lld", (long long)(seconds / 60), (long long)(seconds % 60));
}

static void add_bar(int64_t done, int64_t total, struct str *line)
{
	int64_t filled = done * BAR_WIDTH / total;

	str_add_char(line, '[');
	for (int i = 0; i < BAR_WIDTH; i++)
		str_add_char(line, i < filled ? '#' : '.');
	str_addf(line, "] %lld%%  ", (long long)(done * 100 / total));
}

void progress_add_line(const char *what, int64_t done, int64_t total, int64_t elapsed_ms,
	struct str *line)
{
	int64_t per_second = done * 1000 / elapsed_ms;
	bool is_total_known = total > 0 && done <= total;

	if (is_total_known)
		add_bar(done, total, line);
	str_addf(line, "%lld", (long long)done);
	if (is_total_known)
		str_addf(line, " of %lld", (long long)total);
	str_addf(line, " %s, %lld/s", what, (long long)per_second);
	if (is_total_known && per_second > 0) {
		str_add(line, ", ");
		add_duration(line, (total - done) / per_second);
		str_add(line, " left");
	}
}

static void draw(struct progress *progress, int64_t now_ms)
{
	CLEANUP(str_free) struct str line = STR_INIT;
	size_t width = (size_t)terminal_width(STDERR_FILENO);

	progress_add_line(progress->what, progress->done, progress->total,
		now_ms - progress->started_ms, &line);
	/* One column stays free: a full line would wrap, and could not be erased. ASCII only,
	 * so bytes are columns. */
	if (line.length >= width)
		str_cut(&line, width - 1);
	(void)fprintf(stderr, "\r%s\033[K", line.text);
	(void)fflush(stderr);
	progress->is_drawn = true;
	progress->drawn_ms = now_ms;
}

void progress_update(struct progress *progress, int64_t done)
{
	if (!progress->is_wanted)
		return;
	progress->done = done;
	int64_t now_ms = clock_ms();
	if (now_ms - progress->started_ms < SILENT_MS)
		return;
	if (progress->is_drawn && now_ms - progress->drawn_ms < REDRAW_MS)
		return;
	draw(progress, now_ms);
}

void progress_set_total(struct progress *progress, int64_t total)
{
	progress->total = total;
}

void progress_end(struct progress *progress)
{
	if (progress == NULL)
		return;
	if (progress->is_drawn) {
		(void)fputs("\r\033[K", stderr);
		(void)fflush(stderr);
	}
	free(progress);
}

void progress_endp(struct progress **progress)
{
	progress_end(*progress);
	*progress = NULL;
}
