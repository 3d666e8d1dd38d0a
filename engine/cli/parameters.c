/* The parameters of a layout, for --help: the layout's file runs in a worker, its function does
 * not.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "cli/layouts.h"
#include "cli/messages.h"
#include "cli/options.h"

/* Cuts the text at the first `mark` and answers what follows; "" where there is none. */
static char *cut(char *text, char mark)
{
    char *at = strchr(text, mark);
    if (at == NULL)
        return text + strlen(text);
    *at = '\0';
    return at + 1;
}

static void put_parameter(const char *name, const char *text)
{
    bp_buf head = {0};
    if (bp_buf_format(&head, "  -p %s", name))
        bp_help_put(head.bytes, text);
    bp_buf_clear(&head);
}

static void put_description(const char *layout, char *text)
{
    char *rest = cut(text, '\n');
    char *said = cut(text, '\t');
    bp_message_clean(text);
    bp_message_clean(said);
    printf("\nParameters of %s%s%s%s:\n", layout, text[0] ? " (" : "", text, text[0] ? ")" : "");
    if (said[0] != '\0')
        printf("  %s\n", said);
    if (rest[0] == '\0')
        puts("  it declares none");
    while (rest[0] != '\0') {
        char *name = rest;
        rest = cut(name, '\n');
        said = cut(name, '\t');
        bp_message_clean(name);
        bp_message_clean(said);
        put_parameter(name, said);
    }
}

int bp_layout_help(const bp_settings *settings)
{
    bp_run run = {0};
    bp_buf text = {0};
    (void)signal(SIGPIPE, SIG_IGN); /* As for a rendering. */
    bool ok = bp_inputs_make(settings, false, &run.inputs, &run.err);
    run.inputs.job.description = &text;
    run.inputs.job.trace_file = NULL;
    ok = ok && bp_job_run(&run.inputs.job, &run.result, &run.findings, &run.err);
    (void)fflush(stdout);
    bp_message_outcome(&run.findings, &run.err, settings);
    char *description = ok && text.length != 0 ? bp_buf_take(&text) : NULL;
    const char *layout = run.inputs.job.script.layout;
    if (description != NULL)
        put_description(layout, description);
    else if (ok)
        printf("\n%s declares no parameters: each -p KEY=VALUE reaches it as a text.\n", layout);
    int code = bp_code_exit(run.err.code);
    bp_free(description);
    bp_buf_clear(&text);
    bp_run_clear(&run);
    return code;
}
