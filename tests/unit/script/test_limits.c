/* No script runs longer or larger than it may, whatever it catches, closes or handles. */
#include "script_suite.h"

#include <time.h>

/* Each would go on for ever, or for hours. */
static const char *const endless[] = {
    "while true do end",
    "::again:: goto again",
    "repeat local x = {} until false",
    "while true do pcall(function() while true do end end) end",
    "while true do xpcall(function() while true do end end, function() while true do end end) end",
    "xpcall(error, function() while true do end end)",
    "pcall(pcall, pcall, function() while true do end end) while true do end",
    "local c = coroutine.wrap(function() while true do end end) c()",
    "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
    "local function f() while true do coroutine.yield() end end local c = coroutine.wrap(f) while "
    "true do c() end",
    "local function chain() return coroutine.wrap(chain)() end while true do pcall(chain) end",
    "local t <close> = setmetatable({}, {__close = function() while true do end end})",
    "local function f() local t <close> = setmetatable({}, {__close = function() while true do end "
    "end}) error('x') end "
    "while true do pcall(f) end",
    "local c = coroutine.create(function() local t <close> = setmetatable({}, {__close = "
    "function() while true do end end}) "
    "coroutine.yield() end) coroutine.resume(c) coroutine.close(c)",
    "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
    "local t = setmetatable({}, {__tostring = function() while true do end end}) error(t)",
    "local t = setmetatable({}, {__len = function() while true do end end}) table.concat(t)",
    "table.sort({3, 2, 1, 5, 4}, function(a, b) while true do end end)",
    "string.gsub(('x'):rep(100), 'x', function() while true do end end)",
    "load(function() return 'local x = 1 ' end)",
    "for i = 1, math.huge do end",
    "local function f() local ok, e = pcall(f) while true do end end f()",
};

START_TEST(endless_scripts_end)
{
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    bp_error err = {0};
    size_t old = bp_mem.budget;
    bp_mem.budget = 256u << 20;
    ck_assert(!run_text(endless[_i], &(run_options){.seconds = 0.2}, &err));
    bp_mem.budget = old;
    clock_gettime(CLOCK_MONOTONIC, &end);
    ck_assert_msg(err.code == BP_ERR_LIMIT, "%s: %s", bp_code_name(err.code), err.text);
    ck_assert_int_lt(end.tv_sec - start.tv_sec, 20);
}
END_TEST

/* Calls that are returned stay on the stack too: see frames.c. */
START_TEST(recursion_without_end_is_the_layouts_fault)
{
    static const char *const texts[] = {"\nlocal f f = function() return f() end f()",
                                        "\nlocal f f = function() return 1 + f() end f()"};
    for (int i = 0; i < 2; i++) {
        bp_error err = {0};
        ck_assert(!run_text(texts[i], &(run_options){.seconds = 20}, &err));
        ck_assert_msg(err.code == BP_ERR_SCRIPT, "%s: %s", bp_code_name(err.code), err.text);
        ck_assert_str_eq(err.place, "mine.lua:2");
        ck_assert_ptr_nonnull(strstr(err.text, "stack overflow; a function calls itself"));
    }
}
END_TEST

START_TEST(the_time_limit_names_the_line_and_the_option)
{
    bp_error err = {0};
    ck_assert(!run_text("local x = 1\nwhile true do\n  x = x + 1\nend\n",
                        &(run_options){.seconds = 0.1}, &err));
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    ck_assert_int_eq(strncmp(err.place, "mine.lua:", 9), 0);
    ck_assert_ptr_nonnull(strstr(err.text, "0.1 s;"));
    ck_assert_ptr_nonnull(strstr(err.text, "--max-seconds"));
    ck_assert_ptr_nonnull(strstr(err.excerpt, " | "));
}
END_TEST

/* Each asks for more memory than there is. */
static const char *const greedy[] = {
    "local t = {} for i = 1, 1e12 do t[i] = i end",
    "local s = 'x' while true do s = s .. s end",
    "string.rep('x', 1e10)",
    "string.rep('', 1e10, 'y')",
    "while true do pcall(string.rep, 'x', 1e10) end",
    "local t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(1e6) .. #t end) end",
    "local t = {} while true do t[#t + 1] = coroutine.create(function() end) end",
    "load(function() return ('x'):rep(1e6) end)",
    "local t = {} while true do xpcall(function() for i = 1, 1e6 do t[#t + 1] = {} end end, "
    "function() t[#t + 1] = {} end) end",
    "local c = coroutine.wrap(function() local t = {} while true do t[#t + 1] = {} end end) while "
    "true do pcall(c) end",
};

