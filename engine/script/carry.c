/* What a report carries: the files that it was made from, the ledger of figures, and the colophon
 * that says how it was made, so that it can be made again byte for byte. Nothing of it tells where
 * on this machine anything was: the same inputs give the same bytes from whatever folder. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "data/colophon.h"
#include "data/versions.h"
#include "pdf/attachments.h"
#include "pdf/versions.h"
#include "script/script_private.h"
#include "script/versions.h"
#include "text/versions.h"

#define FIGURES_FILE "figures.json"
#define FIGURES_VERSION 1

/* The ledger ---------------------------------------------------------------------------------- */

static bool put_number(bp_buf *out, double value, int decimals)
{
    char text[BP_NUMBER_SIZE];
    size_t length =
        decimals < 0 ? bp_number_exact(value, text) : bp_number_put(value, decimals, text);
    return bp_buf_add(out, text, length);
}

static bool put_member(bp_buf *out, const char *name, const char *text)
{
    return text == NULL || text[0] == '\0' ||
           (bp_buf_format(out, ", \"%s\": ", name) && bp_json_put_text(out, text));
}

/* What the data says of a figure. */
static bool put_observation(bp_host *host, const bp_indicator *indicator,
                            const bp_observation *seen, bp_buf *out)
{
    const char *language = host->language;
    const bp_source *source = seen->citation.source;
    bool has_symbol = indicator->unit_symbol.count != 0;
    return bp_buf_text(out, "{ \"id\": ") && bp_json_put_text(out, indicator->id) &&
           bp_buf_text(out, ", \"value\": ") && put_number(out, seen->value, -1) &&
           put_member(out, "unit",
                      bp_text_in(host->data,
                                 has_symbol ? indicator->unit_symbol : indicator->unit_other,
                                 language)) &&
           put_member(out, "period", seen->period) &&
           put_member(out, "source", source != NULL ? source->id : NULL) &&
           put_member(out, "locator", bp_text_in(host->data, seen->citation.locator, language)) &&
           put_member(out, "formula", seen->is_derived ? indicator->derive : NULL);
}

/* The text in field `name` of the entry at index 3, left on the stack. */
static const char *push_field(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    return lua_rawget(L, 3) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

/* Appends the boxes of the list on top of the stack: page, left, top, width, height. */
static bool put_boxes(lua_State *L, bp_buf *out)
{
    static const char *const names[] = {"page", "x", "y", "width", "height"};
    bool ok = bp_buf_text(out, ", \"boxes\": [");
    for (lua_Integer i = 1; ok && lua_rawgeti(L, -1, i) == LUA_TTABLE; i++) {
        ok = bp_buf_text(out, i > 1 ? ", [" : "[");
        for (int k = 0; ok && k < 5; k++) {
            lua_pushstring(L, names[k]);
            lua_rawget(L, -2);
            ok = (k == 0 || bp_buf_text(out, ", ")) && put_number(out, lua_tonumber(L, -1), 3);
            lua_pop(L, 1);
        }
        ok = ok && bp_buf_char(out, ']');
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return ok && bp_buf_text(out, "]");
}

/* Appends the entry at index 3, where it was drawn. */
static bool put_entry(lua_State *L, bp_buf *out)
{
    bp_host *host = bp_host_of(L);
    lua_pushliteral(L, "boxes"); /* 4 */
    if (lua_rawget(L, 3) != LUA_TTABLE)
        return true;
    lua_pushliteral(L, "indicator"); /* 5 */
    lua_rawget(L, 3);
    const bp_indicator *indicator = bp_item_check(L, 5, &bp_indicator_kind);
    lua_pushliteral(L, "seen"); /* 6 */
    const bp_observation *seen = lua_rawget(L, 3) == LUA_TUSERDATA
                                     ? bp_item_check(L, 6, &bp_observation_kind)
                                     : &indicator->observations[indicator->observation_count - 1];
    const char *format = push_field(L, "format");   /* 7 */
    const char *printed = push_field(L, "printed"); /* 8 */
    lua_pushvalue(L, 4);
    return bp_buf_text(out, out->length > 0 ? ",\n    " : "\n    ") &&
           put_observation(host, indicator, seen, out) && put_member(out, "format", format) &&
           put_member(out, "printed", printed) && put_boxes(L, out) && bp_buf_text(out, " }");
}

int bp_document_figures(lua_State *L)
{
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    luaL_checktype(L, 2, LUA_TTABLE);
    bp_host *host = bp_host_of(L);
    if (host->options->kept == NULL || host->data == NULL)
        return 0;
    host->figures.length = 0;
    lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, 2);
        if (lua_rawgeti(L, 2, i) == LUA_TTABLE && !put_entry(L, &host->figures)) /* 3 */
            return bp_raise_memory(L);
    }
    return 0;
}

