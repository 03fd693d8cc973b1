/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/erasure.h"

#include "store/erasure_store.h"
#include "util/hash.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

struct erasures {
	struct db *db;
	struct hash *hash;
	unsigned char key_id[KEY_ID_SIZE];
	struct str folded;
};

/* The text is other words than for tokens; the way out is the same. */
static enum status load_key(const char *path, struct key **ret_key, struct error *error)
{
	enum status status = key_load(path, ret_key, error);

	if (status == STATUS_KEY && !key_file_exists(path))
		return error_hint(error,
			"who asked to be forgotten is recognised with the key file only; name it"
			" with --key");
	return status;
}

static enum status check_key(const struct key *key, const char *path, struct db *db,
	struct error *error)
{
	unsigned char other[KEY_ID_SIZE];
	char other_text[2 * KEY_ID_SIZE + 1];
	char text[2 * KEY_ID_SIZE + 1];

	enum status status = key_check(key, path, db, error);
	if (status != STATUS_OK)
		return status;
	status = erasure_store_other_key(db, key_id(key), other, error);
	if (status == STATUS_NOT_FOUND) {
		error_clear(error);
		return STATUS_OK;
	}
	if (status != STATUS_OK)
		return status;
	hash_to_hex(key_id(key), KEY_ID_SIZE, text);
	hash_to_hex(other, sizeof other, other_text);
	(void)error_set(error, STATUS_KEY,
		"key file '%s' (id %s) does not recognise all who asked to be forgotten", path,
		text);
	return error_hint(error, "some did with the key with the id %s", other_text);
}

enum status erasures_open(struct db *db, const struct key *key_or_null, const char *key_path,
	struct erasures **ret_erasures, struct error *error)
{
	CLEANUP(key_freep) struct key *loaded = NULL;
	const struct key *key = key_or_null;
	enum status status = STATUS_OK;

	if (key == NULL) {
		status = load_key(key_path, &loaded, error);
		key = loaded;
	}
	if (status == STATUS_OK)
		status = check_key(key, key_path, db, error);
	if (status != STATUS_OK)
		return status;
	struct erasures *erasures = xcalloc(1, sizeof *erasures);
	*erasures = (struct erasures){ .db = db, .folded = STR_INIT };
	memcpy(erasures->key_id, key_id(key), sizeof erasures->key_id);
	erasures->hash = key_hash(key, 1, "regerase", "regtool-erasure1");
	*ret_erasures = erasures;
	return STATUS_OK;
}

enum status erasures_open_if_any(struct db *db, const struct key *key_or_null, const char *key_path,
	struct erasures **ret_erasures, struct error *error)
{
	bool is_any;

	enum status status = erasure_store_any(db, &is_any, error);
	if (status != STATUS_OK)
		return status;
	if (is_any)
		return erasures_open(db, key_or_null, key_path, ret_erasures, error);
	*ret_erasures = NULL;
	return STATUS_OK;
}

void erasures_free(struct erasures *erasures)
{
	if (erasures == NULL)
		return;
	hash_free(erasures->hash);
	str_free(&erasures->folded);
	free(erasures);
}

void erasures_freep(struct erasures **erasures)
{
	erasures_free(*erasures);
	*erasures = NULL;
}

static bool is_said(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static void hash_email(struct erasures *erasures, const char *email,
	unsigned char ret_hash[static HASH_SIZE])
{
	text_fold(email, &erasures->folded);
	hash_add_text(erasures->hash, "email");
	hash_add_text(erasures->hash, erasures->folded.text);
	hash_finish(erasures->hash, ret_hash);
}

static void hash_external_id(struct erasures *erasures, const char *external_id,
	unsigned char ret_hash[static HASH_SIZE])
{
	hash_add_text(erasures->hash, "external_id");
	hash_add_text(erasures->hash, external_id);
	hash_finish(erasures->hash, ret_hash);
}

enum status erasures_find(struct erasures *erasures, const char *email, const char *external_id,
	int64_t *ret_person_id, struct error *error)
{
	unsigned char hash[HASH_SIZE];
	enum status status = STATUS_OK;
	int64_t person_id = 0;

	if (is_said(email)) {
		hash_email(erasures, email, hash);
		status = erasure_store_find(erasures->db, hash, &person_id, error);
	}
	if (status == STATUS_OK && person_id == 0 && is_said(external_id)) {
		hash_external_id(erasures, external_id, hash);
		status = erasure_store_find(erasures->db, hash, &person_id, error);
	}
	if (status == STATUS_OK)
		*ret_person_id = person_id;
	return status;
}

enum status erasures_add(struct erasures *erasures, const struct erase_record *record,
	int64_t person_id, int64_t now_s, struct error *error)
{
	struct erasure_row row = { .person_id = person_id, .erased_s = now_s };
	enum status status = STATUS_OK;

	memcpy(row.key_id, erasures->key_id, sizeof row.key_id);
	if (is_said(record->email)) {
		hash_email(erasures, record->email, row.hash);
		status = erasure_store_insert(erasures->db, &row, error);
	}
	if (status == STATUS_OK && is_said(record->external_id)) {
		hash_external_id(erasures, record->external_id, row.hash);
		status = erasure_store_insert(erasures->db, &row, error);
	}
	return status;
}

enum status erasures_remove(struct erasures *erasures, int64_t person_id, struct error *error)
{
	return erasure_store_delete(erasures->db, person_id, error);
}
