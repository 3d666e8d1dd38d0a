/* Embedding at save: the glyphs a report used are cut out of the font with hb-subset, and the
 * objects around them (Type 0 font, CID font, descriptor, font file, CMap, ToUnicode) are written.
 * CIDs are what the cut font calls its glyphs, so TrueType fonts need no map of their own
 * (Identity), and the CMap leads from our codes to CIDs. */
#include <hb-subset.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "pdf/cff.h"
#include "pdf/embed_private.h"
#include "pdf/syntax.h"
#include "text/sfnt.h"

#define FONT_BYTES_LEAST 64

static bool fail_font(const bp_use *use, const char *what, bp_error *err)
{
    return bp_fail(err, BP_ERR_RESOURCE, bp_font_file(use->font),
                   "the font %s cannot be embedded: %s", bp_font_name(use->font), what);
}

/* Cutting -------------------------------------------------------------------------------------- */

/* Everything but outlines and widths: viewers place glyphs by our widths and need no tables for
 * shaping. */
static const char *const dropped[] = {
    "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "STAT", "DSIG", "kern", "kerx",
    "morx", "mort", "feat", "name", "post", "OS/2", "cmap", "VORG", "vhea", "vmtx",
    "VVAR", "MVAR", "COLR", "CPAL", "SVG ", "CBDT", "CBLC", "sbix", "EBDT", "EBLC",
    "EBSC", "hdmx", "VDMX", "LTSH", "gasp", "PCLT", "meta"};

static hb_tag_t tag_of(const char *text)
{
    return HB_TAG(text[0], text[1], text[2], text[3]);
}

/* Gives hb-subset a table of the font. What is dropped is not even shown: with a character map
 * HarfBuzz would first look up every character of the font, to find those of the wanted glyphs. */
static hb_blob_t *lend_table(hb_face_t *face, hb_tag_t tag, void *user_data)
{
    (void)face;
    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
        if (tag_of(dropped[i]) == tag)
            return NULL;
    char name[5] = "";
    hb_tag_to_string(tag, name);
    bp_sfnt_view table = bp_sfnt_table(user_data, name);
    return table.size == 0 ? NULL
                           : hb_blob_create_or_fail((const char *)table.bytes, (unsigned)table.size,
                                                    HB_MEMORY_MODE_READONLY, NULL, NULL);
}

static hb_subset_input_t *make_input(const bp_use *use, hb_face_t *face)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < BP_BUF_COUNT(&use->codes, bp_glyph_code); i++)
        hb_set_add(glyphs, BP_BUF_ITEMS(&use->codes, bp_glyph_code)[i].glyph);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
        hb_set_add(drop, tag_of(dropped[i]));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    size_t axis_count = 0;
    const bp_font_axis *axes = bp_font_axes(use->font, &axis_count);
    bool ok = hb_set_allocation_successful(glyphs) && hb_set_allocation_successful(drop);
    for (size_t i = 0; ok && i < axis_count; i++)
        ok = hb_subset_input_pin_axis_location(input, face, tag_of(axes[i].tag), axes[i].value);
    if (ok)
        return input;
    hb_subset_input_destroy(input);
    return NULL;
}

/* The cut font's bytes: its CFF table alone, or the whole TrueType file. */
static hb_blob_t *font_file(hb_face_t *cut, bool is_cff)
{
    return is_cff ? hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '))
                  : hb_face_reference_blob(cut);
}

/* Numbers glyphs in the order of their codes; those that no code shows, as parts of others, last.
 */
static void number_glyphs(bp_font_writer *w, uint16_t *numbers, size_t glyph_count)
{
    uint16_t next = 1;
    memset(numbers, 0, glyph_count * sizeof *numbers);
    bp_font_sort_codes(w);
    for (size_t i = 0; i < w->code_count; i++) {
        uint16_t glyph = w->cids[w->order[i]];
        if (glyph != 0 && numbers[glyph] == 0)
            numbers[glyph] = next++;
    }
    for (size_t glyph = 1; glyph < glyph_count; glyph++)
        if (numbers[glyph] == 0)
            numbers[glyph] = next++;
}

/* What each code shows in the cut font. Where its charset says what the glyphs are called, it is
 * told anew: among the 65,535 of a Chinese font those of a report stand each alone, and so each
 * would in the CMap and among the widths. */
