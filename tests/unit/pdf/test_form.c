/* Forms and gradients: what is drawn once comes out where it is shown; opacity along a gradient,
 * and of a group as one. */
#include "../base/suite.h"
#include "paper.h"
#include "pdf/form.h"
#include "pdf/image.h"
#include "pictures.h"

static const double square[] = {0, 0, 40, 40};
static const bp_path a_square = {"R", 1, square, 4};

static bool contains(const paper *p, const char *text)
{
    return memmem(p->pdf.bytes, p->pdf.length, text, strlen(text)) != NULL;
}

/* Saves, and answers the grey value of the point (x, y) of the only page, drawn at 72 dots an inch
 * without smoothing. */
static paper *open_plain(void)
{
    return paper_open_as((bp_document_options){.title = "Paper", .deflate_level = 0}, false);
}

static void check_file(paper *p)
{
    char out[2048];
    paper_save(p);
    int status = paper_run(p, "qpdf --check %s 2>&1", out, sizeof out);
    ck_assert_msg(status == 0, "%s", out);
}

static int grey_at(const paper *p, int x, int y)
{
    char command[200], out[64];
    (void)snprintf(command, sizeof command,
                   "pdftoppm -r 72 -gray %%s | tail -c 60000 | od -An -v -tu1 -w200 |"
                   " awk 'NR==%d {print $%d}'",
                   y + 1, x + 1);
    ck_assert_int_eq(paper_run(p, command, out, sizeof out), 0);
    return atoi(out);
}

START_TEST(a_radial_gradient_begins_in_its_middle)
{
    paper *p = open_plain();
    const bp_stop stops[] = {{0, 0x000000ff}, {1, 0xffffffff}};
    const bp_gradient gradient = {.x0 = 20,
                                  .y0 = 20,
                                  .x1 = 20,
                                  .y1 = 20,
                                  .r1 = 20,
                                  .is_radial = true,
                                  .stops = stops,
                                  .stop_count = 2};
    const bp_paint paint = {.gradient = &gradient};
    paper_ok(p, bp_page_path(paper_page(p), &a_square, &paint, &p->err));
    check_file(p);
    ck_assert(contains(p, "/ShadingType 3"));
    ck_assert(contains(p, "/Coords[20 280 0 20 280 20]"));
    ck_assert_int_lt(grey_at(p, 20, 20), 20);
    ck_assert_int_gt(grey_at(p, 36, 20), 180);
    paper_close(p);
}
END_TEST

START_TEST(stops_of_one_opacity_need_no_mask_and_others_do)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    bp_stop stops[] = {{0, 0x00000080}, {1, 0x00000080}};
    const double moved[6] = {40, 0, 0, 40, 100, 100};
    const double there[] = {100, 100, 40, 40};
    bp_gradient gradient = {.x1 = 1, .stops = stops, .stop_count = 2};
    const bp_path path = {"R", 1, there, 4};
    const bp_paint paint = {.gradient = &gradient};
    paper_ok(p, bp_page_path(page, &a_square, &paint, &p->err));
    stops[0].color = 0x000000ff;
    stops[1].color = 0x00000000;
    gradient.matrix = moved;
    for (int i = 0; i < 2; i++)
        paper_ok(p, bp_page_path(page, &path, &paint, &p->err));
    check_file(p);
    ck_assert_int_eq(grey_at(p, 20, 20) / 2, 63);
    ck_assert(contains(p, "/M0 "));
    ck_assert(!contains(p, "/M1 "));
    /* Twice over each other: the second lies on what the first left. */
    ck_assert_int_lt(grey_at(p, 102, 120), 30);
    ck_assert_int_gt(grey_at(p, 137, 120), 210);
    paper_close(p);
}
END_TEST

