/* The colophon: what is written is read back, and what makes no sense is refused with its name. */
#include "data/colophon.h"

#include "../base/suite.h"
#include "base/mem.h"

static char *copy(const char *text)
{
    char *made = bp_copy_text(text);
    ck_assert_ptr_nonnull(made);
    return made;
}

static void make(bp_colophon *colophon)
{
    *colophon = (bp_colophon){.version = BP_COLOPHON_VERSION, .program = copy("briefpress 0.1.0")};
    ck_assert(bp_colophon_add(&colophon->libraries, "ICU", "72.1"));
    ck_assert(bp_colophon_add(&colophon->options, "pages", "1,3-"));
    ck_assert(bp_colophon_add(&colophon->parameters, "a \"b\"\n\x01", "\\ 数 \x7f"));
    ck_assert(bp_colophon_add(&colophon->patterns, "hyph_en_US.dic", "00ff"));
    bp_colophon_file *file = bp_buf_push(&colophon->files, 2 * sizeof *file);
    file[0] = (bp_colophon_file){.role = BP_ROLE_DATA,
                                 .name = copy("t.csv"),
                                 .path = copy("t.csv"),
                                 .table = copy("t"),
                                 .print = copy("abc"),
                                 .size = 12345678901};
    file[1] = (bp_colophon_file){.role = BP_ROLE_IMAGE,
                                 .path = copy("outside/00/logo.png"),
                                 .print = copy(""),
                                 .size = 5,
                                 .is_left_out = true};
    bp_colophon_font *font = bp_buf_push(&colophon->fonts, sizeof *font);
    *font = (bp_colophon_font){.family = copy("Inter"),
                               .file = copy("Inter.otf"),
                               .print = copy("be32"),
                               .face = 2,
                               .weight = 600,
                               .is_italic = true,
                               .size = 270760};
}

