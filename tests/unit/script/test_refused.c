/* Each block of memory of a run refused, alone and with all that follow: an error of memory,
 * nothing leaked, no crash. */
#include "script_suite.h"

static const char layout[] =
    "local engine = require 'briefpress.engine'\n"
    "local helper = require 'briefpress.helper'\n"
    "return function(data, params)\n"
    "  local _, runs, holes = engine.text.inline('a **b** [c](#d) {e | unit} x^2^ [y]{.z}')\n"
    "  engine.text.markdown('# t {a}\\n- [y]{.z}\\n\\n> q ![i](f "
    "\"t\")\\n\\n|a|\\n|---|\\n|{{b}}|')\n"
    "  local text = table.concat({ runs[4], holes[1], params.who, #data.indicators, "
    "data.indicators.a:format { unit = true } }, ' ')\n"
    "  local rows = 0\n"
    "  for _, indicator in ipairs(data.indicators) do rows = rows + #indicator:series() end\n"
    "  local t = {}\n"
    "  for i = 1, 40 do t[i] = tostring({}) .. ('x'):rep(i) end\n"
    "  table.sort(t, function(a, b) return a > b end)\n"
    "  for key in pairs(t) do assert(key) end\n"
    "  coroutine.wrap(function() coroutine.yield(1) end)()\n"
    "  return { draw = function() error('done ' .. text .. rows, 0) end }\n"
    "end\n";

static const char json[] =
    "{\"dataset\": {\"id\": \"d\", \"title\": \"T\", \"languages\": [\"en\"]}, \"indicators\": "
    "[{\"id\": \"a\", \"label\": \"A\", \"unit\": {\"one\": \"thing\", \"other\": \"things\"}, "
    "\"observations\": [{\"period\": \"2021\", \"value\": 2}]}]}";

START_TEST(refused_memory_is_told_and_nothing_leaks)
{
    static const bp_parameter parameters[] = {{"who", "me"}};
    bool stays = _i == 1;
    bp_error err = {0};
    bp_data *data = bp_data_parse("d.json", json, strlen(json), NULL, &err);
    ck_assert_msg(data != NULL, "%s %s", err.place, err.text);
    write_text("mine.lua", layout);
    ck_assert_int_eq(chdir(folder), 0);
    bp_catalog *catalog = new_catalog();
    run_options given = {.parameters = parameters, .parameter_count = 1};
    bp_script_options options = full_options(&given, "mine.lua");
    long told = 0;
    for (long n = 1;; n += n < 200 ? 1
                           : stays ? 3
                                   : 7) { /* Every block of the start, then a share of the rest. */
        long live = bp_mem.live;
        long asked = bp_mem.asked;
        bp_mem.fail_at = asked + n;
        bp_mem.fail_on = stays;
        bp_mem.refused = 0;
        bp_error failed = {0};
        ck_assert(!bp_script_render(&options, data, catalog, NULL, NULL, &failed));
        bp_mem.fail_at = 0;
        ck_assert_int_eq(bp_mem.live, live);
        if (bp_mem.refused == 0) {
            ck_assert_str_eq(failed.text, "done b e me 1 2\u00A0things1");
            break;
        }
        /* Lua collects and asks again: a run may get to its end all the same. */
        bool is_told = failed.code == BP_ERR_MEMORY;
        ck_assert_msg(is_told || strstr(failed.text, "done b e me") != NULL, "block %ld: %s: %s", n,
                      bp_code_name(failed.code), failed.text);
        told += is_told;
    }
    ck_assert_int_gt(told, stays ? 200 : 20);
    bp_catalog_free(catalog);
    bp_data_free(data);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("refused");
    tcase_add_loop_test(tests, refused_memory_is_told_and_nothing_leaks, 0, 2);
    return run_suite("refused", tests);
}
