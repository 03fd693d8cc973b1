/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/clean.h"

#include "util/memory.h"

enum status clean_file(struct db *db, const struct actor *actor, reading_notice *notice, void *data,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;

	enum status status = db_wipe_unused(db, notice, data, error);
	if (status == STATUS_OK)
		status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status =
			log_append(db, actor, &(struct log_event){ .action = "file clean" }, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}
