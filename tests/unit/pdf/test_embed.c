/* Codes of embedded fonts: which are given out, that they never need a backslash, and what happens
 * when they end. */
#include "../base/suite.h"
#include "base/utf8.h"
#include "paper.h"
#include "pdf/cff.h"
#include "pdf/show.h"
#include "pdf/standards.h"

static bp_font *find_font(paper *p, const char *family)
{
    bp_font *font = bp_catalog_find(p->catalog, family, 400, false, &p->err);
    paper_ok(p, font != NULL);
    return font;
}

static const bp_glyph_code *code_of(bp_use *use, uint32_t glyph, const char *text)
{
    uint32_t index = bp_use_code(use, glyph, text, strlen(text));
    ck_assert_uint_lt(index, BP_BUF_COUNT(&use->codes, bp_glyph_code));
    return &BP_BUF_ITEMS(&use->codes, bp_glyph_code)[index];
}

START_TEST(a_code_is_a_glyph_with_its_characters)
{
    paper *p = paper_open(true);
    bp_uses uses = {0};
    bp_font *font = find_font(p, "Inter");
    bp_objects *objects = bp_objects_new(1, (bp_sink){0}, &p->err);
    bp_use *use = bp_uses_find(&uses, objects, font, &p->err);
    ck_assert_ptr_eq(use, bp_uses_find(&uses, objects, font, &p->err));
    uint16_t a = code_of(use, 5, "A")->code;
    ck_assert_uint_eq(a, 'A');
    ck_assert_uint_eq(code_of(use, 5, "A")->code, a);
    ck_assert_uint_ne(code_of(use, 6, "A")->code, a);  /* Another glyph. */
    ck_assert_uint_ne(code_of(use, 5, "ff")->code, a); /* Other characters. */
    char scratch[4];
    size_t length = 0;
    const char *text = bp_use_text(use, code_of(use, 5, "ff"), scratch, &length);
    ck_assert_uint_eq(length, 2);
    ck_assert_int_eq(memcmp(text, "ff", 2), 0);
    bp_uses_clear(&uses);
    bp_objects_free(objects);
    paper_close(p);
}
END_TEST

START_TEST(codes_are_plain_in_strings_and_another_font_follows_the_last)
{
    paper *p = paper_open(true);
    bp_uses uses = {0};
    bp_font *font = find_font(p, "Inter");
    bp_objects *objects = bp_objects_new(1, (bp_sink){0}, &p->err);
    bp_use *use = bp_uses_find(&uses, objects, font, &p->err);
    bool *is_given = calloc(65536, sizeof *is_given);
    ck_assert_ptr_nonnull(is_given);
    uint32_t index = 0;
    uint32_t given = 0;
    for (uint32_t c = 0x10000; c < 0x1a000; c++, given++) {
        char text[4];
        index = bp_use_code(use, 3, text, bp_utf8_put(c, text));
        if (index == BP_CODE_FULL)
            break;
        ck_assert_uint_eq(index, given);
        unsigned code = BP_BUF_ITEMS(&use->codes, bp_glyph_code)[index].code;
        ck_assert(code < 0x80 || code >= 0x8000);
        ck_assert_ptr_null(memchr("()\\\r\n", (int)(code & 0xff), 5));
        ck_assert(!is_given[code]);
        is_given[code] = true;
        ck_assert(given >= 122 || code < 0x80); /* One byte while there are such codes. */
    }
    free(is_given);
    ck_assert_uint_eq(index, BP_CODE_FULL);
    ck_assert_uint_gt(given, 32000);
    bp_use *second = bp_uses_add(&uses, objects, font, &p->err);
    ck_assert_ptr_ne(second, use);
    ck_assert_ptr_eq(bp_uses_find(&uses, objects, font, &p->err), second);
    ck_assert_uint_eq(code_of(second, 3, "B")->code, 'B');
    bp_uses_clear(&uses);
    bp_objects_free(objects);
    paper_close(p);
}
END_TEST

