/* The worker: a forked child that reads the inputs, runs the script and hands over bytes. It may be
 * led astray by a hostile layout, so it gives up beforehand all it does not need: descriptors, core
 * dumps, new privileges, processes, and time, memory and file size beyond the limits. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/reads.h"
#include "data/review.h"
#include "job/carried.h"
#include "job/job_private.h"
#include "job/sandbox.h"
#include "text/shape.h"

/* The file that takes the PDF while it is made, and how much of it there may be. */
typedef struct {
    const bp_job *job;
    int fd;
    size_t length;
} pdf_file;

static bool put_pdf(void *owner, const void *bytes, size_t length, bp_error *err)
{
    pdf_file *file = owner;
    size_t most = file->job->limits.output_bytes;
    file->length += length;
    if (most != 0 && file->length > most)
        return bp_fail(err, BP_ERR_LIMIT, file->job->script.layout,
                       "the PDF grows beyond the limit of %zu bytes; raise it with --max-output",
                       most);
    const char *name = file->job->output ? file->job->output : "the PDF";
    return bp_file_write_all(file->fd, bytes, length, name, err);
}

/* Passes the finished PDF through libqpdf on its way out. */
static bool rewrite(const bp_job *job, const bp_buf *whole, const bp_sink *out, bp_error *err)
{
    bp_buf anew = {0};
    (void)bp_phase_switch(BP_PHASE_SAVE);
    bool ok = bp_rewrite(whole, &job->rewrite, &anew, err) &&
              bp_sink_write(out, anew.bytes, anew.length, err);
    bp_buf_clear(&anew);
    return ok;
}

static bool has_data(const bp_job *job)
{
    const bp_bundle *carried = job->script.carried;
    bool is_there = carried == NULL && job->input_count != 0;
    for (size_t i = 0; carried != NULL && i < bp_bundle_count(carried); i++)
        is_there = is_there || bp_bundle_at(carried, i)->role == BP_ROLE_DATA;
    return is_there && job->description == NULL;
}

/* What is too old today may be told by the clock, which never reaches the PDF; a date that is given
 * stands for it. */
static bool check_age(const bp_job *job, const bp_data *data, int64_t *fresh_until,
                      bp_faults *findings, bp_error *err)
{
    bp_moment now;
    int64_t until = 0;
    bool has_date = job->script.date != NULL && bp_moment_read(job->script.date, &now);
    if (!has_date)
        now = bp_moment_from_epoch(bp_instant_now() / 1000);
    bool ok = bp_data_check_age(data, job->max_age, &now, &until, findings, err);
    *fresh_until = has_date ? 0 : until;
    return ok;
}

bool bp_stock_open(const bp_job *job, bool carries, bp_stock *stock, bp_faults *findings,
                   bp_error *err)
{
    *stock = (bp_stock){.carries = carries, .files = {.most = BP_CARRIED_MOST}};
    (void)bp_phase_switch(BP_PHASE_DATA);
    if (has_data(job)) {
        bp_bundle *keeps = carries ? &stock->files : NULL;
        stock->data = job->script.carried != NULL
                          ? bp_data_load_carried(job->script.carried, keeps, findings, err)
                          : bp_data_load_kept(job->inputs, job->input_count, keeps, findings, err);
        if (stock->data == NULL ||
            (job->max_age.rule != BP_AGE_ANY &&
             !check_age(job, stock->data, &stock->fresh_until, findings, err)))
            return false;
    }
    (void)bp_phase_switch(BP_PHASE_SCRIPT);
    stock->catalog = bp_catalog_new(job->manifest, job->font_folders, job->font_folder_count,
                                    job->system_fonts, err);
    return stock->catalog != NULL;
}

void bp_stock_close(bp_stock *stock)
{
    bp_shaper_free(stock->shaper);
    bp_catalog_free(stock->catalog);
    bp_data_free(stock->data);
    bp_bundle_clear(&stock->files);
    *stock = (bp_stock){0};
}

bool bp_stock_render(const bp_job *job, bp_stock *stock, int pdf, bp_buf *trace, bool is_last,
                     bp_job_result *result, bp_faults *findings, bp_error *err)
{
    pdf_file file = {.job = job, .fd = pdf};
    bp_buf whole = {0};
    const bp_sink out = {put_pdf, &file}, held = bp_sink_to_buf(&whole);
    bool is_held = job->rewrite.is_linear || job->rewrite.encryption != NULL;
    bp_script_options script = job->script;
    bool ok;
    script.trace = trace;
    script.is_last = is_last;
    script.seconds_most = job->limits.seconds;
    script.pages_most = job->limits.pages;
    script.page_count = &result->pages;
    script.files = result->files;
    script.kept = stock->carries ? &stock->files : NULL;
    script.shaper = stock->keeps_shaper ? &stock->shaper : NULL;
    script.files_have_fonts = stock->keeps_shaper;
    script.no_system_fonts = !job->system_fonts;
    script.is_linear = job->rewrite.is_linear;
    if (job->description != NULL) {
        script.trace = NULL;
        ok = bp_script_describe(&script, stock->catalog, trace, findings, err);
    } else {
        script.is_encrypted = job->rewrite.encryption != NULL;
        ok = bp_script_render(&script, stock->data, stock->catalog,
                              pdf < 0   ? NULL
                              : is_held ? &held
                                        : &out,
                              findings, err);
        if (ok && is_held && pdf >= 0)
            ok = rewrite(job, &whole, &out, err);
    }
    /* A library may have gone on without a block, and with a word set wrongly. */
    if (ok && bp_mem.is_starved)
        ok = bp_fail(err, BP_ERR_MEMORY, NULL, "out of memory");
    bp_buf_clear(&whole);
    result->bytes = ok ? file.length : 0;
    result->peak_bytes = bp_mem.peak;
    return ok;
}

