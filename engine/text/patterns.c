/* Hyphenation patterns: see patterns.h. The files are libhyphen's; a test holds the answers against
 * libhyphen's own. libhyphen itself takes 2.4 seconds and 32 MB for the German file and 7 ms for
 * the English one (here: 40 ms and 9 MB, 1 ms and 1 MB), ends the process when memory is refused,
 * writes to standard error, and reads beyond its buffers when a file is damaged (mended upstream in
 * 2.8.9); a report that begins in milliseconds and keeps to a budget cannot take that.
 *
 * All patterns of a level are one trie. Its edges are one table with open addressing from (node,
 * byte) to node, so that reading a file allocates a few blocks, not one a pattern. A word is looked
 * up from each of its letters. As in libhyphen only the longest of the stretches that end at a
 * letter counts, for the files are made for that: it holds what its parts say too. */
#include "text/patterns.h"

#include <string.h>
#include <unicode/ucnv.h>

#include "base/mem.h"
#include "base/utf8.h"

#define PATTERN_MOST 200 /* Bytes of a pattern; those of real files are below 100. */
#define NODES_MOST ((uint32_t)1 << 22)
#define IS_REPLACED 0x80 /* In the first byte of a value: the spelling changes there. */

typedef struct {
    uint32_t key; /* Node and byte; 0: free (no pattern has a zero byte). */
    uint32_t node;
} edge;

/* Levels: compounds are divided into their words by the first, words by the second. Most files have
 * the second alone. Nodes 0 and 1 are their roots. */
enum { COMPOUND, WORD };

struct bp_patterns {
    edge *edges;
    size_t size, count; /* `size` is a power of two. */
    bp_buf nodes;       /* Of uint32_t: where the node's value begins; 0: none. */
    bp_buf values;      /* Each: the number of digits, then the digits. */
    bool has_compounds;
    size_t before, after;                   /* Least letters at a word's ends. */
    size_t compound_before, compound_after; /* And at the inner ends of a compound's words. */
};

/* Reading -------------------------------------------------------------------------------------- */

static size_t slot_of(const edge *edges, size_t size, uint32_t key)
{
    size_t i = (key * (size_t)0x9e3779b97f4a7c15u >> 32) & (size - 1);
    while (edges[i].key != 0 && edges[i].key != key)
        i = (i + 1) & (size - 1);
    return i;
}

static bool grow(bp_patterns *patterns, bp_error *err)
{
    if (patterns->count * 3 < patterns->size * 2)
        return true;
    size_t size = patterns->size * 2;
    edge *bigger = bp_alloc_zero(size, sizeof *bigger);
    if (bigger == NULL)
        return bp_fail_memory(err);
    for (size_t i = 0; i < patterns->size; i++)
        if (patterns->edges[i].key != 0)
            bigger[slot_of(bigger, size, patterns->edges[i].key)] = patterns->edges[i];
    bp_free(patterns->edges);
    patterns->edges = bigger;
    patterns->size = size;
    return true;
}

static bool add_node(bp_patterns *patterns, uint32_t *node, bp_error *err)
{
    uint32_t none = 0;
    *node = (uint32_t)BP_BUF_COUNT(&patterns->nodes, uint32_t);
    return bp_buf_add(&patterns->nodes, &none, sizeof none) || bp_fail_memory(err);
}

/* The node behind `node` and `byte`, made where there is none. */
static bool step(bp_patterns *patterns, uint32_t *node, unsigned char byte, bp_error *err)
{
    if (!grow(patterns, err))
        return false;
    uint32_t key = *node << 8 | byte;
    edge *found = &patterns->edges[slot_of(patterns->edges, patterns->size, key)];
    if (found->key == 0) {
        edge made = {.key = key};
        if (!add_node(patterns, &made.node, err))
            return false;
        *found = made;
        patterns->count++;
    }
    *node = found->node;
    return true;
}

/* What is being read, and the way to the last pattern's node: its neighbour shares most of it. */
typedef struct {
    bp_patterns *patterns;
    const char *file;
    size_t line, pattern_count;
    uint32_t root;
    unsigned char letters[PATTERN_MOST];
    uint32_t way[PATTERN_MOST];
    size_t depth; /* Letters of the way that hold. */
} reader;

static bool fail_line(const reader *r, bp_error *err, const char *what)
{
    char place[BP_ERROR_PLACE];
    bp_buf text = {0};
    bool ok = bp_buf_format(&text, "%s:%zu", r->file, r->line);
    (void)strncpy(place, ok ? text.bytes : r->file, sizeof place - 1);
    place[sizeof place - 1] = '\0';
    bp_buf_clear(&text);
    return bp_fail(err, BP_ERR_RESOURCE, place,
                   "the hyphenation patterns are damaged: %s; install the package again or name a "
                   "folder with --hyphen-dir",
                   what);
}

