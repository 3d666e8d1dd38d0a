/* Notation that Markdown does not know: where it begins and ends, and that other text is left
 * alone. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/notation.h"

static const struct {
    const char *text;
    size_t at, end; /* 0: text like any other. */
} scripts[] = {
    {"m^2^", 1, 3},
    {"x^n+1^", 1, 5},
    {"CO~2~", 2, 4},
    {"x~i,j~", 1, 5},
    {"July.^1^", 5, 7},
    {"{area}^2^", 6, 8},
    {"10^{power | plain}^", 2, 18}, /* Spaces of a placeholder are none of the text. */
    {"a^b\\^c^", 1, 6},
    {"a^\xE6\xB3\xA8^", 1, 5},
    {"2^3 + x^2", 1, 0},
    {"2^10", 1, 0},
    {"x^^", 1, 0},
    {" ^2^", 1, 0},
    {"(^_^)", 1, 0},
    {"^2^", 0, 0},
    {"a^`b`^", 1, 0},
    {"a^[b](#c)^", 1, 9},
    {"a~[b]~", 1, 0},
    {"5~10 km and 3~4", 1, 0},
    {"5~10,6~12", 1, 0},
    {"\xE5\xB9\xB4~2020\xE5\xB9\xB4\xEF\xBC\x8C\xE5\x85\xB1~", 3, 0},
    {"R&D ~5~", 4, 0},
    {"/~user/~x", 1, 0},
    {"a~b~~", 1, 0},
    {"a^{b", 1, 0},
    {"a^", 1, 0},
    {"a~", 1, 0},
    {"a^b\\", 1, 0},
};

START_TEST(raised_and_lowered_text_is_found)
{
    const char *text = scripts[_i].text;
    ck_assert_msg(bp_notation_script(text, strlen(text), scripts[_i].at) == scripts[_i].end,
                  "%s: %zu", text, bp_notation_script(text, strlen(text), scripts[_i].at));
}
END_TEST

static const struct {
    const char *text;
    size_t at, end, key_end; /* Of ^[...] and [^key]; 0: neither. */
} notes[] = {
    {"a^[note]", 1, 7, 0},
    {"^[a [b](#c) d]", 0, 13, 0},
    {"^[a \\] b]", 0, 8, 0},
    {"^[a `]` b]", 0, 9, 0},
    {"^[a `] b]", 0, 5, 0},
    {"^[a]^[b]", 0, 3, 0},
    {"^[over\na line]", 0, 13, 0},
    {"x^[2]^", 1, 0, 0},
    {"a^[b](#c)^", 1, 0, 0},
    {"^[]", 0, 0, 0},
    {"^[a", 0, 0, 0},
    {"^[a [b]", 0, 0, 0},
    {"^[a\\", 0, 0, 0},
    {"a[^key] b", 1, 0, 6},
    {"[^1]", 0, 0, 3},
    {"[^a-b_2]", 0, 0, 7},
    {"[^key](#c)", 0, 0, 0},
    {"[^key]: words", 0, 0, 0},
    {"[^a b]", 0, 0, 0},
    {"[^]", 0, 0, 0},
    {"[^a", 0, 0, 0},
};

START_TEST(notes_end_where_their_bracket_does)
{
    const char *text = notes[_i].text;
    size_t length = strlen(text), at = notes[_i].at;
    size_t end = text[at] == '^' ? bp_notation_note(text, length, at) : 0;
    size_t key_end = text[at] == '[' ? bp_notation_note_key(text, length, at) : 0;
    ck_assert_msg(end == notes[_i].end && key_end == notes[_i].key_end, "%s: %zu, %zu", text, end,
                  key_end);
}
END_TEST

START_TEST(what_is_too_long_is_no_script)
{
    char text[400] = "a^";
    memset(text + 2, 'x', 300);
    strcpy(text + 302, "^");
    ck_assert_uint_eq(bp_notation_script(text, strlen(text), 1), 0);
}
END_TEST

