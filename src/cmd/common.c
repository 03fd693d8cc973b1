/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/common.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>
#include <sys/stat.h>

struct actor common_actor(const struct context *context)
{
	return (struct actor){ .name = context->actor, .now_s = context->now_s(context) };
}

enum status common_need_reason(struct context *context, struct error *error)
{
	if (options_given(context->options, "reason"))
		return STATUS_OK;
	(void)error_set(error, STATUS_USAGE, "--reason is missing");
	return error_hint(error, "say why in a few words: it is kept");
}

enum status common_load_key(const struct context *context, struct key **ret_key,
	struct error *error)
{
	CLEANUP(key_freep) struct key *key = NULL;

	enum status status = key_load(context->key_path, &key, error);
	if (status == STATUS_OK)
		status = key_check(key, context->key_path, context->db, error);
	if (status != STATUS_OK)
		return status;
	*ret_key = key;
	key = NULL;
	return STATUS_OK;
}

bool common_any_given(const struct options *options, const struct option *table)
{
	for (const struct option *option = table; option->kind != OPTION_END; option++)
		if (options_given(options, option->name))
			return true;
	return false;
}

char *common_clean_text(const struct options *options, const char *name)
{
	struct str cleaned = STR_INIT;
	const char *text = options_text(options, name);

	if (text == NULL)
		return NULL;
	text_clean(text, strlen(text), &cleaned);
	return str_steal(&cleaned);
}

void common_say_not_the_file(const struct context *context)
{
	const char *name = context->command->name;
	const char *second = strchr(name, ' ') + 1;
	struct stat file;

	if (stat(second, &file) == 0)
		say_notice(context->diagnostics,
			"'%s' is a command: the file '%s' of this folder is written './%s'", name,
			second, second);
}
