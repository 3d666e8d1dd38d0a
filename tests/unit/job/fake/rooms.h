/* What the programs here share: false rooms between base and job, a folder for each test, and what
 * must hold after any run. */
#ifndef BP_TESTS_FALSE_ROOMS_H
#define BP_TESTS_FALSE_ROOMS_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../base/suite.h"
#include "base/file.h"
#include "base/mem.h"
#include "data/colophon.h"
#include "data/review.h"
#include "data/versions.h"
#include "job/job.h"
#include "pdf/reader.h"
#include "pdf/versions.h"
#include "script/versions.h"
#include "text/shape.h"
#include "text/versions.h"

static const char pdf_text[] = "%PDF-1.7\nbody\n%%EOF\n";

static volatile sig_atomic_t heard;

static bool (*behave)(const bp_script_options *options, bp_buf *pdf, bp_faults *findings,
                      bp_error *err);

/* A worker's conduct: options, findings and err are what the script room is given; what it puts
 * into `pdf` (NULL: nobody wants it) goes to the sink, whether it fails then or not. */
#define WORKER(name)                                                                               \
    static bool name(__attribute__((unused)) const bp_script_options *options,                     \
                     __attribute__((unused)) bp_buf *pdf,                                          \
                     __attribute__((unused)) bp_faults *findings,                                  \
                     __attribute__((unused)) bp_error *err)

/* The false rooms. No PDF is read back here. */
bp_reader *bp_reader_open(const void *bytes, size_t length, const char *name, const char *password,
                          bp_error *err)
{
    (void)bytes;
    (void)length;
    (void)password;
    bp_fail(err, BP_ERR_DATA, name, "is no PDF");
    return NULL;
}

void bp_reader_free(bp_reader *reader)
{
    (void)reader;
}

const bp_reader_summary *bp_reader_about(const bp_reader *reader)
{
    (void)reader;
    return NULL;
}

size_t bp_reader_attachment_count(const bp_reader *reader)
{
    (void)reader;
    return 0;
}

const bp_attachment_info *bp_reader_attachment(const bp_reader *reader, size_t i)
{
    (void)reader;
    (void)i;
    return NULL;
}

bool bp_reader_compare(const bp_reader *one, const bp_reader *other, bp_difference *out,
                       bp_error *err)
{
    (void)one;
    (void)other;
    (void)err;
    *out = (bp_difference){0};
    return true;
}

const bp_attachment_info *bp_reader_attachment_find(const bp_reader *reader, const char *name,
                                                    size_t *i)
{
    (void)reader;
    (void)name;
    (void)i;
    return NULL;
}

bool bp_reader_attachment_bytes(const bp_reader *reader, size_t i, size_t most, bp_buf *out,
                                bp_error *err)
{
    (void)reader;
    (void)i;
    (void)most;
    (void)out;
    return bp_fail(err, BP_ERR_DATA, NULL, "nothing is attached");
}

bool bp_reader_is_pdf(const void *bytes, size_t length)
{
    return length >= 5 && memcmp(bytes, "%PDF-", 5) == 0;
}

bool bp_reader_on_refusal(void (*handler)(void))
{
    (void)handler;
    return false;
}

bool bp_script_has_library(void)
{
    return false;
}

bool bp_script_render(const bp_script_options *options, const bp_data *data, bp_catalog *catalog,
                      const bp_sink *pdf, bp_faults *findings, bp_error *err)
{
    (void)data;
    (void)catalog;
    if (options->page_count != NULL)
        *options->page_count = 3;
    bp_buf made = {0};
    bool ok = behave(options, pdf != NULL ? &made : NULL, findings, err);
    if (pdf != NULL && !bp_sink_write(pdf, made.bytes, made.length, err))
        ok = false;
    bp_buf_clear(&made);
    return ok;
}

bool bp_script_describe(const bp_script_options *options, bp_catalog *catalog, bp_buf *out,
                        bp_faults *findings, bp_error *err)
{
    (void)catalog;
    return behave(options, out, findings, err);
}

/* Whoever passes a PDF on, marks it; with the password "fail" it fails. */
bool bp_encryption_check(const bp_encryption *encryption, bp_error *err)
{
    (void)encryption;
    (void)err;
    return true;
}

bool bp_rewrite(const bp_buf *pdf, const bp_rewrite_options *options, bp_buf *out, bp_error *err)
{
    const bp_encryption *encryption = options->encryption;
    if (encryption != NULL && strcmp(encryption->user_password, "fail") == 0)
        return bp_fail(err, BP_ERR_INTERNAL, NULL, "libqpdf fails");
    return bp_buf_add(out, pdf->bytes, pdf->length - 6) && bp_buf_text(out, "again\n%%EOF\n");
}

bool bp_standards_read(const char *text, unsigned *standards, bp_error *err)
{
    (void)err;
    *standards = (unsigned)strlen(text);
    return true;
}

bp_data *bp_data_load_kept(const bp_data_input *inputs, size_t count, bp_bundle *kept,
                           bp_faults *faults, bp_error *err)
{
    (void)inputs;
    (void)kept;
    bp_faults_add(faults, BP_ERR_DATA, "d.json:1:1", "%zu inputs", count);
    bp_fail(err, BP_ERR_DATA, "d.json:1:1", "%zu inputs", count);
    return NULL;
}

