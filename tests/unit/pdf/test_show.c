/* Text on the page: every glyph at its place, every character comes back, in the fonts the report
 * is set in. */
#include <math.h>

#include "../base/suite.h"
#include "paper.h"

static bool contains(const paper *p, const char *text)
{
    return memmem(p->pdf.bytes, p->pdf.length, text, strlen(text)) != NULL;
}

/* What the file says when it is read back, compared without spaces and line ends. */
static void assert_reads(const paper *p, const char *expected)
{
    char out[16384];
    ck_assert_int_eq(paper_run(p, "pdftotext -enc UTF-8 %s - | tr -d ' \\n\\f'", out, sizeof out),
                     0);
    ck_assert_str_eq(out, expected);
}

static void save_checked(paper *p)
{
    char out[2048];
    paper_save(p);
    int status = paper_run(p, "qpdf --check %s 2>&1", out, sizeof out);
    ck_assert_msg(status == 0, "qpdf: %s", out);
}

static bp_paragraph *make_paragraph(paper *p, const bp_span *spans, size_t count, bp_align align,
                                    double width)
{
    const bp_paragraph_options options = {.align = align};
    bp_paragraph *paragraph = bp_paragraph_new(p->shaper, spans, count, &options, &p->err);
    paper_ok(p, paragraph != NULL);
    paper_ok(p, bp_paragraph_layout(paragraph, width, &p->err));
    return paragraph;
}

START_TEST(plain_text_is_one_readable_string)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    bp_page *page = paper_page(p);
    paper_ok(p, bp_page_begin_tag(page, "P", NULL, &p->err));
    const char *text = "HHH";
    const bp_style *style = paper_style_as(
        p, (bp_style_spec){
               .families = (const char *[]){"DejaVu Sans"}, .family_count = 1, .size = 10});
    double advance = 0;
    paper_ok(p, bp_page_text(page, p->shaper, style, text, 3, 20, 40, 0, &advance, &p->err));
    paper_ok(p, bp_page_text(page, p->shaper, style, text, 3, 20, 52, 0, NULL, &p->err));
    paper_ok(p, bp_page_end_tag(page, &p->err));
    save_checked(p);
    ck_assert(
        contains(p, "/P<</MCID 0>>BDC\nBT\n20 260 Td\n/F0 10 Tf\n/G0 gs\n") ||
        contains(
            p,
            "/P<</MCID 0>>BDC\nBT\n20 260 Td\n/F0 10 Tf\n (HHH)Tj\n0 -12 Td\n (HHH)Tj\nET\nEMC\n"));
    ck_assert_double_eq_tol(advance, 3 * 10 * 1540 / 2048.0, 1e-9);
    paper_close(p);
}
END_TEST

START_TEST(text_lines_are_lines_of_the_trace)
{
    paper *p = paper_open(true);
    bp_page *page = paper_page(p);
    const bp_style *plain = paper_style(p, 10);
    const bp_style *bold =
        paper_style_as(p, (bp_style_spec){.size = 10, .weight = 700, .color = 0xff});
    paper_text(p, page, plain, 20, 40.5, "Say \"go\"");
    const bp_span spans[] = {{.style = plain, .text = "One ", .length = 4},
                             {.style = bold, .text = "two", .length = 3, .link = "#here"},
                             {.style = plain, .text = " 年", .length = 4}};
    bp_paragraph *paragraph = make_paragraph(p, spans, 3, BP_ALIGN_LEFT, 150);
    paper_ok(p, bp_page_paragraph(page, paragraph, 0, 1, 20, 60, &p->err));
    paper_ok(p, bp_document_destination(p->document, "here", page, 0, 0, &p->err));
    bp_paragraph_free(paragraph);
    save_checked(p);
    const char *link = strstr(p->trace.bytes, "link ");
    ck_assert_ptr_nonnull(link);
    static const char head[] = "page 1 200 300\n"
                               "text 20 40.5 \"Say \\\"go\\\"\" Inter-Regular 10 #111111\n"
                               "text 20 ";
    ck_assert_int_eq(strncmp(p->trace.bytes, head, strlen(head)), 0);
    ck_assert_ptr_nonnull(
        strstr(p->trace.bytes, " \"One \" Inter-Regular 10 #111111 + \"two\" Inter-Bold #000000 + "
                               "\" \" Inter-Regular #111111 + \"年\" NotoSansCJKsc-Regular\n"));
    ck_assert_ptr_nonnull(strstr(link, " \"#here\" \"two\"\n"));
    paper_close(p);
}
END_TEST

