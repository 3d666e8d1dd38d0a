/* The catalog: which font answers for a family, weight and style, and what is said where none does.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stage.h"

static const struct {
    const char *family;
    int weight;
    bool is_italic;
    const char *name;
} answers[] = {
    {"Inter", 400, false, "Inter-Regular"},
    {"inter", 700, false, "Inter-Bold"},
    {"Inter", 400, true, "Inter-Italic"},
    {"Inter", 650, true, "Inter-BoldItalic"}, /* Above 500: first heavier. */
    {"Inter", 350, false, "Inter-Light"},     /* Below 400: first lighter. */
    {"Inter", 450, false, "Inter-Medium"},    /* Between: first up to 500. */
    {"Inter", 1000, false, "Inter-Black"},
    {"Inter Display", 600, false, "InterDisplay-SemiBold"},
    {"Noto Sans CJK SC", 400, false, "NotoSansCJKsc-Regular"},
    {"Noto Sans CJK SC", 800, false, "NotoSansCJKsc-Bold"}, /* Black is in a package of its own. */
    {"Noto Sans CJK SC", 700, true, "NotoSansCJKsc-Bold"},  /* Han has no italic. */
    {"DejaVu Sans", 400, false, "DejaVuSans"},
};

START_TEST(the_nearest_weight_and_style_answer)
{
    stage s = stage_open();
    bp_error err = {0};
    const bp_font *font = bp_catalog_find(s.catalog, answers[_i].family, answers[_i].weight,
                                          answers[_i].is_italic, &err);
    ck_assert_msg(font != NULL, "%s", err.text);
    ck_assert_str_eq(bp_font_name(font), answers[_i].name);
    ck_assert_ptr_eq(font, bp_catalog_find(s.catalog, answers[_i].family, answers[_i].weight,
                                           answers[_i].is_italic, &err));
    stage_close(&s);
}
END_TEST

START_TEST(a_variable_family_answers_every_weight)
{
    stage s = stage_open();
    bp_error err = {0};
    const bp_font *font = bp_catalog_find(s.catalog, "Inter Variable", 437, false, &err);
    ck_assert_ptr_nonnull(font);
    ck_assert_int_eq(bp_font_weight(font), 437);
    ck_assert_ptr_ne(font, bp_catalog_find(s.catalog, "Inter Variable", 438, false, &err));
    ck_assert(bp_font_is_italic(bp_catalog_find(s.catalog, "Inter Variable", 437, true, &err)));
    stage_close(&s);
}
END_TEST

START_TEST(a_misspelt_family_gets_near_names)
{
    stage s = stage_open();
    bp_error err = {0};
    ck_assert_ptr_null(bp_catalog_find(s.catalog, "Intre", 400, false, &err));
    ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    ck_assert_str_eq(err.text, "there is no font family \"Intre\"; did you mean \"Inter\"?");
    ck_assert(!bp_catalog_has(s.catalog, "Intre") && bp_catalog_has(s.catalog, "Inter"));
    stage_close(&s);
}
END_TEST

