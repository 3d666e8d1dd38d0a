/* Plain words come out as HarfBuzz shapes them, whole, in every font and with every feature, though
 * it is asked for few of them. */
#include <stdio.h>

#include "base/utf8.h"
#include "stage.h"
#include "text/shaper_private.h"

#define LENGTH_MOST 16
#define BYTES_MOST (3 * LENGTH_MOST + 1)

static const char *const families[] = {"Inter",          "Inter Display",
                                       "DejaVu Sans",    "DejaVu Sans Mono",
                                       "Inter Variable", "Noto Sans CJK SC"};

/* In each family with each of these. */
static const struct {
    const char *features, *language;
    int weight;
    bool is_italic;
} ways[] = {{NULL, "en", 400, false},
            {"tnum", "en", 600, false},
            {"frac", "en", 400, false},
            {"ss01,case,zero", "de", 700, true},
            {"dlig,salt,cv11", "tr", 500, false},
            {"-kern,-liga", "nl", 400, false},
            {"smcp,c2sc,onum", "ro", 400, false},
            {"numr", "zh", 400, false}};
#define WAY_COUNT (sizeof ways / sizeof ways[0])

static const char *const texts[] = {"office",
                                    "affluent",
                                    "fjord",
                                    "flagship",
                                    "2x4",
                                    "1920x1080",
                                    "->",
                                    "<->",
                                    "=>",
                                    "<=>",
                                    "(CIFTIS)",
                                    "(lower)",
                                    "[0]",
                                    "a-b",
                                    "A-B",
                                    "well-known ",
                                    "12:30",
                                    "1/2",
                                    "1/4",
                                    "3+4=7",
                                    "100%",
                                    "#42",
                                    "mail@x.org",
                                    "x",
                                    "xx",
                                    "0x7f",
                                    "AVATAR",
                                    "To",
                                    "Te",
                                    "WAVE ",
                                    "...",
                                    "IJsland",
                                    "ijs",
                                    "1st",
                                    "2nd",
                                    "Ti",
                                    "LL",
                                    "e.g. ",
                                    " ",
                                    "  ",
                                    "-",
                                    "--",
                                    "---",
                                    "http://a.b/c?d=e&f",
                                    "{x}",
                                    "\\n",
                                    "~",
                                    "^_^",
                                    "\"q\"",
                                    "'n'",
                                    "a*b",
                                    "5*5",
                                    "3*x",
                                    "|==",
                                    "\u201cWhen",
                                    "\u201d",
                                    "it\u2019s ",
                                    "O\u2019N",
                                    "\u2018AV\u2019",
                                    "1\u20139",
                                    "\u2014A",
                                    "a\u2026 ",
                                    "\u2022 x",
                                    "\u201c\u2018fi\u2019\u201d"};
#define TEXT_COUNT (sizeof texts / sizeof texts[0])

static uint32_t state;
static uint32_t chance(uint32_t most)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % most;
}

/* Letters as text. */
static const char *spell(const char *letters, size_t length, char out[BYTES_MOST])
{
    char *at = out;
    for (size_t i = 0; i < length; i++)
        at += bp_utf8_put(bp_letter_character((unsigned char)letters[i]), at);
    *at = '\0';
    return out;
}

/* The n-th word: every pair of letters, then words of letters alike. */
static const char *make(size_t n, char out[BYTES_MOST])
{
    static const char *const alphabets[] = {
        "abcdefghijklmnopqrstuvwxyz",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz",
        "0123456789.,- ",
        "fijlt ",
        "0123456789x/*+-=<>()",
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~ ",
        "AVWTLafijost \x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"};
    char letters[LENGTH_MOST];
    if (n < (size_t)BP_LETTER_COUNT * BP_LETTER_COUNT) {
        letters[0] = (char)(BP_LETTER_FIRST + n / BP_LETTER_COUNT);
        letters[1] = (char)(BP_LETTER_FIRST + n % BP_LETTER_COUNT);
        return spell(letters, 2, out);
    }
    const char *alphabet = alphabets[n % (sizeof alphabets / sizeof alphabets[0])];
    size_t length = 1 + chance(LENGTH_MOST);
    for (size_t i = 0; i < length; i++)
        letters[i] = alphabet[chance((uint32_t)strlen(alphabet))];
    return spell(letters, length, out);
}

static bool same_glyph(const bp_glyph *a, const bp_glyph *b)
{
    return a->id == b->id && a->cluster == b->cluster && !(a->advance < b->advance) &&
           !(a->advance > b->advance) && a->dx == b->dx && a->dy == b->dy;
}

