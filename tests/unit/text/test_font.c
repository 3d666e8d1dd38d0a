/* Faces of font files: what they say of themselves, instances of variable fonts, and damage of
 * every kind. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "stage.h"

static bp_font *load(const char *file, unsigned face, const bp_font_axis *axes, size_t count)
{
    bp_error err = {0};
    bp_font *font = bp_font_load(file, face, axes, count, &err);
    ck_assert_msg(font != NULL, "%s: %s", err.place, err.text);
    return font;
}

START_TEST(a_cff_font_tells_its_names_and_measures)
{
    bp_font *font = load(INTER, 0, NULL, 0);
    const bp_font_metrics *m = bp_font_measures(font);
    ck_assert_str_eq(bp_font_name(font), "Inter-Regular");
    ck_assert_str_eq(bp_font_family(font), "Inter");
    ck_assert_str_eq(bp_font_file(font), INTER);
    ck_assert_int_eq(bp_font_weight(font), 400);
    ck_assert(bp_font_is_cff(font) && !bp_font_is_italic(font) && !bp_font_is_monospaced(font));
    ck_assert_double_eq(m->units, 2816);
    ck_assert(m->ascent > 0 && m->descent > 0 && m->ascent > m->cap_height);
    ck_assert(m->cap_height > m->x_height && m->x_height > 0);
    ck_assert(m->underline_position > 0 && m->underline_thickness > 0);
    ck_assert_uint_ne(bp_font_glyph(font, 'A'), 0);
    ck_assert_uint_eq(bp_font_glyph(font, 0x4e2d), 0);
    ck_assert(bp_font_advance(font, bp_font_glyph(font, 'W')) >
              bp_font_advance(font, bp_font_glyph(font, 'i')));
    bp_font_drop(font);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(face_two_of_the_collection_is_simplified_chinese)
{
    bp_font *font = load(NOTO_CJK, 2, NULL, 0);
    ck_assert_str_eq(bp_font_name(font), "NotoSansCJKsc-Regular");
    ck_assert_uint_eq(bp_font_face(font), 2);
    ck_assert_uint_eq(bp_font_glyph_count(font), 65535);
    ck_assert_double_eq(bp_font_advance(font, bp_font_glyph(font, 0x4e2d)), 1000);
    bp_font_drop(font);
}
END_TEST

START_TEST(a_weight_axis_makes_bolder_and_wider_instances)
{
    bp_font_axis bold = {.tag = "wght", .value = 700}, beyond = {.tag = "wght", .value = 5000};
    bp_font *regular = load(INTER_VARIABLE, 0, NULL, 0), *heavy = load(INTER_VARIABLE, 0, &bold, 1);
    bp_font *clamped = load(INTER_VARIABLE, 0, &beyond, 1);
    size_t count = 0;
    uint32_t m = bp_font_glyph(regular, 'm');
    ck_assert_double_gt(bp_font_advance(heavy, m), bp_font_advance(regular, m));
    ck_assert_int_eq(bp_font_weight(heavy), 700);
    ck_assert_int_eq(bp_font_weight(clamped), 900);
    ck_assert_str_eq(bp_font_axes(heavy, &count)[0].tag, "wght");
    ck_assert_uint_eq(count, 1);
    ck_assert_str_ne(bp_font_name(heavy), bp_font_name(regular));
    ck_assert_ptr_nonnull(strstr(bp_font_name(heavy), "_700wght"));
    ck_assert(!bp_font_is_cff(heavy));
    bp_font_drop(regular);
    bp_font_drop(heavy);
    bp_font_drop(clamped);
}
END_TEST

START_TEST(the_last_owner_ends_a_font)
{
    bp_font *font = load(DEJAVU, 0, NULL, 0);
    ck_assert_ptr_eq(bp_font_keep(font), font);
    bp_font_drop(font);
    ck_assert_uint_ne(bp_font_glyph(font, 'A'), 0);
    bp_font_drop(font);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *file;
    unsigned face;
    const char *text;
} refusals[] = {
    {"/nowhere/font.ttf", 0, "no such file"},
    {MANIFEST, 0, "no OpenType or TrueType font"},
    {INTER, 1, "face 0 only"},
    {NOTO_CJK, 99, "no face of that number"},
    {"/usr/share/fonts", 0, ""},
};

START_TEST(what_is_no_font_is_refused_by_name)
{
    bp_error err = {0};
    ck_assert_ptr_null(bp_font_load(refusals[_i].file, refusals[_i].face, NULL, 0, &err));
    ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    ck_assert_ptr_nonnull(strstr(err.place, refusals[_i].file));
    char lower[BP_ERROR_TEXT];
    (void)snprintf(lower, sizeof lower, "%s", err.text);
    lower[0] = (char)(lower[0] == 'N' ? 'n' : lower[0]);
    ck_assert_msg(strcasestr(lower, refusals[_i].text) != NULL, "%s", err.text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* A folder with one font file of the bytes; the caller removes both. */
