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
#include "base/utf8.h"
#include "pdf/cff.h"
#include "pdf/embed.h"
#include "pdf/syntax.h"
#include "text/sfnt.h"

#define BLOCK_MOST 100 /* Entries of a CMap between begin and end. */
#define FONT_BYTES_LEAST 64

/* A font while it is written. */
typedef struct {
    const bp_use *use;
    bp_objects *objects;
    bp_error *err;
    size_t code_count;
    const bp_glyph_code *codes;
    uint16_t *cids;  /* Of the codes. */
    uint32_t *order; /* Indexes of the codes, sorted for what is written next. */
    char name[160];  /* "ABCDEF+Inter-Regular" */
    bool is_cff;
} writer;

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

/* What each code shows in the cut font. */
static bool find_cids(writer *w, const hb_subset_plan_t *plan, hb_blob_t *file)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    unsigned size = 0;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(file, &size);
    size_t glyph_count = 1;
    for (size_t i = 0; i < w->code_count; i++) {
        uint32_t glyph = hb_map_get(map, w->codes[i].glyph);
        if (glyph == HB_MAP_VALUE_INVALID || glyph > UINT16_MAX)
            return fail_font(w->use, "a glyph was lost in cutting it", w->err);
        w->cids[i] = (uint16_t)glyph;
        if (glyph >= glyph_count)
            glyph_count = (size_t)glyph + 1;
    }
    if (!w->is_cff)
        return true;
    uint16_t *of_glyph = bp_alloc(glyph_count * sizeof *of_glyph);
    if (of_glyph == NULL)
        return bp_fail_memory(w->err);
    bool ok = bp_cff_cids(bytes, size, of_glyph, glyph_count);
    for (size_t i = 0; ok && i < w->code_count; i++)
        w->cids[i] = of_glyph[w->cids[i]];
    bp_free(of_glyph);
    return ok || fail_font(w->use, "its charset cannot be read", w->err);
}

/* "ABCDEF+Name", the letters from the content of the cut font. */
static void make_name(writer *w, const unsigned char *bytes, size_t size)
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

static bool write_file(writer *w, const unsigned char *bytes, size_t size, bp_ref file)
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

static bool cut(writer *w, bp_ref file)
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
    make_name(w, (const unsigned char *)data, cut_size);
    ok = find_cids(w, plan, blob) && write_file(w, (const unsigned char *)data, cut_size, file);
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

static const writer *sorted; /* qsort has no argument for its comparison. */

static int compare_codes(const void *a, const void *b)
{
    uint16_t x = sorted->codes[*(const uint32_t *)a].code;
    uint16_t y = sorted->codes[*(const uint32_t *)b].code;
    return (x > y) - (x < y);
}

static int compare_cids(const void *a, const void *b)
{
    uint16_t x = sorted->cids[*(const uint32_t *)a];
    uint16_t y = sorted->cids[*(const uint32_t *)b];
    return x != y ? (x > y) - (x < y) : compare_codes(a, b);
}

static void sort(writer *w, int (*compare)(const void *, const void *))
{
    sorted = w;
    qsort(w->order, w->code_count, sizeof *w->order, compare);
    sorted = NULL;
}

/* Widths by CID: "12[500 500 612] 40[...]". */
static bool put_widths(writer *w, bp_buf *text)
{
    sort(w, compare_cids);
    bool ok = bp_buf_text(text, "/DW 0/W[");
    uint32_t last = UINT32_MAX;
    bool is_open = false;
    for (size_t i = 0; ok && i < w->code_count; i++) {
        uint32_t cid = w->cids[w->order[i]];
        if (cid == last)
            continue;
        if (!is_open || cid != last + 1)
            ok = (!is_open || bp_buf_char(text, ']')) && bp_syntax_number(text, cid, 0) &&
                 bp_buf_char(text, '[');
        else
            ok = bp_buf_char(text, ' ');
        ok = ok && bp_syntax_number(text, w->codes[w->order[i]].width, 0);
        is_open = true;
        last = cid;
    }
    return ok && bp_buf_text(text, is_open ? "]]\n" : "]\n");
}

static bool put_code(bp_buf *text, unsigned code)
{
    const unsigned char bytes[] = {(unsigned char)(code >> 8), (unsigned char)code};
    size_t skipped = code < 0x80; /* Codes below take one byte. */
    return bp_buf_char(text, '<') && bp_syntax_hex(text, bytes + skipped, sizeof bytes - skipped) &&
           bp_buf_char(text, '>');
}

static bool put_cmap_head(bp_buf *text, const char *name, int type)
{
    return bp_buf_format(text,
                         "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                         "/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n"
                         "/Ordering (%s) def\n/Supplement 0 def\nend def\n"
                         "/CMapName /%s def\n/CMapVersion 1 def\n/CMapType %d def\n%s"
                         "2 begincodespacerange\n<00> <7F>\n<8000> <FFFF>\n"
                         "endcodespacerange\n",
                         type == 2 ? "UCS" : "Identity", name, type,
                         type == 2 ? "" : "/WMode 0 def\n");
}

