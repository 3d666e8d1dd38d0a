/* briefpress schedule: a command that was tried, as a line for cron or units for systemd. Nothing
 * is printed or installed unless all of it is right. */
#include "cli/schedule.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/crontab.h"
#include "cli/messages.h"
#include "job/crontab_text.h"

/* Debian's cron refuses a crontab with a command of 999 bytes or more; others take more. */
#define COMMAND_MOST 998

static const char *user_name(void)
{
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? user->pw_name : "this user";
}

static bool check_options(const bp_settings *settings, bp_error *err)
{
    int tasks = (settings->list ? 1 : 0) + (settings->remove != NULL ? 1 : 0) +
                (settings->at != NULL ? 1 : 0);
    bool has_command = BP_LIST_COUNT(&settings->operands) > 0;
    if (tasks != 1)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "one of --at, --list and --remove is expected; see briefpress schedule "
                       "--help");
    if (settings->at == NULL && (has_command || settings->install))
        return bp_fail(err, BP_ERR_USAGE, NULL, "--%s takes no command; --at does",
                       settings->list ? "list" : "remove");
    if (settings->at != NULL && !has_command)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "a command to run is expected behind \"--\", as: -- render LAYOUT -o FILE");
    if (settings->systemd == NULL && (settings->unit_folder != NULL || settings->random_delay > 0))
        return bp_fail(err, BP_ERR_USAGE, NULL, "--%s belongs to --systemd",
                       settings->unit_folder != NULL ? "unit-dir" : "random-delay");
    if (settings->systemd != NULL && (settings->install || settings->crontab != NULL))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--%s is for crontabs; --systemd writes units, and tells what starts them",
                       settings->install ? "install" : "crontab");
    if (settings->schedule_name != NULL && !bp_schedule_name_fits(settings->schedule_name))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--name: expected letters, digits, \"_\", \"-\" and \".\", %d at most, got "
                       "\"%s\"",
                       BP_SCHEDULE_NAME_MOST, settings->schedule_name);
    return true;
}

static bool make_line(bp_schedule *schedule, bp_error *err)
{
    bp_buf *line = &schedule->line;
    if (!bp_cron_put(schedule->settings->at, line) || !bp_buf_char(line, ' '))
        return bp_fail_memory(err);
    size_t head = line->length;
    if (!bp_schedule_words_quote(&schedule->words, false, line, err))
        return false;
    return line->length - head <= COMMAND_MOST ||
           bp_fail(err, BP_ERR_USAGE, NULL,
                   "the command has %zu bytes, and cron takes %d; put it into a script, or use "
                   "--systemd",
                   line->length - head, COMMAND_MOST);
}

static bool make_schedule(const bp_settings *settings, bp_schedule *schedule, bp_error *err)
{
    *schedule = (bp_schedule){.settings = settings};
    int count = (int)BP_LIST_COUNT(&settings->operands);
    if (!bp_cron_read(settings->at, &schedule->cron, err) ||
        !bp_schedule_words_make(count, BP_BUF_ITEMS(&settings->operands, char *), &schedule->words,
                                err))
        return false;
    bool ok = settings->schedule_name != NULL
                  ? bp_buf_text(&schedule->name, settings->schedule_name) || bp_fail_memory(err)
                  : bp_schedule_words_name(&schedule->words, &schedule->name, err);
    return ok && (settings->systemd != NULL || make_line(schedule, err));
}

/* A name that was not chosen must not cost anybody another schedule. */
static bool check_name(const bp_schedule *schedule, const bp_crontab *crontab, bp_error *err)
{
    bp_crontab_entry entry;
    size_t at = 0, space = 0;
    const bp_buf *line = &schedule->line;
    if (schedule->settings->schedule_name != NULL)
        return true;
    while (bp_crontab_next(crontab->text.bytes, crontab->text.length, &at, &entry)) {
        if (entry.is_refused)
            return bp_fail_memory(err);
        if (entry.name_length != schedule->name.length ||
            memcmp(entry.name, schedule->name.bytes, entry.name_length) != 0 ||
            entry.line_length == 0)
            continue;
        size_t mine = bp_cron_fields(line->bytes, line->length);
        space = bp_cron_fields(entry.line, entry.line_length);
        if (entry.line_length - space != line->length - mine ||
            memcmp(entry.line + space, line->bytes + mine, line->length - mine) != 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "there is a schedule \"%s\" already, of another command; give --name %s "
                           "to replace it, or another name",
                           schedule->name.bytes, schedule->name.bytes);
    }
    return true;
}

/* The last SHELL= of a crontab holds for our line, too. */
static void warn_shell(const bp_crontab *crontab, bp_faults *told)
{
    static const char *const good[] = {"sh", "bash", "dash", "ksh", "mksh", "zsh", "ash"};
    const char *text = crontab->text.bytes, *found = NULL;
    size_t length = 0;
    for (size_t at = 0; at < crontab->text.length;) {
        const char *end = memchr(text + at, '\n', crontab->text.length - at);
        size_t size = end ? (size_t)(end - text) - at : crontab->text.length - at;
        if (size > 6 && memcmp(text + at, "SHELL=", 6) == 0) {
            found = text + at + 6;
            length = size - 6;
        }
        at += size + 1;
    }
    while (length > 0 && strchr(" \t\r\"'", found[length - 1]) != NULL)
        length--;
    const char *name = found;
    for (size_t i = 0; i < length; i++)
        if (found[i] == '/')
            name = found + i + 1;
    for (size_t i = 0; found != NULL && i < sizeof good / sizeof good[0]; i++)
        if (strlen(good[i]) == length - (size_t)(name - found) &&
            memcmp(name, good[i], strlen(good[i])) == 0)
            found = NULL;
    if (found != NULL)
        bp_faults_add(
            told, BP_OK, "",
            "the crontab says SHELL=%.*s; the line is written for /bin/sh, so put SHELL=/bin/sh "
            "in front of it",
            (int)length, found);
}

