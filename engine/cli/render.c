/* briefpress render: makes the PDF. */
#include "cli/commands.h"
#include "cli/layouts.h"

int bp_command_render(const bp_settings *settings)
{
    bp_run run;
    if (bp_run_layout(settings, true, &run))
        bp_run_tell(&run, "");
    int code = bp_code_exit(run.err.code);
    bp_run_clear(&run);
    return code;
}
