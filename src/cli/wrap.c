/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/wrap.h"

#include "cli/printable.h"
#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <string.h>

struct paragraph {
	struct output *output;
	size_t indent;
	struct str line;
	size_t width;  /* of the line */
	bool is_empty; /* the line has no word yet */
};

static void start_line(struct paragraph *paragraph, size_t width)
{
	str_addf(&paragraph->line, "%*s", (int)(paragraph->indent - width), "");
	paragraph->width = paragraph->indent;
	paragraph->is_empty = true;
}

static void end_line(struct paragraph *paragraph)
{
	output_words(paragraph->output, "%s", paragraph->line.text);
	str_clear(&paragraph->line);
}

static void add_word(struct paragraph *paragraph, const char *word)
{
	size_t room = WRAP_WIDTH - paragraph->indent;
	size_t width = printable_width(word);

	if (!paragraph->is_empty && paragraph->width + 1 + width > WRAP_WIDTH) {
		end_line(paragraph);
		start_line(paragraph, 0);
	} else if (!paragraph->is_empty) {
		str_add_char(&paragraph->line, ' ');
		paragraph->width++;
	}
	for (; width > room; width = printable_width(word)) {
		size_t length = printable_length(word, room);
		str_add_bytes(&paragraph->line, word, length);
		end_line(paragraph);
		start_line(paragraph, 0);
		word += length;
	}
	str_add(&paragraph->line, word);
	paragraph->width += width;
	paragraph->is_empty = false;
}

void wrap_words(struct output *output, const char *head, size_t indent, const char *text)
{
	struct paragraph paragraph = { .output = output, .indent = indent, .line = STR_INIT };
	size_t width = printable_width(head);

	assert(indent < WRAP_WIDTH - 1);
	str_add(&paragraph.line, head);
	if (width > 0 && width >= indent) {
		end_line(&paragraph);
		width = 0;
	}
	text += strspn(text, " ");
	if (*text != '\0')
		start_line(&paragraph, width);
	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		CLEANUP(memory_free_text) char *word = xstrndup(text, length);
		add_word(&paragraph, word);
		text += length + strspn(text + length, " ");
	}
	end_line(&paragraph);
	str_free(&paragraph.line);
}
