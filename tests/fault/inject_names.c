/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of $FAULT, for who writes it and who reads it. */
#include "inject.h"

const char *const fault_kind_names[KIND_COUNT] = { "none", "open", "read", "write", "sync",
	"truncate", "delete", "link", "change", "any", "memory" };
const char *const fault_how_names[HOW_COUNT] = { "eio", "enospc", "short", "full", "gone", "kill",
	"lost", "torn", "null", "nulls" };
