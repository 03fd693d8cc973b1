# SPDX-License-Identifier: BSD-2-Clause
#
# Makes C of SQL, at build time:
#
#	awk -v make=queries.h  -f embed.awk QUERIES.sql...
#	awk -v make=queries.c  -f embed.awk QUERIES.sql...
#	awk -v make=schema_sql.c -f embed.awk NNNN_NAME.sql...
#
# A query begins with a line `-- name: lower_case_name' and goes on to the next one; other
# lines that are comments stay out. What several queries have in common, such as columns that
# one function reads by their places, can stand once behind a line `-- part: lower_case_name',
# in any of the files, and is put where a query says {lower_case_name}. A migration is a whole
# file, whose comments stay in: the database keeps them with its tables.

BEGIN {
	if (make !~ /^(queries\.h|queries\.c|schema_sql\.c)$/)
		fail("make must be queries.h, queries.c or schema_sql.c")
	is_migrations = make == "schema_sql.c"
	count = 0
}

function fail(problem)
{
	printf("embed.awk: %s%s\n", FILENAME == "" ? "" : FILENAME ":" FNR ": ", problem) > "/dev/stderr"
	failed = 1
	exit 1
}

# A line as a C string literal, with its line end.
function literal(line)
{
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	gsub(/\?/, "\\?", line) # no trigraphs
	gsub(/\t/, "\\t", line)
	return "\"" line "\\n\""
}

# The name behind `-- KIND:'.
function name_of(line)
{
	sub(/^-- [a-z]+:[ \t]*/, "", line)
	if (line !~ /^[a-z][a-z0-9_]*$/)
		fail("'" line "' is not a name: small letters, digits and _")
	if (line in place)
		fail("a second '" line "', after " place[line])
	if ((count > 0 && text[count] == "") || (part != "" && parts[part] == ""))
		fail("nothing before this name")
	place[line] = FILENAME ":" FNR
	return line
}

function add_to_part(line)
{
	gsub(/^[ \t]+/, "", line)
	parts[part] = parts[part] (parts[part] == "" ? "" : " ") line
}

# The query's text with its parts.
function whole(i,    rest, result, name)
{
	for (rest = text[i]; match(rest, /\{[a-z0-9_]*\}/); rest = substr(rest, RSTART + RLENGTH)) {
		name = substr(rest, RSTART + 1, RLENGTH - 2)
		if (!(name in parts))
			fail("query '" names[i] "' (" place[names[i]] "): there is no part '" name "'")
		result = result substr(rest, 1, RSTART - 1) parts[name]
	}
	return result rest
}

function begin_migration(path,    words, depth)
{
	depth = split(path, words, "/")
	name = words[depth]
	if (name !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/)
		fail("a migration is called NNNN_name.sql")
	names[++count] = substr(name, 6, length(name) - 9)
	versions[count] = substr(name, 1, 4) + 0
	if (versions[count] != count)
		fail("migration " count " is missing, or not in order")
	text[count] = ""
}

FNR == 1 && is_migrations {
	begin_migration(FILENAME)
}

/\r/ {
	fail("a carriage return")
}

!is_migrations && /^-- name:/ {
	names[count + 1] = name_of($0)
	text[++count] = ""
	part = ""
	next
}

!is_migrations && /^-- part:/ {
	part = name_of($0)
	parts[part] = ""
	next
}

!is_migrations && /^[ \t]*(--.*)?$/ {
	next
}

part != "" {
	add_to_part($0)
	next
}

{
	if (count == 0)
		fail("a statement without a name before it")
	text[count] = text[count] "\t\t" literal($0) "\n"
}

function print_queries_header(i)
{
	print "#ifndef REGTOOL_STORE_QUERIES_H"
	print "#define REGTOOL_STORE_QUERIES_H"
	print ""
	print "enum query_id {"
	for (i = 1; i <= count; i++)
		print "\tQUERY_" toupper(names[i]) ","
	print "\tQUERY_COUNT"
	print "};"
	print ""
	print "struct query_source {"
	print "\tconst char *name;"
	print "\tconst char *sql;"
	print "};"
	print ""
	print "extern const struct query_source query_sources[QUERY_COUNT];"
	print ""
	print "#endif"
}

function print_queries(i)
{
	print "#include \"store/queries.h\""
	print ""
	print "const struct query_source query_sources[QUERY_COUNT] = {"
	for (i = 1; i <= count; i++) {
		print "\t[QUERY_" toupper(names[i]) "] = {"
		print "\t\t\"" names[i] "\","
		printf("%s", whole(i))
		print "\t},"
	}
	print "};"
}

function print_migrations(i)
{
	print "#include \"store/schema_sql.h\""
	print ""
	print "const struct migration_source migration_sources[] = {"
	for (i = 1; i <= count; i++) {
		print "\t{"
		print "\t\t" versions[i] ","
		print "\t\t\"" names[i] "\","
		printf("%s", text[i])
		print "\t},"
	}
	print "};"
	print ""
	print "const size_t migration_source_count ="
	print "\tsizeof migration_sources / sizeof migration_sources[0];"
}

END {
	if (failed)
		exit 1
	if (count == 0)
		fail("nothing to embed")
	if (text[count] == "" || (part != "" && parts[part] == ""))
		fail("nothing after the last name")
	print "/* SPDX-License-Identifier: BSD-2-Clause */"
	print "/* Made by embed.awk from the SQL files: change those. */"
	if (make == "queries.h")
		print_queries_header()
	else if (make == "queries.c")
		print_queries()
	else
		print_migrations()
}