static bool install(bp_schedule *schedule, bp_error *err)
{
    bp_crontab crontab;
    bp_buf text = {0};
    bool ok = bp_crontab_open(&crontab, schedule->settings->crontab, err) &&
              check_name(schedule, &crontab, err);
    ok = ok && (bp_crontab_put(crontab.text.bytes, crontab.text.length, schedule->name.bytes,
                               schedule->line.bytes, &text) ||
                bp_fail_memory(err));
    bool is_new = ok && (text.length != crontab.text.length ||
                         memcmp(text.bytes, crontab.text.bytes, text.length) != 0);
    if (ok)
        warn_shell(&crontab, &schedule->told);
    ok = ok && (!is_new || bp_crontab_replace(&crontab, &text, err));
    if (ok)
        bp_message_note(is_new ? "%s is in the crontab of %s"
                               : "%s is in the crontab of %s already",
                        schedule->name.bytes, user_name());
    bp_buf_clear(&text);
    bp_crontab_clear(&crontab);
    return ok;
}

static bool fail_name(const bp_crontab *crontab, const char *wanted, bp_error *err)
{
    bp_crontab_entry entry;
    char best[BP_SCHEDULE_NAME_MOST + 1] = "";
    size_t least = 3;
    for (size_t at = 0; bp_crontab_next(crontab->text.bytes, crontab->text.length, &at, &entry);) {
        char name[BP_SCHEDULE_NAME_MOST + 1];
        (void)snprintf(name, sizeof name, "%.*s", (int)entry.name_length, entry.name);
        size_t distance = bp_text_distance(wanted, name, 2);
        if (distance < least) {
            least = distance;
            memcpy(best, name, sizeof best);
        }
    }
    if (best[0] != '\0')
        return bp_fail(err, BP_ERR_INPUT, NULL, "there is no schedule \"%s\"; did you mean \"%s\"?",
                       wanted, best);
    return bp_fail(err, BP_ERR_INPUT, NULL,
                   "there is no schedule \"%s\" in the crontab of %s; see briefpress schedule "
                   "--list",
                   wanted, user_name());
}

static bool take_out(const bp_settings *settings, bp_error *err)
{
    bp_crontab crontab;
    bp_buf text = {0};
    size_t removed = 0;
    bool ok = bp_crontab_open(&crontab, settings->crontab, err);
    ok = ok && (bp_crontab_remove(crontab.text.bytes, crontab.text.length, settings->remove, &text,
                                  &removed) ||
                bp_fail_memory(err));
    if (ok && removed == 0)
        ok = fail_name(&crontab, settings->remove, err);
    ok = ok && bp_crontab_replace(&crontab, &text, err);
    if (ok)
        bp_message_note("%s is out of the crontab of %s", settings->remove, user_name());
    bp_buf_clear(&text);
    bp_crontab_clear(&crontab);
    return ok;
}

/* --at: all is made and checked before the first byte is printed or written. */
static int make(const bp_settings *settings)
{
    bp_schedule schedule;
    bp_error err = {0};
    bool ok = make_schedule(settings, &schedule, &err);
    int code = 0;
    if (ok) {
        bp_schedule_environment(&schedule.words, &schedule.told);
        bp_schedule_warn_days(&schedule.cron, &schedule.told);
        code = settings->no_check ? 0 : bp_schedule_check(&schedule);
    }
    if (ok && code == 0)
        ok = settings->systemd != NULL ? bp_systemd_write(&schedule, &err)
             : settings->install       ? install(&schedule, &err)
                                       : true;
    if (ok && code == 0 && settings->systemd == NULL && !settings->install)
        printf("%s\n", schedule.line.bytes);
    if (code == 0) {
        (void)fflush(stdout);
        bp_message_outcome(&schedule.told, &err, settings);
        code = bp_message_finish(bp_code_exit(err.code));
    }
    if (ok && code == 0)
        bp_schedule_tell_times(&schedule, settings->systemd != NULL);
    bp_schedule_words_clear(&schedule.words);
    bp_buf_clear(&schedule.name);
    bp_buf_clear(&schedule.line);
    bp_faults_clear(&schedule.told);
    return code;
}

int bp_command_schedule(const bp_settings *settings)
{
    bp_error err = {0};
    bool ok = check_options(settings, &err);
    if (ok && settings->at != NULL)
        return make(settings);
    if (ok && settings->list)
        return bp_schedule_list(settings);
    ok = ok &&
         (settings->systemd != NULL ? bp_systemd_remove(settings, &err) : take_out(settings, &err));
    if (!ok)
        bp_message_error(&err);
    return bp_message_finish(bp_code_exit(err.code));
}
