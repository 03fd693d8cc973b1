/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What makes two records look like one person: keys that are the same for an e-mail address
 * or a name written in several ways. They only propose; people decide. Pure.
 */
#ifndef REGTOOL_CORE_DUPLICATE_KEYS_H
#define REGTOOL_CORE_DUPLICATE_KEYS_H

#include "util/str.h"

/* Sets `ret` to the address without regard to case, to dots in its local part, and to a plus
 * with what follows there; googlemail.com is gmail.com (Google says so of its addresses:
 * support.google.com/mail/answer/7436150). */
void duplicate_email_key(const char *email, struct str *ret);

/* Sets `ret` to the words of a name: without regard to case, accents, apostrophes, and to
 * whether hyphen, full stop, comma or space divides them; "" if there are none. */
void duplicate_name_key(const char *name, struct str *ret);
/* Sets `ret` to the words of a name's key, sorted: given and family name in either order have
 * the same. */
void duplicate_words_key(const char *name_key, struct str *ret);

#endif
