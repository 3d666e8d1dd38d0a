/* Hyphenation: see hyphenate.h. Which file serves a language, and words as readers write them. */
#include "text/hyphenate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/reads.h"
#include "base/utf8.h"

#define FILE_BYTES_MOST ((size_t)16 << 20)

/* A file that was read. */
typedef struct {
    char *path;
    bp_patterns *patterns;
    char print[33]; /* Half a SHA-256 of it. */
    size_t used;    /* Which of those that were asked for since the renewal, from 1; 0: none. */
} source;

/* A language that was asked for. */
typedef struct {
    char *language;
    const bp_patterns *patterns; /* NULL: it has none. */
} answer;

/* A word that was looked up, and its points. Its place is one of the two that its hash has; a word
 * that comes there later takes that of the two that was not asked for last. Most words of a text
 * are among the last thousands. */
#define KNOWN_COUNT 8192
#define KNOWN_LETTERS 24
#define KNOWN_POINTS 10
typedef struct {
    const bp_patterns *patterns; /* NULL: free. */
    unsigned char length, word_least, before, after, count;
    char word[KNOWN_LETTERS];
    unsigned char points[KNOWN_POINTS];
} known_word;

struct bp_hyphens {
    bp_buf folders;    /* Of char *. */
    bp_buf sources;    /* Of source. */
    bp_buf answers;    /* Of answer. */
    known_word *known; /* KNOWN_COUNT; NULL: not asked for yet, or refused. */
    size_t used;       /* Sources that were asked for since the renewal. */
};

bp_hyphens *bp_hyphens_new(void)
{
    return bp_alloc_zero(1, sizeof(bp_hyphens));
}

void bp_hyphens_free(bp_hyphens *hyphens)
{
    if (hyphens == NULL)
        return;
    for (size_t i = 0; i < BP_BUF_COUNT(&hyphens->folders, char *); i++)
        bp_free(BP_BUF_ITEMS(&hyphens->folders, char *)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&hyphens->sources, source); i++) {
        bp_free(BP_BUF_ITEMS(&hyphens->sources, source)[i].path);
        bp_patterns_free(BP_BUF_ITEMS(&hyphens->sources, source)[i].patterns);
    }
    for (size_t i = 0; i < BP_BUF_COUNT(&hyphens->answers, answer); i++)
        bp_free(BP_BUF_ITEMS(&hyphens->answers, answer)[i].language);
    bp_free(hyphens->known);
    bp_buf_clear(&hyphens->folders);
    bp_buf_clear(&hyphens->sources);
    bp_buf_clear(&hyphens->answers);
    bp_free(hyphens);
}

static const source *find_used(const bp_hyphens *hyphens, size_t i)
{
    for (size_t n = 0; n < BP_BUF_COUNT(&hyphens->sources, source); n++)
        if (BP_BUF_ITEMS(&hyphens->sources, const source)[n].used == i + 1)
            return &BP_BUF_ITEMS(&hyphens->sources, const source)[n];
    return NULL;
}

bool bp_hyphens_source(const bp_hyphens *hyphens, size_t i, const char **name, const char **print)
{
    const source *one = find_used(hyphens, i);
    if (one == NULL)
        return false;
    *name = bp_path_name(one->path);
    *print = one->print;
    return true;
}

const char *bp_hyphens_file(const bp_hyphens *hyphens, size_t i)
{
    const source *one = find_used(hyphens, i);
    return one != NULL ? one->path : NULL;
}

void bp_hyphens_renew(bp_hyphens *hyphens)
{
    hyphens->used = 0;
    for (size_t n = 0; n < BP_BUF_COUNT(&hyphens->sources, source); n++)
        BP_BUF_ITEMS(&hyphens->sources, source)[n].used = 0;
}

/* Notes that the patterns are asked for. */
static void use(bp_hyphens *hyphens, const bp_patterns *patterns)
{
    for (size_t n = 0; n < BP_BUF_COUNT(&hyphens->sources, source); n++) {
        source *one = &BP_BUF_ITEMS(&hyphens->sources, source)[n];
        if (one->patterns == patterns && one->used == 0)
            one->used = ++hyphens->used;
    }
}

