/* What the doctor says of the clock, the zone and schedules: see doctor.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/doctor.h"

#define ZONES "/usr/share/zoneinfo"
#define DAY 86400

/* The clock ----------------------------------------------------------------------------------- */

/* Whether something keeps the clock right; where the kernel does not tell, nobody is blamed. */
static bool is_kept_right(void)
{
    struct timex state = {.modes = 0};
    return adjtimex(&state) < 0 || (state.status & STA_UNSYNC) == 0;
}

/* A clock that is behind the day the program came is wrong, whatever it says. */
static bool is_behind(time_t now)
{
    struct stat program;
    return stat("/proc/self/exe", &program) == 0 && program.st_mtime > now + DAY;
}

static void look_at_clock(bp_checkup *of)
{
    time_t now = time(NULL);
    bp_moment at = bp_moment_from_epoch((int64_t)now);
    if (at.year < 2024 || at.year > 2200 || is_behind(now))
        bp_checkup_wrong(of, "clock", BP_ERR_SYSTEM, "set it, and keep it right by NTP",
                         "it says %04d-%02d-%02d, which cannot be", at.year, at.month, at.day);
    else if (!is_kept_right())
        bp_checkup_warn(of, "clock", "apt install systemd-timesyncd, or chrony",
                        "%04d-%02d-%02d %02d:%02d UTC, but nothing keeps it right", at.year,
                        at.month, at.day, at.hour, at.minute);
    else
        bp_checkup_ok(of, "clock", "%04d-%02d-%02d %02d:%02d UTC", at.year, at.month, at.day,
                      at.hour, at.minute);
}

/* The zone ------------------------------------------------------------------------------------ */

static bool is_zone_file(const char *path)
{
    char head[4];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_one = fd >= 0 && read(fd, head, sizeof head) == (ssize_t)sizeof head &&
                  memcmp(head, "TZif", sizeof head) == 0;
    if (fd >= 0)
        close(fd);
    return is_one;
}

/* POSIX: a name of three letters or more (or in <>), then an offset: "UTC0", "CET-1CEST". */
static bool is_rule(const char *text)
{
    size_t letters = text[0] == '<' ? strcspn(text, ">") + 1
                                    : strspn(text, "abcdefghijklmnopqrstuvwxyz"
                                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (letters < 3 || letters > strlen(text))
        return false;
    const char *offset = text + letters;
    offset += *offset == '+' || *offset == '-';
    return *offset >= '0' && *offset <= '9';
}

static void look_at_variable(bp_checkup *of, const char *zone)
{
    char path[512];
    const char *name = zone + (zone[0] == ':');
    (void)snprintf(path, sizeof path, "%s%s%s", name[0] == '/' ? "" : ZONES,
                   name[0] == '/' ? "" : "/", name);
    if (name[0] == '\0' || is_zone_file(path) || is_rule(name))
        bp_checkup_ok(of, "zone", "%s, by TZ; cron goes by that of the system",
                      name[0] != '\0' ? name : "UTC");
    else
        bp_checkup_warn(of, "zone", "unset TZ, or name one of " ZONES,
                        "TZ=%s names none, so this process takes UTC", zone);
}

static void look_at_zone(bp_checkup *of)
{
    static const char local[] = "/etc/localtime";
    char zone[256];
    const char *variable = getenv("TZ");
    if (variable != NULL) {
        look_at_variable(of, variable);
        return;
    }
    ssize_t length = readlink(local, zone, sizeof zone - 1);
    zone[length > 0 ? length : 0] = '\0';
    const char *name = strstr(zone, "zoneinfo/");
    if (is_zone_file(local))
        bp_checkup_ok(of, "zone", "%s",
                      name != NULL ? name + strlen("zoneinfo/") : "of /etc/localtime");
    else if (access(local, F_OK) != 0 && length < 0)
        bp_checkup_ok(of, "zone", "UTC, for there is no /etc/localtime");
    else
        bp_checkup_warn(of, "zone", "apt install tzdata, then timedatectl set-timezone ZONE",
                        "/etc/localtime%s%s is no zone, so schedules go by UTC",
                        length > 0 ? " -> " : "", zone);
}

void bp_doctor_clock(bp_checkup *of)
{
    look_at_clock(of);
    look_at_zone(of);
    bp_checkup_ok(of, "locale",
                  "not asked: a report is the same under any, and without HOME, PATH "
                  "and a terminal");
}

/* Schedules ----------------------------------------------------------------------------------- */

static bool runs_as(const char *number, const char *const *names, size_t count)
{
    char path[300], name[32] = "";
    (void)snprintf(path, sizeof path, "/proc/%s/comm", number);
    FILE *file = fopen(path, "re");
    bool ok = file != NULL && fgets(name, sizeof name, file) != NULL;
    if (file != NULL)
        (void)fclose(file);
    name[strcspn(name, "\n")] = '\0';
    for (size_t i = 0; ok && i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool is_running(const char *const *names, size_t count)
{
    DIR *processes = opendir("/proc");
    bool runs = false;
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;)
        runs = runs || (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
                        runs_as(entry->d_name, names, count));
    if (processes != NULL)
        closedir(processes);
    return runs;
}

/* 1: the user is in the list, 0: not, -1: there is no list, -2: it may not be read. */
static int listed_in(const char *path, const char *user)
{
    char line[256];
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return errno == ENOENT ? -1 : -2;
    int found = 0;
    while (found == 0 && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, " \t\r\n")] = '\0';
        found = strcmp(line, user) == 0;
    }
    (void)fclose(file);
    return found;
}