/* Names --------------------------------------------------------------------------------------- */

static bool is_taken(const bp_colophon *colophon, const char *name)
{
    /* Some file systems take small letters and capitals for the same. */
    if (strcasecmp(name, BP_COLOPHON_FILE) == 0 || strcasecmp(name, FIGURES_FILE) == 0)
        return true;
    for (size_t i = 0; i < BP_BUF_COUNT(&colophon->files, bp_colophon_file); i++) {
        const char *other = BP_BUF_ITEMS(&colophon->files, const bp_colophon_file)[i].name;
        if (other != NULL && strcasecmp(name, other) == 0)
            return true;
    }
    return false;
}

/* What a name may not hold (attachments.h) becomes "_"; a long one loses its middle. */
static char *clean_name(const char *path)
{
    const char *name = bp_path_name(path);
    size_t length = strlen(name);
    const char *bad = bp_utf8_valid(name, length, NULL) ? "/\\:\"*?<>|" : NULL;
    size_t cut = length > 200 ? bp_utf8_floor(name, length, 180) : length;
    char *copy = bp_copy_bytes(name, cut);
    for (char *c = copy; c != NULL && *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 127 ||
            (bad != NULL ? strchr(bad, *c) != NULL : (unsigned char)*c >= 127))
            *c = '_';
    if (copy != NULL && (copy[0] == '\0' || strcmp(copy, ".") == 0 || strcmp(copy, "..") == 0)) {
        bp_free(copy);
        copy = bp_copy_text("file");
    }
    return copy;
}

/* The name of a file in the report: its own, with a number before the ending where that is taken.
 * NULL when memory is refused. */
static char *choose_name(const bp_colophon *colophon, const char *path)
{
    char *clean = clean_name(path);
    if (clean == NULL || !is_taken(colophon, clean))
        return clean;
    const char *ending = strrchr(clean, '.');
    int stem = (int)(ending != NULL && ending != clean ? (size_t)(ending - clean) : strlen(clean));
    bp_buf name = {0};
    bool ok = true;
    for (int n = 2; ok && (name.length == 0 || is_taken(colophon, name.bytes)); n++) {
        name.length = 0;
        ok = bp_buf_format(&name, "%.*s-%d%s", stem, clean, n, clean + stem);
    }
    bp_free(clean);
    if (ok)
        return bp_buf_take(&name);
    bp_buf_clear(&name);
    return NULL;
}

static const char *mime_of(const char *name)
{
    static const char *const known[][2] = {
        {".lua", "text/x-lua"},    {".json", "application/json"},
        {".csv", "text/csv"},      {".png", "image/png"},
        {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},
        {".svg", "image/svg+xml"}, {".md", "text/markdown"},
        {".txt", "text/plain"},    {".ndjson", "application/x-ndjson"}};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < sizeof known / sizeof known[0]; i++)
        if (strcasecmp(ending, known[i][0]) == 0)
            return known[i][1];
    return "application/octet-stream";
}

/* The colophon -------------------------------------------------------------------------------- */