START_TEST(a_stroke_takes_a_gradient)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const bp_stop stops[] = {{0, 0x000000ff}, {1, 0xffffffff}};
    const bp_gradient gradient = {.x0 = 0, .x1 = 40, .stops = stops, .stop_count = 2};
    const double line[] = {0, 20, 40, 20};
    const bp_path path = {"ML", 2, line, 4};
    const bp_paint paint = {.has_stroke = true, .stroke_gradient = &gradient, .line_width = 10};
    paper_ok(p, bp_page_save(page, &p->err));
    paper_ok(p, bp_page_transform(page, 2, 0, 0, 2, 50, 60, &p->err));
    paper_ok(p, bp_page_path(page, &path, &paint, &p->err));
    paper_ok(p, bp_page_restore(page, &p->err));
    check_file(p);
    ck_assert(contains(p, "/PatternType 2"));
    ck_assert_int_lt(grey_at(p, 52, 100), 20);
    ck_assert_int_gt(grey_at(p, 127, 100), 235);
    ck_assert_int_eq(grey_at(p, 90, 115), 255);
    paper_close(p);
}
END_TEST

START_TEST(a_form_is_written_once_and_sets_its_own_state)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const bp_paint black = {.has_fill = true, .fill = 0x000000ff};
    const bp_paint faint = {.has_fill = true,
                            .fill = 0xcccccc40,
                            .has_stroke = true,
                            .stroke = 0xccccccff,
                            .line_width = 9};
    const double corner[] = {150, 250, 30, 30};
    const bp_path path = {"R", 1, corner, 4};
    paper_ok(p, bp_page_path(page, &path, &faint, &p->err)); /* A state to be dropped. */
    bp_page *form = bp_form_new(page, 40, 40, &p->err);
    paper_ok(p, form != NULL);
    paper_ok(p, bp_page_path(form, &a_square, &black, &p->err));
    uint32_t number = 0;
    paper_ok(p, bp_form_finish(form, false, &number, &p->err));
    bp_form_free(form);
    const double first[6] = {1, 0, 0, 1, 10, 10}, second[6] = {0, 0.5, -0.5, 0, 100, 10};
    paper_ok(p, bp_form_show(page, number, 40, first, 1, &p->err));
    paper_ok(p, bp_form_show(page, number, 40, second, 1, &p->err));
    check_file(p);
    ck_assert_int_eq(grey_at(p, 12, 12), 0);
    ck_assert_int_eq(grey_at(p, 48, 48), 0);
    ck_assert_int_eq(grey_at(p, 52, 30), 255);
    ck_assert_int_eq(grey_at(p, 82, 12), 0);
    ck_assert_int_eq(grey_at(p, 98, 28), 0);
    ck_assert_int_eq(grey_at(p, 78, 20), 255);
    ck_assert(contains(p, "/X0 "));
    ck_assert(!contains(p, "/X1 "));
    paper_close(p);
}
END_TEST

START_TEST(a_group_is_faded_as_one)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const bp_paint black = {.has_fill = true, .fill = 0x000000ff};
    bp_page *form = bp_form_new(page, 40, 40, &p->err);
    paper_ok(p, form != NULL);
    for (int i = 0; i < 2; i++)
        paper_ok(p, bp_page_path(form, &a_square, &black, &p->err));
    uint32_t number = 0;
    paper_ok(p, bp_form_finish(form, true, &number, &p->err));
    bp_form_free(form);
    const double matrix[6] = {1, 0, 0, 1, 0, 0};
    paper_ok(p, bp_form_show(page, number, 40, matrix, 0.5, &p->err));
    check_file(p);
    ck_assert_int_eq(grey_at(p, 20, 20) / 2,
                     63); /* Not a quarter: one black on another is one black. */
    paper_close(p);
}
END_TEST