/* As crontab decides: root always may; then cron.allow alone, or else cron.deny. */
static bool look_at_permission(bp_checkup *of)
{
    const struct passwd *entry = getpwuid(geteuid());
    const char *user = entry != NULL ? entry->pw_name : "";
    if (geteuid() == 0)
        return true;
    int allowed = listed_in("/etc/cron.allow", user);
    int denied = allowed == -1 ? listed_in("/etc/cron.deny", user) : 0;
    if (allowed == 0 || denied == 1) {
        bp_checkup_warn(of, "cron", "ask the administrator of this machine, or use systemd timers",
                        "%s may have no crontab: %s", user[0] != '\0' ? user : "this user",
                        allowed == 0 ? "/etc/cron.allow does not name it"
                                     : "/etc/cron.deny names it");
        return false;
    }
    return true;
}

static void look_at_cron(bp_checkup *of, bool has_timers)
{
    static const char *const programs[] = {"/usr/bin/crontab", "/bin/crontab"};
    static const char *const daemons[] = {"cron", "crond", "fcron", "dcron", "bcron-start"};
    bool is_there = false;
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        is_there = is_there || access(programs[i], X_OK) == 0;
    if (!is_there) {
        if (has_timers)
            bp_checkup_ok(of, "cron", "is not installed; there are systemd timers");
        else
            bp_checkup_warn(of, "cron", "apt install cron",
                            "is not installed, and there are no systemd timers: nothing starts "
                            "reports by itself");
        return;
    }
    if (!is_running(daemons, sizeof daemons / sizeof daemons[0]))
        bp_checkup_warn(of, "cron", "service cron start", "is installed, but does not run");
    else if (look_at_permission(of))
        bp_checkup_ok(of, "cron", "runs, and this user may have a crontab");
    if (access("/usr/sbin/sendmail", X_OK) != 0)
        bp_checkup_warn(of, "mail",
                        "apt install msmtp-mta or postfix, or use --status-file and --on-failure",
                        "there is no /usr/sbin/sendmail: what cron would mail is lost");
    else
        bp_checkup_ok(of, "mail", "cron can hand mail over");
}

void bp_doctor_schedules(bp_checkup *of)
{
    bool has_timers = access("/run/systemd/system", F_OK) == 0;
    look_at_cron(of, has_timers);
    char path[300];
    const struct passwd *entry = getpwuid(geteuid());
    (void)snprintf(path, sizeof path, "/var/lib/systemd/linger/%.200s",
                   entry != NULL ? entry->pw_name : "-");
    if (!has_timers)
        bp_checkup_ok(of, "systemd", "does not run here; timers need it, cron does not");
    else if (geteuid() != 0 && access(path, F_OK) != 0)
        bp_checkup_ok(of, "systemd",
                      "runs; timers of yours run while you are logged in, and "
                      "always after loginctl enable-linger");
    else
        bp_checkup_ok(of, "systemd", "runs, and timers with it");
}
