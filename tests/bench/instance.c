/* Makes a static TrueType font from a variable one: instance IN.ttf WEIGHT NAME OUT.ttf. libharu
 * takes only static TrueType files, and Debian's Inter is either CFF or variable. Glyphs keep their
 * numbers; layout tables, which libharu does not read, are dropped so that they cost it nothing;
 * NAME becomes the PostScript name, because libharu refuses a second font of one name. */
#include <hb-ot.h>
#include <hb-subset.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hb_face_t *pin(hb_face_t *face, float weight)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_ot_var_axis_info_t axes[16];
    unsigned count = 16;
    hb_ot_var_get_axis_infos(face, 0, &count, axes);
    for (unsigned i = 0; i < count; i++) {
        if (axes[i].tag == HB_TAG('w', 'g', 'h', 't'))
            hb_subset_input_pin_axis_location(input, face, axes[i].tag, weight);
        else
            hb_subset_input_pin_axis_to_default(input, face, axes[i].tag);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS);
    hb_set_invert(hb_subset_input_unicode_set(input));
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_add(drop, HB_TAG('G', 'S', 'U', 'B'));
    hb_set_add(drop, HB_TAG('G', 'P', 'O', 'S'));
    hb_set_add(drop, HB_TAG('G', 'D', 'E', 'F'));
    hb_face_t *made = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (!made)
        return NULL;
    /* A face that was built does not list its tables; one that was read does. */
    hb_blob_t *blob = hb_face_reference_blob(made);
    hb_face_destroy(made);
    made = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return made;
}

static size_t put_16(unsigned char *at, size_t value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
    return 2;
}

/* A name table of what libharu asks for: the family (1), the style (2) and the PostScript name (6),
 * on two platforms. */
static hb_blob_t *name_table(const char *name)
{
    static unsigned char table[2048];
    const struct {
        size_t id;
        const char *text;
    } names[3] = {{1, name}, {2, "Regular"}, {6, name}};
    const size_t strings = 6 + 6 * 12;
    size_t records = put_16(table, 0), text = 0;
    records += put_16(table + records, 6);
    records += put_16(table + records, strings);
    for (size_t i = 0; i < 6; i++) {
        const bool is_wide = i >= 3;
        const char *one = names[i % 3].text;
        const size_t width = is_wide ? 2 : 1, length = strlen(one);
        const size_t record[6] = {is_wide ? 3 : 1, is_wide,        is_wide ? 0x409 : 0,
                                  names[i % 3].id, width * length, text};
        for (int j = 0; j < 6; j++)
            records += put_16(table + records, record[j]);
        for (size_t j = 0; j < length; j++, text += width)
            table[strings + text + width - 1] = (unsigned char)one[j];
    }
    return hb_blob_create((const char *)table, (unsigned)(strings + text), HB_MEMORY_MODE_READONLY,
                          NULL, NULL);
}

static hb_face_t *rename_face(hb_face_t *face, const char *name)
{
    hb_face_t *made = hb_face_builder_create();
    hb_tag_t tags[64];
    unsigned count = 64;
    hb_face_get_table_tags(face, 0, &count, tags);
    for (unsigned i = 0; i < count; i++) {
        hb_blob_t *table = tags[i] == HB_TAG('n', 'a', 'm', 'e')
                               ? name_table(name)
                               : hb_face_reference_table(face, tags[i]);
        hb_face_builder_add_table(made, tags[i], table);
        hb_blob_destroy(table);
    }
    return made;
}

static bool write_face(hb_face_t *face, const char *path)
{
    hb_blob_t *out = hb_face_reference_blob(face);
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(out, &length);
    FILE *file = fopen(path, "wb");
    bool is_written = file && length && fwrite(bytes, 1, length, file) == length;
    if (file)
        is_written = fclose(file) == 0 && is_written;
    hb_blob_destroy(out);
    return is_written;
}

int main(int count, char **arguments)
{
    if (count != 5 || strlen(arguments[3]) > 127) {
        fprintf(stderr, "usage: %s IN.ttf WEIGHT NAME OUT.ttf\n", arguments[0]);
        return 64;
    }
    hb_blob_t *in = hb_blob_create_from_file_or_fail(arguments[1]);
    if (!in) {
        fprintf(stderr, "%s: cannot be read\n", arguments[1]);
        return 66;
    }
    hb_face_t *face = hb_face_create(in, 0);
    hb_face_t *pinned = pin(face, strtof(arguments[2], NULL));
    hb_face_t *renamed = pinned ? rename_face(pinned, arguments[3]) : NULL;
    bool is_done = renamed && write_face(renamed, arguments[4]);
    hb_face_destroy(renamed);
    hb_face_destroy(pinned);
    hb_face_destroy(face);
    hb_blob_destroy(in);
    if (!is_done)
        fprintf(stderr, "%s: no instance was made\n", arguments[4]);
    return is_done ? 0 : 70;
}
