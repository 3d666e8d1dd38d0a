/* Grapheme clusters against GraphemeBreakTest.txt. */
#include "text/shape_private.h"
#include "unicode.h"

#define FILE_NAME "auxiliary/GraphemeBreakTest.txt"

START_TEST(every_line_of_the_file_agrees)
{
    char line[UNICODE_LINE_MOST], shown[UNICODE_LINE_MOST], text[UNICODE_TEXT_MOST];
    uint32_t ends[256];
    size_t lines = 0, count;
    FILE *file = unicode_open(FILE_NAME);
    while (unicode_line(file, line) != NULL) {
        strcpy(shown, line);
        size_t length = unicode_breaks(line, text, ends, &count), at = 0;
        for (size_t i = 0; i < count; i++) {
            at = bp_grapheme_end(text, length, at);
            ck_assert_msg(at == ends[i], "%s: cluster %zu ends at byte %zu", shown, i + 1, at);
        }
        ck_assert_uint_eq(at, length);
        lines++;
    }
    fclose(file);
    printf("GraphemeBreakTest: %zu of %zu lines agree\n", lines, lines);
    ck_assert_uint_eq(lines, 602);
}
END_TEST

int main(void)
{
    unicode_need(FILE_NAME);
    TCase *tests = tcase_create("clusters");
    tcase_add_test(tests, every_line_of_the_file_agrees);
    return stage_run("unicode clusters", tests);
}
