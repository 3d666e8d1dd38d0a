/* Characters that no font has: what is said of them, and the marks that may stand for them. Names
 * of characters come out of ICU's data, which is opened only when one must be told. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/font_private.h"
#include "text/shaper_private.h"

#define AROUND_MOST 24 /* Bytes of the text told on each side of the character. */

/* The first of these that a font has. */
static const uint32_t marks[] = {0xfffd, 0x25a1, 0x25a0, '?'};

uint32_t bp_missing_mark(const bp_font *font)
{
    uint32_t glyph = 0;
    for (size_t m = 0; glyph == 0 && m < sizeof marks / sizeof *marks; m++)
        glyph = bp_font_glyph(font, marks[m]);
    return glyph;
}

bp_font *bp_missing_font(bp_shaper *shaper, bp_face_set *faces, bp_error *err)
{
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        for (size_t i = 0; i < faces->spec->family_count; i++) {
            bp_font *font = bp_face_set_font(shaper, faces, i, err);
            if (font == NULL || bp_font_glyph(font, marks[m]) != 0)
                return font;
        }
    return NULL;
}

/* A text that grows in a fixed room; what does not fit is cut. */
typedef struct {
    char *out;
    size_t size, used;
} writer;

static void put(writer *to, const char *text, size_t length)
{
    size_t room = to->size - 1 - to->used;
    length = length > room ? bp_utf8_floor(text, length, room) : length;
    memcpy(to->out + to->used, text, length);
    to->used += length;
    to->out[to->used] = '\0';
}

static void put_text(writer *to, const char *text)
{
    put(to, text, strlen(text));
}

/* "U+0E01 THAI CHARACTER KO KAI" and the character itself. */
static void put_character(writer *to, uint32_t c)
{
    char line[160], name[128] = "", shown[5] = "";
    UErrorCode status = U_ZERO_ERROR;
    (void)u_charName((UChar32)c, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
    shown[bp_utf8_put(c, shown)] = '\0';
    int length = snprintf(line, sizeof line, "U+%04X %s (\"%s\")", (unsigned)c,
                          U_SUCCESS(status) && name[0] != '\0' ? name : "of no name", shown);
    put(to, line, length > 0 ? (size_t)length : 0);
}

/* Where what is told of the text before byte `at` begins: at a word where there is one. */
static size_t cut_before(const char *text, size_t at)
{
    size_t from = at > AROUND_MOST ? at - AROUND_MOST : 0;
    if (from == 0)
        return 0;
    const char *space = memchr(text + from, ' ', at - from);
    if (space != NULL)
        return (size_t)(space - text) + 1;
    while (from < at && ((unsigned char)text[from] & 0xc0) == 0x80)
        from++;
    return from;
}

/* Where what is told of the text from byte `at` on ends. */
static size_t cut_behind(const char *text, size_t at, size_t length)
{
    if (length - at <= AROUND_MOST)
        return length;
    size_t end = at + bp_utf8_floor(text + at, length - at, AROUND_MOST), stop = end;
    while (stop > at && text[stop] != ' ')
        stop--;
    return stop > at ? stop : end;
}

/* What stands around the character: the line or paragraph it is of where that is known, else its
 * word. Nothing where it stands alone. */
static void put_around(writer *to, const bp_shaper *shaper, const bp_text_spot *spot)
{
    const char *text = spot->text, *all = shaper->around;
    size_t at = spot->at, length = spot->length;
    if (all != NULL && text >= all && text + length <= all + shaper->around_length) {
        at += (size_t)(text - all);
        text = all;
        length = shaper->around_length;
    }
    size_t next = at;
    (void)bp_utf8_next(text, length, &next);
    if (at == 0 && next == length)
        return;
    size_t from = cut_before(text, at), end = cut_behind(text, next, length);
    put_text(to, from > 0 ? " in \"..." : " in \"");
    for (size_t i = from; i < end; i++)
        put(to, text[i] == '\n' ? " " : text + i, 1);
    put_text(to, end < length ? "...\"" : "\"");
}

static void describe(writer *to, const bp_shaper *shaper, const bp_face_set *faces, uint32_t c,
                     const bp_text_spot *spot)
{
    put_character(to, c);
    put_around(to, shaper, spot);
    put_text(to, "; tried ");
    for (size_t i = 0; i < faces->spec->family_count; i++) {
        put_text(to, i == 0 ? "" : ", ");
        put_text(to, faces->spec->families[i]);
    }
}

bool bp_missing_fail(const bp_shaper *shaper, const bp_face_set *faces, uint32_t c,
                     const bp_text_spot *spot, bp_error *err)
{
    char text[1024];
    writer to = {.out = text, .size = sizeof text};
    describe(&to, shaper, faces, c, spot);
    return bp_fail(err, BP_ERR_RESOURCE, NULL, "no font has %s; add a family that has it%s", text,
                   faces->spec->allow_missing ? ", or one that has a mark to stand for it"
                                              : ", or have a mark stand for it (--allow-missing)");
}

uint32_t bp_missing_character(const bp_face_set *faces, const char *text, size_t length,
                              size_t *start)
{
    size_t at = 0;
    uint32_t c = 0;
    do {
        *start = at;
        c = bp_utf8_next(text, length, &at);
    } while (at < length && bp_font_shows(faces->fonts[0], c));
    return c;
}

void bp_missing_tell(const bp_shaper *shaper, const bp_face_set *faces, const char *text,
                     size_t length, const bp_word *word)
{
    const char *first = NULL; /* Where the text of the word's own copy begins. */
    for (uint32_t r = 0; r < word->run_count; r++)
        if (first == NULL || word->runs[r].text < first)
            first = word->runs[r].text;
    for (uint32_t r = 0; shaper->tell_missing != NULL && !shaper->is_hushed && r < word->run_count;
         r++) {
        const bp_run *run = &word->runs[r];
        for (size_t at = 0, end; run->is_missing && at < run->text_length; at = end) {
            char sentence[1024];
            writer to = {.out = sentence, .size = sizeof sentence};
            size_t start = 0;
            end = bp_grapheme_end(run->text, run->text_length, at);
            uint32_t c = bp_missing_character(faces, run->text + at, end - at, &start);
            const bp_text_spot spot = {text, length, (size_t)(run->text - first) + at + start};
            describe(&to, shaper, faces, c, &spot);
            shaper->tell_missing(shaper->missing_owner, c, sentence);
        }
    }
}

void bp_shaper_tell_missing(bp_shaper *shaper, bp_missing_teller *tell, void *owner)
{
    shaper->tell_missing = tell;
    shaper->missing_owner = owner;
}

void bp_shaper_read_from(bp_shaper *shaper, const char *text, size_t length)
{
    shaper->around = text;
    shaper->around_length = length;
}

bool bp_shaper_hush(bp_shaper *shaper, bool is_hushed)
{
    bool was_hushed = shaper->is_hushed;
    shaper->is_hushed = is_hushed;
    return was_hushed;
}
