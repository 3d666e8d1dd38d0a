/* Reading PDFs back: what they say, what they carry, and what those that lie are taken for. */
#include "../base/suite.h"
#include "base/mem.h"
#include "pdf/reader.h"
#include "written.h"

#define PAGES "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
#define PAGE "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"

/* Catalog, pages, page: objects 1, 2 and 3. */
static void begin(written *pdf, const char *catalog)
{
    written_begin(pdf);
    bp_buf text = {0};
    ck_assert(bp_buf_format(&text, "<< /Type /Catalog /Pages 2 0 R %s >>", catalog));
    written_object(pdf, text.bytes);
    written_object(pdf, PAGES);
    written_object(pdf, PAGE);
    bp_buf_clear(&text);
}

static bp_reader *open_written(written *pdf, const char *trailer, bp_error *err)
{
    written_end(pdf, trailer);
    *err = (bp_error){0};
    return bp_reader_open(pdf->bytes.bytes, pdf->bytes.length, "r.pdf", NULL, err);
}

/* A report with two files: 4 the tree, 5 and 6 their specifications, 7 and 8 their streams. */
static void write_report(written *pdf)
{
    static const char xmp[] = "<x xmlns:pdfaid='u'><pdfaid:part>3</pdfaid:part> "
                              "<pdfaid:conformance>A</pdfaid:conformance><d pdfuaid:part=\"1\"/>";
    bp_buf json = {0};
    written_deflate("{\"a\": 1}", 8, &json);
    begin(pdf, "/Lang (en) /Names << /EmbeddedFiles 4 0 R >> /AF [6 0 R 5 0 R] /Metadata 9 0 R");
    written_object(pdf, "<< /Names [(a) 5 0 R (b) 6 0 R] >>");
    written_object(pdf, "<< /Type /Filespec /F (d.json) /UF <FEFF65E54E0A002E006A0073006F006E> "
                        "/Desc (The data) /AFRelationship /Data /EF << /F 7 0 R /UF 7 0 R >> >>");
    written_object(pdf, "<< /Type /Filespec /F (lay\\\\out.lua) /AFRelationship /Source "
                        "/EF << /F 8 0 R >> >>");
    written_stream(pdf,
                   "/Type /EmbeddedFile /Subtype /application#2fjson /Params << /Size 8 >> "
                   "/Filter /FlateDecode",
                   json.bytes, json.length);
    written_stream(pdf, "/Type /EmbeddedFile /Subtype /text#2fx-lua /Params << /Size -4 >>",
                   "return", 6);
    written_stream(pdf, "/Type /Metadata /Subtype /XML", xmp, sizeof xmp - 1);
    written_object(pdf, "<< /Title <FEFF0042> /Producer (briefpress 0.1) /Author (\\344) >>");
    bp_buf_clear(&json);
}

START_TEST(a_report_tells_what_it_is_and_carries)
{
    written pdf;
    bp_error err;
    bp_buf bytes = {0};
    write_report(&pdf);
    bp_reader *reader = open_written(&pdf, "/Info 10 0 R /ID [<00ff> <01>]", &err);
    ck_assert_msg(reader != NULL, "%s", err.text);
    const bp_reader_summary *about = bp_reader_about(reader);
    ck_assert_str_eq(about->title, "B");
    ck_assert_str_eq(about->author, "ä");
    ck_assert_str_eq(about->producer, "briefpress 0.1");
    ck_assert_str_eq(about->creator, "");
    ck_assert_str_eq(about->language, "en");
    ck_assert_str_eq(about->version, "1.7");
    ck_assert_str_eq(about->standards, "PDF/A-3a, PDF/UA-1");
    ck_assert_str_eq(about->identifier, "00ff");
    ck_assert_uint_eq(about->pages, 1);
    ck_assert(!about->is_encrypted);
    ck_assert_str_eq(about->repairs, "");
    ck_assert_uint_eq(bp_reader_attachment_count(reader), 2); /* Twice named, once carried. */
    const bp_attachment_info *data = bp_reader_attachment(reader, 0);
    ck_assert_str_eq(data->name, "日上.json");
    ck_assert_str_eq(data->description, "The data");
    ck_assert_str_eq(data->mime, "application/json");
    ck_assert_str_eq(data->relationship, "Data");
    ck_assert_int_eq(data->size_bytes, 8);
    size_t i = 9;
    const bp_attachment_info *layout = bp_reader_attachment_find(reader, "lay\\out.lua", &i);
    ck_assert_ptr_eq(layout, bp_reader_attachment(reader, 1));
    ck_assert_uint_eq(i, 1);
    ck_assert_int_eq(layout->size_bytes, -1);
    ck_assert_str_eq(layout->description, "");
    ck_assert_ptr_null(bp_reader_attachment_find(reader, "x", NULL));
    ck_assert(bp_reader_attachment_bytes(reader, 0, 8, &bytes, &err));
    ck_assert_str_eq(bytes.bytes, "{\"a\": 1}");
    ck_assert(bp_reader_attachment_bytes(reader, 1, 6, &bytes, &err));
    ck_assert_str_eq(bytes.bytes, "{\"a\": 1}return");
    bp_buf_clear(&bytes);
    bp_reader_free(reader);
    written_clear(&pdf);
}
END_TEST