bool bp_hyphens_add_folder(bp_hyphens *hyphens, const char *folder, bp_error *err)
{
    char *copy = bp_copy_text(folder);
    if (copy != NULL && bp_buf_add(&hyphens->folders, &copy, sizeof copy))
        return true;
    bp_free(copy);
    return bp_fail_memory(err);
}

/* Files --------------------------------------------------------------------------------------- */

/* The parts of a language tag that names of files are made of; "" where it has none. */
typedef struct {
    char language[9], script[5], country[4];
} tag;

static bool take_part(const char *part, size_t length, char *out, size_t size, bool is_upper)
{
    if (length >= size)
        return false;
    for (size_t i = 0; i < length; i++)
        out[i] = (char)(is_upper ? toupper((unsigned char)part[i]) : part[i]);
    out[length] = '\0';
    return true;
}

/* Reads "zh-Hans-CN". Letters and digits alone get into a path. */
static bool read_tag(const char *text, tag *out)
{
    *out = (tag){.language = ""};
    for (int n = 0; *text != '\0'; n++) {
        size_t length = 0;
        while (isalnum((unsigned char)text[length]))
            length++;
        if (length == 0 || (text[length] != '\0' && text[length] != '-' && text[length] != '_'))
            return false;
        if (n == 0) {
            if (length < 2 || !take_part(text, length, out->language, sizeof out->language, false))
                return false;
        } else if (length == 4 && isalpha((unsigned char)*text) && out->script[0] == '\0' &&
                   out->country[0] == '\0') {
            (void)take_part(text, length, out->script, sizeof out->script, false);
        } else if ((length == 2 || (length == 3 && isdigit((unsigned char)*text))) &&
                   out->country[0] == '\0') {
            (void)take_part(text, length, out->country, sizeof out->country, true);
        }
        text += length + (text[length] != '\0');
    }
    for (char *c = out->language; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return out->language[0] != '\0';
}

static void put_print(char print[33], const bp_buf *bytes)
{
    unsigned char digest[32];
    bp_hash hash;
    bp_hash_init(&hash);
    bp_hash_add(&hash, bytes->bytes, bytes->length);
    bp_hash_end(&hash, digest);
    for (size_t i = 0; i < 16; i++)
        (void)snprintf(print + 2 * i, 3, "%02x", digest[i]);
}

/* What reading a file came to: false only with `err`. */
static bool read_source(bp_hyphens *hyphens, const char *path, const bp_patterns **patterns,
                        bp_error *err)
{
    bp_buf bytes = {0};
    bp_error problem = {0};
    source one = {.path = bp_copy_text(path)};
    bool ok = one.path != NULL || bp_fail_memory(err);
    if (ok && !bp_file_read(path, FILE_BYTES_MOST, &bytes, &problem))
        ok = problem.code == BP_ERR_MEMORY
                 ? bp_fail_memory(err)
                 : bp_fail(err, BP_ERR_RESOURCE, path,
                           "the hyphenation patterns cannot be read: %s", problem.text);
    if (ok) {
        put_print(one.print, &bytes);
        one.patterns =
            bp_patterns_parse(path, bytes.bytes != NULL ? bytes.bytes : "", bytes.length, err);
        ok = one.patterns != NULL &&
             (bp_buf_add(&hyphens->sources, &one, sizeof one) || bp_fail_memory(err));
    }
    bp_buf_clear(&bytes);
    if (ok) {
        *patterns = one.patterns;
        return true;
    }
    bp_patterns_free(one.patterns);
    bp_free(one.path);
    return false;
}

/* Looks for the file of a name in the folders. */
static bool try_name(bp_hyphens *hyphens, const char *name, const bp_patterns **patterns,
                     bp_error *err)
{
    size_t count = BP_BUF_COUNT(&hyphens->folders, char *);
    bp_buf path = {0};
    bool ok = true;
    for (size_t i = 0; ok && *patterns == NULL && i <= count; i++) {
        const char *folder =
            i < count ? BP_BUF_ITEMS(&hyphens->folders, char *)[i] : BP_HYPHEN_FOLDER;
        path.length = 0;
        ok = bp_buf_format(&path, "%s/hyph_%s.dic", folder, name) || bp_fail_memory(err);
        bool is_there = ok && access(path.bytes, F_OK) == 0;
        if (ok && !is_there)
            bp_reads_note_look(path.bytes, false);
        if (!is_there)
            continue;
        for (size_t n = 0; n < BP_BUF_COUNT(&hyphens->sources, source); n++)
            if (strcmp(BP_BUF_ITEMS(&hyphens->sources, source)[n].path, path.bytes) == 0)
                *patterns = BP_BUF_ITEMS(&hyphens->sources, source)[n].patterns;
        ok = *patterns != NULL || read_source(hyphens, path.bytes, patterns, err);
    }
    bp_buf_clear(&path);
    return ok;
}

static bool try_tag(bp_hyphens *hyphens, const tag *of, const bp_patterns **patterns, bp_error *err)
{
    const char *const forms[][2] = {{of->script, of->country}, {"", of->country}, {of->script, ""}};
    bp_buf name = {0};
    bool ok = true;
    for (size_t i = 0; ok && *patterns == NULL && i < 3; i++) {
        if ((i != 1 && of->script[0] == '\0') || (i != 2 && of->country[0] == '\0'))
            continue;
        name.length = 0;
        ok = (bp_buf_text(&name, of->language) &&
              (forms[i][0][0] == '\0' || bp_buf_format(&name, "_%s", forms[i][0])) &&
              (forms[i][1][0] == '\0' || bp_buf_format(&name, "_%s", forms[i][1]))) ||
             bp_fail_memory(err);
        ok = ok && try_name(hyphens, name.bytes, patterns, err);
    }
    bp_buf_clear(&name);
    return ok && (*patterns != NULL || of->country[0] != '\0' || of->script[0] != '\0' ||
                  try_name(hyphens, of->language, patterns, err));
}

static bool look_for(bp_hyphens *hyphens, const char *language, const bp_patterns **patterns,
                     bp_error *err)
{
    tag given, wide, likely;
    char whole[ULOC_FULLNAME_CAPACITY];
    UErrorCode code = U_ZERO_ERROR;
    if (!read_tag(language, &given))
        return true;
    wide = (tag){.language = ""};
    memcpy(wide.language, given.language, sizeof wide.language);
    if (!try_tag(hyphens, &given, patterns, err) || *patterns != NULL)
        return err->code == BP_OK;
    if (!try_tag(hyphens, &wide, patterns, err) || *patterns != NULL)
        return err->code == BP_OK;
    (void)uloc_addLikelySubtags(given.language, whole, sizeof whole, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return bp_fail_memory(err);
    return U_FAILURE(code) || !read_tag(whole, &likely) || try_tag(hyphens, &likely, patterns, err);
}

bool bp_hyphens_find(bp_hyphens *hyphens, const char *language, const bp_patterns **patterns,
                     bp_error *err)
{
    *patterns = NULL;
    for (size_t i = 0; i < BP_BUF_COUNT(&hyphens->answers, answer); i++) {
        const answer *known = &BP_BUF_ITEMS(&hyphens->answers, answer)[i];
        if (strcmp(known->language, language) == 0) {
            *patterns = known->patterns;
            use(hyphens, *patterns);
            return true;
        }
    }
    bp_error problem = {0}; /* Asked for what it says, which the caller's may have said before. */
    if (!look_for(hyphens, language, patterns, &problem))
        return bp_fail(err, problem.code, problem.place, "%s", problem.text);
    use(hyphens, *patterns);
    answer one = {bp_copy_text(language), *patterns};
    if (one.language != NULL && bp_buf_add(&hyphens->answers, &one, sizeof one))
        return true;
    bp_free(one.language);
    return bp_fail_memory(err);
}

/* Words --------------------------------------------------------------------------------------- */

/* A word in small letters, with the byte of the given word that each of its bytes stands for. */
typedef struct {
    char bytes[BP_PATTERNS_WORD_MOST];
    unsigned char from[BP_PATTERNS_WORD_MOST + 1];
    size_t length, letters;
} small_word;

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

/* False for acronyms, brands and what is too long. */
static bool make_small(const char *word, size_t length, small_word *out)
{
    out->length = out->letters = 0;
    for (size_t at = 0; at < length;) {
        size_t start = at;
        char bytes[4];
        uint32_t c = (unsigned char)word[at] < 0x80 ? (unsigned char)word[at++]
                                                    : bp_utf8_next(word, length, &at);
        uint32_t small = c < 0x80 ? (uint32_t)tolower((int)c) : (uint32_t)u_tolower((UChar32)c);
        if (small != c && start > 0)
            return false;
        size_t count = bp_utf8_put(small, bytes);
        if (count > BP_PATTERNS_WORD_MOST - out->length)
            return false;
        memset(out->from + out->length, (int)start, count);
        memcpy(out->bytes + out->length, bytes, count);
        out->length += count;
        out->letters += !is_mark(c);
    }
    return true;
}

static size_t look_up(const bp_patterns *patterns, const char *word, size_t length,
                      const bp_hyphen_limits *limits, unsigned char *points)
{
    small_word small;
    bool may[BP_PATTERNS_WORD_MOST];
    size_t count = 0, letters = 0;
    if (!make_small(word, length, &small) || small.letters < (size_t)limits->word)
        return 0;
    bp_patterns_apply(patterns, small.bytes, small.length, may);
    for (size_t i = 0; i < small.length;) {
        size_t start = i;
        uint32_t c = bp_utf8_next(small.bytes, small.length, &i);
        if (is_mark(c))
            continue;
        if (may[start] && letters >= (size_t)limits->before &&
            small.letters - letters >= (size_t)limits->after)
            points[count++] = small.from[start];
        letters++;
    }
    return count;
}

size_t bp_hyphens_points(bp_hyphens *hyphens, const bp_patterns *patterns, const char *word,
                         size_t length, const bp_hyphen_limits *limits, unsigned char *points)
{
    if (length > BP_PATTERNS_WORD_MOST)
        return 0;
    if (hyphens->known == NULL) /* Without memory it does without. */
        hyphens->known = bp_alloc_zero(KNOWN_COUNT, sizeof *hyphens->known);
    if (hyphens->known == NULL || length > KNOWN_LETTERS || limits->word > 255 ||
        limits->before > 255 || limits->after > 255)
        return look_up(patterns, word, length, limits, points);
    uint32_t hash = (uint32_t)length;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 0x01000193u;
    known_word *pair = &hyphens->known[(hash ^ hash >> 15) % (KNOWN_COUNT / 2) * 2];
    for (size_t i = 0; i < 2; i++) {
        const known_word *known = &pair[i];
        if (known->patterns != patterns || known->length != length ||
            memcmp(known->word, word, length) != 0 || known->word_least != limits->word ||
            known->before != limits->before || known->after != limits->after)
            continue;
        size_t count = known->count;
        memcpy(points, known->points, count);
        if (i > 0) { /* The first is the one asked for last. */
            known_word held = pair[0];
            pair[0] = pair[1];
            pair[1] = held;
        }
        return count;
    }
    size_t count = look_up(patterns, word, length, limits, points);
    if (count > KNOWN_POINTS)
        return count;
    pair[1] = pair[0];
    pair[0] = (known_word){.patterns = patterns,
                           .length = (unsigned char)length,
                           .word_least = (unsigned char)limits->word,
                           .before = (unsigned char)limits->before,
                           .after = (unsigned char)limits->after,
                           .count = (unsigned char)count};
    memcpy(pair->word, word, length);
    memcpy(pair->points, points, count);
    return count;
}
