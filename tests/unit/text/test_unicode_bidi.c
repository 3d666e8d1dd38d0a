/* Levels and order against BidiTest.txt and BidiCharacterTest.txt: both are taken as lines of their
 * own, so that rule L1 is seen too. */
#include "text/bidi.h"
#include "unicode.h"

#define CLASSES "BidiTest.txt"
#define CHARACTERS "BidiCharacterTest.txt"

#define CHARACTERS_MOST 512
#define LEVEL_NONE 255 /* Removed by rule X9. */

typedef struct {
    char text[UNICODE_TEXT_MOST];
    size_t length, count; /* Bytes; characters. */
    uint8_t levels[CHARACTERS_MOST];
    int32_t order[CHARACTERS_MOST]; /* Of those with a level, from the left. */
    size_t order_count;
} expectation;

/* A character of each class. */
static uint32_t sample(const char *class)
{
    static const struct {
        const char *class;
        uint32_t character;
    } samples[] = {
        {"L", 'a'},      {"R", 0x5d0},    {"AL", 0x627},   {"EN", '1'},     {"ES", '+'},
        {"ET", '$'},     {"AN", 0x661},   {"CS", ','},     {"B", 0x2029},   {"S", '\t'},
        {"WS", ' '},     {"ON", '&'},     {"BN", 0xad},    {"NSM", 0x300},  {"LRE", 0x202a},
        {"RLE", 0x202b}, {"PDF", 0x202c}, {"LRO", 0x202d}, {"RLO", 0x202e}, {"LRI", 0x2066},
        {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (strcmp(samples[i].class, class) == 0)
            return samples[i].character;
    ck_abort_msg("class %s", class);
}

static void read_levels(char *list, expectation *e)
{
    size_t n = 0;
    for (char *part = strtok(list, " \t"); part != NULL; part = strtok(NULL, " \t"))
        e->levels[n++] = *part == 'x' ? LEVEL_NONE : (uint8_t)atoi(part);
}

static void read_order(char *list, expectation *e)
{
    e->order_count = 0;
    for (char *part = strtok(list, " \t"); part != NULL; part = strtok(NULL, " \t"))
        e->order[e->order_count++] = atoi(part);
}

static size_t good, bad;

/* Gives each character the level of its run, and orders those that are shown. */
static void compare(const expectation *e, int direction, int base, const char *shown)
{
    bp_buf runs = {0};
    bp_error err = {0};
    bool is_rtl = false, ok = true;
    uint8_t levels[CHARACTERS_MOST];
    int32_t numbers[CHARACTERS_MOST], order[CHARACTERS_MOST];
    size_t count = 0, run = 0, at = 0;
    ck_assert(bp_bidi_find(e->text, e->length, direction, &runs, &is_rtl, &err));
    ck_assert_int_eq(runs.length == 0, e->length == 0);
    for (size_t i = 0; i < e->count; i++) {
        const bp_level_run *all = BP_BUF_ITEMS(&runs, bp_level_run);
        while (all[run].end <= at)
            run++;
        (void)bp_utf8_next(e->text, e->length, &at);
        if (e->levels[i] == LEVEL_NONE)
            continue;
        ok = ok && all[run].level == e->levels[i];
        levels[count] = all[run].level;
        numbers[count++] = (int32_t)i;
    }
    ok = ok && count == e->order_count && (base < 0 || base == is_rtl);
    if (ok && count > 0) {
        bp_bidi_reorder(levels, count, order);
        for (size_t i = 0; i < count; i++)
            ok = ok && numbers[order[i]] == e->order[i];
    }
    bp_buf_clear(&runs);
    good += ok;
    bad += !ok;
    if (!ok)
        printf("direction %d: %s\n", direction, shown);
}

START_TEST(every_line_of_classes_agrees)
{
    static expectation e;
    char line[UNICODE_LINE_MOST], shown[UNICODE_LINE_MOST];
    size_t lines = 0;
    FILE *file = unicode_open(CLASSES);
    while (unicode_line(file, line) != NULL) {
        if (strncmp(line, "@Levels:", 8) == 0) {
            read_levels(line + 8, &e);
            continue;
        }
        if (strncmp(line, "@Reorder:", 9) == 0) {
            read_order(line + 9, &e);
            continue;
        }
        strcpy(shown, line);
        char *directions = strchr(line, ';');
        ck_assert_ptr_nonnull(directions);
        *directions++ = '\0';
        e.length = e.count = 0;
        for (char *part = strtok(line, " \t"); part != NULL; part = strtok(NULL, " \t")) {
            e.length += bp_utf8_put(sample(part), e.text + e.length);
            e.count++;
        }
        long set = strtol(directions, NULL, 16);
        for (int bit = 0; bit < 3; bit++)
            if (set >> bit & 1)
                compare(&e, bit - 1, bit == 0 ? -1 : bit - 1, shown);
        lines++;
    }
    fclose(file);
    printf("BidiTest: %zu of %zu cases in %zu lines agree\n", good, good + bad, lines);
    ck_assert_uint_eq(lines, 490846);
    ck_assert_uint_eq(good, 770241);
    ck_assert_uint_eq(bad, 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(every_line_of_characters_agrees)
{
    static expectation e;
    char line[UNICODE_LINE_MOST], shown[UNICODE_LINE_MOST];
    FILE *file = unicode_open(CHARACTERS);
    while (unicode_line(file, line) != NULL) {
        char *fields[5] = {line};
        strcpy(shown, line);
        for (int i = 1; i < 5; i++) {
            fields[i] = strchr(fields[i - 1], ';');
            ck_assert_ptr_nonnull(fields[i]);
            *fields[i]++ = '\0';
        }
        e.length = e.count = 0;
        for (char *part = strtok(fields[0], " "); part != NULL; part = strtok(NULL, " ")) {
            e.length += bp_utf8_put((uint32_t)strtoul(part, NULL, 16), e.text + e.length);
            e.count++;
        }
        read_levels(fields[3], &e);
        read_order(fields[4], &e);
        int direction = atoi(fields[1]);
        compare(&e, direction == 2 ? -1 : direction, atoi(fields[2]), shown);
    }
    fclose(file);
    printf("BidiCharacterTest: %zu of %zu lines agree\n", good, good + bad);
    ck_assert_uint_eq(good, 91707);
    ck_assert_uint_eq(bad, 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

int main(void)
{
    unicode_need(CLASSES);
    unicode_need(CHARACTERS);
    TCase *tests = tcase_create("bidi");
    tcase_add_test(tests, every_line_of_classes_agrees);
    tcase_add_test(tests, every_line_of_characters_agrees);
    tcase_set_timeout(tests, 240);
    return stage_run("unicode bidi", tests);
}
