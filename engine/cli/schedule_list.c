/* briefpress schedule --list: what is scheduled, when it runs next, and whether what it needs is
 * still there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/columns.h"
#include "cli/crontab.h"
#include "cli/messages.h"
#include "cli/schedule.h"
#include "job/crontab_text.h"
#include "job/quote.h"

typedef struct {
    bool is_json;
    size_t count;
} listing;

static listing list; /* One a process. */

static void put_json(const char *name, const char *text, const char *before)
{
    printf("%s\"%s\":\"", before, name);
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        char out[BP_JSON_CHARACTER];
        size_t size = bp_json_character(text, length, &at, out);
        (void)fwrite(out, 1, size, stdout);
    }
    putchar('"');
}

static bool add(bp_buf *problems, const char *format, const char *path)
{
    return bp_buf_format(problems, format, path) && bp_buf_char(problems, '\0');
}

/* What of the command is not as it was: problems, each ended by a NUL. */
static void look_at(const bp_buf *words, bp_buf *problems)
{
    bp_buf arguments = {0};
    bp_schedule_words made = {0};
    bp_error err = {0};
    bool ok = true;
    const char *program = words->length > 0 ? words->bytes : "";
    for (size_t at = strlen(program) + 1; ok && at < words->length;
         at += strlen(words->bytes + at) + 1) {
        char *word = words->bytes + at;
        ok = bp_buf_add(&arguments, &word, sizeof word);
    }
    if (program[0] != '\0' && access(program, X_OK) != 0)
        (void)add(problems, "the program %s is gone", program);
    if (ok && !bp_schedule_words_make((int)BP_BUF_COUNT(&arguments, char *),
                                      BP_BUF_ITEMS(&arguments, char *), &made, &err))
        (void)add(problems, "this version does not take the command: %s", err.text);
    for (size_t i = 0; i < BP_BUF_COUNT(&made.inputs, char *); i++)
        if (access(BP_BUF_ITEMS(&made.inputs, char *)[i], R_OK) != 0)
            (void)add(problems, errno == ENOENT ? "%s is not there" : "%s cannot be read",
                      BP_BUF_ITEMS(&made.inputs, char *)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&made.folders, char *); i++)
        if (access(BP_BUF_ITEMS(&made.folders, char *)[i], W_OK) != 0)
            (void)add(problems,
                      errno == ENOENT ? "the folder %s is not there"
                                      : "the folder %s cannot be written",
                      BP_BUF_ITEMS(&made.folders, char *)[i]);
    bp_schedule_words_clear(&made);
    bp_buf_clear(&arguments);
}

static void put_command(const bp_buf *words)
{
    for (size_t at = 0; at < words->length; at += strlen(words->bytes + at) + 1) {
        if (at > 0)
            putchar(' ');
        bp_columns_put(words->bytes + at, 0);
    }
    putchar('\n');
}

static void put_lines(const char *name, const char *times, const char *next, const bp_buf *words,
                      const bp_buf *problems)
{
    bp_columns_put(name, 16);
    bp_columns_put(times, 16);
    bp_columns_put(next, 36);
    put_command(words);
    for (size_t at = 0; at < problems->length; at += strlen(problems->bytes + at) + 1) {
        fputs("  wrong: ", stdout);
        bp_columns_put(problems->bytes + at, 0);
        putchar('\n');
    }
}

static void put_object(const char *name, const char *times, const char *next, const bp_buf *words,
                       const bp_buf *problems)
{
    put_json("name", name, "{");
    put_json("at", times, ",");
    put_json("next", next, ",");
    const bp_buf *lists[] = {words, problems};
    for (int i = 0; i < 2; i++) {
        printf(",\"%s\":[", i == 0 ? "command" : "wrong");
        for (size_t at = 0; at < lists[i]->length; at += strlen(lists[i]->bytes + at) + 1) {
            if (at > 0)
                putchar(',');
            putchar('"');
            const char *text = lists[i]->bytes + at;
            size_t length = strlen(text);
            for (size_t from = 0; from < length;) {
                char out[BP_JSON_CHARACTER];
                size_t size = bp_json_character(text, length, &from, out);
                (void)fwrite(out, 1, size, stdout);
            }
            putchar('"');
        }
        putchar(']');
    }
    puts("}");
}

void bp_schedule_list_put(const char *name, const char *times, bool is_off, const bp_buf *words)
{
    bp_cron cron;
    bp_cron_run run;
    bp_error err = {0};
    bp_buf problems = {0};
    char next[80] = "";
    if (words->length == 0)
        (void)add(&problems, "%s", "its line is gone; take the rest out with --remove");
    else if (!bp_cron_read(times, &cron, &err))
        (void)add(&problems, "%s", err.text);
    else if (!is_off && bp_cron_next(&cron, (int64_t)time(NULL), &run))
        (void)bp_schedule_time(run.when, next);
    else if (is_off)
        (void)snprintf(next, sizeof next, "off");
    if (words->length > 0)
        look_at(words, &problems);
    (list.is_json ? put_object : put_lines)(name, times, next, words, &problems);
    list.count++;
    bp_buf_clear(&problems);
}

/* One entry of the crontab: its fields, then its words. */
static bool put_entry(const bp_crontab_entry *entry)
{
    bp_buf name = {0}, times = {0}, words = {0}, fields = {0};
    const char *line = entry->line_length > 0 ? entry->line : "";
    size_t start = 0;
    while (entry->is_off && start < entry->line_length && strchr("# \t", line[start]) != NULL)
        start++;
    size_t length = bp_cron_fields(line + start, entry->line_length - start);
    bool is_whole;
    bool ok = bp_buf_add(&name, entry->name, entry->name_length) &&
              bp_buf_add(&fields, line + start, length) && bp_cron_put(fields.bytes, &times) &&
              bp_buf_add(&times, "", 0) &&
              bp_unquote_cron(line + start + length, entry->line_length - start - length, &words,
                              &is_whole);
    if (ok)
        bp_schedule_list_put(name.bytes, times.bytes, entry->is_off, &words);
    bp_buf_clear(&name);
    bp_buf_clear(&times);
    bp_buf_clear(&fields);
    bp_buf_clear(&words);
    return ok;
}

static bool list_crontab(const bp_settings *settings, bp_error *err)
{
    bp_crontab crontab;
    bp_crontab_entry entry;
    bool ok = bp_crontab_open(&crontab, settings->crontab, err);
    for (size_t at = 0;
         ok && bp_crontab_next(crontab.text.bytes, crontab.text.length, &at, &entry);)
        ok = (!entry.is_refused && put_entry(&entry)) || bp_fail_memory(err);
    bp_crontab_clear(&crontab);
    return ok;
}

int bp_schedule_list(const bp_settings *settings)
{
    bp_error err = {0};
    (void)unsetenv("TZ"); /* Cron goes by the machine's. */
    list = (listing){.is_json = strcmp(settings->log_format, "json") == 0};
    bool ok =
        settings->systemd != NULL ? bp_systemd_list(settings, &err) : list_crontab(settings, &err);
    (void)fflush(stdout);
    if (!ok)
        bp_message_error(&err);
    else if (list.count == 0)
        bp_message_note("no schedules; make one with briefpress schedule --at");
    return bp_message_finish(bp_code_exit(err.code));
}