START_TEST(greedy_scripts_meet_the_budget)
{
    bp_error err = {0};
    bp_mem.budget = 64u << 20;
    ck_assert(!run_text(greedy[_i], &(run_options){.seconds = 30}, &err));
    bp_mem.budget = 0;
    bp_mem.over_budget = false;
    ck_assert_msg(err.code == BP_ERR_LIMIT, "%s: %s", bp_code_name(err.code), err.text);
    ck_assert_ptr_null(strstr(err.text, "seconds"));
}
END_TEST

/* Each once crashed a process, or may run without end inside C. All of them must come back with the
 * answer at their end. */
static const char *const escapes[] = {
    /* Chains of suspended coroutines that close each other. */
    "local last for i = 1, 20000 do local before = last last = coroutine.create(function() "
    "local x <close> = setmetatable({}, {__close = function() if before then "
    "coroutine.close(before) end end}) "
    "coroutine.yield() end) coroutine.resume(last) end coroutine.close(last)",
    /* The same through wraps that fail. */
    "local f = error for i = 1, 20000 do local before = f f = coroutine.wrap(function() "
    "local x <close> = setmetatable({}, {__close = function() before() end}) error('x') end) end "
    "pcall(f)",
    /* Resumes inside each other. */
    "local function f() coroutine.wrap(f)() end assert(not pcall(f))",
    "local function f() return coroutine.resume(coroutine.create(f)) end f()",
    /* A __len that lies. */
    "local t = setmetatable({}, {__len = function() return math.maxinteger end, __index = rawlen}) "
    "assert(not pcall(table.concat, t))",
    "assert(not pcall(table.unpack, setmetatable({}, {__len = function() return 1e8 // 1 | 0 "
    "end})))",
    "assert(not pcall(table.unpack, {}, 1, 1e8))",
    "assert(not pcall(table.move, {}, 1, math.maxinteger - 1, 2))",
    "assert(not pcall(table.insert, setmetatable({}, {__len = function() return 1 << 40 end}), 1, "
    "'x'))",
    "assert(not pcall(table.remove, setmetatable({}, {__len = function() return 1 << 40 end}), 1))",
    "assert(not pcall(table.sort, setmetatable({}, {__len = function() return 1 << 40 end})))",
    "local n = 0 local t = setmetatable({}, {__len = function() n = n + 1 return n > 1 and 1 << 40 "
    "or 1 end, __index = rawlen}) "
    "assert(pcall(table.concat, t))",
    /* Nothing, very often. */
    "assert(string.rep('', 1 << 40) == '')",
    /* A comparison that contradicts itself. */
    "local t = {} for i = 1, 1000 do t[i] = i % 7 end table.sort(t, function() return true end) "
    "assert(#t == 1000)",
    /* Deep recursion. */
    "local function f() return f() + 1 end assert(not pcall(f))",
    "local t = {} for i = 1, 300 do t = setmetatable({}, {__index = t}) end local x = t.x",
    "assert(not pcall(string.rep)) assert(not load(('('):rep(1e5)))",
    "local s = ('a'):rep(250000) assert(not pcall(string.find, s, ('(a'):rep(40)))",
    "error()",
    "error(nil)",
    "error({})",
    "error(setmetatable({}, {__tostring = function() error('again') end}))",
    "local function f() error(setmetatable({}, {__tostring = f})) end f()",
};

START_TEST(escapes_come_back)
{
    bp_error err = {0};
    bp_mem.budget = 512u << 20;
    bool ok = run_text(escapes[_i], &(run_options){.seconds = 20}, &err);
    bp_mem.budget = 0;
    bool is_error = strncmp(escapes[_i], "error(", 6) == 0 ||
                    strstr(escapes[_i], "__tostring = f}") != NULL ||
                    strstr(escapes[_i], "coroutine.close(last)") != NULL;
    ck_assert_msg(ok || (is_error && err.code == BP_ERR_SCRIPT), "%s: %s", bp_code_name(err.code),
                  err.text);
}
END_TEST

START_TEST(a_script_that_ends_in_time_is_not_told_of_the_limit)
{
    bp_error err = {0};
    for (int i = 0; i < 3; i++)
        ck_assert_msg(run_text("local s = 0 for i = 1, 1000 do s = s + i end",
                               &(run_options){.seconds = 30}, &err),
                      "%s", err.text);
    usleep(300 * 1000); /* No signal of a timer that is gone. */
    ck_assert(run_text("local x = 1", NULL, &err));
}
END_TEST

