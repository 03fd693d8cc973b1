/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/key.h"

#include "store/token_store.h"
#include "util/hash.h"
#include "util/memory.h"
#include "util/str.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CHECK_SIZE = 4,
	KEY_FILE_MAX = 512, /* the real length is 128 */
};

struct key {
	unsigned char bytes[KEY_SIZE];
	unsigned char id[KEY_ID_SIZE];
};

static void personal_hash(const char *personal, const unsigned char *bytes, size_t length,
	unsigned char ret_hash[static HASH_SIZE])
{
	CLEANUP(hash_freep) struct hash *hash = hash_new(personal);

	hash_add_raw(hash, bytes, length);
	hash_finish(hash, ret_hash);
}

static struct key *key_new(void)
{
	struct key *key = sodium_malloc(sizeof *key);

	if (key == NULL)
		memory_is_out();
	return key;
}

static void set_id(struct key *key)
{
	unsigned char digest[HASH_SIZE];

	personal_hash("regtool-keyid-v1", key->bytes, sizeof key->bytes, digest);
	memcpy(key->id, digest, sizeof key->id);
	sodium_memzero(digest, sizeof digest);
}

struct key *key_from_bytes(const unsigned char bytes[static KEY_SIZE])
{
	struct key *key = key_new();

	memcpy(key->bytes, bytes, KEY_SIZE);
	set_id(key);
	return key;
}

struct key *key_make(void)
{
	struct key *key = key_new();

	crypto_kdf_keygen(key->bytes);
	set_id(key);
	return key;
}

void key_free(struct key *key)
{
	sodium_free(key); /* wipes; takes NULL */
}

void key_freep(struct key **key)
{
	key_free(*key);
	*key = NULL;
}

const unsigned char *key_id(const struct key *key)
{
	return key->id;
}

void key_derive(const struct key *key, uint64_t number, const char *context,
	unsigned char ret_subkey[static KEY_SIZE])
{
	(void)crypto_kdf_derive_from_key(ret_subkey, KEY_SIZE, number, context, key->bytes);
}

struct hash *key_hash(const struct key *key, uint64_t number, const char *context,
	const char *personal)
{
	unsigned char subkey[KEY_SIZE];

	key_derive(key, number, context, subkey);
	struct hash *hash = hash_new_keyed(personal, subkey);
	sodium_memzero(subkey, sizeof subkey);
	return hash;
}

bool key_file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* The text of the file, which the caller wipes. */
static void format_key(const struct key *key, char ret_text[static KEY_FILE_MAX])
{
	char id[2 * KEY_ID_SIZE + 1];
	char bytes[2 * KEY_SIZE + 1];
	char check[2 * CHECK_SIZE + 1];
	unsigned char digest[HASH_SIZE];

	personal_hash("regtool-keyfile1", (const unsigned char *)key, sizeof *key, digest);
	hash_to_hex(key->id, sizeof key->id, id);
	hash_to_hex(key->bytes, sizeof key->bytes, bytes);
	hash_to_hex(digest, CHECK_SIZE, check);
	(void)snprintf(ret_text, KEY_FILE_MAX, "regtool key 1\nid: %s\nkey: %s\ncheck: %s\n", id,
		bytes, check);
	sodium_memzero(bytes, sizeof bytes);
}

/* Takes the key out of the text; false if anything of it does not fit. */
static bool parse_key(const char *text, struct key *key)
{
	static const char before[] = "regtool key 1\nid: ";
	static const char between[] = "\nkey: ";
	char again[KEY_FILE_MAX];
	char bytes[2 * KEY_SIZE + 1];
	const char *position = text + sizeof before - 1 + 2 * KEY_ID_SIZE + sizeof between - 1;

	if (strlen(text) < (size_t)(position - text) + 2 * KEY_SIZE)
		return false;
	memcpy(bytes, position, 2 * KEY_SIZE);
	bytes[2 * KEY_SIZE] = '\0';
	int result = hash_from_hex(bytes, key->bytes, KEY_SIZE);
	sodium_memzero(bytes, sizeof bytes);
	if (result != 0)
		return false;
	set_id(key);
	/* What this key would be written as is all that it may say. */
	format_key(key, again);
	bool is_same = strcmp(text, again) == 0;
	sodium_memzero(again, sizeof again);
	return is_same;
}

static enum status read_file(int descriptor, const char *path, char ret_text[static KEY_FILE_MAX],
	struct error *error)
{
	struct stat file;

