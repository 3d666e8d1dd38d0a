/* Hyphenation patterns: what our reader says of words is held against libhyphen, which the files
 * are made for; damaged files end in an error that names the line. */
#include <check.h>
#include <hyphen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "text/patterns.h"

/* The leak checker asks: libhyphen 2.8.8 forgets blocks where words change their spelling. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:hnj_malloc\n";
}

static const struct {
    const char *path;
    bool is_latin1;     /* The file; our words are UTF-8. */
    double differ_most; /* Part of the words on which libhyphen may say something else. */
} files[] = {
    {"/usr/share/hyphen/hyph_en_US.dic", false, 0},
    {"/usr/share/hyphen/hyph_en_GB.dic", false, 0},
    {"/usr/share/hyphen/hyph_fr.dic", false, 0},
    /* Compounds: libhyphen leaves out some points beside parts of one letter. */
    {"/usr/share/hyphen/hyph_de_DE.dic", true, 0.002},
};

static bp_patterns *load(const char *path)
{
    bp_buf bytes = {0};
    bp_error err = {0};
    ck_assert_msg(bp_file_read(path, 0, &bytes, &err), "%s", err.text);
    bp_patterns *patterns = bp_patterns_parse(path, bytes.bytes, bytes.length, &err);
    ck_assert_msg(patterns != NULL, "%s: %s", err.place, err.text);
    bp_buf_clear(&bytes);
    return patterns;
}

/* Words out of the letters of patterns: what libhyphen is asked for is then never far from a rule.
 */
static size_t make_word(const bp_buf *bytes, bool is_latin1, uint32_t *seed, char *word)
{
    size_t length = 0;
    *seed = *seed * 1664525u + 1013904223u;
    for (uint32_t n = 1 + (*seed >> 8) % 3; n > 0; n--) {
        *seed = *seed * 1664525u + 1013904223u;
        size_t at = (*seed >> 4) % bytes->length;
        while (at > 0 && bytes->bytes[at - 1] != '\n')
            at--;
        for (; at < bytes->length && bytes->bytes[at] != '\n' && length < 40; at++) {
            unsigned char c = (unsigned char)bytes->bytes[at];
            if (c == '#' || c == '%' || c == '/' || (c >= 'A' && c <= 'Z') ||
                (!is_latin1 && c >= 0xe0))
                break; /* Marks, and ligatures that libhyphen counts as two letters. */
            if ((c >= 'a' && c <= 'z') || c >= 0x80)
                word[length++] = (char)c;
        }
    }
    word[length] = '\0';
    return length;
}

/* Points of a word as libhyphen sees them, in the encoding of its file. */
static void ask_libhyphen(HyphenDict *dictionary, const char *word, size_t length, bool is_utf8,
                          bool *points)
{
    char hyphens[128];
    char **replaced = NULL;
    int *positions = NULL, *cuts = NULL;
    memset(points, 0, length * sizeof *points);
    ck_assert_int_eq(hnj_hyphen_hyphenate2(dictionary, word, (int)length, hyphens, NULL, &replaced,
                                           &positions, &cuts),
                     0);
    size_t character = 0;
    for (size_t i = 0; i < length; character++) {
        size_t next = i + 1;
        while (is_utf8 && next < length && ((unsigned char)word[next] & 0xc0) == 0x80)
            next++;
        bool changes = replaced != NULL && replaced[character] != NULL;
        if (next < length && (hyphens[character] & 1) && !changes)
            points[next] = true;
        i = next;
    }
    for (size_t i = 0; replaced != NULL && i < length; i++)
        free(replaced[i]);
    free(replaced);
    free(positions);
    free(cuts);
}

/* A word in UTF-8, with the place in it of each byte of the Latin-1 word. */
static size_t widen(const char *word, size_t length, char *out, size_t *places)
{
    size_t made = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)word[i];
        places[i] = made;
        if (c >= 0x80) {
            out[made++] = (char)(0xc0 | c >> 6);
            c = (unsigned char)(0x80 | (c & 0x3f));
        }
        out[made++] = (char)c;
    }
    return made;
}