START_TEST(what_is_written_is_read_back)
{
    bp_colophon colophon, again;
    bp_buf text = {0}, other = {0};
    bp_error err = {0};
    make(&colophon);
    ck_assert(bp_colophon_put(&colophon, &text));
    ck_assert_msg(bp_colophon_read(text.bytes, text.length, &again, &err), "%s: %s\n%s", err.place,
                  err.text, text.bytes);
    ck_assert(bp_colophon_put(&again, &other));
    ck_assert_str_eq(text.bytes, other.bytes);
    ck_assert_str_eq(bp_colophon_find(&again.parameters, "a \"b\"\n\x01"), "\\ 数 \x7f");
    ck_assert_ptr_null(bp_colophon_find(&again.parameters, "a"));
    const bp_colophon_file *files = BP_BUF_ITEMS(&again.files, bp_colophon_file);
    ck_assert_uint_eq(files[0].size, 12345678901);
    ck_assert_str_eq(files[0].table, "t");
    ck_assert(files[1].is_left_out && files[1].name == NULL && files[1].role == BP_ROLE_IMAGE);
    bp_colophon_clear(&colophon);
    bp_colophon_clear(&again);
    bp_buf_clear(&text);
    bp_buf_clear(&other);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(what_is_not_utf8_becomes_a_mark)
{
    bp_buf text = {0};
    ck_assert(bp_json_put_text(&text, "a\xff\xe6\x95z"));
    ck_assert_str_eq(text.bytes, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
    bp_buf_clear(&text);
}
END_TEST

#define FILES "\"files\": []"
#define HEAD "{\"version\": 1, \"program\": \"briefpress 0.1.0\", "
#define FILE_WITH(member) HEAD "\"files\": [{" member "}]}"

static const struct {
    const char *text, *says;
} bad[] = {
    {"", "value"},
    {"[]", "expected an object"},
    {"{\"version\": 1, \"version\": 1}", ""},
    {"{" FILES "}", "version"},
    {"{\"version\": 0, " FILES "}", "version"},
    {"{\"version\": -1}", "version"},
    {"{\"version\": 1.5}", "version"},
    {"{\"version\": 1e300}", "version"},
    {"{\"version\": \"1\"}", "version"},
    {"{\"version\": 1, " FILES "}", "program"},
    {"{\"version\": 1, \"program\": 7, " FILES "}", "program"},
    {HEAD "\"files\": {}}", "files: expected a list"},
    {HEAD "\"options\": []}", "options: expected an object"},
    {HEAD "\"options\": {\"lang\": 1}, " FILES "}", "options: expected texts"},
    {HEAD "\"parameters\": {\"a\": {\"b\": {}}}, " FILES "}", "parameters: expected texts"},
    {HEAD "\"files\": [1]}", "files: expected objects"},
    {FILE_WITH(
         "\"role\": \"king\", \"path\": \"a\", \"name\": \"a\", \"sha256\": \"\", \"size\": 1"),
     "role"},
    {FILE_WITH("\"role\": \"data\", \"name\": \"a\", \"sha256\": \"\", \"size\": 1"), "path"},
    {FILE_WITH("\"role\": \"data\", \"path\": \"a\", \"sha256\": \"\", \"size\": 1"), "name"},
    {FILE_WITH(
         "\"role\": \"data\", \"path\": \"a\", \"name\": \"a\", \"sha256\": \"\", \"size\": 1e17"),
     "size"},
    {FILE_WITH("\"role\": \"data\", \"path\": \"a\", \"name\": [], \"sha256\": \"\", \"size\": 1"),
     "name"},
    {FILE_WITH("\"role\": \"data\", \"path\": \"a\", \"name\": \"a\", \"sha256\": \"\", \"size\": "
               "1, \"left_out\": 1"),
     "left_out"},
    {HEAD FILES ", \"fonts\": [{\"family\": \"a\"}]}", "file"},
    {HEAD FILES ", \"fonts\": 1}", "fonts"},
    {HEAD FILES "} x", ""},
};

START_TEST(what_makes_no_sense_is_refused_with_its_name)
{
    bp_colophon colophon;
    bp_error err = {0};
    ck_assert(!bp_colophon_read(bad[_i].text, strlen(bad[_i].text), &colophon, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    ck_assert_msg(strstr(err.text, bad[_i].says) != NULL, "%s: %s", bad[_i].text, err.text);
    ck_assert_int_eq(strncmp(err.place, BP_COLOPHON_FILE, strlen(BP_COLOPHON_FILE)), 0);
    bp_colophon_clear(&colophon);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(depth_and_length_are_bounded)
{
    bp_colophon colophon;
    bp_buf text = {0};
    for (int kind = 0; kind < 2; kind++) {
        bp_error err = {0};
        text.length = 0;
        ck_assert(bp_buf_text(&text, HEAD "\"files\": ["));
        for (int i = 0; i < (kind == 0 ? 100000 : 20001); i++)
            ck_assert(bp_buf_text(&text, kind == 0 ? "[" : i > 0 ? ",{}" : "{}"));
        ck_assert(bp_buf_text(&text, kind == 0 ? "" : "]}"));
        ck_assert(!bp_colophon_read(text.bytes, text.length, &colophon, &err));
        ck_assert_int_eq(err.code, BP_ERR_DATA);
        bp_colophon_clear(&colophon);
    }
    bp_buf_clear(&text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_later_format_is_told_and_no_more)
{
    static const char text[] = "{\"version\": 2, \"program\": [], \"files\": 1}";
    bp_colophon colophon;
    bp_error err = {0};
    ck_assert(bp_colophon_read(text, strlen(text), &colophon, &err));
    ck_assert_int_eq(colophon.version, 2);
    bp_colophon_clear(&colophon);
}
END_TEST

START_TEST(refused_blocks_are_an_error_and_leak_nothing)
{
    bp_colophon colophon;
    bp_buf text = {0};
    make(&colophon);
    ck_assert(bp_colophon_put(&colophon, &text));
    bp_colophon_clear(&colophon);
    long live = bp_mem.live, n = 1;
    for (;; n++) {
        bp_error err = {0};
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bp_mem.fail_on = _i != 0;
        bool ok = bp_colophon_read(text.bytes, text.length, &colophon, &err);
        bp_mem.fail_at = 0;
        bp_mem.fail_on = false;
        bp_colophon_clear(&colophon);
        ck_assert_int_eq(bp_mem.live, live);
        if (bp_mem.refused == 0)
            break;
        ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
    }
    ck_assert_int_gt(n, 20);
    bp_buf_clear(&text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("colophon");
    tcase_add_test(tests, what_is_written_is_read_back);
    tcase_add_test(tests, what_is_not_utf8_becomes_a_mark);
    tcase_add_loop_test(tests, what_makes_no_sense_is_refused_with_its_name, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, depth_and_length_are_bounded);
    tcase_add_test(tests, a_later_format_is_told_and_no_more);
    tcase_add_loop_test(tests, refused_blocks_are_an_error_and_leak_nothing, 0, 2);
    return run_suite("colophon", tests);
}
