/* The objects of a file: gathered in object streams or in the open, found through either kind of
 * cross-reference, and cheap to hold. */
#include "../base/suite.h"
#include "base/mem.h"
#include "paper.h"
#include "pdf/objects.h"
#include "pdf/xref.h"

/* A file with `count` dictionaries /Number N, of objects numbered from `*first` on, of which the
 * fourth is never written and each hundredth has a stream; one page, as readers want one. */
static paper *make_file(int deflate_level, unsigned count, bp_ref *first)
{
    paper *p = calloc(1, sizeof *p);
    ck_assert_ptr_nonnull(p);
    bp_objects *objects = bp_objects_new(deflate_level, bp_sink_to_buf(&p->pdf), &p->err);
    paper_ok(p, objects != NULL);
    bp_buf text = {0};
    bp_ref page = bp_objects_add(objects, &p->err), info = bp_objects_add(objects, &p->err);
    *first = info + 1;
    for (unsigned i = 0; i < count; i++)
        ck_assert_uint_eq(bp_objects_add(objects, &p->err), *first + i);
    for (unsigned i = count; i-- > 0;) { /* In any order. */
        ck_assert(bp_buf_format(&text, "/Number %u", i));
        if (i == 4)
            bp_buf_clear(&text);
        else if (i % 100 == 99)
            paper_ok(
                p, bp_objects_write_stream(objects, *first + i, &text, "body", 4, false, &p->err));
        else
            paper_ok(p, bp_objects_write(objects, *first + i, &text, &p->err));
        ck_assert_ptr_null(text.bytes);
    }
    ck_assert(bp_buf_format(&text, "/Type/Page/MediaBox[0 0 9 9]/Parent %u 0 R",
                            bp_objects_page_root(objects)));
    paper_ok(p, bp_objects_write(objects, page, &text, &p->err));
    ck_assert(bp_buf_format(&text, "/Type/Pages/Count 1/Kids[%u 0 R]", page));
    paper_ok(p, bp_objects_write(objects, bp_objects_page_root(objects), &text, &p->err));
    ck_assert(bp_buf_format(&text, "/Title(Objects)"));
    paper_ok(p, bp_objects_write(objects, info, &text, &p->err));
    bp_ref catalog = bp_objects_catalog(objects);
    ck_assert(bp_buf_format(&text, "/Lang(en)"));
    paper_ok(p, bp_objects_write(objects, catalog, &text, &p->err));
    paper_ok(p, bp_objects_finish(objects, info, &p->err));
    bp_objects_free(objects);
    return p;
}

static const unsigned counts[] = {5, 254, 255, 256, 3000, 20000};

/* Around the number that fills an object stream, and with many of them. */
START_TEST(every_object_is_found)
{
    for (int level = 0; level <= 12; level += 12) {
        bp_ref first = 0;
        unsigned count = counts[_i];
        paper *p = make_file(level, count, &first);
        char out[4096], line[256], expected[64];
        ck_assert_msg(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out) == 0, "%s", out);
        ck_assert_int_eq(paper_run(p, "pdfinfo %s", out, sizeof out), 0);
        ck_assert_ptr_nonnull(strstr(out, "Objects"));
        const unsigned looked_at[] = {0, 4, 99, 100, count / 2, count - 1};
        for (size_t i = 0; i < sizeof looked_at / sizeof looked_at[0]; i++) {
            unsigned n = looked_at[i];
            if (n >= count)
                continue;
            snprintf(line, sizeof line, "qpdf --show-object=%u %%s", first + n);
            ck_assert_int_eq(paper_run(p, line, out, sizeof out), 0);
            snprintf(expected, sizeof expected, "/Number %u", n);
            ck_assert_msg(n == 4 ? strcmp(out, "<< >>\n") == 0
                                 : strstr(out, n % 100 == 99 ? "stream" : expected) != NULL,
                          "level %d, object %u: %s", level, n, out);
        }
        paper_close(p);
    }
}
END_TEST