static void write_font(const char *folder, const char *bytes, size_t length, char path[256])
{
    (void)snprintf(path, 256, "%s/font.otf", folder);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Finding, loading and shaping with a damaged font must end in glyphs or in an error. */
static void use_font(const char *folder)
{
    bp_error err = {0};
    static const char *const family[] = {"Inter"};
    static const char text[] = "Affinity 1,234 \xc3\xa9";
    bp_catalog *catalog = bp_catalog_new(NULL, &folder, 1, false, &err);
    ck_assert_ptr_nonnull(catalog);
    bp_shaper *shaper = bp_shaper_new(catalog, &err);
    bp_style_spec spec = {.families = family, .family_count = 1, .size = 10, .allow_missing = true};
    const bp_style *style = bp_style_find(shaper, &spec, &err);
    const bp_run *runs;
    size_t count;
    if (style == NULL || !bp_shape(shaper, style, text, sizeof text - 1, 0, &runs, &count, &err))
        ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    else
        for (size_t r = 0; r < count; r++)
            for (size_t g = 0; g < runs[r].glyph_count; g++)
                ck_assert(runs[r].glyphs[g].id != 0 && runs[r].glyphs[g].cluster < sizeof text);
    bp_shaper_free(shaper);
    bp_catalog_free(catalog);
}

START_TEST(damaged_fonts_end_in_an_error_or_in_glyphs)
{
    char folder[] = "/tmp/bp-font-XXXXXX", path[256];
    bp_buf whole = {0}, copy = {0};
    bp_error err = {0};
    uint32_t seed = 12345;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert(bp_file_read(INTER, 0, &whole, &err));
    for (int round = 0; round < 200; round++) {
        copy.length = 0;
        ck_assert(bp_buf_add(&copy, whole.bytes, whole.length));
        size_t length = round % 10 == 9 ? next_random(&seed) % whole.length : whole.length;
        size_t reach = round % 3 == 0 ? 400 : round % 3 == 1 ? 20000 : whole.length;
        for (uint32_t i = 0, n = 1 + next_random(&seed) % 12; i < n; i++)
            copy.bytes[next_random(&seed) % reach] = (char)next_random(&seed);
        write_font(folder, copy.bytes, length, path);
        use_font(folder);
    }
    (void)unlink(path);
    (void)rmdir(folder);
    bp_buf_clear(&whole);
    bp_buf_clear(&copy);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* fsType stands at byte 8 of the OS/2 table. */
START_TEST(a_font_that_forbids_embedding_is_refused)
{
    char folder[] = "/tmp/bp-font-XXXXXX", path[256];
    bp_buf whole = {0};
    bp_error err = {0};
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert(bp_file_read(INTER, 0, &whole, &err));
    unsigned char *bytes = (unsigned char *)whole.bytes;
    for (size_t record = 12; record < 12 + 16 * 40; record += 16)
        if (memcmp(bytes + record, "OS/2", 4) == 0) {
            const unsigned char *at = bytes + record + 8;
            size_t offset = (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
            bytes[offset + 8] = 0;
            bytes[offset + 9] = 2;
            break;
        }
    write_font(folder, whole.bytes, whole.length, path);
    ck_assert_ptr_null(bp_font_load(path, 0, NULL, 0, &err));
    ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    ck_assert_ptr_nonnull(strstr(err.text, "forbid embedding"));
    (void)unlink(path);
    (void)rmdir(folder);
    bp_buf_clear(&whole);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("font");
    tcase_add_test(tests, a_cff_font_tells_its_names_and_measures);
    tcase_add_test(tests, face_two_of_the_collection_is_simplified_chinese);
    tcase_add_test(tests, a_weight_axis_makes_bolder_and_wider_instances);
    tcase_add_test(tests, the_last_owner_ends_a_font);
    tcase_add_loop_test(tests, what_is_no_font_is_refused_by_name, 0,
                        sizeof refusals / sizeof *refusals);
    tcase_add_test(tests, damaged_fonts_end_in_an_error_or_in_glyphs);
    tcase_add_test(tests, a_font_that_forbids_embedding_is_refused);
    return stage_run("font", tests);
}
