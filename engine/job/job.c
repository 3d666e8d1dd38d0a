/* The job: lock, temporary file, worker, publishing, in this order, so that an output that cannot
 * be made is told before a minute of work. Of the worker's word nothing is believed that could harm
 * this process: lengths are checked, the bytes are held against the limit and against what a PDF
 * begins and ends with, and time is taken here. */
#include "job/job.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/lock.h"
#include "base/mem.h"
#include "job/job_private.h"
#include "job/report_data.h"
#include "job/tracking.h"

const bp_limits bp_limits_default = {.seconds = 60,
                                     .memory_bytes = (size_t)1 << 30,
                                     .pages = 20000,
                                     .output_bytes = (size_t)1 << 30};

#define TICK_MS 200
#define CHUNK (24u << 10) /* Of which each page is touched. */
#define DESCRIPTION_MOST ((size_t)1 << 20)

int bp_nameless_open(bp_error *err)
{
    int fd = memfd_create("briefpress", MFD_CLOEXEC);
    static const char *const folders[] = {"/tmp", "/var/tmp"};
    for (size_t i = 0; fd < 0 && i < sizeof folders / sizeof folders[0]; i++)
        fd = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        bp_fail(err, BP_ERR_SYSTEM, NULL, "no memory file for the worker: %s", strerror(errno));
    return fd;
}

static bool fail_pipe(bp_error *err)
{
    return bp_fail(err, BP_ERR_SYSTEM, NULL, "the worker cannot be heard: %s", strerror(errno));
}

/* Reads the worker's answer until it is whole, the pipe ends or time is up. True where it is time
 * that ended it. */
static bool gather(const bp_job *job, int fd, bp_buf *answer, bp_error *err)
{
    uint64_t start = bp_clock_now();
    double most = job->limits.seconds > 0 ? job->limits.seconds + BP_GRACE_SECONDS : 0;
    while (err->code == BP_OK && bp_guard_signal() == 0) {
        double seconds = (double)(bp_clock_now() - start) / 1e9;
        if (most > 0 && seconds >= most)
            return true;
        double left = most > 0 ? (most - seconds) * 1000 : TICK_MS;
        struct pollfd item = {.fd = fd, .events = POLLIN};
        int ready = poll(&item, 1, left < TICK_MS ? (int)left + 1 : TICK_MS);
        if (ready == 0 && job->tick != NULL)
            job->tick(job->owner, seconds);
        if (ready == 0 && job->is_overtaken != NULL && job->is_overtaken(job->owner))
            bp_fail(err, BP_ERR_BUSY, job->script.layout, "changed while it was rendered");
        /* A descriptor that cannot be waited for or read would be asked again and again until time
         * is up. */
        if (ready < 0 && errno != EINTR && errno != EAGAIN) {
            fail_pipe(err);
            break;
        }
        if (ready <= 0)
            continue;
        if (answer->length >= BP_RECORD_MOST || !bp_buf_reserve(answer, BP_RECORD_RESERVED)) {
            bp_fail_memory(err);
            break;
        }
        ssize_t got = read(fd, answer->bytes + answer->length, BP_RECORD_RESERVED);
        if (got < 0 && errno != EINTR && errno != EAGAIN) {
            fail_pipe(err);
            break;
        }
        if (got > 0)
            answer->length += (size_t)got;
        size_t whole = bp_record_length(answer->bytes, answer->length);
        if (got == 0 || (whole != 0 && answer->length >= whole))
            break;
    }
    return false;
}

