/* SVG: what is drawn, step by step as the trace has it, and what is refused, with its place. How
 * the drawings of other programs look is compared in tests/cli/svg.bats. */
#include "../base/suite.h"
#include "paper.h"
#include "pdf/image.h"

#define HEAD "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>"

/* The steps that a drawing of this content leaves in the trace; they live as long as `p`. */
static const char *draw_whole(paper *p, const char *svg, const bp_image_look *look)
{
    bp_image *image = bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &p->err);
    paper_ok(p, image != NULL);
    bp_page *page = paper_page(p);
    size_t from = p->trace.length;
    bool ok = bp_page_drawing(page, image, 0, 0, bp_image_width_pixels(image),
                              bp_image_height_pixels(image), look, &p->err);
    bp_image_drop(image);
    paper_ok(p, ok);
    char *steps = p->trace.bytes + from;
    char *begin = strchr(steps, '\n') + 1, *end = strstr(steps, "end drawing");
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    return begin;
}

static const char *draw(paper *p, const char *content)
{
    static char svg[4096];
    const bp_image_look look = {0};
    (void)snprintf(svg, sizeof svg, "%s%s</svg>", HEAD, content);
    return draw_whole(p, svg, &look);
}

static const struct {
    const char *content, *steps;
} drawn[] = {
    /* Shapes. */
    {"<rect x='1' y='2' width='3' height='4'/>", "path M 1 2 L 4 2 L 4 6 L 1 6 Z fill #000000\n"},
    {"<rect width='0' height='4'/><circle r='0'/><path/><polyline/>", ""},
    {"<line x1='10%' y2='50%' stroke='red'/>", "path M 20 0 L 0 50 stroke #ff0000 1 miter 4\n"},
    {"<polygon points='0,0 10,0,10 10' fill='#0f08'/>",
     "path M 0 0 L 10 0 L 10 10 Z fill #00ff0088\n"},
    {"<polyline points='0 0 10 0'/>", "path M 0 0 L 10 0 fill #000000\n"},
    /* Path data. */
    {"<path d='M1 1l1,1-1 .5.5.0H0v3z m5 5 1 1'/>",
     "path M 1 1 L 2 2 L 1 2.5 L 1.5 2.5 L 0 2.5 L 0 5.5 Z M 6 6 L 7 7 fill #000000\n"},
    {"<path d='m0 0c0 5 5 5 5 0s5-5 5 0'/>",
     "path M 0 0 C 0 5 5 5 5 0 C 5 -5 10 -5 10 0 fill #000000\n"},
    {"<path d='M0 0Q3 3 6 0T12 0'/>", "path M 0 0 C 2 2 4 2 6 0 C 8 -2 10 -2 12 0 fill #000000\n"},
    {"<path d='M0 0s1 1 2 2zl1 0'/>", "path M 0 0 C 0 0 1 1 2 2 Z M 0 0 L 1 0 fill #000000\n"},
    {"<path d='M10 0a10 10 0 0120 0'/>",
     "path M 10 0 C 10 -5.523 14.477 -10 20 -10 C 25.523 -10 30 -5.523 30 0 fill #000000\n"},
    {"<path d='M0 0A0 5 0 1 1 9 9'/>", "path M 0 0 L 9 9 fill #000000\n"},
    {"<path d='M0 0A1 1 0 0 0 20 0'/>",
     "path M 0 0 C 0 5.523 4.477 10 10 10 C 15.523 10 20 5.523 20 0 fill #000000\n"},
    /* Transforms. */
    {"<g transform='translate(10) scale(2,2)'><path d='M1 1h1' transform='rotate(90)'"
     " stroke='#000' fill='none' stroke-width='3'/></g>",
     "path M 8 2 L 8 4 stroke #000000 6 miter 4\n"},
    {"<path transform='matrix(1 0 0 1 5 6), skewX(45)' d='M0 0V1'/>",
     "path M 5 6 L 6 7 fill #000000\n"},
    {"<path d='M0 0h4' transform='scale(4 1)' stroke='#000' fill='none'/>",
     "save\ntransform 2 0 0 0.5 0 0\npath M 0 0 L 8 0 stroke #000000 2 miter 4\nrestore\n"},
    {"<path d='M0 0h4' transform='scale(0)'/>", ""},
    /* Styles: attribute, sheet, style; inheritance. */
    {"<style>.a{fill:blue}path.a{fill:lime}#i{fill:red}*{stroke:none}</style>"
     "<path class='b a' fill='white' d='M0 0h1'/><path id='i' class='a' d='M0 0h1'/>"
     "<path id='j' class='a' style='fill:#123;' d='M0 0h1'/>",
     "path M 0 0 L 1 0 fill #00ff00\npath M 0 0 L 1 0 fill #ff0000\n"
     "path M 0 0 L 1 0 fill #112233\n"},
    {"<g color='#345' fill='currentColor' fill-rule='evenodd'><path d='M0 0h1' color='#678'/></g>",
     "path M 0 0 L 1 0 fill #667788 even-odd\n"},
    {"<path d='M0 0h1' fill='rgb(10%, 20%, 30%)' fill-opacity='50%' opacity='.5'/>",
     "path M 0 0 L 1 0 fill #1a334d40\n"},
    {"<path d='M0 0h1' fill='light-dark(rgb(1,2,3), #fff)'/>", "path M 0 0 L 1 0 fill #010203\n"},
    {"<path d='M0 0h1' fill='none' stroke='hsl(120 100% 25% / .5)' stroke-dasharray='3'"
     " stroke-dashoffset='-1' stroke-linecap='round' stroke-linejoin='bevel'/>",
     "path M 0 0 L 1 0 stroke #00800080 1 cap 1 join 2 miter 4 dash 3 3 phase 5\n"},
    {"<path d='M0 0h1' style='display:none'/><g visibility='hidden'><path d='M0 0h1'/>"
     "<path d='M0 0h2' visibility='visible'/></g>",
     "path M 0 0 L 2 0 fill #000000\n"},
    {"<path d='M0 0h1' stroke='red' paint-order='stroke'/>",
     "path M 0 0 L 1 0 stroke #ff0000 1 miter 4\npath M 0 0 L 1 0 fill #000000\n"},
    {"<path d='M0 0h1' stroke='red' stroke-opacity='.5'/>",
     "path M 0 0 L 1 0 fill #000000\npath M 0 0 L 1 0 stroke #ff000080 1 miter 4\n"},
    {"<path d='M0 0h1' style='mix-blend-mode:multiply'/>",
     "save\nblend 1\npath M 0 0 L 1 0 fill #000000\nrestore\n"},
    /* References, viewports, switches. */
    {"<defs><path id='p' d='M0 0h1'/></defs><use href='#p' x='2' y='3' fill='red'/>",
     "path M 2 3 L 3 3 fill #ff0000\n"},
    {"<symbol id='s' viewBox='0 0 2 1'><path d='M0 0h1'/></symbol>"
     "<use href='#s' width='8' height='8'/>",
     "save\nclip M 0 0 L 8 0 L 8 8 L 0 8 Z\npath M 0 2 L 4 2 fill #000000\nrestore\n"},
    {"<svg x='10' width='20' height='10' viewBox='0 0 10 10' preserveAspectRatio='xMaxYMin'"
     " overflow='visible'><path d='M0 0h1'/></svg>",
     "path M 20 0 L 21 0 fill #000000\n"},
    {"<svg width='20' height='10' viewBox='0 0 10 10' preserveAspectRatio='none'"
     " overflow='visible'><path d='M0 0l1 1'/></svg>",
     "path M 0 0 L 2 1 fill #000000\n"},
    {"<switch><foreignObject requiredExtensions='x'/><g><path d='M0 0h1'/></g>"
     "<path d='M0 0h2'/></switch>",
     "path M 0 0 L 1 0 fill #000000\n"},
    /* What nobody draws. */
    {"<metadata><x/></metadata><defs><filter/><foo/></defs><desc>d</desc><marker><path/></marker>"
     "<x:g xmlns:x='other'><path d='M0 0h1'/></x:g>",
     ""},
    /* Clips. */
    {"<clipPath id='c'><rect width='4' height='4'/><path d='M0 0v9h9z'/></clipPath>"
     "<path clip-path='url(#c)' d='M0 0h1'/>",
     "save\nclip M 0 0 L 4 0 L 4 4 L 0 4 Z M 9 9 L 0 9 L 0 0 Z\npath M 0 0 L 1 0 fill "
     "#000000\nrestore\n"},
    {"<clipPath id='c' clipPathUnits='objectBoundingBox'><rect width='.5' height='1'/></clipPath>"
     "<rect x='10' width='20' height='10' clip-path='url(#c)'/>",
     "save\nclip M 10 0 L 20 0 L 20 10 L 10 10 Z\npath M 10 0 L 30 0 L 30 10 L 10 10 Z fill "
     "#000000\nrestore\n"},
    /* Gradients. */
    {"<linearGradient id='a'><stop stop-color='red'/><stop offset='1' stop-opacity='.5'/>"
     "</linearGradient><linearGradient id='b' href='#a' gradientTransform='translate(1)'/>"
     "<rect width='20' height='10' fill='url(#b)'/>",
     "path M 0 0 L 20 0 L 20 10 L 0 10 Z gradient 0 0 1 0 matrix 20 0 0 10 20 0 0 #ff0000 1 "
     "#00000080\n"},
    {"<radialGradient id='a' gradientUnits='userSpaceOnUse' cx='5' cy='5' r='5' fx='100'>"
     "<stop stop-color='red'/><stop offset='.5'/></radialGradient>"
     "<path d='M0 0h9v9' stroke='url(#a)' fill='none'/>",
     "path M 0 0 L 9 0 L 9 9 stroke gradient 9.995 5 5 5 radii 0 5 matrix 1 0 0 1 0 0 0 #ff0000 "
     "0.5 #000000 1 miter 4\n"},
    {"<linearGradient id='a'><stop stop-color='red'/></linearGradient>"
     "<linearGradient id='e'/><rect width='2' height='1' fill='url(#a)' stroke='url(#e)'/>",
     "path M 0 0 L 2 0 L 2 1 L 0 1 Z fill #ff0000\n"},
};

