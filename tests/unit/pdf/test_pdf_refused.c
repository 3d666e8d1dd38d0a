/* Every block of a small report refused once, and all from each one on: an error, no crash, nothing
 * left behind. */
#include "../base/suite.h"
#include "paper.h"
#include "pdf/attachments.h"
#include "pdf/standards.h"
#include "pictures.h"

/* Elements of all kinds: sections, ones that go on, places kept, cells, what text tells. */
static bool draw_structure(bp_shaper *shaper, const bp_style *style, bp_page *page, bp_error *err)
{
    static const double box[] = {10, 10, 80, 30};
    const bp_tag_options going = {.id = "going"}, note = {.id = "note"},
                         header = {.id = "th", .scope = "Column", .column_span = 2},
                         figure = {.alt = "Ä", .language = "de", .box = box};
    const bp_path path = {"R", 1, box, 4};
    const bp_paint paint = {.has_fill = true, .fill = 0xff};
    const bp_span spans[] = {
        {.style = style, .text = "See ", .length = 4},
        {.style = style, .text = "it", .length = 2, .link = "https://example.org"},
        {.style = style, .text = "1", .length = 1, .role = {.tag = "Reference", .note = "note"}},
        {.style = style, .text = " GDP", .length = 4, .role = {.expansion = "product"}}};
    bp_paragraph *paragraph =
        bp_paragraph_new(shaper, spans, 4, &(bp_paragraph_options){.align = 0}, err);
    bool ok =
        paragraph != NULL && bp_paragraph_layout(paragraph, 100, err) &&
        bp_page_begin_section(page, "Part", 1, &(bp_tag_options){.title = "A"}, err) &&
        bp_page_begin_section(page, "Sect", 2, NULL, err) &&
        bp_page_begin_tag(page, "Div", &going, err) && bp_page_begin_tag(page, "P", NULL, err) &&
        bp_page_paragraph(page, paragraph, 0, 1, 20, 100, err) &&
        bp_page_reserve_tag(page, "later", err) && bp_page_end_tag(page, err) &&
        bp_page_end_tag(page, err) && bp_page_begin_tag(page, "Note", &note, err) &&
        bp_page_path(page, &path, &paint, err) && bp_page_end_tag(page, err) &&
        bp_page_begin_tag(page, "Table", NULL, err) && bp_page_begin_tag(page, "TR", NULL, err) &&
        bp_page_begin_tag(page, "TH", &header, err) && bp_page_end_tag(page, err) &&
        bp_page_end_tag(page, err) && bp_page_end_tag(page, err) &&
        bp_page_begin_section(page, "Sect", 1, NULL, err) &&
        bp_page_begin_tag(page, "Figure", &figure, err) && bp_page_path(page, &path, &paint, err) &&
        bp_page_end_tag(page, err);
    bp_paragraph_free(paragraph);
    return ok;
}

/* What the sweep renders; the text room's own blocks are made before it. */
static bool render(bp_shaper *shaper, const bp_style *style, const bp_buf *png, bp_buf *out,
                   bp_buf *trace, bp_error *err)
{
    const bp_document_options options = {.title = "R&D",
                                         .author = "A",
                                         .language = "en",
                                         .date = {2022, 9, 3, 0, 0, 0},
                                         .deflate_level = 1,
                                         .standards = BP_STANDARDS_DEFAULT,
                                         .trace = trace,
                                         .out = bp_sink_to_buf(out)};
    static const double numbers[] = {10, 10, 80, 30};
    const bp_path path = {"R", 1, numbers, 4};
    const bp_stop stops[] = {{0, 0xff0000ff}, {0.4, 0x00ff00ff}, {1, 0x0000ffff}};
    const bp_gradient gradient = {
        .x0 = 10, .y0 = 10, .x1 = 90, .y1 = 10, .stops = stops, .stop_count = 3};
    static const char both[] =
        "\u05e9\u05dc 12, z\u0323\u0331 abc"; /* Directions, and a cluster. */
    const bp_attachment file = {.name = "a.csv", .mime = "text/csv", .bytes = "1,2", .length = 3};
    const bp_attachment other = {
        .name = "数据.json", .description = "数据", .mime = "application/json"};
    bp_document *document = bp_document_new(&options, err);
    bp_page *page = document ? bp_document_add_page(document, 200, 300, err) : NULL;
    bp_image *image =
        page ? bp_image_parse("pic", (const unsigned char *)png->bytes, png->length, err) : NULL;
    bool ok = image != NULL && bp_page_begin_tag(page, "P", NULL, err) &&
              bp_page_text(page, shaper, style, "Office 年", 10, 20, 40, 0, NULL, err) &&
              bp_page_text(page, shaper, style, both, strlen(both), 20, 55, 0, NULL, err) &&
              bp_page_end_tag(page, err) && draw_structure(shaper, style, page, err) &&
              bp_page_path(page, &path, &(bp_paint){.gradient = &gradient}, err) &&
              bp_page_path(page, &path, &(bp_paint){.has_fill = true, .fill = 0x11223344}, err) &&
              bp_page_image(page, image, 20, 60, 30, 30, err) &&
              bp_page_link(page, 20, 60, 30, 30, "#here", "there", err) &&
              bp_page_link(page, 20, 90, 30, 30, "https://example.org", NULL, err) &&
              bp_document_destination(document, "here", page, 0, 0, err) &&
              bp_document_bookmark(document, "One", 1, page, 0, err) &&
              bp_document_bookmark(document, "Zwö", 2, page, 0, err) &&
              bp_document_label(document, 0, 'D', "A-", 1, err) && bp_page_finish(page, err) &&
              bp_document_attach(document, &file, err) &&
              bp_document_attach(document, &other, err) && bp_document_save(document, err);
    bp_image_drop(image);
    bp_document_free(document);
    return ok;
}

START_TEST(refused_blocks_are_an_error_and_leak_nothing)
{
    paper *p = paper_open(true);
    const bp_style *style = paper_style(p, 10);
    bp_buf png = {0}, whole = {0}, trace = {0};
    picture_png(&png, (png_spec){4, 4, 8, 6, 0, false, 300, 5});
    paper_ok(p, render(p->shaper, style, &png, &whole, &trace, &p->err));
    bp_buf_clear(&trace);
    long n = 1;
    for (; n < 5000; n++) {
        bp_buf out = {0};
        bp_error err = {0};
        long live = bp_mem.live;
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bp_mem.fail_on = _i != 0;
        bool ok = render(p->shaper, style, &png, &out, &trace, &err);
        bp_mem.fail_at = 0;
        bp_mem.fail_on = false;
        bp_buf_clear(&trace);
        if (ok) { /* A block that may be refused, or the end: the same bytes all the same. */
            ck_assert_uint_eq(out.length, whole.length);
            ck_assert_int_eq(memcmp(out.bytes, whole.bytes, whole.length), 0);
        } else {
            ck_assert_msg(err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
            ck_assert_uint_eq(out.length, 0);
        }
        bp_buf_clear(&out);
        ck_assert_msg(bp_mem.live == live, "block %ld leaks %ld", n, bp_mem.live - live);
        if (bp_mem.refused == 0)
            break;
    }
    ck_assert_int_gt(n, 100);
    ck_assert_int_lt(n, 5000);
    bp_buf_clear(&png);
    bp_buf_clear(&whole);
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("refused");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, refused_blocks_are_an_error_and_leak_nothing, 0, 2);
    return run_suite("refused", tests);
}
