/* The order of words, and the letters of an index. Each case is a language and words in their
 * order, each behind its letter. */
#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "text/collate.h"

enum { WORDS_MOST = 32 };

static const struct {
    const char *language;
    const char *words[WORDS_MOST]; /* Letter and word in turn. */
} cases[] = {
    {"en",
     {"", "% of total", "", "3D printing", "A", "air", "A", "Air", "A", "air traffic", "A",
      "airport", "E", "école", "Z", "zinc", "Ω", "Ωmega"}},
    {"sv", {"A", "alm", "O", "ort", "Z", "zon", "Å", "år", "Ä", "äng", "Ö", "ö"}},
    {"de", {"A", "Äcker", "A", "Adler", "O", "Öl", "O", "Ort", "S", "Straße"}},
    {"es", {"L", "llama", "N", "nube", "Ñ", "ñu", "O", "oca"}},
    {"hu", {"C", "cukor", "CS", "csak", "D", "dal"}},
    {"ru", {"Б", "бор", "Е", "ёж", "Е", "ель", "Ж", "жук", "A", "air"}},
    {"zh",
     {"", "5G基站", "B", "北京", "K", "空气", "S", "上海", "S", "水", "Z", "中国", "Z", "左", "A",
      "AI"}},
    {"zh-Hans", {"A", "阿", "Y", "一"}},
    {"zh-Hant", {"2劃", "人", "3劃", "大", "4劃", "水"}},
    {"ja", {"か", "かき", "か", "がく", "さ", "サケ", "な", "なし"}},
    {"ko", {"ㄱ", "가을", "ㄴ", "나무", "ㅎ", "하늘"}},
    {"xx-nonsense", {"A", "air", "B", "bear"}},
};

START_TEST(words_stand_in_the_order_of_their_language)
{
    const char *const *words = cases[_i].words;
    bp_collated texts[WORDS_MOST / 2];
    bp_buf scratch = {0};
    bp_error err = {0};
    size_t count = 0;
    while (words[2 * count] != NULL)
        count++;
    for (size_t i = 0; i < count; i++) { /* Handed over from last to first. */
        const char *word = words[2 * (count - 1 - i) + 1];
        texts[i] = (bp_collated){.text = word, .length = strlen(word)};
    }
    ck_assert_msg(bp_text_collate(texts, count, cases[_i].language, &scratch, &err), "%s",
                  err.text);
    for (size_t i = 0; i < count; i++) {
        const char *language = cases[_i].language;
        ck_assert_msg(texts[i].rank == count - i, "%s: %s is number %zu, not %zu", language,
                      texts[i].text, texts[i].rank, count - i);
        ck_assert_msg(strcmp(texts[i].head, words[2 * (count - 1 - i)]) == 0,
                      "%s: %s is under \"%s\"", language, texts[i].text, texts[i].head);
    }
    bp_buf_clear(&scratch);
    ck_assert_int_eq((int)bp_mem.live, 0);
}
END_TEST

START_TEST(equal_words_share_their_rank)
{
    bp_collated texts[] = {{.text = "b", .length = 1},
                           {.text = "a", .length = 1},
                           {.text = "b", .length = 1},
                           {.text = "", .length = 0},
                           {.text = "c", .length = 1}};
    bp_buf scratch = {0};
    bp_error err = {0};
    ck_assert(bp_text_collate(texts, 5, "en", &scratch, &err));
    ck_assert_uint_eq(texts[0].rank, 3);
    ck_assert_uint_eq(texts[2].rank, 3);
    ck_assert_uint_eq(texts[1].rank, 2);
    ck_assert_uint_eq(texts[3].rank, 1);
    ck_assert_uint_eq(texts[4].rank, 5);
    ck_assert_str_eq(texts[3].head, "");
    ck_assert(bp_text_collate(texts, 0, "en", &scratch, &err));
    bp_buf_clear(&scratch);
}
END_TEST

START_TEST(a_long_word_counts_by_its_beginning)
{
    size_t length = 100000;
    char *word = malloc(length);
    ck_assert_ptr_nonnull(word);
    for (size_t i = 0; i + 1 < length; i += 2)
        word[i] = '\xc3', word[i + 1] = '\xa9'; /* é */
    bp_collated texts[] = {{.text = word, .length = length}, {.text = "e", .length = 1}};
    bp_buf scratch = {0};
    bp_error err = {0};
    ck_assert_msg(bp_text_collate(texts, 2, "en", &scratch, &err), "%s", err.text);
    ck_assert_uint_eq(texts[0].rank, 2);
    ck_assert_str_eq(texts[0].head, "E");
    bp_buf_clear(&scratch);
    free(word);
}
END_TEST

START_TEST(a_refused_block_is_an_error)
{
    for (long n = 1;; n++) {
        bp_collated texts[] = {{.text = "b", .length = 1}, {.text = "a", .length = 1}};
        bp_buf scratch = {0};
        bp_error err = {0};
        bp_mem.fail_at = bp_mem.asked + n;
        bp_mem.refused = 0;
        bool ok = bp_text_collate(texts, 2, "en", &scratch, &err);
        bool was_refused = bp_mem.refused > 0;
        bp_mem.fail_at = 0;
        bp_buf_clear(&scratch);
        ck_assert_int_eq((int)bp_mem.live, 0);
        if (!was_refused) {
            ck_assert(ok);
            ck_assert_int_gt((int)n, 1);
            break;
        }
        ck_assert(!ok);
        ck_assert_int_eq(err.code, BP_ERR_MEMORY);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("collate");
    tcase_add_loop_test(tests, words_stand_in_the_order_of_their_language, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, equal_words_share_their_rank);
    tcase_add_test(tests, a_long_word_counts_by_its_beginning);
    tcase_add_test(tests, a_refused_block_is_an_error);
    return stage_run("collate", tests);
}
