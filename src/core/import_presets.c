/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_presets.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define FIELD_FROM(name, is)                                                                       \
	{                                                                                          \
		.header = (name), .use = USE_FIELD, .field = (is)                                  \
	}
#define FIELD_FROM_NTH(name, nth, is)                                                              \
	{                                                                                          \
		.header = (name), .number = (nth), .use = USE_FIELD, .field = (is)                 \
	}
#define ANSWER(name)                                                                               \
	{                                                                                          \
		.header = (name), .use = USE_ANSWER                                                \
	}
#define ANSWER_NTH(name, nth, as)                                                                  \
	{                                                                                          \
		.header = (name), .number = (nth), .use = USE_ANSWER, .answer = (as)               \
	}
/* A ticket's code opens another system's doors: it is no matter for this database. */
#define TICKET_CODE(name)                                                                          \
	{                                                                                          \
		.header = (name), .use = USE_NONE                                                  \
	}

/* --- pretix: order list, sheet "Order positions". The first of two headers is of the
 * attendee, the second of the invoice. --- */

static const char *const pretix_positions_signature[] = { "Order code", "Position ID", "Status",
	"Email", "Attendee name", "Attendee email", NULL };
static const struct preset_column pretix_positions_columns[] = {
	FIELD_FROM("Attendee name", FIELD_NAME),
	FIELD_FROM("Attendee name: Given name", FIELD_GIVEN_NAME),
	FIELD_FROM("Attendee name: Family name", FIELD_FAMILY_NAME),
	FIELD_FROM("Attendee name: First name", FIELD_GIVEN_NAME),
	FIELD_FROM("Attendee name: Last name", FIELD_FAMILY_NAME),
	FIELD_FROM("Attendee email", FIELD_EMAIL),
	ANSWER("Email"),
	FIELD_FROM_NTH("Company", 1, FIELD_AFFILIATION),
	ANSWER_NTH("Company", 2, "Invoice address: Company"),
	ANSWER_NTH("Address", 1, "Address"),
	ANSWER_NTH("Address", 2, "Invoice address: Address"),
	ANSWER_NTH("ZIP code", 1, "ZIP code"),
	ANSWER_NTH("ZIP code", 2, "Invoice address: ZIP code"),
	ANSWER_NTH("City", 1, "City"),
	ANSWER_NTH("City", 2, "Invoice address: City"),
	ANSWER_NTH("Country", 1, "Country"),
	ANSWER_NTH("Country", 2, "Invoice address: Country"),
	ANSWER_NTH("State", 1, "State"),
	ANSWER_NTH("State", 2, "Invoice address: State"),
};

/* --- pretix: check-in list. "Paid" is there if the list has people who have not. --- */

static const char *const pretix_checkin_signature[] = { "Order code", "Attendee name", "Product",
	"Checked in", "Automatically checked in", "E-mail", NULL };
static const struct preset_column pretix_checkin_columns[] = {
	FIELD_FROM("Attendee name", FIELD_NAME),
	FIELD_FROM("Attendee name: Given name", FIELD_GIVEN_NAME),
	FIELD_FROM("Attendee name: Family name", FIELD_FAMILY_NAME),
	FIELD_FROM("Attendee name: First name", FIELD_GIVEN_NAME),
	FIELD_FROM("Attendee name: Last name", FIELD_FAMILY_NAME),
	FIELD_FROM("Paid", FIELD_STATUS),
	TICKET_CODE("Secret"),
};
static const struct state_word pretix_checkin_states[] = {
	{ "yes", "confirmed" },
	{ "no", "pending" },
};

/* --- Indico: list of registrations. These headers are the same in every language; the
 * states are in the exporter's. --- */

static const char *const indico_signature[] = { "ID", "Name", "Registration state", NULL };
static const struct state_word indico_states[] = {
	{ "Terminé", "confirmed" },
	{ "En attente", "pending" },
	{ "En attente du paiement", "pending" },
	{ "En attente de paiement", "pending" },
	{ "Rejeté", "cancelled" },
	{ "Refusé", "cancelled" },
	{ "Retiré", "cancelled" },
};

