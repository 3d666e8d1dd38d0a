/* The loop of a batch: rows to workers, what they make to temporary files, those in groups to their
 * places, and a line about each to the results. See batch.h. */
#include "job/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "job/batch_private.h"
#include "job/pattern.h"

#define GROUP_SECONDS 0.2 /* A PDF waits no longer for others to reach the disk with it. */
#define TICK_MS 200
#define CHUNK (64u << 10)
#define HELD_MOST ((size_t)4 << 20) /* A larger PDF is copied while its worker waits. */

/* A batch under way. */
typedef struct {
    const bp_batch *batch;
    bp_batch_counts *counts;
    bp_faults *findings;
    bp_crew *crew;
    bp_batch_inputs inputs;
    bp_batch_pdf *active[BP_CREW_MOST]; /* By the tag of the rendering. */
    bp_batch_pdf *held[BP_CREW_MOST];   /* Taken over from their workers, and not written yet. */
    size_t held_count;
    bp_batch_pdf *group[BP_OUTPUTS_MOST];
    size_t group_count, group_synced; /* Of these so many have reached the disk. */
    uint64_t group_began, began, ticked;
    bp_digests paths;    /* Of the PDFs, with their rows. */
    bp_digests warnings; /* That were told. */
    bp_digests folders;  /* That are there, and clean. */
    bp_buf parameters;   /* Of bp_parameter: of the row at hand, all. */
    bp_buf values;       /* The same and the id, for the pattern. */
    char *chunk;
} run;

void bp_batch_pdf_free(bp_batch_pdf *pdf)
{
    if (pdf == NULL)
        return;
    bp_output_free(pdf->output);
    bp_buf_clear(&pdf->files);
    bp_buf_clear(&pdf->paths);
    bp_buf_clear(&pdf->content);
    bp_free(pdf->id);
    bp_free(pdf->file);
    bp_free(pdf->place);
    bp_free(pdf);
}

/* Results ------------------------------------------------------------------------------------- */

static void count_failure(run *on, size_t row, bp_code code)
{
    on->counts->failed++;
    if (on->counts->code == BP_OK || row < on->counts->failed_row) {
        on->counts->code = code;
        on->counts->failed_row = row;
    }
}

static bool put_failure(run *on, size_t row, const char *id, const char *place, double seconds,
                        const bp_error *failure, bp_error *err)
{
    /* The layout's own place says more; without one it is the row that is at fault. */
    const bp_result_line line = {.id = id,
                                 .row = row,
                                 .state = "failed",
                                 .seconds = seconds,
                                 .code = failure->code,
                                 .place = failure->place[0] != '\0' ? failure->place : place,
                                 .message = failure->text};
    count_failure(on, row, failure->code);
    if (on->batch->tell != NULL)
        on->batch->tell(on->batch->owner, &line);
    return bp_results_add(on->batch->results, &line, err);
}

static bool put_made(run *on, const bp_batch_pdf *pdf, bp_error *err)
{
    bp_result_line line = {.id = pdf->id,
                           .row = pdf->row,
                           .state = "made",
                           .file = pdf->file,
                           .pages = pdf->pages,
                           .bytes = pdf->bytes,
                           .files = BP_BUF_ITEMS(&pdf->files, uint32_t),
                           .file_count = BP_BUF_COUNT(&pdf->files, uint32_t),
                           .seconds = pdf->seconds};
    memcpy(line.sha256, pdf->sha256, sizeof line.sha256);
    memcpy(line.inputs, pdf->inputs, sizeof line.inputs);
    on->counts->made++;
    on->counts->bytes += pdf->bytes;
    return bp_results_add(on->batch->results, &line, err);
}

/* Publishing ---------------------------------------------------------------------------------- */

