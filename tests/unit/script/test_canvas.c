/* A layout becomes pages: drawing through the raw module, from Lua to the bytes. */
#include "script_suite.h"

static const char layout[] =
    "local engine = require 'briefpress.engine'\n"
    "return function(data, params)\n"
    "  local body = engine.text.style { family = 'Inter', size = 10, color = '#222244' }\n"
    "  local report = {}\n"
    "  function report.draw(document)\n"
    "    document:metadata { title = 'A title', author = 'Somebody', language = 'en' }\n"
    "    local page = document:page(300, 400)\n"
    "    assert(page.width == 300 and page.height == 400 and page.number == 1 and "
    "document:page_count() == 1)\n"
    "    page:begin_tag('H1')\n"
    "    assert(page:text(body, 20, 40, params.heading or 'Heading') > 20)\n"
    "    page:end_tag()\n"
    "    local p = engine.text.paragraph { align = 'justify', spans = { { style = body, text = "
    "('word '):rep(40) },\n"
    "      { style = body, text = 'a link', link = '#here' } } }\n"
    "    local lines = p:layout(260)\n"
    "    page:begin_tag('P', { language = 'en' })\n"
    "    page:paragraph(p, 20, 60)\n"
    "    page:end_tag()\n"
    "    page:begin_artifact('Background')\n"
    "    page:rect(20, 200, 100, 50, { fill = '#eef', stroke = '#00f', line_width = 0.5, radius = "
    "4 })\n"
    "    page:line(20, 270, 120, 270, { stroke = '#f00', dash = { 2, 1 }, cap = 'round' })\n"
    "    page:circle(200, 220, 20, { fill = { x0 = 180, y0 = 200, x1 = 220, y1 = 240, stops = { { "
    "0, '#fff' }, { 1, '#000' } } } })\n"
    "    page:sector(200, 300, 30, 15, 0, 120, { fill = '#0a0' })\n"
    "    page:sector(200, 300, 30, 15, 0, 360, { stroke = '#0a0' })\n"
    "    page:dots({ 10, 10, 20.004, 10, 30.126, 10 }, 2, '#abc')\n"
    "    page:save()\n"
    "    page:clip { 'M', 0, 0, 'L', 50, 0, 'L', 0, 50, 'Z' }\n"
    "    page:transform(1, 0, 0, 1, 5, 5)\n"
    "    page:opacity(0.5)\n"
    "    page:path({ 'R', 0, 0, 50, 50, 'M', 0, 0, 'C', 1, 2, 3, 4, 5, 6 }, { fill = '#00000080', "
    "even_odd = true })\n"
    "    page:restore()\n"
    "    page:end_artifact()\n"
    "    page:link(20, 30, 100, 14, 'https://example.org/', 'An example')\n"
    "    document:destination('here', page, 20, 40)\n"
    "    document:bookmark('Heading', 1, page, 40)\n"
    "    document:label(1, 'i', 'A-', 2)\n"
    "    page:finish()\n"
    "  end\n"
    "  return report\n"
    "end\n";

