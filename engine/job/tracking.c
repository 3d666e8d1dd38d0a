/* Whether a rendering is needed: see tracking.h. A file whose size, times and inode are those that
 * were noted, and that was at rest then, is the same without being read; else its content decides.
 * Whatever cannot be known counts as changed. What the worker said it has read leads to nothing but
 * looking at plain files within bounds. */
#include "job/tracking.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/build.h"

#define FILE_MOST                                                                                  \
    ((uint64_t)512 << 20)              /* Bytes of a file that is hashed; no larger one is read.   \
                                        */
#define TOTAL_MOST ((uint64_t)2 << 30) /* And of all together. */
#define READS_MOST 20000u

/* Looking at what was read. */
typedef struct {
    bp_state *state;
    bool has_moved;  /* A mark was renewed. */
    uint64_t hashed; /* Bytes so far. */
    char *reason;
} look;

static bool differs(const look *at, const char *path, const char *what)
{
    (void)snprintf(at->reason, BP_JOB_REASON_SIZE, "%s %s", path, what);
    return false;
}

/* Whether the file at `path` still has the content of `read`. */
static bool is_same_file(look *at, bp_read *read, const char *path)
{
    struct stat status;
    unsigned char hash[32];
    if (stat(path, &status) != 0)
        return differs(at, path, errno == ENOENT ? "is gone" : "cannot be looked at");
    if (!S_ISREG(status.st_mode))
        return differs(at, path, "is no plain file");
    bp_file_mark mark = bp_file_mark_of(&status);
    if (bp_file_mark_equal(&mark, &read->mark) && bp_file_mark_is_settled(&mark, at->state->seen) &&
        read->has_hash)
        return true;
    if (mark.size != read->mark.size)
        return differs(at, path, "changed");
    if (!read->has_hash)
        return differs(at, path, "changed when it was read");
    at->hashed += mark.size;
    if (at->hashed > TOTAL_MOST || !bp_file_print(path, FILE_MOST, &mark, hash))
        return differs(at, path, "cannot be read");
    if (memcmp(hash, read->hash, sizeof hash) != 0)
        return differs(at, path, "changed");
    read->mark = mark;
    at->has_moved = true;
    return true;
}

static bool is_same_folder(look *at, bp_read *read)
{
    struct stat status;
    unsigned char hash[32];
    if (stat(read->path, &status) != 0)
        return differs(at, read->path, "is gone");
    bp_file_mark mark = bp_file_mark_of(&status);
    if (bp_file_mark_equal(&mark, &read->mark) && bp_file_mark_is_settled(&mark, at->state->seen))
        return true;
    if (!S_ISDIR(status.st_mode) || !bp_folder_print(read->path, &mark, hash))
        return differs(at, read->path, "cannot be read");
    if (memcmp(hash, read->hash, sizeof hash) != 0)
        return differs(at, read->path, "has other files in it");
    read->mark = mark;
    at->has_moved = true;
    return true;
}