bool bp_fail_death(const bp_job *job, int status, bp_error *err)
{
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (number == SIGXCPU)
        return bp_fail(
            err, BP_ERR_LIMIT, job->script.layout,
            "the layout used more than %g s of computing time; raise it with --max-seconds",
            job->limits.seconds);
    if (number == SIGKILL)
        return bp_fail(err, BP_ERR_INTERNAL, job->script.layout,
                       "the worker was killed from outside; the machine may be short of memory");
    if (number != 0)
        return bp_fail(err, BP_ERR_INTERNAL, job->script.layout,
                       "the worker died of signal %d (%s)", number, strsignal(number));
    return bp_fail(err, BP_ERR_INTERNAL, job->script.layout,
                   "the worker ended without an answer (%d)",
                   WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

bool bp_fail_late(const bp_job *job, bp_error *err)
{
    return bp_fail(
        err, BP_ERR_LIMIT, job->script.layout,
        "the layout ran longer than %g s, at last in one step that nothing could interrupt, "
        "such as matching a pattern; raise it with --max-seconds",
        job->limits.seconds);
}

/* Waits for the worker's end and takes its status; 0 where a host program ignores SIGCHLD. */
static int reap(pid_t pid)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    bp_guard_reaped();
    return ended == pid ? status : 0;
}

/* A worker that has said all it has to say is ended but not waited for: the kernel takes a
 * millisecond to take it apart, in which the PDF can be written. It becomes `left`. */
static bool listen_to(const bp_job *job, pid_t pid, int fd, pid_t *left, bp_job_result *result,
                      bp_faults *findings, bp_error *err)
{
    bp_buf answer = {0};
    bool is_late = gather(job, fd, &answer, err);
    bool is_whole =
        answer.length > 0 && answer.length == bp_record_length(answer.bytes, answer.length);
    if (is_late || is_whole || err->code != BP_OK)
        (void)kill(pid, SIGKILL);
    bool is_done = is_whole && !is_late && err->code == BP_OK && bp_guard_signal() == 0;
    int status = is_done ? 0 : reap(pid);
    if (is_done)
        *left = pid;
    if (bp_guard_signal() != 0)
        bp_fail(err, BP_ERR_SYSTEM, NULL, "interrupted by signal %d", bp_guard_signal());
    else if (is_late)
        bp_fail_late(job, err);
    else if (!is_whole && err->code == BP_OK)
        bp_fail_death(job, status, err);
    else if (err->code == BP_OK) {
        bp_error told = {0};
        if (!bp_record_read(answer.bytes, answer.length, &told, result, findings))
            bp_fail(err, BP_ERR_INTERNAL, job->script.layout, "the worker's answer makes no sense");
        else
            *err = told;
    }
    bp_buf_clear(&answer);
    return err->code == BP_OK;
}

static bool run_worker(const bp_job *job, bp_worker_pipes files, bp_lock *lock, pid_t *left,
                       bp_job_result *result, bp_faults *findings, bp_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "no pipe for the worker: %s", strerror(errno));
    pid_t parent = getpid();
    pid_t pid = bp_guard_fork();
    if (pid == 0) {
        bp_lock_forget(lock);
        files.answer = ends[1];
        bp_worker_run(job, files, parent);
    }
    int number = errno;
    close(ends[1]);
    bool ok = pid > 0 ? listen_to(job, pid, ends[0], left, result, findings, err)
                      : bp_fail(err, BP_ERR_SYSTEM, NULL, "cannot start the worker: %s",
                                strerror(number));
    close(ends[0]);
    return ok;
}

/* True where the file holds a whole PDF. The size is taken once: whatever a worker's remnant may do
 * to the file later, no more than `size` bytes are read. */
static bool check_pdf(int fd, size_t size, bp_error *err)
{
    char head[5], tail[1024];
    size_t part = size < sizeof tail ? size : sizeof tail;
    bool ok = size > sizeof head && pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
              memcmp(head, "%PDF-", sizeof head) == 0 &&
              pread(fd, tail, part, (off_t)(size - part)) == (ssize_t)part;
    while (ok && part > 0 && strchr("\r\n ", tail[part - 1]) != NULL)
        part--;
    ok = ok && part >= 5 && memcmp(tail + part - 5, "%%EOF", 5) == 0;
    return ok || bp_fail(err, BP_ERR_INTERNAL, NULL, "the worker handed over no whole PDF");
}

static bool size_of(int fd, size_t limit, size_t *size, bp_error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0 || status.st_size < 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "the worker's file cannot be read: %s",
                       strerror(errno));
    *size = (size_t)status.st_size;
    return limit == 0 || *size <= limit ||
           bp_fail(
               err, BP_ERR_LIMIT, NULL,
               "the output has %zu bytes, more than the limit of %zu; raise it with --max-output",
               *size, limit);
}

