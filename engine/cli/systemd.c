/* Units for systemd: see systemd.h. A system unit gives up all that a rendering does not need; a
 * user unit only what its manager can take away without privileges, for a setting that it cannot
 * keep would stop the unit from starting. */
#include "cli/systemd.h"

#include <string.h>

#include "base/file.h"
#include "job/quote.h"

#define TEXTS(buf) BP_BUF_ITEMS(buf, char *)
#define TEXT_COUNT(buf) BP_BUF_COUNT(buf, char *)
#define MIB ((size_t)1 << 20)
#define ROOM (256 * MIB) /* Libraries, fonts and the program itself. */

/* Whether anything that the command names is below the folder. */
static bool is_any_below(const bp_schedule_words *words, const char *folder)
{
    const bp_buf *lists[] = {&words->inputs, &words->folders};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < TEXT_COUNT(lists[i]); j++)
            if (bp_path_is_below(TEXTS(lists[i])[j], folder))
                return true;
    return TEXT_COUNT(&words->words) > 0 && bp_path_is_below(TEXTS(&words->words)[0], folder);
}

/* The workers together, each with its PDF, which is memory too until it is written. */
static size_t memory_most(const bp_settings *settings)
{
    size_t jobs = settings->jobs > 0 ? settings->jobs : 1;
    return jobs * (settings->memory + settings->output_bytes) + ROOM;
}

/* What seccomp and a few flags of the kernel's do, which needs no privilege. */
static bool put_common(const bp_schedule *schedule, bp_buf *out)
{
    const bp_settings *settings = &schedule->words.settings;
    bool is_batch = (schedule->words.command->bit & BP_FOR_BATCH) != 0;
    bool ok = bp_buf_text(out, "NoNewPrivileges=yes\n"
                               "LockPersonality=yes\n"
                               "RestrictRealtime=yes\n"
                               "RestrictSUIDSGID=yes\n"
                               "RestrictNamespaces=yes\n"
                               "KeyringMode=private\n"
                               "SystemCallArchitectures=native\n");
    if (schedule->words.has_hooks)
        ok = ok && bp_buf_text(out, "# Its commands may need the network.\n"
                                    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n");
    else
        ok = ok && bp_buf_text(out, "MemoryDenyWriteExecute=yes\n"
                                    "RestrictAddressFamilies=AF_UNIX\n"
                                    "SystemCallFilter=@system-service\n"
                                    "SystemCallFilter=~@resources @privileged\n"
                                    /* What the worker takes from itself. */
                                    "SystemCallFilter=prlimit64 setrlimit seccomp "
                                    "landlock_create_ruleset landlock_restrict_self\n"
                                    "SystemCallErrorNumber=EPERM\n");
    if (!is_batch || settings->jobs > 0)
        ok = ok && bp_buf_format(out, "MemoryMax=%zuM\nTasksMax=%zu\n",
                                 (memory_most(settings) + MIB - 1) / MIB, 16 + settings->jobs);
    return ok;
}

static bool put_system(const bp_schedule *schedule, bp_buf *out)
{
    const bp_schedule_words *words = &schedule->words;
    bool in_home = is_any_below(words, "/home") || is_any_below(words, "/root") ||
                   is_any_below(words, "/run/user");
    bool in_tmp = is_any_below(words, "/tmp") || is_any_below(words, "/var/tmp");
    bool ok = bp_buf_text(out, "ProtectSystem=strict\n") &&
              bp_buf_format(out, "ProtectHome=%s\n", in_home ? "read-only" : "yes");
    for (size_t i = 0; ok && i < TEXT_COUNT(&words->folders); i++)
        ok = bp_buf_text(out, "ReadWritePaths=") &&
             bp_quote_systemd(out, TEXTS(&words->folders)[i], false) && bp_buf_char(out, '\n');
    if (!in_tmp)
        ok = ok && bp_buf_text(out, "PrivateTmp=yes\n");
    if (!words->has_hooks)
        ok = ok && bp_buf_text(out, "PrivateNetwork=yes\n"
                                    "IPAddressDeny=any\n");
    return ok && bp_buf_text(out, "PrivateDevices=yes\n"
                                  "PrivateIPC=yes\n"
                                  "ProtectClock=yes\n"
                                  "ProtectControlGroups=yes\n"
                                  "ProtectHostname=yes\n"
                                  "ProtectKernelLogs=yes\n"
                                  "ProtectKernelModules=yes\n"
                                  "ProtectKernelTunables=yes\n"
                                  "ProtectProc=invisible\n"
                                  "ProcSubset=pid\n"
                                  "CapabilityBoundingSet=\n"
                                  "AmbientCapabilities=\n"
                                  "RemoveIPC=yes\n");
}

static bool put_head(const bp_schedule *schedule, bp_buf *out)
{
    const char *name = schedule->name.bytes;
    return bp_buf_format(out, BP_UNIT_MARK "%s\n" BP_UNIT_TIMES, name) &&
           bp_cron_put(schedule->settings->at, out) &&
           bp_buf_format(out,
                         "\n# Written by \"briefpress schedule --systemd %s\"; the same with "
                         "--remove %s takes it away.\n\n"
                         "[Unit]\n"
                         "Description=Report %s\n",
                         schedule->settings->systemd, name, name);
}

bool bp_systemd_service(const bp_schedule *schedule, bool is_system, const char *user, bp_buf *out,
                        bp_error *err)
{
    bool ok = put_head(schedule, out) && bp_buf_text(out, "\n[Service]\nType=oneshot\n");
    if (ok && user != NULL)
        ok = bp_buf_format(out, "User=%s\n", user);
    ok = ok && bp_buf_text(out, "ExecStart=");
    if (!ok)
        return bp_fail_memory(err);
    if (!bp_schedule_words_quote(&schedule->words, true, out, err))
        return false;
    ok = bp_buf_format(out,
                       "\n"
                       "# 75: another run holds the output, and will make it.\n"
                       "SuccessExitStatus=75\n"
                       "SyslogIdentifier=" BP_UNIT_PREFIX "%s\n",
                       schedule->name.bytes) &&
         put_common(schedule, out) && (!is_system || put_system(schedule, out));
    return ok || bp_fail_memory(err);
}

bool bp_systemd_timer(const bp_schedule *schedule, bp_buf *out, bp_error *err)
{
    double delay = schedule->settings->random_delay;
    bool ok = put_head(schedule, out) && bp_buf_text(out, "\n[Timer]\n") &&
              bp_cron_on_calendar(&schedule->cron, "OnCalendar=", out) &&
              bp_buf_text(out, "# What was missed while the machine was off is made up for.\n"
                               "Persistent=true\n"
                               "AccuracySec=1s\n");
    if (ok && delay > 0)
        ok = bp_buf_format(out, "RandomizedDelaySec=%.0f\n", delay < 1 ? 1 : delay);
    ok = ok && bp_buf_text(out, "\n[Install]\nWantedBy=timers.target\n");
    return ok || bp_fail_memory(err);
}
