/* Passwords and permissions of --encrypt. */
#ifndef BP_CLI_ENCRYPTION_H
#define BP_CLI_ENCRYPTION_H

#include "cli/inputs.h"

/* Reads the passwords into `inputs` and tells the job of them; nothing without --encrypt. They come
 * from a file or the environment: a command line is seen by everybody on the machine. BP_ERR_USAGE
 * where there is none or an option is of no use, BP_ERR_INPUT where the file cannot be read. */
bool bp_inputs_encryption(const bp_settings *settings, bp_inputs *inputs, bp_error *err);

#endif
