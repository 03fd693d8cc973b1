/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/founding.h"

#include "util/hash.h"
#include "util/memory.h"

#include <stdlib.h>
#include <unistd.h>

struct founding {
	struct db *db;
	struct key *key;
	const char *db_path;
	const char *key_path;
	bool is_key_new;
};

static enum status register_key(struct founding *founding, const struct actor *actor,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	char id[2 * KEY_ID_SIZE + 1];

	hash_to_hex(key_id(founding->key), KEY_ID_SIZE, id);
	enum status status = transaction_begin_write(&transaction, founding->db, error);
	if (status == STATUS_OK)
		status = key_register(founding->key, founding->db, actor->now_s, error);
	if (status == STATUS_OK)
		status = log_append(founding->db, actor,
			&(struct log_event){ .action = "init", .subject = "key", .detail = id },
			error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

enum status founding_begin(const char *db_path, const char *key_path,
	const struct db_options *options, const struct actor *actor, struct founding **ret_founding,
	struct error *error)
{
	CLEANUP(founding_freep) struct founding *founding = xcalloc(1, sizeof *founding);

	founding->db_path = db_path;
	founding->key_path = key_path;
	/* First of all whether there is a database: its key, whatever it is, is not ours. */
	enum status status = db_open(db_path, DB_NEW, options, &founding->db, error);
	if (status != STATUS_OK)
		return status;
	founding->is_key_new = !key_file_exists(key_path);
	if (founding->is_key_new)
		founding->key = key_make();
	else
		status = key_load(key_path, &founding->key, error);
	if (status == STATUS_OK)
		status = register_key(founding, actor, error);
	if (status != STATUS_OK)
		return status;
	*ret_founding = founding;
	founding = NULL;
	return STATUS_OK;
}

struct db *founding_db(const struct founding *founding)
{
	return founding->db;
}

const struct key *founding_key(const struct founding *founding)
{
	return founding->key;
}

bool founding_is_key_new(const struct founding *founding)
{
	return founding->is_key_new;
}

enum status founding_finish(struct founding *founding, struct error *error)
{
	if (founding->is_key_new) {
		enum status status = key_write(founding->key, founding->key_path, error);
		if (status != STATUS_OK)
			return status;
	}
	enum status status = db_publish(&founding->db, error);
	/* Where the folder alone could not be synced the database stands, and needs its key; and
	 * a database that came into being meanwhile may have taken this key file for its own. */
	bool is_in_place = status == STATUS_OK || access(founding->db_path, F_OK) == 0;
	if (!is_in_place && founding->is_key_new)
		(void)unlink(founding->key_path);
	return status;
}

void founding_free(struct founding *founding)
{
	if (founding == NULL)
		return;
	db_close(founding->db);
	key_free(founding->key);
	free(founding);
}

void founding_freep(struct founding **founding)
{
	founding_free(*founding);
	*founding = NULL;
}
