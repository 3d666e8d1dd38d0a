/* Line-break opportunities: our own table must say what ICU says, on text made at random from the
 * characters it knows. */
#include <stdio.h>

#include "base/utf8.h"
#include "stage.h"
#include "text/breaks.h"
#include "text/shape_private.h"

static const char *const pools[] = {
    " !\"#$%&'()*+,-./0123456789:;<=>?@AZaz[\\]^_`{|}~ab  \n",
    "ab1 .,-/()\"$%–—’“”…·é£€°×−\u00a0\u00ad\u200b\u2060«»§•→ \n†‰′″¥º²½ßŁ\u202f\u2009\u2011\u3000",
    "中文字，。、；：？！“”‘’（）《》【】·ab12 .%-/()$",
    "一字，。——……%-1（％＋￥々ー「」〈〉〜\u3000\n0０5℃km²–~～",
    "한국어 각 ᄒ ᅡ ᆫ 2 % $ （ 중",
};
static const char *const languages[] = {"en", "zh", "de", "ja", "zh-Hans", "ko"};

static size_t make_text(const uint32_t *characters, size_t count, uint32_t *seed, char *text)
{
    size_t length = 0;
    *seed = *seed * 1664525u + 1013904223u;
    for (uint32_t n = 1 + (*seed >> 8) % 12; n > 0; n--) {
        *seed = *seed * 1664525u + 1013904223u;
        length += bp_utf8_put(characters[(*seed >> 8) % count], text + length);
    }
    return length;
}

START_TEST(our_table_agrees_with_icu)
{
    uint32_t characters[256], seed = 1;
    size_t count = 0, simple_count = 0;
    const char *pool = pools[_i];
    bp_breaks *breaks = bp_breaks_new();
    bp_buf ours = {0}, theirs = {0};
    bp_error err = {0};
    for (size_t at = 0; at < strlen(pool);)
        characters[count++] = bp_utf8_next(pool, strlen(pool), &at);
    for (size_t round = 0; round < 30000; round++) {
        char text[64];
        size_t length = make_text(characters, count, &seed, text);
        bool is_simple = false;
        const char *language = languages[round % 6];
        ours.length = theirs.length = 0;
        if (!bp_breaks_find_simple(text, length, language, &ours, &is_simple))
            continue;
        simple_count++;
        ck_assert(bp_breaks_find_icu(breaks, text, length, language, &theirs, &err));
        ck_assert_msg(ours.length == theirs.length &&
                          memcmp(ours.bytes, theirs.bytes, ours.length) == 0,
                      "\"%.*s\" in %s", (int)length, text, language);
    }
    ck_assert_uint_gt(simple_count, 5000);
    bp_buf_clear(&ours);
    bp_buf_clear(&theirs);
    bp_breaks_free(breaks);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *language, *text, *cut; /* "|" where a line may end. */
} cases[] = {
    {"en", "R&D in 5G", "R&D |in |5G|"},
    {"en", "1,234.5 km", "1,234.5 |km|"},
    {"en", "12\u00a0km of AT&T", "12\u00a0km |of |AT&T|"},
    {"en", "high-tech and/or", "high-|tech |and/|or|"},
    {"en", "2021/22 (34.8%)", "2021/22 |(34.8%)|"},
    {"en", "e-mail: -5 to +5", "e-|mail: |-5 |to |+5|"},
    {"en", "co\u00adop\nx", "co\u00ad|op\n|x|"},
    {"zh", "“中关村”，第1家。", "“中|关|村”，|第|1|家。|"},
    {"zh", "《报告》（2022年）", "《报|告》|（2022|年）|"},
    {"zh", "增长34.8%，达……", "增|长|34.8%，|达……|"},
    {"th", "ภาษาไทย", "ภาษา|ไทย|"}, /* Only a dictionary knows. */
};

START_TEST(texts_break_where_readers_expect)
{
    bp_breaks *breaks = bp_breaks_new();
    bp_buf ends = {0}, shown = {0};
    bp_error err = {0};
    size_t from = 0;
    ck_assert(bp_breaks_find(breaks, cases[_i].text, strlen(cases[_i].text), cases[_i].language,
                             &ends, &err));
    for (size_t i = 0; i < BP_BUF_COUNT(&ends, uint32_t); i++) {
        size_t end = BP_BUF_ITEMS(&ends, uint32_t)[i];
        ck_assert(bp_buf_add(&shown, cases[_i].text + from, end - from) &&
                  bp_buf_char(&shown, '|'));
        from = end;
    }
    ck_assert_str_eq(shown.bytes, cases[_i].cut);
    bp_buf_clear(&ends);
    bp_buf_clear(&shown);
    bp_breaks_free(breaks);
}
END_TEST

static const struct {
    const char *text;
    size_t length; /* Of the first cluster. */
} clusters[] = {
    {"ab", 1},   {"e\u0301x", 3},  {"中文", 3}, {"👩\u200d🔬x", 11},
    {"🇨🇳🇩🇪", 8}, {"👍🏽x", 8}, {"각x", 3},  {"\u1100\u1161\u11a8x", 9},
    {"नि", 6},   {"☀\ufe0fx", 6},
};

START_TEST(clusters_end_where_readers_count_one)
{
    ck_assert_uint_eq(bp_grapheme_end(clusters[_i].text, strlen(clusters[_i].text), 0),
                      clusters[_i].length);
}
END_TEST

static const struct {
    const char *text;
    size_t length; /* Of the first word. */
} words[] = {
    {"two words", 4}, {"two  words", 5}, {" x", 1}, {"中文", 3},
    {"），x", 6},     {"ab中", 2},       {"x", 1},  {"北\ufe00京", 6},
};

START_TEST(words_end_behind_spaces_and_between_han)
{
    ck_assert_uint_eq(bp_word_length(words[_i].text, strlen(words[_i].text)), words[_i].length);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("breaks");
    tcase_add_loop_test(tests, our_table_agrees_with_icu, 0, sizeof pools / sizeof *pools);
    tcase_add_loop_test(tests, texts_break_where_readers_expect, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, clusters_end_where_readers_count_one, 0,
                        sizeof clusters / sizeof *clusters);
    tcase_add_loop_test(tests, words_end_behind_spaces_and_between_han, 0,
                        sizeof words / sizeof *words);
    return stage_run("breaks", tests);
}