/* A line "1b2a.c3/..." : the letters lead to a node, the digits between them become its value. */
static bool add_pattern(reader *r, const char *text, size_t length, bool is_replaced, bp_error *err)
{
    bp_patterns *patterns = r->patterns;
    char value[PATTERN_MOST + 2] = {0};
    size_t letters = 0;
    uint32_t node = r->root;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= '0' && c <= '9') {
            value[letters + 1] = (char)(c - '0');
            continue;
        }
        if (letters == PATTERN_MOST)
            return fail_line(r, err, "a pattern is too long");
        if (letters < r->depth && r->letters[letters] == c) {
            node = r->way[letters++];
            continue;
        }
        r->depth = letters;
        if (!step(patterns, &node, c, err))
            return false;
        r->letters[letters] = c;
        r->way[letters++] = node;
        r->depth = letters;
    }
    if (letters == 0)
        return true;
    if (BP_BUF_COUNT(&patterns->nodes, uint32_t) > NODES_MOST)
        return fail_line(r, err, "there are too many patterns");
    r->pattern_count++;
    value[0] = (char)((letters + 1) | (is_replaced ? IS_REPLACED : 0));
    BP_BUF_ITEMS(&patterns->nodes, uint32_t)[node] = (uint32_t)patterns->values.length;
    return bp_buf_add(&patterns->values, value, letters + 2) || bp_fail_memory(err);
}

static bool has_prefix(const char *text, size_t length, const char *prefix)
{
    size_t part = strlen(prefix);
    return length >= part && memcmp(text, prefix, part) == 0;
}

