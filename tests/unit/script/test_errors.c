/* An error names the layout's line, shows it, keeps its code, and says what to do. */
#include "script_suite.h"

typedef struct {
    const char *layout;
    bp_code code;
    const char *place, *text, *excerpt; /* The text is a part of it. */
} failure;

static const failure failures[] = {
    {"local x = 1\nreturn function() error(\"no luck\") end", BP_ERR_SCRIPT, "mine.lua:2",
     "no luck", "    2 | return function() error(\"no luck\") end"},
    {"return function()\n\tlocal t\n\treturn t.x\nend", BP_ERR_SCRIPT, "mine.lua:3",
     "attempt to index a nil value (local 't')", "    3 |  return t.x"},
    {"return function()\n  local x = = 2\nend", BP_ERR_SCRIPT, "mine.lua:2",
     "unexpected symbol near '='", "    2 |   local x = = 2"},
    {"return function()\n  return 1 +", BP_ERR_SCRIPT, "mine.lua:2", "near <eof>",
     "    2 |   return 1 +"},
    {"", BP_ERR_SCRIPT, "mine.lua", "the layout returned nothing, expected a function", ""},
    {"return 5", BP_ERR_SCRIPT, "mine.lua", "the layout returned a number, expected a function",
     ""},
    {"\nreturn function() end", BP_ERR_SCRIPT, "mine.lua:2",
     "the layout's function returned nothing, expected a report", "    2 | return function() end"},
    {"return function() return 'x' end", BP_ERR_SCRIPT, "mine.lua:1",
     "returned a string, expected a report", "    1 | return function() return 'x' end"},
    {"return function() return {draw = function() end} end", BP_ERR_SCRIPT, "mine.lua",
     "the report has no pages", ""},
    {"return function() pront('x') end", BP_ERR_SCRIPT, "mine.lua:1",
     "undefined variable \"pront\"; did you mean \"print\"?",
     "    1 | return function() pront('x') end"},
    {"\n\ntotal = 5", BP_ERR_SCRIPT, "mine.lua:3",
     "\"total\" was never declared; put \"local\" in front of it", "    3 | total = 5"},
    /* The library complains about its caller, wherever the complaint is made. */
    {"local h = require 'briefpress.helper'\nreturn function()\n  h.complain('bad width')\nend",
     BP_ERR_SCRIPT, "mine.lua:3", "bad width", "    3 |   h.complain('bad width')"},
    {"local h = require 'briefpress.helper'\nreturn function()\n  h.call(function() "
     "h.complain('deep') end)\nend",
     BP_ERR_SCRIPT, "mine.lua:3", "deep", "    3 |   h.call(function() h.complain('deep') end)"},
    {"local h = require 'briefpress.helper'\nreturn function()\n  h.break_down()\nend",
     BP_ERR_SCRIPT, "mine.lua:3",
     "attempt to index a nil value (local 't') (briefpress/helper.lua:4)",
     "    3 |   h.break_down()"},
    {"local h = require 'briefpress.helper'\nreturn function()\n  h.style { sise = 3 }\nend",
     BP_ERR_SCRIPT, "mine.lua:3",
     "style: unknown option \"sise\"; did you mean \"size\"? it takes family, size,",
     "    3 |   h.style { sise = 3 }"},
    {"local h = require 'briefpress.helper'\nreturn function() return { draw = function()\n  "
     "h.complain('while drawing')\nend } end",
     BP_ERR_SCRIPT, "mine.lua:3", "while drawing", "    3 |   h.complain('while drawing')"},
    /* What returns a call keeps its line, as everybody writes it. */
    {"local h = require 'briefpress.helper'\nreturn function()\n  return h.complain('bad "
     "width')\nend",
     BP_ERR_SCRIPT, "mine.lua:3", "bad width", "    3 |   return h.complain('bad width')"},
    {"local h = require 'briefpress.helper'\nlocal function card(id)\n  return "
     "h.complain(id)\nend\n"
     "return function() return card 'x' end",
     BP_ERR_SCRIPT, "mine.lua:3", "x", "    3 |   return h.complain(id)"},
    {"local h = require 'briefpress.helper'\nreturn function()\n  return h.call(function()\n    "
     "return "
     "h.style { sise = 3 }\n  end)\nend",
     BP_ERR_SCRIPT, "mine.lua:4", "unknown option \"sise\"",
     "    4 |     return h.style { sise = 3 }"},
    {"local h = require 'briefpress.helper'\nreturn load('\\nreturn ...', '@x')(function()\n  "
     "return "
     "load('return h', '@y', 't', { h = h })().complain('here')\nend)",
     BP_ERR_SCRIPT, "mine.lua:3", "here",
     "    3 |   return load('return h', '@y', 't', { h = h })().complain('here')"},
    /* Codes travel, also through pcall and further texts. */
    {"return function() require '../x' end", BP_ERR_FORBIDDEN, "mine.lua:1",
     "modules are named like a.b.c", "    1 | return function() require '../x' end"},
    {"return function()\n  local ok, e = pcall(require, '../x')\n  error(e, 0)\nend",
     BP_ERR_FORBIDDEN, "mine.lua:2", "modules are named like a.b.c",
     "    2 |   local ok, e = pcall(require, '../x')"},
    {"return function()\n  local ok, e = pcall(require, '../x')\n  error('in my layout: ' .. e, "
     "0)\nend",
     BP_ERR_FORBIDDEN, "mine.lua:3", "in my layout: mine.lua:2: require",
     "    3 |   error('in my layout: ' .. e, 0)"},
    {"return function()\n  pcall(require, '../x')\n  error('something else')\nend", BP_ERR_SCRIPT,
     "mine.lua:3", "something else", "    3 |   error('something else')"},
    {"return function()\n  require('briefpress.engine').image.load('gone.png')\nend",
     BP_ERR_RESOURCE, "gone.png", "no such file (needed at mine.lua:2)", ""},
    {"return function()\n  require('briefpress.engine').text.style { family = 'No Such Family', "
     "size = 9 }\nend",
     BP_ERR_RESOURCE, "mine.lua:2", "No Such Family",
     "    2 |   require('briefpress.engine').text.style { family = 'No Such Family', size = 9 }"},
    {"return function() error({}) end", BP_ERR_SCRIPT, "", "table: 1", ""},
    {"return function() error(setmetatable({}, {__tostring = function() return 'mine.lua:1: told' "
     "end})) end",
     BP_ERR_SCRIPT, "mine.lua:1", "told",
     "    1 | return function() error(setmetatable({}, {__tostring = function() return "
     "'mine.lua:1: told' end})) end"},
    {"return function() coroutine.wrap(function()\n  error('inside')\nend)() end", BP_ERR_SCRIPT,
     "mine.lua:2", "inside", "    2 |   error('inside')"},
    {"return function()\n  return load('x = = 1', '@mine.lua')()\nend", BP_ERR_SCRIPT, "mine.lua:2",
     "attempt to call a nil value", "    2 |   return load('x = = 1', '@mine.lua')()"},
    {"return function() error('\\27[31mred', 0) end", BP_ERR_SCRIPT, "", "red", ""},
};

