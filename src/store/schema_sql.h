/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The migrations of schema/ as the build embeds them (schema_sql.c is generated).
 */
#ifndef REGTOOL_STORE_SCHEMA_SQL_H
#define REGTOOL_STORE_SCHEMA_SQL_H

#include <stddef.h>

struct migration_source {
	int version; /* the number before the file's name: what user_version is afterwards */
	const char *name;
	const char *sql;
};

extern const struct migration_source migration_sources[];
extern const size_t migration_source_count;

#endif