/* Has the group reach the disk and its places, and tells the results of it. */
static bool flush(run *on, bp_error *err)
{
    bp_output *outputs[BP_OUTPUTS_MOST];
    bool ok = true;
    bp_error *errors = bp_alloc(sizeof *errors * BP_OUTPUTS_MOST);
    if (errors == NULL)
        return bp_fail_memory(err);
    for (size_t i = 0; i < on->group_count; i++)
        outputs[i] = on->group[i]->output;
    bp_output_commit_all(outputs, on->group_count, errors);
    for (size_t i = 0; i < on->group_count; i++) {
        bp_batch_pdf *pdf = on->group[i];
        bool is_told = errors[i].code == BP_OK ? put_made(on, pdf, err)
                                               : put_failure(on, pdf->row, pdf->id, pdf->place,
                                                             pdf->seconds, &errors[i], err);
        ok = ok && is_told;
        bp_batch_pdf_free(pdf);
    }
    on->group_count = on->group_synced = 0;
    bp_free(errors);
    return ok && bp_results_flush(on->batch->results, err);
}

/* Reads a piece of what a worker has handed over, by what is left of the PDF. Answers how much. */
static size_t read_piece(int fd, void *bytes, size_t most, size_t at, bp_error *err)
{
    ssize_t got;
    do
        got = pread(fd, bytes, most, (off_t)at);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        bp_fail(err, BP_ERR_INTERNAL, NULL, "the worker's file became shorter");
    return got > 0 ? (size_t)got : 0;
}

/* Takes the PDF over, so that its worker can go on with another. */
static bool hold(bp_batch_pdf *pdf, int fd, bp_error *err)
{
    bp_buf *content = &pdf->content;
    if (!bp_buf_reserve(content, pdf->bytes))
        return bp_fail_memory(err);
    while (content->length < pdf->bytes) {
        size_t got = read_piece(fd, content->bytes + content->length, pdf->bytes - content->length,
                                content->length, err);
        if (got == 0)
            return false;
        content->length += got;
    }
    return true;
}

/* Writes the PDF, which is held or still in `fd`, to a temporary file beside its place. */
static bool write_out(run *on, bp_batch_pdf *pdf, int fd, bp_error *err)
{
    unsigned char print[32];
    bp_hash hash;
    bp_hash_init(&hash);
    if (bp_output_is_direct(pdf->file))
        return bp_fail(err, BP_ERR_CREATE, pdf->file, "is no plain file");
    pdf->output = bp_output_new(pdf->file, err);
    bool ok = pdf->output != NULL;
    for (size_t at = 0; ok && at < pdf->bytes;) {
        const char *piece = on->chunk;
        size_t size = pdf->bytes;
        if (pdf->content.bytes != NULL)
            piece = pdf->content.bytes;
        else
            size = read_piece(fd, on->chunk, size - at < CHUNK ? size - at : CHUNK, at, err);
        ok = size != 0 && bp_output_write(pdf->output, piece, size, err);
        bp_hash_add(&hash, piece, size);
        at += size;
    }
    bp_buf_clear(&pdf->content);
    bp_hash_end(&hash, print);
    bp_print_put(print, pdf->sha256);
    return ok;
}

/* Has a PDF join the group; what cannot be written is told. False where the batch cannot go on. */
static bool publish(run *on, bp_batch_pdf *pdf, int fd, bp_error *err)
{
    bp_error failure = {0};
    bool ok = (on->group_count < BP_OUTPUTS_MOST || flush(on, err)) &&
              bp_batch_inputs_name(&on->inputs, on->batch, &pdf->paths, &pdf->files, err);
    if (ok && write_out(on, pdf, fd, &failure)) {
        if (on->group_count == 0)
            on->group_began = bp_clock_now();
        bp_output_begin_sync(pdf->output);
        on->group[on->group_count++] = pdf;
        return true;
    }
    if (ok)
        ok = put_failure(on, pdf->row, pdf->id, pdf->place, pdf->seconds, &failure, err);
    bp_batch_pdf_free(pdf);
    return ok;
}

static bool publish_held(run *on, bp_error *err)
{
    bool ok = true;
    for (size_t i = 0; i < on->held_count; i++)
        ok = publish(on, on->held[i], -1, err) && ok;
    on->held_count = 0;
    return ok;
}