START_TEST(colours_are_multiplied_with_what_lies_below)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const bp_paint grey = {.has_fill = true, .fill = 0x808080ff};
    paper_ok(p, bp_page_path(page, &a_square, &grey, &p->err));
    paper_ok(p, bp_page_save(page, &p->err));
    paper_ok(p, bp_page_blend(page, BP_BLEND_MULTIPLY, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &grey, &p->err));
    paper_ok(p, bp_page_blend(page, BP_BLEND_NORMAL, &p->err));
    const double other[] = {60, 0, 40, 40};
    const bp_path path = {"R", 1, other, 4};
    for (int i = 0; i < 2; i++)
        paper_ok(p, bp_page_path(page, &path, &grey, &p->err));
    paper_ok(p, bp_page_restore(page, &p->err));
    check_file(p);
    ck_assert_int_eq(grey_at(p, 20, 20), 64);
    ck_assert_int_eq(grey_at(p, 80, 20), 128);
    paper_close(p);
}
END_TEST

/* A page of its own that shows a square so; `form` is shown instead where it is not negative. */
static bp_page *add_square(paper *p, uint32_t color, int form)
{
    static const double matrix[6] = {1, 0, 0, 1, 0, 0};
    bp_page *page = paper_page(p);
    if (form >= 0)
        paper_ok(p, bp_form_show(page, (uint32_t)form, 40, matrix, 1, &p->err));
    else
        paper_ok(p, bp_page_path(page, &a_square, &(bp_paint){.has_fill = true, .fill = color},
                                 &p->err));
    return page;
}

START_TEST(pages_with_transparency_are_mixed_in_srgb)
{
    static const bp_stop stops[] = {{0, 0x00000000}, {1, 0x000000ff}};
    static const bp_gradient fading = {.x1 = 40, .stops = stops, .stop_count = 2};
    for (int i = 0; i < 8; i++) {
        paper *p = open_plain();
        bp_page *made = paper_page(p); /* Where forms are made. */
        uint32_t number = 0;
        bp_page *form = bp_form_new(made, 40, 40, &p->err);
        const bp_paint paint = {.has_fill = true, .fill = i == 7 ? 0x00000080 : 0x000000ff};
        paper_ok(p, bp_page_path(form, &a_square, &paint, &p->err));
        paper_ok(p, bp_form_finish(form, false, &number, &p->err));
        bp_form_free(form);
        bp_page *page = NULL;
        bp_buf png = {0};
        switch (i) {
        case 0: /* Nothing shines through. */
            add_square(p, 0x123456ff, -1);
            break;
        case 1:
            add_square(p, 0x12345680, -1);
            break;
        case 2:
            page = paper_page(p);
            paper_ok(p, bp_page_blend(page, BP_BLEND_MULTIPLY, &p->err));
            paper_ok(p, bp_page_path(page, &a_square, &(bp_paint){.has_fill = true, .fill = 0xff},
                                     &p->err));
            break;
        case 3:
            page = paper_page(p);
            paper_ok(p, bp_page_path(page, &a_square, &(bp_paint){.gradient = &fading}, &p->err));
            break;
        case 4:
        case 5:
            picture_png(&png, (png_spec){4, 4, 8, i == 4 ? 6 : 2, 0, false, 0, 3});
            bp_image *image =
                bp_image_parse("pic", (const unsigned char *)png.bytes, png.length, &p->err);
            paper_ok(p, image != NULL);
            paper_ok(p, bp_page_image(paper_page(p), image, 0, 0, 30, 30, &p->err));
            bp_image_drop(image);
            break;
        default:
            add_square(p, 0, (int)number);
        }
        bp_buf_clear(&png);
        check_file(p);
        bool has = i != 0 && i != 5 && i != 6;
        ck_assert_msg(contains(p, "/Group<</S/Transparency/CS/DeviceRGB>>") == has, "page %d", i);
        paper_close(p);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("form");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_radial_gradient_begins_in_its_middle);
    tcase_add_test(tests, stops_of_one_opacity_need_no_mask_and_others_do);
    tcase_add_test(tests, a_stroke_takes_a_gradient);
    tcase_add_test(tests, a_form_is_written_once_and_sets_its_own_state);
    tcase_add_test(tests, a_group_is_faded_as_one);
    tcase_add_test(tests, colours_are_multiplied_with_what_lies_below);
    tcase_add_test(tests, pages_with_transparency_are_mixed_in_srgb);
    return run_suite("form", tests);
}
