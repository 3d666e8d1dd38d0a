/* The structure tree: what is drawn within tags is found again, in the order of reading. */
#include "../base/suite.h"
#include "paper.h"

static bool contains(const paper *p, const char *text)
{
    return memmem(p->pdf.bytes, p->pdf.length, text, strlen(text)) != NULL;
}

static const double numbers[] = {10, 20, 30, 40};
static const bp_path square = {"R", 1, numbers, 4};
static const bp_paint ink = {.has_fill = true, .fill = 0x000000ff};

static void dot(paper *p, bp_page *page)
{
    paper_ok(p, bp_page_path(page, &square, &ink, &p->err));
}

static void tag(paper *p, bp_page *page, const char *type, const bp_tag_options *options)
{
    paper_ok(p, bp_page_begin_tag(page, type, options, &p->err));
}

static void end(paper *p, bp_page *page)
{
    paper_ok(p, bp_page_end_tag(page, &p->err));
}

/* Something drawn in an element of its own. */
static void put(paper *p, bp_page *page, const char *type, const char *alt)
{
    tag(p, page, type, &(bp_tag_options){.alt = alt});
    dot(p, page);
    end(p, page);
}

/* Saves, has qpdf and poppler read it, and answers the tree as poppler tells it. */
static const char *saved_tree(paper *p, char *out, size_t size)
{
    paper_save(p);
    ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, size), 0);
    ck_assert_int_eq(paper_run(p, "pdfinfo -struct %s 2>&1", out, size), 0);
    return out;
}

/* That the words come in this order. */
static void in_order(const char *text, const char *const *words, size_t count)
{
    const char *at = text;
    for (size_t i = 0; i < count; i++) {
        at = strstr(at, words[i]);
        ck_assert_msg(at != NULL, "\"%s\" (word %zu) is not there, or not in order:\n%s", words[i],
                      i, text);
        at += strlen(words[i]);
    }
}

#define IN_ORDER(text, ...)                                                                        \
    do {                                                                                           \
        const char *const words_[] = {__VA_ARGS__};                                                \
        in_order(text, words_, sizeof words_ / sizeof words_[0]);                                  \
    } while (0)

START_TEST(elements_come_in_order_and_empty_ones_not_at_all)
{
    char out[8192];
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, "Div", NULL);
    tag(p, page, "P", NULL);
    end(p, page);
    end(p, page);
    tag(p, page, "L", &(bp_tag_options){.numbering = "Decimal"});
    tag(p, page, "LI", NULL);
    put(p, page, "Lbl", NULL);
    put(p, page, "LBody", NULL);
    end(p, page);
    end(p, page);
    put(p, page, "P", NULL);
    saved_tree(p, out, sizeof out);
    IN_ORDER(out, "Document", "L (block)", "LI (block)", "Lbl", "LBody", "P (block)");
    ck_assert_ptr_null(strstr(out, "Div"));
    ck_assert(contains(p, "/A<</O/List/ListNumbering/Decimal>>"));
    ck_assert(contains(p, "/MarkInfo<</Marked true>>"));
    ck_assert(contains(p, "/StructParents 0"));
    paper_close(p);
}
END_TEST

START_TEST(cells_are_there_also_where_they_hold_nothing)
{
    char out[8192];
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, "Table", NULL);
    tag(p, page, "TR", NULL);
    tag(p, page, "TH",
        &(bp_tag_options){.scope = "Column", .column_span = 2, .row_span = 3, .id = "here"});
    end(p, page);
    tag(p, page, "TD", &(bp_tag_options){.headers = "here there"});
    end(p, page);
    end(p, page);
    end(p, page);
    saved_tree(p, out, sizeof out);
    IN_ORDER(out, "Table", "TR", "TH", "TD");
    ck_assert(contains(p, "/A<</O/Table/Scope/Column/ColSpan 2/RowSpan 3>>"));
    ck_assert(contains(p, "/A<</O/Table/Headers[(here)(there)]>>"));
    ck_assert(contains(p, "/ID(here)"));
    ck_assert(contains(p, "/IDTree "));
    ck_assert(contains(p, "/Limits[(here)(here)]/Names[(here)"));
    paper_close(p);
}
END_TEST