/* Each warning is told once, however many rows have it. */
static void tell_findings(run *on, const bp_faults *findings)
{
    for (size_t i = 0; i < bp_faults_count(findings); i++) {
        const bp_fault *fault = bp_faults_at(findings, i);
        uint32_t *known = bp_digests_add(&on->warnings, fault->text, strlen(fault->text));
        if (known == NULL || *known != 0 || fault->code != BP_OK)
            continue; /* What is wrong with a row stands in its line. */
        *known = 1;
        bp_faults_add(on->findings, fault->code, fault->place, "%s", fault->text);
    }
}

/* Takes over what came of one rendering. False where the batch cannot go on. */
static bool take(run *on, bp_crew_outcome *outcome, bp_error *err)
{
    bp_batch_pdf *pdf = on->active[outcome->tag];
    on->active[outcome->tag] = NULL;
    pdf->seconds = (double)outcome->result.rendering / 1e9;
    pdf->pages = outcome->result.pages;
    pdf->bytes = outcome->result.bytes;
    tell_findings(on, &outcome->findings);
    pdf->paths = outcome->files;
    outcome->files = (bp_buf){0};
    bool is_made = outcome->err.code == BP_OK;
    bool is_held = is_made && pdf->bytes <= HELD_MOST && hold(pdf, outcome->fd, &outcome->err);
    bool ok = true;
    if (is_held)
        on->held[on->held_count++] = pdf;
    else if (is_made && outcome->err.code == BP_OK)
        ok = publish(on, pdf, outcome->fd, err);
    else {
        ok = put_failure(on, pdf->row, pdf->id, pdf->place, pdf->seconds, &outcome->err, err);
        bp_batch_pdf_free(pdf);
    }
    bp_crew_done(on->crew, outcome);
    return ok;
}

/* Rows ---------------------------------------------------------------------------------------- */

/* The parameters of a row: those of the command line, and its own, which win. */
static bool gather_parameters(run *on, const bp_row *row, bp_error *err)
{
    const bp_script_options *script = &on->batch->job->script;
    on->parameters.length = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < script->parameter_count; i++) {
        bool is_own = false;
        for (size_t j = 0; j < row->count; j++)
            is_own = is_own || strcmp(row->values[j].key, script->parameters[i].key) == 0;
        ok = is_own ||
             bp_buf_add(&on->parameters, &script->parameters[i], sizeof script->parameters[i]);
    }
    ok = ok && (row->count == 0 ||
                bp_buf_add(&on->parameters, row->values, row->count * sizeof row->values[0]));
    return ok || bp_fail_memory(err);
}

/* Makes the folders of a path, once, and takes away what a killed run has left there. */
static bool prepare_folder(run *on, const char *path, bp_error *err)
{
    size_t length = (size_t)(bp_path_name(path) - path);
    uint32_t *known = bp_digests_add(&on->folders, path, length);
    if (known == NULL)
        return bp_fail_memory(err);
    char *folder = *known == 0 ? bp_path_folder(path, err) : NULL;
    bool ok = *known != 0 || (folder != NULL && bp_pattern_make_folders(path, err));
    if (ok && *known == 0) {
        if (access(folder, W_OK | X_OK) != 0)
            ok = bp_fail_create(err, path, errno);
        else
            bp_output_sweep_folder(folder);
    }
    if (ok)
        *known = 1;
    bp_free(folder);
    return ok;
}

/* The path of a row's PDF. */
static bool find_path(run *on, const bp_row *row, bp_buf *path, bp_error *err)
{
    const bp_parameter id = {"id", row->id};
    bp_error problem = {0}; /* That a value is not there is the row's fault. */
    bool has_id = false;
    on->values.length = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&on->parameters, bp_parameter); i++)
        has_id = has_id || strcmp(BP_BUF_ITEMS(&on->parameters, bp_parameter)[i].key, id.key) == 0;
    if ((on->parameters.bytes != NULL &&
         !bp_buf_add(&on->values, on->parameters.bytes, on->parameters.length)) ||
        (!has_id && !bp_buf_add(&on->values, &id, sizeof id)) ||
        (on->batch->name_count != 0 &&
         !bp_buf_add(&on->values, on->batch->names,
                     on->batch->name_count * sizeof on->batch->names[0])))
        return bp_fail_memory(err);
    if (!bp_pattern_expand(on->batch->pattern, BP_BUF_ITEMS(&on->values, bp_parameter),
                           BP_BUF_COUNT(&on->values, bp_parameter), path, &problem))
        return bp_fail(err, problem.code == BP_ERR_USAGE ? BP_ERR_DATA : problem.code, row->place,
                       "%s", problem.text);
    uint32_t *other = bp_digests_add(&on->paths, path->bytes, strlen(path->bytes));
    if (other == NULL)
        return bp_fail_memory(err);
    if (*other != 0)
        return bp_fail(err, BP_ERR_DATA, row->place,
                       "its PDF would be %s, which is that of row %u; put {id} into -o",
                       path->bytes, (unsigned)*other);
    *other = (uint32_t)row->number;
    return prepare_folder(on, path->bytes, err);
}

