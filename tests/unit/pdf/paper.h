/* What the tests of the pdf room share: a document with its trace, fonts, and the tools that read a
 * PDF back. */
#ifndef BP_TESTS_PDF_PAPER_H
#define BP_TESTS_PDF_PAPER_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "pdf/page.h"

#define MANIFEST TEST_SOURCE_DIR "/fonts/fonts.json"

typedef struct {
    bp_catalog *catalog; /* NULL where no text is set. */
    bp_shaper *shaper;
    bp_document *document;
    bp_buf trace, pdf;
    bp_error err;
} paper;

/* A document on its own; with `has_text` also a shaper on the project's fonts. */
static inline paper *paper_open_as(bp_document_options options, bool has_text)
{
    paper *p = calloc(1, sizeof *p);
    ck_assert_ptr_nonnull(p);
    if (has_text) {
        p->catalog = bp_catalog_new(MANIFEST, NULL, 0, false, &p->err);
        ck_assert_msg(p->catalog != NULL, "%s", p->err.text);
        p->shaper = bp_shaper_new(p->catalog, &p->err);
        ck_assert_ptr_nonnull(p->shaper);
    }
    if (options.trace == NULL)
        options.trace = &p->trace;
    options.out = bp_sink_to_buf(&p->pdf);
    p->document = bp_document_new(&options, &p->err);
    ck_assert_msg(p->document != NULL, "%s", p->err.text);
    return p;
}

/* With all of its file in the open, so that a test may look for what is written. */
static inline paper *paper_open(bool has_text)
{
    return paper_open_as((bp_document_options){.title = "Paper", .deflate_level = 0}, has_text);
}

static inline void paper_close(paper *p)
{
    bp_document_free(p->document);
    bp_shaper_free(p->shaper);
    bp_catalog_free(p->catalog);
    bp_buf_clear(&p->trace);
    bp_buf_clear(&p->pdf);
    free(p);
    ck_assert_int_eq(bp_mem.live, 0);
}

/* Fails the test with the record's words where `ok` is false. */
static inline void paper_ok(paper *p, bool ok)
{
    ck_assert_msg(ok, "%s: %s", p->err.place, p->err.text);
}

static inline bp_page *paper_page(paper *p)
{
    bp_page *page = bp_document_add_page(p->document, 200, 300, &p->err);
    paper_ok(p, page != NULL);
    return page;
}

static inline void paper_save(paper *p)
{
    paper_ok(p, bp_document_save(p->document, &p->err));
}

static inline const bp_style *paper_style_as(paper *p, bp_style_spec spec)
{
    static const char *const families[] = {"Inter", "Noto Sans CJK SC", "DejaVu Sans"};
    if (spec.families == NULL) {
        spec.families = families;
        spec.family_count = 3;
    }
    const bp_style *style = bp_style_find(p->shaper, &spec, &p->err);
    paper_ok(p, style != NULL);
    return style;
}

static inline const bp_style *paper_style(paper *p, double size)
{
    return paper_style_as(p, (bp_style_spec){.size = size, .color = 0x111111ff});
}

static inline void paper_text(paper *p, bp_page *page, const bp_style *style, double x, double y,
                              const char *text)
{
    paper_ok(p, bp_page_text(page, p->shaper, style, text, strlen(text), x, y, 0, NULL, &p->err));
}

/* Runs `command` with the PDF's path for each %s; answers its exit status and, in `out`, what it
 * printed. The command must be installed. */
static inline int paper_run(const paper *p, const char *command, char *out, size_t out_size)
{
    char path[] = "/tmp/bp-paper-XXXXXX";
    char line[1024];
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, p->pdf.bytes, p->pdf.length), (ssize_t)p->pdf.length);
    ck_assert_int_eq(close(fd), 0);
    int length = snprintf(line, sizeof line, command, path, path);
    ck_assert_int_lt(length, (int)sizeof line);
    FILE *pipe = popen(line, "r");
    ck_assert_ptr_nonnull(pipe);
    size_t got = fread(out, 1, out_size - 1, pipe);
    out[got] = '\0';
    int status = pclose(pipe);
    (void)unlink(path);
    return status;
}

#endif
