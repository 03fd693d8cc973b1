/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tickets: an A4 page for each person, with the event, its programme and the code that opens
 * the door.
 */
#ifndef REGTOOL_PRINT_TICKET_H
#define REGTOOL_PRINT_TICKET_H

#include "cli/print_stream.h"
#include "print/press.h"
#include "util/error.h"

#include <stddef.h>

extern const double ticket_width;
extern const double ticket_height;

struct ticket;

/* Lays out what all tickets have in common. The programme is printed as large as it fits; one
 * that is too long loses the items of its sessions first, then its end. All is borrowed; the
 * caller frees the ticket, before the press. */
struct ticket *ticket_new(struct press *press, const struct print_head *head,
	const struct print_item *items, size_t count);
void ticket_freep(struct ticket **ticket);
/* How many rows of the programme, from its end, found no place. */
size_t ticket_left_out(const struct ticket *ticket);

/* Draws a person's. STATUS_REJECTED: as qr_draw. */
enum status ticket_draw(const struct ticket *ticket, struct press *press,
	const struct print_person *person, struct error *error);

#endif