static bool put_cmap_tail(bp_buf *text)
{
    return bp_buf_text(text, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/* How many codes from the i-th on count up together with their CIDs, in one byte of the code. */
static size_t range_length(const writer *w, size_t i)
{
    size_t n = 1;
    for (; i + n < w->code_count; n++) {
        unsigned from = w->codes[w->order[i]].code, code = w->codes[w->order[i + n]].code;
        if (code != from + n || (code & 0xff) < (from & 0xff) ||
            w->cids[w->order[i + n]] != w->cids[w->order[i]] + n)
            break;
    }
    return n;
}

/* Code to CID. */
static bool put_cmap(writer *w, bp_buf *text)
{
    bool ok = put_cmap_head(text, "BP-Codes", 1);
    bp_buf block = {0};
    int count = 0;
    for (size_t i = 0, n; ok && i < w->code_count; i += n) {
        n = range_length(w, i);
        unsigned from = w->codes[w->order[i]].code;
        ok = put_code(&block, from) && put_code(&block, from + (unsigned)n - 1) &&
             bp_buf_char(&block, ' ') && bp_syntax_number(&block, w->cids[w->order[i]], 0) &&
             bp_buf_char(&block, '\n');
        count++;
        if (ok && (count == BLOCK_MOST || i + n == w->code_count)) {
            ok = bp_buf_format(text, "%d begincidrange\n", count) &&
                 bp_buf_add(text, block.bytes, block.length) && bp_buf_text(text, "endcidrange\n");
            block.length = 0;
            count = 0;
        }
    }
    bp_buf_clear(&block);
    return ok && put_cmap_tail(text);
}

/* The characters of a code, without those that no reader takes for any. */
static bool put_characters(bp_buf *text, const char *characters, size_t length)
{
    if (memchr(characters, 0xef, length) == NULL) /* The first byte of all of those. */
        return bp_syntax_utf16(text, characters, length);
    bool ok = true;
    for (size_t at = 0, start = 0; ok && at < length; start = at) {
        uint32_t c = bp_utf8_next(characters, length, &at);
        bool is_none = c == 0xfeff || c == 0xfffe || c == 0xffff;
        ok = is_none ? bp_buf_text(text, "FFFD")
                     : bp_syntax_utf16(text, characters + start, at - start);
    }
    return ok;
}

/* Code to characters. */
static bool put_to_unicode(writer *w, bp_buf *text)
{
    bool ok = put_cmap_head(text, "BP-Characters", 2);
    for (size_t i = 0; ok && i < w->code_count; i++) {
        const bp_glyph_code *code = &w->codes[w->order[i]];
        size_t left = w->code_count - i;
        char scratch[4];
        size_t length = 0;
        const char *characters = bp_use_text(w->use, code, scratch, &length);
        if (i % BLOCK_MOST == 0)
            ok = bp_buf_format(text, "%zu beginbfchar\n", left < BLOCK_MOST ? left : BLOCK_MOST);
        ok = ok && put_code(text, code->code) && bp_buf_char(text, '<') &&
             put_characters(text, characters, length) && bp_buf_text(text, ">\n");
        if (ok && (i + 1 == w->code_count || (i + 1) % BLOCK_MOST == 0))
            ok = bp_buf_text(text, "endbfchar\n");
    }
    return ok && put_cmap_tail(text);
}

static bool put_descriptor(const writer *w, bp_buf *text, bp_ref file)
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

static bool put_cid_font(writer *w, bp_buf *text, bp_ref descriptor)
{
    return bp_buf_format(text, "/Type/Font/Subtype/%s/BaseFont",
                         w->is_cff ? "CIDFontType0" : "CIDFontType2") &&
           bp_syntax_name(text, w->name) &&
           bp_buf_text(text, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                             "/FontDescriptor ") &&
           bp_objects_put_ref(text, descriptor) &&
           (w->is_cff || bp_buf_text(text, "/CIDToGIDMap/Identity")) && put_widths(w, text);
}

static bool put_font(const writer *w, bp_buf *text, bp_ref cid_font, bp_ref cmap, bp_ref unicode)
{
    return bp_buf_text(text, "/Type/Font/Subtype/Type0/BaseFont") &&
           bp_syntax_name(text, w->name) && (!w->is_cff || bp_buf_text(text, "-BP-Codes")) &&
           bp_buf_text(text, "/Encoding ") && bp_objects_put_ref(text, cmap) &&
           bp_buf_text(text, "/DescendantFonts[") && bp_objects_put_ref(text, cid_font) &&
           bp_buf_text(text, "]/ToUnicode ") && bp_objects_put_ref(text, unicode) &&
           bp_buf_char(text, '\n');
}

static bool write_cmaps(writer *w, bp_ref cmap, bp_ref unicode)
{
    bp_buf text = {0}, body = {0};
    sort(w, compare_codes);
    bool ok =
        bp_buf_text(&text, "/Type/CMap/CMapName/BP-Codes/WMode 0/CIDSystemInfo"
                           "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>") &&
        put_cmap(w, &body) &&
        bp_objects_write_stream(w->objects, cmap, &text, body.bytes, body.length, false, w->err);
    body.length = 0;
    ok = ok && put_to_unicode(w, &body) &&
         bp_objects_write_stream(w->objects, unicode, NULL, body.bytes, body.length, false, w->err);
    bp_buf_clear(&text);
    bp_buf_clear(&body);
    return ok || bp_fail_memory(w->err);
}

static bool write_objects(writer *w)
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
    writer w = {.use = use,
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
