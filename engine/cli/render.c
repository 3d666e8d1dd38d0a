/* briefpress render: makes the PDF. */
#include "cli/commands.h"
#include "cli/editions.h"
#include "cli/messages.h"
#include "cli/telling.h"

/* One edition. It is told of when everything it made is in its place: the link on the newest, too,
 * and the oldest gone. */
static int render(const bp_settings *settings)
{
    bp_telling telling;
    bp_run run = {0};
    char sha256[65];
    if (!bp_telling_begin(&telling, settings, &run.err)) {
        bp_message_error(&run.err);
    } else if (bp_run_layout(settings, true, &run)) {
        bp_run_tell(&run, "");
        bp_editions_end(settings, &run);
    }
    bp_run_status status = bp_telling_of(&run, sha256);
    bp_telling_end(&telling, &status);
    int code = bp_code_exit(run.err.code);
    bp_run_clear(&run);
    return code;
}

int bp_command_render(const bp_settings *settings)
{
    return bp_editions_run(settings, render);
}
