/* What the doctor says of folders, limits and memory: see doctor.h. Limits are those of the
 * process, so under cron, in a unit or a container they are others than in a shell: look there. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/doctor.h"
#include "job/sandbox.h"

#define MEBIBYTE (1u << 20)
#define LITTLE 10e6 /* Bytes on a disk. */
#define SCARCE 200e6
#define FILES_SCARCE 100
#define DESCRIPTORS_LEAST                                                                          \
    24 /* A rendering opens the layout, its modules, data, fonts and pipes.                        \
        */

/* Folders ------------------------------------------------------------------------------------- */

/* Two runs are kept apart by flock; not every file system has it. */
static bool has_locks(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool has = fd < 0 || flock(fd, LOCK_SH | LOCK_NB) == 0 || errno == EWOULDBLOCK;
    if (fd >= 0)
        close(fd);
    return has;
}

static void look_at_space(bp_checkup *of, const char *shown, const char *folder)
{
    struct statvfs space;
    if (statvfs(folder, &space) != 0 || space.f_blocks == 0) {
        bp_checkup_ok(of, "folder", "%s can be written", shown);
        return;
    }
    double left = (double)space.f_bavail * (double)space.f_frsize;
    bool is_short_of_files = space.f_files != 0 && space.f_favail < FILES_SCARCE;
    if (left < LITTLE)
        bp_checkup_wrong(of, "folder", BP_ERR_WRITE, "make room, or choose another disk",
                         "%s: its disk has %.1f MB left", shown, left / 1e6);
    else if (is_short_of_files)
        bp_checkup_wrong(of, "folder", BP_ERR_WRITE, "remove files",
                         "%s: its disk has room for %llu more files", shown,
                         (unsigned long long)space.f_favail);
    else if (left < SCARCE)
        bp_checkup_warn(of, "folder", "make room", "%s: its disk has %.0f MB left", shown,
                        left / 1e6);
    else if (!has_locks(folder))
        bp_checkup_warn(of, "folder", "see that runs for one output never overlap, as by flock",
                        "%s: its file system has no locks: %s", shown, strerror(errno));
    else
        bp_checkup_ok(of, "folder", "%s can be written, %.1f GB left", shown, left / 1e9);
}

void bp_doctor_folder(bp_checkup *of, const char *path)
{
    struct stat status;
    char working[4096];
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    char *folder = is_folder ? bp_copy_text(path) : bp_path_folder(path, NULL);
    bool is_working = folder != NULL && strcmp(folder, ".") == 0;
    if (folder == NULL) {
        bp_checkup_wrong(of, "folder", BP_ERR_MEMORY, "end other programs", "no memory");
        return;
    }
    if (is_working && getcwd(working, sizeof working) == NULL)
        bp_checkup_wrong(of, "folder", BP_ERR_CREATE, "change to another",
                         "the working folder is gone: %s", strerror(errno));
    else if (stat(folder, &status) != 0)
        bp_checkup_wrong(of, "folder", BP_ERR_CREATE, "make it, or mend the path", "%s: %s", folder,
                         strerror(errno));
    else if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
        bp_checkup_wrong(of, "folder", BP_ERR_CREATE,
                         errno == EROFS ? "choose another disk" : "let this user write there",
                         "%s cannot be written: %s", is_working ? working : folder,
                         strerror(errno));
    else
        look_at_space(of, is_working ? working : folder, folder);
    bp_free(folder);
}

/* Limits -------------------------------------------------------------------------------------- */

/* The soft limit that getrlimit has filled in; none where it could not. */
static rlim_t soft(int status, const struct rlimit *limit)
{
    return status == 0 ? limit->rlim_cur : RLIM_INFINITY;
}

/* Whether a worker could be started: limits of processes are of the user or the control group, and
 * how much of them is used up nobody tells. */
static int fork_errno(void)
{
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    int number = pid < 0 ? errno : 0;
    if (pid > 0)
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    return number;
}

