/* Hyphenation: which file serves a language, and where known words may be divided. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "text/hyphenate.h"

static const bp_hyphen_limits usual = {.word = 5, .before = 2, .after = 3};

/* A word with hyphens, in a buffer that the next call overwrites. */
static const char *divide(bp_hyphens *hyphens, const bp_patterns *patterns, const char *word,
                          const bp_hyphen_limits *limits)
{
    static char text[512];
    unsigned char points[BP_PATTERNS_WORD_MOST];
    size_t count = bp_hyphens_points(hyphens, patterns, word, strlen(word), limits, points),
           made = 0, p = 0;
    for (size_t i = 0; word[i] != '\0'; i++) {
        if (p < count && points[p] == i) {
            text[made++] = '-';
            p++;
        }
        text[made++] = word[i];
    }
    ck_assert_uint_eq(p, count);
    text[made] = '\0';
    return text;
}

static const bp_patterns *find(bp_hyphens *hyphens, const char *language)
{
    const bp_patterns *patterns = NULL;
    bp_error err = {0};
    ck_assert_msg(bp_hyphens_find(hyphens, language, &patterns, &err), "%s: %s", err.place,
                  err.text);
    return patterns;
}

static const struct {
    const char *language, *file, *word, *divided;
} words[] = {
    {"en-US", "en_US", "hyphenation", "hy-phen-ation"},
    {"en-US", "en_US", "accreditation", "ac-cred-i-ta-tion"},
    {"en-US", "en_US", "Institutions", "In-sti-tu-tions"},
    {"en-US", "en_US", "development", "de-vel-op-ment"},
    {"en-US", "en_US", "office", "of-fice"},
    {"en-US", "en_US", "table", "ta-ble"},
    {"en-GB", "en_GB", "hyphenation", "hy-phen-a-tion"},
    {"en-GB", "en_GB", "representation", "rep-res-ent-a-tion"},
    {"en-GB", "en_GB", "development", "de-vel-op-ment"},
    {"en", "en_US", "representation", "rep-re-sen-ta-tion"},
    {"en-IN", "en_US", "representation", "rep-re-sen-ta-tion"}, /* No file of its own. */
    {"en_GB", "en_GB", "representation", "rep-res-ent-a-tion"},
    {"en-Latn-GB", "en_GB", "representation", "rep-res-ent-a-tion"},
    {"EN-gb", "en_GB", "representation", "rep-res-ent-a-tion"},
    {"de", "de_DE", "Verwaltungsgerichtsbarkeit", "Ver-wal-tungs-ge-richts-bar-keit"},
    {"de-DE", "de_DE", "Größenordnung", "Grö-ßen-ord-nung"},
    {"de-CH", "de_DE", "Silbentrennung", "Sil-ben-tren-nung"},
    {"fr", "fr", "développement", "dé-ve-lop-pe-ment"},
    {"ru", "ru_RU", "государственный", "государ-ствен-ный"},
    {"sv", "sv_SE", "utveckling", "ut-veck-ling"},
};

