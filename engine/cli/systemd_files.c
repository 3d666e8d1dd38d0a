/* The files of units: writing, listing and removing those of ours, and no others. */
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/messages.h"
#include "cli/systemd.h"
#include "job/crontab_text.h"
#include "job/pattern.h"
#include "job/quote.h"

#define UNIT_MOST ((size_t)1 << 20)

static const char *const kinds[] = {"timer", "service"};

static bool is_system(const bp_settings *settings)
{
    return strcmp(settings->systemd, "system") == 0;
}

/* The folder of the units. XDG_CONFIG_HOME counts for nothing: the manager has its own. */
static bool put_folder(const bp_settings *settings, bp_buf *out, bp_error *err)
{
    if (settings->unit_folder != NULL)
        return bp_buf_text(out, settings->unit_folder) || bp_fail_memory(err);
    if (is_system(settings))
        return bp_buf_text(out, "/etc/systemd/system") || bp_fail_memory(err);
    const struct passwd *user = getpwuid(getuid());
    if (user == NULL)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "this user has no home; name a --unit-dir");
    return bp_buf_format(out, "%s/.config/systemd/user", user->pw_dir) || bp_fail_memory(err);
}

static bool put_path(const bp_settings *settings, const char *name, const char *kind, bp_buf *out,
                     bp_error *err)
{
    return put_folder(settings, out, err) &&
           (bp_buf_format(out, "/" BP_UNIT_PREFIX "%s.%s", name, kind) || bp_fail_memory(err));
}

/* The rest of the first line that begins with `head`, as lent; NULL: none. */
static const char *line_behind(const bp_buf *text, const char *head, size_t *length)
{
    size_t size = strlen(head);
    for (size_t at = 0; at < text->length;) {
        const char *line = text->bytes + at;
        const char *end = memchr(line, '\n', text->length - at);
        size_t whole = end ? (size_t)(end - line) : text->length - at;
        if (whole >= size && memcmp(line, head, size) == 0) {
            *length = whole - size;
            return line + size;
        }
        at += whole + 1;
    }
    return NULL;
}

/* Whether the file is the schedule's: its first line says so. A link, as one that masks a unit, is
 * none of ours. */
static bool is_ours(const char *path, const char *name)
{
    struct stat status;
    bp_buf text = {0};
    bp_error err = {0};
    size_t length = 0;
    bool ours = false;
    if (lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
        bp_file_read(path, UNIT_MOST, &text, &err)) {
        const char *said = line_behind(&text, BP_UNIT_MARK, &length);
        ours = said == text.bytes + strlen(BP_UNIT_MARK) && length == strlen(name) &&
               memcmp(said, name, length) == 0;
    }
    bp_buf_clear(&text);
    return ours;
}

static bool check_free(const bp_settings *settings, const char *name, bp_error *err)
{
    for (size_t i = 0; i < 2; i++) {
        struct stat status;
        bp_buf path = {0};
        bool ok = put_path(settings, name, kinds[i], &path, err);
        if (ok && lstat(path.bytes, &status) == 0 && !is_ours(path.bytes, name))
            ok = bp_fail(err, BP_ERR_CREATE, path.bytes,
                         "is there already and was not written by briefpress schedule; give "
                         "another --name");
        bp_buf_clear(&path);
        if (!ok)
            return false;
    }
    return true;
}

static bool write_unit(const bp_settings *settings, const char *name, const char *kind,
                       const bp_buf *text, bp_error *err)
{
    bp_buf path = {0};
    bool ok =
        put_path(settings, name, kind, &path, err) && bp_pattern_make_folders(path.bytes, err);
    bp_output *output = ok ? bp_output_new(path.bytes, err) : NULL;
    ok = output != NULL && bp_output_write(output, text->bytes, text->length, err) &&
         bp_output_commit(output, err);
    bp_output_free(output);
    if (ok)
        bp_message_note("wrote %s", path.bytes);
    bp_buf_clear(&path);
    return ok;
}

/* A system unit runs as the owner of the folder that it writes into: without capabilities, root
 * itself could not write there. */
static const char *owner_of(const bp_schedule *schedule)
{
    struct stat status;
    const bp_buf *folders = &schedule->words.folders;
    if (BP_BUF_COUNT(folders, char *) == 0 ||
        stat(BP_BUF_ITEMS(folders, char *)[0], &status) != 0 || status.st_uid == 0)
        return NULL;
    const struct passwd *user = getpwuid(status.st_uid);
    return user != NULL ? user->pw_name : NULL;
}