START_TEST(content_is_drawn_as_the_standard_says)
{
    paper *p = paper_open(false);
    const char *steps = draw(p, drawn[_i].content);
    ck_assert_str_eq(steps, drawn[_i].steps);
    paper_save(p);
    char out[2048];
    ck_assert_msg(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out) == 0, "%s", out);
    paper_close(p);
}
END_TEST

static const struct {
    const char *svg, *place, *text;
} refused[] = {
    /* While it is read. */
    {"<html/>", "d.svg:1:1", "expected a drawing, <svg>, found <html>"},
    {"<svg xmlns='http://www.w3.org/1999/xhtml' width='1' height='1'/>", "d.svg:1:1", "expected"},
    {HEAD "\n <g>", "d.svg:2:5", "no good XML: no element found"},
    {HEAD "<g></h></svg>", "d.svg:1:", "no good XML: mismatched tag"},
    {"<!DOCTYPE svg [<!ENTITY a 'b'>]>\n" HEAD "&a;</svg>",
     "d.svg:1:", "entities are not expanded"},
    {"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>\n" HEAD "<text>&a;</text></svg>",
     "d.svg:2:", "is not known"},
    {"<svg xmlns='http://www.w3.org/2000/svg'/>", "d.svg:1:1", "the drawing has no size"},
    {"<svg xmlns='http://www.w3.org/2000/svg' width='-1'/>", "d.svg:1:1", "no length above 0"},
    {"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1'/>", "d.svg:1:1", "four numbers"},
    {HEAD "<style>g > path{fill:red}</style></svg>", "d.svg:1:", "\"g > path\" is not supported"},
    {HEAD "<style>@import 'x.css';</style></svg>", "d.svg:1:", "\"@import"},
    /* While it is drawn. */
    {HEAD "\n<path d='M0 0 L x'/></svg>", "d.svg:2:1", "character 8 (\"x\")"},
    {HEAD "<path d='L0 0'/></svg>", "d.svg:1:", "character 1"},
    {HEAD "<path d='M0 0' fill='reddish'/></svg>",
     "d.svg:1:", "fill \"reddish\" is not understood"},
    {HEAD "<path d='M0 0h1' fill='url(#no)'/></svg>", "d.svg:1:", "\"#no\" is not there"},
    {HEAD "<path d='M0 0h1' fill='url(http://a/b.svg#c)'/></svg>",
     "d.svg:1:", "nothing outside of the file"},
    {HEAD "<path d='M0 0h1' fill='light-dark(light-dark(red,lime),lime)'/></svg>",
     "d.svg:1:", "fill \"light-dark("},
    /* What pages say is the drawing's fault too. */
    {HEAD "<g>\n<path d='M1e8 0h1'/></g></svg>", "d.svg:2:1", "larger than 1000000 points"},
    {HEAD "\n<path d='M0 0h1' stroke='red' stroke-width='1e9'/></svg>", "d.svg:2:1", "line width"},
    {HEAD "<pattern id='p'/><path d='M0 0h1' fill='url(#p)'/></svg>", "d.svg:1:", "<pattern>"},
    {HEAD "<path d='M0 0h1' filter='url(#f)'/></svg>",
     "d.svg:1:", "export the drawing without effects"},
    {HEAD "<path d='M0 0h1' style='marker-end:url(#f)'/></svg>", "d.svg:1:", "marker-end"},
    {HEAD "<g style='mix-blend-mode:hue'/></svg>", "d.svg:1:", "mix-blend-mode: hue"},
    {HEAD "<image href='a.png'/></svg>", "d.svg:1:", "<image> is not supported; place the picture"},
    {HEAD "<script>x</script></svg>", "d.svg:1:", "<script> is not supported"},
    {HEAD "<use href='other.svg#a'/></svg>", "d.svg:1:", "only \"#name\" in the same file"},
    {HEAD "<g id='a'><use href='#a'/></g></svg>", "d.svg:1:", "an element that it is in"},
    {HEAD "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>",
     "d.svg:1:", "more than 200 deep"},
    {HEAD "<linearGradient id='a' href='#a'/><path d='M0 0h1' fill='url(#a)'/></svg>",
     "d.svg:1:", "in a ring"},
    {HEAD "<linearGradient id='a' spreadMethod='reflect'/><path d='M0 0h1' fill='url(#a)'/></svg>",
     "d.svg:1:", "use pad"},
    {HEAD "<clipPath id='c'><text>a</text></clipPath><path clip-path='url(#c)' d='M0 0h1'/></svg>",
     "d.svg:1:", "clip with shapes"},
    {HEAD "<path transform='turn(3)' d='M0 0h1'/></svg>", "d.svg:1:", "transform=\"turn(3)\""},
    {HEAD "<text>a</text></svg>", "d.svg:1:", "needs a style to be set in"},
    {HEAD "<text stroke='red'>a</text></svg>", "d.svg:1:", "text with an outline"},
    {HEAD "<text>a<textPath>b</textPath></text></svg>", "d.svg:1:", "<textPath>"},
    {HEAD "<text rotate='10 20'>a</text></svg>", "d.svg:1:", "rotate is not supported"},
};