static bool find_cids(bp_font_writer *w, const hb_subset_plan_t *plan, hb_face_t *cut,
                      hb_blob_t **file)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    size_t glyph_count = hb_face_get_glyph_count(cut);
    for (size_t i = 0; i < w->code_count; i++) {
        uint32_t glyph = hb_map_get(map, w->codes[i].glyph);
        if (glyph >= glyph_count || glyph > UINT16_MAX)
            return fail_font(w->use, "a glyph was lost in cutting it", w->err);
        w->cids[i] = (uint16_t)glyph;
    }
    if (!w->is_cff)
        return true;
    uint16_t *numbers = bp_alloc(glyph_count * sizeof *numbers);
    if (numbers == NULL)
        return bp_fail_memory(w->err);
    number_glyphs(w, numbers, glyph_count);
    unsigned size = 0;
    hb_blob_t *own = hb_blob_copy_writable_or_fail(*file);
    char *bytes = own != NULL ? hb_blob_get_data_writable(own, &size) : NULL;
    bool ok = bytes != NULL || bp_fail_memory(w->err);
    if (ok && !bp_cff_renumber((unsigned char *)bytes, size, numbers, glyph_count))
        ok = bp_cff_cids((const unsigned char *)bytes, size, numbers, glyph_count) ||
             fail_font(w->use, "its charset cannot be read", w->err);
    for (size_t i = 0; ok && i < w->code_count; i++)
        w->cids[i] = numbers[w->cids[i]];
    bp_free(numbers);
    hb_blob_destroy(ok ? *file : own);
    if (ok)
        *file = own;
    return ok;
}

/* "ABCDEF+Name", the letters from the content of the cut font. */
static void make_name(bp_font_writer *w, const unsigned char *bytes, size_t size)
{
    unsigned char digest[32];
    bp_hash hash;
    bp_hash_init(&hash);
    bp_hash_add(&hash, bytes, size);
    for (size_t i = 0; i < w->code_count; i++)
        bp_hash_add(&hash, &w->codes[i].code, sizeof w->codes[i].code);
    bp_hash_end(&hash, digest);
    for (int i = 0; i < 6; i++)
        w->name[i] = (char)('A' + digest[i] % 26);
    w->name[6] = '+';
    size_t length = strnlen(bp_font_name(w->use->font), 100);
    memcpy(w->name + 7, bp_font_name(w->use->font), length);
    w->name[7 + length] = '\0';
}

static bool write_file(bp_font_writer *w, const unsigned char *bytes, size_t size, bp_ref file)
{
    bp_buf text = {0};
    bool ok = w->is_cff ? bp_buf_text(&text, "/Subtype/CIDFontType0C")
                        : bp_buf_format(&text, "/Length1 %zu", size);
    if (!ok) {
        bp_buf_clear(&text);
        return bp_fail_memory(w->err);
    }
    return bp_objects_write_stream(w->objects, file, &text, bytes, size, false, w->err);
}

static bool cut(bp_font_writer *w, bp_ref file)
{
    const bp_use *use = w->use;
    size_t size = 0;
    const unsigned char *bytes = bp_font_bytes(use->font, &size);
    bp_sfnt sfnt;
    hb_face_t *face = NULL;
    hb_subset_input_t *input = NULL;
    hb_subset_plan_t *plan = NULL;
    hb_face_t *small = NULL;
    hb_blob_t *blob = NULL;
    bool ok = false;
    if (!bp_sfnt_open(&sfnt, bytes, size, bp_font_face(use->font), NULL)) {
        fail_font(use, "its file has changed", w->err);
        goto done;
    }
    face = hb_face_create_for_tables(lend_table, &sfnt, NULL);
    input = make_input(use, face);
    if (input != NULL)
        plan = hb_subset_plan_create_or_fail(face, input);
    if (plan != NULL)
        small = hb_subset_plan_execute_or_fail(plan);
    if (small == NULL) {
        fail_font(use, "HarfBuzz cannot cut it", w->err);
        goto done;
    }
    blob = font_file(small, w->is_cff);
    unsigned cut_size = 0;
    const char *data = hb_blob_get_data(blob, &cut_size);
    if (data == NULL || cut_size < FONT_BYTES_LEAST) {
        fail_font(use, "nothing is left of it when it is cut", w->err);
        goto done;
    }
    if (!find_cids(w, plan, small, &blob))
        goto done;
    data = hb_blob_get_data(blob, &cut_size);
    make_name(w, (const unsigned char *)data, cut_size);
    ok = write_file(w, (const unsigned char *)data, cut_size, file);
done:
    hb_blob_destroy(blob);
    hb_face_destroy(small);
    if (plan != NULL)
        hb_subset_plan_destroy(plan);
    if (input != NULL)
        hb_subset_input_destroy(input);
    hb_face_destroy(face);
    return ok;
}

/* Objects around it ---------------------------------------------------------------------------- */