static const struct {
    const char *family, *language, *text;
} samples[] = {
    {"Inter", "en", "Affinity office ffl AVATAR Tö 1,234.56 (a\\b) — “x” ©"},
    {"DejaVu Sans", "en", "office fi Ωμέγα Кириллица ☑ → e\xCC\x81x\xCC\xA3\xCC\x81"},
    {"Inter Variable", "en", "Handgloves 0123456789 Ärger"},
    {"Noto Sans CJK SC", "zh-Hans", "北京经济技术开发区，2022年（研发）“小巨人”企业34家；𠮷"},
};

START_TEST(every_character_comes_back)
{
    paper *p = paper_open(true);
    const char *families[] = {samples[_i].family};
    const bp_style *style = paper_style_as(p, (bp_style_spec){.families = families,
                                                              .family_count = 1,
                                                              .size = 9,
                                                              .weight = _i == 2 ? 500 : 0,
                                                              .language = samples[_i].language,
                                                              .color = 0xff});
    bp_page *page = bp_document_add_page(p->document, 500, 100, &p->err);
    paper_text(p, page, style, 20, 40, samples[_i].text);
    save_checked(p);
    char expected[512];
    size_t length = 0;
    for (const char *c = samples[_i].text; *c; c++)
        if (*c != ' ')
            expected[length++] = *c;
    expected[length] = '\0';
    assert_reads(p, expected);
    char out[1024];
    ck_assert_int_eq(paper_run(p, "pdffonts %s | tail -1", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "yes yes yes")); /* Embedded, cut, with characters. */
    ck_assert_ptr_nonnull(strstr(out, _i == 1 || _i == 2 ? "CID TrueType" : "CID Type 0C"));
    ck_assert_int_eq(paper_run(p, "pdftoppm -r 72 %s 2>&1 >/dev/null", out, sizeof out), 0);
    ck_assert_str_eq(out, ""); /* poppler has nothing to complain of in the fonts. */
    paper_close(p);
}
END_TEST

/* Well beyond the one-byte codes: 700 different characters, each shown in its own shape. */
START_TEST(codes_of_two_bytes_follow_those_of_one)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    const bp_style *style =
        paper_style_as(p, (bp_style_spec){.size = 8, .language = "zh", .color = 0xff});
    bp_page *page = bp_document_add_page(p->document, 600, 400, &p->err);
    bp_buf all = {0};
    for (unsigned row = 0; row < 10; row++) {
        char line[256];
        size_t length = 0;
        for (unsigned i = 0; i < 70; i++) {
            unsigned c = 0x4e00 + (row * 70 + i) * 2; /* No two in a row, for a range. */
            line[length++] = (char)(0xe0 | c >> 12);
            line[length++] = (char)(0x80 | (c >> 6 & 63));
            line[length++] = (char)(0x80 | (c & 63));
        }
        line[length] = '\0';
        paper_text(p, page, style, 10, 20 + 20 * row, line);
        ck_assert(bp_buf_add(&all, line, length));
    }
    save_checked(p);
    assert_reads(p, all.bytes);
    bp_buf_clear(&all);
    ck_assert(contains(p, "<8000>"));
    ck_assert(contains(p, "100 beginbfchar"));
    ck_assert(!contains(p, "101 beginbfchar"));
    paper_close(p);
}
END_TEST