/* The spans of a text as "number:around(from-to)" of their brackets, in the order of the text. */
static const struct {
    const char *text, *found;
} spans[] = {
    {"[a]{.b}", "[1 at 0 in 0, ]1 at 2 to 7 in 0"},
    {"x [a [b]{.c} d]{.e} y",
     "[2 at 2 in 0, [1 at 5 in 2, ]1 at 7 to 12 in 2, ]2 at 14 to 19 in 0"},
    {"[a]{color=red}", "[1 at 0 in 0, ]1 at 2 to 14 in 0"},
    {"[[a](u)]{.b}", "[1 at 0 in 0, ]1 at 7 to 12 in 0"},
    {"[a {b} c]{.d}", "[1 at 0 in 0, ]1 at 8 to 13 in 0"},
    {"[a] {.b}", ""},
    {"[a]{b}", ""},
    {"[a]{b | unit}", ""},
    {"[a]{.b", ""},
    {"a]{.b}", ""},
    {"\\[a]{.b}", ""},
    {"[a\\]{.b}", ""},
    {"`[a]{.b}`", ""},
    {"`` [a` ]{.b} ``", ""},
    {"`[a]{.b}", "[1 at 1 in 0, ]1 at 3 to 8 in 0"}, /* The backtick ends nowhere. */
    {"{{[a]{.b}", "[1 at 2 in 0, ]1 at 4 to 9 in 0"},
    {"[a\\", ""},
    {"[a]{=b}", ""},
};

START_TEST(spans_with_attributes_are_found)
{
    bp_buf out = {0}, stack = {0}, said = {0};
    const char *text = spans[_i].text;
    ck_assert(bp_notation_spans(text, strlen(text), &out, &stack));
    for (size_t i = 0; i < BP_BUF_COUNT(&out, bp_notation_bracket); i++) {
        const bp_notation_bracket *one = &BP_BUF_ITEMS(&out, bp_notation_bracket)[i];
        char line[80];
        if (one->is_end)
            snprintf(line, sizeof line, "%s]%u at %zu to %zu in %u", i > 0 ? ", " : "", one->number,
                     one->at, one->next, one->around);
        else
            snprintf(line, sizeof line, "%s[%u at %zu in %u", i > 0 ? ", " : "", one->number,
                     one->at, one->around);
        ck_assert(bp_buf_text(&said, line));
    }
    ck_assert_str_eq(said.bytes != NULL ? said.bytes : "", spans[_i].found);
    bp_buf_clear(&out);
    bp_buf_clear(&stack);
    bp_buf_clear(&said);
}
END_TEST

/* A million characters of each would take minutes if time grew faster than their number. */
START_TEST(long_texts_take_no_longer_than_they_are)
{
    static const char *const units[] = {"[",     "[a]{.b}", "[a", "`",  "`a``",
                                        "]{.b}", "{",       "^a", "~{a"};
    const size_t length = 1000000;
    char *text = malloc(length + 1);
    bp_buf out = {0}, stack = {0};
    size_t unit = strlen(units[_i]);
    for (size_t i = 0; i < length; i++)
        text[i] = units[_i][i % unit];
    text[length] = '\0';
    ck_assert(bp_notation_spans(text, length, &out, &stack));
    for (size_t i = 0; i < length; i++)
        if (text[i] == '^' || text[i] == '~')
            (void)bp_notation_script(text, length, i);
    free(text);
    bp_buf_clear(&out);
    bp_buf_clear(&stack);
}
END_TEST

START_TEST(refused_memory_is_told)
{
    const char *text = "[a [b]{.c} d]{.e}";
    for (long n = 1;; n++) {
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_buf out = {0}, stack = {0};
        bool ok = bp_notation_spans(text, strlen(text), &out, &stack);
        bp_buf_clear(&out);
        bp_buf_clear(&stack);
        ck_assert_int_eq(bp_mem.live, 0);
        ck_assert(ok == !bp_mem.refused);
        if (!bp_mem.refused)
            break;
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("notation");
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, raised_and_lowered_text_is_found, 0,
                        (int)(sizeof scripts / sizeof *scripts));
    tcase_add_test(tests, what_is_too_long_is_no_script);
    tcase_add_loop_test(tests, notes_end_where_their_bracket_does, 0,
                        (int)(sizeof notes / sizeof *notes));
    tcase_add_loop_test(tests, spans_with_attributes_are_found, 0,
                        (int)(sizeof spans / sizeof *spans));
    tcase_add_loop_test(tests, long_texts_take_no_longer_than_they_are, 0, 9);
    tcase_add_test(tests, refused_memory_is_told);
    Suite *suite = suite_create("notation");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
