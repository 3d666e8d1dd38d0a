/* briefpress check: everything but writing. Exit code 79 where something was found, warnings too:
 * who checks wants to know. */
#include "cli/commands.h"
#include "cli/layouts.h"
#include "cli/messages.h"

int bp_command_check(const bp_settings *settings)
{
    bp_run run;
    bool ok = bp_run_layout(settings, false, &run);
    int code = bp_code_exit(run.err.code);
    size_t found = bp_faults_count(&run.findings) + run.findings.dropped;
    if (ok && found != 0) {
        code = bp_code_exit(BP_ERR_FINDINGS);
        bp_message_note("%s: %zu finding%s", run.inputs.job.script.layout, found,
                        found == 1 ? "" : "s");
    } else if (ok) {
        bp_message_note("%s: nothing found (%zu page%s)", run.inputs.job.script.layout,
                        run.result.pages, run.result.pages == 1 ? "" : "s");
    }
    bp_run_clear(&run);
    return code;
}
