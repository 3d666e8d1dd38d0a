/* Rubbish as rows: whatever the bytes, reading ends, each row is good or says what is wrong with
 * it, ids stand once, and nothing leaks. The first byte chooses the source: C a CSV, J a JSON list,
 * N NDJSON, else what it looks like; with a small letter the layout declares two parameters. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "job/digests.h"
#include "job/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void look_at(const bp_row *row, size_t number, bp_digests *ids)
{
    assert(row->number == number);
    assert(row->place[0] != '\0');
    assert(bp_utf8_valid(row->id, strlen(row->id), NULL));
    if (row->bad.code != BP_OK) {
        assert(row->bad.text[0] != '\0' && row->count == 0);
    } else {
        assert(row->id[0] != '\0');
        for (size_t i = 0; i < row->count; i++) {
            assert(row->values[i].key[0] != '\0');
            for (size_t n = 0; n < i; n++)
                assert(strcmp(row->values[i].key, row->values[n].key) != 0);
        }
    }
    if (row->id[0] != '\0') {
        uint32_t *seen = bp_digests_add(ids, row->id, strlen(row->id));
        assert(seen != NULL && *seen == 0);
        *seen = 1;
    }
}

/* A file in memory. */
static int put_file(const uint8_t *bytes, size_t length)
{
    int fd = memfd_create("rows", 0);
    assert(fd >= 0);
    for (size_t at = 0; at < length;) {
        ssize_t put = write(fd, bytes + at, length - at);
        assert(put > 0);
        at += (size_t)put;
    }
    return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const known[] = {"name", "n"};
    char folder[] = "/tmp/bp-fuzz-XXXXXX", path[64], target[32];
    if (length == 0)
        return 0;
    int letter = bytes[0] | 0x20;
    const char *ending = letter == 'c'   ? ".csv"
                         : letter == 'j' ? ".json"
                         : letter == 'n' ? ".ndjson"
                                         : "";
    bool has_known = (bytes[0] & 0x20) != 0;
    int fd = put_file(bytes + 1, length - 1);
    assert(mkdtemp(folder) != NULL);
    (void)snprintf(target, sizeof target, "/proc/self/fd/%d", fd);
    (void)snprintf(path, sizeof path, "%s/r%s", folder, ending);
    assert(symlink(target, path) == 0);

    bp_rows_source source = {
        .path = path, .known = known, .known_count = 2, .has_known = has_known};
    bp_faults warnings = {0};
    bp_error err = {0};
    bp_digests ids = {0};
    bp_row row;
    size_t count = 0;
    bp_rows *rows = bp_rows_open(&source, &warnings, &err);
    assert((rows == NULL) == (err.code != BP_OK));
    while (rows != NULL && bp_rows_next(rows, &row, &err)) {
        look_at(&row, ++count, &ids);
        assert(count <= length);
    }
    bp_rows_close(rows);
    bp_digests_clear(&ids);
    bp_faults_clear(&warnings);
    close(fd);
    (void)unlink(path);
    (void)rmdir(folder);
    assert(bp_mem.live == 0);
    return 0;
}
