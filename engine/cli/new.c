/* briefpress new: a working project to start from, copied from a template of the library. Nothing
 * is overwritten, and nothing stays of a project that could not be written whole. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "job/places.h"

#define FILE_MOST ((size_t)1 << 20)

typedef struct {
    char *folder;         /* Canonical. */
    char *types;          /* What describes the library to an editor. */
    bp_buf written;       /* Of char *: what is taken away again on failure. */
    const char *template; /* Its name. */
} project;

/* A folder that is there must be empty; one that is not is made. */
static bool open_folder(const char *path, bool *is_made, bp_error *err)
{
    *is_made = mkdir(path, 0777) == 0;
    if (*is_made)
        return true;
    if (errno != EEXIST)
        return bp_fail(err, BP_ERR_CREATE, path, "cannot be made: %s", strerror(errno));
    DIR *folder = opendir(path);
    if (folder == NULL)
        return bp_fail(err, BP_ERR_CREATE, path,
                       errno == ENOTDIR ? "is a file, expected a folder" : "cannot be read: %s",
                       strerror(errno));
    const struct dirent *entry;
    bool is_empty = true;
    while (is_empty && (entry = readdir(folder)) != NULL)
        is_empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return is_empty || bp_fail(err, BP_ERR_CREATE, path,
                               "is not empty, and nothing is overwritten; name a new folder");
}

/* Adds a text as it stands between the quotes of JSON. */
static bool put_escaped(bp_buf *out, const char *text)
{
    bool ok = true;
    for (; ok && *text != '\0'; text++)
        ok = ((*text != '"' && *text != '\\') || bp_buf_char(out, '\\')) && bp_buf_char(out, *text);
    return ok;
}

/* Adds the template's text with @NAME@, @FOLDER@, @TEMPLATE@ and @TYPES@ filled in. */
static bool fill(const project *to, const char *text, bp_buf *out)
{
    const struct {
        const char *mark, *value;
    } marks[] = {{"@NAME@", bp_path_name(to->folder)},
                 {"@FOLDER@", to->folder},
                 {"@TEMPLATE@", to->template},
                 {"@TYPES@", to->types}};
    bool ok = true;
    while (ok && *text != '\0') {
        size_t plain = strcspn(text, "@"), i = 0, count = sizeof marks / sizeof marks[0];
        ok = bp_buf_add(out, text, plain);
        text += plain;
        while (i < count && strncmp(text, marks[i].mark, strlen(marks[i].mark)) != 0)
            i++;
        if (i < count) {
            ok = ok && put_escaped(out, marks[i].value);
            text += strlen(marks[i].mark);
        } else if (*text != '\0') {
            ok = ok && bp_buf_char(out, *text++);
        }
    }
    return ok;
}

static bool write_file(project *to, const char *name, const bp_buf *text, bp_error *err)
{
    char *path = bp_path_join(to->folder, name, err);
    bp_output *output = path != NULL ? bp_output_new(path, err) : NULL;
    bool ok = output != NULL && bp_output_write(output, text->bytes, text->length, err) &&
              bp_output_commit(output, err);
    bp_output_free(output);
    if (ok && bp_buf_add(&to->written, &path, sizeof path))
        return true;
    if (ok)
        (void)unlink(path);
    bp_free(path);
    return ok ? bp_fail_memory(err) : false;
}

/* Copies a file of a template. Names that begin with "dot_" begin with a dot there: a folder of
 * hidden files would be overlooked. */
static bool copy_file(project *to, const char *folder, const char *name, bp_error *err)
{
    bp_buf text = {0}, filled = {0}, shown = {0};
    bool is_hidden = strncmp(name, "dot_", 4) == 0;
    char *path = bp_path_join(folder, name, err);
    bool ok = path != NULL && bp_file_read(path, FILE_MOST, &text, err);
    if (ok)
        ok = ((text.length == 0 || fill(to, text.bytes, &filled)) &&
              (!is_hidden || bp_buf_char(&shown, '.')) &&
              bp_buf_text(&shown, is_hidden ? name + 4 : name)) ||
             bp_fail_memory(err);
    ok = ok && write_file(to, shown.bytes, &filled, err);
    bp_free(path);
    bp_buf_clear(&text);
    bp_buf_clear(&filled);
    bp_buf_clear(&shown);
    return ok;
}

static bool copy_folder(project *to, const char *library, const char *name, bp_error *err)
{
    bp_buf path = {0};
    if (!bp_buf_format(&path, "%s/templates/%s", library, name))
        return bp_fail_memory(err);
    DIR *folder = opendir(path.bytes);
    bool ok =
        folder != NULL || bp_fail(err, BP_ERR_INPUT, path.bytes,
                                  "the library has no template \"%s\": %s", name, strerror(errno));
    const struct dirent *entry;
    while (ok && folder != NULL && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            ok = copy_file(to, path.bytes, entry->d_name, err);
    if (folder != NULL)
        closedir(folder);
    bp_buf_clear(&path);
    return ok;
}

static bool make(project *to, const char *path, const char *library, bp_error *err)
{
    return (to->folder = bp_path_real(path, err)) != NULL &&
           (to->types = bp_path_join(library, "types", err)) != NULL &&
           copy_folder(to, library, "common", err) && copy_folder(to, library, to->template, err);
}

static void clear(project *to, bool is_whole)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&to->written, char *); i++) {
        if (!is_whole)
            (void)unlink(BP_BUF_ITEMS(&to->written, char *)[i]);
        bp_free(BP_BUF_ITEMS(&to->written, char *)[i]);
    }
    bp_buf_clear(&to->written);
    bp_free(to->folder);
    bp_free(to->types);
}

/* A signal that ends the process waits until the project is whole, which is milliseconds. */
static void hold_signals(sigset_t *before)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++)
        sigaddset(&held, ending[i]);
    (void)sigprocmask(SIG_BLOCK, &held, before);
}

int bp_command_new(const bp_settings *settings)
{
    const char *path = BP_LIST(&settings->operands)[0];
    project to = {.template = settings->template};
    bp_places places = {0};
    bp_error err = {0};
    bool is_made = false;
    sigset_t before;
    hold_signals(&before);
    bool ok = bp_places_find(settings->library, &places, &err) && open_folder(path, &is_made, &err);
    ok = ok && make(&to, path, places.library, &err);
    clear(&to, ok);
    if (!ok && is_made)
        (void)rmdir(path);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (ok)
        bp_message_note(
            "made %s from the template %s; now: cd %s && briefpress watch layout.lua -d "
            "data.json",
            path, settings->template, path);
    else
        bp_message_error(&err);
    bp_places_clear(&places);
    return bp_code_exit(err.code);
}