START_TEST(objects_are_gathered_unless_nothing_is_deflated)
{
    bp_ref first = 0;
    paper *open = make_file(0, 1000, &first);
    ck_assert_ptr_nonnull(strstr(open->pdf.bytes, "/Number 998"));
    ck_assert_ptr_nonnull(memmem(open->pdf.bytes, open->pdf.length, "\nxref\n0 ", 8));
    size_t open_length = open->pdf.length;
    bp_buf_clear(&open->pdf); /* Before paper_close, which counts blocks. */
    free(open);
    paper *p = make_file(1, 1000, &first);
    char out[256];
    ck_assert_uint_lt(p->pdf.length, open_length / 5);
    ck_assert_int_eq(
        paper_run(p, "qpdf --show-xref %s | grep -c 'compressed; stream'", out, sizeof out), 0);
    ck_assert_str_eq(out, "993\n"); /* 990 of the numbered, page, root of the pages, information. */
    ck_assert_int_eq(paper_run(p, "qpdf --show-object=trailer %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "/Root 1 0 R"));
    ck_assert_int_eq(paper_run(p, "qpdf --show-object=1 %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "/Type /Catalog"));
    paper_close(p);
}
END_TEST

START_TEST(an_object_costs_few_bytes)
{
    bp_buf pdf = {0};
    bp_error err = {0};
    bp_objects *objects = bp_objects_new(1, bp_sink_to_buf(&pdf), &err);
    ck_assert_ptr_nonnull(objects);
    size_t before = bp_mem.bytes;
    for (unsigned i = 0; i < 100000; i++) {
        bp_buf text = {0};
        bp_ref ref = bp_objects_add(objects, &err);
        ck_assert(ref != 0 && bp_buf_format(&text, "/S/TD/K %u", i % 100));
        ck_assert(bp_objects_write(objects, ref, &text, &err));
    }
    size_t held = bp_mem.bytes - before - pdf.capacity;
    ck_assert_msg(held < 16 * 100000, "%zu bytes", held);
    bp_objects_free(objects);
    bp_buf_clear(&pdf);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(there_are_no_more_objects_than_readers_take)
{
    bp_xref xref = {0};
    ck_assert(bp_buf_reserve(&xref.places, 8 * (size_t)BP_XREF_MOST));
    xref.places.length = 8 * ((size_t)BP_XREF_MOST - 1);
    ck_assert_uint_eq(bp_xref_add(&xref), 8388607);
    ck_assert_uint_eq(bp_xref_add(&xref), 0);
    bp_buf_clear(&xref.places);
}
END_TEST

START_TEST(rows_are_as_narrow_as_they_can_be)
{
    bp_xref xref = {0};
    bp_buf out = {0};
    unsigned widths[3];
    for (unsigned i = 1; i <= 3; i++)
        ck_assert_uint_eq(bp_xref_add(&xref), i);
    ck_assert(!bp_xref_is_known(&xref, 1));
    bp_xref_put(&xref, 1, 15);
    bp_xref_put(&xref, 3, 200);
    bp_xref_put_inside(&xref, 2, 3, 7);
    ck_assert(bp_xref_is_known(&xref, 2));
    ck_assert(bp_xref_write_rows(&xref, &out, widths));
    ck_assert(widths[0] == 1 && widths[1] == 1 && widths[2] == 1);
    /* Each row is a 2 and the differences to the row above. */
    ck_assert_uint_eq(out.length, 16);
    ck_assert_int_eq(
        memcmp(out.bytes, "\x02\x00\x00\x00\x02\x01\x0f\x00\x02\x01\xf4\x07\x02\xff\xc5\xf9", 16),
        0);
    bp_buf_clear(&out);
    ck_assert_uint_eq(bp_xref_add(&xref), 4);
    bp_xref_put(&xref, 4, 0x01020304);
    ck_assert(bp_xref_write_rows(&xref, &out, widths));
    ck_assert(widths[0] == 1 && widths[1] == 4 && widths[2] == 1);
    ck_assert_uint_eq(out.length, 5 * 7);
    ck_assert_int_eq(memcmp(out.bytes + 28, "\x02\x00\x01\x02\x03\x3c\x00", 7), 0);
    bp_buf_clear(&out);
    bp_buf_clear(&xref.places);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("objects");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_object_is_found, 0, sizeof counts / sizeof counts[0]);
    tcase_add_test(tests, objects_are_gathered_unless_nothing_is_deflated);
    tcase_add_test(tests, an_object_costs_few_bytes);
    tcase_add_test(tests, there_are_no_more_objects_than_readers_take);
    tcase_add_test(tests, rows_are_as_narrow_as_they_can_be);
    return run_suite("objects", tests);
}
