/* The colophon of a report: see colophon.h. It is read from files that may mean harm, so the bytes
 * pass the strict scan before cJSON sees them, and counts and lengths are bounded. */
#include "data/colophon.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>

#include "base/faults.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "data/scan.h"

#define ITEMS_MOST 20000 /* Of one list. */
#define BYTES_MOST ((size_t)16 << 20)
#define SIZE_MOST 9007199254740992.0

/* Making -------------------------------------------------------------------------------------- */

static void clear_pairs(bp_buf *pairs)
{
    for (size_t i = 0; i < BP_BUF_COUNT(pairs, bp_colophon_pair); i++) {
        bp_free(BP_BUF_ITEMS(pairs, bp_colophon_pair)[i].name);
        bp_free(BP_BUF_ITEMS(pairs, bp_colophon_pair)[i].text);
    }
    bp_buf_clear(pairs);
}

void bp_colophon_clear(bp_colophon *colophon)
{
    bp_free(colophon->program);
    clear_pairs(&colophon->libraries);
    clear_pairs(&colophon->options);
    clear_pairs(&colophon->parameters);
    clear_pairs(&colophon->patterns);
    for (size_t i = 0; i < BP_BUF_COUNT(&colophon->files, bp_colophon_file); i++) {
        bp_colophon_file *file = &BP_BUF_ITEMS(&colophon->files, bp_colophon_file)[i];
        bp_free(file->name);
        bp_free(file->path);
        bp_free(file->table);
        bp_free(file->print);
    }
    bp_buf_clear(&colophon->files);
    for (size_t i = 0; i < BP_BUF_COUNT(&colophon->fonts, bp_colophon_font); i++) {
        bp_colophon_font *font = &BP_BUF_ITEMS(&colophon->fonts, bp_colophon_font)[i];
        bp_free(font->family);
        bp_free(font->file);
        bp_free(font->print);
    }
    bp_buf_clear(&colophon->fonts);
    *colophon = (bp_colophon){0};
}

bool bp_colophon_add(bp_buf *pairs, const char *name, const char *text)
{
    bp_colophon_pair pair = {bp_copy_text(name), bp_copy_text(text)};
    if (pair.name != NULL && pair.text != NULL && bp_buf_add(pairs, &pair, sizeof pair))
        return true;
    bp_free(pair.name);
    bp_free(pair.text);
    return false;
}

const char *bp_colophon_find(const bp_buf *pairs, const char *name)
{
    for (size_t i = 0; i < BP_BUF_COUNT(pairs, bp_colophon_pair); i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(pairs, const bp_colophon_pair)[i];
        if (strcmp(pair->name, name) == 0)
            return pair->text;
    }
    return NULL;
}

/* Writing ------------------------------------------------------------------------------------- */

bool bp_json_put_text(bp_buf *out, const char *text)
{
    bool ok = bp_buf_char(out, '"');
    size_t length = strlen(text), start = 0;
    for (size_t at = 0; ok && at < length;) {
        size_t here = at;
        unsigned char c = (unsigned char)text[at];
        bool is_bad = c >= 128 && bp_utf8_next(text, length, &at) == BP_UTF8_BAD;
        at += c < 128;
        if (!is_bad && c >= ' ' && c != '"' && c != '\\' && c != 127)
            continue;
        ok = bp_buf_add(out, text + start, here - start) &&
             (is_bad                  ? bp_buf_text(out, "\xEF\xBF\xBD")
              : c == '"' || c == '\\' ? bp_buf_format(out, "\\%c", c)
              : c == '\n'             ? bp_buf_text(out, "\\n")
                                      : bp_buf_format(out, "\\u%04x", c));
        start = at;
    }
    return ok && bp_buf_add(out, text + start, length - start) && bp_buf_char(out, '"');
}

static bool put_member(bp_buf *out, const char *name, const char *text)
{
    return text == NULL || (bp_buf_format(out, ", \"%s\": ", name) && bp_json_put_text(out, text));
}

static bool put_pairs(bp_buf *out, const char *name, const bp_buf *pairs)
{
    size_t count = BP_BUF_COUNT(pairs, bp_colophon_pair);
    bool ok = count == 0 || bp_buf_format(out, ",\n  \"%s\": {", name);
    for (size_t i = 0; ok && i < count; i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(pairs, const bp_colophon_pair)[i];
        ok = bp_buf_text(out, i > 0 ? ",\n    " : "\n    ") && bp_json_put_text(out, pair->name) &&
             bp_buf_text(out, ": ") && bp_json_put_text(out, pair->text);
    }
    return ok && (count == 0 || bp_buf_text(out, "\n  }"));
}