static void compare(bp_shaper *quick, const bp_style *a, bp_shaper *whole, const bp_style *b,
                    const char *text)
{
    bp_error err = {0};
    const bp_run *runs = NULL, *expected = NULL;
    size_t count = 0, expected_count = 0, length = strlen(text);
    bool ok = bp_shape(quick, a, text, length, 0, &runs, &count, &err);
    bool expected_ok = bp_shape(whole, b, text, length, 0, &expected, &expected_count, &err);
    ck_assert_msg(ok && expected_ok, "%s: %s", text, err.text);
    ck_assert_uint_eq(count, expected_count);
    for (size_t r = 0; r < count; r++) {
        bool is_same = runs[r].glyph_count == expected[r].glyph_count;
        for (size_t i = 0; is_same && i < runs[r].glyph_count; i++)
            is_same = same_glyph(&runs[r].glyphs[i], &expected[r].glyphs[i]);
        ck_assert_msg(is_same, "\"%s\" with %s: HarfBuzz shapes it otherwise", text,
                      bp_style_values(a)->features);
    }
}

START_TEST(they_are_shaped_as_by_harfbuzz)
{
    stage s = stage_open();
    bp_error err = {0};
    bp_shaper *whole = bp_shaper_new(s.catalog, &err);
    ck_assert_ptr_nonnull(whole);
    whole->shapes_whole = true;
    state = 1;
    for (size_t w = 0; w < WAY_COUNT; w++) {
        bp_style_spec spec = {.families = &families[_i],
                              .family_count = 1,
                              .size = 10,
                              .weight = ways[w].weight,
                              .is_italic = ways[w].is_italic,
                              .features = ways[w].features,
                              .language = ways[w].language,
                              .allow_missing = true};
        const bp_style *a = stage_style(&s, &spec), *b = bp_style_find(whole, &spec, &err);
        char word[BYTES_MOST];
        for (size_t n = w * 1500; n < (w == 0 ? 18000u : w * 1500 + 3000); n++)
            compare(s.shaper, a, whole, b, make(n, word));
        for (size_t n = 0; n < TEXT_COUNT; n++)
            compare(s.shaper, a, whole, b, texts[n]);
    }
    ck_assert_uint_gt(bp_shaper_stats(s.shaper).recalled, 5000);
    ck_assert_uint_eq(bp_shaper_stats(whole).recalled, 0);
    bp_shaper_free(whole);
    stage_close(&s);
}
END_TEST

/* The face sets of a font share its advances, but not what their features make of letters. */
START_TEST(features_do_not_mix)
{
    stage s = stage_open();
    bp_style_spec spec = stage_spec("en");
    spec.features = "-tnum";
    const bp_style *proportional = stage_style(&s, &spec);
    spec.features = "tnum";
    const bp_style *tabular = stage_style(&s, &spec);
    char number[8];
    for (int i = 0; i < 100; i++) {
        (void)snprintf(number, sizeof number, "%d", 1000 + i * 37 % 100);
        (void)stage_width(&s, i % 2 == 0 ? proportional : tabular, number);
    }
    ck_assert_uint_gt(bp_shaper_stats(s.shaper).recalled, 0);
    ck_assert_double_ne(stage_width(&s, proportional, "1111"),
                        stage_width(&s, proportional, "8888"));
    ck_assert_double_eq(stage_width(&s, tabular, "1111"), stage_width(&s, tabular, "8888"));
    stage_close(&s);
}
END_TEST

/* Refused blocks cost speed, or the word, never its glyphs. */
START_TEST(refused_memory_changes_no_glyph)
{
    static const char *const words[] = {
        "known ", "letters ", "beside ", "known ", "ones ",  "and ", "then ",
        "some ",  "more ",    "of ",     "them ",  "until ", "the ", "rules ",
        "are ",   "read, ",   "which ",  "is ",    "said ",  "in ",  "twelve. "};
    enum { COUNT = sizeof words / sizeof words[0] };
    double widths[COUNT];
    stage s = stage_open();
    for (size_t i = 0; i < COUNT; i++)
        widths[i] = stage_width(&s, stage_plain(&s, "en"), words[i]);
    stage_close(&s);
    for (long n = 1, refused = 1; refused != 0; n++) {
        bp_error err = {0};
        s = stage_open();
        const bp_style *style = stage_plain(&s, "en");
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        for (size_t i = 0; i < COUNT; i++) {
            double width = 0;
            if (bp_shape_width(s.shaper, style, words[i], strlen(words[i]), &width, &err))
                ck_assert_double_eq(width, widths[i]);
            else
                ck_assert_int_eq(err.code, BP_ERR_MEMORY);
        }
        refused = bp_mem.refused;
        bp_mem.fail_at = 0;
        stage_close(&s);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("plain");
    tcase_add_loop_test(tests, they_are_shaped_as_by_harfbuzz, 0,
                        (int)(sizeof families / sizeof families[0]));
    tcase_add_test(tests, features_do_not_mix);
    tcase_add_test(tests, refused_memory_changes_no_glyph);
    return stage_run("plain", tests);
}
