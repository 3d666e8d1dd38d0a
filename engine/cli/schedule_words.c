/* From what was typed to what runs unattended: see schedule_words.h. */
#include "cli/schedule_words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/inputs.h"
#include "job/crontab_text.h"
#include "job/pattern.h"
#include "job/quote.h"

#define TEXTS(buf) BP_BUF_ITEMS(buf, char *)
#define TEXT_COUNT(buf) BP_BUF_COUNT(buf, char *)

typedef struct {
    int count, at;
    char **arguments;
    bp_schedule_words *made;
    bp_error *err;
} walker;

void bp_texts_clear(bp_buf *texts)
{
    for (size_t i = 0; i < TEXT_COUNT(texts); i++)
        bp_free(TEXTS(texts)[i]);
    bp_buf_clear(texts);
}

/* Takes over `text`, also where it fails. */
static bool keep(bp_buf *texts, char *text, bp_error *err)
{
    if (text != NULL && bp_buf_add(texts, &text, sizeof text))
        return true;
    bp_free(text);
    return bp_fail_memory(err);
}

static bool put_word(const walker *from, const char *word)
{
    return keep(&from->made->words, bp_copy_text(word), from->err);
}

/* The working folder, in front of a pattern with its braces doubled, which mean themselves then. */
static bool put_folder(const char *value, bool is_pattern, bp_buf *out, bp_error *err)
{
    char *folder = getcwd(NULL, 0);
    if (folder == NULL)
        return bp_fail(err, BP_ERR_INPUT, value, "the working folder it is meant from is gone: %s",
                       strerror(errno));
    bool doubles = is_pattern && (strchr(folder, '{') != NULL || bp_pattern_is(value));
    bool ok = true;
    for (const char *at = folder; ok && *at != '\0'; at++)
        ok = (!doubles || (*at != '{' && *at != '}') || bp_buf_char(out, *at)) &&
             bp_buf_char(out, *at);
    free(folder);
    return ok || bp_fail_memory(err);
}

/* A path from the root, yours to free. "./" and "../" at its beginning are resolved; what follows
 * is left to the day it runs, with the links of that day. */
static char *absolute(const char *value, bool is_pattern, bp_error *err)
{
    bp_buf path = {0};
    if (value[0] == '/') {
        char *copy = bp_copy_text(value);
        if (copy == NULL)
            bp_fail_memory(err);
        return copy;
    }
    bool ok = put_folder(value, is_pattern, &path, err);
    while (ok && value[0] == '.' &&
           (value[1] == '/' || value[1] == '\0' ||
            (value[1] == '.' && (value[2] == '/' || value[2] == '\0')))) {
        bool is_up = value[1] == '.';
        value += is_up ? 2 : 1;
        value += strspn(value, "/");
        const char *cut = is_up && path.length > 0 ? strrchr(path.bytes, '/') : NULL;
        if (cut != NULL)
            path.length = (size_t)(cut - path.bytes);
    }
    if (ok && value[0] != '\0')
        ok = ((path.length > 0 && path.bytes[path.length - 1] == '/') || bp_buf_char(&path, '/')) &&
             bp_buf_text(&path, value);
    else if (ok && path.length == 0)
        ok = bp_buf_char(&path, '/');
    if (ok && path.bytes[path.length] != '\0')
        path.bytes[path.length] = '\0';
    char *taken = ok ? bp_buf_take(&path) : NULL;
    if (taken == NULL) {
        bp_buf_clear(&path);
        bp_fail_memory(err);
    }
    return taken;
}

/* A stream of this process is none of the one that cron will start. */
static bool check_stream(const walker *from, const char *what, const char *value)
{
    static const char *const streams[] = {"/dev/std", "/dev/fd/", "/proc/self/", "/dev/tty"};
    bool is_stream = strcmp(value, "-") == 0;
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++)
        is_stream = is_stream || strncmp(value, streams[i], strlen(streams[i])) == 0;
    return !is_stream || bp_fail(from->err, BP_ERR_USAGE, NULL,
                                 "%s %s: there is nobody at the other end when it runs by itself; "
                                 "name a file",
                                 what, value);
}

static bool is_written(const bp_option *option)
{
    static const char *const names[] = {"output",      "trace",        "results",
                                        "status-file", "metrics-file", "latest"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(option->name, names[i]) == 0)
            return true;
    return false;
}

/* The folder of a path that is written, as far as no placeholder stands in it. */
static bool keep_folder(const walker *from, const char *path)
{
    size_t length = strlen(path);
    if (bp_pattern_is(path)) {
        length = 0;
        while (path[length] != '\0' && (path[length] != '{' || path[length + 1] == '{'))
            length += path[length] == '{' ? 2 : 1;
    }
    while (length > 1 && path[length - 1] != '/')
        length--;
    while (length > 1 && path[length - 1] == '/')
        length--;
    char *folder = bp_copy_bytes(path, length);
    for (char *at = folder; at != NULL && bp_pattern_is(path) && *at != '\0'; at++)
        if ((at[0] == '{' || at[0] == '}') && at[1] == at[0])
            memmove(at, at + 1, strlen(at));
    for (size_t i = 0; folder != NULL && i < TEXT_COUNT(&from->made->folders); i++)
        if (strcmp(TEXTS(&from->made->folders)[i], folder) == 0) {
            bp_free(folder);
            return true;
        }
    return keep(&from->made->folders, folder, from->err);
}

