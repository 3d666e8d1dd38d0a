/* The commands, one file each; each answers the exit code of the program. */
#ifndef BP_CLI_COMMANDS_H
#define BP_CLI_COMMANDS_H

#include "cli/settings.h"

int bp_command_render(const bp_settings *settings);
int bp_batch_merge(const bp_settings *settings); /* batch --merge. */
int bp_command_batch(const bp_settings *settings);
int bp_command_watch(const bp_settings *settings);
int bp_command_new(const bp_settings *settings);
int bp_command_check(const bp_settings *settings);
int bp_command_verify(const bp_settings *settings);
int bp_command_data(const bp_settings *settings);
int bp_data_report(const bp_settings *settings, const char *path); /* Of a PDF. */
int bp_command_schedule(const bp_settings *settings);
int bp_command_fonts(const bp_settings *settings);
int bp_command_doctor(const bp_settings *settings);
int bp_command_manual(const bp_settings *settings);
int bp_command_completions(const bp_settings *settings);

#endif