START_TEST(more_than_was_asked_for_is_a_limit)
{
    written pdf;
    bp_error err;
    bp_buf bytes = {0};
    write_report(&pdf);
    bp_reader *reader = open_written(&pdf, "", &err);
    for (size_t most = 0; most < 8; most++) {
        err = (bp_error){0};
        ck_assert(!bp_reader_attachment_bytes(reader, 0, most, &bytes, &err));
        ck_assert_int_eq(err.code, BP_ERR_LIMIT);
        err = (bp_error){0};
        ck_assert(bp_reader_attachment_bytes(reader, 1, most, &bytes, &err) == (most >= 6));
        ck_assert(most >= 6 || err.code == BP_ERR_LIMIT);
        bytes.length = 0;
    }
    bp_buf_clear(&bytes);
    bp_reader_free(reader);
    written_clear(&pdf);
}
END_TEST

/* Zeroes, deflated twice over: 32 MB in some 200 bytes. */
START_TEST(what_inflates_without_end_is_stopped)
{
    const size_t whole = 32u << 20;
    written pdf;
    bp_error err;
    bp_buf zeroes = {0}, once = {0}, twice = {0}, bytes = {0};
    ck_assert(bp_buf_reserve(&zeroes, whole));
    memset(zeroes.bytes, 0, whole);
    written_deflate(zeroes.bytes, whole, &once);
    written_deflate(once.bytes, once.length, &twice);
    bp_buf_clear(&zeroes);
    begin(&pdf, "/AF [5 0 R 7 0 R]");
    written_stream(&pdf, "/Filter /FlateDecode", once.bytes, once.length);
    written_object(&pdf, "<< /F (once) /EF << /F 4 0 R >> >>");
    written_stream(&pdf, "/Filter [/FlateDecode /Fl]", twice.bytes, twice.length);
    written_object(&pdf, "<< /F (twice) /EF << /F 6 0 R >> >>");
    bp_reader *reader = open_written(&pdf, "", &err);
    ck_assert_uint_eq(bp_reader_attachment_count(reader), 2);
    size_t before = bp_mem.bytes;
    for (size_t i = 0; i < 2; i++) {
        bp_mem.peak = before;
        err = (bp_error){0};
        ck_assert(!bp_reader_attachment_bytes(reader, i, 1u << 20, &bytes, &err));
        ck_assert_int_eq(err.code, BP_ERR_LIMIT);
        ck_assert_str_eq(err.place, "r.pdf");
        ck_assert_uint_lt(bp_mem.peak, before + (4u << 20));
        err = (bp_error){0};
        ck_assert_msg(bp_reader_attachment_bytes(reader, i, whole, &bytes, &err), "%s", err.text);
        ck_assert_uint_eq(bytes.length, whole);
        bp_buf_clear(&bytes);
    }
    bp_reader_free(reader);
    bp_buf_clear(&once);
    bp_buf_clear(&twice);
    written_clear(&pdf);
}
END_TEST

