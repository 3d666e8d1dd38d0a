/* A paragraph's analysis: spans are joined and checked, cut into words of one style and level,
 * shaped, and made into items for the line breaker. Laying out at a width only adds numbers up; a
 * long text is analysed again for another one. */
#include "text/paragraph.h"

#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/bidi.h"
#include "text/paragraph_private.h"

#define TEXT_BYTES_MOST (256u * 1024u * 1024u)
#define LENGTH_MOST 1e6 /* Points; what no page holds. */
#define LOOK_AHEAD 4096 /* Bytes behind a line, beyond what a word has. */

static bool fail_character(uint32_t c, bp_error *err)
{
    return bp_fail(
        err, BP_ERR_DATA, NULL,
        "the text has the control character U+%04X; only line feeds (\"\\n\") may stand in text",
        (unsigned)c);
}

static bool check_text(const char *text, size_t length, bp_error *err)
{
    for (size_t at = 0; at < length;) {
        unsigned char c = (unsigned char)text[at];
        if (c >= 0x20 && c < 0x7f) {
            at++;
            continue;
        }
        size_t start = at;
        uint32_t character = bp_utf8_next(text, length, &at);
        if (character == BP_UTF8_BAD)
            return bp_fail(err, BP_ERR_DATA, NULL, "byte %zu of the text is no UTF-8", start + 1);
        if ((character < 0x20 && character != '\n') || (character >= 0x7f && character < 0xa0) ||
            character == 0x2028 || character == 0x2029)
            return fail_character(character, err);
    }
    return true;
}

static bool is_length(double value)
{
    return value >= 0 && value <= LENGTH_MOST;
}

static void free_span(const bp_paragraph_span *span)
{
    bp_free(span->link);
    bp_free(span->role);
}

/* Copies what a role says into one block. */
static bool copy_role(const bp_span_role *from, bp_span_role **to)
{
    const char *const texts[3] = {from->tag, from->expansion, from->note};
    size_t sizes[3], all = sizeof(bp_span_role);
    for (int i = 0; i < 3; i++)
        all += sizes[i] = texts[i] != NULL ? strlen(texts[i]) + 1 : 0;
    if (all == sizeof(bp_span_role))
        return true;
    bp_span_role *role = bp_alloc_zero(1, all);
    if (role == NULL)
        return false;
    const char **fields[3] = {&role->tag, &role->expansion, &role->note};
    char *at = (char *)(role + 1);
    for (int i = 0; i < 3; i++) {
        if (texts[i] == NULL)
            continue;
        memcpy(at, texts[i], sizes[i]);
        *fields[i] = at;
        at += sizes[i];
    }
    *to = role;
    return true;
}

static bool add_span(bp_paragraph *paragraph, const bp_span *given, bp_error *err)
{
    bool is_box = given->text == NULL;
    if (is_box ? !is_length(given->width) || !is_length(given->height) : given->style == NULL)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       is_box ? "the width and height of an inline box are from 0 to 1000000 points"
                              : "a span of text needs a style");
    const char *text = is_box ? "\xef\xbf\xbc" : given->text;
    size_t length = is_box ? 3 : given->length;
    if (length > TEXT_BYTES_MOST - paragraph->text.length)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a paragraph has at most %u bytes of text",
                       TEXT_BYTES_MOST);
    if (!is_box && !check_text(text, length, err))
        return false;
    if (!bp_buf_add(&paragraph->text, text, length))
        return bp_fail_memory(err);
    bp_paragraph_span span = {.style = given->style,
                              .mark = given->mark,
                              .end = (uint32_t)paragraph->text.length,
                              .width = is_box ? given->width : 0,
                              .height = is_box ? given->height : 0,
                              .is_box = is_box};
    if ((given->link != NULL && (span.link = bp_copy_text(given->link)) == NULL) ||
        !copy_role(&given->role, &span.role) ||
        !bp_buf_add(&paragraph->spans, &span, sizeof span)) {
        free_span(&span);
        return bp_fail_memory(err);
    }
    paragraph->has_boxes = paragraph->has_boxes || is_box;
    const bp_style *largest = paragraph->largest_style;
    if (given->style != NULL && paragraph->first_style == NULL)
        paragraph->first_style = given->style;
    if (given->style != NULL &&
        (largest == NULL || bp_style_values(given->style)->size > bp_style_values(largest)->size))
        paragraph->largest_style = given->style;
    return true;
}

/* What an option becomes: 0 the default, a negative number 0. */
static double settle(double value, double usual)
{
    return value > 0 ? value : value < 0 ? 0 : usual;
}