START_TEST(pcall_still_catches_what_is_no_limit)
{
    bp_error err = {0};
    ck_assert_msg(
        run_text("local ok, e = pcall(error, 'no') assert(not ok and e == 'no')\n"
                 "local ok, e = xpcall(function() local x = nil; return x.y end, function(m) "
                 "return 'H' .. m end)\n"
                 "assert(not ok and e:match('^Hmine.lua:2:'))\n"
                 "assert(select('#', pcall(function(...) return ... end, 1, nil, 3)) == 4)\n"
                 "local c = coroutine.wrap(function() local ok, e = pcall(function() "
                 "coroutine.yield(1) error('late', 0) end)\n"
                 "  coroutine.yield(e) return 'end' end)\n"
                 "assert(c() == 1 and c() == 'late' and c() == 'end')\n"
                 "assert(not pcall(c))\n"
                 "local c = coroutine.create(function() return 1, 2 end)\n"
                 "assert(coroutine.status(c) == 'suspended')\n"
                 "local ok, a, b = coroutine.resume(c) assert(ok and a == 1 and b == 2)\n"
                 "assert(coroutine.status(c) == 'dead' and not coroutine.resume(c))\n"
                 "local closed local c = coroutine.create(function() local x <close> = "
                 "setmetatable({}, {__close = "
                 "function() closed = true end}) coroutine.yield() end)\n"
                 "coroutine.resume(c) assert(coroutine.close(c) and closed)\n"
                 "assert(coroutine.isyieldable() == false)\n",
                 NULL, &err),
        "%s: %s", err.place, err.text);
}
END_TEST

/* Makes more garbage than it may take, in one thread, in many, and where no hook is called. */
static const char *const littering[] = {
    "for i = 1, 2e6 do local t = {i} end",
    "local c = coroutine.wrap(function() for i = 1, 2e6 do local t = {i} end end) c()",
    "for i = 1, 2e4 do coroutine.wrap(function() for k = 1, 100 do local t = {k} end end)() end",
    "for i = 1, 3e5 do coroutine.wrap(function() end)() end",
    "xpcall(error, function() for i = 1, 2e6 do local t = {i} end end)",
    "local x for i = 1, 2e6 do x = 'text ' .. i end",
    "local x = ('x'):rep(100000) for i = 1, 1000 do local y = x .. i end",
};

START_TEST(garbage_is_collected_in_time)
{
    bp_error err = {0};
    bool is_hookless = strstr(littering[_i], "xpcall") != NULL; /* The budget has to do there. */
    for (int is_tight = 0; is_tight < 2; is_tight++) {
        bp_mem.peak = bp_mem.bytes;
        bp_mem.budget = is_tight ? bp_mem.bytes + (2u << 20) : 0;
        ck_assert_msg(run_text(littering[_i], &(run_options){.seconds = 60}, &err), "%s", err.text);
        ck_assert_msg(is_hookless || bp_mem.peak < (24u << 20), "%zu bytes", bp_mem.peak);
    }
    bp_mem.budget = 0;
}
END_TEST

START_TEST(a_short_run_collects_nothing)
{
    bp_error err = {0};
    ck_assert_msg(run_text("local last = collectgarbage('count')\n"
                           "for i = 1, 20000 do\n"
                           "  local t = {i}\n"
                           "  local now = collectgarbage('count')\n"
                           "  assert(now > last)\n"
                           "  last = now\n"
                           "end\n",
                           &(run_options){.seconds = 60}, &err),
                  "%s", err.text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("limits");
    tcase_add_loop_test(tests, garbage_is_collected_in_time, 0,
                        (int)(sizeof littering / sizeof littering[0]));
    tcase_add_test(tests, a_short_run_collects_nothing);
    tcase_add_loop_test(tests, endless_scripts_end, 0, (int)(sizeof endless / sizeof endless[0]));
    tcase_add_test(tests, recursion_without_end_is_the_layouts_fault);
    tcase_add_test(tests, the_time_limit_names_the_line_and_the_option);
    tcase_add_loop_test(tests, greedy_scripts_meet_the_budget, 0,
                        (int)(sizeof greedy / sizeof greedy[0]));
    tcase_add_loop_test(tests, escapes_come_back, 0, (int)(sizeof escapes / sizeof escapes[0]));
    tcase_add_test(tests, a_script_that_ends_in_time_is_not_told_of_the_limit);
    tcase_add_test(tests, pcall_still_catches_what_is_no_limit);
    return run_suite("limits", tests);
}