/* Whether an earlier run has made the row's PDF, and it is still what it would become. */
static bool is_kept(run *on, const bp_row *row, const char *path, const char *inputs, bool *kept,
                    bp_error *err)
{
    *kept = false;
    if (on->batch->before == NULL)
        return true;
    const bp_result_line *line = bp_results_fits(on->batch->before, row->id, inputs, err);
    if (line == NULL)
        return err->code == BP_OK;
    *kept = strcmp(line->file, path) == 0;
    return true;
}

static size_t free_tag(const run *on)
{
    size_t tag = 0;
    while (on->active[tag] != NULL)
        tag++;
    return tag;
}

static bool start_pdf(run *on, const bp_row *row, const char *path, const char inputs[65],
                      bp_error *err)
{
    bp_batch_pdf *pdf = bp_alloc_zero(1, sizeof *pdf);
    if (pdf != NULL) {
        pdf->row = row->number;
        pdf->id = bp_copy_text(row->id);
        pdf->place = bp_copy_text(row->place);
        pdf->file = bp_copy_text(path);
        memcpy(pdf->inputs, inputs, sizeof pdf->inputs);
    }
    if (pdf == NULL || pdf->id == NULL || pdf->place == NULL || pdf->file == NULL) {
        bp_batch_pdf_free(pdf);
        return bp_fail_memory(err);
    }
    size_t tag = free_tag(on);
    on->active[tag] = pdf;
    if (bp_crew_start(on->crew, tag, BP_BUF_ITEMS(&on->parameters, bp_parameter),
                      BP_BUF_COUNT(&on->parameters, bp_parameter), err))
        return true;
    on->active[tag] = NULL;
    bp_batch_pdf_free(pdf);
    return false;
}

/* Starts the rendering of a row, or tells what became of it at once. */
static bool begin_row(run *on, const bp_row *row, bp_error *err)
{
    bp_error failure = row->bad;
    bp_buf path = {0};
    char inputs[65];
    on->counts->rows++;
    bool ok = true, is_good = failure.code == BP_OK && gather_parameters(on, row, &failure) &&
                              find_path(on, row, &path, &failure);
    if (is_good) {
        bool kept = false;
        ok = bp_batch_inputs_print(&on->inputs, on->batch,
                                   BP_BUF_ITEMS(&on->parameters, bp_parameter),
                                   BP_BUF_COUNT(&on->parameters, bp_parameter), inputs, err) &&
             is_kept(on, row, path.bytes != NULL ? path.bytes : "", inputs, &kept, err);
        if (ok && kept)
            on->counts->kept++;
        else if (ok)
            ok = start_pdf(on, row, path.bytes, inputs, err);
    } else if (failure.code == BP_ERR_MEMORY) {
        ok = bp_fail_memory(err);
    } else {
        ok = put_failure(on, row->number, row->id, row->place, -1, &failure, err);
    }
    bp_buf_clear(&path);
    return ok;
}

static void tick(run *on)
{
    uint64_t now = bp_clock_now();
    on->counts->seconds = (double)(now - on->began) / 1e9;
    if (on->batch->tick == NULL || now - on->ticked < (uint64_t)TICK_MS * 1000000)
        return;
    on->ticked = now;
    on->batch->tick(on->batch->owner, on->counts);
}