/* The words of a long line, as poppler places them by our widths, against the shaper's own sums. */
START_TEST(glyphs_stray_less_than_a_hundredth_of_a_point)
{
    static const double sizes[] = {5, 8, 10.5, 24};
    static const char text[] = "Technology parks of the district drew 2,212 base stations and "
                               "AVATAR Tokyo offices, 34.8% more; Wave after Wave.";
    paper *p = paper_open(true);
    const bp_style *style = paper_style(p, sizes[_i]);
    bp_page *page = bp_document_add_page(p->document, 1800, 100, &p->err);
    double whole = 0;
    paper_ok(p,
             bp_page_text(page, p->shaper, style, text, strlen(text), 20, 50, 0, &whole, &p->err));
    save_checked(p);
    char out[8192];
    ck_assert_int_eq(paper_run(p, "pdftotext -bbox %s - | grep '<word'", out, sizeof out), 0);
    const char *word = text;
    int count = 0;
    for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n"), count++) {
        double rest = 0;
        paper_ok(p, bp_shape_width(p->shaper, style, word, strlen(word), &rest, &p->err));
        double x = strtod(strstr(line, "xMin=\"") + 6, NULL);
        ck_assert_double_eq_tol(x, 20 + whole - rest, 0.01);
        word = strchr(word, ' ') ? strchr(word, ' ') + 1 : word;
    }
    ck_assert_int_eq(count, 18);
    paper_close(p);
}
END_TEST

START_TEST(alignment_counts_from_x)
{
    paper *p = paper_open(true);
    bp_page *page = paper_page(p);
    const bp_style *style = paper_style(p, 10);
    double width = 0;
    for (int i = 0; i < 3; i++)
        paper_ok(p, bp_page_text(page, p->shaper, style, "Figure", 6, 100, 20 + 20 * i, i / 2.0,
                                 &width, &p->err));
    ck_assert_ptr_nonnull(strstr(p->trace.bytes, "text 100 20 \"Figure\""));
    char out[4096];
    save_checked(p);
    ck_assert_int_eq(paper_run(p, "pdftotext -bbox %s - | grep '<word'", out, sizeof out), 0);
    int i = 0;
    for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n"), i++)
        ck_assert_double_eq_tol(strtod(strstr(line, "xMin=\"") + 6, NULL), 100 - width * i / 2,
                                0.01);
    ck_assert_int_eq(i, 3);
    paper_close(p);
}
END_TEST

START_TEST(justified_lines_end_at_the_measure)
{
    paper *p = paper_open(true);
    bp_page *page = paper_page(p);
    const char *text = "By the end of the year the district had many accredited institutions, and "
                       "some of them were of national rank, as the office of statistics wrote.";
    const bp_span span = {.style = paper_style(p, 9), .text = text, .length = strlen(text)};
    bp_paragraph *paragraph = make_paragraph(p, &span, 1, BP_ALIGN_JUSTIFY, 150);
    size_t lines = bp_paragraph_line_count(paragraph);
    ck_assert_uint_gt(lines, 2);
    paper_ok(p, bp_page_paragraph(page, paragraph, 0, lines, 20, 30, &p->err));
    bp_paragraph_free(paragraph);
    save_checked(p);
    char out[8192];
    ck_assert_int_eq(paper_run(p, "pdftotext -bbox %s - | grep '<word'", out, sizeof out), 0);
    double edge = 0;
    size_t at_edge = 0;
    for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        double x = strtod(strstr(line, "xMax=\"") + 6, NULL);
        at_edge += fabs(x - 170) < 0.02;
        edge = fmax(edge, x);
    }
    ck_assert_double_lt(edge, 170.02);
    ck_assert_uint_eq(at_edge, lines - 1);
    paper_close(p);
}
END_TEST

START_TEST(soft_hyphens_inside_a_line_leave_no_trace)
{
    paper *p = paper_open(true);
    bp_page *page = paper_page(p);
    const char *text = "co\u00adoper\u00adation";
    const bp_span span = {.style = paper_style(p, 9), .text = text, .length = strlen(text)};
    bp_paragraph *paragraph = make_paragraph(p, &span, 1, BP_ALIGN_LEFT, 150);
    paper_ok(p, bp_page_paragraph(page, paragraph, 0, 1, 20, 30, &p->err));
    bp_paragraph_free(paragraph);
    save_checked(p);
    assert_reads(p, "cooperation");
    paper_close(p);
}
END_TEST

/* The texts that are told beside glyphs, in hexadecimal, with a blank behind each. None stands in
 * another. */
