/* Where two PDFs differ: the object, what it is, the page that leads to it, and what stands there.
 */
#include <stdio.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "pdf/reader.h"
#include "written.h"

/* Objects by number; streams begin with "stream ", their entries end with "|". */
static const char *const base[] = {
    "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 13 0 R >> /StructTreeRoot 11 0 R >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources 7 0 R >>",
    "<< /Type /Page /Parent 2 0 R /Contents [6 0 R] /Resources 7 0 R /Annots [17 0 R] >>",
    "stream |BT /F1 10 Tf (The first page of two) Tj ET",
    "stream |BT /F1 10 Tf (The second page of two) Tj ET",
    "<< /Font << /F1 8 0 R >> /XObject << /I1 10 0 R >> >>",
    "<< /Type /Font /BaseFont /ABCDEF+Inter /FontDescriptor 9 0 R >>",
    "<< /Type /FontDescriptor /FontName /ABCDEF+Inter /Note (see 99 0 R \\) 98 0 R) >>",
    "stream /Type /XObject /Subtype /Image|0123456789",
    "<< /Type /StructTreeRoot /K 12 0 R >>",
    "<< /S /H1 /P 11 0 R /Pg 4 0 R /T (Head) >>",
    "<< /Names [(d.json) 14 0 R] >>",
    "<< /Type /Filespec /F (d.json) /EF << /F 15 0 R >> >>",
    "stream /Type /EmbeddedFile|{\"value\": 4711}",
    "<< /S /URI /URI (https://example.org) >>",
    "<< /Subtype /Link /Dest [3 0 R /Fit] /A 16 0 R >>",
    "[1 2 3]",
    "(nobody's)",
};
enum { COUNT = sizeof base / sizeof base[0] };

static void write_all(written *pdf, int number, const char *instead, bool is_deflated)
{
    written_begin(pdf);
    for (int i = 1; i <= COUNT; i++) {
        const char *text = i == number ? instead : base[i - 1];
        const char *bar = strchr(text, '|');
        if (strncmp(text, "stream ", 7) != 0 || bar == NULL) {
            written_object(pdf, text);
            continue;
        }
        char entries[128];
        bp_buf deflated = {0};
        written_deflate(bar + 1, strlen(bar + 1), &deflated);
        (void)snprintf(entries, sizeof entries, "%.*s %s", (int)(bar - text - 7), text + 7,
                       is_deflated ? "/Filter /FlateDecode" : "");
        written_stream(pdf, entries, is_deflated ? deflated.bytes : bar + 1,
                       is_deflated ? deflated.length : strlen(bar + 1));
        bp_buf_clear(&deflated);
    }
}

typedef struct {
    written pdf;
    bp_reader *reader;
} side;

static void side_open(side *s, int number, const char *instead, bool is_deflated,
                      const char *trailer)
{
    bp_error err = {0};
    write_all(&s->pdf, number, instead, is_deflated);
    written_end(&s->pdf, trailer);
    s->reader = bp_reader_open(s->pdf.bytes.bytes, s->pdf.bytes.length, "r.pdf", NULL, &err);
    ck_assert_msg(s->reader != NULL, "%s", err.text);
}

static void side_close(side *s)
{
    bp_reader_free(s->reader);
    written_clear(&s->pdf);
}

static bp_difference compare(side *one, side *other)
{
    bp_difference found;
    bp_error err = {0};
    ck_assert_msg(bp_reader_compare(one->reader, other->reader, &found, &err), "%s", err.text);
    return found;
}

START_TEST(the_same_content_is_the_same)
{
    side one, other;
    side_open(&one, 0, NULL, false, "");
    side_open(&other, 0, NULL, _i == 1, "");
    bp_difference found = compare(&one, &other);
    ck_assert_uint_eq(found.count, 0);
    ck_assert_uint_eq(found.objects, COUNT);
    side_close(&one);
    side_close(&other);
}
END_TEST

static const struct {
    int number;
    const char *instead;
    const char *kind, *name;
    size_t page;
    const char *one, *other; /* Of which the excerpts hold these. */
} cases[] = {
    {1, "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 13 0 R >> /Lang (en) >>",
     "catalog", "", 0, "/StructTreeRoot", "/Lang"},
    {3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 8] /Contents 5 0 R /Resources 7 0 R >>",
     "page", "", 1, "0 0 9 9 ]", "0 0 9 8 ]"},
    {5, "stream |BT /F1 10 Tf (The first page of ten) Tj ET", "content", "", 1, "page of two) Tj",
     "page of ten) Tj"},
    {6, "stream |BT /F1 10 Tf (The second\x01page of two) Tj ET", "content", "", 2, "second page",
     "second.page"},
    {8, "<< /Type /Font /BaseFont /ABCDEF+Lato /FontDescriptor 9 0 R >>", "font", "ABCDEF+Inter", 1,
     "Inter", "Lato"},
    {9, "<< /Type /FontDescriptor /FontName /ABCDEF+Inter >>", "font", "ABCDEF+Inter", 1, "/Note",
     ">>"},
    {10, "stream /Type /XObject /Subtype /Image|012345678", "image", "", 1, "6789", "678"},
    {10, "stream /Type /XObject /Subtype /Image /W 3|0123456789", "image", "", 1, ">>", "/W 3"},
    {12, "<< /S /H2 /P 11 0 R /Pg 4 0 R /T (Head) >>", "structure element", "H1", 2, "/H1", "/H2"},
    {14, "<< /Type /Filespec /F (d.json) /Desc (x) /EF << /F 15 0 R >> >>", "attachment", "d.json",
     0, "/EF", "/Desc"},
    {15, "stream /Type /EmbeddedFile|{\"value\": 4712}", "attachment", "d.json", 0, "4711}",
     "4712}"},
    {16, "<< /S /URI /URI (https://example.com) >>", "dictionary", "", 2, "org", "com"},
    {18, "[1 2 4]", "list", "", 0, "3 ]", "4 ]"},
    {18, "null", "list", "", 0, "[ 1 2 3 ]", "null"},
    {19, "(somebody's)", "value", "", 0, "nobody", "somebody"},
    {19, "stream |x", "value", "", 0, "nobody", "<<"},
};

