/* Patterns of output paths: what becomes of values, and back. */
#include "../base/suite.h"
#include "base/mem.h"
#include "job/pattern.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const bp_parameter values[] = {
    {"id", "7"},
    {"region", "\xe5\x8c\x97\xe4\xba\xac"},
    {"date", "2022-08-31"},
    {"made", "2022-08-31T07:05:09Z"},
    {"path", "../../etc/passwd"},
    {"dots", ".."},
    {"hidden", ".x.y"},
    {"percent", "100%/2%2F"},
    {"lines", "a\nb\x1b[2J\x7f\xc2\x9b"},
    {"unit name", "E-Town"},
    {"empty", ""},
    {"period", "2022-Q3"},
    {"week", "2020-W53"},
    {"broken", "a\xff"},
    {"odd", "2022-02-30"},
};
#define COUNT (sizeof values / sizeof *values)

static const struct {
    const char *pattern, *path;
} good[] = {
    {"out/{id}.pdf", "out/7.pdf"},
    {"{region}/{id}.pdf", "\xe5\x8c\x97\xe4\xba\xac/7.pdf"},
    {"{id}", "7"},
    {"/abs/{date}-{id}.pdf", "/abs/2022-08-31-7.pdf"},
    {"{date:%Y-%m}.pdf", "2022-08.pdf"},
    {"{date:%Y}/{date:%m}/{date}.pdf", "2022/08/2022-08-31.pdf"},
    {"{made:%Y%m%dT%H:%M:%S}.pdf", "20220831T07:05:09.pdf"},
    {"{period:%Y}/{period}.pdf", "2022/2022-Q3.pdf"},
    {"{period:%Y-%m-%d}", "2022-07-01"},
    {"{week:%G-W%V}-{date:%j}-{date:%q}", "2020-W53-243-3"},
    {"{made:%d.%m.%Y}.pdf", "31.08.2022.pdf"},
    {"{path}.pdf", "%2E.%2F..%2Fetc%2Fpasswd.pdf"},
    {"{dots}/x", "%2E./x"},
    {".{dots}/x", ".%2E./x"},
    {"{hidden}", "%2Ex.y"},
    {"a{hidden}", "a%2Ex.y"},
    {"{percent}", "100%25%2F2%252F"},
    {"{lines}", "a%0Ab%1B[2J%7F%C2%9B"},
    {"{unit name}.pdf", "E-Town.pdf"},
    {"{{{id}}}.pdf", "{7}.pdf"},
    {"{{}}{id}", "{}7"},
    {"100%{id}", "100%7"},
};

START_TEST(values_become_parts_of_names)
{
    bp_buf path = {0};
    bp_error err = {0};
    ck_assert(bp_pattern_is(good[_i].pattern));
    ck_assert(bp_pattern_expand(good[_i].pattern, values, COUNT, &path, &err));
    ck_assert_str_eq(path.bytes, good[_i].path);
    ck_assert_uint_eq(path.length, strlen(good[_i].path));
    ck_assert(bp_pattern_match(good[_i].pattern, path.bytes, NULL, NULL));
    bp_buf_clear(&path);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *pattern;
    bp_code code;
    const char *told;
} bad[] = {
    {"{ic}.pdf", BP_ERR_USAGE, "nothing is named \"ic\"; did you mean {id}?"},
    {"{zzzzzzzz}.pdf", BP_ERR_USAGE, "nothing is named \"zzzzzzzz\"; there is {id}, {region}, "},
    {"{id.pdf", BP_ERR_USAGE, "a { without its }"},
    {"{id}}.pdf", BP_ERR_USAGE, "a } without its {"},
    {"id}{id}.pdf", BP_ERR_USAGE, "a } without its {"},
    {"{}.pdf", BP_ERR_USAGE, "a placeholder without a name"},
    {"{:%Y}.pdf", BP_ERR_USAGE, "a placeholder without a name"},
    {"{a/b}.pdf", BP_ERR_USAGE, "a name in braces has a \"/\""},
    {"{{id}.pdf", BP_ERR_USAGE, "a } without its {"},
    {"a\nb{id}.pdf", BP_ERR_USAGE, "a control character"},
    {"{date:%B}.pdf", BP_ERR_USAGE, "a format has %Y, %m"},
    {"{date:}.pdf", BP_ERR_USAGE, "a format has %Y, %m"},
    {"{date:x}.pdf", BP_ERR_USAGE, "a format has %Y, %m"},
    {"{date:%Y/%m}.pdf", BP_ERR_USAGE, "a format has %Y, %m"},
    {"{date:.%Y}.pdf", BP_ERR_USAGE, "a format has %Y, %m"},
    {"{date:%Y%}.pdf", BP_ERR_USAGE, "a format has %Y, %m"},
    {"{date:%H}.pdf", BP_ERR_DATA, "expected a time of day"},
    {"{id:%Y}.pdf", BP_ERR_DATA, "expected a date"},
    {"{odd:%Y}.pdf", BP_ERR_DATA, "expected a date"},
    {"{empty}.pdf", BP_ERR_DATA, "an empty text is no part of a name"},
    {"{broken}.pdf", BP_ERR_DATA, "it is no UTF-8"},
};

