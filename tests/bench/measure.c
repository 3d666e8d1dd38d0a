/* Times commands from start to exit, taking turns so that what the machine does meanwhile strikes
 * all alike:
 *
 *   measure RUNS COMMAND... [-- COMMAND...]...
 *
 * Prints one line a command: the median in milliseconds, the least, and the peak memory in
 * kilobytes (of its largest process). One run of each comes first and is not counted: "cold" is the
 * process, not the disk. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MOST 16
#define RUNS_MOST 1000

typedef struct {
    char **arguments;
    double times[RUNS_MOST]; /* Milliseconds. */
    long peak;               /* Kilobytes. */
} command;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static bool run(command *it, double *time)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t child;
    double start = now();
    int fault = posix_spawnp(&child, it->arguments[0], &actions, NULL, it->arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (fault) {
        fprintf(stderr, "%s: %s\n", it->arguments[0], strerror(fault));
        return false;
    }
    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
        continue;
    *time = now() - start;
    if (usage.ru_maxrss > it->peak)
        it->peak = usage.ru_maxrss;
    if (status != 0)
        fprintf(stderr, "%s: ended with status %d\n", it->arguments[0], status);
    return status == 0;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

int main(int count, char **arguments)
{
    int runs = count > 2 ? atoi(arguments[1]) : 0;
    if (runs < 1 || runs > RUNS_MOST) {
        fprintf(stderr, "usage: %s RUNS COMMAND... [-- COMMAND...]...\n", arguments[0]);
        return 64;
    }
    static command commands[COMMANDS_MOST];
    size_t number = 0;
    for (int i = 2; i < count && number < COMMANDS_MOST; i++) {
        commands[number++].arguments = &arguments[i];
        while (i < count && strcmp(arguments[i], "--") != 0)
            i++;
        arguments[i] = NULL;
        if (commands[number - 1].arguments[0] == NULL) {
            fprintf(stderr, "an empty command\n");
            return 64;
        }
    }
    for (int i = -1; i < runs; i++) {
        for (size_t j = 0; j < number; j++) {
            double time;
            if (!run(&commands[j], &time))
                return 70;
            if (i >= 0)
                commands[j].times[i] = time;
        }
    }
    for (size_t j = 0; j < number; j++) {
        qsort(commands[j].times, (size_t)runs, sizeof(double), by_size);
        printf("%.3f %.3f %ld\n", commands[j].times[runs / 2], commands[j].times[0],
               commands[j].peak);
    }
    return 0;
}
