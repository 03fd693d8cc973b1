/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/list_in.h"

#include <stdlib.h>

void list_in_free(struct list_in *in)
{
	free(in->line);
}

enum status list_in_reject(const struct list_in *in, const char *problem, struct error *error)
{
	return error_set(error, STATUS_REJECTED, "line %lld of the list: %s", in->line_number,
		problem);
}

enum status list_in_next(struct list_in *in, json_t **ret_value, struct error *error)
{
	json_error_t json_error;

	in->line_number++;
	ssize_t length = getline(&in->line, &in->line_size, in->file);
	if (length < 0 && ferror(in->file))
		return error_set_errno(error, STATUS_IO, "cannot read the list");
	if (length < 0 || in->line[length - 1] != '\n')
		return list_in_reject(in, "it ends before its end", error);
	json_t *value = json_loadb(in->line, (size_t)length, 0, &json_error);
	if (value == NULL)
		return list_in_reject(in, json_error.text, error);
	*ret_value = value;
	return STATUS_OK;
}

enum status list_in_end(const struct list_in *in, const json_t *value, const char *key,
	long long count, const char *problem, struct error *error)
{
	const json_t *said = json_object_get(value, key);

	if (!json_is_integer(said) || json_integer_value(said) != count)
		return list_in_reject(in, problem, error);
	if (fgetc(in->file) != EOF)
		return list_in_reject(in, "it goes on after its end", error);
	return STATUS_OK;
}