/* What lines are chosen by where nothing is said. */
static const bp_paragraph_options usual = {.hyphen_word = 5,
                                           .hyphen_before = 2,
                                           .hyphen_after = 3,
                                           .hyphen_penalty = 50,
                                           .tolerance = 200,
                                           .space_stretch = 0.5,
                                           .space_shrink = 1.0 / 3,
                                           .last_line = 0.1};

/* Checks what lines are chosen by, and fills in what is usual. */
static bool settle_choice(bp_paragraph_options *options, bp_error *err)
{
    static const bp_paragraph_options unsaid;
    const size_t first = offsetof(bp_paragraph_options, hyphen_word);
    char *said = (char *)options + first;
    if (memcmp(said, (const char *)&unsaid + first, sizeof unsaid - first) == 0) {
        memcpy(said, (const char *)&usual + first, sizeof usual - first);
        return true;
    }
    const struct {
        const char *name;
        double *number;
        double usual, most;
    } numbers[] = {
        {"hyphen_penalty", &options->hyphen_penalty, usual.hyphen_penalty, BP_BREAK_NEVER},
        {"tolerance", &options->tolerance, usual.tolerance, 1e6},
        {"space_stretch", &options->space_stretch, usual.space_stretch, 10},
        {"space_shrink", &options->space_shrink, usual.space_shrink, 0.9},
        {"letter_stretch", &options->letter_stretch, usual.letter_stretch, 0.5},
        {"letter_shrink", &options->letter_shrink, usual.letter_shrink, 0.1},
        {"protrusion", &options->protrusion, usual.protrusion, 2},
        {"last_line", &options->last_line, usual.last_line, 1}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!(*numbers[i].number <= numbers[i].most && *numbers[i].number > -1e9))
            return bp_fail(err, BP_ERR_SCRIPT, NULL, "%s of a paragraph is at most %g",
                           numbers[i].name, numbers[i].most);
        *numbers[i].number = settle(*numbers[i].number, numbers[i].usual);
    }
    if (options->hyphen_word > 1000 || options->hyphen_before > 1000 ||
        options->hyphen_after > 1000)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "a word to hyphenate has at most 1000 letters");
    options->hyphen_word = (int)settle(options->hyphen_word, usual.hyphen_word);
    options->hyphen_before = (int)settle(options->hyphen_before, usual.hyphen_before);
    options->hyphen_after = (int)settle(options->hyphen_after, usual.hyphen_after);
    if (options->looseness < -1000 || options->looseness > 1000)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "looseness of a paragraph is from -1000 to 1000 lines");
    return true;
}

static bool settle_options(bp_paragraph_options *options, bp_error *err)
{
    options->language = NULL;
    if (!is_length(options->leading))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "leading is from 0 to 1000000 points");
    if (!is_length(fabs(options->indent)))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "an indent is from -1000000 to 1000000 points");
    return settle_choice(options, err);
}

static bool add_atom(const bp_paragraph *paragraph, uint32_t span, uint32_t start, uint32_t end,
                     int level, bp_buf *atoms, bp_error *err)
{
    const bp_paragraph_span *from = &BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span)[span];
    const char *text = paragraph->text.bytes;
    bp_atom atom = {.start = start, .end = end, .span = span, .level = (uint8_t)level};
    if (!from->is_box) {
        if (paragraph->has_levels && bp_text_joins(text, paragraph->text.length, start))
            level |= BP_JOINS_BEFORE;
        if (paragraph->has_levels && bp_text_joins(text, paragraph->text.length, end))
            level |= BP_JOINS_BEHIND;
        atom.word =
            bp_shape_word(paragraph->shaper, from->style, text + start, end - start, level, err);
        if (atom.word == NULL)
            return false;
        if (paragraph->is_han)
            atom.gap = (float)(bp_style_values(from->style)->size *
                               bp_word_gap(text, paragraph->text.length, end));
    }
    return bp_buf_add(atoms, &atom, sizeof atom) || bp_fail_memory(err);
}

static uint32_t find_span(const bp_paragraph *paragraph, uint32_t at)
{
    const bp_paragraph_span *spans = BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span);
    size_t low = 0, high = BP_BUF_COUNT(&paragraph->spans, bp_paragraph_span);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* Cuts the text from `start`, where an atom begins, to the atom that reaches `stop`, where span,
 * level or line end, and each stretch into words. */