static void told_texts(const paper *p, char *out, size_t out_size)
{
    static const char open[] = "/Span<</ActualText<FEFF", close[] = "EMC\n";
    const char *at = p->pdf.bytes, *end = at + p->pdf.length;
    out[0] = '\0';
    while ((at = memmem(at, (size_t)(end - at), open, strlen(open))) != NULL) {
        at += strlen(open);
        size_t used = strlen(out), length = strcspn(at, ">");
        ck_assert_uint_lt(used + length + 2, out_size);
        (void)snprintf(out + used, out_size - used, "%.*s ", (int)length, at);
        const char *next = memmem(at, (size_t)(end - at), open, strlen(open));
        const char *closed = memmem(at, (size_t)(end - at), close, strlen(close));
        ck_assert_ptr_nonnull(closed);
        ck_assert(next == NULL || closed < next);
    }
}

static const bp_style *dejavu_style(paper *p)
{
    const char *families[] = {"DejaVu Sans"};
    return paper_style_as(
        p, (bp_style_spec){.families = families, .family_count = 1, .size = 10, .color = 0xff});
}

START_TEST(clusters_of_several_glyphs_are_told_beside_them)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    char told[512];
    bp_page *page = paper_page(p);
    paper_text(p, page, dejavu_style(p), -50, 20, "off"); /* Left of the page. */
    paper_text(p, page, dejavu_style(p), 20, 40, "office z\u0323\u0331a");
    save_checked(p);
    told_texts(p, told, sizeof told);
    ck_assert_str_eq(told, "007A03230331 "); /* Ligatures are not: their code stands for all. */
    assert_reads(p, "officez\u0323\u0331a");
    paper_close(p);
}
END_TEST

/* In a tree of structure there are no lines: a space parts the words. */
START_TEST(lines_that_end_by_hand_end_with_a_space)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    bp_page *page = paper_page(p);
    char out[512];
    const char *text = "HHH\nHH \nH";
    const bp_span span = {.style = dejavu_style(p), .text = text, .length = strlen(text)};
    bp_paragraph *paragraph = make_paragraph(p, &span, 1, BP_ALIGN_LEFT, 200);
    paper_ok(p, bp_page_begin_tag(page, "P", NULL, &p->err));
    paper_ok(p, bp_page_paragraph(page, paragraph, 0, 3, 20, 30, &p->err));
    paper_ok(p, bp_page_end_tag(page, &p->err));
    bp_paragraph_free(paragraph);
    save_checked(p);
    ck_assert_int_eq(paper_run(p, "pdfinfo -struct-text %s 2>&1", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "\"HHH HH H\""));
    paper_close(p);
}
END_TEST

/* Readers that go by the structure lose what stands behind such content within other. */
START_TEST(told_text_of_a_tag_is_content_of_its_own)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    bp_page *page = paper_page(p);
    paper_ok(p, bp_page_begin_tag(page, "P", NULL, &p->err));
    paper_text(p, page, dejavu_style(p), 20, 40, "az\u0323\u0331b");
    paper_ok(p, bp_page_end_tag(page, &p->err));
    paper_ok(p, bp_page_begin_artifact(page, "Layout", &p->err));
    paper_text(p, page, dejavu_style(p), 20, 60, "z\u0323\u0331");
    paper_ok(p, bp_page_end_artifact(page, &p->err));
    save_checked(p);
    ck_assert(contains(p, "/P<</MCID 0>>BDC\nBT\n"));
    ck_assert(contains(p, "ET\nEMC\n/Span<</MCID 1/ActualText<FEFF007A03230331>>>BDC\nBT\n"));
    ck_assert(contains(p, "ET\nEMC\n/P<</MCID 2>>BDC\nBT\n"));
    ck_assert(contains(p, "\n/Span<</ActualText<FEFF007A03230331>>>BDC\n")); /* The artifact's. */
    ck_assert(contains(p, "/K[0 1 2]"));
    assert_reads(p, "az\u0323\u0331bz\u0323\u0331");
    paper_close(p);
}
END_TEST

