/* The user's crontab, through the program `crontab`, which alone may read and write it. */
#ifndef BP_CLI_CRONTAB_H
#define BP_CLI_CRONTAB_H

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    const char *program; /* Lent. */
    int lock;            /* -1: not held. */
    bp_buf text;         /* As it is, byte for byte, without the header of the program. */
    bp_buf header;       /* Three lines in front, which the program may have put there. */
    bool is_there;       /* There is a crontab; else `text` is empty. */
} bp_crontab;

/* Finds the program (`chosen`, else in fixed places, never by PATH), keeps other runs of ours away
 * and reads the crontab. A crontab that cannot be read is no empty one: BP_ERR_SYSTEM then;
 * BP_ERR_BUSY where another run holds on to it for half a minute. Cleared by bp_crontab_clear
 * either way. */
bool bp_crontab_open(bp_crontab *of, const char *chosen, bp_error *err);
/* Makes `text` the crontab, or takes the crontab away where it is empty, and reads it back.
 * BP_ERR_SYSTEM where the program refuses it; BP_ERR_WRITE where something else came out. */
bool bp_crontab_replace(bp_crontab *of, const bp_buf *text, bp_error *err);
void bp_crontab_clear(bp_crontab *of);

#endif
