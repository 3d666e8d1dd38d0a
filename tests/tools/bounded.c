/* Runs a command and writes what it took: bounded FILE COMMAND ARGUMENT...
 *
 * FILE gets "MILLISECONDS KIB", the time from start to end and the memory of the largest process.
 * Ends as the command ended, a death by signal as 128 and its number. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    pid_t child;
    double start = now();
    if (argc < 3 || posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ) != 0) {
        fputs("usage: bounded FILE COMMAND ARGUMENT...\n", stderr);
        return 64;
    }
    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
        continue;
    FILE *file = fopen(argv[1], "w");
    if (file == NULL || fprintf(file, "%.0f %ld\n", now() - start, usage.ru_maxrss) < 0 ||
        fclose(file) != 0)
        return 74;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