static const struct {
    const char *tree;     /* Object 4. */
    const char *names[4]; /* What is found, in this order. */
} trees[] = {
    {"<< >>", {NULL}},
    {"null", {NULL}},
    {"[1 2 3]", {NULL}},
    {"<< /Names 7 >>", {NULL}},
    {"<< /Names [(a)] >>", {NULL}},
    {"<< /Names [(a) 6 0 R] >>", {"six"}},
    {"<< /Names [(a) 6 0 R (b) 6 0 R] >>", {"six"}},
    {"<< /Names [(a) << /EF << /F 5 0 R >> >>] >>", {"a"}}, /* No name but the tree's. */
    {"<< /Names [9 << /EF << /F 5 0 R >> >>] >>", {""}},    /* No name at all. */
    {"<< /Names [(a) << /UF 3 /F (f) /EF << /UF 5 0 R >> >>] >>", {"f"}},
    {"<< /Names [(a) << /F (f) /EF << /F 1 0 R >> >>] >>", {NULL}}, /* No stream. */
    {"<< /Names [(a) << /F (f) /EF 5 0 R >>] >>", {NULL}},
    {"<< /Names [(a) (b)] /Kids [4 0 R 4 0 R << /Kids [4 0 R] >>] >>", {NULL}}, /* Loops. */
    {"<< /Kids [4 0 R << /Limits [(x) (a)] /Names [(q) 6 0 R] >>] >>", {"six"}},
    {"<< /Kids [7 0 R 8 0 R] >>", {"six", "eight"}}, /* Which hold each other. */
    {"<< /Kids [99 0 R 3 0 R 5 0 R (x)] /Names [(a) 6 0 R] >>", {"six"}},
    {"<< /Names [(a) << /UF (a\\000b) /EF << /F 5 0 R >> >>] >>",
     {"a\xef\xbf\xbd"
      "b"}},
    {"<< /Names [(a) << /UF (../../etc/passwd) /EF << /F 5 0 R >> >>] >>", {"../../etc/passwd"}},
    {"<< /Names [(a) << /UF <FEFFD800> /EF << /F 5 0 R >> >>] >>", {""}},
};

START_TEST(trees_that_lie_give_what_they_hold)
{
    written pdf;
    bp_error err;
    begin(&pdf, "/Names << /EmbeddedFiles 4 0 R >> /AF 77");
    written_object(&pdf, trees[_i].tree);
    written_stream(&pdf, "", "x", 1);
    written_object(&pdf, "<< /UF (six) /EF << /F 5 0 R >> >>");
    written_object(&pdf, "<< /Kids [8 0 R] /Names [(a) 6 0 R] >>");
    written_object(&pdf, "<< /Kids [7 0 R 4 0 R] "
                         "/Names [(a) << /UF (eight) /EF << /F 5 0 R >> >>] >>");
    bp_reader *reader = open_written(&pdf, "", &err);
    ck_assert_msg(reader != NULL, "%s: %s", trees[_i].tree, err.text);
    size_t count = 0;
    while (count < 4 && trees[_i].names[count] != NULL)
        count++;
    ck_assert_msg(bp_reader_attachment_count(reader) == count, "%s: %zu", trees[_i].tree,
                  bp_reader_attachment_count(reader));
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(bp_reader_attachment(reader, i)->name, trees[_i].names[i]);
    bp_reader_free(reader);
    written_clear(&pdf);
}
END_TEST

START_TEST(names_as_long_as_books_are_cut)
{
    written pdf;
    bp_error err;
    bp_buf text = {0};
    begin(&pdf, "/AF [5 0 R]");
    written_stream(&pdf, "", "x", 1);
    ck_assert(bp_buf_text(&text, "<< /EF << /F 4 0 R >> /F ("));
    for (int i = 0; i < 65536; i++)
        ck_assert(bp_buf_char(&text, 'n'));
    ck_assert(bp_buf_text(&text, ") >>"));
    written_object(&pdf, text.bytes);
    bp_reader *reader = open_written(&pdf, "", &err);
    ck_assert_uint_eq(bp_reader_attachment_count(reader), 1);
    size_t length = strlen(bp_reader_attachment(reader, 0)->name);
    ck_assert(length > 1000 && length <= BP_READER_TEXT_MOST);
    bp_reader_free(reader);
    bp_buf_clear(&text);
    written_clear(&pdf);
}
END_TEST