static bool add_atoms(const bp_paragraph *paragraph, uint32_t start, uint32_t stop,
                      const bp_buf *levels, bp_buf *atoms, bp_error *err)
{
    const char *text = paragraph->text.bytes;
    size_t length = paragraph->text.length;
    uint32_t span = find_span(paragraph, start);
    size_t level = 0, level_count = BP_BUF_COUNT(levels, bp_level_run);
    for (uint32_t at = start; at < stop;) {
        const bp_level_run *run = &BP_BUF_ITEMS(levels, bp_level_run)[level];
        const bp_paragraph_span *spans = BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span);
        if (spans[span].end <= at) {
            span++;
            continue;
        }
        if (level < level_count && run->end <= at) {
            level++;
            continue;
        }
        if (text[at] == '\n') {
            at++;
            continue;
        }
        uint32_t end = spans[span].end;
        if (level < level_count && run->end < end)
            end = run->end;
        if (end < length && !spans[span].is_box)
            end = (uint32_t)bp_marks_end(text, length, end);
        uint32_t seen = end - at > stop - at + LOOK_AHEAD ? stop - at + LOOK_AHEAD : end - at;
        const char *feed = memchr(text + at, '\n', seen);
        if (feed != NULL)
            end = (uint32_t)(feed - text);
        while (at < end && at < stop) {
            size_t part = spans[span].is_box ? end - at : bp_word_length(text + at, end - at);
            if (!add_atom(paragraph, span, at, at + (uint32_t)part,
                          level < level_count ? run->level : 0, atoms, err))
                return false;
            at += (uint32_t)part;
        }
    }
    return true;
}

bool bp_paragraph_find_atoms(const bp_paragraph *paragraph, uint32_t start, uint32_t end,
                             bp_buf *atoms, bp_error *err)
{
    const bp_buf no_levels = {0};
    bool was_hushed = bp_shaper_hush(paragraph->shaper, true);
    bool ok = add_atoms(paragraph, start, end, &no_levels, atoms, err);
    (void)bp_shaper_hush(paragraph->shaper, was_hushed);
    return ok;
}

/* Widths of what cannot be divided, and of what is not. */
static void find_widths(bp_paragraph *paragraph)
{
    const bp_break_item *items = BP_BUF_ITEMS(&paragraph->items, bp_break_item);
    size_t count = BP_BUF_COUNT(&paragraph->items, bp_break_item);
    double indent = paragraph->options.indent, line = indent > 0 ? indent : 0;
    for (size_t i = 0; i < count; i++) {
        bool is_indented = i == 0 ? indent > 0 : indent < 0;
        double least = items[i].advance - items[i].hang + (double)items[i].hyphen;
        least += is_indented ? fabs(indent) : 0;
        paragraph->min_width = fmax(paragraph->min_width, least);
        line += items[i].advance;
        paragraph->max_width = fmax(paragraph->max_width, line - items[i].hang);
        if (items[i].kind == BP_BREAK_FORCED)
            line = indent < 0 ? -indent : 0;
    }
    if (paragraph->options.no_wrap)
        paragraph->min_width = paragraph->max_width;
}

static const char *language_of(const bp_paragraph *paragraph)
{
    const char *language = paragraph->language;
    if (language == NULL && paragraph->first_style != NULL)
        language = bp_style_values(paragraph->first_style)->language;
    return language != NULL ? language : "en";
}

void bp_paragraph_forget_atoms(bp_paragraph *paragraph)
{
    bp_buf_clear(&paragraph->atoms);
    bp_shaper_line_scratch(paragraph->shaper)->atoms_kept -= paragraph->atoms_kept;
    paragraph->atoms_kept = 0;
    bp_shaper_release(paragraph->shaper, paragraph->held);
    paragraph->held = NULL;
}

static int direction_of(const bp_paragraph *paragraph)
{
    int direction = paragraph->options.direction;
    return direction < 0 && bp_language_is_rtl(language_of(paragraph)) ? 1 : direction;
}

static bool find_all_atoms(bp_paragraph *paragraph, bp_error *err)
{
    const char *text = paragraph->text.bytes;
    size_t length = paragraph->text.length;
    bp_buf levels = {0};
    paragraph->held = bp_shaper_hold(paragraph->shaper);
    bool ok = !paragraph->has_levels ||
              bp_bidi_find(text, length, direction_of(paragraph), &levels, &paragraph->is_rtl, err);
    bp_shaper_read_from(paragraph->shaper, text, length);
    ok = ok && add_atoms(paragraph, 0, (uint32_t)length, &levels, &paragraph->atoms, err) &&
         (!paragraph->has_squares || bp_han_join(paragraph, err));
    bp_shaper_read_from(paragraph->shaper, NULL, 0);
    bp_buf_clear(&levels);
    if (!ok)
        bp_paragraph_forget_atoms(paragraph);
    return ok;
}