START_TEST(a_layout_draws_a_page)
{
    bp_buf pdf = {0}, trace = {0};
    bp_error err = {0};
    ck_assert_msg(
        render(layout, &(run_options){.pdf = &pdf, .trace = &trace, .date = "2022-09-03"}, &err),
        "%s: %s", err.place, err.text);
    ck_assert_uint_gt(pdf.length, 2000);
    ck_assert_int_eq(memcmp(pdf.bytes, "%PDF-", 5), 0);
    ck_assert_ptr_nonnull(strstr(trace.bytes, "Heading"));
    ck_assert_ptr_nonnull(strstr(trace.bytes, "M 20 10 L 20 10 M 30.13 10 L 30.13 10"));
    bp_buf_clear(&pdf);
    bp_buf_clear(&trace);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(the_same_layout_makes_the_same_bytes)
{
    bp_buf first = {0}, second = {0};
    bp_error err = {0};
    run_options given = {.pdf = &first, .date = "2022-09-03"};
    ck_assert(render(layout, &given, &err));
    given.pdf = &second;
    ck_assert(render(layout, &given, &err));
    ck_assert_uint_eq(first.length, second.length);
    ck_assert_int_eq(memcmp(first.bytes, second.bytes, first.length), 0);
    bp_buf_clear(&first);
    bp_buf_clear(&second);
}
END_TEST

START_TEST(checking_saves_nothing_and_finds_the_same_errors)
{
    bp_error err = {0};
    ck_assert_msg(render(layout, NULL, &err), "%s: %s", err.place, err.text);
    ck_assert(!render(
        "return function() return { draw = function(document)\n  document:page(1, 1)\nend } end",
        NULL, &err));
    ck_assert_str_eq(err.place, "mine.lua:2");
}
END_TEST

START_TEST(parameters_are_read_only_texts)
{
    static const bp_parameter parameters[] = {{"heading", "Mine"}, {"empty", ""}};
    bp_error err = {0};
    ck_assert(!render(
        "return function(data, params)\n"
        "  assert(params.heading == 'Mine' and params.empty == '' and params.absent == nil)\n"
        "  local names = {}\n"
        "  for name in pairs(params) do names[#names + 1] = name end\n"
        "  assert(#names == 2)\n"
        "  params.heading = 'x'\nend",
        &(run_options){.parameters = parameters, .parameter_count = 2}, &err));
    ck_assert_str_eq(err.place, "mine.lua:6");
    ck_assert_ptr_nonnull(strstr(err.text, "read-only"));
}
END_TEST

START_TEST(pages_have_a_limit_that_is_named)
{
    bp_error err = {0};
    ck_assert(
        !render("return function() return { draw = function(document)\n"
                "  while true do\n    pcall(document.page, document, 100, 100)\n  end\nend } end",
                &(run_options){.pages_most = 3}, &err));
    ck_assert_str_eq(bp_code_name(err.code), "limit");
    ck_assert_str_eq(err.place, "mine.lua:3");
}
END_TEST

START_TEST(warnings_and_prints_reach_the_findings)
{
    bp_faults findings = {0};
    bp_error err = {0};
    ck_assert(!render(
        "local engine = require 'briefpress.engine'\nreturn function()\n  print('hello', 5)\n"
        "  engine.report('finding', 'odd')\nend",
        &(run_options){.findings = &findings}, &err));
    ck_assert_uint_eq(bp_faults_count(&findings), 2);
    ck_assert_str_eq(bp_faults_at(&findings, 0)->text, "hello\t5");
    ck_assert_str_eq(bp_faults_at(&findings, 0)->place, "mine.lua:3");
    ck_assert_int_eq(bp_faults_at(&findings, 0)->code, BP_OK);
    ck_assert_int_eq(bp_faults_at(&findings, 1)->code, BP_ERR_FINDINGS);
    bp_faults_clear(&findings);
}
END_TEST

/* What the canvas says of wrong arguments. */
static const struct {
    const char *call, *text;
} mistakes[] = {
    {"page:path({ 'M', 0 }, { fill = '#000' })", "its last \"M\" takes 2 numbers, 1 are missing"},
    {"page:path({ 'X', 0 }, { fill = '#000' })",
     "expected \"M\", \"L\", \"C\", \"R\" or \"Z\", found X"},
    {"page:path({ 'M', 0, 'L' }, { fill = '#000' })",
     "path: item 3: \"M\" takes 2 numbers, found a string"},
    {"page:path({}, {})", "path: needs a fill or a stroke"},
    {"page:rect(0, 0, 10, 10, { fill = 'red' })", "\"red\" is no colour"},
    {"page:rect(0, 0, 10, 10, { fil = '#000' })", "unknown option \"fil\"; did you mean \"fill\"?"},
    {"page:rect(0, 0, 10, 10, { stroke = '#000', line_width = 0 })",
     "\"line_width\" must be above 0"},
    {"page:rect(0, 0, 10, 10, { stroke = '#000', dash = {} })", "\"dash\": expected a list"},
    {"page:rect(0, 0, 0 / 0, 10, { fill = '#000' })", ""},
    {"page:line(0, 0, 1, 1, { stroke = '#000', radius = 3 })", "unknown option \"radius\""},
    {"page:circle(0, 0, 1, { fill = { x0 = 1 } })", "gradient: needs x0, y0, x1, y1"},
    {"page:circle(0, 0, 1, { fill = { x0 = 0, y0 = 0, x1 = 1, y1 = 1, r0 = 1, stops = {} } })",
     "gradient: r0 is that of a radial one, which needs r1"},
    {"page:shadow(0, 0, 9, 9, { blur = -1 })", "radius and blur must not be negative"},
    {"page:shadow(0, 0, 9, 9, { colour = '#000' })", "did you mean \"color\"?"},
    {"page:shadow(0, 0, 0 / 0, 9)", "page.shadow: a number is not finite"},
    {"page:blend('mutliply')", "invalid option 'mutliply'"},
    {"page:sector(0, 0, 1, 2, 0, 9, { fill = '#000' })", "sector: needs 0 <= inner < outer"},
    {"page:dots({ 1, 2, 3 }, 1, '#000')", "expected a list of x and y in turn"},
    {"page:text('x', 0, 0, 'y')", "Style expected, got string"},
    {"page:text(body, 0, 0, 'y', 'middle')", "expected \"left\", \"center\" or \"right\""},
    {"page:text(body, 0, 0)", "bad argument #4 to 'text'"},
    {"page:begin_tag('P', { altt = 'x' })", "did you mean \"alt\"?"},
    {"page:begin_artifact('Middle')", "invalid option 'Middle'"},
    {"page.text('x')", "Page expected, got string"},
    {"page:txet()", "a Page has no \"txet\"; did you mean \"text\"?"},
    {"page.width = 3", "a Page is read-only"},
    {"document:metadata { title = 'late' }", "before the first page"},
    {"document:label(0, '1')", "pages count from 1"},
    {"document:bookmark('x', 0, page, 1)", "levels count from 1"},
    {"page:restore()", ""},
};

START_TEST(mistakes_on_the_canvas_name_the_line)
{
    char text[600];
    snprintf(text, sizeof text,
             "local engine = require 'briefpress.engine'\nreturn function() return { draw = "
             "function(document)\n"
             "  local body = engine.text.style { family = 'Inter', size = 10 }\n"
             "  local page = document:page(300, 400)\n  %s\nend } end",
             mistakes[_i].call);
    bp_error err = {0};
    ck_assert(!render(text, NULL, &err));
    ck_assert_str_eq(bp_code_name(err.code), "script");
    ck_assert_msg(strcmp(err.place, "mine.lua:5") == 0, "%s: %s", err.place, err.text);
    ck_assert_msg(strstr(err.text, mistakes[_i].text) != NULL, "%s", err.text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("canvas");
    tcase_add_test(tests, a_layout_draws_a_page);
    tcase_add_test(tests, the_same_layout_makes_the_same_bytes);
    tcase_add_test(tests, checking_saves_nothing_and_finds_the_same_errors);
    tcase_add_test(tests, parameters_are_read_only_texts);
    tcase_add_test(tests, pages_have_a_limit_that_is_named);
    tcase_add_test(tests, warnings_and_prints_reach_the_findings);
    tcase_add_loop_test(tests, mistakes_on_the_canvas_name_the_line, 0,
                        (int)(sizeof mistakes / sizeof mistakes[0]));
    return run_suite("canvas", tests);
}