static bool put_files(bp_buf *out, const bp_buf *files)
{
    bool ok = bp_buf_text(out, ",\n  \"files\": [");
    for (size_t i = 0; ok && i < BP_BUF_COUNT(files, bp_colophon_file); i++) {
        const bp_colophon_file *file = &BP_BUF_ITEMS(files, const bp_colophon_file)[i];
        ok = bp_buf_format(out, "%s\n    { \"role\": \"%s\"", i > 0 ? "," : "",
                           bp_role_name(file->role)) &&
             put_member(out, "name", file->name) && put_member(out, "path", file->path) &&
             put_member(out, "table", file->table) &&
             bp_buf_format(out, ", \"size\": %zu", file->size) &&
             put_member(out, "sha256", file->print) &&
             (!file->is_left_out || bp_buf_text(out, ", \"left_out\": true")) &&
             bp_buf_text(out, " }");
    }
    return ok && bp_buf_text(out, "\n  ]");
}

static bool put_fonts(bp_buf *out, const bp_buf *fonts)
{
    size_t count = BP_BUF_COUNT(fonts, bp_colophon_font);
    bool ok = count == 0 || bp_buf_text(out, ",\n  \"fonts\": [");
    for (size_t i = 0; ok && i < count; i++) {
        const bp_colophon_font *font = &BP_BUF_ITEMS(fonts, const bp_colophon_font)[i];
        ok = bp_buf_format(out, "%s\n    { \"family\": ", i > 0 ? "," : "") &&
             bp_json_put_text(out, font->family) &&
             bp_buf_format(out, ", \"weight\": %d%s", font->weight,
                           font->is_italic ? ", \"italic\": true" : "") &&
             put_member(out, "file", font->file) &&
             bp_buf_format(out, ", \"face\": %u, \"size\": %zu", font->face, font->size) &&
             put_member(out, "tables", font->print) && bp_buf_text(out, " }");
    }
    return ok && (count == 0 || bp_buf_text(out, "\n  ]"));
}

bool bp_colophon_put(const bp_colophon *colophon, bp_buf *out)
{
    return bp_buf_format(out, "{\n  \"version\": %d", colophon->version) &&
           bp_buf_text(out, ",\n  \"program\": ") && bp_json_put_text(out, colophon->program) &&
           put_pairs(out, "libraries", &colophon->libraries) &&
           put_pairs(out, "options", &colophon->options) &&
           put_pairs(out, "parameters", &colophon->parameters) &&
           put_files(out, &colophon->files) && put_fonts(out, &colophon->fonts) &&
           put_pairs(out, "hyphenation", &colophon->patterns) && bp_buf_text(out, "\n}\n");
}

/* Reading ------------------------------------------------------------------------------------- */

/* What is being read, and where it fails. */
typedef struct {
    bp_error *err;
    bool ok;
} reader;

static void refuse(reader *from, const char *what, const char *wanted)
{
    if (from->ok)
        bp_fail(from->err, BP_ERR_DATA, BP_COLOPHON_FILE, "%s: expected %s", what, wanted);
    from->ok = false;
}

static void refuse_memory(reader *from)
{
    if (from->ok)
        bp_fail_memory(from->err);
    from->ok = false;
}

/* A copy of the member's text; NULL where it is absent, which `is_needed` refuses. */
static char *take_text(reader *from, const cJSON *object, const char *name, bool is_needed)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (item == NULL && !is_needed)
        return NULL;
    if (item == NULL || !cJSON_IsString(item)) {
        refuse(from, name, "a text");
        return NULL;
    }
    char *copy = bp_copy_text(item->valuestring);
    if (copy == NULL)
        refuse_memory(from);
    return copy;
}

static double take_number(reader *from, const cJSON *object, const char *name, double most)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble <= most &&
        floor(item->valuedouble) >= item->valuedouble)
        return item->valuedouble;
    refuse(from, name, "a whole number that can be meant");
    return 0;
}

static bool take_flag(reader *from, const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (item != NULL && !cJSON_IsBool(item))
        refuse(from, name, "true or false");
    return cJSON_IsTrue(item);
}

static void take_pairs(reader *from, const cJSON *root, const char *name, bp_buf *pairs)
{
    const cJSON *object = cJSON_GetObjectItemCaseSensitive(root, name);
    if (object != NULL && !cJSON_IsObject(object))
        refuse(from, name, "an object");
    size_t count = 0;
    for (const cJSON *item = object != NULL ? object->child : NULL; from->ok && item != NULL;
         item = item->next) {
        if (!cJSON_IsString(item) || ++count > ITEMS_MOST)
            refuse(from, name, "texts, and not too many");
        else if (!bp_colophon_add(pairs, item->string, item->valuestring))
            refuse_memory(from);
    }
}