/* Clusters as a shaper may make them: shown by hand, read back by poppler. */
START_TEST(clusters_of_any_shape_keep_their_characters)
{
    static const struct {
        const char *text;
        size_t glyph_count;
        const char *pieces[3]; /* The character whose glyph is shown. */
    } cases[] = {{"é", 2, {"e", "´"}},
                 {"ffi", 1, {"f"}},
                 {"abc", 2, {"a", "b"}},
                 {"年", 3, {"x", "y", "z"}}};
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    bp_font *font = find_font(p, "Inter");
    bp_page *page = paper_page(p);
    const bp_style *style = paper_style(p, 10);
    bp_error *err = &p->err;
    for (size_t i = 0; i < 4; i++) {
        bp_glyph glyphs[3] = {{0}};
        for (size_t n = 0; n < cases[i].glyph_count; n++) {
            size_t at = 0;
            const char *piece = cases[i].pieces[n];
            glyphs[n].id = (uint16_t)bp_font_glyph(font, bp_utf8_next(piece, strlen(piece), &at));
            glyphs[n].advance = (float)bp_font_advance(font, glyphs[n].id);
        }
        const bp_run run = {.font = font,
                            .glyphs = glyphs,
                            .glyph_count = (uint32_t)cases[i].glyph_count,
                            .text = cases[i].text,
                            .text_length = (uint32_t)strlen(cases[i].text),
                            .cluster_count = 1};
        paper_text(p, page, style, 20, 30 + 20 * (double)i,
                   "|"); /* Opens the canvas, and the text. */
        bp_shower shower = {.page = page,
                            .canvas = page->canvas,
                            .style = bp_style_values(style),
                            .y = 270 - 20 * (double)i,
                            .array = SIZE_MAX};
        double end = 0;
        ck_assert(bp_show_run(&shower, &run, 0, run.glyph_count, 40, 0, 0, &end));
        bp_show_end(&shower);
    }
    paper_ok(p, bp_document_save(p->document, err));
    char out[4096];
    ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out), 0);
    ck_assert_int_eq(paper_run(p, "pdftotext %s - | tr -d ' \\n\\f'", out, sizeof out), 0);
    ck_assert_str_eq(out, "|é|ffi|abc|年");
    ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, "/ActualText<FEFF5E74>", 21));
    paper_close(p);
}
END_TEST

/* A font may lead from characters that it has to its mark for a missing glyph. */
START_TEST(the_mark_for_a_missing_glyph_is_refused_by_all_standards)
{
    static const unsigned standards[] = {BP_STANDARD_A2B, BP_STANDARD_UA1, BP_STANDARDS_DEFAULT,
                                         BP_STANDARD_NONE};
    for (size_t i = 0; i < 4; i++) {
        paper *p = paper_open_as((bp_document_options){.standards = standards[i]}, true);
        bp_font *font = find_font(p, "Inter");
        bp_page *page = paper_page(p);
        const bp_style *style = paper_style(p, 10);
        bp_glyph glyph = {.id = 0, .advance = 100};
        const bp_run run = {.font = font,
                            .glyphs = &glyph,
                            .glyph_count = 1,
                            .text = "é",
                            .text_length = 2,
                            .cluster_count = 1};
        paper_text(p, page, style, 20, 30, "|");
        bp_shower shower = {.page = page,
                            .canvas = page->canvas,
                            .style = bp_style_values(style),
                            .y = 270,
                            .array = SIZE_MAX};
        double end = 0;
        bool ok = bp_show_run(&shower, &run, 0, 1, 40, 0, 0, &end);
        bp_show_end(&shower);
        ck_assert(ok == (standards[i] == BP_STANDARD_NONE));
        if (!ok) {
            ck_assert(!bp_page_finish(page, &p->err));
            ck_assert_int_eq(p->err.code, BP_ERR_RESOURCE);
            ck_assert_ptr_nonnull(strstr(p->err.text, "\"é\" as the mark for a missing glyph"));
        }
        paper_close(p);
    }
}
END_TEST

START_TEST(translucent_text_is_one_string)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    const char *families[] = {"DejaVu Sans"};
    const bp_style *style = paper_style_as(
        p, (bp_style_spec){.families = families, .family_count = 1, .size = 10, .color = 0x80});
    paper_text(p, paper_page(p), style, 20, 40, "HHHH");
    paper_save(p);
    ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, "(HHHH)Tj", 8));
    paper_close(p);
}
END_TEST

