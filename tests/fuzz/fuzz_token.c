/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading tokens. An input is a text as it is typed or scanned; its first bytes are a token
 * too, to be written, read back, and spoilt.
 */
#include "core/token.h"

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	(void)argument_count;
	(void)arguments;
	return hash_start_library();
}

/* What reads as a token is one whatever it looks like: written, it reads as the same. */
static void claim_read(const char *text)
{
	unsigned char token[TOKEN_SIZE];
	unsigned char again[TOKEN_SIZE];
	char written[TOKEN_TEXT_SIZE];

	if (!token_read(text, token))
		return;
	token_write(token, written);
	claim(token_read(written, again), "%s, written of %s", written, text);
	claim(memcmp(token, again, sizeof token) == 0, "%s is another than %s", written, text);
}

/* The place of the symbol's reading: those that are read as one another are the same. */
static int symbol_value(char symbol)
{
	static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	const char *found = strchr(symbols, symbol);

	return symbol != '\0' && found != NULL ? (int)(found - symbols) : -1;
}

/* One symbol wrong, or two beside each other swapped, is never another token. */
static void claim_spoilt(const char *written, size_t place, char symbol)
{
	char text[TOKEN_TEXT_SIZE];
	unsigned char token[TOKEN_SIZE];

	(void)snprintf(text, sizeof text, "%s", written);
	place %= strlen(text);
	if (text[place] == '-')
		place++;
	if (symbol_value(symbol) >= 0 && symbol != text[place]) {
		text[place] = symbol;
		claim(!token_read(text, token), "%s, spoilt from %s", text, written);
	}
	(void)snprintf(text, sizeof text, "%s", written);
	size_t next = place + 1 + (text[place + 1] == '-' ? 1 : 0);
	if (text[next] == '\0' || text[next] == text[place])
		return;
	char swapped = text[place];
	text[place] = text[next];
	text[next] = swapped;
	claim(!token_read(text, token), "%s, swapped from %s", text, written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	CLEANUP(memory_free_text) char *text = fuzz_text(&input, '\n');
	unsigned char token[TOKEN_SIZE] = { 0 };
	unsigned char again[TOKEN_SIZE];
	char written[TOKEN_TEXT_SIZE];

	claim_read(text);
	memcpy(token, data, size < sizeof token ? size : sizeof token);
	token_write(token, written);
	claim(token_read(written, again) && memcmp(token, again, sizeof token) == 0, "%s", written);
	claim_spoilt(written, fuzz_byte(&input), (char)fuzz_byte(&input));
	return 0;
}