START_TEST(what_is_not_understood_is_told_with_its_place)
{
    paper *p = paper_open(false);
    const bp_image_look look = {0};
    const char *svg = refused[_i].svg;
    bp_image *image = bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &p->err);
    if (image != NULL)
        ck_assert(!bp_page_drawing(paper_page(p), image, 0, 0, 10, 10, &look, &p->err));
    bp_image_drop(image);
    ck_assert_int_eq(p->err.code, BP_ERR_RESOURCE);
    ck_assert_msg(strncmp(p->err.place, refused[_i].place, strlen(refused[_i].place)) == 0,
                  "%s: %s", p->err.place, p->err.text);
    ck_assert_msg(strstr(p->err.text, refused[_i].text) != NULL, "%s", p->err.text);
    paper_close(p);
}
END_TEST

/* 2 to the 30th elements, were they drawn. */
START_TEST(a_bomb_of_references_is_bounded)
{
    bp_buf svg = {0};
    paper *p = paper_open(false);
    const bp_image_look look = {0};
    ck_assert(bp_buf_text(&svg, HEAD "<path id='a0' d='M0 0h1'/>"));
    for (int i = 1; i <= 30; i++)
        ck_assert(bp_buf_format(&svg, "<g id='a%d'><use href='#a%d'/><use href='#a%d'/></g>", i,
                                i - 1, i - 1));
    ck_assert(bp_buf_text(&svg, "</svg>"));
    bp_image *image =
        bp_image_parse("d.svg", (const unsigned char *)svg.bytes, svg.length, &p->err);
    bp_buf_clear(&svg);
    paper_ok(p, image != NULL);
    ck_assert(!bp_page_drawing(paper_page(p), image, 0, 0, 10, 10, &look, &p->err));
    bp_image_drop(image);
    ck_assert_ptr_nonnull(strstr(p->err.text, "elements are drawn"));
    paper_close(p);
}
END_TEST