bool bp_worker_render(const bp_job *job, int pdf, bp_buf *trace, bool is_last,
                      bp_job_result *result, bp_faults *findings, bp_error *err)
{
    bp_stock stock;
    bool ok = bp_stock_open(job, pdf >= 0 && !job->no_attachments, &stock, findings, err);
    result->fresh_until = stock.fresh_until;
    if (ok && stock.data != NULL &&
        pdf < 0) /* A check, which wants to know more than what is wrong. */
        bp_data_review(stock.data, findings);
    ok = ok && bp_stock_render(job, &stock, pdf, trace, is_last, result, findings, err);
    if (!is_last)
        bp_stock_close(&stock);
    for (int i = 0; i < BP_PHASE_COUNT; i++)
        result->phases[i] = bp_phase_time((bp_phase)i);
    return ok;
}

/* Lowers a limit; one that is lower already stays. */
static void lower(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
        return;
    limit.rlim_max = limit.rlim_max < hard ? limit.rlim_max : hard;
    limit.rlim_cur = limit.rlim_cur < soft ? limit.rlim_cur : soft;
    if (limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    (void)setrlimit((__rlimit_resource_t)resource, &limit);
}

/* A worker ends with its answer, so that taking all it holds apart, block by block, is left out;
 * the sanitizers look for what was forgotten. */
#ifdef BP_SANITIZED
#define LEAVES_ALL false
#else
#define LEAVES_ALL true
#endif

size_t bp_worker_space(const bp_limits *limits)
{
    /* Fonts and ICU's tables are mapped files, and HarfBuzz and ICU keep their own memory. */
    const size_t beside = (size_t)1 << 30;
    size_t memory = limits->memory_bytes;
    return memory == 0 || memory > SIZE_MAX / 4 ? 0 : memory + memory / 2 + beside;
}

static void take_limits(const bp_limits *limits, size_t space)
{
    lower(RLIMIT_CORE, 0, 0);
    if (limits->seconds > 0 && limits->seconds < 1e9) {
        rlim_t seconds = (rlim_t)ceil(limits->seconds) + 1;
        lower(RLIMIT_CPU, seconds, seconds + 1);
    }
    if (limits->output_bytes != 0)
        lower(RLIMIT_FSIZE, limits->output_bytes, limits->output_bytes);
#ifndef BP_SANITIZED /* They map terabytes and start a helper. */
    lower(RLIMIT_NPROC, 0, 0);
    if (space != 0)
        lower(RLIMIT_AS, space, space);
#else
    (void)space;
#endif
}

/* Closes all descriptors but the standard ones and those given. */
static void close_others(const int kept[3])
{
    unsigned from = 3;
    for (;;) {
        int next = -1;
        for (int i = 0; i < 3; i++)
            if (kept[i] >= (int)from && (next < 0 || kept[i] < next))
                next = kept[i];
        if (next < 0)
            break;
        if ((unsigned)next > from)
            (void)close_range(from, (unsigned)next - 1, 0);
        from = (unsigned)next + 1;
    }
    (void)close_range(from, ~0u, 0);
}

void bp_worker_blame_limit(const bp_job *job, bp_error *err)
{
    if (err->code != BP_ERR_MEMORY || job->limits.memory_bytes == 0)
        return;
    err->code = BP_OK;
    bp_fail(err, BP_ERR_LIMIT, job->script.layout,
            "the memory limit of %zu MiB was reached; raise it with --max-memory",
            job->limits.memory_bytes >> 20);
}

/* Hands bytes over through the descriptor; -1: they are not wanted. */
static bool hand_over(int fd, const bp_buf *bytes, const char *name, bp_error *err)
{
    return fd < 0 || bytes->length == 0 ||
           bp_file_write_all(fd, bytes->bytes, bytes->length, name, err);
}

void bp_worker_confine(const bp_limits *limits, size_t space, const int kept[3], pid_t parent)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) /* It died before it could be asked for. */
        _exit(70);
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    (void)dup2(STDERR_FILENO, STDOUT_FILENO); /* Standard output may be where the PDF goes. */
    close_others(kept);
    take_limits(limits, space);
    bp_sandbox_enter();
    bp_mem.budget = limits->memory_bytes;
}

_Noreturn void bp_worker_run(const bp_job *job, bp_worker_pipes pipes, pid_t parent)
{
    const int kept[3] = {pipes.answer, pipes.pdf, pipes.trace};
    bp_worker_confine(&job->limits, bp_worker_space(&job->limits), kept, parent);
    bp_error err = {0};
    bp_job_result result = {0};
    bp_faults findings = {0};
    bp_buf answer = {0}, trace = {0}, files = {0};
    if (job->files != NULL)
        result.files = &files;
    bool ok = bp_buf_reserve(&answer, BP_RECORD_RESERVED) || bp_fail_memory(&err);
    ok = ok && bp_worker_render(job, pipes.pdf, pipes.trace >= 0 ? &trace : NULL, LEAVES_ALL,
                                &result, &findings, &err);
    ok = ok && hand_over(pipes.trace, &trace, "the trace", &err);
    if (!ok && err.code == BP_OK)
        bp_fail(&err, BP_ERR_INTERNAL, NULL, "the rendering failed without a reason");
    bp_worker_blame_limit(job, &err);

    bp_mem.budget = 0; /* The answer may be needed because the budget is spent. */
    bp_buf_clear(&trace);
    result.reads = bp_reads_log();
    bp_reads_end();
    ok = bp_record_put(&answer, &err, &result, &findings) &&
         bp_file_write_all(pipes.answer, answer.bytes, answer.length, "the answer", NULL);
    _exit(ok ? 0 : 70);
}