/* --- Eventbrite --- */

static const char *const eventbrite_new_signature[] = { "Order ID", "Order date",
	"Attendee first name", "Attendee last name", "Attendee email", NULL };
static const struct preset_column eventbrite_new_columns[] = {
	FIELD_FROM("Attendee first name", FIELD_GIVEN_NAME),
	FIELD_FROM("Attendee last name", FIELD_FAMILY_NAME),
	FIELD_FROM("Attendee email", FIELD_EMAIL),
	FIELD_FROM("Ticket type", FIELD_CATEGORY),
	TICKET_CODE("Barcode number"),
};

static const char *const eventbrite_orders_signature[] = { "Order ID", "Order date",
	"Buyer first name", "Buyer last name", "Buyer email", NULL };

static const char *const eventbrite_signature[] = { "Order #", "Order Date", "First Name",
	"Last Name", "Email", "Ticket Type", NULL };
static const char *const eventbrite_number_signature[] = { "Order No.", "Order Date", "First Name",
	"Last Name", "Email", "Ticket Type", NULL };
static const char *const eventbrite_british_signature[] = { "Order no.", "Order Date", "First Name",
	"Surname", "Email", "Ticket Type", NULL };
static const struct preset_column eventbrite_columns[] = {
	FIELD_FROM("Email", FIELD_EMAIL),
	FIELD_FROM("Ticket Type", FIELD_CATEGORY),
	TICKET_CODE("Barcode #"),
	TICKET_CODE("Barcode no."),
};
static const struct state_word eventbrite_states[] = {
	{ "Not Attending", "cancelled" },
};

/* --- Others --- */

/* Which columns there are is the exporter's choice. */
static const char *const alfio_signature[] = { "ReservationID", "E-Mail", "Category", "Status",
	NULL };

static const char *const hi_events_signature[] = { "First Name", "Last Name", "Email", "Status",
	"Product ID", "Product Name", "Public ID", "Short ID", NULL };
static const struct preset_column hi_events_columns[] = {
	FIELD_FROM("Product Name", FIELD_CATEGORY),
};

/* "Ticket Type" is free or paid; the order's address and company stand in every row. */
static const char *const open_event_signature[] = { "Order#", "Payment Type", "Ticket Name",
	"Ticket ID", "Ticket Type", "Email", NULL };
static const struct preset_column open_event_columns[] = {
	FIELD_FROM("Ticket Name", FIELD_CATEGORY),
	ANSWER("Ticket Type"),
};
static const struct state_word open_event_states[] = {
	{ "placed", "pending" },
	{ "initializing", "pending" },
};

/* With the Greek iota that the header is written with. */
static const char *const osem_signature[] = { "Name", "Nickname", "Affil\u03b9ation", "Email",
	NULL };
static const struct preset_column osem_columns[] = {
	FIELD_FROM("Affil\u03b9ation", FIELD_AFFILIATION),
	TICKET_CODE("Ticket Token"),
};

static const char *const pretalx_signature[] = { "name", "email", "confirmed", NULL };

static const char *const luma_signature[] = { "api_id", "name", "email", "approval_status", NULL };
static const struct preset_column luma_columns[] = {
	FIELD_FROM("approval_status", FIELD_STATUS),
	TICKET_CODE("qr_code_url"),
};
static const struct state_word luma_states[] = {
	{ "pending_approval", "pending" },
	{ "waitlist", "waitlisted" },
	{ "declined", "cancelled" },
};

static const char *const google_signature[] = { "Timestamp", "Email Address", NULL };
static const char *const google_french_signature[] = { "Horodateur", "Adresse e-mail", NULL };
static const char *const google_german_signature[] = { "Zeitstempel", "E-Mail-Adresse", NULL };

#define COLUMNS(array) .columns = (array), .column_count = COUNT(array)
#define STATES(array)  .states = (array), .state_count = COUNT(array)

