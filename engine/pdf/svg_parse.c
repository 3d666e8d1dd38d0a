/* Reading SVG: XML through libexpat into a tree of elements. No entity is ever expanded and nothing
 * outside is read; depth, elements and bytes are bounded. */
#include <expat.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "pdf/svg_private.h"

#define DEPTH_MOST 100
#define ELEMENTS_MOST 500000
#define BYTES_MOST ((size_t)32 * 1024 * 1024)
#define CHUNK ((size_t)16 * 1024)
#define SIDE_MOST 1e6

#define NAMESPACE "http://www.w3.org/2000/svg"
#define XLINK "http://www.w3.org/1999/xlink"
#define XML "http://www.w3.org/XML/1998/namespace"
#define SEPARATOR '|'

/* The tree ------------------------------------------------------------------------------------- */

void *bp_svg_take(bp_svg *svg, size_t size)
{
    size = (size + 15) & ~(size_t)15;
    if (size > svg->room_left) {
        size_t wanted = size > CHUNK / 4 ? size : CHUNK;
        char *chunk = bp_alloc(wanted);
        if (chunk == NULL || !bp_buf_add(&svg->chunks, &chunk, sizeof chunk)) {
            bp_free(chunk);
            return NULL;
        }
        if (size > CHUNK / 4)
            return chunk;
        svg->room = chunk;
        svg->room_left = wanted;
    }
    char *taken = svg->room;
    svg->room += size;
    svg->room_left -= size;
    return taken;
}

