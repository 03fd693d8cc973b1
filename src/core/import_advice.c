/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What helps where rows of a file are refused for who they are of: the options by which
 * offices take such files in.
 */
#include "core/import_private.h"

static void add_line(struct str *ret, const char *text)
{
	str_addf(ret, "%s%s", ret->length > 0 ? "\n" : "", text);
}

static void advise(const struct import_file *file, enum import_match match, struct str *ret)
{
	bool has_nobody = (file->troubles & TROUBLE_NO_IDENTITY) != 0;
	bool has_shared = (file->troubles & TROUBLE_SHARED_EMAIL) != 0;
	bool has_doubled = (file->troubles & TROUBLE_SAME_PERSON) != 0;
	bool has_ticket = file->ticket_header != NULL && match != MATCH_EXTERNAL_ID;

	if ((file->troubles & TROUBLE_TOO_WIDE) != 0) {
		add_line(ret, "a cell with the delimiter in it is quoted: ");
		str_addf(ret, "\"a%cb\"", file->delimiter);
	}
	if (has_ticket && (has_nobody || has_doubled)) {
		add_line(ret, "a registrant for each ticket: --map external_id=");
		str_addf(ret, "'%s'%s", file->ticket_header,
			has_doubled ? " --match external_id" : "");
	}
	if (has_nobody && file->payer_header != NULL) {
		add_line(ret, "the address of who ordered: ");
		str_addf(ret, "--map email='%s' --match email+name", file->payer_header);
	}
	if (has_nobody && file->payer_header == NULL && !has_ticket)
		add_line(ret, "rows without an address need an external id: --map "
			      "external_id=HEADER");
	if (has_shared && match == MATCH_EMAIL)
		add_line(ret, "several people with one address: --match email+name");
	if (has_doubled)
		add_line(ret, "several rows of one person: leave out the columns in which they "
			      "differ, --ignore HEADER");
}

void import_advise(const struct import *import, struct str *ret)
{
	for (size_t i = 0; i < import->file_count && ret->length == 0; i++)
		advise(&import->files[i], import->settings->match, ret);
}