static bp_role take_role(reader *from, const cJSON *object)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "role");
    for (int role = 0; cJSON_IsString(item) && role < BP_ROLE_COUNT; role++)
        if (strcmp(item->valuestring, bp_role_name((bp_role)role)) == 0)
            return (bp_role)role;
    refuse(from, "role", "what the file was to the report");
    return BP_ROLE_FILE;
}

static void take_files(reader *from, const cJSON *root, bp_buf *files)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "files");
    if (!cJSON_IsArray(list))
        refuse(from, "files", "a list");
    for (const cJSON *item = from->ok ? list->child : NULL; from->ok && item != NULL;
         item = item->next) {
        bp_colophon_file *file = bp_buf_push(files, sizeof *file);
        if (file == NULL)
            refuse_memory(from);
        else if (!cJSON_IsObject(item) || BP_BUF_COUNT(files, bp_colophon_file) > ITEMS_MOST)
            refuse(from, "files", "objects, and not too many");
        else
            *file = (bp_colophon_file){.role = take_role(from, item),
                                       .path = take_text(from, item, "path", true),
                                       .table = take_text(from, item, "table", false),
                                       .print = take_text(from, item, "sha256", true),
                                       .size = (size_t)take_number(from, item, "size", SIZE_MOST),
                                       .is_left_out = take_flag(from, item, "left_out")};
        if (from->ok)
            file->name = take_text(from, item, "name", !file->is_left_out);
    }
}

static void take_fonts(reader *from, const cJSON *root, bp_buf *fonts)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "fonts");
    if (list != NULL && !cJSON_IsArray(list))
        refuse(from, "fonts", "a list");
    for (const cJSON *item = from->ok && list != NULL ? list->child : NULL;
         from->ok && item != NULL; item = item->next) {
        bp_colophon_font *font = bp_buf_push(fonts, sizeof *font);
        if (font == NULL)
            refuse_memory(from);
        else if (!cJSON_IsObject(item) || BP_BUF_COUNT(fonts, bp_colophon_font) > ITEMS_MOST)
            refuse(from, "fonts", "objects, and not too many");
        else
            *font = (bp_colophon_font){.family = take_text(from, item, "family", true),
                                       .file = take_text(from, item, "file", true),
                                       .print = take_text(from, item, "tables", true),
                                       .face = (unsigned)take_number(from, item, "face", 65535),
                                       .weight = (int)take_number(from, item, "weight", 1000),
                                       .is_italic = take_flag(from, item, "italic"),
                                       .size = (size_t)take_number(from, item, "size", SIZE_MOST)};
    }
}

static void take_all(reader *from, const cJSON *root, bp_colophon *colophon)
{
    if (!cJSON_IsObject(root))
        refuse(from, "the manifest", "an object");
    colophon->version = from->ok ? (int)take_number(from, root, "version", 1000000) : 0;
    if (from->ok && colophon->version < 1)
        refuse(from, "version", "1 or more");
    if (!from->ok || colophon->version > BP_COLOPHON_VERSION)
        return;
    colophon->program = take_text(from, root, "program", true);
    take_pairs(from, root, "libraries", &colophon->libraries);
    take_pairs(from, root, "options", &colophon->options);
    take_pairs(from, root, "parameters", &colophon->parameters);
    take_pairs(from, root, "hyphenation", &colophon->patterns);
    take_files(from, root, &colophon->files);
    take_fonts(from, root, &colophon->fonts);
}

bool bp_colophon_read(const char *bytes, size_t length, bp_colophon *colophon, bp_error *err)
{
    *colophon = (bp_colophon){0};
    if (length > BYTES_MOST)
        return bp_fail(err, BP_ERR_DATA, BP_COLOPHON_FILE, "has %zu bytes, more than is read",
                       length);
    bp_scan_space space = {0};
    bp_faults faults = {0};
    reader from = {.err = err, .ok = true};
    if (!bp_scan(BP_COLOPHON_FILE, 1, bytes, length, NULL, &space, &faults)) {
        const bp_fault *fault = bp_faults_count(&faults) != 0 ? bp_faults_at(&faults, 0) : NULL;
        from.ok = false;
        if (faults.refused || fault == NULL)
            bp_fail_memory(err);
        else
            bp_fail(err, BP_ERR_DATA, fault->place, "%s", fault->text);
    }
    cJSON_InitHooks(&(cJSON_Hooks){bp_alloc, bp_free});
    cJSON *root = from.ok ? cJSON_ParseWithLength(bytes, length) : NULL;
    if (from.ok && root == NULL)
        refuse_memory(&from);
    if (from.ok)
        take_all(&from, root, colophon);
    cJSON_Delete(root);
    bp_scan_space_clear(&space);
    bp_faults_clear(&faults);
    return from.ok;
}