START_TEST(failures_name_their_line)
{
    const failure *wanted = &failures[_i];
    bp_error err = {0};
    ck_assert(!render(wanted->layout, NULL, &err));
    ck_assert_str_eq(bp_code_name(err.code), bp_code_name(wanted->code));
    if (wanted->place[0] != '\0' || strstr(wanted->text, "red") == NULL)
        ck_assert_msg(wanted->place[0] == '\0' || strcmp(err.place, wanted->place) == 0, "%s: %s",
                      err.place, err.text);
    ck_assert_msg(strstr(err.text, wanted->text) != NULL, "%s", err.text);
    if (wanted->place[0] != '\0')
        ck_assert_str_eq(err.excerpt, wanted->excerpt);
}
END_TEST

START_TEST(long_file_names_are_whole_in_messages)
{
    char name[200] = "";
    for (int i = 0; i < 12; i++)
        strcat(name, "a-long-name-");
    strcat(name, ".lua");
    static const char *const layouts[] = {"return function()\n  local x\n  x()\nend",
                                          "return function()\n  error('x')\n  \nend",
                                          "return function()\n\n  return = 1\nend"};
    static const int lines[] = {3, 2, 3};
    for (int i = 0; i < 3; i++) {
        write_text(name, layouts[i]);
        bp_error err = {0};
        ck_assert(!render_file(name, NULL, &err));
        char place[300];
        snprintf(place, sizeof place, "%s:%d", name, lines[i]);
        ck_assert_str_eq(err.place, place);
        ck_assert_ptr_nonnull(strstr(err.excerpt, " | "));
    }
}
END_TEST