START_TEST(our_points_are_those_of_libhyphen)
{
    if (access(files[_i].path, F_OK) != 0) {
        printf("%s is not installed\n", files[_i].path);
        return;
    }
    bp_patterns *patterns = load(files[_i].path);
    HyphenDict *dictionary = hnj_hyphen_load(files[_i].path);
    ck_assert_ptr_nonnull(dictionary);
    bp_buf bytes = {0};
    bp_error err = {0};
    ck_assert(bp_file_read(files[_i].path, 0, &bytes, &err));
    uint32_t seed = 1;
    size_t count = 0, found = 0, different = 0;
    for (int round = 0; round < 30000; round++) {
        char word[64], wide[128];
        size_t places[64];
        bool ours[128], theirs[128];
        size_t length = make_word(&bytes, files[_i].is_latin1, &seed, word), wide_length = length;
        if (length < 2)
            continue;
        if (files[_i].is_latin1)
            wide_length = widen(word, length, wide, places);
        bp_patterns_apply(patterns, files[_i].is_latin1 ? wide : word, wide_length, ours);
        ask_libhyphen(dictionary, word, length, !files[_i].is_latin1, theirs);
        count++;
        bool is_same = true;
        for (size_t i = 0; i < length; i++) {
            bool own = ours[files[_i].is_latin1 ? places[i] : i];
            found += own;
            is_same = is_same && own == theirs[i];
        }
        different += !is_same;
        if (files[_i].differ_most <= 0)
            ck_assert_msg(is_same, "%s", word);
    }
    ck_assert_uint_gt(count, 20000);
    ck_assert_uint_gt(found, 20000);
    ck_assert_double_le((double)different, files[_i].differ_most * (double)count);
    bp_buf_clear(&bytes);
    hnj_hyphen_free(dictionary);
    bp_patterns_free(patterns);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* Liang's own example, and what the file says of word ends, levels and changes of spelling. */
static const struct {
    const char *file, *word, *divided;
} cases[] = {
    {"UTF-8\nhy3ph\nhe2n\nhena4\nhen5at\n1na\nn2at\n1tio\n2io\no2n\n", "hyphenation",
     "hy-phen-ation"},
    {"UTF-8\na1b\n", "ababab", "aba-bab"},
    {"UTF-8\nLEFTHYPHENMIN 3\nRIGHTHYPHENMIN 1\na1b\n", "ababab", "aba-ba-b"},
    {"UTF-8\n.a1\nLEFTHYPHENMIN 1\n", "abcab", "a-bcab"},
    {"UTF-8\nRIGHTHYPHENMIN 1\n1b.\n", "abcab", "abca-b"},
    {"UTF-8\n% a1b\n# a1b\nx1y\n", "aabb", "aabb"},
    {"UTF-8\na1b\na2b\n", "aabb", "aabb"},                       /* The last of two says it. */
    {"UTF-8\naa1b\na2b\n", "aabb", "aa-bb"},                     /* The longer one counts. */
    {"UTF-8\nf1f/ff=f,1,2\ni1f\n", "schiffahrt", "schi-ffahrt"}, /* No change of spelling. */
    {"UTF-8\r\na1b\r\n", "aabb", "aa-bb"},
    {"ISO8859-1\n\xe4"
     "1b\n",
     "a\xc3\xa4"
     "bb",
     "a\xc3\xa4-bb"},
    {"KOI8-R\n\xc1"
     "1\xc2\n",
     "аабб", "аа-бб"},
    {"microsoft-cp1251\n\xe0"
     "1\xe1\n",
     "аабб", "аа-бб"},
    /* Compounds first, and no part shorter than it may be. */
    {"UTF-8\nCOMPOUNDLEFTHYPHENMIN 2\nCOMPOUNDRIGHTHYPHENMIN 3\nxy1\nNEXTLEVEL\na1b\n",
     "ababxyabababab", "aba-bxy-aba-ba-bab"},
};

START_TEST(patterns_divide_words)
{
    bp_error err = {0};
    char divided[64] = "";
    bool points[64];
    size_t length = strlen(cases[_i].word), made = 0;
    bp_patterns *patterns =
        bp_patterns_parse("x.dic", cases[_i].file, strlen(cases[_i].file), &err);
    ck_assert_msg(patterns != NULL, "%s: %s", err.place, err.text);
    bp_patterns_apply(patterns, cases[_i].word, length, points);
    for (size_t i = 0; i < length; i++) {
        if (points[i])
            divided[made++] = '-';
        divided[made++] = cases[_i].word[i];
    }
    ck_assert_str_eq(divided, cases[_i].divided);
    bp_patterns_free(patterns);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *bytes;
    size_t length; /* 0: to the NUL. */
    const char *place, *said;
} damaged[] = {
    {"", 0, "x.dic:1", "encoding"},
    {"\n", 0, "x.dic:1", "encoding"},
    {"UTF-8\n", 0, "x.dic:2", "no pattern"},
    {"UTF-9\na1b\n", 0, "x.dic:1", "encoding"},
    {"<!DOCTYPE html>\n<html>\n", 0, "x.dic:1", "encoding"},
    {"UTF-8\na1b\nb\xff"
     "1c\n",
     0, "x.dic:3", "encoding"},
    {"UTF-8\na1b\nb\0c\n", 14, "x.dic:3", "control character"},
    {"UTF-8\na1b\nNEXTLEVEL\nb1c\nNEXTLEVEL\n", 0, "x.dic:5", "two levels"},
    {"\x7f"
     "ELF\x01\x02\x03\n\n",
     0, "x.dic:1", "encoding"},
};

START_TEST(damage_is_told_with_its_line)
{
    bp_error err = {0};
    size_t length = damaged[_i].length > 0 ? damaged[_i].length : strlen(damaged[_i].bytes);
    ck_assert_ptr_null(bp_patterns_parse("x.dic", damaged[_i].bytes, length, &err));
    ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    ck_assert_str_eq(err.place, damaged[_i].place);
    ck_assert_msg(strstr(err.text, damaged[_i].said) != NULL, "%s", err.text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(long_patterns_and_words_are_bounded)
{
    char text[1024] = "UTF-8\n", word[512];
    bool points[512];
    bp_error err = {0};
    memset(text + 6, 'a', 300);
    ck_assert_ptr_null(bp_patterns_parse("x.dic", text, 306, &err));
    ck_assert_str_eq(err.place, "x.dic:2");
    err = (bp_error){0};
    bp_patterns *patterns = bp_patterns_parse("x.dic", "UTF-8\na1a\n", 10, &err);
    memset(word, 'a', sizeof word);
    bp_patterns_apply(patterns, word, BP_PATTERNS_WORD_MOST, points);
    ck_assert(points[2] && points[BP_PATTERNS_WORD_MOST - 2] && !points[1]);
    bp_patterns_apply(patterns, word, BP_PATTERNS_WORD_MOST + 1, points);
    for (size_t i = 0; i <= BP_PATTERNS_WORD_MOST; i++)
        ck_assert(!points[i]);
    bp_patterns_apply(patterns, "", 0, points);
    bp_patterns_free(patterns);
}
END_TEST

START_TEST(the_english_patterns_take_half_a_megabyte)
{
    bp_patterns *patterns = load(files[0].path);
    ck_assert_uint_lt(bp_patterns_size(patterns), 600000);
    ck_assert_int_lt(bp_mem.asked, 40); /* Not a block a pattern. */
    bp_patterns_free(patterns);
}
END_TEST

START_TEST(a_refused_block_ends_in_an_error_without_leak)
{
    static const char *const texts[] = {"UTF-8\na1b\nab1c\nx1y\n", "ISO8859-1\n\xe4"
                                                                   "1b\nab1c\n"};
    for (long n = 1;; n++) {
        bp_error err = {0};
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_patterns *patterns = bp_patterns_parse("x.dic", texts[_i], strlen(texts[_i]), &err);
        bp_patterns_free(patterns);
        ck_assert_int_eq(bp_mem.live, 0);
        if (bp_mem.refused == 0) {
            ck_assert(patterns != NULL && n > 3);
            break;
        }
        ck_assert(patterns == NULL && err.code == BP_ERR_MEMORY);
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("patterns");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, our_points_are_those_of_libhyphen, 0, sizeof files / sizeof *files);
    tcase_add_loop_test(tests, patterns_divide_words, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, damage_is_told_with_its_line, 0, sizeof damaged / sizeof *damaged);
    tcase_add_test(tests, long_patterns_and_words_are_bounded);
    tcase_add_test(tests, the_english_patterns_take_half_a_megabyte);
    tcase_add_loop_test(tests, a_refused_block_ends_in_an_error_without_leak, 0, 2);
    Suite *suite = suite_create("patterns");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
