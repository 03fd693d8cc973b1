/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regtool-print: makes a PDF of badges or tickets on standard output of the people on standard
 * input. regtool starts it (cli/libexec.h says how they speak, cli/print_stream.h in what);
 * nobody else has to.
 */
#include "cli/libexec.h"
#include "cli/libexec_main.h"
#include "print/badge.h"
#include "print/press.h"
#include "print/print_in.h"
#include "print/ticket.h"
#include "util/memory.h"
#include "util/str.h"

#include <stdio.h>
#include <string.h>

/* What is being printed. */
struct job {
	struct print_in *in;
	const struct print_head *head;
	const struct badge_size *size; /* NULL: tickets */
	struct press *press;
	struct ticket *ticket; /* NULL: badges */
	size_t per_page;
	size_t count; /* people so far */
};

static enum status open_press(struct job *job, struct error *error)
{
	const struct print_head *head = job->head;
	CLEANUP(str_free) struct str title = STR_INIT;
	bool is_badge = strcmp(head->what, "badge") == 0;

	if (!is_badge && strcmp(head->what, "ticket") != 0)
		return error_set(error, STATUS_REJECTED, "cannot print a '%s'", head->what);
	job->size = is_badge ? badge_size_find(head->size) : NULL;
	if (is_badge && job->size == NULL)
		return error_set(error, STATUS_REJECTED, "no badge has the size '%s'",
			head->size != NULL ? head->size : "");
	job->per_page = is_badge ? (size_t)(job->size->columns * job->size->rows) : 1;
	str_addf(&title, "%s: %ss", head->title != NULL ? head->title : head->code, head->what);
	job->press = press_open(&(struct press_settings){
		.width = is_badge ? job->size->page_width : ticket_width,
		.height = is_badge ? job->size->page_height : ticket_height,
		.title = title.text,
		.maker = head->maker,
		.day = head->first_day != NULL ? head->first_day : head->last_day,
	});
	return STATUS_OK;
}

static void say_unknown(const struct job *job, const struct print_person *person)
{
	int unknown = press_take_unknown(job->press);

	if (unknown > 0)
		(void)fprintf(stderr,
			"%c@%lld %s: no font of this machine has %d of the characters\n",
			LIBEXEC_NOTICE, (long long)person->number, person->name, unknown);
}

static enum status print_person(struct job *job, const struct print_person *person,
	struct error *error)
{
	enum status status =
		job->size != NULL
			? badge_draw(job->press, job->size, job->head, person, job->count, error)
			: ticket_draw(job->ticket, job->press, person, error);

	if (status != STATUS_OK)
		return error_prefix(error, "@%lld", (long long)person->number);
	say_unknown(job, person);
	job->count++;
	if (job->count % job->per_page == 0)
		status = press_end_page(job->press, error);
	(void)fprintf(stderr, "%c%zu\n", LIBEXEC_DONE, job->count);
	return status;
}

static enum status print_people(struct job *job, struct error *error)
{
	const struct print_person *person = NULL;

	enum status status = print_in_next(job->in, &person, error);
	while (status == STATUS_OK && person != NULL) {
		status = print_person(job, person, error);
		if (status == STATUS_OK)
			status = print_in_next(job->in, &person, error);
	}
	if (status == STATUS_OK && job->count == 0)
		status = error_set(error, STATUS_REJECTED, "there is nobody on the list");
	if (status == STATUS_OK && job->count % job->per_page != 0)
		status = press_end_page(job->press, error);
	return status == STATUS_OK ? press_finish(job->press, error) : status;
}

static enum status run(struct error *error)
{
	struct job job = { .count = 0 };

	enum status status = print_in_open(stdin, &job.in, error);
	if (status == STATUS_OK) {
		job.head = print_in_head(job.in);
		status = open_press(&job, error);
	}
	if (status == STATUS_OK && job.size == NULL) {
		size_t count;
		const struct print_item *items = print_in_items(job.in, &count);
		job.ticket = ticket_new(job.press, job.head, items, count);
		if (ticket_left_out(job.ticket) > 0)
			(void)fprintf(stderr,
				"%cthe programme is too long for one page: the last %zu of it are left out\n",
				LIBEXEC_NOTICE, ticket_left_out(job.ticket));
	}
	if (status == STATUS_OK)
		status = print_people(&job, error);
	ticket_freep(&job.ticket);
	press_freep(&job.press);
	print_in_freep(&job.in);
	return status;
}

int main(int argc, char **argv)
{
	(void)argv;
	return libexec_main(argc, "regtool badge --all -o badges.pdf", run);
}