START_TEST(an_element_goes_on_on_other_pages)
{
    char out[8192];
    const bp_tag_options going = {.id = "table"};
    paper *p = paper_open(false);
    for (int i = 0; i < 3; i++) {
        bp_page *page = paper_page(p);
        tag(p, page, "Div", &going);
        put(p, page, "P", NULL);
        dot(p, page);
        end(p, page);
        put(p, page, "H1", NULL);
        paper_ok(p, bp_page_finish(page, &p->err));
    }
    saved_tree(p, out, sizeof out);
    IN_ORDER(out, "Div", "P (block)", "P (block)", "P (block)", "H1", "H1", "H1");
    ck_assert_ptr_null(strstr(strstr(out, "Div") + 3, "Div"));
    ck_assert(contains(p, "/MCID 1>>")); /* On the second page. */
    ck_assert(contains(p, "/StructParents 2"));
    ck_assert(contains(p, "/ParentTreeNextKey 3"));
    paper_close(p);
}
END_TEST

START_TEST(what_is_drawn_later_is_read_where_its_place_was_kept)
{
    char out[8192];
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, "P", NULL);
    dot(p, page);
    paper_ok(p, bp_page_reserve_tag(page, "note", &p->err));
    dot(p, page);
    end(p, page);
    put(p, page, "H2", NULL);
    bp_page *next = paper_page(p);
    tag(p, next, "Note", &(bp_tag_options){.id = "note"});
    dot(p, next);
    end(p, next);
    put(p, next, "Note", NULL); /* An identifier is made for it. */
    paper_ok(p, bp_page_reserve_tag(next, "never", &p->err));
    saved_tree(p, out, sizeof out);
    IN_ORDER(out, "P (block)", "Note", "H2", "Note", "NonStruct");
    ck_assert(contains(p, " 0 R 1]")); /* What was drawn behind it is another piece of content. */
    ck_assert(contains(p, "/ID(note)"));
    ck_assert(contains(p, "/ID(note:"));
    paper_close(p);
}
END_TEST

START_TEST(sections_hold_what_follows_them)
{
    char out[8192];
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    put(p, page, "P", NULL);
    paper_ok(p, bp_page_begin_section(page, "Part", 1, &(bp_tag_options){.title = "One"}, &p->err));
    paper_ok(p, bp_page_begin_section(page, "Sect", 3, NULL, &p->err));
    put(p, page, "H1", NULL);
    page = paper_page(p);
    put(p, page, "Quote", NULL);
    paper_ok(p, bp_page_begin_section(page, "Sect", 2, NULL, &p->err));
    tag(p, page, "Div", NULL);
    paper_ok(p, bp_page_begin_section(page, "Part", 1, NULL, &p->err)); /* Not within a tag. */
    dot(p, page);
    end(p, page);
    paper_ok(p, bp_page_begin_section(page, "Art", 1, NULL, &p->err));
    put(p, page, "H2", NULL);
    paper_ok(p, bp_page_begin_section(page, "Sect", 1, NULL, &p->err)); /* Without content. */
    saved_tree(p, out, sizeof out);
    IN_ORDER(out, "Document\n", "  P (block)", "  Part", "    Sect", "      H1", "      Quote",
             "    Sect", "      Div", "  Art", "    H2");
    ck_assert_ptr_null(strstr(strstr(out, "Art"), "Sect"));
    ck_assert(contains(p, "/S/Part/T(One)"));
    paper_close(p);
}
END_TEST

START_TEST(figures_say_what_they_show_and_where)
{
    const double box[] = {10, 20, 30, 40};
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, "Figure",
        &(bp_tag_options){.alt = "A \"(square)\"", .language = "fr", .box = box});
    dot(p, page);
    end(p, page);
    tag(p, page, "Span", &(bp_tag_options){.actual_text = "up", .expansion = "upwards"});
    dot(p, page);
    end(p, page);
    paper_save(p);
    ck_assert(contains(p, "/S/Figure/Lang(fr)/Alt(A \"\\(square\\)\")"
                          "/A<</O/Layout/BBox[10 240 40 280]>>"));
    ck_assert(contains(p, "/S/Span/ActualText(up)/E(upwards)"));
    paper_close(p);
}
END_TEST

