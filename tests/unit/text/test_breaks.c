/* Line-break opportunities: our rules must say what ICU says, on text made at random from all kinds
 * of characters. What they say of the conformance file is in test_unicode_lines.c, what the ties
 * add in test_ties.c. */
#include <stdio.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "breaks_shown.h"
#include "text/shape_private.h"

static const char *const pools[] = {
    " !\"#$%&'()*+,-./0123456789:;<=>?@AZaz[\\]^_`{|}~ab  \n",
    "ab1 .,-/()\"$%–—’“”…·é£€°×−\u00a0\u00ad\u200b\u2060«»§•→ \n†‰′″¥º²½ßŁ\u202f\u2009\u2011\u3000",
    "中文字，。、；：？！“”‘’（）《》【】·ab12 .%-/()$",
    "一字，。——……%-1（％＋￥々ー「」〈〉〜\u3000\n0０5℃km²–~～ぁアャっ",
    "한국어 각 ᄒ ᅡ ᆫ 2 % $ （ 중",
    ("a1 \u0301\u0308\u200d\u200c-.,(中“\u200b\n☝👍🏽🇨🇳🇩👩\U0001fffd "
     "שת/-\ufffc\u2060\u00a0ん"),
};
static const char *const languages[] = {"en", "zh", "de", "ja", "zh-Hans", "ko", "he", "zh-TW"};

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