/* Whether the worker's file could be had, as bp_job_run asks for it. */
static bool has_nameless_file(void)
{
    int fd = memfd_create("briefpress", MFD_CLOEXEC);
    if (fd < 0)
        fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        fd = open("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

void bp_doctor_limits(bp_checkup *of)
{
    const bp_settings *settings = of->settings;
    bp_code before = of->first;
    struct rlimit limit;
    of->first = BP_OK;
    rlim_t most = soft(getrlimit(RLIMIT_AS, &limit), &limit);
    if (most < settings->memory)
        bp_checkup_wrong(of, "limits", BP_ERR_MEMORY,
                         "raise it (ulimit -v, LimitAS=), or lower --max-memory",
                         "%llu MiB of address space, less than --max-memory",
                         (unsigned long long)most / MEBIBYTE);
    most = soft(getrlimit(RLIMIT_FSIZE, &limit), &limit);
    if (most < 16 * MEBIBYTE)
        bp_checkup_wrong(of, "limits", BP_ERR_WRITE, "raise it (ulimit -f, LimitFSIZE=)",
                         "files of %llu KiB at most", (unsigned long long)most >> 10);
    most = soft(getrlimit(RLIMIT_NOFILE, &limit), &limit);
    if (most < DESCRIPTORS_LEAST)
        bp_checkup_wrong(of, "limits", BP_ERR_SYSTEM, "raise it (ulimit -n, LimitNOFILE=)",
                         "%llu open files at most, a rendering needs %d", (unsigned long long)most,
                         DESCRIPTORS_LEAST);
    most = soft(getrlimit(RLIMIT_CPU, &limit), &limit);
    if ((double)most < settings->seconds)
        bp_checkup_warn(of, "limits", "raise it (ulimit -t, LimitCPU=)",
                        "%llu s of computing time, less than --max-seconds: a long rendering is "
                        "killed, not told",
                        (unsigned long long)most);
    most = soft(getrlimit(RLIMIT_STACK, &limit), &limit);
    if (most < MEBIBYTE)
        bp_checkup_warn(of, "limits", "raise it (ulimit -s, LimitSTACK=)",
                        "%llu KiB of stack: deep layouts may die of it",
                        (unsigned long long)most >> 10);
    int number = fork_errno();
    if (number != 0)
        bp_checkup_wrong(of, "limits", BP_ERR_SYSTEM,
                         "end others, or raise it (ulimit -u, TasksMax=)",
                         "no process can be started: %s", strerror(number));
    if (!has_nameless_file())
        bp_checkup_wrong(of, "limits", BP_ERR_SYSTEM, "allow memfd_create, or make /tmp writable",
                         "no file for the worker can be had: %s", strerror(errno));
    if (of->first == BP_OK)
        bp_checkup_ok(of, "limits", "none that a rendering meets");
    of->first = before != BP_OK ? before : of->first;
    mode_t mask = umask(0);
    (void)umask(mask);
    if ((mask & 0600) != 0)
        bp_checkup_warn(of, "umask", "set another, as umask 022",
                        "%03o: you could not read or replace your own reports", (unsigned)mask);
    else
        bp_checkup_ok(of, "umask", "%03o: new reports can be read by %s", (unsigned)mask,
                      (mask & 0004) == 0   ? "everybody"
                      : (mask & 0040) == 0 ? "you and your group"
                                           : "you alone");
    bp_checkup_ok(of, "sandbox", "%s", bp_sandbox_describe());
}

/* Memory -------------------------------------------------------------------------------------- */

static bool read_line(const char *path, const char *begin, char *out, size_t size)
{
    FILE *file = fopen(path, "re");
    bool found = false;
    while (file != NULL && !found && fgets(out, (int)size, file) != NULL)
        found = strncmp(out, begin, strlen(begin)) == 0;
    if (file != NULL)
        (void)fclose(file);
    return found;
}

static double number_in(const char *path)
{
    char line[128];
    return read_line(path, "", line, sizeof line) && line[0] >= '0' && line[0] <= '9'
               ? strtod(line, NULL)
               : -1;
}

/* The least that a control group on the way to ours allows; below 0 where none bounds it. */
static double group_limit(void)
{
    char line[1024], path[1200];
    double least = number_in("/sys/fs/cgroup/memory/memory.limit_in_bytes");
    if (!read_line("/proc/self/cgroup", "0::/", line, sizeof line))
        return least;
    line[strcspn(line, "\n")] = '\0';
    for (char *group = line + 3;;) {
        (void)snprintf(path, sizeof path, "/sys/fs/cgroup%s/memory.max", group);
        double most = number_in(path);
        if (most >= 0 && (least < 0 || most < least))
            least = most;
        char *slash = strrchr(group, '/');
        if (slash == NULL)
            return least;
        *slash = '\0';
    }
}

void bp_doctor_memory(bp_checkup *of)
{
    char line[128];
    double wanted = (double)of->settings->memory, group = group_limit(), left = -1;
    if (read_line("/proc/meminfo", "MemAvailable:", line, sizeof line))
        left = strtod(line + strlen("MemAvailable:"), NULL) * 1024;
    if (group >= 0 && group < wanted)
        bp_checkup_warn(of, "memory", "lower --max-memory below it, or raise it (MemoryMax=)",
                        "the control group allows %.0f MiB, less than --max-memory (%.0f MiB): a "
                        "rendering that needs more is killed, not told",
                        group / MEBIBYTE, wanted / MEBIBYTE);
    else if (left >= 0 && left < 256.0 * MEBIBYTE)
        bp_checkup_warn(of, "memory", "end other programs", "%.0f MiB are available",
                        left / MEBIBYTE);
    else if (left >= 0)
        bp_checkup_ok(of, "memory", "%.1f GiB are available", left / MEBIBYTE / 1024);
}