START_TEST(what_differs_is_named)
{
    side one, other;
    side_open(&one, 0, NULL, false, "");
    side_open(&other, cases[_i].number, cases[_i].instead, true, "");
    for (int swapped = 0; swapped < 2; swapped++) {
        bp_difference found = swapped ? compare(&other, &one) : compare(&one, &other);
        ck_assert_uint_eq(found.count, 1);
        ck_assert_int_eq(found.object, cases[_i].number);
        ck_assert_msg(strstr(swapped ? found.other : found.one, cases[_i].one) != NULL, "%s | %s",
                      found.one, found.other);
        ck_assert_msg(strstr(swapped ? found.one : found.other, cases[_i].other) != NULL, "%s | %s",
                      found.one, found.other);
        if (swapped) /* It is told of the first, which now is the other. */
            break;
        ck_assert_str_eq(found.kind, cases[_i].kind);
        ck_assert_str_eq(found.name, cases[_i].name);
        ck_assert_uint_eq(found.page, cases[_i].page);
    }
    side_close(&one);
    side_close(&other);
}
END_TEST

START_TEST(an_object_that_one_lacks_is_named)
{
    side one, other;
    side_open(&one, 18, "null", false, "");
    side_open(&other, 0, NULL, false, "");
    bp_difference found = compare(&one, &other);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_str_eq(found.kind, "list");
    ck_assert_str_eq(found.one, "null");
    ck_assert_str_eq(found.other, "[ 1 2 3 ]");
    side_close(&one);
    side_close(&other);
}
END_TEST

START_TEST(all_that_differ_are_counted_and_trailers_come_last)
{
    side one, other;
    side_open(&one, 0, NULL, false, "/ID [<00> <01>]");
    side_open(&other, 0, NULL, false, "/ID [<00> <02>]");
    bp_difference found = compare(&one, &other);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_int_eq(found.object, 0);
    ck_assert_str_eq(found.kind, "trailer");
    ck_assert_str_eq(found.name, "ID");
    side_close(&other);
    written_begin(&other.pdf);
    written_object(&other.pdf, "<< /Type /Catalog /Pages 2 0 R >>");
    written_object(&other.pdf, "<< /Type /Pages /Kids [] /Count 0 >>");
    written_end(&other.pdf, "");
    other.reader = bp_reader_open(other.pdf.bytes.bytes, other.pdf.bytes.length, "o", NULL, NULL);
    ck_assert_ptr_nonnull(other.reader);
    found = compare(&one, &other);
    ck_assert_int_eq(found.object, 5); /* Catalog, tree and pages list others. */
    ck_assert_str_eq(found.kind, "content");
    ck_assert_uint_eq(found.page, 1);
    ck_assert_uint_eq(found.count, COUNT);
    ck_assert_uint_eq(found.objects, COUNT);
    side_close(&one);
    side_close(&other);
}
END_TEST

START_TEST(comparing_survives_refused_blocks)
{
    side one, other;
    side_open(&one, 0, NULL, false, "");
    side_open(&other, 10, "stream /Type /XObject /Subtype /Image|012345678", true, "");
    long live = bp_mem.live;
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_difference found;
            bp_error err = {0};
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            bool ok = bp_reader_compare(one.reader, other.reader, &found, &err);
            bp_mem.fail_at = 0;
            ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
            ck_assert_msg(bp_mem.live == live, "block %ld: %ld left", n, bp_mem.live - live);
            ck_assert(ok || bp_mem.refused != 0);
            if (bp_mem.refused == 0)
                break;
        }
    side_close(&one);
    side_close(&other);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("reader_compare");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, the_same_content_is_the_same, 0, 2);
    tcase_add_loop_test(tests, what_differs_is_named, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, an_object_that_one_lacks_is_named);
    tcase_add_test(tests, all_that_differ_are_counted_and_trailers_come_last);
    tcase_add_test(tests, comparing_survives_refused_blocks);
    return run_suite("reader_compare", tests);
}