static void put_print(const bp_buf *bytes, char out[65])
{
    unsigned char digest[32];
    bp_hash hash;
    bp_hash_init(&hash);
    bp_hash_add(&hash, bytes->bytes, bytes->length);
    bp_hash_end(&hash, digest);
    for (size_t i = 0; i < 32; i++) {
        static const char digits[] = "0123456789abcdef";
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[64] = '\0';
}

static bool note_file(bp_colophon *colophon, const bp_bundle_file *file)
{
    char print[65] = "";
    bp_colophon_file made = {
        .role = file->role, .size = file->size, .is_left_out = file->is_left_out};
    if (!file->is_left_out)
        put_print(&file->bytes, print);
    made.name = file->is_left_out ? NULL : choose_name(colophon, file->path);
    made.path = bp_copy_text(file->path);
    made.table = file->table != NULL ? bp_copy_text(file->table) : NULL;
    made.print = bp_copy_text(print);
    bool ok = (made.name != NULL || file->is_left_out) && made.path != NULL && made.print != NULL &&
              (made.table != NULL || file->table == NULL) &&
              bp_buf_add(&colophon->files, &made, sizeof made);
    if (!ok) {
        bp_free(made.name);
        bp_free(made.path);
        bp_free(made.table);
        bp_free(made.print);
    }
    return ok;
}

static bool note_font(bp_colophon *colophon, const bp_font *font)
{
    char print[BP_FONT_PRINT_SIZE];
    bp_font_print(font, print);
    bp_colophon_font *made = bp_buf_push(&colophon->fonts, sizeof *made);
    if (made == NULL)
        return false;
    *made = (bp_colophon_font){.family = bp_copy_text(bp_font_family(font)),
                               .file = bp_copy_text(bp_path_name(bp_font_file(font))),
                               .print = bp_copy_text(print),
                               .face = bp_font_face(font),
                               .weight = bp_font_weight(font),
                               .is_italic = bp_font_is_italic(font),
                               .size = bp_font_size_bytes(font)};
    return made->family != NULL && made->file != NULL && made->print != NULL;
}

/* What reads JSON gives the same in every version. */
static bool note_libraries(bp_colophon *colophon)
{
    bp_buf lines = {0};
    bool ok = bp_data_versions(&lines) && bp_text_shaping_versions(&lines) &&
              bp_pdf_writing_versions(&lines) && bp_script_versions(&lines);
    for (char *line = lines.bytes; ok && line != NULL && *line != '\0';) {
        char *end = strchr(line, '\n');
        char *next = end != NULL ? end + 1 : line + strlen(line);
        if (end != NULL)
            *end = '\0';
        char *space = strrchr(line, ' ');
        if (space != NULL) {
            *space = '\0';
            if (strcmp(line, "cJSON") != 0)
                ok = bp_colophon_add(&colophon->libraries, line, space + 1);
        }
        line = next;
    }
    bp_buf_clear(&lines);
    return ok;
}

static int compare_pairs(const void *a, const void *b)
{
    return strcmp(((const bp_colophon_pair *)a)->name, ((const bp_colophon_pair *)b)->name);
}

/* Of a parameter that is given twice the later counts. */
static bool note_parameters(bp_colophon *colophon, const bp_script_options *options)
{
    bp_buf *list = &colophon->parameters;
    bool ok = true;
    for (size_t i = 0; ok && i < options->parameter_count; i++) {
        const bp_parameter *parameter = &options->parameters[i];
        bool is_last = true;
        for (size_t k = i + 1; is_last && k < options->parameter_count; k++)
            is_last = strcmp(options->parameters[k].key, parameter->key) != 0;
        ok = !is_last || bp_colophon_add(list, parameter->key, parameter->value);
    }
    size_t count = BP_BUF_COUNT(list, bp_colophon_pair);
    if (ok && count > 1)
        qsort(list->bytes, count, sizeof(bp_colophon_pair), compare_pairs);
    return ok;
}

static bool note_all(const bp_host *host, bp_colophon *colophon)
{
    const bp_script_options *options = host->options;
    colophon->version = BP_COLOPHON_VERSION;
    colophon->program = bp_copy_text("briefpress " BP_VERSION);
    bool ok = colophon->program != NULL && note_libraries(colophon) &&
              bp_script_options_note(options, &colophon->options) &&
              note_parameters(colophon, options);
    for (size_t i = 0; ok && i < bp_bundle_count(options->kept); i++)
        ok = note_file(colophon, bp_bundle_at(options->kept, i));
    const bp_font *font = NULL;
    for (size_t i = 0; ok && (font = bp_document_font(host->document, i)) != NULL; i++)
        ok = note_font(colophon, font);
    const char *name, *print;
    for (size_t i = 0; ok && bp_shaper_hyphen_source(host->shaper, i, &name, &print); i++)
        ok = bp_colophon_add(&colophon->patterns, name, print);
    return ok;
}

/* Attaching ----------------------------------------------------------------------------------- */

static bool attach_file(bp_host *host, const bp_colophon_file *noted, const bp_bundle_file *file,
                        bp_error *err)
{
    static const char *const descriptions[BP_ROLE_COUNT] = {
        "The layout of this report", "A module of the layout", "Data that this report shows",
        "An image in this report", "A file that the layout asked for"};
    assert(noted != NULL); /* Each file was. */
    if (file->is_left_out) {
        bp_faults_add(host->findings, BP_OK, file->path,
                      "the report does not carry it, for what it carries would be larger than "
                      "%zu MiB: it cannot be verified",
                      host->options->kept->most >> 20);
        return true;
    }
    const bp_attachment made = {.name = noted->name,
                                .description = descriptions[file->role],
                                .mime = mime_of(noted->name),
                                .relationship = file->role == BP_ROLE_DATA ? BP_RELATION_DATA
                                                                           : BP_RELATION_SOURCE,
                                .bytes = file->bytes.bytes,
                                .length = file->bytes.length};
    return bp_document_attach(host->document, &made, err);
}

static bool attach_text(bp_host *host, const char *name, const char *description,
                        const bp_buf *text, bp_error *err)
{
    const bp_attachment made = {.name = name,
                                .description = description,
                                .mime = "application/json",
                                .relationship = BP_RELATION_SUPPLEMENT,
                                .bytes = text->bytes,
                                .length = text->length};
    return bp_document_attach(host->document, &made, err);
}

static bool attach_figures(bp_host *host, bp_error *err)
{
    bp_buf text = {0};
    bool ok = bp_buf_format(&text, "{\n  \"version\": %d,\n  \"language\": ", FIGURES_VERSION) &&
              bp_json_put_text(&text, host->language) &&
              bp_buf_text(&text, ",\n  \"figures\": [") &&
              bp_buf_add(&text, host->figures.bytes, host->figures.length) &&
              bp_buf_text(&text, "\n  ]\n}\n");
    ok = ok ? attach_text(host, FIGURES_FILE, "The figures printed in this report", &text, err)
            : bp_fail_memory(err);
    bp_buf_clear(&text);
    return ok;
}

bool bp_carry(bp_host *host, bp_error *err)
{
    const bp_bundle *kept = host->options->kept;
    if (kept == NULL || !bp_document_may_attach(host->document))
        return true;
    bp_colophon colophon = {0};
    bp_buf text = {0};
    bool ok = note_all(host, &colophon) || bp_fail_memory(err);
    for (size_t i = 0; ok && i < bp_bundle_count(kept); i++)
        ok = attach_file(host, &BP_BUF_ITEMS(&colophon.files, const bp_colophon_file)[i],
                         bp_bundle_at(kept, i), err);
    if (ok && host->figures.length != 0)
        ok = attach_figures(host, err);
    if (ok)
        ok = bp_colophon_put(&colophon, &text)
                 ? attach_text(host, BP_COLOPHON_FILE, "How this report was made", &text, err)
                 : bp_fail_memory(err);
    bp_buf_clear(&text);
    bp_colophon_clear(&colophon);
    return ok;
}