/* Patterns are small letters; what begins with a capital one says how to use them. */
static bool add_keyword(reader *r, const char *text, size_t length, bp_error *err)
{
    bp_patterns *patterns = r->patterns;
    const struct {
        const char *name;
        size_t *value;
    } numbers[] = {{"LEFTHYPHENMIN", &patterns->before},
                   {"RIGHTHYPHENMIN", &patterns->after},
                   {"COMPOUNDLEFTHYPHENMIN", &patterns->compound_before},
                   {"COMPOUNDRIGHTHYPHENMIN", &patterns->compound_after}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (has_prefix(text, length, numbers[i].name)) {
            size_t value = 0;
            for (size_t at = strlen(numbers[i].name); at < length && value < 10; at++)
                if (text[at] >= '0' && text[at] <= '9')
                    value = value * 10 + (size_t)(text[at] - '0');
            *numbers[i].value = value;
            return true;
        }
    if (has_prefix(text, length, "NEXTLEVEL")) {
        if (r->root == WORD)
            return fail_line(r, err, "it has more than two levels");
        r->root = WORD;
        r->depth = 0;
    }
    return true; /* NOHYPHEN is about marks, which our words do not have. */
}

static bool add_line(reader *r, const char *text, size_t length, bp_error *err)
{
    size_t end = 0;
    if (text[0] == '%' || text[0] == '#')
        return true;
    if (text[0] >= 'A' && text[0] <= 'Z')
        return add_keyword(r, text, length, err);
    while (end < length && (unsigned char)text[end] > ' ' && text[end] != '/')
        end++;
    return add_pattern(r, text, end, end < length && text[end] == '/', err);
}

/* Reads lines of UTF-8. */
static bool read_lines(reader *r, const char *text, size_t length, bp_error *err)
{
    size_t bad_at = SIZE_MAX;
    (void)bp_utf8_valid(text, length, &bad_at);
    for (size_t at = 0; at < length; r->line++) {
        const char *feed = memchr(text + at, '\n', length - at);
        size_t end = feed != NULL ? (size_t)(feed - text) : length, stop = end;
        while (stop > at && (unsigned char)text[stop - 1] <= ' ')
            stop--;
        if (at <= bad_at && bad_at < end)
            return fail_line(r, err, "a line is not in the encoding that the first line names");
        for (size_t i = at; i < stop; i++)
            if ((unsigned char)text[i] < ' ' && text[i] != '\t')
                return fail_line(r, err, "a line has a control character");
        if (stop > at && !add_line(r, text + at, stop - at, err))
            return false;
        at = end + 1;
    }
    return r->pattern_count > 0 || fail_line(r, err, "there is no pattern");
}

/* Reads lines in another encoding, by ICU's converter for it. */
static bool read_converted(reader *r, const char *encoding, const char *text, size_t length,
                           bp_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    bp_buf converted = {0};
    bool ok = false;
    UConverter *converter = ucnv_open(encoding, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR) {
        ok = bp_fail_memory(err);
    } else if (U_FAILURE(code)) {
        ok = fail_line(r, err,
                       "the first line does not name an encoding, such as UTF-8 or ISO8859-1");
    } else {
        r->line++;
        ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
        size_t most = length * 3 + 1; /* One byte becomes a character of the first plane. */
        if (!bp_buf_reserve(&converted, most)) {
            ok = bp_fail_memory(err);
        } else {
            int32_t made = ucnv_toAlgorithmic(UCNV_UTF8, converter, converted.bytes, (int32_t)most,
                                              text, (int32_t)length, &code);
            ok = U_FAILURE(code)
                     ? fail_line(r, err, "it is not in the encoding that the first line names")
                     : read_lines(r, converted.bytes, (size_t)made, err);
        }
    }
    ucnv_close(converter);
    bp_buf_clear(&converted);
    return ok;
}

static bool read_file(reader *r, const char *bytes, size_t length, bp_error *err)
{
    char encoding[32] = "";
    size_t end = 0;
    while (end < length && bytes[end] != '\n')
        end++;
    size_t stop = end;
    while (stop > 0 && (unsigned char)bytes[stop - 1] <= ' ')
        stop--;
    const char *name = has_prefix(bytes, stop, "microsoft-") ? bytes + 10 : bytes;
    size_t name_length = stop - (size_t)(name - bytes);
    size_t behind = end < length ? end + 1 : length;
    for (size_t i = 0; i < name_length; i++)
        if (!((unsigned char)name[i] > ' ' && (unsigned char)name[i] < 0x7f))
            name_length = 0;
    if (name_length == 0 || name_length >= sizeof encoding)
        return fail_line(r, err, "the first line does not name an encoding");
    memcpy(encoding, name, name_length);
    if (strcmp(encoding, "UTF-8") != 0)
        return read_converted(r, encoding, bytes + behind, length - behind, err);
    r->line++;
    return read_lines(r, bytes + behind, length - behind, err);
}

/* A file has one level of words, or two. */
static bool has_next_level(const char *bytes, size_t length)
{
    static const char word[] = "NEXTLEVEL";
    for (const char *at = bytes, *end = bytes + length; at < end;) {
        if (has_prefix(at, (size_t)(end - at), word))
            return true;
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed != NULL ? feed + 1 : end;
    }
    return false;
}

bp_patterns *bp_patterns_parse(const char *file, const char *bytes, size_t length, bp_error *err)
{
    uint32_t root;
    reader r = {.file = file, .line = 1};
    bp_patterns *patterns = bp_alloc_zero(1, sizeof *patterns);
    if (patterns == NULL) {
        (void)bp_fail_memory(err);
        return NULL;
    }
    r.patterns = patterns;
    patterns->before = patterns->after = 2; /* libhyphen's, where the file is silent. */
    patterns->has_compounds = has_next_level(bytes, length);
    patterns->size = 1024; /* A file has a node for each four bytes or so. */
    while (patterns->size < length / 4 && patterns->size < NODES_MOST)
        patterns->size *= 2;
    patterns->edges = bp_alloc_zero(patterns->size, sizeof *patterns->edges);
    r.root = patterns->has_compounds ? COMPOUND : WORD;
    if ((patterns->edges != NULL || bp_fail_memory(err)) && add_node(patterns, &root, err) &&
        add_node(patterns, &root, err) &&
        (bp_buf_char(&patterns->values, 0) || bp_fail_memory(err)) &&
        read_file(&r, bytes, length, err))
        return patterns;
    bp_patterns_free(patterns);
    return NULL;
}

void bp_patterns_free(bp_patterns *patterns)
{
    if (patterns == NULL)
        return;
    bp_free(patterns->edges);
    bp_buf_clear(&patterns->nodes);
    bp_buf_clear(&patterns->values);
    bp_free(patterns);
}

size_t bp_patterns_size(const bp_patterns *patterns)
{
    return sizeof *patterns + patterns->size * sizeof *patterns->edges + patterns->nodes.capacity +
           patterns->values.capacity;
}

/* Applying ------------------------------------------------------------------------------------- */

#define PLACES (BP_PATTERNS_WORD_MOST + 3)

/* What the patterns of a level say between the letters of a stretch, dots around it. */
typedef struct {
    unsigned char value[PLACES]; /* Before each byte of the dotted stretch. */
    bool is_replaced[PLACES];
} verdict;

static void take_value(const bp_patterns *patterns, uint32_t node, size_t start, verdict *v)
{
    uint32_t at = BP_BUF_ITEMS(&patterns->nodes, uint32_t)[node];
    if (at == 0)
        return;
    const unsigned char *value = (const unsigned char *)patterns->values.bytes + at;
    bool is_replaced = (value[0] & IS_REPLACED) != 0;
    for (size_t i = 0; i < (value[0] & ~(size_t)IS_REPLACED); i++)
        if (v->value[start + i] < value[i + 1]) {
            v->value[start + i] = value[i + 1];
            v->is_replaced[start + i] = is_replaced && (value[i + 1] & 1);
        }
}

static void match(const bp_patterns *patterns, uint32_t root, const char *word, size_t length,
                  verdict *v)
{
    unsigned char dotted[PLACES] = {'.'};
    bool is_taken[PLACES] = {false};
    memcpy(dotted + 1, word, length);
    dotted[length + 1] = '.';
    *v = (verdict){.value = {0}};
    for (size_t start = 0; start < length + 2; start++) {
        uint32_t node = root;
        for (size_t i = start; i < length + 2; i++) {
            uint32_t key = node << 8 | dotted[i];
            const edge *found = &patterns->edges[slot_of(patterns->edges, patterns->size, key)];
            if (found->key == 0)
                break;
            node = found->node;
            if (!is_taken[i]) /* A longer stretch, begun further left, has not ended here. */
                take_value(patterns, node, start, v);
            is_taken[i] = true;
        }
    }
}

/* The byte behind `count` letters from `from` on, and that before `count` letters up to `to`. */
static size_t skip_letters(const char *word, size_t from, size_t to, size_t count)
{
    for (; count > 0 && from < to; count--)
        do
            from++;
        while (from < to && ((unsigned char)word[from] & 0xc0) == 0x80);
    return count > 0 ? to : from;
}

static size_t skip_back(const char *word, size_t from, size_t to, size_t count)
{
    for (; count > 0 && to > from; count--)
        do
            to--;
        while (to > from && ((unsigned char)word[to] & 0xc0) == 0x80);
    return count > 0 ? from : to;
}

static void keep_ends(const char *word, size_t from, size_t to, size_t before, size_t after,
                      bool *points)
{
    size_t first = skip_letters(word, from, to, before), last = skip_back(word, from, to, after);
    for (size_t i = from + 1; i < to; i++)
        if (i < first || i > last)
            points[i] = false;
}

static bool is_point(const verdict *v, size_t i)
{
    return (v->value[i] & 1) != 0 && !v->is_replaced[i];
}

static void divide_word(const bp_patterns *patterns, const char *word, size_t from, size_t to,
                        bool *points)
{
    verdict v;
    match(patterns, WORD, word + from, to - from, &v);
    for (size_t i = from + 1; i < to; i++)
        points[i] = is_point(&v, i - from + 1);
}

/* Divides a compound into its words, each of which may be one, and those by their own patterns. A
 * part is always shorter than the whole, so this ends. */
static void divide_compound(const bp_patterns *patterns, const char *word, size_t from, size_t to,
                            bool is_start, bool is_end, bool *points)
{
    verdict v;
    size_t begin = from;
    match(patterns, COMPOUND, word + from, to - from, &v);
    for (size_t i = from + 1; i <= to; i++) {
        bool is_inner = i < to && is_point(&v, i - from + 1);
        if (!is_inner && (i < to || begin == from))
            continue;
        if (i - begin > 1)
            divide_compound(patterns, word, begin, i, is_start && begin == from, is_end && i == to,
                            points);
        if (i < to)
            points[i] = true;
        begin = i;
    }
    if (begin > from)
        return;
    divide_word(patterns, word, from, to, points);
    keep_ends(word, from, to, is_start ? 0 : patterns->compound_before,
              is_end ? 0 : patterns->compound_after, points);
}

void bp_patterns_apply(const bp_patterns *patterns, const char *word, size_t length, bool *points)
{
    memset(points, 0, length * sizeof *points);
    if (length == 0 || length > BP_PATTERNS_WORD_MOST)
        return;
    if (patterns->has_compounds)
        divide_compound(patterns, word, 0, length, true, true, points);
    else
        divide_word(patterns, word, 0, length, points);
    keep_ends(word, 0, length, patterns->before, patterns->after, points);
}