/* While the workers are busy: writes what they have made, flushes where it is time, and has the
 * disk take what waits, one PDF after the other. Then waits for one and takes it over. */
static bool wait_for_one(run *on, bp_error *err)
{
    bp_crew_outcome outcome;
    if (!publish_held(on, err))
        return false;
    bool is_due =
        on->group_count != 0 && (on->group_count == BP_OUTPUTS_MOST ||
                                 (double)(bp_clock_now() - on->group_began) / 1e9 > GROUP_SECONDS);
    if (is_due && !flush(on, err))
        return false;
    bool has_one = bp_crew_wait(on->crew, 0, &outcome, err);
    while (!has_one && err->code == BP_OK && on->group_synced < on->group_count) {
        bp_error later = {0}; /* Told when it is committed. */
        (void)bp_output_sync(on->group[on->group_synced++]->output, &later);
        has_one = bp_crew_wait(on->crew, 0, &outcome, err);
    }
    if (!has_one && err->code == BP_OK)
        has_one = bp_crew_wait(on->crew, TICK_MS, &outcome, err);
    if (has_one && !take(on, &outcome, err))
        return false;
    tick(on);
    return err->code == BP_OK;
}

static bool run_rows(run *on, bp_error *err)
{
    bool has_more = true;
    while (has_more || bp_crew_busy(on->crew) != 0) {
        bp_row row;
        if (has_more && bp_crew_has_room(on->crew)) {
            has_more = bp_rows_next(on->batch->rows, &row, err);
            if (err->code != BP_OK)
                return false;
            if (has_more && !bp_shard_takes(&on->batch->shard, row.id, row.number))
                on->counts->elsewhere++;
            else if (has_more && !begin_row(on, &row, err))
                return false;
            tick(on);
        } else if (!wait_for_one(on, err)) {
            return false;
        }
    }
    return true;
}

static bool open_run(run *on, bp_error *err)
{
    on->chunk = bp_alloc(CHUNK);
    if (on->chunk == NULL)
        return bp_fail_memory(err);
    on->crew = bp_crew_new(on->batch->job, on->batch->workers, err);
    return on->crew != NULL && bp_batch_inputs_open(&on->inputs, on->batch, err) &&
           bp_crew_open(on->crew, on->findings, err);
}

static void close_run(run *on)
{
    for (size_t i = 0; i < BP_CREW_MOST; i++)
        bp_batch_pdf_free(on->active[i]);
    for (size_t i = 0; i < on->held_count; i++)
        bp_batch_pdf_free(on->held[i]);
    for (size_t i = 0; i < on->group_count; i++)
        bp_batch_pdf_free(on->group[i]);
    bp_crew_free(on->crew);
    bp_batch_inputs_clear(&on->inputs);
    bp_digests_clear(&on->paths);
    bp_digests_clear(&on->warnings);
    bp_digests_clear(&on->folders);
    bp_buf_clear(&on->parameters);
    bp_buf_clear(&on->values);
    bp_free(on->chunk);
}

bool bp_batch_run(const bp_batch *batch, bp_batch_counts *counts, bp_faults *findings,
                  bp_error *err)
{
    bp_error own = {0};
    if (err == NULL)
        err = &own;
    *counts = (bp_batch_counts){0};
    run *on = bp_alloc_zero(1, sizeof *on);
    if (on == NULL)
        return bp_fail_memory(err);
    on->batch = batch;
    on->counts = counts;
    on->findings = findings;
    on->began = on->ticked = bp_clock_now();
    bool ok = open_run(on, err) && run_rows(on, err);
    /* What is whole is published, whatever ended the batch. */
    bp_error late = {0};
    bool is_published = publish_held(on, &late);
    if ((!(on->group_count == 0 || flush(on, &late)) || !is_published) && ok)
        *err = late;
    ok = bp_results_sync(batch->results, ok && late.code == BP_OK ? err : NULL) && ok &&
         late.code == BP_OK;
    counts->seconds = (double)(bp_clock_now() - on->began) / 1e9;
    close_run(on);
    bp_free(on);
    return ok;
}
