/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/version.h"

#include "cli/output_csv.h"
#include "util/hash.h"

#include <jansson.h>
#include <libsmartcols/libsmartcols.h>
#include <utf8proc.h>

void version_show(struct output *output, const char *engine_name, const char *engine_version)
{
	const char *smartcols = "";

	(void)scols_get_library_version(&smartcols);
	output_words(output, "regtool %s", PACKAGE_VERSION);
	output_words(output, "%s %s", engine_name, engine_version);
	output_words(output, "libsodium %s", hash_library_version());
	output_words(output, "libcsv %s (when built)", output_csv_library_version());
	output_words(output, "popt %s (when built)", POPT_VERSION_BUILT);
	output_words(output, "libsmartcols %s", smartcols);
	output_words(output, "jansson %s", jansson_version_str());
	output_words(output, "utf8proc %s", utf8proc_version());
}
