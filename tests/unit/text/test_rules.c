/* Which words the rules of a font may touch, on tables made by hand. Letters have their codes as
 * glyphs. */
#include "stage.h"
#include "text/rules.h"

#define WORDS_MOST 512

/* A table of lookups with one subtable each, as big-endian numbers. */
typedef struct {
    unsigned char bytes[2 * WORDS_MOST];
    size_t size;
    bp_lookup lookups[4];
    size_t lookup_count;
} table;

typedef struct {
    unsigned type, flags;
    size_t length;
    const uint16_t *words; /* Of the subtable; offsets count from its start. */
} lookup;

#define LOOKUP(type, flags, ...)                                                                   \
    {                                                                                              \
        type, flags, sizeof((uint16_t[]){__VA_ARGS__}) / 2, (const uint16_t[])                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static void put(table *t, size_t word)
{
    ck_assert_uint_le(t->size + 2, sizeof t->bytes);
    t->bytes[t->size++] = (unsigned char)(word >> 8);
    t->bytes[t->size++] = (unsigned char)word;
}

static table make(const lookup *lookups, size_t count)
{
    table t = {.lookup_count = count};
    static const uint16_t head[] = {1, 0, 0, 0, 10};
    for (size_t i = 0; i < 5; i++)
        put(&t, head[i]);
    put(&t, count);
    size_t at = 2 + 2 * count; /* From the list's start. */
    for (size_t i = 0; i < count; i++) {
        put(&t, at);
        at += 8 + 2 * lookups[i].length;
        t.lookups[i].index = (unsigned)i;
    }
    for (size_t i = 0; i < count; i++) {
        put(&t, lookups[i].type);
        put(&t, lookups[i].flags);
        put(&t, 1);
        put(&t, 8);
        for (size_t k = 0; k < lookups[i].length; k++)
            put(&t, lookups[i].words[k]);
    }
    return t;
}

static void read_table(bp_rules *rules, table *t, bool is_positioning)
{
    uint32_t glyphs[BP_LETTER_COUNT];
    for (uint32_t i = 0; i < BP_LETTER_COUNT; i++)
        glyphs[i] = BP_LETTER_FIRST + i;
    const bp_sfnt_view view = {t->bytes, t->size}, none = {NULL, 0};
    if (is_positioning)
        bp_rules_read(rules, glyphs, none, NULL, 0, view, t->lookups, t->lookup_count);
    else
        bp_rules_read(rules, glyphs, view, t->lookups, t->lookup_count, none, NULL, 0);
}

static bool may_match(const bp_rules *rules, const char *word)
{
    bp_letters letters = {{0}};
    for (; *word != '\0'; word++)
        bp_letters_add(&letters, (unsigned char)*word);
    return bp_rules_may_match(rules, letters);
}

static const struct {
    const char *name;
    bool is_positioning;
    lookup lookups[2]; /* One or two. */
    const char *touched[4], *calm[4];
} cases[] = {
    {"a ligature needs all its letters",
     false,
     {LOOKUP(4, 0, 1, 8, 1, 14, 1, 1, 'f', 1, 4, 999, 3, 'f', 'i')},
     {"fi", "office", "flip"},
     {"of", "stuff"}},
    {"but not letters nobody has",
     false,
     {LOOKUP(4, 0, 1, 8, 1, 14, 1, 1, 'f', 1, 4, 999, 2, 700)},
     {NULL},
     {"office", "f"}},
    {"a glyph may stand for a letter",
     false,
     {LOOKUP(1, 0, 2, 8, 1, 700, 1, 1, 'a'),
      LOOKUP(4, 0, 1, 8, 1, 14, 1, 1, 700, 1, 4, 999, 2, 'i')},
     {"ai", "rain"},
     {"a", "i", "banana"}},
    {"also one that is so many glyphs away",
     false,
     {LOOKUP(1, 0, 1, 6, 600, 2, 1, 'a', 'c', 0), LOOKUP(2, 0, 1, 8, 0, 0, 1, 1, 'b' + 600)},
     {"b", "abc"},
     {"a", "c", "zoo"}},
    {"a glyph becomes several",
     false,
     {LOOKUP(2, 0, 1, 6, 0, 1, 2, 'x', 'y')},
     {"x"},
     {"abc", "z"}},
    {"alternates",
     false,
     {LOOKUP(3, 0, 1, 6, 0, 2, 1, 'a', 'c', 0)},
     {"a", "ab", "c"},
     {"d", "xyz"}},
    {"a context of glyphs",
     false,
     {LOOKUP(5, 0, 1, 8, 1, 14, 1, 1, 'a', 1, 4, 2, 1, 'b', 0, 0)},
     {"ab", "cab"},
     {"a", "b", "acid"}},
    {"a context of classes: b and what is of none",
     false,
     {LOOKUP(5, 0, 2, 12, 18, 2, 0, 26, 1, 1, 'b', 1, 'b', 1, 1, 1, 4, 2, 1, 0, 0, 0)},
     {"bx", "ab"},
     {"b", "xyz", "bbb"}},
    {"a context of coverages",
     false,
     {LOOKUP(5, 0, 3, 2, 1, 14, 20, 0, 0, 1, 1, 'a', 1, 2, 'x', 'y')},
     {"ax", "ya"},
     {"a", "xy"}},
    {"a context that does nothing",
     false,
     {LOOKUP(5, 0, 3, 2, 0, 10, 16, 1, 1, 'a', 1, 2, 'x', 'y')},
     {NULL},
     {"ax", "ya"}},
    {"a chain of glyphs: x before a before y",
     false,
     {LOOKUP(6, 0, 1, 8, 1, 14, 1, 1, 'a', 1, 4, 1, 'x', 1, 1, 'y', 1, 0, 0)},
     {"xay"},
     {"xa", "ay", "xy"}},
    {"a chain of classes: figures beside a letter",
     false,
     {LOOKUP(6, 0, 2, 16, 22, 32, 22, 2, 0, 42, 1, 1, 'x', 2, 1, '0', '9', 1, 2, 1, 'x', 'x', 1, 1,
             4, 1, 1, 1, 1, 1, 1, 0, 0)},
     {"4x4", "x0"},
     {"x", "2022", "extra"}},
    {"a chain of coverages: figure, x, figure",
     false,
     {LOOKUP(6, 0, 3, 1, 20, 1, 30, 1, 20, 1, 0, 0, 2, 1, '0', '9', 0, 1, 1, 'x')},
     {"4x4", "x0"},
     {"x", "2022", "extra"}},
    {"a reverse chain",
     false,
     {LOOKUP(8, 0, 1, 14, 1, 20, 0, 1, 999, 1, 1, 'q', 1, 1, 'u')},
     {"qu", "uniq"},
     {"q", "u", "tea"}},
    {"an extension of a ligature",
     false,
     {LOOKUP(7, 0, 1, 4, 0, 8, 1, 8, 1, 14, 1, 1, 'f', 1, 4, 999, 2, 'i')},
     {"fi"},
     {"of", "in", "f"}},
    {"pairs by glyph that move the second by itself",
     true,
     {LOOKUP(2, 8, 1, 12, 4, 0, 1, 18, 1, 1, 'A', 1, 'V', 0xffce)},
     {NULL},
     {"AV", "VA", "A"}},
    {"a glyph's own advance", true, {LOOKUP(1, 0, 1, 8, 4, 50, 1, 1, 'A')}, {NULL}, {"AV"}},
    {"marks on glyphs nobody has",
     true,
     {LOOKUP(4, 0, 1, 12, 18, 1, 0, 0, 1, 1, 700, 1, 1, 'a')},
     {NULL},
     {"a"}},
    {"a context of positions",
     true,
     {LOOKUP(7, 0, 3, 2, 1, 14, 20, 0, 0, 1, 1, 'a', 1, 2, 'x', 'y')},
     {"ax", "ya"},
     {"a", "xy"}},
};

START_TEST(rules_touch_words_that_have_their_letters)
{
    size_t count = cases[_i].lookups[1].length != 0 ? 2 : 1;
    table t = make(cases[_i].lookups, count);
    bp_rules rules;
    read_table(&rules, &t, cases[_i].is_positioning);
    ck_assert_msg(!rules.is_unknown, "%s: not understood", cases[_i].name);
    for (size_t i = 0; i < 4; i++) {
        if (cases[_i].touched[i] != NULL)
            ck_assert_msg(may_match(&rules, cases[_i].touched[i]), "%s: %s", cases[_i].name,
                          cases[_i].touched[i]);
        if (cases[_i].calm[i] != NULL)
            ck_assert_msg(!may_match(&rules, cases[_i].calm[i]), "%s: %s", cases[_i].name,
                          cases[_i].calm[i]);
    }
    bp_rules_clear(&rules);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* All of these may do anything. */
static const struct {
    const char *name;
    bool is_positioning;
    lookup one;
} strange[] = {
    {"a type that is none", false, LOOKUP(9, 0, 1, 6, 0, 1, 1, 'a')},
    {"a coverage of no format", false, LOOKUP(4, 0, 1, 8, 0, 0, 7, 1, 'f')},
    {"a coverage outside", false, LOOKUP(4, 0, 1, 5000, 1, 14)},
    {"a context of no format", false, LOOKUP(5, 0, 4, 2, 1, 14, 20, 0, 0, 1, 1, 'a')},
    {"classes out of order", false,
     LOOKUP(5, 0, 2, 12, 18, 1, 0, 0, 1, 1, 'a', 2, 2, 'x', 'y', 1, 'a', 'b', 2)},
    {"an extension of an extension", false, LOOKUP(7, 0, 1, 7, 0, 8, 1, 4, 0, 8)},
    {"pairs that move the second", true, LOOKUP(2, 0, 1, 10, 4, 4, 0, 1, 1, 'A')},
    {"pairs that move the first aside", true, LOOKUP(2, 0, 1, 10, 5, 0, 0, 1, 1, 'A')},
    {"pairs that overlook letters", true, LOOKUP(2, 2, 1, 10, 4, 0, 0, 1, 1, 'A')},
    {"a glyph moved up", true, LOOKUP(1, 0, 1, 8, 2, 50, 1, 1, 'A')},
    {"marks on letters", true, LOOKUP(4, 0, 1, 12, 18, 1, 0, 0, 1, 1, '^', 1, 1, 'a')},
    {"joined letters", true, LOOKUP(3, 0, 1, 6, 0, 1, 1, 'a')},
};

START_TEST(what_is_not_understood_may_do_anything)
{
    table t = make(&strange[_i].one, 1);
    bp_rules rules;
    read_table(&rules, &t, strange[_i].is_positioning);
    ck_assert_msg(rules.is_unknown && may_match(&rules, "z"), "%s", strange[_i].name);
    bp_rules_clear(&rules);
}
END_TEST

/* Cut short anywhere, a table is as dangerous as the whole one, or may do anything. */
START_TEST(a_table_cut_short_looks_no_safer)
{
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        table t = make(cases[c].lookups, cases[c].lookups[1].length != 0 ? 2 : 1);
        for (size_t size = t.size; size > 0; size--) {
            table cut = t;
            cut.size = size - 1;
            bp_rules rules;
            read_table(&rules, &cut, cases[c].is_positioning);
            for (size_t i = 0; i < 4 && cases[c].touched[i] != NULL; i++)
                ck_assert_msg(may_match(&rules, cases[c].touched[i]), "%s, %zu bytes: %s",
                              cases[c].name, cut.size, cases[c].touched[i]);
            bp_rules_clear(&rules);
        }
    }
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const lookup singles[] = {LOOKUP(1, 0, 1, 6, 600, 1, 1, 'a'),
                                 LOOKUP(1, 0, 1, 6, 600, 1, 1, 900)};

START_TEST(simple_lookups_are_told)
{
    table t = make(singles, 2);
    bp_rules rules;
    read_table(&rules, &t, false);
    ck_assert(t.lookups[0].is_simple && !t.lookups[1].is_simple);
    ck_assert_uint_eq(BP_BUF_COUNT(&rules.glyphs, uint32_t), BP_LETTER_COUNT + 1);
    bp_rules_clear(&rules);
}
END_TEST

START_TEST(refused_memory_makes_rules_unknown)
{
    table t = make(cases[0].lookups, 1);
    bp_rules rules;
    long n = 1;
    for (bool refused = true; refused; n++) {
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        read_table(&rules, &t, false);
        refused = bp_mem.refused != 0;
        bp_mem.fail_at = 0;
        ck_assert(rules.is_unknown == refused);
        bp_rules_clear(&rules);
        ck_assert_int_eq(bp_mem.live, 0);
    }
    ck_assert_int_gt(n, 2);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("rules");
    tcase_add_loop_test(tests, rules_touch_words_that_have_their_letters, 0,
                        (int)(sizeof cases / sizeof cases[0]));
    tcase_add_loop_test(tests, what_is_not_understood_may_do_anything, 0,
                        (int)(sizeof strange / sizeof strange[0]));
    tcase_add_test(tests, a_table_cut_short_looks_no_safer);
    tcase_add_test(tests, simple_lookups_are_told);
    tcase_add_test(tests, refused_memory_makes_rules_unknown);
    return stage_run("rules", tests);
}
