/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading key files. An input is 'e' and then pairs of a place and a byte, put into a right
 * file; or anything else, as the file.
 */
#include "core/key.h"

#include "fuzz.h"

static struct key *key;
static struct str right = STR_INIT; /* its file */

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	static const unsigned char bytes[KEY_SIZE] = { 3, 2, 1 };
	char folder[] = "/tmp/regtool-fuzz-XXXXXX";
	char path[sizeof folder + 2];
	char text[1000];
	struct error error = ERROR_INIT;

	(void)argument_count;
	(void)arguments;
	claim(hash_start_library() == 0, "no libsodium");
	key = key_from_bytes(bytes);
	claim(mkdtemp(folder) != NULL, "no folder");
	(void)snprintf(path, sizeof path, "%s/k", folder);
	claim(key_write(key, path, &error) == STATUS_OK, "%s", error.message);
	FILE *file = fopen(path, "re");
	claim(file != NULL, "the file is not there");
	str_add_bytes(&right, text, fread(text, 1, sizeof text, file));
	(void)fclose(file);
	claim(unlink(path) == 0 && rmdir(folder) == 0, "the folder is left");
	return 0;
}

/* Gives whether the file was one. */
static bool load(const void *bytes, size_t length, unsigned char ret_subkey[static KEY_SIZE])
{
	CLEANUP(key_freep) struct key *loaded = NULL;
	struct error error = ERROR_INIT;

	enum status status = key_load(fuzz_file(0, bytes, length), &loaded, &error);
	if (status != STATUS_OK) {
		claim(status == STATUS_KEY && loaded == NULL, "status %d: %s", (int)status,
			error.message);
		return false;
	}
	key_derive(loaded, 1, "regevent", ret_subkey);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	CLEANUP(str_free) struct str file = STR_INIT;
	unsigned char is[KEY_SIZE];
	unsigned char wanted[KEY_SIZE];

	if (fuzz_byte(&input) != 'e') {
		(void)load(data, size, is);
		return 0;
	}
	str_add_bytes(&file, right.text, right.length);
	while (input.length >= 2) {
		size_t place = fuzz_byte(&input);
		file.text[place % file.length] = (char)fuzz_byte(&input);
	}
	/* Either it is found out, or nothing that counts was changed. */
	key_derive(key, 1, "regevent", wanted);
	if (load(file.text, file.length, is))
		claim(memcmp(is, wanted, sizeof is) == 0, "another key:\n%s", file.text);
	else
		claim(strcmp(file.text, right.text) != 0, "the right file");
	return 0;
}