START_TEST(a_word_told_whole_tells_no_cluster_of_it_again)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    char told[512];
    const char *text = "z\u0323\u0331z\u0323\u0331z\u0323\u0331\u00adz\u0323\u0331z\u0323\u0331";
    const bp_span span = {.style = dejavu_style(p), .text = text, .length = strlen(text)};
    bp_paragraph *paragraph = make_paragraph(p, &span, 1, BP_ALIGN_LEFT, 23);
    ck_assert_uint_eq(bp_paragraph_line_count(paragraph), 2);
    paper_ok(p, bp_page_paragraph(paper_page(p), paragraph, 0, 2, 20, 30, &p->err));
    bp_paragraph_free(paragraph);
    save_checked(p);
    told_texts(p, told, sizeof told);
    ck_assert_str_eq(told, "007A03230331007A03230331007A03230331007A03230331007A03230331 0020 ");
    assert_reads(p, "z\u0323\u0331z\u0323\u0331z\u0323\u0331z\u0323\u0331z\u0323\u0331");
    paper_close(p);
}
END_TEST

/* A thin space between Han and Latin is room, not text. */
START_TEST(room_that_nobody_typed_is_no_space)
{
    paper *p = paper_open(true);
    const bp_style *style =
        paper_style_as(p, (bp_style_spec){.size = 10, .language = "zh", .color = 0xff});
    bp_page *page = paper_page(p);
    static const char text[] = "共有1,748家R&D机构";
    paper_text(p, page, style, 20, 40, text);
    const bp_span span = {.style = style, .text = text, .length = sizeof text - 1};
    bp_paragraph *paragraph = make_paragraph(p, &span, 1, BP_ALIGN_LEFT, 150);
    paper_ok(p, bp_page_paragraph(page, paragraph, 0, 1, 20, 60, &p->err));
    bp_paragraph_free(paragraph);
    save_checked(p);
    char out[512];
    ck_assert_int_eq(
        paper_run(p, "pdftotext -enc UTF-8 %s - | grep -cx '共有1,748家R&D机构'", out, sizeof out),
        0);
    ck_assert_str_eq(out, "2\n");
    paper_close(p);
}
END_TEST

START_TEST(text_from_right_to_left_reads_in_order)
{
    paper *p = paper_open(true);
    bp_page *page = paper_page(p);
    const char *families[] = {"DejaVu Sans"};
    const bp_style *style =
        paper_style_as(p, (bp_style_spec){.families = families, .family_count = 1, .size = 10});
    paper_text(p, page, style, 20, 40, "שלום עולם");
    save_checked(p);
    char out[256];
    ck_assert_int_eq(paper_run(p, "pdftotext %s - | tr -d '\\n\\f'", out, sizeof out), 0);
    ck_assert_msg(strstr(out, "שלום") != NULL && strstr(out, "עולם") != NULL, "%s", out);
    paper_close(p);
}
END_TEST

START_TEST(rises_and_tracking_are_written_and_undone)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
    bp_page *page = paper_page(p);
    const bp_style *raised =
        paper_style_as(p, (bp_style_spec){.size = 6, .rise = 3, .color = 0xff});
    const bp_style *tracked =
        paper_style_as(p, (bp_style_spec){.size = 10, .tracking = 50, .color = 0xff});
    const bp_style *plain = paper_style_as(p, (bp_style_spec){.size = 10, .color = 0xff});
    paper_text(p, page, raised, 20, 40, "2");
    paper_text(p, page, tracked, 20, 60, "WIDE");
    paper_text(p, page, plain, 20, 80, "m");
    save_checked(p);
    ck_assert(contains(p, "3 Ts\n"));
    ck_assert(contains(p, "0 Ts\n"));
    ck_assert(contains(p, "0.5 Tc\n"));
    ck_assert(contains(p, "0 Tc\n"));
    assert_reads(p, "2WIDEm");
    paper_close(p);
}
END_TEST

START_TEST(wrong_text_is_refused)
{
    for (int i = 0; i < 4; i++) {
        paper *p = paper_open(true);
        bp_page *page = paper_page(p);
        const bp_style *style = paper_style(p, 10);
        const bp_span span = {.style = style, .text = "a", .length = 1};
        bp_paragraph *paragraph = make_paragraph(p, &span, 1, BP_ALIGN_LEFT, 150);
        bool ok = i == 0   ? bp_page_text(page, p->shaper, style, "a\nb", 3, 0, 0, 0, NULL, &p->err)
                  : i == 1 ? bp_page_text(page, p->shaper, style, "a", 1, NAN, 0, 0, NULL, &p->err)
                  : i == 2 ? bp_page_text(page, p->shaper, style, "\xff", 1, 0, 0, 0, NULL, &p->err)
                           : bp_page_paragraph(page, paragraph, 0, 2, 0, 0, &p->err);
        ck_assert_msg(!ok, "case %d", i);
        ck_assert_int_ne(p->err.code, BP_OK);
        ck_assert(!bp_document_save(p->document, &p->err));
        bp_paragraph_free(paragraph);
        paper_close(p);
    }
}
END_TEST