START_TEST(sizes_are_pixels_of_a_96th_of_an_inch)
{
    static const struct {
        const char *attributes;
        double width, height;
    } cases[] = {
        {"width='2in' height='25.4mm'", 192, 96},
        {"width='100%' height='100%' viewBox='0 0 30 20'", 30, 20},
        {"viewBox='5 5 30 20'", 30, 20},
        {"width='60' viewBox='0 0 30 20'", 60, 40},
        {"height='10pt' viewBox='0,0,30,20'", 20, 40.0 / 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char svg[200];
        bp_error err = {0};
        (void)snprintf(svg, sizeof svg, "<svg xmlns='http://www.w3.org/2000/svg' %s/>",
                       cases[i].attributes);
        bp_image *image = bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &err);
        ck_assert_msg(image != NULL, "%s", err.text);
        ck_assert_double_eq_tol(bp_image_width_pixels(image), cases[i].width, 1e-9);
        ck_assert_double_eq_tol(bp_image_height_pixels(image), cases[i].height, 1e-9);
        ck_assert_double_eq(bp_image_dpi(image), 96);
        ck_assert(bp_image_is_drawing(image));
        bp_image_drop(image);
    }
}
END_TEST

START_TEST(a_drawing_says_what_it_shows)
{
    static const char svg[] = HEAD "<desc>Long</desc><title> The\n  title </title></svg>";
    bp_error err = {0};
    bp_image *image = bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &err);
    ck_assert_ptr_nonnull(image);
    ck_assert_str_eq(bp_image_title(image), "The title");
    bp_image_drop(image);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(other_encodings_are_read)
{
    static const unsigned char latin[] =
        "<?xml version='1.0' encoding='ISO-8859-1'?>" HEAD "<title>\xe9</title></svg>";
    bp_error err = {0};
    bp_image *image = bp_image_parse("d.svg", latin, sizeof latin - 1, &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    ck_assert_str_eq(bp_image_title(image), "\u00e9");
    bp_image_drop(image);
}
END_TEST

START_TEST(text_stays_text)
{
    paper *p = paper_open(true);
    const bp_style *style = paper_style(p, 9);
    const bp_image_look look = {.shaper = p->shaper, .style = style};
    const char *steps = draw_whole(p,
                                   HEAD "<text x='10' y='20' font-size='10' fill='#c00'>Ten "
                                        "<tspan font-weight='bold'>dozen</tspan></text></svg>",
                                   &look);
    ck_assert_ptr_nonnull(strstr(steps, "\"Ten \""));
    ck_assert_ptr_nonnull(strstr(steps, "\"dozen\""));
    paper_save(p);
    char out[256];
    ck_assert_int_eq(paper_run(p, "pdftotext %s -", out, sizeof out), 0);
    ck_assert_msg(strncmp(out, "Ten dozen", 9) == 0, "%s", out);
    paper_close(p);
}
END_TEST

START_TEST(anchors_hold_for_all_that_follows_a_place)
{
    paper *p = paper_open(true);
    const bp_style *style = paper_style(p, 9);
    const bp_image_look look = {.shaper = p->shaper, .style = style};
    const char *steps = draw_whole(
        p,
        HEAD "<g font-size='10'><text x='100' y='20' text-anchor='end'>ab<tspan>cd"
             "</tspan></text><text x='100' y='40' text-anchor='end'>abcd</text></g></svg>",
        &look);
    double first = 0, second = 0, third = 0;
    const char *line = strstr(steps, "text ");
    ck_assert_ptr_nonnull(line);
    ck_assert_int_eq(sscanf(line, "text %lf", &first), 1);
    line = strstr(line + 1, "text ");
    ck_assert_int_eq(sscanf(line, "text %lf", &second), 1);
    line = strstr(line + 1, "text ");
    ck_assert_int_eq(sscanf(line, "text %lf", &third), 1);
    ck_assert_double_eq_tol(first, third, 0.2); /* Kerning between the parts is lost. */
    ck_assert_double_gt(second, first + 5);
    paper_close(p);
}
END_TEST

START_TEST(wrong_characters_are_told_with_their_place)
{
    static const char *const texts[] = {"\U00013000", "a\x7f"};
    paper *p = paper_open(true);
    static const char *const families[] = {"Inter"};
    const bp_style *style =
        paper_style_as(p, (bp_style_spec){.families = families, .family_count = 1, .size = 9});
    const bp_image_look look = {.shaper = p->shaper, .style = style};
    char svg[200];
    (void)snprintf(svg, sizeof svg, "%s\n<text>%s</text></svg>", HEAD, texts[_i]);
    bp_image *image = bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &p->err);
    paper_ok(p, image != NULL);
    ck_assert(!bp_page_drawing(paper_page(p), image, 0, 0, 10, 10, &look, &p->err));
    bp_image_drop(image);
    ck_assert_str_eq(p->err.place, "d.svg:2:1");
    ck_assert_int_eq(p->err.code, BP_ERR_RESOURCE);
    paper_close(p);
}
END_TEST

