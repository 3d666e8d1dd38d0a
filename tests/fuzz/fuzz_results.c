/* Rubbish as results: whatever the bytes, they are read, or refused with the place; each line that
 * was read can be asked for and is written as a line that reads the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "job/results.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void look_at(bp_results *results)
{
    const bp_result_found *found;
    bp_error err = {0};
    bp_buf line = {0};
    size_t at = 0;
    while ((found = bp_results_left(results, &at, &err)) != NULL) {
        assert(found->line.id[0] != '\0' && found->line.row > 0);
        const char *path, *sha256;
        for (size_t i = 0; i < found->line.file_count; i++)
            (void)bp_results_file(results, found->source, found->line.files[i], &path, &sha256);
        line.length = 0;
        assert(bp_result_put(&line, &found->line));
        assert(line.bytes[line.length - 1] == '\n' &&
               memchr(line.bytes, '\n', line.length) == line.bytes + line.length - 1);
    }
    assert(err.code == BP_OK);
    bp_buf_clear(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char path[32];
    int fd = memfd_create("results", 0);
    assert(fd >= 0);
    for (size_t at = 0; at < length;) {
        ssize_t put = write(fd, bytes + at, length - at);
        assert(put > 0);
        at += (size_t)put;
    }
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const char *const paths[] = {path, path};
    bp_error err = {0};
    bp_results *results = bp_results_read(paths, 2, &err);
    assert((results == NULL) == (err.code != BP_OK));
    if (results != NULL)
        look_at(results);
    else
        assert(err.place[0] != '\0');
    bp_results_free(results);
    /* What goes on from there keeps it, or leaves it as it is. */
    bp_error again = {0};
    bp_results_writer *writer = bp_results_open(path, true, &again);
    (void)bp_results_close(writer, &again);
    close(fd);
    assert(bp_mem.live == 0);
    return 0;
}