/* Layouts whose words only look like functions, or that leave no room for ours: each must run as it
 * is written and fail with "good" on its last line. */
static const char *const written[] = {
    "-- function ) \nlocal s = 'function )' .. \"function \\\" )\" .. [[ function ) ]]\n"
    "return function() error(#s == 34 and 'good' or 'bad ' .. #s) end",
    "--[==[ function\n ) ]] ]=] ]==] local x = [==[\n]] function )]==]\n"
    "return function() error(x == ']] function )' and 'good' or 'bad') end",
    "local t = { functional = 1, a = { { 2 } } } local i = { 3 } local y = t.a[i[1] - 2][1]\n"
    "return function() error(y == 2 and t.functional == 1 and 'good' or 'bad') end",
    "local function f(--[[ ) ]] a, -- )\n  ...) return (select('#', ...)) + a end\n"
    "return function ( ) error(f(1, 2, 3) == 3 and 'good' or 'bad') end",
    "local o = {} function o.p(a) return a end function o:q(a) return self.p(a) end\n"
    "return function() error(o:q 'good') end",
    "local function many() return 1, 2, 3 end local function all() return many() end\n"
    "return function() error(select('#', all()) == 3 and 'good' or 'bad') end",
    "local function f(n) (tostring)(n) goto done ::done:: return f end\n"
    "return function() error(f(1) == f and 'good' or 'bad') end",
    "local s = 'a\\\nb\\z\n   c' local n = 0xfep1 + 1e2 + 3 .. ''\n"
    "return function() error(s == 'a\\nbc' and 'good' or 'bad') end",
    "local a = 7 // 2 -- \"\nlocal b = a --[[ ' ]] - - 2 --[=[\n]]\n]=]\n"
    "return function() error(b == 5 and 'good' or 'bad') end",
    "#!/usr/bin/briefpress function(\nreturn function() error('good') end",
};

START_TEST(layouts_mean_what_is_written)
{
    bp_error err = {0};
    ck_assert(!render(written[_i], NULL, &err));
    ck_assert_msg(strcmp(err.text, "good") == 0, "%s: %s", err.place, err.text);
    int lines = 1;
    for (const char *at = written[_i]; *at != '\0'; at++)
        lines += *at == '\n';
    char place[32];
    (void)snprintf(place, sizeof place, "mine.lua:%d", lines);
    ck_assert_str_eq(err.place, place);
}
END_TEST

START_TEST(a_function_may_have_as_many_variables_as_lua_allows)
{
    char layout[4096] = "return function()\n";
    for (int i = 0; i < 200; i++)
        (void)snprintf(layout + strlen(layout), sizeof layout - strlen(layout), "local a%d = %d\n",
                       i, i);
    strcat(layout, "error(a199 == 199 and 'good' or 'bad')\nend");
    bp_error err = {0};
    ck_assert(!render(layout, NULL, &err));
    ck_assert_str_eq(err.text, "good");
    ck_assert_str_eq(err.place, "mine.lua:202");
}
END_TEST

START_TEST(what_has_no_line_has_its_layout)
{
    static const char *const layouts[] = {"return function() error({}) end",
                                          "return function() error('lost', 0) end",
                                          "return function() error(nil) end"};
    for (int i = 0; i < 3; i++) {
        bp_error err = {0};
        ck_assert(!render(layouts[i], NULL, &err));
        ck_assert_msg(strncmp(err.place, "mine.lua", 8) == 0, "%s: %s", err.place, err.text);
    }
}
END_TEST