static bool put_descriptor(const bp_font_writer *w, bp_buf *text, bp_ref file)
{
    const bp_font *font = w->use->font;
    const bp_font_metrics *m = bp_font_measures(font);
    double scale = 1000 / m->units;
    unsigned flags = 4; /* Its characters are our own. */
    flags |= bp_font_is_monospaced(font) ? 1u : 0;
    flags |= bp_font_is_italic(font) ? 64u : 0;
    double stem = 50 + pow(bp_font_weight(font) / 65.0, 2); /* As usual where none is given. */
    bool ok = bp_buf_text(text, "/Type/FontDescriptor/FontName") && bp_syntax_name(text, w->name) &&
              bp_buf_format(text, "/Flags %u/FontBBox[", flags);
    for (int i = 0; ok && i < 4; i++)
        ok = bp_syntax_number(text, m->box[i] * scale, 0) && bp_buf_char(text, i < 3 ? ' ' : ']');
    const struct {
        const char *key;
        double value;
    } numbers[] = {{"/ItalicAngle ", m->italic_angle}, {"/Ascent ", m->ascent * scale},
                   {"/Descent ", -m->descent * scale}, {"/CapHeight ", m->cap_height * scale},
                   {"/XHeight ", m->x_height * scale}, {"/StemV ", stem}};
    for (size_t i = 0; ok && i < sizeof numbers / sizeof numbers[0]; i++)
        ok = bp_buf_text(text, numbers[i].key) && bp_syntax_number(text, numbers[i].value, 0);
    return ok && bp_buf_text(text, w->is_cff ? "/FontFile3 " : "/FontFile2 ") &&
           bp_objects_put_ref(text, file) && bp_buf_char(text, '\n');
}

static bool put_cid_font(bp_font_writer *w, bp_buf *text, bp_ref descriptor)
{
    return bp_buf_format(text, "/Type/Font/Subtype/%s/BaseFont",
                         w->is_cff ? "CIDFontType0" : "CIDFontType2") &&
           bp_syntax_name(text, w->name) &&
           bp_buf_text(text, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                             "/FontDescriptor ") &&
           bp_objects_put_ref(text, descriptor) &&
           (w->is_cff || bp_buf_text(text, "/CIDToGIDMap/Identity")) && bp_font_put_widths(w, text);
}

static bool put_font(const bp_font_writer *w, bp_buf *text, bp_ref cid_font, bp_ref cmap,
                     bp_ref unicode)
{
    return bp_buf_text(text, "/Type/Font/Subtype/Type0/BaseFont") &&
           bp_syntax_name(text, w->name) && (!w->is_cff || bp_buf_text(text, "-BP-Codes")) &&
           bp_buf_text(text, "/Encoding ") && bp_objects_put_ref(text, cmap) &&
           bp_buf_text(text, "/DescendantFonts[") && bp_objects_put_ref(text, cid_font) &&
           bp_buf_text(text, "]/ToUnicode ") && bp_objects_put_ref(text, unicode) &&
           bp_buf_char(text, '\n');
}

static bool write_cmaps(bp_font_writer *w, bp_ref cmap, bp_ref unicode)
{
    bp_buf text = {0}, body = {0};
    bp_font_sort_codes(w);
    bool ok =
        bp_buf_text(&text, "/Type/CMap/CMapName/BP-Codes/WMode 0/CIDSystemInfo"
                           "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>") &&
        bp_font_put_cmap(w, &body) &&
        bp_objects_write_stream(w->objects, cmap, &text, body.bytes, body.length, false, w->err);
    body.length = 0;
    ok = ok && bp_font_put_characters(w, &body) &&
         bp_objects_write_stream(w->objects, unicode, NULL, body.bytes, body.length, false, w->err);
    bp_buf_clear(&text);
    bp_buf_clear(&body);
    return ok || bp_fail_memory(w->err);
}

static bool write_objects(bp_font_writer *w)
{
    enum { FILE_, DESCRIPTOR, CID_FONT, CMAP, UNICODE, COUNT };
    bp_ref refs[COUNT];
    for (int i = 0; i < COUNT; i++)
        if ((refs[i] = bp_objects_add(w->objects, w->err)) == 0)
            return false;
    if (!cut(w, refs[FILE_]))
        return false;
    bp_buf text = {0};
    bool ok = put_descriptor(w, &text, refs[FILE_]) &&
              bp_objects_write(w->objects, refs[DESCRIPTOR], &text, w->err) &&
              put_cid_font(w, &text, refs[DESCRIPTOR]) &&
              bp_objects_write(w->objects, refs[CID_FONT], &text, w->err) &&
              put_font(w, &text, refs[CID_FONT], refs[CMAP], refs[UNICODE]) &&
              bp_objects_write(w->objects, w->use->ref, &text, w->err) &&
              write_cmaps(w, refs[CMAP], refs[UNICODE]);
    bp_buf_clear(&text);
    return ok || bp_fail_memory(w->err);
}

bool bp_use_write(const bp_use *use, bp_objects *objects, bp_error *err)
{
    size_t count = BP_BUF_COUNT(&use->codes, bp_glyph_code);
    bp_font_writer w = {.use = use,
                        .objects = objects,
                        .err = err,
                        .code_count = count,
                        .codes = BP_BUF_ITEMS(&use->codes, bp_glyph_code),
                        .cids = bp_alloc(count * sizeof *w.cids),
                        .order = bp_alloc(count * sizeof *w.order),
                        .is_cff = bp_font_is_cff(use->font)};
    bool ok = w.cids != NULL && w.order != NULL;
    for (uint32_t i = 0; ok && i < count; i++)
        w.order[i] = i;
    ok = ok ? write_objects(&w) : bp_fail_memory(err);
    bp_free(w.cids);
    bp_free(w.order);
    return ok;
}