bool bp_handed_over(const bp_job *job, int fd, size_t *size, bp_error *err)
{
    return size_of(fd, job->limits.output_bytes, size, err) && check_pdf(fd, *size, err);
}

/* Where bytes go: an output, standard output or memory. */
typedef struct {
    bp_output *output;
    bool is_standard;
    bp_buf *memory;
    bp_hash *hash; /* Of all that went there; NULL: nobody asks. */
} sink;

static bool sink_put(const sink *to, const void *bytes, size_t length, bp_error *err)
{
    if (to->hash != NULL)
        bp_hash_add(to->hash, bytes, length);
    if (to->output != NULL)
        return bp_output_write(to->output, bytes, length, err);
    if (to->is_standard)
        return bp_file_write_all(STDOUT_FILENO, bytes, length, "standard output", err);
    return to->memory == NULL || bp_buf_add(to->memory, bytes, length) || bp_fail_memory(err);
}

static bool copy_out(int fd, size_t size, const sink *to, bp_error *err)
{
    char *chunk = bp_alloc(CHUNK);
    if (chunk == NULL)
        return bp_fail_memory(err);
    bool ok = true;
    for (size_t at = 0; ok && at < size;) {
        ssize_t got = pread(fd, chunk, size - at < CHUNK ? size - at : CHUNK, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        ok = got > 0 ? sink_put(to, chunk, (size_t)got, err)
                     : bp_fail(err, BP_ERR_INTERNAL, NULL, "the worker's file became shorter");
        at += ok ? (size_t)got : 0;
    }
    bp_free(chunk);
    return ok;
}

static bool sink_open(sink *to, const char *path, bp_error *err)
{
    to->is_standard = strcmp(path, "-") == 0;
    to->output = to->is_standard ? NULL : bp_output_new(path, err);
    return to->is_standard || to->output != NULL;
}

static bool sink_commit(const sink *to, bp_error *err)
{
    return to->output == NULL || bp_output_commit(to->output, err);
}

/* Says what is about to get its name. */
static bool announce(const bp_job *job, int fd, size_t size, bp_error *err)
{
    bp_hash hash;
    const sink to = {.hash = &hash};
    unsigned char sha256[32];
    if (job->publishing == NULL)
        return true;
    bp_hash_init(&hash);
    bool ok = copy_out(fd, size, &to, err);
    bp_hash_end(&hash, sha256);
    return ok && job->publishing(job->publisher, sha256, size, err);
}

/* Writes the trace, of which `fd` holds the bytes (or `steps`), before the PDF: a run that cannot
 * write all it was asked for leaves the old PDF in place. */
static bool write_trace(const bp_job *job, int fd, const bp_buf *steps, bp_error *err)
{
    sink to = {0};
    size_t size = 0;
    bool ok = sink_open(&to, job->trace_file, err);
    if (ok && steps != NULL)
        ok = sink_put(&to, steps->bytes, steps->length, err);
    else if (ok)
        ok = size_of(fd, 0, &size, err) && copy_out(fd, size, &to, err);
    ok = ok && sink_commit(&to, err);
    bp_output_free(to.output);
    return ok;
}

/* Whether the worker makes text beside the PDF. */
static bool has_text(const bp_job *job)
{
    return job->trace_file != NULL || job->description != NULL;
}

/* Takes over what the layout declares, of which `fd` holds the bytes (or `text`). */
static bool take_description(const bp_job *job, int fd, const bp_buf *text, bp_error *err)
{
    sink to = {.memory = job->description};
    size_t size = text != NULL ? text->length : 0;
    if (text == NULL && !size_of(fd, 0, &size, err))
        return false;
    if (size > DESCRIPTION_MOST)
        return bp_fail(err, BP_ERR_LIMIT, job->script.layout,
                       "its title, description and parameters have %zu bytes, more than %zu", size,
                       DESCRIPTION_MOST);
    return text != NULL ? sink_put(&to, text->bytes, size, err) : copy_out(fd, size, &to, err);
}

/* Renders in this process; the budget is lent for as long. */
static bool render_here(const bp_job *job, int pdf, bp_buf *steps, bp_job_result *result,
                        bp_faults *findings, bp_error *err)
{
    size_t budget = bp_mem.budget;
    bp_mem.over_budget = false;
    if (job->limits.memory_bytes != 0)
        bp_mem.budget = bp_mem.bytes + job->limits.memory_bytes;
    bool ok =
        bp_worker_render(job, pdf, has_text(job) ? steps : NULL, false, result, findings, err);
    bp_mem.budget = budget;
    bp_mem.over_budget = false;
    return ok;
}

/* Renders into nameless files, in the worker or here, and publishes from them. */
static bool render(const bp_job *job, const sink *pdf, bp_lock *lock, bp_job_result *result,
                   bp_faults *findings, bp_error *err)
{
    bool has_pdf = job->output != NULL || job->memory != NULL;
    bp_worker_pipes files = {.answer = -1, .pdf = -1, .trace = -1};
    bp_buf steps = {0};
    size_t size = 0;
    pid_t left = 0;
    bool ok = true;
    uint64_t began = bp_clock_now();
    if (has_pdf)
        ok = (files.pdf = bp_nameless_open(err)) >= 0;
    if (ok && has_text(job) && !job->no_fork)
        ok = (files.trace = bp_nameless_open(err)) >= 0;
    if (ok && job->no_fork)
        ok = render_here(job, files.pdf, &steps, result, findings, err);
    else if (ok)
        ok = run_worker(job, files, lock, &left, result, findings, err);
    uint64_t rendered = bp_clock_now();
    result->rendering = rendered - began;
    if (ok && has_pdf)
        ok = bp_handed_over(job, files.pdf, &size, err);
    if (ok && job->description != NULL)
        ok = take_description(job, files.trace, job->no_fork ? &steps : NULL, err);
    else if (ok && job->trace_file != NULL)
        ok = write_trace(job, files.trace, job->no_fork ? &steps : NULL, err);
    if (ok && has_pdf)
        ok = copy_out(files.pdf, size, pdf, err) && announce(job, files.pdf, size, err) &&
             sink_commit(pdf, err);
    result->bytes = ok ? size : 0;
    result->publishing = bp_clock_now() - rendered;
    if (left > 0)
        (void)reap(left);
    bp_buf_clear(&steps);
    if (files.trace >= 0)
        close(files.trace);
    if (files.pdf >= 0)
        close(files.pdf);
    return ok;
}

/* A layout that is not there is told before a lock file is made. */
static bool check_layout(const char *layout, bp_error *err)
{
    struct stat status;
    if (stat(layout, &status) != 0)
        return errno == ENOENT
                   ? bp_fail(err, BP_ERR_INPUT, layout, "no such layout")
                   : bp_fail(err, BP_ERR_INPUT, layout, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(status.st_mode))
        return bp_fail(err, BP_ERR_INPUT, layout, "is a folder, expected a layout");
    return true;
}

static bool is_direct(const bp_job *job)
{
    return job->output == NULL || strcmp(job->output, "-") == 0 || bp_output_is_direct(job->output);
}

/* What can be told only by reading it, or by the PDF that is not made, cannot be asked for together
 * with --if-changed. */
static bool check_if_changed(const bp_job *job, bp_error *err)
{
    for (size_t i = 0; i < job->input_count; i++)
        if (strcmp(job->inputs[i].path, "-") == 0 && job->inputs[i].bytes == NULL)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "--if-changed cannot know whether standard input has changed; write the "
                           "data to a file and name it with -d");
    if (is_direct(job))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--if-changed needs a PDF to compare with; name a file with -o");
    return job->trace_file == NULL ||
           bp_fail(err, BP_ERR_USAGE, NULL,
                   "--if-changed may have nothing to trace; leave out one of it and --trace");
}

