/* Merging: see merge.h. Rows are gone through in their order; of each the lines of all results are
 * held against each other, and the last one that was made against the disk. */
#include "job/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "job/digests.h"
#include "job/results_private.h"

/* A file that the row at hand was made from. */
typedef struct {
    const char *path, *sha256; /* Lent by the results. */
} named;

typedef struct {
    const bp_merge *merge;
    bp_merge_counts *counts;
    bp_faults *findings;
    bp_digests files; /* "SHA256 PATH", with the numbers that are given anew. */
    bp_buf key;
    bp_buf named;   /* Of named. */
    bp_buf numbers; /* Of uint32_t. */
    bp_buf lines;
} merging;

/* Of a name in a message. */
#define SHOWN "%.100s"

static void tell(merging *on, bp_code code, const char *place, const char *id, const char *text)
{
    if (id[0] != '\0')
        bp_faults_add(on->findings, code, place, "row \"" SHOWN "\": %s", id, text);
    else
        bp_faults_add(on->findings, code, place, "%s", text);
}

static void put_place(const merging *on, const bp_result_found *found, char place[BP_ERROR_PLACE])
{
    (void)snprintf(place, BP_ERROR_PLACE, "%s:%u",
                   bp_results_path(on->merge->results, found->source), found->number);
}

/* By path, then by content: not by their numbers, which hang on which row ended first. */
static int compare_named(const void *a, const void *b)
{
    const named *one = a, *other = b;
    int order = strcmp(one->path, other->path);
    return order != 0 ? order : strcmp(one->sha256, other->sha256);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return one < other ? -1 : one > other;
}

/* Numbers the files of a row anew, and writes down those that are new. */
static bool number_files(merging *on, const bp_result_found *found)
{
    on->named.length = on->numbers.length = 0;
    for (size_t i = 0; i < found->line.file_count; i++) {
        named one;
        if (bp_results_file(on->merge->results, found->source, found->line.files[i], &one.path,
                            &one.sha256) &&
            !bp_buf_add(&on->named, &one, sizeof one))
            return false;
    }
    size_t count = BP_BUF_COUNT(&on->named, named);
    named *items = BP_BUF_ITEMS(&on->named, named);
    if (count != 0)
        qsort(items, count, sizeof *items, compare_named);
    for (size_t i = 0; i < count; i++) {
        on->key.length = 0;
        if (!bp_buf_text(&on->key, items[i].sha256) || !bp_buf_char(&on->key, ' ') ||
            !bp_buf_text(&on->key, items[i].path))
            return false;
        uint32_t *number = bp_digests_add(&on->files, on->key.bytes, on->key.length);
        if (number == NULL)
            return false;
        if (*number == 0) {
            *number = (uint32_t)on->files.count;
            if (!bp_result_put_file(&on->lines, *number, items[i].path, items[i].sha256))
                return false;
        }
        if (!bp_buf_add(&on->numbers, number, sizeof *number))
            return false;
    }
    if (count != 0)
        qsort(on->numbers.bytes, count, sizeof(uint32_t), compare_numbers);
    return true;
}

static bool put_lines(merging *on, bp_error *err)
{
    bool ok = on->lines.length == 0 ||
              bp_sink_write(&on->merge->out, on->lines.bytes, on->lines.length, err);
    on->lines.length = 0;
    return ok;
}

/* The merged line of a row. */
static bool put_found(merging *on, const bp_row *row, const bp_result_found *found, bp_error *err)
{
    if (!bp_sink_is_wanted(&on->merge->out))
        return true;
    bp_result_line line = found->line;
    if (!number_files(on, found))
        return bp_fail_memory(err);
    line.row = row->number;
    line.seconds = -1;
    line.state = strcmp(line.state, "failed") == 0 ? "failed" : "made";
    line.files = BP_BUF_ITEMS(&on->numbers, uint32_t);
    line.file_count = BP_BUF_COUNT(&on->numbers, uint32_t);
    return (bp_result_put(&on->lines, &line) || bp_fail_memory(err)) && put_lines(on, err);
}

/* A row that nobody can make is one that failed, whatever was run. */
static bool take_bad(merging *on, const bp_row *row, bp_error *err)
{
    const bp_result_line line = {.id = row->id,
                                 .row = row->number,
                                 .state = "failed",
                                 .code = row->bad.code,
                                 .place = row->bad.place,
                                 .message = row->bad.text,
                                 .seconds = -1};
    size_t at = 0;
    while (bp_results_copy(on->merge->results, row->id, &at, err) != NULL)
        continue; /* What they say of it is known. */
    on->counts->failed++;
    tell(on, row->bad.code, row->bad.place, row->id, row->bad.text);
    return err->code == BP_OK &&
           (!bp_sink_is_wanted(&on->merge->out) ||
            ((bp_result_put(&on->lines, &line) || bp_fail_memory(err)) && put_lines(on, err)));
}