START_TEST(an_unusual_character_is_not_lost_when_missing_is_allowed)
{
    paper *p = paper_open(true);
    const char *families[] = {"Inter"};
    const bp_style *style = paper_style_as(
        p, (bp_style_spec){
               .families = families, .family_count = 1, .size = 10, .allow_missing = true});
    paper_text(p, paper_page(p), style, 20, 40, "a年b");
    save_checked(p);
    assert_reads(p, "a年b");
    paper_close(p);
}
END_TEST

/* A string of PDF has a bound; a line of text has none. */
START_TEST(a_line_of_many_letters_is_several_strings)
{
    static const struct {
        const char *unit;
        size_t times;
    } cases[] = {{"H", 40000}, {"\u0416", 20000}};
    for (size_t i = 0; i < 2; i++) {
        paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, true);
        const bp_style *style = paper_style_as(
            p, (bp_style_spec){
                   .families = (const char *[]){"DejaVu Sans"}, .family_count = 1, .size = 1});
        bp_page *page = paper_page(p);
        bp_buf text = {0};
        for (size_t n = 0; n < cases[i].times; n++)
            ck_assert(bp_buf_text(&text, cases[i].unit));
        paper_text(p, page, style, 20, 40, text.bytes);
        bp_buf_clear(&text);
        paper_save(p);
        const char *at = memmem(p->pdf.bytes, p->pdf.length, "BT\n", 3);
        ck_assert_ptr_nonnull(at);
        const char *end = memmem(at, p->pdf.length - (size_t)(at - p->pdf.bytes), "\nET\n", 4);
        ck_assert_ptr_nonnull(end);
        size_t longest = 0, shown = 0;
        while ((at = memchr(at, '(', (size_t)(end - at))) != NULL) {
            const char *close = memchr(at, ')', (size_t)(end - at));
            ck_assert_ptr_nonnull(close);
            size_t length = (size_t)(close - at) - 1;
            shown += length;
            longest = length > longest ? length : longest;
            at = close;
        }
        ck_assert_uint_eq(shown, cases[i].times); /* Codes of one byte. */
        ck_assert_uint_le(longest, 32767);
        paper_close(p);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("show");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, plain_text_is_one_readable_string);
    tcase_add_test(tests, text_lines_are_lines_of_the_trace);
    tcase_add_loop_test(tests, every_character_comes_back, 0, 4);
    tcase_add_test(tests, codes_of_two_bytes_follow_those_of_one);
    tcase_add_loop_test(tests, glyphs_stray_less_than_a_hundredth_of_a_point, 0, 4);
    tcase_add_test(tests, alignment_counts_from_x);
    tcase_add_test(tests, justified_lines_end_at_the_measure);
    tcase_add_test(tests, soft_hyphens_inside_a_line_leave_no_trace);
    tcase_add_test(tests, clusters_of_several_glyphs_are_told_beside_them);
    tcase_add_test(tests, lines_that_end_by_hand_end_with_a_space);
    tcase_add_test(tests, told_text_of_a_tag_is_content_of_its_own);
    tcase_add_test(tests, a_word_told_whole_tells_no_cluster_of_it_again);
    tcase_add_test(tests, room_that_nobody_typed_is_no_space);
    tcase_add_test(tests, text_from_right_to_left_reads_in_order);
    tcase_add_test(tests, rises_and_tracking_are_written_and_undone);
    tcase_add_test(tests, wrong_text_is_refused);
    tcase_add_test(tests, an_unusual_character_is_not_lost_when_missing_is_allowed);
    tcase_add_test(tests, a_line_of_many_letters_is_several_strings);
    return run_suite("show", tests);
}