START_TEST(a_file_in_a_folder_keeps_the_path_as_given)
{
    make_folder("sub");
    write_text("sub/part.lua", "local M = {}\nfunction M.f() error('in part') end\nreturn M\n");
    write_text("sub/mine.lua", "return function() require('part').f() end");
    bp_error err = {0};
    ck_assert(!render_file("sub/mine.lua", NULL, &err));
    ck_assert_str_eq(err.place, "sub/part.lua:2");
    ck_assert_str_eq(err.excerpt, "    2 | function M.f() error('in part') end");
    ck_assert_ptr_nonnull(strstr(err.trace, "sub/mine.lua:1"));
}
END_TEST

START_TEST(excerpts_show_layouts_only)
{
    write_text("secret.txt", "the secret\n");
    bp_error err = {0};
    ck_assert(!render("return function() error('secret.txt:1: look', 0) end", NULL, &err));
    ck_assert_ptr_null(strstr(err.excerpt, "the secret"));
    bp_error other = {0};
    ck_assert(
        !render("return function() load('error(\"look\")', '@secret.txt')() end", NULL, &other));
    ck_assert_ptr_null(strstr(other.excerpt, "the secret"));
}
END_TEST

START_TEST(a_layout_that_cannot_be_read_is_an_input_error)
{
    bp_error err = {0};
    ck_assert(!render_file("gone.lua", NULL, &err));
    ck_assert_str_eq(bp_code_name(err.code), "input");
    ck_assert_str_eq(err.place, "gone.lua");
    make_folder("folder.lua");
    bp_error folder_err = {0};
    ck_assert(!render_file("folder.lua", NULL, &folder_err));
    ck_assert_str_eq(bp_code_name(folder_err.code), "input");
    ck_assert_ptr_nonnull(strstr(folder_err.text, "folder"));
}
END_TEST

START_TEST(a_language_the_data_lacks_is_a_usage_error)
{
    static const char json[] =
        "{\"dataset\": {\"id\": \"d\", \"title\": \"T\", \"languages\": [\"en\", \"zh-CN\"]}, "
        "\"indicators\": [{\"id\": \"a\", \"label\": \"A\", \"observations\": "
        "[{\"period\": \"2021\", \"value\": 1}]}]}";
    static const struct {
        const char *asked, *answer;
    } cases[] = {{NULL, "en"},    {"en", "en"}, {"EN", "en"}, {"en-GB", "en"},
                 {"zh", "zh-CN"}, {"fr", NULL}, {"e", NULL}};
    bp_error err = {0};
    bp_data *data = bp_data_parse("d.json", json, strlen(json), NULL, &err);
    ck_assert_msg(data != NULL, "%s %s", err.place, err.text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bp_error failed = {0};
        ck_assert(!render("return function(data) error('it is ' .. data.language, 0) end",
                          &(run_options){.data = data, .language = cases[i].asked}, &failed));
        char expected[40];
        snprintf(expected, sizeof expected, "it is %s", cases[i].answer ? cases[i].answer : "");
        if (cases[i].answer != NULL) {
            ck_assert_str_eq(failed.text, expected);
        } else {
            ck_assert_str_eq(bp_code_name(failed.code), "usage");
            ck_assert_ptr_nonnull(strstr(failed.text, "it has en, zh-CN"));
        }
    }
    bp_data_free(data);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("errors");
    tcase_add_loop_test(tests, failures_name_their_line, 0,
                        (int)(sizeof failures / sizeof failures[0]));
    tcase_add_loop_test(tests, layouts_mean_what_is_written, 0,
                        (int)(sizeof written / sizeof written[0]));
    tcase_add_test(tests, a_function_may_have_as_many_variables_as_lua_allows);
    tcase_add_test(tests, what_has_no_line_has_its_layout);
    tcase_add_test(tests, long_file_names_are_whole_in_messages);
    tcase_add_test(tests, a_file_in_a_folder_keeps_the_path_as_given);
    tcase_add_test(tests, excerpts_show_layouts_only);
    tcase_add_test(tests, a_layout_that_cannot_be_read_is_an_input_error);
    tcase_add_test(tests, a_language_the_data_lacks_is_a_usage_error);
    return run_suite("errors", tests);
}
