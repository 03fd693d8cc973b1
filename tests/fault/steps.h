/* SPDX-License-Identifier: BSD-2-Clause */
/* What the sweep breaks: each command that writes, once or in several ways, and
 * some that read. */
#ifndef REGTOOL_TESTS_FAULT_STEPS_H
#define REGTOOL_TESTS_FAULT_STEPS_H

struct step {
	const char *command;    /* its name in the table of commands */
	const char *variant;    /* NULL, or what is other about it */
	const char *prepare;    /* a script after the base, or NULL */
	const char *now;        /* $REGTOOL_NOW, or NULL: in the first session */
	const char *words;      /* after the command's name, divided by blanks */
	const char *input;      /* the file that is standard input, or NULL */
	const char *product;    /* the file that it makes, or NULL */
	int states;             /* that a crash can leave, before and after included; 0: two */
	const char *unfinished; /* what check may say of the states before the last, or NULL */
	int status;             /* the exit status of a run without faults */
};

extern const char step_now[];         /* in the first session of the example */
extern const char step_base[];        /* a script: each folder begins with what it makes */
extern const struct step step_list[]; /* ends with a NULL command */

#endif