	if (fstat(descriptor, &file) != 0)
		return error_set_errno(error, STATUS_KEY, "key file '%s'", path);
	if (!S_ISREG(file.st_mode))
		return error_set(error, STATUS_KEY, "key file '%s': not a regular file", path);
	if ((file.st_mode & 077) != 0) {
		(void)error_set(error, STATUS_KEY, "key file '%s': others can read it (mode %03o)",
			path, (unsigned)file.st_mode & 0777);
		return error_hint(error, "if it was never in wrong hands: chmod 600 '%s'", path);
	}
	ssize_t length = read(descriptor, ret_text, KEY_FILE_MAX - 1);
	if (length < 0)
		return error_set_errno(error, STATUS_KEY, "key file '%s'", path);
	ret_text[length] = '\0';
	return STATUS_OK;
}

enum status key_load(const char *path, struct key **ret_key, struct error *error)
{
	char text[KEY_FILE_MAX];

	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (descriptor < 0) {
		(void)error_set_errno(error, STATUS_KEY, "key file '%s'", path);
		return error_hint(error,
			"tokens are made and printed with the key file only; name it with --key");
	}
	enum status status = read_file(descriptor, path, text, error);
	(void)close(descriptor);
	if (status == STATUS_OK) {
		struct key *key = key_new();
		if (parse_key(text, key)) {
			*ret_key = key;
		} else {
			key_free(key);
			(void)error_set(error, STATUS_KEY,
				"key file '%s': damaged, or not a key file", path);
			status = error_hint(error, "take it from a copy");
		}
	}
	sodium_memzero(text, sizeof text);
	return status;
}

static enum status fail_to_write(const char *path, struct error *error)
{
	return error_set_errno(error, errno == EEXIST ? STATUS_EXISTS : STATUS_IO, "key file '%s'",
		path);
}

/* All of it, synced. */
static enum status write_file(int descriptor, const char *path, const char *text,
	struct error *error)
{
	size_t length = strlen(text);
	ssize_t written = write(descriptor, text, length);

	if (written >= 0 && (size_t)written < length) {
		errno = ENOSPC;
		return fail_to_write(path, error);
	}
	if (written < 0 || fsync(descriptor) != 0)
		return fail_to_write(path, error);
	return STATUS_OK;
}

/* Without replacing what is there. Sticks formatted for Windows have no links. */
static int give_name(const char *from, const char *to)
{
	if (link(from, to) == 0) {
		(void)unlink(from);
		return 0;
	}
	return errno == EPERM ? renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) : -1;
}

static enum status sync_folder(const char *path, struct error *error)
{
	CLEANUP(memory_free_text) char *copy = xstrdup(path);
	int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return fail_to_write(path, error);
	enum status status = fsync(folder) == 0 ? STATUS_OK : fail_to_write(path, error);
	(void)close(folder);
	return status;
}

/* Under another name first: half a key file that a crash leaves would be in the way of all that
 * needs one. */
enum status key_write(const struct key *key, const char *path, struct error *error)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	char text[KEY_FILE_MAX];

	str_addf(&name, "%s.new-XXXXXX", path);
	/* mkostemp makes it 0600 whatever the umask. */
	int descriptor = mkostemp(name.text, O_CLOEXEC);
	if (descriptor < 0)
		return fail_to_write(path, error);
	format_key(key, text);
	enum status status = write_file(descriptor, path, text, error);
	sodium_memzero(text, sizeof text);
	(void)close(descriptor);
	if (status == STATUS_OK && give_name(name.text, path) != 0)
		status = fail_to_write(path, error);
	if (status != STATUS_OK) {
		(void)unlink(name.text);
		return status;
	}
	status = sync_folder(path, error);
	if (status != STATUS_OK)
		(void)unlink(path);
	return status;
}

enum status key_check(const struct key *key, const char *path, struct db *db, struct error *error)
{
	unsigned char known[KEY_ID_SIZE];
	char known_text[2 * KEY_ID_SIZE + 1];
	char text[2 * KEY_ID_SIZE + 1];

	enum status status = token_store_key_known(db, key->id, error);
	if (status != STATUS_NOT_FOUND)
		return status;
	status = token_store_key_first(db, known, error);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	hash_to_hex(key->id, sizeof key->id, text);
	if (status == STATUS_OK)
		hash_to_hex(known, sizeof known, known_text);
	return error_set(error, STATUS_KEY,
		"key file '%s' (id %s) is not the key of this database (id %s)", path, text,
		status == STATUS_OK ? known_text : "none");
}

enum status key_register(const struct key *key, struct db *db, int64_t now_s, struct error *error)
{
	return token_store_key_insert(db, key->id, now_s, error);
}
