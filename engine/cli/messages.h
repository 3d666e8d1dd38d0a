/* Messages on standard error: as compilers write them, or one JSON object a line. The only place
 * that prints them. Nothing here needs memory, so that running out of it can be told. */
#ifndef BP_CLI_MESSAGES_H
#define BP_CLI_MESSAGES_H

#include "base/error.h"
#include "base/faults.h"
#include "cli/settings.h"
#include "job/hook.h"

/* Takes --color, --log-format, -q and -v. Before it, messages are plain text. */
void bp_messages_begin(const bp_settings *settings);

/* What the report is called in JSON lines from now on; lent. */
void bp_message_report(const char *name);

/* An error; with -v its traceback. */
void bp_message_error(const bp_error *err);
/* All faults and warnings, then the error unless it is one of them; `inputs` are the files whose
 * lines may be shown. */
void bp_message_outcome(const bp_faults *findings, const bp_error *err, const bp_settings *inputs);
/* A warning about a place. */
void bp_message_warning(const char *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What came of a command after the run: one that failed, with what it wrote; of others only with
 * -v.
 */
void bp_message_hook(const bp_hook_result *result);
/* A line on success; nothing with -q. */
void bp_message_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* True with -v and without -q. */
bool bp_message_is_verbose(void);

/* Makes text that came from a layout fit for a terminal, in place: control characters become "?".
 */
void bp_message_clean(char *text);

/* One line that is overwritten, on a terminal only; `bp_message_progress_end` wipes it. */
void bp_message_progress(const char *name, double seconds);
void bp_message_progress_text(const char *text);
void bp_message_progress_end(void);

/* Ends standard output: BP_ERR_WRITE, told, where not all of it could be written. Answers the exit
 * code. */
int bp_message_finish(int code);

#endif
