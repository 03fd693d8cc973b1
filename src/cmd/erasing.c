/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/erasing.h"

#include "cmd/waiting.h"
#include "core/clean.h"

enum status erasing_clean(struct context *context, const struct actor *actor, const char *way_out,
	struct error *error)
{
	enum status status = clean_file(context->db, actor, say_doors_wait, context, error);

	if (status == STATUS_OK)
		return status;
	(void)error_prefix(error, "erased, but the file is not cleaned");
	return error_hint(error, "bytes of who was erased may be left in it: %s", way_out);
}

static void say_old_copy(const char *path, void *data)
{
	const struct context *context = data;

	say_notice(context->diagnostics,
		"'%s', kept from before an update, still holds who was erased: delete it", path);
}

void erasing_say_copies(struct context *context)
{
	say_notice(context->diagnostics,
		"earlier backups still hold who was erased: delete them, and make a new one");
	db_old_copies(context->db, say_old_copy, context);
}