START_TEST(what_names_no_file_is_told)
{
    bp_buf path = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&path, "before"));
    ck_assert(!bp_pattern_expand(bad[_i].pattern, values, COUNT, &path, &err));
    ck_assert_int_eq(err.code, bad[_i].code);
    ck_assert_msg(strstr(err.text, bad[_i].told) != NULL, "%s", err.text);
    ck_assert_str_eq(path.bytes, "");
    bp_buf_clear(&path);
}
END_TEST

START_TEST(no_values_at_all_are_told)
{
    bp_buf path = {0};
    bp_error err = {0};
    ck_assert(!bp_pattern_expand("{id}.pdf", NULL, 0, &path, &err));
    ck_assert_msg(strstr(err.text, "there is no value at all") != NULL, "%s", err.text);
    bp_buf_clear(&path);
}
END_TEST

START_TEST(names_that_a_pattern_uses_are_known)
{
    bp_pattern_value found[BP_PATTERN_VALUES_MOST];
    size_t count;
    bp_error err = {0};
    ck_assert(bp_pattern_read("{a}/{b:%Y}{{c}}{a}", found, &count, &err));
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(found[1].name_length, 1);
    ck_assert_uint_eq(found[1].format_length, 2);
    ck_assert(bp_pattern_uses("{a}/{b:%Y}{{c}}", "b"));
    ck_assert(!bp_pattern_uses("{a}/{b:%Y}{{c}}", "c"));
    ck_assert(!bp_pattern_uses("{ab}", "a"));
    ck_assert(!bp_pattern_is("out/a}.pdf"));
    char many[BP_PATTERN_VALUES_MOST * 3 + 4] = "";
    for (size_t i = 0; i <= BP_PATTERN_VALUES_MOST; i++)
        strcat(many, "{a}");
    ck_assert(!bp_pattern_read(many, found, &count, &err));
    ck_assert(strstr(err.text, "more than 32 placeholders") != NULL);
}
END_TEST

/* Expands "{id}.pdf", or another pattern, of one value. */
static char *name_of(const char *pattern, const char *value)
{
    static char name[2048];
    bp_buf path = {0};
    bp_error err = {0};
    const bp_parameter one[] = {{"id", value}, {"other", "xx"}};
    ck_assert_msg(bp_pattern_expand(pattern, one, 2, &path, &err), "%s", err.text);
    (void)snprintf(name, sizeof name, "%s", path.bytes);
    bp_buf_clear(&path);
    return name;
}

START_TEST(long_values_are_cut_and_never_meet)
{
    char one[1001], two[1001], first[2048];
    for (size_t i = 0; i < 333; i++)
        strcpy(one + 3 * i, "\xe5\xb9\xb4");
    strcpy(two, one);
    strcat(one, "a");
    strcat(two, "b");
    strcpy(first, name_of("out/{id}.pdf", one));
    const char *name = first + strlen("out/");
    ck_assert_uint_le(strlen(name), 240);
    ck_assert_uint_ge(strlen(name), 230);
    ck_assert_str_eq(name + strlen(name) - 4, ".pdf");
    ck_assert(strstr(name, "%~") != NULL);
    ck_assert(bp_pattern_match("out/{id}.pdf", first, NULL, NULL));
    ck_assert_str_ne(first, name_of("out/{id}.pdf", two));
    ck_assert_str_eq(first, name_of("out/{id}.pdf", one));

    /* Escapes are cut as a whole, and two long ones share. */
    memset(one, '/', 300);
    one[300] = '\0';
    strcpy(first, name_of("{id}-{other}-{id}.pdf", one));
    ck_assert_uint_le(strlen(first), 240);
    ck_assert(bp_pattern_match("{id}-{other}-{id}.pdf", first, NULL, NULL));

    /* What fits to the byte stays whole. */
    memset(one, 'x', 236);
    one[236] = '\0';
    ck_assert_uint_eq(strlen(name_of("{id}.pdf", one)), 240);
    ck_assert(strchr(name_of("{id}.pdf", one), '%') == NULL);
    strcat(one, "x");
    ck_assert(strstr(name_of("{id}.pdf", one), "%~") != NULL);
    ck_assert_uint_eq(strlen(name_of("{id}.pdf", one)), 240);
}
END_TEST