/* A folder of the name is not what was looked for. */
static bool is_there(const char *path)
{
    struct stat status;
    return access(path, R_OK) == 0 && stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

static bool is_same(look *at, bp_read *read)
{
    unsigned char hash[32];
    char real[PATH_MAX];
    switch (read->kind) {
    case BP_READ_FILE:
        return is_same_file(at, read, read->path);
    case BP_READ_FOLDER:
        return is_same_folder(at, read);
    case BP_READ_PRESENT:
        return is_there(read->path) || differs(at, read->path, "is gone");
    case BP_READ_ABSENT:
        return !is_there(read->path) || differs(at, read->path, "has come");
    case BP_READ_LINK:
        bp_value_print(realpath(read->path, real), hash);
        return memcmp(hash, read->hash, sizeof hash) == 0 ||
               differs(at, read->path, "leads to another file");
    case BP_READ_VARIABLE:
        bp_value_print(getenv(read->path), hash);
        return memcmp(hash, read->hash, sizeof hash) == 0 ||
               differs(at, read->path, "has another value");
    case BP_READ_KINDS:
        break;
    }
    return differs(at, read->path, "was read as something unknown");
}

static bool is_same_program(const look *at, const bp_job *job)
{
    bp_buf program = {0};
    bool is_same =
        bp_program_print(job, &program) && strcmp(program.bytes, at->state->program.bytes) == 0;
    bp_buf_clear(&program);
    return is_same || differs(at, "briefpress", "or a library of it has another version");
}

static bool has_same_options(const look *at, const bp_job *job)
{
    char options[BP_PRINT_SIZE];
    return (bp_options_print(job, at->state->salt, options, NULL) &&
            strcmp(options, at->state->options) == 0) ||
           differs(at, "the options", "changed");
}

static bool is_still_fresh(const look *at)
{
    int64_t until = at->state->fresh_until;
    return until == 0 || bp_reads_now() / 1000000000 < until ||
           differs(at, "some data", "has come of age");
}

/* NOLINTNEXTLINE(readability-non-const-parameter): it is filled, through `at`. */
bool bp_tracking_is_unchanged(bp_tracking *tracking, char reason[BP_JOB_REASON_SIZE])
{
    const bp_job *job = tracking->options;
    bp_state *state = &tracking->before;
    look at = {.state = state, .reason = reason};
    int64_t now = bp_reads_now();
    tracking->is_known = bp_state_load(job->output, state);
    if (!tracking->is_known) {
        (void)differs(&at, job->output,
                      access(job->output, F_OK) == 0 ? "has no record of what it was made from"
                                                     : "is not there yet");
        return false;
    }
    bool ok = has_same_options(&at, job) && is_same_program(&at, job) && is_still_fresh(&at) &&
              is_same_file(&at, &state->pdf, job->output);
    for (size_t i = 0; ok && i < bp_reads_count(&state->reads); i++)
        ok = is_same(&at, bp_reads_at(&state->reads, i));
    if (!ok || !at.has_moved)
        return ok;
    /* The next run need not read them again. Where that fails it does, and no more. */
    state->seen = now;
    (void)bp_state_save(job->output, state, NULL);
    return true;
}

/* Keeping -------------------------------------------------------------------------------------- */

static void note_named(const char *path)
{
    struct stat status;
    if (path != NULL && stat(path, &status) == 0 && S_ISREG(status.st_mode))
        bp_reads_note_file(path, &status, NULL, 0);
}

/* The program itself, where no build id says which it is. */
static void note_program(void)
{
    char program[PATH_MAX];
    bp_buf build = {0};
    bool is_known = false;
    bool ok = bp_build_put(&build, &is_known);
    bp_buf_clear(&build);
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    if (!ok || !is_known)
        note_named(program);
}

void bp_tracking_begin(bp_tracking *tracking)
{
    const bp_job *job = tracking->options;
    tracking->seen = bp_reads_now();
    bp_hash_init(&tracking->pdf);
    bp_reads_begin(&tracking->own);
    note_program();
    /* A worker that was taken over may keep silent about these. */
    note_named(job->script.layout);
    note_named(job->manifest);
    for (size_t i = 0; i < job->input_count; i++)
        note_named(job->inputs[i].path);
}

/* The hash of the file before, where it is still the same: fonts are read once, not in each run. */
static bool take_known_hash(const bp_tracking *tracking, bp_read *read)
{
    const bp_state *before = &tracking->before;
    for (size_t i = 0; i < bp_reads_count(&before->reads); i++) {
        const bp_read *known = bp_reads_at(&before->reads, i);
        if (known->kind != read->kind || !known->has_hash ||
            !bp_file_mark_equal(&known->mark, &read->mark) ||
            !bp_file_mark_is_settled(&known->mark, before->seen) ||
            strcmp(known->path, read->path) != 0)
            continue;
        memcpy(read->hash, known->hash, sizeof read->hash);
        read->has_hash = true;
        return true;
    }
    return false;
}

/* Files that were mapped have no hash yet: they were at rest when they were opened, so any change
 * since shows in their marks. One that changed stays without, and the next run makes the PDF again.
 */
static void complete(const bp_tracking *tracking, bp_reads *reads)
{
    uint64_t total = 0;
    for (size_t i = 0; i < bp_reads_count(reads); i++) {
        bp_read *read = bp_reads_at(reads, i);
        struct stat status;
        bp_file_mark mark = {0};
        if (read->kind != BP_READ_FILE || read->has_hash || take_known_hash(tracking, read))
            continue;
        if (stat(read->path, &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        mark = bp_file_mark_of(&status);
        total += mark.size;
        read->has_hash = total <= TOTAL_MOST && bp_file_mark_equal(&mark, &read->mark) &&
                         bp_file_print(read->path, FILE_MOST, &mark, read->hash) &&
                         bp_file_mark_equal(&mark, &read->mark);
    }
}

/* What this process has read, and what the worker says. */
static bool gather(bp_tracking *tracking, const bp_job *job, bp_reads *reads, bp_error *err)
{
    bool is_whole = bp_reads_is_on() && (job->no_fork || tracking->told.length != 0) &&
                    bp_reads_add_log(reads, tracking->own.bytes, tracking->own.length) &&
                    bp_reads_add_log(reads, tracking->told.bytes, tracking->told.length) &&
                    bp_reads_count(reads) <= READS_MOST;
    bp_reads_end();
    if (!is_whole)
        return bp_fail(err, BP_ERR_LIMIT, job->output,
                       "it was made from more files than can be kept track of; the next run makes "
                       "it again");
    bp_reads_sort(reads);
    complete(tracking, reads);
    return true;
}

static bool make_salt(const bp_job *job, char salt[BP_PRINT_SIZE], bp_error *err)
{
    unsigned char bytes[32];
    salt[0] = '\0';
    if (job->rewrite.encryption == NULL)
        return true;
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "no random numbers: %s", strerror(errno));
    bp_print_put(bytes, salt);
    return true;
}

bool bp_tracking_keep(bp_tracking *tracking, const bp_job_result *result, bp_error *err)
{
    const bp_job *job = tracking->options;
    struct stat status;
    bp_state now = {.seen = tracking->seen, .fresh_until = result->fresh_until};
    bool ok = gather(tracking, job, &now.reads, err) && make_salt(job, now.salt, err) &&
              bp_options_print(job, now.salt, now.options, err) &&
              bp_inputs_print(job, &now.reads, now.salt, now.inputs, err) &&
              (bp_program_print(job, &now.program) || bp_fail_memory(err));
    if (ok && stat(job->output, &status) != 0)
        ok = bp_fail(err, BP_ERR_WRITE, job->output, "is gone: %s", strerror(errno));
    if (ok) {
        now.pdf.mark = bp_file_mark_of(&status);
        now.pdf.mark.size = result->bytes;
        now.pdf.has_hash = true;
        bp_hash_end(&tracking->pdf, now.pdf.hash);
        ok = bp_state_save(job->output, &now, err);
    }
    bp_state_clear(&now);
    return ok;
}

void bp_tracking_clear(bp_tracking *tracking)
{
    bp_reads_end();
    bp_state_clear(&tracking->before);
    bp_buf_clear(&tracking->own);
    bp_buf_clear(&tracking->told);
}