bool bp_systemd_write(bp_schedule *schedule, bp_error *err)
{
    const bp_settings *settings = schedule->settings;
    const char *name = schedule->name.bytes;
    bool system = is_system(settings);
    bp_buf service = {0}, timer = {0};
    const char *user = system ? owner_of(schedule) : NULL;
    bool ok = check_free(settings, name, err) &&
              bp_systemd_service(schedule, system, user, &service, err) &&
              bp_systemd_timer(schedule, &timer, err) &&
              write_unit(settings, name, "service", &service, err) &&
              write_unit(settings, name, "timer", &timer, err);
    if (ok && user != NULL)
        bp_message_note("it runs as %s, who owns %s", user,
                        BP_BUF_ITEMS(&schedule->words.folders, char *)[0]);
    const char *manager = system ? "systemctl" : "systemctl --user";
    if (ok)
        printf("%s daemon-reload\n%s enable --now " BP_UNIT_PREFIX "%s.timer\n", manager, manager,
               name);
    if (ok && !system) {
        const struct passwd *self = getpwuid(getuid());
        printf("loginctl enable-linger %s\n", self != NULL ? self->pw_name : "");
    }
    bp_buf_clear(&service);
    bp_buf_clear(&timer);
    return ok;
}

bool bp_systemd_remove(const bp_settings *settings, bp_error *err)
{
    const char *name = settings->remove;
    if (!bp_schedule_name_fits(name))
        return bp_fail(err, BP_ERR_USAGE, NULL, "--remove: \"%s\" is no name of a schedule", name);
    size_t removed = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < 2;
         i++) { /* The timer first: it must not start what is not there. */
        bp_buf path = {0};
        ok = put_path(settings, name, kinds[i], &path, err);
        if (ok && is_ours(path.bytes, name)) {
            ok = unlink(path.bytes) == 0 ||
                 bp_fail(err, BP_ERR_WRITE, path.bytes, "cannot be removed: %s", strerror(errno));
            removed += ok ? 1 : 0;
            if (ok)
                bp_message_note("removed %s", path.bytes);
        }
        bp_buf_clear(&path);
    }
    if (ok && removed == 0)
        return bp_fail(err, BP_ERR_INPUT, NULL,
                       "there are no units of a schedule \"%s\"; see briefpress schedule --systemd "
                       "%s --list",
                       name, settings->systemd);
    const char *manager = is_system(settings) ? "systemctl" : "systemctl --user";
    if (ok)
        printf("%s disable --now " BP_UNIT_PREFIX "%s.timer\n%s daemon-reload\n", manager, name,
               manager);
    return ok;
}

/* Lists the schedule of one timer, whose command its service has. */
static bool list_one(const bp_settings *settings, const char *name, bp_error *err)
{
    bp_buf path = {0}, timer = {0}, service = {0}, times = {0}, words = {0};
    bp_error ignored = {0};
    size_t length = 0;
    bool is_whole;
    bool ok = put_path(settings, name, "timer", &path, err);
    bool is_one =
        ok && is_ours(path.bytes, name) && bp_file_read(path.bytes, UNIT_MOST, &timer, &ignored);
    bp_buf_clear(&path);
    ok = ok && put_path(settings, name, "service", &path, err);
    if (ok && is_one && is_ours(path.bytes, name))
        (void)bp_file_read(path.bytes, UNIT_MOST, &service, &ignored);
    if (ok && is_one) {
        const char *said = line_behind(&timer, BP_UNIT_TIMES, &length);
        ok = bp_buf_add(&times, said ? said : "", said ? length : 0);
        said = line_behind(&service, "ExecStart=", &length);
        ok = ok && (said == NULL || bp_unquote_systemd(said, length, &words, &is_whole));
        if (ok)
            bp_schedule_list_put(name, times.bytes, false, &words);
        else
            bp_fail_memory(err);
    }
    bp_buf *all[] = {&path, &timer, &service, &times, &words};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        bp_buf_clear(all[i]);
    return ok;
}

static int is_timer(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name), head = strlen(BP_UNIT_PREFIX);
    return length > head + 6 && strncmp(entry->d_name, BP_UNIT_PREFIX, head) == 0 &&
           strcmp(entry->d_name + length - 6, ".timer") == 0;
}

bool bp_systemd_list(const bp_settings *settings, bp_error *err)
{
    bp_buf folder = {0};
    struct dirent **entries = NULL;
    bool ok = put_folder(settings, &folder, err);
    int found = ok && folder.length > 0 ? scandir(folder.bytes, &entries, is_timer, alphasort) : -1;
    if (ok && found < 0 && errno != ENOENT)
        ok = bp_fail(err, BP_ERR_INPUT, folder.bytes, "cannot be read: %s", strerror(errno));
    for (int i = 0; i < found; i++) {
        char *name = entries[i]->d_name + strlen(BP_UNIT_PREFIX);
        name[strlen(name) - strlen(".timer")] = '\0';
        ok = ok && (!bp_schedule_name_fits(name) || list_one(settings, name, err));
        free(entries[i]);
    }
    free(entries);
    bp_buf_clear(&folder);
    return ok;
}