/* Writes a manifest; answers its path, which the caller removes. */
static const char *write_manifest(const char *text)
{
    static char path[64];
    (void)snprintf(path, sizeof path, "/tmp/bp-manifest-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

START_TEST(a_missing_file_names_its_package)
{
    bp_error err = {0};
    const char *path =
        write_manifest("{ \"families\": [ { \"family\": \"Gone\", \"package\": \"fonts-gone\","
                       " \"fonts\": [ { \"file\": \"/nowhere/gone.ttf\" } ] } ] }");
    bp_catalog *catalog = bp_catalog_new(path, NULL, 0, false, &err);
    ck_assert_msg(catalog != NULL, "%s", err.text);
    ck_assert_ptr_null(bp_catalog_find(catalog, "Gone", 400, false, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "install the Debian package fonts-gone"));
    bp_catalog_free(catalog);
    (void)unlink(path);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *text, *place, *what;
} faults[] = {
    {"", ":1:1", "'{'"},
    {"[]", ":1:1", "'{'"},
    {"{\"families\": [}", ":1:15", "'{'"},
    {"{\"families\": []} x", ":1:18", "after the end"},
    {"{\"fonts\": []}", ":1:2", "no member"},
    {"{\"families\": [{}]}", ":1:15", "needs a name"},
    {"{\"families\": [{\"family\": \"A\", \"family\": \"B\"}]}", ":1:31", "twice"},
    {"{\"families\": [\n {\"family\": \"A\", \"fonts\": [{}]}]}", ":2:28", "needs a \"file\""},
    {"{\"families\": [{\"fonts\": [{\"file\": \"a\", \"weight\": 0}]}]}", ":1:50", "1 to 1000"},
    {"{\"families\": [{\"fonts\": [{\"file\": \"a\", \"weight\": [500, 100]}]}]}", ":1:56",
     "500 to 1000"},
    {"{\"families\": [{\"fonts\": [{\"file\": \"a\", \"weight\": 0400}]}]}", ":1:50",
     "whole number"},
    {"{\"families\": [{\"fonts\": [{\"file\": \"a\", \"style\": \"slanted\"}]}]}", ":1:49",
     "italic"},
    {"{\"families\": [{\"family\": \"A", ":1:28", "not ended"},
    {"{\"families\": [{\"family\": \"A\\x\"", ":1:30", "escape"},
    {"{\"families\": [{\"family\": \"A\xff\"", ":1:28", "UTF-8"},
};

START_TEST(a_faulty_manifest_names_line_and_column)
{
    bp_error err = {0};
    char place[128];
    const char *path = write_manifest(faults[_i].text);
    (void)snprintf(place, sizeof place, "%s%s", path, faults[_i].place);
    ck_assert_ptr_null(bp_catalog_new(path, NULL, 0, false, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    ck_assert_str_eq(err.place, place);
    ck_assert_msg(strstr(err.text, faults[_i].what) != NULL, "%s", err.text);
    (void)unlink(path);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(folders_answer_before_the_manifest)
{
    char folder[] = "/tmp/bp-fonts-XXXXXX", below[64], link[96], other[96];
    bp_error err = {0};
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(below, sizeof below, "%s/deep", folder);
    (void)snprintf(link, sizeof link, "%s/mine.otf", below);
    (void)snprintf(other, sizeof other, "%s/note.ttf", folder);
    ck_assert_int_eq(mkdir(below, 0700), 0);
    ck_assert_int_eq(symlink(INTER, link), 0);
    ck_assert_int_eq(symlink(MANIFEST, other), 0); /* No font, for all its name. */
    const char *folders[] = {folder};
    bp_catalog *catalog = bp_catalog_new(MANIFEST, folders, 1, false, &err);
    const bp_font *font = bp_catalog_find(catalog, "Inter", 700, false, &err);
    ck_assert_msg(font != NULL, "%s", err.text);
    ck_assert_str_eq(bp_font_file(font), link);
    font = bp_catalog_find(catalog, "DejaVu Sans", 700, false, &err);
    ck_assert_str_eq(bp_font_name(font), "DejaVuSans-Bold");
    bp_catalog_free(catalog);
    (void)unlink(link);
    (void)unlink(other);
    (void)rmdir(below);
    (void)rmdir(folder);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_missing_folder_is_an_error_at_the_first_question)
{
    const char *folders[] = {"/nowhere/fonts"};
    bp_error err = {0};
    bp_catalog *catalog = bp_catalog_new(NULL, folders, 1, false, &err);
    ck_assert_ptr_nonnull(catalog);
    ck_assert_ptr_null(bp_catalog_find(catalog, "Inter", 400, false, &err));
    ck_assert_str_eq(err.place, "/nowhere/fonts");
    bp_catalog_free(catalog);
}
END_TEST

START_TEST(the_system_answers_what_the_manifest_does_not_know)
{
    bp_error err = {0};
    bp_catalog *catalog = bp_catalog_new(NULL, NULL, 0, true, &err);
    const bp_font *font = bp_catalog_find(catalog, "DejaVu Serif", 700, false, &err);
    ck_assert_msg(font != NULL, "%s", err.text);
    ck_assert_str_eq(bp_font_name(font), "DejaVuSerif-Bold"); /* Not the condensed one. */
    font = bp_catalog_fallback(catalog, 0x4e2d, "zh", 400, false);
    ck_assert_ptr_nonnull(font);
    ck_assert_uint_ne(bp_font_glyph(font, 0x4e2d), 0);
    ck_assert_ptr_null(bp_catalog_find(catalog, "No Such Family", 400, false, &err));
    bp_catalog_free(catalog);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(the_list_is_sorted_and_says_what_is_missing)
{
    stage s = stage_open();
    const bp_catalog_entry *entries = NULL;
    size_t count = 0, missing = 0;
    bp_error err = {0};
    ck_assert(bp_catalog_list(s.catalog, &entries, &count, &err));
    ck_assert_uint_gt(count, 40);
    for (size_t i = 0; i < count; i++) {
        ck_assert(i == 0 || strcasecmp(entries[i - 1].family, entries[i].family) <= 0);
        ck_assert_str_eq(entries[i].origin, "manifest");
        ck_assert(entries[i].package[0] != '\0' && entries[i].licence[0] != '\0');
        missing += entries[i].file == NULL;
        ck_assert(entries[i].file == NULL || access(entries[i].file, R_OK) == 0);
    }
    ck_assert_uint_lt(missing, count / 2);
    stage_close(&s);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("catalog");
    tcase_add_loop_test(tests, the_nearest_weight_and_style_answer, 0,
                        sizeof answers / sizeof *answers);
    tcase_add_test(tests, a_variable_family_answers_every_weight);
    tcase_add_test(tests, a_misspelt_family_gets_near_names);
    tcase_add_test(tests, a_missing_file_names_its_package);
    tcase_add_loop_test(tests, a_faulty_manifest_names_line_and_column, 0,
                        sizeof faults / sizeof *faults);
    tcase_add_test(tests, folders_answer_before_the_manifest);
    tcase_add_test(tests, a_missing_folder_is_an_error_at_the_first_question);
    tcase_add_test(tests, the_system_answers_what_the_manifest_does_not_know);
    tcase_add_test(tests, the_list_is_sorted_and_says_what_is_missing);
    return stage_run("catalog", tests);
}
