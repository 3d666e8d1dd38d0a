/* briefpress doctor: what is wrong with this machine, and how to mend it. Each line begins with
 * "ok", "warning" or "wrong"; the exit code is that of the first wrong thing, as a rendering would
 * meet it. Warnings do not change it: a machine without cron is a good machine. */
#include "cli/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/json_print.h"
#include "cli/messages.h"
#include "data/versions.h"
#include "pdf/versions.h"
#include "script/versions.h"
#include "text/versions.h"

static void put(const bp_checkup *of, const char *state, const char *topic, bp_code code,
                const char *remedy, const char *format, va_list args)
{
    char text[1024];
    (void)vsnprintf(text, sizeof text, format, args);
    if (strcmp(of->settings->log_format, "json") == 0) {
        printf("{\"state\":\"%s\",\"code\":\"%s\",\"topic\":\"%s\"", state, bp_code_name(code),
               topic);
        bp_json_print("message", text);
        bp_json_print("remedy", remedy);
        puts("}");
        return;
    }
    bp_message_clean(text);
    printf("%-8s %s: %s%s%s\n", state, topic, text, remedy[0] != '\0' ? "; " : "", remedy);
}

void bp_checkup_ok(bp_checkup *of, const char *topic, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!of->settings->quiet)
        put(of, "ok", topic, BP_OK, "", format, args);
    va_end(args);
}

void bp_checkup_warn(bp_checkup *of, const char *topic, const char *remedy, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put(of, "warning", topic, BP_OK, remedy, format, args);
    va_end(args);
}

void bp_checkup_wrong(bp_checkup *of, const char *topic, bp_code code, const char *remedy,
                      const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put(of, "wrong", topic, code, remedy, format, args);
    va_end(args);
    if (of->first == BP_OK)
        of->first = code;
}

static void look_at_program(bp_checkup *of)
{
    bp_buf lines = {0};
    bp_error err = {0};
    bp_checkup_ok(of, "program", "briefpress %s", BP_VERSION);
    if (!bp_data_versions(&lines) || !bp_text_versions(&lines) || !bp_pdf_versions(&lines) ||
        !bp_script_versions(&lines)) {
        bp_checkup_wrong(of, "library", BP_ERR_MEMORY, "end other programs",
                         "no memory to list them");
    } else {
        for (char *line = strtok(lines.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            if (strstr(line, " missing") != NULL)
                bp_checkup_warn(of, "library", "install its package again",
                                "%s: what needs it fails, the rest does not", line);
            else
                bp_checkup_ok(of, "library", "%s", line);
        }
    }
    bp_buf_clear(&lines);
    if (bp_places_find(of->settings->library, &of->places, &err))
        bp_checkup_ok(of, "scripts", "Lua library in %s",
                      of->places.chosen ? of->places.chosen : "this program");
    else
        bp_checkup_wrong(of, "scripts", err.code,
                         "install briefpress again, or name the folder with --library", "%s",
                         err.text);
}

int bp_command_doctor(const bp_settings *settings)
{
    bp_checkup of = {.settings = settings};
    look_at_program(&of);
    bp_doctor_fonts(&of);
    bp_doctor_hyphens(&of);
    for (size_t i = 0; i < BP_LIST_COUNT(&settings->operands); i++)
        bp_doctor_folder(&of, BP_LIST(&settings->operands)[i]);
    if (BP_LIST_COUNT(&settings->operands) == 0)
        bp_doctor_folder(&of, ".");
    bp_doctor_limits(&of);
    bp_doctor_memory(&of);
    bp_doctor_clock(&of);
    bp_doctor_schedules(&of);
    bp_places_clear(&of.places);
    return bp_message_finish(bp_code_exit(of.first));
}