START_TEST(names_that_are_long_by_themselves_are_told)
{
    char pattern[400];
    bp_buf path = {0};
    bp_error err = {0};
    memset(pattern, 'x', 300);
    strcpy(pattern + 300, "{id}.pdf");
    ck_assert(!bp_pattern_expand(pattern, values, COUNT, &path, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    ck_assert(strstr(err.text, "longer than 240 bytes") != NULL);
    bp_buf_clear(&path);
}
END_TEST

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* All texts of up to three of these characters: no two give the same name, and each name is known
 * again. */
START_TEST(no_two_values_give_one_name)
{
    static const char *const letters[] = {"",  ".", "/", "%",  "2",        "F",
                                          "E", "~", "a", "\n", "\xc2\x85", "\xe5\xb9\xb4"};
    enum { LETTERS = sizeof letters / sizeof *letters, MOST = LETTERS * LETTERS * LETTERS };
    static char names[MOST][64];
    size_t count = 0;
    for (size_t i = 0; i < MOST; i++) {
        char text[16] = "";
        size_t j = i % LETTERS, k = i / LETTERS % LETTERS, l = i / LETTERS / LETTERS;
        if ((k != 0 && j == 0) || (l != 0 && k == 0) || j == 0)
            continue; /* The same without a gap comes by. */
        strcat(strcat(strcat(text, letters[j]), letters[k]), letters[l]);
        strcpy(names[count], name_of("{id}", text));
        ck_assert(strchr(names[count], '/') == NULL && names[count][0] != '.');
        bp_pattern_value found[BP_PATTERN_VALUES_MOST];
        size_t found_count;
        ck_assert_msg(bp_pattern_match("{id}", names[count], found, &found_count), "%s",
                      names[count]);
        ck_assert_uint_eq(found_count, 1);
        count++;
    }
    ck_assert_uint_gt(count, 1000);
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 1; i < count; i++)
        ck_assert_str_ne(names[i - 1], names[i]);
}
END_TEST

static const struct {
    const char *pattern, *path;
    bool fits;
} matches[] = {
    {"out/{id}.pdf", "out/7.pdf", true},
    {"out/{id}.pdf", "out/.pdf", false},
    {"out/{id}.pdf", "out/.x.pdf", false},
    {"out/{id}.pdf", "out/a/b.pdf", false},
    {"out/{id}.pdf", "out/7.pdf~", false},
    {"out/{id}.pdf", "out/7.PDF", false},
    {"out/{id}.pdf", "out/50%.pdf", false},
    {"out/{id}.pdf", "out/50%25.pdf", true},
    {"out/{id}.pdf", "out/a%2fb.pdf", false},
    {"out/{id}.pdf", "out/a%2Fb.pdf", true},
    {"out/{id}.pdf", "out/a%41b.pdf", false},
    {"out/{id}.pdf", "out/a%2Eb.pdf", false},
    {"out/{id}.pdf", "out/%2Eb.pdf", true},
    {"out/{id}.pdf", "out/a\nb.pdf", false},
    {"out/{id}.pdf", "out/a\xff.pdf", false},
    {"out/{id}.pdf", "out/a%C2.pdf", false},
    {"out/{id}.pdf", "out/a%C2%9B.pdf", true},
    {"out/{id}.pdf", "out/a%C2\x9b.pdf", false},
    {"out/{id}.pdf", "out/a%~0123456789abcdef0123456789abcdef.pdf", true},
    {"out/{id}.pdf", "out/a%~0123456789abcdef0123456789abcde.pdf", false},
    {"out/{id}.pdf", "out/a%~0123456789abcdef0123456789abcdefx.pdf", false},
    {"{a}-{a}", "x-y-x-y", true},
    {"{a}-{a}", "x-y-x-z", false},
    {"{date:%Y-%m}.pdf", "2022-08.pdf", true},
    {"{date:%Y-%m}.pdf", "2022-8.pdf", false},
    {"{date:%Y-%m}.pdf", "2022-08-31.pdf", false},
    {"{date:%Y}/{date:%m}.pdf", "2022/08.pdf", true},
    {"{layout}-{period}.pdf", "e-town-2022-08.pdf", true},
    {"{layout}-{period}.pdf", "e-town-spring.pdf", false},
    {"{date}.pdf", "2022-08-31.pdf", true},
    {"{date}.pdf", "2022-02-30.pdf", false},
    {"{date}.pdf", "2022-08.pdf", false},
    {"{period}.pdf", "2022-W53.pdf", false},
    {"{period:%Y}/{period}.pdf", "2022/2022-Q3.pdf", true},
    {"{{{id}}}", "{7}", true},
    {"{{{id}}}", "7", false},
    {"{id", "7", false},
};

START_TEST(paths_are_known_again)
{
    bool fits = bp_pattern_match(matches[_i].pattern, matches[_i].path, NULL, NULL);
    ck_assert_msg(fits == matches[_i].fits, "%s of %s", matches[_i].path, matches[_i].pattern);
}
END_TEST

START_TEST(values_are_found_again)
{
    bp_pattern_value found[BP_PATTERN_VALUES_MOST];
    size_t count;
    const char *path = "out/e-town/2022-08-en.pdf";
    ck_assert(bp_pattern_match("out/{layout}/{period}-{lang}.pdf", path, found, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(strncmp(found[1].text, "2022-08", found[1].length), 0);
    ck_assert_uint_eq(found[1].length, 7);
    ck_assert_int_eq(strncmp(found[2].text, "en", found[2].length), 0);
}
END_TEST

START_TEST(hostile_patterns_end)
{
    char pattern[200] = "", path[256];
    for (size_t i = 0; i < 20; i++)
        strcat(pattern, i % 2 != 0 ? "{a}" : "{b:%Y}{c}");
    strcat(pattern, "!");
    memset(path, '1', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    ck_assert(!bp_pattern_match(pattern, path, NULL, NULL));
}
END_TEST

START_TEST(folders_are_made)
{
    char top[] = "/tmp/briefpress-pattern-XXXXXX", path[128], other[128];
    bp_error err = {0};
    struct stat status;
    ck_assert_ptr_nonnull(mkdtemp(top));
    mode_t kept = umask(027);
    (void)snprintf(path, sizeof path, "%s/a//b/c/x.pdf", top);
    ck_assert(bp_pattern_make_folders(path, &err));
    ck_assert(bp_pattern_make_folders(path, &err)); /* They are there. */
    (void)snprintf(path, sizeof path, "%s/a/b/c", top);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0750);
    (void)umask(kept);
    ck_assert(bp_pattern_make_folders("x.pdf", &err));
    ck_assert(bp_pattern_make_folders("/x.pdf", &err));

    (void)snprintf(path, sizeof path, "%s/file", top);
    int fd = open(path, O_CREAT | O_WRONLY, 0666);
    ck_assert_int_ge(fd, 0);
    close(fd);
    (void)snprintf(other, sizeof other, "%s/file/b/x.pdf", top);
    ck_assert(!bp_pattern_make_folders(other, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert_msg(strstr(err.text, "is no folder") != NULL, "%s", err.text);
    ck_assert_str_eq(err.place, path);

    (void)snprintf(other, sizeof other, "rm -r %s", top);
    ck_assert_int_eq(system(other), 0); // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(expanding_survives_refused_blocks)
{
    char text[400];
    memset(text, '/', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const bp_parameter long_values[] = {{"id", text}, {"date", "2022-08-31"}};
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_buf path = {0};
            bp_error err = {0};
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            bool ok =
                bp_pattern_expand("/tmp/{date:%Y}-{id}-{date}.pdf", long_values, 2, &path, &err) &&
                bp_pattern_make_folders("/tmp/x.pdf", &err);
            bp_mem.fail_at = 0;
            ck_assert(ok || err.code == BP_ERR_MEMORY);
            bp_buf_clear(&path);
            ck_assert_int_eq(bp_mem.live, 0);
            if (bp_mem.refused == 0)
                break;
        }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("pattern");
    tcase_add_loop_test(tests, values_become_parts_of_names, 0, sizeof good / sizeof *good);
    tcase_add_loop_test(tests, what_names_no_file_is_told, 0, sizeof bad / sizeof *bad);
    tcase_add_test(tests, no_values_at_all_are_told);
    tcase_add_test(tests, names_that_a_pattern_uses_are_known);
    tcase_add_test(tests, long_values_are_cut_and_never_meet);
    tcase_add_test(tests, names_that_are_long_by_themselves_are_told);
    tcase_add_test(tests, no_two_values_give_one_name);
    tcase_add_loop_test(tests, paths_are_known_again, 0, sizeof matches / sizeof *matches);
    tcase_add_test(tests, values_are_found_again);
    tcase_add_test(tests, hostile_patterns_end);
    tcase_add_test(tests, folders_are_made);
    tcase_add_test(tests, expanding_survives_refused_blocks);
    return run_suite("pattern", tests);
}