bp_data *bp_data_load_carried(const bp_bundle *carried, bp_bundle *kept, bp_faults *faults,
                              bp_error *err)
{
    (void)carried;
    return bp_data_load_kept(NULL, 0, kept, faults, err);
}

bp_data *bp_data_load(const bp_data_input *inputs, size_t count, bp_faults *faults, bp_error *err)
{
    return bp_data_load_kept(inputs, count, NULL, faults, err);
}

bool bp_script_options_take(const bp_buf *pairs, bp_script_options *options, bp_buf *ranges,
                            bp_error *err)
{
    (void)pairs;
    (void)options;
    (void)ranges;
    return bp_fail(err, BP_ERR_DATA, NULL, "no options");
}

bool bp_colophon_read(const char *bytes, size_t length, bp_colophon *colophon, bp_error *err)
{
    (void)bytes;
    *colophon = (bp_colophon){0};
    return bp_fail(err, BP_ERR_DATA, NULL, "%zu bytes", length);
}

const char *bp_colophon_find(const bp_buf *pairs, const char *name)
{
    (void)pairs;
    (void)name;
    return NULL;
}

void bp_colophon_clear(bp_colophon *colophon)
{
    (void)colophon;
}

void bp_data_review(const bp_data *data, bp_faults *findings)
{
    (void)findings;
    ck_assert_ptr_null(data);
}

void bp_data_free(bp_data *data)
{
    ck_assert_ptr_null(data);
}

bp_catalog *bp_catalog_new(const char *manifest, const char *const *folders, size_t folder_count,
                           bool use_system, bp_error *err)
{
    (void)manifest;
    (void)folders;
    (void)folder_count;
    (void)use_system;
    bp_catalog *catalog = bp_alloc(1);
    if (catalog == NULL)
        bp_fail_memory(err);
    return catalog;
}

void bp_catalog_free(bp_catalog *catalog)
{
    bp_free(catalog);
}

bool bp_data_check_age(const bp_data *data, bp_age_limit limit, const bp_moment *now,
                       int64_t *fresh_until, bp_faults *faults, bp_error *err)
{
    (void)limit;
    (void)now;
    (void)fresh_until;
    (void)faults;
    (void)err;
    ck_assert_ptr_null(data);
    return true;
}

/* The libraries of these rooms. */
bool bp_data_versions(bp_buf *out)
{
    return bp_buf_text(out, "data 1\n");
}

bool bp_text_shaping_versions(bp_buf *out)
{
    return bp_buf_text(out, "text 1\n");
}

bool bp_pdf_versions(bp_buf *out)
{
    return bp_buf_text(out, "pdf 1\n");
}

bool bp_pdf_writing_versions(bp_buf *out)
{
    return bp_pdf_versions(out);
}

bool bp_script_versions(bp_buf *out)
{
    return bp_buf_text(out, "script 1\n");
}

void bp_shaper_free(bp_shaper *shaper)
{
    ck_assert_ptr_null(shaper);
}

/* A folder for each test. */
static char folder[64];

static void begin(void)
{
    strcpy(folder, "/tmp/bp-job-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    FILE *file = fopen("layout.lua", "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fclose(file), 0);
    file = fopen("out.pdf", "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("old", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    bp_mem = (bp_mem_probe){0};
}

static void end(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}

static bp_job make_job(void)
{
    return (bp_job){
        .script = {.layout = "layout.lua"},
        .output = "out.pdf",
        .limits = {.seconds = 5, .memory_bytes = 64u << 20, .pages = 10, .output_bytes = 1u << 20}};
}

static void check_file(const char *path, const char *text)
{
    bp_buf buf = {0};
    bp_error err = {0};
    ck_assert_msg(bp_file_read(path, 0, &buf, &err), "%s: %s", path, err.text);
    ck_assert_str_eq(buf.bytes, text);
    bp_buf_clear(&buf);
}

/* Nothing but the layout, the output and its lock may be there; no child may be left, no descriptor
 * open. */
static void check_tidy(void)
{
    DIR *listing = opendir(".");
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        ck_assert_msg(strstr(entry->d_name, ".tmp") == NULL, "%s is left", entry->d_name);
    closedir(listing);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}

static int count_descriptors(void)
{
    int count = 0;
    for (int fd = 0; fd < 200; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static bp_error run(const bp_job *job)
{
    bp_error err = {0};
    bp_job_result result;
    bp_faults findings = {0};
    int before = count_descriptors();
    bool ok = bp_job_run(job, &result, &findings, &err);
    ck_assert_int_eq(count_descriptors(), before);
    ck_assert(ok == (err.code == BP_OK));
    bp_faults_clear(&findings);
    check_tidy();
    return err;
}

WORKER(honest)
{
    bp_faults_add(findings, BP_OK, "layout.lua:2", "a warning");
    if (options->trace != NULL && !bp_buf_text(options->trace, "step\n"))
        return bp_fail_memory(err);
    return pdf == NULL || bp_buf_text(pdf, pdf_text) || bp_fail_memory(err);
}

WORKER(sleeps)
{
    while (heard == 0)
        (void)pause();
    return false;
}

#endif