START_TEST(known_words_are_divided_as_books_do)
{
    char path[256];
    (void)snprintf(path, sizeof path, BP_HYPHEN_FOLDER "/hyph_%s.dic", words[_i].file);
    if (access(path, F_OK) != 0) {
        printf("%s is not installed\n", path);
        return;
    }
    bp_hyphens *hyphens = bp_hyphens_new();
    const bp_patterns *patterns = find(hyphens, words[_i].language);
    ck_assert_ptr_nonnull(patterns);
    ck_assert_str_eq(divide(hyphens, patterns, words[_i].word, &usual), words[_i].divided);
    bp_hyphens_free(hyphens);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(lengths_acronyms_and_brands_keep_words_whole)
{
    bp_hyphens *hyphens = bp_hyphens_new();
    const bp_patterns *en = find(hyphens, "en-US");
    ck_assert_ptr_nonnull(en);
    ck_assert_str_eq(divide(hyphens, en, "ACCREDITATION", &usual), "ACCREDITATION");
    ck_assert_str_eq(divide(hyphens, en, "McAccreditation", &usual), "McAccreditation");
    ck_assert_str_eq(divide(hyphens, en, "ecosystemA", &usual), "ecosystemA");
    ck_assert_str_eq(divide(hyphens, en, "into", &usual), "into");
    bp_hyphen_limits limits = {.word = 12, .before = 2, .after = 3};
    ck_assert_str_eq(divide(hyphens, en, "hyphenation", &limits), "hyphenation");
    limits = (bp_hyphen_limits){.word = 11, .before = 3, .after = 6};
    ck_assert_str_eq(divide(hyphens, en, "hyphenation", &limits), "hyphenation");
    limits.after = 5;
    ck_assert_str_eq(divide(hyphens, en, "hyphenation", &limits), "hyphen-ation");
    bp_hyphens_free(hyphens);
}
END_TEST

START_TEST(marks_count_as_part_of_their_letter)
{
    bp_error err = {0};
    bp_hyphens *hyphens = bp_hyphens_new();
    bp_patterns *patterns = bp_patterns_parse("x.dic", "UTF-8\n1b\n", 9, &err);
    /* e and an accent are one letter, and no point stands between them. */
    ck_assert_str_eq(divide(hyphens, patterns, "e\u0301bcde", &usual), "e\u0301bcde");
    ck_assert_str_eq(divide(hyphens, patterns, "ae\u0301bcde", &usual), "ae\u0301-bcde");
    /* Small letters may have other lengths than capitals: points are those of the word given. */
    ck_assert_str_eq(divide(hyphens, patterns, "\u1e9ecbcde", &usual), "\u1e9ec-bcde");
    bp_patterns_free(patterns);
    bp_hyphens_free(hyphens);
}
END_TEST

/* Answers from memory are those of the patterns, whatever was asked before. */
START_TEST(words_are_remembered_with_what_they_were_asked_for)
{
    bp_hyphens *hyphens = bp_hyphens_new();
    const bp_patterns *us = find(hyphens, "en-US"), *gb = find(hyphens, "en-GB");
    const bp_hyphen_limits strict = {.word = 5, .before = 4, .after = 5};
    for (int round = 0; round < 3; round++) {
        ck_assert_str_eq(divide(hyphens, us, "representation", &usual), "rep-re-sen-ta-tion");
        ck_assert_str_eq(divide(hyphens, gb, "representation", &usual), "rep-res-ent-a-tion");
        ck_assert_str_eq(divide(hyphens, us, "representation", &strict), "repre-sen-tation");
        ck_assert_str_eq(divide(hyphens, us, "REPRESENTATION", &usual), "REPRESENTATION");
    }
    for (uint32_t i = 0; i < 20000; i++) { /* More words than are kept. */
        char word[32];
        (void)snprintf(word, sizeof word, "%cepresentation%c", 'a' + (int)(i % 26),
                       'a' + (int)(i / 26 % 26));
        const bp_patterns *patterns = i % 2 == 0 ? us : gb;
        char first[64], second[64];
        bp_hyphens *fresh = NULL;
        (void)snprintf(first, sizeof first, "%s", divide(hyphens, patterns, word, &usual));
        if (i % 1000 == 0) {
            fresh = bp_hyphens_new();
            (void)snprintf(second, sizeof second, "%s", divide(fresh, patterns, word, &usual));
            ck_assert_str_eq(first, second);
            bp_hyphens_free(fresh);
        }
    }
    bp_hyphens_free(hyphens);
}
END_TEST

START_TEST(a_language_without_patterns_is_no_fault)
{
    static const char *const languages[] = {"zh",       "zh-Hans",
                                            "ja",       "x",
                                            "",         "xx-yy",
                                            "tlh",      "../../etc/passwd",
                                            "en/../..", "a-b-c-d-e-f-g-h-i-j"};
    bp_hyphens *hyphens = bp_hyphens_new();
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        ck_assert_ptr_null(find(hyphens, languages[i]));
        ck_assert_ptr_null(find(hyphens, languages[i])); /* Answered from memory. */
    }
    bp_hyphens_free(hyphens);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_file_is_read_once_and_only_when_asked_for)
{
    bp_hyphens *hyphens = bp_hyphens_new();
    ck_assert_uint_lt(bp_mem.bytes, 1000);
    const bp_patterns *first = find(hyphens, "en-US");
    ck_assert_ptr_nonnull(first);
    size_t bytes = bp_mem.bytes;
    ck_assert_ptr_eq(find(hyphens, "en-US"), first);
    (void)find(hyphens, "zh");
    ck_assert_uint_lt(bp_mem.bytes - bytes, 1000);
    bp_hyphens_free(hyphens);
}
END_TEST

