/* briefpress render: makes the PDF. */
#include <string.h>

#include "cli/commands.h"
#include "cli/layouts.h"
#include "cli/messages.h"

static void tell_success(const bp_run *run)
{
    const char *output = run->inputs.job.output;
    double size = (double)run->result.bytes / 1024;
    const char *unit = "KiB";
    if (size >= 10240) {
        size /= 1024;
        unit = "MiB";
    }
    bp_message_note("wrote %s (%zu page%s, %.*f %s)",
                    strcmp(output, "-") == 0 ? "standard output" : output, run->result.pages,
                    run->result.pages == 1 ? "" : "s", size < 10 ? 1 : 0, size, unit);
}

int bp_command_render(const bp_settings *settings)
{
    bp_run run;
    if (bp_run_layout(settings, true, &run))
        tell_success(&run);
    int code = bp_code_exit(run.err.code);
    bp_run_clear(&run);
    return code;
}