START_TEST(links_belong_to_an_element)
{
    char out[8192];
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, "Link", NULL);
    dot(p, page);
    paper_ok(p, bp_page_link(page, 0, 0, 9, 9, "https://a.example/", NULL, &p->err));
    end(p, page);
    paper_ok(p, bp_page_link(page, 0, 0, 9, 9, "https://b.example/", "B", &p->err));
    saved_tree(p, out, sizeof out);
    IN_ORDER(out, "Link", "Object", "Link", "Object");
    ck_assert(contains(p, "/StructParent 1\n"));
    ck_assert(contains(p, "/StructParent 2\n"));
    ck_assert(contains(p, "/Type/OBJR/Obj "));
    paper_close(p);
}
END_TEST

START_TEST(text_tells_what_its_parts_are)
{
    char out[8192];
    paper *p = paper_open_as((bp_document_options){.language = "en-GB"}, true);
    bp_page *page = paper_page(p);
    const bp_style *plain = paper_style(p, 10);
    const bp_style *french = paper_style_as(p, (bp_style_spec){.size = 10, .language = "fr"});
    const bp_span spans[] = {
        {.style = plain, .text = "See ", .length = 4},
        {.style = plain, .text = "the ", .length = 4, .link = "https://a.example/"},
        {.style = french, .text = "maison", .length = 6, .link = "https://a.example/"},
        {.style = plain, .text = "1", .length = 1, .role = {.tag = "Reference", .note = "n"}},
        {.style = french, .text = " bien ", .length = 6},
        {.style = plain, .text = "x = 1 ", .length = 6, .role = {.tag = "Code"}},
        {.style = plain, .text = "GDP", .length = 3, .role = {.expansion = "gross product"}},
    };
    bp_paragraph *paragraph = bp_paragraph_new(p->shaper, spans, sizeof spans / sizeof spans[0],
                                               &(bp_paragraph_options){.align = 0}, &p->err);
    paper_ok(p, paragraph != NULL);
    paper_ok(p, bp_paragraph_layout(paragraph, 60, &p->err)); /* Over several lines. */
    ck_assert_uint_gt(bp_paragraph_line_count(paragraph), 2);
    tag(p, page, "P", NULL);
    paper_ok(p, bp_page_paragraph(page, paragraph, 0, bp_paragraph_line_count(paragraph), 20, 20,
                                  &p->err));
    end(p, page);
    tag(p, page, "Note", &(bp_tag_options){.id = "n"});
    paper_text(p, page, plain, 20, 200, "A note.");
    end(p, page);
    bp_paragraph_free(paragraph);
    paper_save(p);
    ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out), 0);
    ck_assert_int_eq(paper_run(p, "pdfinfo -struct-text %s 2>&1", out, sizeof out), 0);
    IN_ORDER(out, "P (block)", "\"See \"", "Link", "Object", "\"the \"", "Span", "\"maison\"",
             "Reference", "\"1", "Note", "\"A note.\"", "Span", "bien", "Code", "\"x = 1", "Span",
             "\"GDP\"");
    ck_assert_ptr_nonnull(strstr(p->trace.bytes, "tag Code"));
    ck_assert_ptr_nonnull(strstr(p->trace.bytes, "expansion \"gross product\""));
    ck_assert_ptr_nonnull(strstr(p->trace.bytes, "tag Reference note \"n\""));
    paper_close(p);
}
END_TEST

static const struct {
    const char *type;
    bp_tag_options options;
    const char *says;
} wrong[] = {
    {"TableRow", {0}, "no such type: \"TableRow\""},
    {"H7", {0}, "no such type: \"H7\"; did you mean \"H1\"?"},
    {"Document", {0}, "no such type"},
    {"P", {.scope = "Rows"}, "the scope is Row, Column or Both, got \"Rows\""},
    {"L", {.numbering = "decimal"}, "no such numbering: \"decimal\""},
    {"P", {.id = "a"}, "the id \"a\" is that of a Div, and a P was begun with it"},
};

