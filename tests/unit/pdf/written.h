/* A PDF written by hand, object by object, for what no program of ours would write. */
#ifndef BP_TESTS_PDF_WRITTEN_H
#define BP_TESTS_PDF_WRITTEN_H

#include <check.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define WRITTEN_MOST 4096

typedef struct {
    bp_buf bytes;
    size_t offsets[WRITTEN_MOST];
    int count; /* Objects so far; the next one has this number plus one. */
} written;

static inline void written_begin(written *pdf)
{
    *pdf = (written){0};
    ck_assert(bp_buf_text(&pdf->bytes, "%PDF-1.7\n"));
}

/* Adds an object and answers its number. */
static inline int written_object(written *pdf, const char *text)
{
    ck_assert_int_lt(pdf->count + 1, WRITTEN_MOST);
    pdf->offsets[++pdf->count] = pdf->bytes.length;
    ck_assert(bp_buf_format(&pdf->bytes, "%d 0 obj\n%s\nendobj\n", pdf->count, text));
    return pdf->count;
}

static inline int written_stream(written *pdf, const char *entries, const void *bytes,
                                 size_t length)
{
    pdf->offsets[++pdf->count] = pdf->bytes.length;
    ck_assert(bp_buf_format(&pdf->bytes, "%d 0 obj\n<< %s /Length %zu >>\nstream\n", pdf->count,
                            entries, length));
    ck_assert(bp_buf_add(&pdf->bytes, bytes, length));
    ck_assert(bp_buf_text(&pdf->bytes, "\nendstream\nendobj\n"));
    return pdf->count;
}

static inline void written_deflate(const void *bytes, size_t length, bp_buf *out)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(9);
    size_t bound = libdeflate_zlib_compress_bound(compressor, length);
    out->length = 0;
    ck_assert(bp_buf_reserve(out, bound));
    out->length = libdeflate_zlib_compress(compressor, bytes, length, out->bytes, bound);
    libdeflate_free_compressor(compressor);
}

/* Ends it with a cross-reference; the first object is the catalog. */
static inline void written_end(written *pdf, const char *trailer)
{
    size_t start = pdf->bytes.length;
    bool ok = bp_buf_format(&pdf->bytes, "xref\n0 %d\n0000000000 65535 f \n", pdf->count + 1);
    for (int i = 1; i <= pdf->count; i++)
        ok = ok && bp_buf_format(&pdf->bytes, "%010zu 00000 n \n", pdf->offsets[i]);
    ok = ok && bp_buf_format(&pdf->bytes,
                             "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n",
                             pdf->count + 1, trailer, start);
    ck_assert(ok);
}

static inline void written_clear(written *pdf)
{
    bp_buf_clear(&pdf->bytes);
}

#endif