START_TEST(our_rules_agree_with_icu)
{
    UVersionInfo unicode;
    u_getUnicodeVersion(unicode);
    if (unicode[0] != 15) {
        printf("SKIPPED: ICU knows Unicode %d, the rules are of 15\n", unicode[0]);
        return;
    }
    uint32_t characters[256], seed = 1;
    size_t count = 0;
    const char *pool = pools[_i];
    bp_breaks *breaks = bp_breaks_new();
    bp_buf ours = {0}, complex = {0}, theirs = {0};
    bp_error err = {0};
    for (size_t at = 0; at < strlen(pool);)
        characters[count++] = bp_utf8_next(pool, strlen(pool), &at);
    for (size_t round = 0; round < 40000; round++) {
        char text[64];
        size_t length = make_text(characters, count, &seed, text);
        const char *language = languages[round % 8];
        unsigned quotes = bp_language_is_han(language) ? BP_UAX14_HAN_QUOTES : 0;
        ours.length = theirs.length = 0;
        ck_assert(bp_uax14_find(text, length, BP_UAX14_NUMBERS | BP_UAX14_HYPHENS | quotes, &ours,
                                &complex));
        ck_assert(bp_breaks_find_icu(breaks, text, length, language, &theirs, &err));
        ck_assert_msg(ours.length == theirs.length &&
                          memcmp(ours.bytes, theirs.bytes, ours.length) == 0,
                      "\"%.*s\" in %s", (int)length, text, language);
    }
    bp_buf_clear(&ours);
    bp_buf_clear(&theirs);
    bp_breaks_free(breaks);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* Scripts without spaces; ICU's dictionaries cut the same words out of the whole text. */
static const struct {
    const char *language, *text, *shown;
} dictionary[] = {
    {"th", "ภาษาไทย (ไทย) 34.8% และ English ด้วย", "ภาษา|ไทย |(ไทย) |34.8% |และ |English |ด้วย"},
    {"lo", "ພາສາລາວເປັນພາສາ", "ພາສາ|ລາວ|ເປັນ|ພາສາ"},
    {"km", "ភាសាខ្មែរជាភាសា", "ភាសាខ្មែរ|ជា|ភាសា"},
    {"my", "ကျွန်တော်သည်မြန်မာစာကို", "ကျွန်တော်|သည်|မြန်မာ|စာ|ကို"},
    {"en", "ไทย-ไทย, ภาษาไทย.", "ไทย-¹ไทย, |ภาษา|ไทย."},
    {"zh", "泰语（ภาษาไทย）是", "泰|语|（ภาษา|ไทย）|是"},
};

START_TEST(dictionaries_divide_scripts_without_spaces)
{
    bp_breaks *breaks = bp_breaks_new();
    bp_buf shown = {0}, theirs = {0}, ours = {0};
    bp_error err = {0};
    const char *text = dictionary[_i].text;
    breaks_show(breaks, text, dictionary[_i].language, &shown);
    ck_assert_str_eq(shown.bytes, dictionary[_i].shown);
    ck_assert(bp_breaks_find_icu(breaks, text, strlen(text), "en", &theirs, &err));
    ck_assert(bp_breaks_judge(breaks, text, strlen(text), "en", &ours, &err));
    ck_assert_uint_eq(BP_BUF_COUNT(&ours, bp_break_end), BP_BUF_COUNT(&theirs, uint32_t));
    for (size_t i = 0; i < BP_BUF_COUNT(&theirs, uint32_t); i++)
        ck_assert_uint_eq(BP_BUF_ITEMS(&ours, bp_break_end)[i].end,
                          BP_BUF_ITEMS(&theirs, uint32_t)[i]);
    bp_buf_clear(&shown);
    bp_buf_clear(&theirs);
    bp_buf_clear(&ours);
    bp_breaks_free(breaks);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *language, *text, *cut; /* "|" where a line may end. */
} cases[] = {
    {"en", "R&D in 5G", "R&D |in |5G|"},
    {"en", "1,234.5 km", "1,234.5 km|"},
    {"en", "12\u00a0km of AT&T", "12\u00a0km |of |AT&T|"},
    {"en", "high-tech and/or", "high-|tech |and/or|"},
    {"en", "co\u00adop\nx", "co\u00ad|op\n|x|"},
    {"zh", "“中关村”，第1家。", "“中|关|村”，|第1家。|"},
    {"zh", "的‘单打冠军’，在‘a’中", "的|‘单|打|冠|军’，|在|‘a’|中|"},
    {"zh", "由don’t和students’由", "由|don’t|和|students’|由|"},
    {"en", "的‘单打’中", "的‘单|打’中|"},
    {"zh", "《报告》（2022年）", "《报|告》|（2022年）|"},
    {"zh", "增长34.8%，达……", "增|长|34.8%，|达……|"},
    {"ko", "한국어 조판에서는", "한국어 |조판에서는|"},
    /* Nothing is tied that would stick out. */
    {"en", "123456789012345678901234567890 million", "123456789012345678901234567890 |million|"},
    {"ko", "가나다라마바사아자차카타파하가나다라마바사",
     "가|나|다|라|마|바|사|아|자|차|카|타|파|하|가|나|다|라|마|바|사|"},
};

START_TEST(without_penalties_ties_hold_within_twenty_characters)
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

/* Each block refused once: an error, and nothing is left alive. */
START_TEST(refused_memory_is_an_error)
{
    static const char text[] = "34.8 percent of ภาษาไทย at www.example.org/path, twice over";
    bool is_done = false;
    for (long n = 1; !is_done; n++) {
        bp_buf ends = {0};
        bp_error err = {0};
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_breaks *breaks = bp_breaks_new();
        bool ok = breaks != NULL && bp_breaks_find(breaks, text, strlen(text), "en", &ends, &err);
        is_done = !bp_mem.refused;
        ck_assert_int_eq(ok, is_done);
        ck_assert(ok || breaks == NULL || err.code == BP_ERR_MEMORY);
        bp_buf_clear(&ends);
        bp_breaks_free(breaks);
        ck_assert_int_eq(bp_mem.live, 0);
    }
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
    tcase_add_loop_test(tests, our_rules_agree_with_icu, 0, sizeof pools / sizeof *pools);
    tcase_add_loop_test(tests, dictionaries_divide_scripts_without_spaces, 0,
                        sizeof dictionary / sizeof *dictionary);
    tcase_add_loop_test(tests, without_penalties_ties_hold_within_twenty_characters, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, refused_memory_is_an_error);
    tcase_add_loop_test(tests, clusters_end_where_readers_count_one, 0,
                        sizeof clusters / sizeof *clusters);
    tcase_add_loop_test(tests, words_end_behind_spaces_and_between_han, 0,
                        sizeof words / sizeof *words);
    return stage_run("breaks", tests);
}