START_TEST(damaged_cff_tables_are_refused_and_read_no_further)
{
    /* A header, one name, one dictionary with an ROS and a charset at byte 34, two empty INDEXes,
     * and the charset: format 2 from CID 100 on. */
    static const unsigned char table[] = {1, 0, 4,   1,   0,   1,  1,  1,   2,  'N', 0,   1, 1,
                                          1, 9, 139, 139, 139, 12, 30, 173, 15, 139, 0,   0, 0,
                                          0, 0, 0,   0,   0,   0,  0,  0,   2,  0,   100, 0, 5};
    uint16_t cids[4];
    ck_assert(bp_cff_cids(table, sizeof table, cids, 4));
    ck_assert_uint_eq(cids[0], 0);
    ck_assert_uint_eq(cids[1], 100);
    ck_assert_uint_eq(cids[3], 102);
    for (size_t size = 0; size < sizeof table; size++) {
        unsigned char *copy = malloc(size + 1); /* So that a reader beyond the end is caught. */
        ck_assert_ptr_nonnull(copy);
        unsigned char *short_table = copy + 1;
        memcpy(short_table, table, size);
        ck_assert(!bp_cff_cids(short_table, size, cids, 4));
        free(copy);
    }
}
END_TEST

START_TEST(glyphs_of_a_charset_with_room_are_called_anew)
{
    /* As above, the charset now of format 0: a CID for each glyph. */
    unsigned char table[] = {1, 0,   4,   1,   0,  1,  1,   1,  2,   'N', 0, 1, 1, 1,
                             9, 139, 139, 139, 12, 30, 173, 15, 139, 0,   0, 0, 0, 0,
                             0, 0,   0,   0,   0,  0,  0,   0,  100, 1,   0, 2, 9};
    static const uint16_t wanted[4] = {0, 3, 1, 2};
    uint16_t cids[4];
    ck_assert(bp_cff_renumber(table, sizeof table, wanted, 4));
    ck_assert(bp_cff_cids(table, sizeof table, cids, 4));
    ck_assert_int_eq(memcmp(cids, wanted, sizeof cids), 0);
    unsigned char before[sizeof table];
    memcpy(before, table, sizeof table);
    ck_assert(!bp_cff_renumber(table, sizeof table - 1, wanted, 4));
    table[34] = 2; /* Ranges, which have no room for any order. */
    ck_assert(!bp_cff_renumber(table, sizeof table, wanted, 4));
    table[34] = 0;
    ck_assert_int_eq(memcmp(before, table, sizeof table), 0);
}
END_TEST

/* The characters stand far from each other in the font, which has 65,535 of them. */
START_TEST(the_glyphs_of_a_large_font_are_counted_from_one)
{
    paper *p = paper_open(true);
    const char *families[] = {"Noto Sans CJK SC"};
    const bp_style *style = paper_style_as(
        p, (bp_style_spec){.families = families, .family_count = 1, .size = 10, .language = "zh"});
    paper_text(p, paper_page(p), style, 20, 40, "年大会数据说明了");
    paper_save(p);
    char out[4096];
    ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out), 0);
    ck_assert_int_eq(paper_run(p, "pdftotext %s -", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "年大会数据说明了"));
    ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, "/DW 1000/W[]", 12));
    ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, "1 begincidrange\n<01><08> 1\n", 27));
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("embed");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_code_is_a_glyph_with_its_characters);
    tcase_add_test(tests, codes_are_plain_in_strings_and_another_font_follows_the_last);
    tcase_add_test(tests, clusters_of_any_shape_keep_their_characters);
    tcase_add_test(tests, the_mark_for_a_missing_glyph_is_refused_by_all_standards);
    tcase_add_test(tests, translucent_text_is_one_string);
    tcase_add_test(tests, damaged_cff_tables_are_refused_and_read_no_further);
    tcase_add_test(tests, glyphs_of_a_charset_with_room_are_called_anew);
    tcase_add_test(tests, the_glyphs_of_a_large_font_are_counted_from_one);
    return run_suite("embed", tests);
}
