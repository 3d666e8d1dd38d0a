/* Messages: see messages.h. Texts come from layouts and data, so control characters, which could
 * command a terminal, are never passed on. */
#include "cli/messages.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/excerpt.h"

static struct {
    bool is_json, is_colored, is_quiet, is_verbose, has_progress;
    const char *report; /* What JSON lines call the run's report; NULL: there is none. */
} mode;

static char buffer[32768]; /* One write a message: lines of parallel runs do not mix. */

#define BOLD "\033[1m"
#define RED "\033[1;31m"
#define YELLOW "\033[1;33m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

static bool wants_color(const char *when)
{
    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *refused = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !(refused && *refused) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

void bp_messages_begin(const bp_settings *settings)
{
    (void)setvbuf(stderr, buffer, _IOFBF, sizeof buffer);
    mode.is_json = strcmp(settings->log_format, "json") == 0;
    mode.is_colored = !mode.is_json && wants_color(settings->color);
    mode.is_quiet = settings->quiet;
    mode.is_verbose = settings->verbose;
}

void bp_message_report(const char *name)
{
    mode.report = name;
}

bool bp_message_is_verbose(void)
{
    return mode.is_verbose && !mode.is_quiet;
}

static void put_color(const char *color)
{
    if (mode.is_colored)
        fputs(color, stderr);
}

/* True for characters that a terminal obeys, or that turn the reading direction of what follows. */
static bool is_unfit(uint32_t c)
{
    return c == BP_UTF8_BAD || (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void put_clean(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = bp_utf8_next(text, length, &at);
        if (is_unfit(c))
            fputs("\xef\xbf\xbd", stderr);
        else
            (void)fwrite(text + from, 1, at - from, stderr);
    }
}

void bp_message_clean(char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t from = at;
        if (is_unfit(bp_utf8_next(text, length, &at)))
            memset(text + from, '?', at - from);
    }
}

static void put_json_text(const char *name, const char *text)
{
    char character[BP_JSON_CHARACTER];
    fprintf(stderr, ",\"%s\":\"", name);
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t count = bp_json_character(text, length, &at, character);
        (void)fwrite(character, 1, count, stderr);
    }
    fputc('"', stderr);
}

/* The members that each line has, whatever it tells. */
static void put_json_head(const char *level, const char *code, int status, const char *place,
                          const char *text)
{
    char time[BP_INSTANT_SIZE];
    bp_instant_put(bp_instant_now(), time);
    fprintf(stderr, "{\"time\":\"%s\",\"level\":\"%s\",\"code\":\"%s\",\"exit\":%d", time, level,
            code, status);
    put_json_text("report", mode.report != NULL ? mode.report : "");
    put_json_text("place", place);
    put_json_text("message", text);
}

/* One message of any kind: `code` BP_OK is a warning. */
static void put_message(bp_code code, const char *place, const char *text, const char *excerpt,
                        const char *trace)
{
    bp_message_progress_end();
    bool is_warning = code == BP_OK;
    if (mode.is_json) {
        put_json_head(is_warning ? "warning" : "error", is_warning ? "warning" : bp_code_name(code),
                      bp_code_exit(code), place, text);
        if (excerpt[0] != '\0')
            put_json_text("excerpt", excerpt);
        if (trace[0] != '\0')
            put_json_text("trace", trace);
        fputs("}\n", stderr);
    } else {
        put_color(BOLD);
        put_clean(place[0] != '\0' ? place : "briefpress");
        fputs(": ", stderr);
        put_color(PLAIN);
        put_color(is_warning ? YELLOW : RED);
        fputs(is_warning ? "warning: " : mode.is_colored ? "error: " : "", stderr);
        put_color(PLAIN);
        put_clean(text);
        fputc('\n', stderr);
        if (excerpt[0] != '\0') {
            put_color(DIM);
            put_clean(excerpt);
            put_color(PLAIN);
            if (excerpt[strlen(excerpt) - 1] != '\n')
                fputc('\n', stderr);
        }
        if (trace[0] != '\0') {
            put_clean(trace);
            fputc('\n', stderr);
        }
    }
    (void)fflush(stderr);
}

void bp_message_error(const bp_error *err)
{
    put_message(err->code, err->place, err->text, err->excerpt, mode.is_verbose ? err->trace : "");
}

void bp_message_warning(const char *place, const char *format, ...)
{
    char text[BP_ERROR_TEXT];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put_message(BP_OK, place, text, "", "");
}

void bp_message_hook(const bp_hook_result *result)
{
    char words[256];
    (void)bp_hook_describe(result, words, sizeof words);
    if (result->state != BP_HOOK_OK)
        put_message(BP_OK, bp_hook_event_name(result->event), words, result->output, "");
    else if (bp_message_is_verbose())
        bp_message_note("%s: %s%s%s", bp_hook_event_name(result->event), words,
                        result->output[0] != '\0' ? ":\n" : "", result->output);
}

void bp_message_outcome(const bp_faults *findings, const bp_error *err, const bp_settings *inputs)
{
    bool is_told = false;
    for (size_t i = 0; i < bp_faults_count(findings); i++) {
        const bp_fault *fault = bp_faults_at(findings, i);
        bool is_same = err->code != BP_OK && strcmp(fault->place, err->place) == 0 &&
                       strcmp(fault->text, err->text) == 0;
        if (is_same && (err->excerpt[0] != '\0' || err->trace[0] != '\0'))
            continue; /* The error itself says more. */
        is_told = is_told || is_same;
        char excerpt[BP_ERROR_EXCERPT];
        bp_excerpt_find(fault->place, inputs, excerpt, sizeof excerpt);
        put_message(fault->code, fault->place, fault->text, excerpt, "");
    }
    if (findings->dropped != 0)
        put_message(BP_OK, "",
                    findings->dropped == 1 ? "one more is not shown" : "more are not shown", "",
                    "");
    if (findings->refused)
        put_message(BP_OK, "", "the list is not whole: memory ran short", "", "");
    if (err->code == BP_OK || is_told)
        return;
    bp_error shown = *err;
    if (shown.excerpt[0] == '\0')
        bp_excerpt_find(shown.place, inputs, shown.excerpt, sizeof shown.excerpt);
    bp_message_error(&shown);
}

void bp_message_note(const char *format, ...)
{
    bp_message_progress_end();
    if (mode.is_quiet)
        return;
    char text[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (mode.is_json) {
        put_json_head("info", "ok", 0, "", text);
        fputs("}\n", stderr);
    } else {
        put_clean(text);
        fputc('\n', stderr);
    }
    (void)fflush(stderr);
}

void bp_message_progress_text(const char *text)
{
    if (mode.is_quiet || mode.is_json || !isatty(STDERR_FILENO))
        return;
    fputs("\r\033[K", stderr);
    put_clean(text);
    (void)fflush(stderr);
    mode.has_progress = true;
}

void bp_message_progress(const char *name, double seconds)
{
    char text[BP_ERROR_PLACE + 32];
    if (seconds < 1)
        return;
    (void)snprintf(text, sizeof text, "%s: %.0f s", name, seconds);
    bp_message_progress_text(text);
}

void bp_message_progress_end(void)
{
    if (mode.has_progress)
        fputs("\r\033[K", stderr);
    mode.has_progress = false;
}

int bp_message_finish(int code)
{
    errno = 0;
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) == 0 && !failed)
        return code;
    bp_error err = {0};
    bp_fail(&err, BP_ERR_WRITE, "standard output", "cannot be written: %s",
            errno != 0 ? strerror(errno) : "an earlier write failed");
    bp_message_error(&err);
    return code != 0 ? code : bp_code_exit(err.code);
}