static bool put_path(const walker *from, const bp_option *option, const char *value)
{
    size_t table = strcmp(option->name, "data") == 0 ? bp_inputs_table_name(value) : 0;
    const char *name = table ? value + table + 1 : value;
    bool writes = is_written(option);
    char what[40];
    (void)snprintf(what, sizeof what, "--%s", option->name);
    if (strcmp(option->name, "rows") == 0 && strncmp(value, "data:", 5) == 0)
        return put_word(from, value);
    if (!check_stream(from, what, name))
        return false;
    char *path = absolute(name, writes, from->err);
    if (path == NULL)
        return false;
    bp_buf word = {0};
    bool ok = (bp_buf_add(&word, value, (size_t)(name - value)) && bp_buf_text(&word, path)) ||
              bp_fail_memory(from->err);
    ok = ok && put_word(from, word.bytes);
    bp_buf_clear(&word);
    if (ok && writes)
        ok = keep_folder(from, path);
    else if (ok)
        return keep(&from->made->inputs, path, from->err);
    bp_free(path);
    return ok;
}

static bool is_path(const char *argument)
{
    static const char *const words[] = {"FILE", "FOLDER", "DIR", "ROWS", "RESULTS"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(argument, words[i]) != NULL)
            return true;
    return false;
}

/* A program of the operator's: by its name in /usr/bin, which cron has on its PATH, or from "/". */
static bool check_program(const walker *from, const bp_option *option, const char *value)
{
    size_t length = strcspn(value, " \t");
    from->made->has_hooks = true;
    return value[0] == '/' || value[0] == '"' || value[0] == '\'' ||
           memchr(value, '/', length) == NULL ||
           bp_fail(from->err, BP_ERR_USAGE, NULL,
                   "--%s %.*s: is meant from this folder; write the path from \"/\"", option->name,
                   (int)length, value);
}

static bool put_value(walker *from, const bp_option *option, const char *attached)
{
    const char *value = attached;
    if (value == NULL)
        value = from->at < from->count ? from->arguments[from->at++] : "";
    if (strcmp(option->argument, "COMMAND") == 0 && !check_program(from, option, value))
        return false;
    /* The link on the newest edition is beside it where it has no folder of its own. */
    bool is_link = strcmp(option->name, "latest") == 0 && strchr(value, '/') != NULL;
    return is_link || is_path(option->argument) ? put_path(from, option, value)
                                                : put_word(from, value);
}

static const bp_option *find_option(const walker *from, const char *name, size_t length,
                                    char letter)
{
    for (size_t i = 0; i < bp_option_count; i++) {
        const bp_option *option = &bp_options[i];
        bool is_named = letter != 0 ? option->letter == letter
                                    : strlen(option->name) == length &&
                                          strncmp(option->name, name, length) == 0;
        if (is_named && (option->commands & from->made->command->bit) != 0)
            return option;
    }
    return NULL;
}

static bool put_option(walker *from, const bp_option *option, bool is_letter, const char *attached)
{
    if (strcmp(option->name, "quiet") == 0)
        return true; /* It stands in front already. */
    char name[72];
    if (is_letter)
        (void)snprintf(name, sizeof name, "-%c", option->letter);
    else
        (void)snprintf(name, sizeof name, "--%s", option->name);
    return put_word(from, name) && (option->argument == NULL || put_value(from, option, attached));
}

/* The words are good: the reader of the command line has been there before. */
static bool put_argument(walker *from, const char *word)
{
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");
        const bp_option *option = find_option(from, word + 2, length, 0);
        return option != NULL &&
               put_option(from, option, false, word[2 + length] == '=' ? word + 3 + length : NULL);
    }
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const bp_option *option = find_option(from, "", 0, *letter);
        bool has_value = option != NULL && option->argument != NULL;
        if (option == NULL ||
            !put_option(from, option, true, has_value && letter[1] != '\0' ? letter + 1 : NULL))
            return false;
        if (has_value)
            break;
    }
    return true;
}

static bool put_operand(const walker *from, const char *word)
{
    if (!check_stream(from, from->made->command->name, word))
        return false;
    char *path = absolute(word, false, from->err);
    if (path == NULL || !put_word(from, path)) {
        bp_free(path);
        return false;
    }
    return keep(&from->made->inputs, path, from->err);
}