static char folder[] = "/tmp/briefpress-hyphens-XXXXXX";

static void write_file(const char *name, const char *bytes)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(bytes, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void remove_file(const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert(remove(path) == 0 || errno == ENOENT);
}

START_TEST(folders_that_are_named_come_first)
{
    bp_error err = {0};
    bp_hyphens *hyphens = bp_hyphens_new();
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file("hyph_en_US.dic", "UTF-8\nn1n\n");
    write_file("hyph_tlh.dic", "UTF-8\na1b\n");
    ck_assert(bp_hyphens_add_folder(hyphens, "/nonexistent", &err));
    ck_assert(bp_hyphens_add_folder(hyphens, folder, &err));
    ck_assert_str_eq(divide(hyphens, find(hyphens, "en-US"), "annna", &usual), "an-nna");
    ck_assert_str_eq(divide(hyphens, find(hyphens, "tlh"), "aabbaabb", &usual), "aa-bbaabb");
    ck_assert_ptr_nonnull(find(hyphens, "en-GB")); /* From the usual place. */
    bp_hyphens_free(hyphens);
    remove_file("hyph_en_US.dic");
    remove_file("hyph_tlh.dic");
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_damaged_file_is_named)
{
    bp_error err = {0}, second = {0};
    const bp_patterns *patterns = NULL;
    char path[256];
    bp_hyphens *hyphens = bp_hyphens_new();
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file("hyph_tlh.dic", "UTF-8\na1b\n\xff\n");
    ck_assert(bp_hyphens_add_folder(hyphens, folder, &err));
    ck_assert(!bp_hyphens_find(hyphens, "tlh", &patterns, &err));
    ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    (void)snprintf(path, sizeof path, "%s/hyph_tlh.dic:3", folder);
    ck_assert_str_eq(err.place, path);
    remove_file("hyph_tlh.dic");
    (void)snprintf(path, sizeof path, "%s/hyph_tlh.dic", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0); /* A folder where a file should be. */
    ck_assert(!bp_hyphens_find(hyphens, "tlh", &patterns, &second));
    ck_assert_int_eq(second.code, BP_ERR_RESOURCE);
    ck_assert_str_eq(second.place, path);
    ck_assert_int_eq(rmdir(path), 0);
    bp_hyphens_free(hyphens);
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_refused_block_ends_in_an_error_without_leak)
{
    for (long n = 1;; n++) {
        bp_error err = {0};
        const bp_patterns *patterns = NULL;
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_hyphens *hyphens = bp_hyphens_new();
        bool ok = hyphens != NULL && bp_hyphens_add_folder(hyphens, "/nonexistent", &err) &&
                  bp_hyphens_find(hyphens, "en-GB", &patterns, &err) &&
                  bp_hyphens_find(hyphens, "zh", &patterns, &err);
        bp_hyphens_free(hyphens);
        ck_assert_int_eq(bp_mem.live, 0);
        if (bp_mem.refused == 0) {
            ck_assert(ok && n > 5);
            break;
        }
        ck_assert(!ok && (hyphens == NULL || err.code == BP_ERR_MEMORY));
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hyphenate");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, known_words_are_divided_as_books_do, 0,
                        sizeof words / sizeof *words);
    tcase_add_test(tests, lengths_acronyms_and_brands_keep_words_whole);
    tcase_add_test(tests, marks_count_as_part_of_their_letter);
    tcase_add_test(tests, words_are_remembered_with_what_they_were_asked_for);
    tcase_add_test(tests, a_language_without_patterns_is_no_fault);
    tcase_add_test(tests, a_file_is_read_once_and_only_when_asked_for);
    tcase_add_test(tests, folders_that_are_named_come_first);
    tcase_add_test(tests, a_damaged_file_is_named);
    tcase_add_test(tests, a_refused_block_ends_in_an_error_without_leak);
    Suite *suite = suite_create("hyphenate");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