/* Leftovers of killed runs. */
static void sweep(const bp_job *job)
{
    bp_output_sweep(job->output);
    char *state = job->if_changed ? bp_state_path(job->output, NULL) : NULL;
    if (state != NULL)
        bp_output_sweep(state);
    bp_free(state);
}

/* Takes the lock and looks. True where there is something to do; false with BP_OK where nothing has
 * changed. */
static bool is_needed(const bp_job *job, bp_lock *lock, bp_tracking *tracking,
                      char reason[BP_JOB_REASON_SIZE], bp_error *err)
{
    if (!check_if_changed(job, err))
        return false;
    bp_guard_begin();
    bool ok = bp_lock_take(lock, job->output, err);
    if (ok)
        sweep(job);
    bool is_unchanged = ok && bp_tracking_is_unchanged(tracking, reason);
    if (ok && !is_unchanged)
        bp_tracking_begin(tracking);
    bp_guard_end();
    if (bp_guard_signal() != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "interrupted by signal %d", bp_guard_signal());
    return ok && !is_unchanged;
}

/* The PDF is there: that its record is not costs time, not truth. */
static void keep(bp_tracking *tracking, const bp_job_result *result, bp_faults *findings)
{
    bp_error problem = {0};
    if (!bp_tracking_keep(tracking, result, &problem) && findings != NULL)
        bp_faults_add(findings, BP_OK, problem.place, "no record for --if-changed: %s",
                      problem.text);
}