START_TEST(a_drawing_is_written_once_for_each_look)
{
    static const char svg[] = HEAD "<path d='M0 0h10v10z' stroke='currentColor'/></svg>";
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, false);
    bp_page *page = paper_page(p);
    bp_image *image = bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &p->err);
    const bp_image_look red = {.has_ink = true, .ink = 0xff0000ff}, plain = {0};
    for (int i = 0; i < 3; i++)
        paper_ok(p, bp_page_drawing(page, image, 0, 20 * i, 20, 10, &plain, &p->err));
    for (int i = 0; i < 2; i++)
        paper_ok(p, bp_page_drawing(page, image, 50, 20 * i, 20, 10, &red, &p->err));
    bp_image_drop(image);
    paper_save(p);
    size_t forms = 0, shown = 0;
    for (size_t at = 0; at + 12 < p->pdf.length; at++) {
        forms += memcmp(p->pdf.bytes + at, "/Subtype/For", 12) == 0;
        shown += memcmp(p->pdf.bytes + at, "cm /X", 5) == 0;
    }
    ck_assert_uint_eq(forms, 2);
    ck_assert_uint_eq(shown, 5);
    ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, "1 0 0 rg", 8));
    paper_close(p);
}
END_TEST

/* Each block on the way refused once, and all from each one on. */
START_TEST(refused_blocks_are_an_error_and_leak_nothing)
{
    static const char svg[] =
        HEAD "<title>t</title><style>.a{fill:#123}</style><defs><linearGradient id='g'><stop/>"
             "<stop offset='1' stop-opacity='0'/></linearGradient><clipPath id='c'>"
             "<path d='M0 0v9h9z'/><circle r='5'/></clipPath></defs><g opacity='.5' clip-path="
             "'url(#c)'><rect class='a' width='9' height='9' rx='2' stroke='url(#g)'/>"
             "<path d='M0 0a5 5 0 0 1 9 9' fill='url(#g)'/></g><text x='9' y='20' font-size='9'>Wo"
             "<tspan>rd</tspan></text></svg>";
    paper *p = paper_open(true);
    const bp_style *style = paper_style(p, 9);
    const bp_image_look look = {.shaper = p->shaper, .style = style};
    for (int all = 0; all < 2; all++) {
        long n = 0;
        for (bool refused_any = true; refused_any; n++) {
            bp_error err = {0};
            bp_buf out = {0};
            long live = bp_mem.live;
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all == 1;
            const bp_document_options options = {.deflate_level = 1, .out = bp_sink_to_buf(&out)};
            bp_document *document = bp_document_new(&options, &err);
            bp_page *page = document ? bp_document_add_page(document, 200, 300, &err) : NULL;
            bp_image *image =
                page ? bp_image_parse("d.svg", (const unsigned char *)svg, strlen(svg), &err)
                     : NULL;
            bool ok = image != NULL && bp_page_drawing(page, image, 0, 0, 50, 50, &look, &err) &&
                      bp_document_save(document, &err);
            bp_image_drop(image);
            bp_document_free(document);
            bp_buf_clear(&out);
            refused_any = bp_mem.refused > 0 || n == 0;
            bp_mem.fail_at = 0;
            ck_assert_msg(ok == (bp_mem.refused == 0), "block %ld: %s", n, err.text);
            ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
            /* Words that were shaped stay in the shaper. */
            ck_assert_msg(bp_mem.live - live < 40, "block %ld: %ld leaked", n, bp_mem.live - live);
        }
        ck_assert_int_gt(n, 100);
    }
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("svg");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, content_is_drawn_as_the_standard_says, 0,
                        (int)(sizeof drawn / sizeof drawn[0]));
    tcase_add_loop_test(tests, what_is_not_understood_is_told_with_its_place, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tests, a_bomb_of_references_is_bounded);
    tcase_add_test(tests, sizes_are_pixels_of_a_96th_of_an_inch);
    tcase_add_test(tests, a_drawing_says_what_it_shows);
    tcase_add_test(tests, other_encodings_are_read);
    tcase_add_test(tests, text_stays_text);
    tcase_add_test(tests, anchors_hold_for_all_that_follows_a_place);
    tcase_add_loop_test(tests, wrong_characters_are_told_with_their_place, 0, 2);
    tcase_add_test(tests, a_drawing_is_written_once_for_each_look);
    tcase_add_test(tests, refused_blocks_are_an_error_and_leak_nothing);
    return run_suite("svg", tests);
}
