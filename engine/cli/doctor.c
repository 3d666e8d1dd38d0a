/* briefpress doctor: what is wrong with this machine, and how to mend it. Each line begins with
 * "ok", "note" or "wrong"; the exit code is that of the first wrong thing, as a rendering would
 * meet it. */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "data/versions.h"
#include "job/places.h"
#include "job/sandbox.h"
#include "pdf/versions.h"
#include "script/versions.h"
#include "text/catalog.h"
#include "text/versions.h"

typedef struct {
    const bp_settings *settings;
    bp_places places;
    bp_code worst; /* The first wrong thing. */
} examination;

__attribute__((format(printf, 3, 4))) static void tell(examination *of, bp_code code,
                                                       const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs(code == BP_OK ? "ok     " : "wrong  ", stdout);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    if (of->worst == BP_OK)
        of->worst = code;
}

static void look_at_libraries(examination *of)
{
    bp_buf lines = {0};
    if (!bp_data_versions(&lines) || !bp_text_versions(&lines) || !bp_pdf_versions(&lines) ||
        !bp_script_versions(&lines)) {
        tell(of, BP_ERR_MEMORY, "no memory to list the libraries");
    } else {
        for (char *line = strtok(lines.bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
            tell(of, BP_OK, "%s", line);
    }
    bp_buf_clear(&lines);
}

static void look_at_scripts(examination *of)
{
    bp_error err = {0};
    if (bp_places_find(of->settings->library, &of->places, &err))
        tell(of, BP_OK, "Lua library in %s",
             of->places.chosen ? of->places.chosen : "this program");
    else
        tell(of, err.code, "%s", err.text);
}

/* True where another weight of the family is there: text is set then, if not as bold or as light as
 * it should be. */
static bool has_stand_in(const bp_catalog_entry *entries, size_t count,
                         const bp_catalog_entry *missing)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i].file != NULL && strcmp(entries[i].family, missing->family) == 0)
            return true;
    return false;
}

static void tell_font(examination *of, const bp_catalog_entry *entry, bool has_other)
{
    if (has_other)
        printf("note   font %s %d %s is missing, another weight stands in; apt install %s\n",
               entry->family, entry->weight, entry->style, entry->package);
    else
        tell(of, BP_ERR_RESOURCE, "font %s is missing; apt install %s", entry->family,
             entry->package);
}

static void look_at_fonts(examination *of)
{
    if (of->places.manifest == NULL)
        return;
    bp_error err = {0};
    const bp_catalog_entry *entries = NULL;
    size_t count = 0, found = 0;
    bp_catalog *catalog = bp_catalog_new(of->places.manifest, BP_LIST(&of->settings->font_folders),
                                         BP_LIST_COUNT(&of->settings->font_folders),
                                         !of->settings->no_system_fonts, &err);
    if (catalog == NULL || !bp_catalog_list(catalog, &entries, &count, &err))
        tell(of, err.code, "fonts: %s%s%s", err.place, err.place[0] ? ": " : "", err.text);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].file != NULL)
            found++;
        else
            tell_font(of, &entries[i], has_stand_in(entries, count, &entries[i]));
    }
    if (err.code == BP_OK)
        tell(of, BP_OK, "%zu fonts serve; list them with briefpress fonts", found);
    bp_catalog_free(catalog);
}

static void look_at_folder(examination *of)
{
    char folder[4096];
    struct statvfs space;
    if (getcwd(folder, sizeof folder) == NULL) {
        tell(of, BP_ERR_CREATE, "the working folder is gone: %s; change to another",
             strerror(errno));
        return;
    }
    if (access(folder, W_OK | X_OK) != 0) {
        tell(of, BP_ERR_CREATE, "%s cannot be written: %s", folder, strerror(errno));
    } else if (statvfs(folder, &space) == 0 && space.f_blocks != 0 &&
               (double)space.f_bavail * (double)space.f_frsize < 10e6) {
        tell(of, BP_ERR_WRITE, "%s has less than 10 MB left", folder);
    } else {
        tell(of, BP_OK, "%s can be written", folder);
    }
}

static void look_at_limits(examination *of)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < of->settings->memory)
        tell(of, BP_ERR_MEMORY, "this shell allows %llu MiB of address space; see ulimit -v",
             (unsigned long long)limit.rlim_cur >> 20);
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < (16u << 20))
        tell(of, BP_ERR_WRITE, "this shell allows files of %llu KiB; see ulimit -f",
             (unsigned long long)limit.rlim_cur >> 10);
    tell(of, BP_OK, "%s", bp_sandbox_describe());
}

static void look_at_clock(examination *of)
{
    time_t now = time(NULL);
    bp_moment moment = bp_moment_from_epoch((int64_t)now);
    char zone[256];
    ssize_t length = readlink("/etc/localtime", zone, sizeof zone - 1);
    zone[length > 0 ? length : 0] = '\0';
    const char *name = strstr(zone, "zoneinfo/");
    if (moment.year < 2024)
        tell(of, BP_ERR_SYSTEM, "the clock says %04d-%02d-%02d; set it", moment.year, moment.month,
             moment.day);
    else
        tell(of, BP_OK, "clock: %04d-%02d-%02d %02d:%02d UTC, time zone %s", moment.year,
             moment.month, moment.day, moment.hour, moment.minute,
             name ? name + strlen("zoneinfo/") : "UTC");
}

/* Cron is asked for by its program and by its process; a machine without it is no fault. */
static void look_at_cron(void)
{
    static const char *const programs[] = {"/usr/bin/crontab", "/usr/sbin/cron", "/usr/sbin/crond"};
    bool is_there = false, runs = false;
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        is_there = is_there || access(programs[i], X_OK) == 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        char path[300], name[32] = "";
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9')
            continue;
        (void)snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
        FILE *file = fopen(path, "re");
        if (file == NULL)
            continue;
        if (fgets(name, sizeof name, file) != NULL)
            runs = runs || strcmp(name, "cron\n") == 0 || strcmp(name, "crond\n") == 0;
        (void)fclose(file);
    }
    if (processes != NULL)
        closedir(processes);
    printf("note   cron: %s\n", runs ? "runs"
                                : is_there
                                    ? "is installed, but does not run"
                                    : "is not installed; apt install cron for scheduled reports");
    printf("note   systemd timers: %s\n",
           access("/run/systemd/system", F_OK) == 0 ? "available" : "not available");
}

int bp_command_doctor(const bp_settings *settings)
{
    examination of = {.settings = settings};
    tell(&of, BP_OK, "briefpress %s", BP_VERSION);
    look_at_libraries(&of);
    look_at_scripts(&of);
    look_at_fonts(&of);
    look_at_folder(&of);
    look_at_limits(&of);
    look_at_clock(&of);
    look_at_cron();
    bp_places_clear(&of.places);
    return bp_message_finish(bp_code_exit(of.worst));
}