/* `tracking` is NULL where nobody wants to know whether anything changes. */
static bool run(const bp_job *job, bp_lock *lock, bp_tracking *tracking, bp_job_result *result,
                bp_faults *findings, bp_error *err)
{
    sink pdf = {.memory = job->memory, .hash = tracking != NULL ? &tracking->pdf : NULL};
    bp_guard_begin();
    bool is_ready = is_direct(job) || lock->fd >= 0; /* Locked and swept, too. */
    bool ok = is_ready || bp_lock_take(lock, job->output, err);
    if (ok && !is_ready)
        sweep(job);
    ok = ok && (job->output == NULL || sink_open(&pdf, job->output, err));
    if (ok)
        ok = render(job, &pdf, lock, result, findings, err);
    bp_output_free(pdf.output);
    if (ok && tracking != NULL)
        keep(tracking, result, findings);
    bp_lock_release(lock);
    bp_guard_end();
    return ok;
}

/* With reports among its inputs replaced by the data that they carry. */
static bool run_unfolded(const bp_job *job, bp_lock *lock, bp_tracking *tracking,
                         bp_job_result *result, bp_faults *findings, bp_error *err)
{
    bp_report_data data;
    bp_job unfolded = *job;
    bool ok = bp_report_data_unfold(job, &data, err);
    if (ok && data.inputs.length != 0) {
        unfolded.inputs = BP_BUF_ITEMS(&data.inputs, bp_data_input);
        unfolded.input_count = BP_BUF_COUNT(&data.inputs, bp_data_input);
    }
    ok = ok && run(&unfolded, lock, tracking, result, findings, err);
    bp_report_data_clear(&data);
    return ok;
}

bool bp_job_run(const bp_job *job, bp_job_result *result, bp_faults *findings, bp_error *err)
{
    bp_error own = {0};
    bp_lock lock = {.fd = -1};
    bp_tracking tracking = {.options = job};
    char reason[BP_JOB_REASON_SIZE] = "";
    *result = (bp_job_result){.files = job->files};
    if (err == NULL)
        err = &own;
    bool ok = job->script.carried != NULL || check_layout(job->script.layout, err);
    bool is_tracked = ok && job->if_changed;
    bool is_todo = ok && (!is_tracked || is_needed(job, &lock, &tracking, reason, err));
    if (is_tracked)
        result->reads = &tracking.told;
    if (is_todo)
        ok = run_unfolded(job, &lock, is_tracked ? &tracking : NULL, result, findings, err);
    else
        ok = err->code == BP_OK;
    bp_lock_release(&lock);
    bp_tracking_clear(&tracking);
    result->reads = NULL;
    memcpy(result->reason, reason, sizeof reason);
    result->outcome = ok && !is_todo ? BP_OUTCOME_UNCHANGED : bp_outcome_of(err->code);
    return ok;
}