START_TEST(too_many_files_are_an_error)
{
    written pdf;
    bp_error err;
    bp_buf text = {0};
    begin(&pdf, "/AF 5 0 R");
    written_stream(&pdf, "", "x", 1);
    ck_assert(bp_buf_text(&text, "["));
    for (unsigned i = 0; i <= BP_READER_FILES_MOST; i++)
        ck_assert(bp_buf_format(&text, "<</F(%u)/EF<</F 4 0 R>>>>", i));
    ck_assert(bp_buf_text(&text, "]"));
    written_object(&pdf, text.bytes);
    ck_assert_ptr_null(open_written(&pdf, "", &err));
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    bp_buf_clear(&text);
    written_clear(&pdf);
}
END_TEST

static const struct {
    const char *bytes;
    const char *said;
} none[] = {
    {"", "is empty, expected a PDF"},
    {"{\"a\": 1}", "is no PDF"},
    {"%PDF", "is no PDF"},
    {"%PDF-1.7", "is damaged: "},
    {"%PDF-1.7\ntrailer << /Root 1 0 R >>", "is damaged: "},
    {"%PDF-1.7\n1 0 obj [] endobj trailer << /Root 1 0 R >>", "is damaged: "},
    {"%PDF-1.7\nxref\n0 99999999\ntrailer << /Size 99999999 /Prev 9 >>\nstartxref\n9\n%%EOF",
     "is damaged: "},
};

START_TEST(what_is_no_pdf_is_refused)
{
    bp_error err = {0};
    ck_assert_ptr_null(bp_reader_open(none[_i].bytes, strlen(none[_i].bytes), "r.pdf", NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    ck_assert_str_eq(err.place, "r.pdf");
    ck_assert_msg(strncmp(err.text, none[_i].said, strlen(none[_i].said)) == 0, "%s", err.text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_damaged_report_tells_that_it_was_mended)
{
    written pdf;
    bp_error err = {0};
    write_report(&pdf);
    written_end(&pdf, "");
    char *place = memmem(pdf.bytes.bytes, pdf.bytes.length, "startxref", 9);
    place[10] = '7';
    bp_reader *reader = bp_reader_open(pdf.bytes.bytes, pdf.bytes.length, "r.pdf", NULL, &err);
    ck_assert_msg(reader != NULL, "%s", err.text);
    ck_assert_uint_eq(bp_reader_attachment_count(reader), 2);
    ck_assert_str_ne(bp_reader_about(reader)->repairs, "");
    bp_reader_free(reader);
    written_clear(&pdf);
}
END_TEST

START_TEST(opening_survives_refused_blocks)
{
    written pdf;
    bp_error err;
    write_report(&pdf);
    written_end(&pdf, "/Info 10 0 R");
    long live = bp_mem.live;
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_buf bytes = {0};
            err = (bp_error){0};
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            bp_reader *reader =
                bp_reader_open(pdf.bytes.bytes, pdf.bytes.length, "r.pdf", NULL, &err);
            bool ok = reader != NULL && bp_reader_attachment_bytes(reader, 0, 100, &bytes, &err);
            bp_mem.fail_at = 0;
            ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
            bp_reader_free(reader);
            bp_buf_clear(&bytes);
            ck_assert_msg(bp_mem.live == live, "block %ld: %ld left", n, bp_mem.live - live);
            if (bp_mem.refused == 0)
                break;
        }
    written_clear(&pdf);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("reader");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_report_tells_what_it_is_and_carries);
    tcase_add_test(tests, more_than_was_asked_for_is_a_limit);
    tcase_add_test(tests, what_inflates_without_end_is_stopped);
    tcase_add_loop_test(tests, trees_that_lie_give_what_they_hold, 0,
                        sizeof trees / sizeof trees[0]);
    tcase_add_test(tests, names_as_long_as_books_are_cut);
    tcase_add_test(tests, too_many_files_are_an_error);
    tcase_add_loop_test(tests, what_is_no_pdf_is_refused, 0, sizeof none / sizeof none[0]);
    tcase_add_test(tests, a_damaged_report_tells_that_it_was_mended);
    tcase_add_test(tests, opening_survives_refused_blocks);
    return run_suite("reader", tests);
}
