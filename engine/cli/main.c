/* The program: makes the process sound, reads the command line, runs the command. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/layouts.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/telling.h"

/* A closed standard stream would give its number to the next file that is opened, and messages
 * would end up in a PDF. Each is held by /dev/null, opened the wrong way round, so that using it is
 * an error still. */
static void hold_standard_streams(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* What a parent may have left ignored or blocked must not change how a run ends. */
static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGCHLD, SIG_DFL);
    (void)signal(SIGPIPE,
                 SIG_DFL); /* A listing piped into head ends quietly; a rendering ignores it. */
    (void)signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    reset_signals();
    bp_settings settings;
    const bp_command *command = NULL;
    bp_error err = {0};
    bool ok = bp_command_line_read(argc > 0 ? argc - 1 : 0, argv + 1, &settings, &command, &err);
    bp_messages_begin(&settings);
    int code;
    if (!ok) {
        bool is_render = command != NULL && command->bit == BP_FOR_RENDER;
        if (is_render && !settings.help && !settings.version)
            bp_telling_refused(&settings, &err);
        else
            bp_message_error(&err);
        code = bp_code_exit(err.code);
    } else if (settings.help) {
        bp_arguments_help(command);
        bool names_layout = command != NULL && (command->bit & BP_FOR_LAYOUTS) != 0 &&
                            BP_LIST_COUNT(&settings.operands) > 0;
        code = bp_message_finish(names_layout ? bp_layout_help(&settings) : 0);
    } else if (settings.version) {
        puts("briefpress " BP_VERSION);
        code = bp_message_finish(0);
    } else {
        code = command->run(&settings);
    }
    bp_settings_clear(&settings);
#ifndef BP_SANITIZED
    /* All is written and freed; what libraries would still tidy up, touching pages of theirs, ends
     * with the process anyway. */
    (void)fflush(NULL);
    _exit(code);
#endif
    return code;
}