/* The first that fits is taken. */
static const struct import_preset presets[] = {
	{ .name = "pretix order positions",
		.signature = pretix_positions_signature,
		COLUMNS(pretix_positions_columns),
		.ticket_header = "Pseudonymization ID",
		.payer_header = "Email" },
	{ .name = "a pretix check-in list",
		.signature = pretix_checkin_signature,
		COLUMNS(pretix_checkin_columns),
		STATES(pretix_checkin_states) },
	{ .name = "an Indico list of registrations",
		.signature = indico_signature,
		STATES(indico_states),
		.ticket_header = "ID" },
	/* Before Eventbrite's, for which it has enough headers too. */
	{ .name = "open-event attendees",
		.signature = open_event_signature,
		COLUMNS(open_event_columns),
		STATES(open_event_states) },
	{ .name = "an Eventbrite attendee report",
		.signature = eventbrite_new_signature,
		COLUMNS(eventbrite_new_columns),
		STATES(eventbrite_states),
		.payer_header = "Buyer email" },
	{ .name = "an Eventbrite attendee report",
		.signature = eventbrite_signature,
		COLUMNS(eventbrite_columns),
		STATES(eventbrite_states),
		.ticket_header = "Attendee #",
		.payer_header = "Buyer Email" },
	{ .name = "an Eventbrite attendee report",
		.signature = eventbrite_number_signature,
		COLUMNS(eventbrite_columns),
		STATES(eventbrite_states),
		.ticket_header = "Attendee no.",
		.payer_header = "Buyer Email" },
	{ .name = "an Eventbrite attendee report",
		.signature = eventbrite_british_signature,
		COLUMNS(eventbrite_columns),
		STATES(eventbrite_states),
		.ticket_header = "Attendee no.",
		.payer_header = "Buyer Email" },
	{ .name = "an Eventbrite orders report",
		.signature = eventbrite_orders_signature,
		.hint = "these are orders: export the attendees, or take who bought: "
			"--map given_name='Buyer first name' --map family_name='Buyer last name' "
			"--map email='Buyer email'" },
	{ .name = "alf.io tickets", .signature = alfio_signature, .ticket_header = "ID" },
	{ .name = "Hi.Events attendees",
		.signature = hi_events_signature,
		COLUMNS(hi_events_columns),
		.ticket_header = "Public ID" },
	{ .name = "OSEM registrations", .signature = osem_signature, COLUMNS(osem_columns) },
	{ .name = "pretalx speakers", .signature = pretalx_signature, .is_whole = true },
	{ .name = "Luma guests",
		.signature = luma_signature,
		COLUMNS(luma_columns),
		STATES(luma_states),
		.ticket_header = "api_id" },
	{ .name = "answers of a Google Form", .signature = google_signature },
	{ .name = "answers of a Google Form", .signature = google_french_signature },
	{ .name = "answers of a Google Form", .signature = google_german_signature },
};

/* How often the header stands among the keys. */
static size_t count_header(const char *header, const char *const *keys, size_t count)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	size_t found = 0;

	text_header_key(header, &key);
	for (size_t i = 0; i < count; i++)
		found += strcmp(keys[i], key.text) == 0 ? 1 : 0;
	return found;
}

static bool fits(const struct import_preset *preset, const char *const *keys, size_t count)
{
	size_t wanted = 0;

	for (; preset->signature[wanted] != NULL; wanted++) {
		if (count_header(preset->signature[wanted], keys, count) == 0)
			return false;
	}
	return !preset->is_whole || wanted == count;
}

const struct import_preset *import_preset_find(const char *const *keys, size_t count)
{
	for (size_t i = 0; i < COUNT(presets); i++) {
		if (fits(&presets[i], keys, count))
			return &presets[i];
	}
	return NULL;
}

size_t import_preset_place(const struct preset_column *entry, const char *const *keys, size_t count)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	size_t wanted = entry->number > 0 ? entry->number : 1;
	size_t times = count_header(entry->header, keys, count);

	/* A third column of that name, a question's perhaps: which is which is not settled. */
	if (times != (entry->number > 0 ? 2 : 1))
		return count;
	text_header_key(entry->header, &key);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(keys[i], key.text) == 0 && --wanted == 0)
			return i;
	}
	return count;
}
