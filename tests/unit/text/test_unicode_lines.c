/* Line ends against LineBreakTest.txt: the rules alone agree in every line; what we depart from it
 * and what the ties take away is counted, reason by reason. */
#include "text/breaks_private.h"
#include "unicode.h"

#define FILE_NAME "auxiliary/LineBreakTest.txt"
#define LINES 7654

static bool is_same(const bp_buf *ends, const uint32_t *wanted, size_t count)
{
    return BP_BUF_COUNT(ends, uint32_t) == count &&
           (count == 0 || memcmp(ends->bytes, wanted, count * sizeof *wanted) == 0);
}

/* The departures and how many lines they change. Each is a rule of ICU's too. */
static const struct {
    unsigned departures;
    size_t agreeing;
} departures[] = {
    {0, LINES},
    {BP_UAX14_NUMBERS, LINES - 14},
    {BP_UAX14_HYPHENS, LINES - 8},
    {BP_UAX14_NUMBERS | BP_UAX14_HYPHENS, LINES - 22},
    {BP_UAX14_HAN_QUOTES, LINES}, /* The file has no such quotes beside Han. */
};

START_TEST(the_rules_agree_in_every_line)
{
    char line[UNICODE_LINE_MOST], shown[UNICODE_LINE_MOST], text[UNICODE_TEXT_MOST];
    uint32_t wanted[256];
    size_t lines = 0, agreeing = 0, count;
    bp_buf ends = {0}, complex = {0};
    FILE *file = unicode_open(FILE_NAME);
    while (unicode_line(file, line) != NULL) {
        strcpy(shown, line);
        size_t length = unicode_breaks(line, text, wanted, &count);
        ends.length = complex.length = 0;
        ck_assert(bp_uax14_find(text, length, departures[_i].departures, &ends, &complex));
        bool ok = is_same(&ends, wanted, count);
        if (!ok && departures[_i].departures == 0)
            printf("%s\n", shown);
        agreeing += ok;
        lines++;
    }
    fclose(file);
    bp_buf_clear(&ends);
    bp_buf_clear(&complex);
    printf("LineBreakTest: %zu of %zu lines agree with departures %u\n", agreeing, lines,
           departures[_i].departures);
    ck_assert_uint_eq(lines, LINES);
    ck_assert_uint_eq(agreeing, departures[_i].agreeing);
}
END_TEST

static bool is_inside(const bp_buf *spans, uint32_t at)
{
    for (size_t i = 0; i < BP_BUF_COUNT(spans, bp_byte_span); i++)
        if (BP_BUF_ITEMS(spans, bp_byte_span)[i].start < at &&
            at < BP_BUF_ITEMS(spans, bp_byte_span)[i].end)
            return true;
    return false;
}

/* What the ties forbid in the lines of the file, and what they only discourage. Nothing else
 * differs from the rules: an end that is gone has its tie, and none is added. */
static const struct {
    size_t forbidden, penalised;
} expected[BP_TIE_COUNT_OF_RULES] = {
    [BP_TIE_UNIT] = {2, 0},    /* NU SP, then $ or %. */
    [BP_TIE_SIGN] = {3, 0},    /* #, $ or the section sign, SP, NU. */
    [BP_TIE_HYPHEN] = {18, 3}, /* HY or BA that begins a word. */
    [BP_TIE_DASH] = {73, 0},   /* Before B2 without a space, and behind it where it begins. */
    [BP_TIE_SLASH] = {21, 0},  /* SY with less than two letters on a side. */
    [BP_TIE_ADDRESS] = {3, 0},    [BP_TIE_QUOTE] = {5, 0}, /* Guillemets with spaces inside. */
    [BP_TIE_MARK] = {83, 0},      /* SP, then the Khmer mark that is the sample of NS. */
    [BP_TIE_COUNTER] = {0, 1},    /* NU, then a counter of Chinese. */
    [BP_TIE_SYLLABLE] = {5, 331}, /* Before JL, JV, JT, H2, H3; never behind NU. */
};

START_TEST(every_end_that_is_gone_has_its_tie)
{
    char line[UNICODE_LINE_MOST], text[UNICODE_TEXT_MOST];
    uint32_t wanted[256];
    size_t forbidden[BP_TIE_COUNT_OF_RULES] = {0}, penalised[BP_TIE_COUNT_OF_RULES] = {0};
    size_t count, whole = 0, from_dictionary = 0, in_addresses = 0;
    bp_breaks *breaks = bp_breaks_new();
    bp_buf judged = {0}, plain = {0}, complex = {0};
    bp_error err = {0};
    FILE *file = unicode_open(FILE_NAME);
    while (unicode_line(file, line) != NULL) {
        size_t length = unicode_breaks(line, text, wanted, &count);
        judged.length = plain.length = complex.length = 0;
        ck_assert(bp_breaks_judge(breaks, text, length, "en", &judged, &err));
        ck_assert(
            bp_uax14_find(text, length, BP_UAX14_NUMBERS | BP_UAX14_HYPHENS, &plain, &complex));
        size_t ends = BP_BUF_COUNT(&judged, bp_break_end);
        bool is_whole = is_same(&plain, wanted, count);
        for (size_t i = 0, k = 0; i < ends; i++) {
            const bp_break_end *one = &BP_BUF_ITEMS(&judged, bp_break_end)[i];
            if (one->end != BP_BUF_ITEMS(&plain, uint32_t)[k]) {
                if (one->tie == BP_TIE_ADDRESS)
                    in_addresses++;
                else
                    from_dictionary += is_inside(&complex, one->end);
                ck_assert(one->tie == BP_TIE_ADDRESS || is_inside(&complex, one->end));
                is_whole = false;
                continue;
            }
            k++;
            ck_assert_int_eq(one->penalty == 0, one->tie == BP_TIE_NONE);
            forbidden[one->tie] += one->penalty == BP_BREAK_NEVER;
            penalised[one->tie] += one->penalty > 0 && one->penalty < BP_BREAK_NEVER;
            is_whole = is_whole && one->penalty < BP_BREAK_NEVER;
        }
        whole += is_whole;
    }
    fclose(file);
    bp_buf_clear(&judged);
    bp_buf_clear(&plain);
    bp_buf_clear(&complex);
    bp_breaks_free(breaks);
    printf("LineBreakTest: %zu of %d lines agree with departures and ties; forbidden by each tie:",
           whole, LINES);
    for (int i = 1; i < BP_TIE_COUNT_OF_RULES; i++)
        printf(" %d: %zu (%zu)", i, forbidden[i], penalised[i]);
    printf("; added: %zu from dictionaries, %zu in addresses\n", from_dictionary, in_addresses);
    ck_assert_uint_eq(whole, 7421);
    ck_assert_uint_eq(from_dictionary, 0);
    ck_assert_uint_eq(in_addresses, 2);
    for (int i = 1; i < BP_TIE_COUNT_OF_RULES; i++) {
        ck_assert_uint_eq(forbidden[i], expected[i].forbidden);
        ck_assert_uint_eq(penalised[i], expected[i].penalised);
    }
}
END_TEST

int main(void)
{
    unicode_need(FILE_NAME);
    TCase *tests = tcase_create("lines");
    tcase_add_loop_test(tests, the_rules_agree_in_every_line, 0,
                        sizeof departures / sizeof *departures);
    tcase_add_test(tests, every_end_that_is_gone_has_its_tie);
    return stage_run("unicode lines", tests);
}
