/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is said before the doors must wait.
 */
#ifndef REGTOOL_CMD_WAITING_H
#define REGTOOL_CMD_WAITING_H

/* A reading_notice; `data` is the struct context. */
void say_doors_wait(void *data);

#endif