START_TEST(what_is_no_tag_is_told)
{
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, "Div", &(bp_tag_options){.id = "a"});
    end(p, page);
    ck_assert(!bp_page_begin_tag(page, wrong[_i].type, &wrong[_i].options, &p->err));
    ck_assert_msg(strstr(p->err.text, wrong[_i].says) != NULL, "%s", p->err.text);
    paper_close(p);
}
END_TEST

static const struct {
    const char *outer, *inner, *says;
} misplaced[] = {
    {"Div", "TR", "a TR within a Div: a TR belongs into a Table, THead, TBody or TFoot"},
    {"Table", "P", "a P within a Table: a Table holds Caption, TR, THead, TBody and TFoot"},
    {"Table", "TD", "a TD within a Table"},
    {"Div", "TD", "TH and TD belong into a TR"},
    {"P", "TBody", "THead, TBody and TFoot belong into a Table"},
    {"Div", "LI", "an LI belongs into an L"},
    {"L", "P", "an L holds LI, L and Caption"},
    {"Div", "LBody", "an LBody belongs into an LI"},
    {"TOC", "P", "a TOC holds TOCI, TOC and Caption"},
    {"Div", "TOCI", "a TOCI belongs into a TOC"},
};

START_TEST(what_stands_in_the_wrong_element_is_told)
{
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    tag(p, page, misplaced[_i].outer, NULL);
    ck_assert(!bp_page_begin_tag(page, misplaced[_i].inner, NULL, &p->err));
    ck_assert_msg(strstr(p->err.text, misplaced[_i].says) != NULL, "%s", p->err.text);
    paper_close(p);
}
END_TEST

START_TEST(without_tags_nothing_is_marked)
{
    paper *p = paper_open_as((bp_document_options){.no_tags = true}, false);
    bp_page *page = paper_page(p);
    put(p, page, "P", NULL);
    paper_ok(p, bp_page_reserve_tag(page, "a", &p->err));
    paper_ok(p, bp_page_begin_section(page, "Sect", 1, NULL, &p->err));
    paper_ok(p, bp_page_link(page, 0, 0, 9, 9, "https://a.example/", NULL, &p->err));
    dot(p, page);
    paper_save(p);
    ck_assert(!contains(p, "MCID") && !contains(p, "BMC") && !contains(p, "StructTreeRoot") &&
              !contains(p, "StructParent"));
    paper_close(p);
}
END_TEST

START_TEST(many_elements_take_little_memory)
{
    const int rows = 20000;
    paper *p = paper_open(false);
    bp_page *page = NULL;
    size_t before = 0;
    for (int i = 0; i < rows; i++) {
        if (i % 100 == 0) {
            if (page != NULL)
                paper_ok(p, bp_page_finish(page, &p->err));
            page = paper_page(p);
        }
        if (i == rows / 2)
            before = bp_mem.bytes - p->trace.capacity - p->pdf.capacity;
        tag(p, page, "Table", &(bp_tag_options){.id = "t"});
        tag(p, page, "TR", NULL);
        for (int k = 0; k < 6; k++)
            put(p, page, "TD", NULL);
        end(p, page);
        end(p, page);
    }
    size_t grown = bp_mem.bytes - p->trace.capacity - p->pdf.capacity - before;
    double each = (double)grown / ((double)rows / 2 * 7);
    ck_assert_msg(each < 150, "%.1f bytes an element", each);
    paper_save(p);
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("structure");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, elements_come_in_order_and_empty_ones_not_at_all);
    tcase_add_test(tests, cells_are_there_also_where_they_hold_nothing);
    tcase_add_test(tests, an_element_goes_on_on_other_pages);
    tcase_add_test(tests, what_is_drawn_later_is_read_where_its_place_was_kept);
    tcase_add_test(tests, sections_hold_what_follows_them);
    tcase_add_test(tests, figures_say_what_they_show_and_where);
    tcase_add_test(tests, links_belong_to_an_element);
    tcase_add_test(tests, text_tells_what_its_parts_are);
    tcase_add_loop_test(tests, what_is_no_tag_is_told, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_loop_test(tests, what_stands_in_the_wrong_element_is_told, 0,
                        sizeof misplaced / sizeof misplaced[0]);
    tcase_add_test(tests, without_tags_nothing_is_marked);
    tcase_add_test(tests, many_elements_take_little_memory);
    return run_suite("structure", tests);
}