static bool find_items(bp_paragraph *paragraph, bp_error *err)
{
    bp_buf *ends = &bp_shaper_line_scratch(paragraph->shaper)->ends;
    ends->length = 0;
    bool ok = bp_breaks_weigh(bp_shaper_breaks(paragraph->shaper), paragraph->text.bytes,
                              paragraph->text.length, language_of(paragraph), ends, err) &&
              bp_paragraph_itemize(paragraph, ends, err);
    if (!ok)
        bp_buf_clear(&paragraph->items);
    return ok;
}

bool bp_paragraph_recall(bp_paragraph *paragraph, bp_error *err)
{
    bool is_some = paragraph->text.length > 0;
    return (!is_some || paragraph->held != NULL || find_all_atoms(paragraph, err)) &&
           (!is_some || paragraph->items.length > 0 || find_items(paragraph, err));
}

static bool analyse(bp_paragraph *paragraph, bp_error *err)
{
    paragraph->is_han = bp_language_is_han(language_of(paragraph));
    paragraph->has_levels = direction_of(paragraph) > 0 ||
                            bp_text_has_rtl(paragraph->text.bytes, paragraph->text.length);
    paragraph->has_squares = paragraph->is_han && !paragraph->has_levels;
    if (!bp_paragraph_recall(paragraph, err))
        return false;
    find_widths(paragraph);
    return true;
}

bp_paragraph *bp_paragraph_new(bp_shaper *shaper, const bp_span *spans, size_t count,
                               const bp_paragraph_options *options, bp_error *err)
{
    bp_paragraph *paragraph = bp_alloc_zero(1, sizeof *paragraph);
    if (paragraph == NULL) {
        (void)bp_fail_memory(err);
        return NULL;
    }
    bp_shaper_trim(shaper);
    paragraph->shaper = shaper;
    paragraph->options = *options;
    paragraph->laid_width = -1;
    paragraph->is_rtl = options->direction > 0;
    bp_phase before = bp_phase_switch(BP_PHASE_LAYOUT);
    bool ok = settle_options(&paragraph->options, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = add_span(paragraph, &spans[i], err);
    if (ok && options->language != NULL) {
        paragraph->language = bp_copy_text(options->language);
        ok = paragraph->language != NULL || bp_fail_memory(err);
    }
    if (ok && paragraph->text.length > 0)
        ok = analyse(paragraph, err);
    (void)bp_phase_switch(before);
    if (ok)
        return paragraph;
    bp_paragraph_free(paragraph);
    return NULL;
}

void bp_paragraph_free(bp_paragraph *paragraph)
{
    if (paragraph == NULL)
        return;
    bp_paragraph_forget_atoms(paragraph);
    for (size_t i = 0; i < BP_BUF_COUNT(&paragraph->spans, bp_paragraph_span); i++)
        free_span(&BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span)[i]);
    bp_buf_clear(&paragraph->spans);
    bp_buf_clear(&paragraph->text);
    bp_buf_clear(&paragraph->items);
    bp_buf_clear(&paragraph->lines);
    bp_free(paragraph->language);
    bp_free(paragraph);
}

double bp_paragraph_min_width(const bp_paragraph *paragraph)
{
    return paragraph->min_width;
}

double bp_paragraph_max_width(const bp_paragraph *paragraph)
{
    return paragraph->max_width;
}

const char *bp_paragraph_text(const bp_paragraph *paragraph, size_t *length)
{
    *length = paragraph->text.length;
    return paragraph->text.bytes != NULL ? paragraph->text.bytes : "";
}

static const bp_font_metrics *first_measures(const bp_paragraph *paragraph, double *scale)
{
    const bp_style *style = paragraph->first_style;
    if (style == NULL)
        return NULL;
    const bp_font_metrics *measures = bp_font_measures(bp_style_font(style));
    *scale = bp_style_values(style)->size / measures->units;
    return measures;
}

double bp_paragraph_ascent(const bp_paragraph *paragraph)
{
    double scale = 0;
    const bp_font_metrics *measures = first_measures(paragraph, &scale);
    return measures != NULL ? measures->ascent * scale : 0;
}

double bp_paragraph_descent(const bp_paragraph *paragraph)
{
    double scale = 0;
    const bp_font_metrics *measures = first_measures(paragraph, &scale);
    return measures != NULL ? measures->descent * scale : 0;
}
