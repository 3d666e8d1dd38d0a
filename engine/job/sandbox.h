/* What the kernel takes away from a worker. */
#ifndef BP_JOB_SANDBOX_H
#define BP_JOB_SANDBOX_H

/* Gives up, for good, what a rendering never needs: writing to the file system and starting
 * programs (Landlock), where the kernel knows how. It is the second wall behind the script's own: a
 * kernel without it changes nothing but that. */
void bp_sandbox_enter(void);

/* What of it this kernel and this build have, in words. Static. */
const char *bp_sandbox_describe(void);

#endif