/* What all results say of a row. */
typedef struct {
    size_t made, failed;
    bool differs;
    char sha256[65];                                         /* Of the last one that made it. */
    char place[BP_ERROR_PLACE], other_place[BP_ERROR_PLACE]; /* Of it, and of one that differs. */
} copies;

static bool look_at_copies(merging *on, const char *id, copies *all, bp_error *err)
{
    const bp_result_found *found;
    size_t at = 0;
    while ((found = bp_results_copy(on->merge->results, id, &at, err)) != NULL) {
        if (strcmp(found->line.state, "failed") == 0) {
            all->failed++;
        } else if (all->made++ == 0) {
            memcpy(all->sha256, found->line.sha256, sizeof all->sha256);
            put_place(on, found, all->place);
        } else if (!all->differs && strcmp(all->sha256, found->line.sha256) != 0) {
            all->differs = true;
            put_place(on, found, all->other_place);
        }
    }
    return err->code == BP_OK;
}

/* What is wrong with the PDF on the disk; NULL: nothing. */
static const char *look_at_file(const bp_result_line *line)
{
    char print[65];
    size_t bytes = 0;
    bp_error err = {0};
    bool is_read = bp_result_hash(line->file, line->bytes, print, &bytes, &err);
    if (err.code == BP_ERR_INPUT)
        return "its PDF cannot be read";
    if (!is_read || bytes != line->bytes)
        return err.code == BP_OK ? "its PDF has not the size that it was made with"
                                 : "its PDF cannot be looked at";
    return strcmp(print, line->sha256) == 0 ? NULL : "its PDF is not the one that was made";
}

static bool take_row(merging *on, const bp_row *row, bp_error *err)
{
    copies all = {0};
    if (!look_at_copies(on, row->id, &all, err))
        return false;
    if (all.made + all.failed == 0) {
        on->counts->missing++;
        tell(on, BP_ERR_FINDINGS, row->place, row->id, "no results have it");
        return true;
    }
    const bp_result_found *found = bp_results_best(on->merge->results, row->id, err);
    if (found == NULL)
        return err->code != BP_OK ? false : bp_fail(err, BP_ERR_INTERNAL, NULL, "a line was lost");
    const char *spoilt = all.made != 0 ? look_at_file(&found->line) : NULL;
    if (all.made == 0) {
        char place[BP_ERROR_PLACE];
        put_place(on, found, place);
        on->counts->failed++;
        bool has_place = found->line.place != NULL && found->line.place[0] != '\0';
        tell(on, found->line.code, has_place ? found->line.place : place, row->id,
             found->line.message != NULL ? found->line.message : "failed");
    } else if (all.differs) {
        char text[BP_ERROR_PLACE + 80];
        on->counts->differing++;
        (void)snprintf(text, sizeof text, "made twice, and the PDFs differ; the other is %s",
                       all.other_place);
        tell(on, BP_ERR_FINDINGS, all.place, row->id, text);
    } else if (spoilt != NULL) {
        on->counts->spoilt++;
        tell(on, BP_ERR_FINDINGS, found->line.file, row->id, spoilt);
    } else {
        on->counts->made++;
    }
    return put_found(on, row, found, err);
}

static bool take_foreign(merging *on, bp_error *err)
{
    const bp_result_found *found;
    size_t at = 0;
    while ((found = bp_results_left(on->merge->results, &at, err)) != NULL) {
        char place[BP_ERROR_PLACE];
        put_place(on, found, place);
        on->counts->foreign++;
        tell(on, BP_OK, place, found->line.id, "is in the results, and not in the rows");
    }
    return err->code == BP_OK;
}

bool bp_merge_run(const bp_merge *merge, bp_merge_counts *counts, bp_faults *findings,
                  bp_error *err)
{
    merging on = {.merge = merge, .counts = counts, .findings = findings};
    bp_error own = {0};
    bool ok = true;
    *counts = (bp_merge_counts){0};
    bp_row *row = bp_alloc_zero(1, sizeof *row); /* Its errors are too large for the stack. */
    if (row == NULL)
        return bp_fail_memory(err);
    while (ok && bp_rows_next(merge->rows, row, &own)) {
        counts->rows++;
        ok = row->bad.code != BP_OK ? take_bad(&on, row, &own) : take_row(&on, row, &own);
    }
    ok = ok && own.code == BP_OK && take_foreign(&on, &own);
    if (ok && findings->refused)
        ok = bp_fail_memory(&own);
    bp_buf_clear(&on.key);
    bp_buf_clear(&on.named);
    bp_buf_clear(&on.numbers);
    bp_buf_clear(&on.lines);
    bp_digests_clear(&on.files);
    bp_free(row);
    return ok || bp_fail(err, own.code, own.place, "%s", own.text);
}