/* Without -o the PDF would go into the folder that cron happens to stand in. */
static bool put_output(walker *from)
{
    const bp_settings *settings = &from->made->settings;
    if (settings->output != NULL || (from->made->command->bit & BP_FOR_RENDER) == 0)
        return true;
    const bp_option *option = find_option(from, "output", strlen("output"), 0);
    const char *name = bp_path_name(BP_LIST(&settings->operands)[0]);
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".lua") == 0)
        length -= 4;
    bp_buf path = {0};
    bool ok = bp_buf_format(&path, "%.*s.pdf", (int)length, name) || bp_fail_memory(from->err);
    ok = ok && put_word(from, "-o") && put_path(from, option, path.bytes);
    bp_buf_clear(&path);
    return ok;
}

/* This program, as the kernel knows it: whatever name it was called by. */
static bool put_program(const walker *from)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return bp_fail(from->err, BP_ERR_SYSTEM, NULL,
                       "where this program is cannot be found out: %s", strerror(errno));
    path[length] = '\0';
    if (access(path, X_OK) != 0)
        return bp_fail(from->err, BP_ERR_SYSTEM, path, "this program is no longer there");
    return put_word(from, path);
}

static bool check_command(const bp_schedule_words *made, bp_error *err)
{
    if (made->command == NULL || made->settings.help || made->settings.version)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "a command to run is expected behind \"--\", as: -- render LAYOUT -o FILE");
    if ((made->command->bit & (BP_FOR_RENDER | BP_FOR_BATCH)) == 0)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "\"%s\" makes no report; \"render\" and \"batch\" can be scheduled",
                       made->command->name);
    if ((made->command->bit & BP_FOR_BATCH) != 0 && made->settings.results == NULL &&
        !made->settings.merge)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "a batch tells each row on standard output, which cron would mail; name a "
                       "file with --results");
    if (made->settings.encrypt && made->settings.password_file == NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--encrypt: cron has no BRIEFPRESS_PASSWORD; name a --password-file");
    return true;
}

bool bp_schedule_words_make(int count, char **arguments, bp_schedule_words *made, bp_error *err)
{
    *made = (bp_schedule_words){0};
    walker from = {.count = count, .arguments = arguments, .made = made, .err = err};
    if (!bp_command_line_read(count, arguments, &made->settings, &made->command, err) ||
        !check_command(made, err))
        return false;
    bool ok = put_program(&from) && put_word(&from, made->command->name) && put_word(&from, "-q");
    bool only_operands = false, has_command = false;
    while (ok && from.at < count) {
        const char *word = arguments[from.at++];
        if (!only_operands && word[0] == '-' && word[1] != '\0') {
            only_operands = strcmp(word, "--") == 0;
            ok = only_operands || put_argument(&from, word);
        } else {
            ok = !has_command || put_operand(&from, word);
            has_command = true;
        }
    }
    ok = ok && put_output(&from);
    return ok || (err->code == BP_OK ? bp_fail_memory(err) : false);
}

void bp_schedule_words_clear(bp_schedule_words *made)
{
    bp_settings_clear(&made->settings);
    bp_texts_clear(&made->words);
    bp_texts_clear(&made->inputs);
    bp_texts_clear(&made->folders);
}

bool bp_schedule_words_quote(const bp_schedule_words *made, bool is_systemd, bp_buf *out,
                             bp_error *err)
{
    for (size_t i = 0; i < TEXT_COUNT(&made->words); i++) {
        const char *word = TEXTS(&made->words)[i];
        if (strchr(word, '\n') != NULL)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "an argument has a line break in it, which neither a crontab nor a unit "
                           "can hold; put the command into a script");
        if (is_systemd && !bp_utf8_valid(word, strlen(word), NULL))
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "an argument is no UTF-8, which units have to be; rename the file, or "
                           "put the command into a script");
        if ((i > 0 && !bp_buf_char(out, ' ')) ||
            !(is_systemd ? bp_quote_systemd(out, word, true) : bp_quote_cron(out, word)))
            return bp_fail_memory(err);
    }
    return true;
}

bool bp_schedule_words_name(const bp_schedule_words *made, bp_buf *name, bp_error *err)
{
    const bp_settings *settings = &made->settings;
    const char *from = BP_LIST(&settings->operands)[0];
    if (settings->output != NULL && !bp_pattern_is(settings->output))
        from = settings->output;
    from = bp_path_name(from);
    const char *end = strrchr(from, '.');
    size_t length = end != NULL && end > from ? (size_t)(end - from) : strlen(from);
    for (size_t i = 0; i < length && name->length < BP_SCHEDULE_NAME_MOST; i++) {
        char c[2] = {from[i], '\0'};
        bool fits = bp_schedule_name_fits(c) || (name->length > 0 && (c[0] == '-' || c[0] == '.'));
        bool is_gap = !fits && name->length > 0 && name->bytes[name->length - 1] != '-';
        if ((fits && !bp_buf_char(name, c[0])) || (is_gap && !bp_buf_char(name, '-')))
            return bp_fail_memory(err);
    }
    while (name->length > 0 && strchr("-.", name->bytes[name->length - 1]) != NULL)
        name->bytes[--name->length] = '\0';
    return name->length > 0 || bp_fail(err, BP_ERR_USAGE, NULL,
                                       "no name for the schedule can be made of \"%s\"; give one "
                                       "with --name",
                                       from);
}
