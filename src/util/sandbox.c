/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/sandbox.h"

#include "util/memory.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>

/* The kernel may know more than the headers that this was built with: what came with the
 * versions ("ABI") 2 to 6 of the interface. */
enum {
	ACCESS_REFER = 1 << 13,     /* 2: renaming and linking from folder to folder */
	ACCESS_TRUNCATE = 1 << 14,  /* 3 */
	ACCESS_IOCTL_DEV = 1 << 15, /* 5 */
	NET_TCP = 3,                /* 4: bind and connect */
	SCOPES = 3,                 /* 6: abstract sockets and signals of others */
};

enum {
	ACCESS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	ACCESS_RUN = ACCESS_READ | LANDLOCK_ACCESS_FS_EXECUTE,
	ACCESS_WRITE = ACCESS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE |
		       LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | ACCESS_REFER |
		       ACCESS_TRUNCATE | ACCESS_IOCTL_DEV,
	/* Of those what there is of a single file. */
	ACCESS_OF_FILES = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
			  LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE | ACCESS_IOCTL_DEV,
	ACCESS_ABI_1 = (1 << 13) - 1, /* all of the first version */
};

/* As struct landlock_ruleset_attr of version 6; the kernel takes a shorter one, and a longer
 * one whose rest is zero. */
struct ruleset {
	uint64_t files;
	uint64_t net;
	uint64_t scopes;
};

struct sandbox {
	int descriptor; /* of the ruleset */
	uint64_t handled;
};

struct sandbox *sandbox_new(void)
{
	long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset ruleset = { .files = ACCESS_ABI_1 };

	if (version < 1)
		return NULL;
	if (version >= 2)
		ruleset.files |= ACCESS_REFER;
	if (version >= 3)
		ruleset.files |= ACCESS_TRUNCATE;
	if (version >= 4)
		ruleset.net = NET_TCP;
	if (version >= 5)
		ruleset.files |= ACCESS_IOCTL_DEV;
	if (version >= 6)
		ruleset.scopes = SCOPES;
	long descriptor = syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
	if (descriptor < 0)
		return NULL;
	struct sandbox *sandbox = xcalloc(1, sizeof *sandbox);
	sandbox->descriptor = (int)descriptor;
	sandbox->handled = ruleset.files;
	return sandbox;
}

void sandbox_free(struct sandbox *sandbox)
{
	if (sandbox == NULL)
		return;
	(void)close(sandbox->descriptor);
	free(sandbox);
}

static uint64_t access_of(enum sandbox_right right)
{
	switch (right) {
	case SANDBOX_READ:
		return ACCESS_READ;
	case SANDBOX_RUN:
		return ACCESS_RUN;
	case SANDBOX_WRITE:
		break;
	}
	return ACCESS_WRITE;
}

void sandbox_allow(struct sandbox *sandbox, enum sandbox_right right, const char *path)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = access_of(right) & sandbox->handled,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};
	struct stat file;

	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &file) == 0 && !S_ISDIR(file.st_mode))
		rule.allowed_access &= ACCESS_OF_FILES;
	(void)syscall(SYS_landlock_add_rule, sandbox->descriptor, LANDLOCK_RULE_PATH_BENEATH, &rule,
		0);
	(void)close(rule.parent_fd);
}

bool sandbox_enter(const struct sandbox *sandbox)
{
	/* Else a program that runs as another user would be let out of the fence. */
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, sandbox->descriptor, 0) == 0;
}

#else

struct sandbox *sandbox_new(void)
{
	return NULL;
}

void sandbox_free(struct sandbox *sandbox)
{
	(void)sandbox;
}

void sandbox_allow(struct sandbox *sandbox, enum sandbox_right right, const char *path)
{
	(void)sandbox;
	(void)right;
	(void)path;
}

bool sandbox_enter(const struct sandbox *sandbox)
{
	(void)sandbox;
	return false;
}

#endif

void sandbox_freep(struct sandbox **sandbox)
{
	sandbox_free(*sandbox);
	*sandbox = NULL;
}