char *bp_svg_copy(bp_svg *svg, const char *text, size_t length)
{
    char *copy = bp_svg_take(svg, length + 1);
    if (copy == NULL)
        return NULL;
    if (length != 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static bool fail_at(const bp_svg *svg, unsigned line, unsigned column, bp_error *err,
                    const char *format, va_list args)
{
    char place[BP_ERROR_PLACE], text[BP_ERROR_TEXT];
    (void)snprintf(place, sizeof place, "%.400s:%u:%u", svg->name, line, column);
    (void)vsnprintf(text, sizeof text, format, args);
    return bp_fail(err, BP_ERR_RESOURCE, place, "%s", text);
}

bool bp_svg_fail(const bp_svg *svg, const bp_svg_node *node, bp_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fail_at(svg, node->line, node->column, err, format, args);
    va_end(args);
    return false;
}

const char *bp_svg_attribute(const bp_svg_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (strcmp(node->attributes[i].name, name) == 0)
            return node->attributes[i].value;
    return NULL;
}

const bp_svg_node *bp_svg_find(const bp_svg *svg, const char *id, size_t length)
{
    uint32_t number = bp_names_find(&svg->ids, id, length);
    return number == BP_NAMES_NONE ? NULL : BP_BUF_ITEMS(&svg->by_id, bp_svg_node *)[number];
}

static const struct {
    const char *name;
    bp_svg_tag tag;
} tags[] = {
    {"a", BP_SVG_A},
    {"circle", BP_SVG_CIRCLE},
    {"clipPath", BP_SVG_CLIP_PATH},
    {"cursor", BP_SVG_HIDDEN},
    {"defs", BP_SVG_DEFS},
    {"desc", BP_SVG_DESC},
    {"ellipse", BP_SVG_ELLIPSE},
    {"filter", BP_SVG_HIDDEN},
    {"font", BP_SVG_HIDDEN},
    {"g", BP_SVG_G},
    {"line", BP_SVG_LINE},
    {"linearGradient", BP_SVG_LINEAR},
    {"marker", BP_SVG_HIDDEN},
    {"mask", BP_SVG_HIDDEN},
    {"metadata", BP_SVG_HIDDEN},
    {"path", BP_SVG_PATH},
    {"pattern", BP_SVG_HIDDEN},
    {"polygon", BP_SVG_POLYGON},
    {"polyline", BP_SVG_POLYLINE},
    {"radialGradient", BP_SVG_RADIAL},
    {"rect", BP_SVG_RECT},
    {"stop", BP_SVG_STOP},
    {"style", BP_SVG_STYLE},
    {"svg", BP_SVG_SVG},
    {"switch", BP_SVG_SWITCH},
    {"symbol", BP_SVG_SYMBOL},
    {"text", BP_SVG_TEXT},
    {"title", BP_SVG_TITLE},
    {"tspan", BP_SVG_TSPAN},
    {"use", BP_SVG_USE},
    {"view", BP_SVG_HIDDEN},
};

static bp_svg_tag tag_of(const char *name)
{
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (strcmp(tags[i].name, name) == 0)
            return tags[i].tag;
    return BP_SVG_OTHER;
}

/* Reading -------------------------------------------------------------------------------------- */

typedef struct {
    bp_svg *svg;
    bp_error *err;
    XML_Parser parser;
    bp_svg_node *open; /* The innermost element. */
    bp_buf words;      /* Character data since the last tag. */
    unsigned words_line, words_column;
    int depth;
    int skipped;  /* Depth inside of an element of somebody else's. */
    size_t count; /* Of elements. */
} reader;

static void stop(reader *r)
{
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static void __attribute__((format(printf, 2, 3))) complain(reader *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fail_at(r->svg, (unsigned)XML_GetCurrentLineNumber(r->parser),
                  (unsigned)XML_GetCurrentColumnNumber(r->parser) + 1, r->err, format, args);
    va_end(args);
    stop(r);
}

static void refuse_memory(reader *r)
{
    bp_fail_memory(r->err);
    stop(r);
}

static void hang_in(bp_svg_node *parent, bp_svg_node *node)
{
    node->parent = parent;
    if (parent->last != NULL)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
}

static bool keeps_words(const bp_svg_node *node)
{
    return node != NULL &&
           (node->tag == BP_SVG_TEXT || node->tag == BP_SVG_TSPAN || node->tag == BP_SVG_TITLE ||
            node->tag == BP_SVG_DESC || node->tag == BP_SVG_STYLE || node->tag == BP_SVG_A);
}

/* What was gathered becomes a child of the element that is open. */
static bool end_words(reader *r)
{
    if (r->words.length == 0)
        return true;
    bp_svg_node *node = bp_svg_take(r->svg, sizeof *node);
    char *copy = bp_svg_copy(r->svg, r->words.bytes, r->words.length);
    r->words.length = 0;
    if (node == NULL || copy == NULL)
        return false;
    *node = (bp_svg_node){
        .tag = BP_SVG_WORDS, .name = copy, .line = r->words_line, .column = r->words_column};
    hang_in(r->open, node);
    return true;
}

/* The local name where the namespace is SVG's, or none; NULL otherwise. */
static const char *local_name(const char *name)
{
    const char *bar = strchr(name, SEPARATOR);
    if (bar == NULL)
        return name;
    size_t length = (size_t)(bar - name);
    return length == strlen(NAMESPACE) && memcmp(name, NAMESPACE, length) == 0 ? bar + 1 : NULL;
}

static const char *attribute_name(const char *name)
{
    const char *bar = strchr(name, SEPARATOR);
    if (bar == NULL)
        return name;
    size_t length = (size_t)(bar - name);
    if (length == strlen(XLINK) && memcmp(name, XLINK, length) == 0 && strcmp(bar, "|href") == 0)
        return "href";
    if (length == strlen(XML) && memcmp(name, XML, length) == 0 && strcmp(bar, "|space") == 0)
        return "xml:space";
    return NULL;
}

static bool read_attributes(reader *r, bp_svg_node *node, const char **given)
{
    bp_svg *svg = r->svg;
    size_t most = 0;
    while (given[2 * most] != NULL)
        most++;
    bp_svg_pair *pairs = bp_svg_take(svg, (most + 1) * sizeof *pairs);
    if (pairs == NULL)
        return false;
    size_t count = 0;
    for (; *given != NULL; given += 2) {
        const char *name = attribute_name(given[0]);
        if (name == NULL)
            continue;
        size_t length = strlen(given[1]);
        char *value = bp_svg_copy(svg, given[1], length);
        char *copy = value != NULL ? bp_svg_copy(svg, name, strlen(name)) : NULL;
        if (copy == NULL)
            return false;
        if (strcmp(name, "style") == 0 &&
            !bp_svg_read_styles(svg, value, length, &node->styles, &node->style_count))
            return false;
        if (strcmp(name, "id") == 0) {
            uint32_t number = bp_names_add(&svg->ids, value, length);
            if (number == BP_NAMES_NONE)
                return false;
            if (number == BP_BUF_COUNT(&svg->by_id, bp_svg_node *) &&
                !bp_buf_add(&svg->by_id, &node, sizeof node))
                return false;
        }
        pairs[count++] = (bp_svg_pair){copy, value};
    }
    node->attributes = pairs;
    node->attribute_count = count;
    return true;
}

static void XMLCALL begin_element(void *owner, const XML_Char *full_name, const XML_Char **given)
{
    reader *r = owner;
    bp_svg *svg = r->svg;
    const char *name = local_name(full_name);
    if (r->err->code != BP_OK) /* Stopping takes effect behind the tag. */
        return;
    if (r->skipped > 0 || (name == NULL && svg->root != NULL)) {
        r->skipped++;
        return;
    }
    if (!end_words(r)) {
        refuse_memory(r);
        return;
    }
    if (svg->root == NULL && (name == NULL || strcmp(name, "svg") != 0)) {
        const char *bar = strrchr(full_name, SEPARATOR);
        complain(r, "expected a drawing, <svg>, found <%.60s>", bar != NULL ? bar + 1 : full_name);
        return;
    }
    if (++r->count > ELEMENTS_MOST || ++r->depth > DEPTH_MOST) {
        complain(r,
                 r->count > ELEMENTS_MOST ? "the drawing has more than %d elements"
                                          : "elements stand more than %d deep in each other",
                 r->count > ELEMENTS_MOST ? ELEMENTS_MOST : DEPTH_MOST);
        return;
    }
    bp_svg_node *node = bp_svg_take(svg, sizeof *node);
    if (node == NULL) {
        refuse_memory(r);
        return;
    }
    *node = (bp_svg_node){.tag = tag_of(name),
                          .line = (unsigned)XML_GetCurrentLineNumber(r->parser),
                          .column = (unsigned)XML_GetCurrentColumnNumber(r->parser) + 1};
    node->name = bp_svg_copy(svg, name, strlen(name));
    if (node->name == NULL || !read_attributes(r, node, given)) {
        refuse_memory(r);
        return;
    }
    if (svg->root == NULL)
        svg->root = node;
    else
        hang_in(r->open, node);
    r->open = node;
}

static void XMLCALL end_element(void *owner, const XML_Char *name)
{
    reader *r = owner;
    (void)name;
    if (r->err->code != BP_OK)
        return;
    if (r->skipped > 0) {
        r->skipped--;
        return;
    }
    if (!end_words(r)) {
        refuse_memory(r);
        return;
    }
    bp_svg_node *node = r->open;
    r->depth--;
    r->open = node->parent;
    if (node->tag == BP_SVG_STYLE) {
        const char *type = bp_svg_attribute(node, "type");
        if (type != NULL && *type != '\0' && strcmp(type, "text/css") != 0)
            complain(r, "a style sheet of type \"%.40s\"; expected CSS", type);
        for (const bp_svg_node *child = node->first; child != NULL; child = child->next)
            if (!bp_svg_read_sheet(r->svg, child, child->name, r->err)) {
                stop(r);
                return;
            }
    }
}

static void XMLCALL add_words(void *owner, const XML_Char *text, int length)
{
    reader *r = owner;
    if (r->err->code != BP_OK || r->skipped > 0 || !keeps_words(r->open))
        return;
    if (r->words.length == 0) {
        r->words_line = (unsigned)XML_GetCurrentLineNumber(r->parser);
        r->words_column = (unsigned)XML_GetCurrentColumnNumber(r->parser) + 1;
    }
    if (!bp_buf_add(&r->words, text, (size_t)length))
        refuse_memory(r);
}

static void XMLCALL refuse_entity(void *owner, const XML_Char *name, int is_parameter,
                                  const XML_Char *value, int length, const XML_Char *base,
                                  const XML_Char *system, const XML_Char *public,
                                  const XML_Char *notation)
{
    (void)is_parameter;
    (void)value;
    (void)length;
    (void)base;
    (void)system;
    (void)public;
    (void)notation;
    complain(owner, "entities are not expanded (\"%.60s\"); export the drawing without them", name);
}

static void XMLCALL refuse_skipped(void *owner, const XML_Char *name, int is_parameter)
{
    (void)is_parameter;
    complain(owner, "the entity \"%.60s\" is not known; write the character itself", name);
}

static bool parse(reader *r, const unsigned char *bytes, size_t length)
{
    static const XML_Memory_Handling_Suite memory = {bp_alloc, bp_realloc, bp_free};
    r->parser = XML_ParserCreate_MM(NULL, &memory, (const XML_Char[2]){SEPARATOR, '\0'});
    if (r->parser == NULL)
        return bp_fail_memory(r->err);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, begin_element, end_element);
    XML_SetCharacterDataHandler(r->parser, add_words);
    XML_SetEntityDeclHandler(r->parser, refuse_entity);
    XML_SetSkippedEntityHandler(r->parser, refuse_skipped);
    enum XML_Status status = XML_Parse(r->parser, (const char *)bytes, (int)length, XML_TRUE);
    enum XML_Error code = XML_GetErrorCode(r->parser);
    if (r->err->code == BP_OK && status != XML_STATUS_OK) {
        if (code == XML_ERROR_NO_MEMORY)
            bp_fail_memory(r->err);
        else
            complain(r, "the drawing is no good XML: %s", XML_ErrorString(code));
    }
    XML_ParserFree(r->parser);
    bp_buf_clear(&r->words);
    return r->err->code == BP_OK;
}

/* Its size and title --------------------------------------------------------------------------- */

/* A side as the file says it; NAN where it does not. */
static bool read_side(const bp_svg *svg, const char *name, double *out, bp_error *err)
{
    const char *text = bp_svg_attribute(svg->root, name);
    *out = (double)NAN;
    if (text == NULL || strchr(text, '%') != NULL || bp_svg_is_word(text, "auto"))
        return true;
    if (!bp_svg_whole_length(text, 0, 16, out) || !(*out > 0 && *out <= SIDE_MOST))
        return bp_svg_fail(svg, svg->root, err, "%s=\"%.40s\" is no length above 0", name, text);
    return true;
}

static bool read_size(bp_svg *svg, bp_error *err)
{
    const char *box = bp_svg_attribute(svg->root, "viewBox");
    double n[4] = {0, 0, 0, 0};
    if (!read_side(svg, "width", &svg->width, err) || !read_side(svg, "height", &svg->height, err))
        return false;
    if (box != NULL) {
        const char *c = bp_svg_skip(box);
        bool ok = true;
        for (int i = 0; ok && i < 4; i++) {
            ok = bp_svg_number(&c, &n[i]);
            c = bp_svg_skip_comma(c);
        }
        if (!ok || *c != '\0' || !(n[2] > 0 && n[3] > 0))
            return bp_svg_fail(svg, svg->root, err,
                               "viewBox=\"%.60s\" is not four numbers, the last two above 0", box);
    }
    if (isnan(svg->width) && isnan(svg->height)) {
        svg->width = n[2];
        svg->height = n[3];
    } else if (isnan(svg->width)) {
        svg->width = box != NULL ? svg->height * n[2] / n[3] : svg->height;
    } else if (isnan(svg->height)) {
        svg->height = box != NULL ? svg->width * n[3] / n[2] : svg->width;
    }
    if (!(svg->width > 0 && svg->height > 0))
        return bp_svg_fail(svg, svg->root, err,
                           "the drawing has no size; give its <svg> a width and a height, or a "
                           "viewBox");
    if (svg->width > SIDE_MOST || svg->height > SIDE_MOST || svg->width / svg->height > 10000 ||
        svg->height / svg->width > 10000)
        return bp_svg_fail(svg, svg->root, err, "the drawing is too large, or too narrow");
    return true;
}

/* Words with their blanks made one, which is how people break lines in a file. */
static const char *plain_words(bp_svg *svg, const bp_svg_node *node)
{
    const char *words =
        node->first != NULL && node->first->tag == BP_SVG_WORDS ? node->first->name : "";
    char *copy = bp_svg_copy(svg, words, strlen(words));
    if (copy == NULL)
        return NULL;
    char *to = copy;
    for (const char *c = bp_svg_skip(words); *c != '\0';) {
        const char *next = bp_svg_skip(c);
        if (next == c) {
            *to++ = *c++;
        } else {
            c = next;
            if (*c != '\0')
                *to++ = ' ';
        }
    }
    *to = '\0';
    return copy;
}

static bool find_title(bp_svg *svg)
{
    const bp_svg_node *found = NULL;
    for (const bp_svg_node *child = svg->root->first; child != NULL; child = child->next)
        if ((child->tag == BP_SVG_TITLE || child->tag == BP_SVG_DESC) &&
            (found == NULL || (found->tag == BP_SVG_DESC && child->tag == BP_SVG_TITLE)))
            found = child;
    svg->title = found != NULL ? plain_words(svg, found) : "";
    return svg->title != NULL;
}

bool bp_svg_is(const unsigned char *bytes, size_t length)
{
    static const unsigned char mark[3] = {0xef, 0xbb, 0xbf};
    if (length >= 2 && ((bytes[0] == 0xff && bytes[1] == 0xfe && length >= 4 && bytes[2] == '<') ||
                        (bytes[0] == 0xfe && bytes[1] == 0xff && length >= 4 && bytes[3] == '<')))
        return true;
    if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    while (length > 0 && (*bytes == ' ' || *bytes == '\t' || *bytes == '\r' || *bytes == '\n')) {
        bytes++;
        length--;
    }
    return length > 0 && *bytes == '<';
}

bp_svg *bp_svg_parse(const char *name, const unsigned char *bytes, size_t length, bp_error *err)
{
    bp_error own = {0};
    bp_svg *svg = bp_alloc_zero(1, sizeof *svg);
    if (svg != NULL)
        svg->name = bp_copy_text(name);
    bool ok = svg != NULL && svg->name != NULL;
    if (ok && length > BYTES_MOST)
        ok = bp_fail(&own, BP_ERR_LIMIT, name, "the drawing has more than %zu bytes", BYTES_MOST);
    if (ok) {
        reader r = {.svg = svg, .err = &own};
        ok = parse(&r, bytes, length) && read_size(svg, &own);
        if (ok) {
            bp_svg_sort_rules(svg);
            ok = find_title(svg);
        }
    }
    if (ok)
        return svg;
    if (own.code == BP_OK)
        bp_fail_memory(&own);
    bp_fail(err, own.code, own.place, "%s", own.text);
    bp_svg_free(svg);
    return NULL;
}

void bp_svg_free(bp_svg *svg)
{
    if (svg == NULL)
        return;
    for (size_t i = 0; i < BP_BUF_COUNT(&svg->chunks, char *); i++)
        bp_free(BP_BUF_ITEMS(&svg->chunks, char *)[i]);
    bp_buf_clear(&svg->chunks);
    bp_names_clear(&svg->ids);
    bp_buf_clear(&svg->by_id);
    bp_buf_clear(&svg->rules);
    bp_free(svg->name);
    bp_free(svg);
}

double bp_svg_width(const bp_svg *svg)
{
    return svg->width;
}

double bp_svg_height(const bp_svg *svg)
{
    return svg->height;
}

const char *bp_svg_title(const bp_svg *svg)
{
    return svg->title;
}
