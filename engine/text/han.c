/* Chinese and Japanese lines: full-width marks give up the empty part of their square at a line's
 * edges, and what a line has too much or too little is spread in the order of the Requirements for
 * Chinese Text Layout (W3C, clreq): see its sections on line adjustment.
 *
 * The empty part of a mark is glue. Where a line may end, that of the mark behind is part of the
 * glue before the end, as spaces are: the line breaker drops it there, narrows it elsewhere, and
 * needs to know nothing of marks. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "text/paragraph_private.h"

/* Ems. A gap of half an em is seen as a hole where the characters beside it stand close, so most
 * styles stop at a third (clreq says so too); only then it may go on. */
#define SPACE_LEAST 0.25     /* A word space. */
#define SPACE_MOST 0.5       /* A word space grows to that before anything else does. */
#define GAP_USUAL (1.0 / 12) /* A gap of a quarter grows by that, to a third, */
#define SQUARE_USUAL 0.05    /* then this is put between characters, */
#define GAP_REST (1.0 / 6)   /* then gaps grow to a half, */
#define SQUARE_REST 0.2      /* then characters move apart by a quarter: then all grows alike. */

#define NARROW_MOST 1.25 /* Lines are measured to this much of what they may narrow by. */

/* Rooms --------------------------------------------------------------------------------------- */

/* Points of the empty room of the mark that glyph `i` is. */
static double room_of(const bp_style *style, const bp_run *run, size_t i, bool is_before,
                      uint8_t *kind)
{
    bool is_whole;
    const bp_mark *mark = bp_mark_of_glyph(style, run, i, &is_whole);
    *kind = mark != NULL ? mark->kind : BP_MARK_NONE;
    if (mark == NULL || !is_whole)
        return 0;
    return bp_style_values(style)->size * (double)(is_before ? mark->before : mark->behind);
}

/* That of the character which begins at byte `at` of an atom. */
static double room_at(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t at,
                      bool is_before, uint8_t *kind)
{
    *kind = BP_MARK_NONE;
    if (atom->word == NULL || (unsigned char)paragraph->text.bytes[at] < 0xc2)
        return 0;
    for (uint32_t r = 0; r < atom->word->run_count; r++) {
        const bp_run *run = &atom->word->runs[r];
        size_t start = bp_word_run_start(atom->word, r), offset = at - atom->start;
        if (offset < start || offset >= start + run->text_length)
            continue;
        size_t first, count;
        bp_run_slice(run, offset - start, run->text_length, &first, &count);
        if (count == 0 || run->glyphs[first].cluster != offset - start)
            return 0;
        return room_of(bp_atom_span(paragraph, atom)->style, run, first, is_before, kind);
    }
    return 0;
}

/* That behind the character which ends at byte `end`. */
static double room_behind(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t end,
                          uint8_t *kind)
{
    uint32_t at = end;
    while (at > atom->start && ((unsigned char)paragraph->text.bytes[--at] & 0xc0) == 0x80)
        ;
    return room_at(paragraph, atom, at, false, kind);
}

double bp_piece_room(const bp_piece *piece, bool is_before)
{
    uint8_t kind;
    if (piece->run == NULL || piece->glyph_count == 0)
        return 0;
    size_t i = is_before ? piece->first_glyph : piece->first_glyph + piece->glyph_count - 1;
    return room_of(piece->style, piece->run, i, is_before, &kind);
}

double bp_word_room(const bp_style *style, const bp_word *word, bool is_before)
{
    uint8_t kind;
    if (word->run_count == 0)
        return 0;
    const bp_run *run = &word->runs[is_before ? 0 : word->run_count - 1];
    if (run->glyph_count == 0)
        return 0;
    return room_of(style, run, is_before ? 0 : run->glyph_count - 1, is_before, &kind);
}

/* Atoms --------------------------------------------------------------------------------------- */

static uint32_t character_before(const char *text, size_t at)
{
    size_t end = at;
    while (at > 0 && ((unsigned char)text[--at] & 0xc0) == 0x80)
        ;
    return bp_utf8_next(text, end, &at);
}

static double size_of(const bp_paragraph *paragraph, const bp_atom *atom)
{
    return bp_style_values(bp_atom_span(paragraph, atom)->style)->size;
}

/* Superscripts and subscripts: of their own, or of the font. */
static bool is_raised(const bp_paragraph *paragraph, const bp_atom *atom)
{
    const bp_style_spec *spec = bp_style_values(bp_atom_span(paragraph, atom)->style);
    return spec->rise > 0 || spec->rise < 0 ||
           (spec->features != NULL &&
            (strstr(spec->features, "sups") != NULL || strstr(spec->features, "subs") != NULL));
}

/* A raised figure or letter stands close to what it belongs to; behind it is what would be behind
 * that: m² has a gap behind it, the number of a note behind Han has none. The atom whose gap
 * it is; NULL: there is none. */
static const bp_atom *find_base(const bp_paragraph *paragraph, const bp_atom *atom,
                                const bp_atom *next)
{
    const bp_atom *first = BP_BUF_ITEMS(&paragraph->atoms, bp_atom), *base = atom;
    const char *text = paragraph->text.bytes;
    char both[8];
    if (is_raised(paragraph, atom) == is_raised(paragraph, next))
        return atom;
    if (!is_raised(paragraph, atom))
        return NULL;
    while (base > first && base->word != NULL && base[-1].end == base->start &&
           is_raised(paragraph, base))
        base--;
    if (base->word == NULL || is_raised(paragraph, base))
        return NULL;
    size_t at = next->start, length = bp_utf8_put(character_before(text, base->end), both);
    length += bp_utf8_put(bp_utf8_next(text, next->end, &at), both + length);
    return bp_word_gap(both, length, length - (at - next->start)) > 0 ? base : NULL;
}

bool bp_han_join(bp_paragraph *paragraph, bp_error *err)
{
    bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom);
    size_t count = BP_BUF_COUNT(&paragraph->atoms, bp_atom);
    const char *text = paragraph->text.bytes;
    for (size_t a = 0; a < count; a++)
        if (atoms[a].word != NULL &&
            !bp_marks_learn(paragraph->shaper, bp_atom_span(paragraph, &atoms[a])->style,
                            text + atoms[a].start, atoms[a].end - atoms[a].start, err))
            return false;
    for (size_t a = 0; a + 1 < count; a++) {
        bp_atom *atom = &atoms[a], *next = &atoms[a + 1];
        uint8_t kind;
        if (atom->end != next->start || atom->word == NULL || next->word == NULL)
            continue;
        if (atom->gap > 0) {
            const bp_atom *base = find_base(paragraph, atom, next);
            atom->gap =
                base != NULL
                    ? atom->gap * (float)(size_of(paragraph, base) / size_of(paragraph, atom))
                    : 0;
        }
        size_t at = next->start;
        int which = bp_marks_squeezed(bp_atom_span(paragraph, atom)->style,
                                      character_before(text, atom->end),
                                      bp_utf8_next(text, next->end, &at));
        if (which < 0)
            atom->gap = -(float)room_behind(paragraph, atom, atom->end, &kind);
        else if (which > 0)
            atom->gap = -(float)room_at(paragraph, next, next->start, true, &kind);
    }
    return true;
}

/* Items --------------------------------------------------------------------------------------- */

/* What is behind an atom where the line goes on with the next: the rooms on both sides, less what
 * marks beside each other have given up. */
static double glue_behind(const bp_paragraph *paragraph, const bp_atom *atom, const bp_atom *next)
{
    uint8_t kind;
    double room = room_behind(paragraph, atom, atom->end, &kind);
    if (next != NULL && next->start == atom->end)
        room += room_at(paragraph, next, next->start, true, &kind);
    return room + (atom->gap < 0 ? (double)atom->gap : 0);
}

void bp_han_glue(const bp_paragraph *paragraph, const bp_atom *first, const bp_atom *last,
                 uint32_t start, bp_break_item *item)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom);
    const bp_atom *end = atoms + BP_BUF_COUNT(&paragraph->atoms, bp_atom), *next = last + 1;
    const char *text = paragraph->text.bytes;
    uint32_t ink_end = item->end;
    uint8_t kind;
    double glue = 0, lead = 0, inner = 0, tight = 0;
    if (first->start <= start) /* It is the item's before. */
        item->advance -= room_at(paragraph, first, start, true, &kind);
    for (const bp_atom *atom = first; atom < last; atom++) {
        glue += glue_behind(paragraph, atom, atom + 1);
        item->advance += atom->gap < 0 ? (double)atom->gap : 0;
    }
    if (item->end < last->end) { /* Marks that are shaped as one keep their distance. */
        inner = room_at(paragraph, last, item->end, true, &kind);
    } else if (next < end && next->start == item->end) {
        lead = room_at(paragraph, next, next->start, true, &kind);
        tight = last->gap < 0 ? (double)last->gap : 0;
    }
    while (ink_end > start && (text[ink_end - 1] == ' ' || text[ink_end - 1] == '\n'))
        ink_end--;
    const bp_atom *ink = last;
    while (ink > first && ink->start >= ink_end)
        ink--;
    double trail = ink->start < ink_end && ink_end <= ink->end
                       ? room_behind(paragraph, ink, ink_end, &kind)
                       : 0;
    item->advance += inner + lead + tight;
    item->hang += trail + inner + lead + tight;
    item->shrink += (float)(glue + lead + tight + (ink == last ? trail : 0));
    item->end_shrink += (float)(trail + lead + tight);
}

double bp_han_shrink(const bp_paragraph *paragraph, double width, uint32_t count, double size)
{
    double most = width * paragraph->options.space_shrink;
    return fmax(fmin(most, width - count * SPACE_LEAST * size), 0);
}

double bp_han_hang(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t at)
{
    uint8_t kind, before = BP_MARK_NONE;
    double room = room_at(paragraph, atom, at, false, &kind);
    if (kind != BP_MARK_PAUSE && kind != BP_MARK_STOP)
        return kind != BP_MARK_NONE && kind != BP_MARK_JOINT ? 0 : -1;
    if (at > 0)
        before = (uint8_t)bp_mark_kind_of(character_before(paragraph->text.bytes, at));
    return before == BP_MARK_NONE
               ? bp_style_values(bp_atom_span(paragraph, atom)->style)->size - room
               : 0;
}

/* Lines --------------------------------------------------------------------------------------- */

/* In the order in which a line that is too long takes from them. */
enum {
    NARROW_SPACE,
    NARROW_MIDDLE,
    NARROW_BRACKET,
    NARROW_PAUSE,
    NARROW_GAP,
    NARROW_STOP,
    NARROW_LETTER,
    NARROWS
};
/* In the order in which one that is too short gives to them; at last to all alike. */
enum { WIDEN_SPACE, WIDEN_GAP, WIDEN_SQUARE, WIDEN_GAP_MORE, WIDEN_SQUARE_MORE, WIDEN_ALL, WIDENS };

/* Something that may grow or narrow. */
typedef struct {
    uint32_t piece;  /* Behind it, or behind each of its spaces or clusters. */
    uint32_t spaces; /* Or clusters. */
    int tier;
    double most;
} slack;

typedef struct {
    bp_piece *pieces;
    double *gaps;
    size_t last;
    bp_buf *list; /* Of slack. */
    bool ok;
} spreader;

static void add_slack(spreader *s, size_t piece, size_t spaces, int tier, double most)
{
    slack one = {(uint32_t)piece, (uint32_t)spaces, tier, most};
    if (most > 0)
        s->ok = bp_buf_add(s->list, &one, sizeof one) && s->ok;
}

static size_t count_spaces(const bp_piece *piece, double *width)
{
    size_t count = 0;
    for (size_t i = piece->first_glyph; i < piece->first_glyph + piece->glyph_count; i++)
        if (bp_run_is_space(piece->run, i)) {
            *width =
                (double)piece->run->glyphs[i].advance / bp_font_measures(piece->run->font)->units *
                bp_style_values(piece->style)->size * bp_style_values(piece->style)->word_space;
            count++;
        }
    return count;
}

static int narrowed_tier(uint8_t kind)
{
    return kind == BP_MARK_MIDDLE  ? NARROW_MIDDLE
           : kind == BP_MARK_PAUSE ? NARROW_PAUSE
           : kind == BP_MARK_STOP  ? NARROW_STOP
                                   : NARROW_BRACKET;
}

static void find_narrow(spreader *s, size_t i, const bp_paragraph *paragraph)
{
    const bp_paragraph_options *options = &paragraph->options;
    bp_piece *piece = &s->pieces[i];
    uint8_t before = BP_MARK_NONE, behind = BP_MARK_NONE;
    double gap = i < s->last ? s->gaps[i] : 0, width = 0, trail = 0, lead = 0;
    if (piece->run != NULL && piece->run->space_count > 0) {
        size_t spaces = count_spaces(piece, &width);
        add_slack(s, i, spaces, NARROW_SPACE,
                  bp_han_shrink(paragraph, (double)spaces * width, (uint32_t)spaces,
                                bp_style_values(piece->style)->size));
    }
    if (piece->run != NULL && !piece->run->is_wide && options->letter_shrink > 0) {
        size_t letters = piece->run->cluster_count; /* Of what a line's end cut off too few. */
        letters = letters < piece->glyph_count ? letters : piece->glyph_count;
        letters -= letters > 0 && i == s->last;
        add_slack(s, i, letters, NARROW_LETTER,
                  (double)letters * options->letter_shrink * bp_style_values(piece->style)->size);
    }
    if (i == s->last)
        return;
    const bp_piece *next = piece + 1;
    if (piece->run != NULL)
        trail = room_of(piece->style, piece->run, piece->first_glyph + piece->glyph_count - 1,
                        false, &before);
    if (next->run != NULL)
        lead = room_of(next->style, next->run, next->first_glyph, true, &behind);
    if (gap < 0) { /* One of them is given up already. */
        add_slack(s, i, 0, narrowed_tier(trail > 0 ? before : behind), trail + lead + gap);
        return;
    }
    add_slack(s, i, 0, narrowed_tier(before), trail);
    add_slack(s, i, 0, narrowed_tier(behind), lead);
    add_slack(s, i, 0, NARROW_GAP, gap * BP_GAP_SHRINK);
}

/* The kind of mark that the glyph is, and whether it is a connector by itself. */
static uint8_t kind_of(const bp_piece *piece, size_t i)
{
    size_t at = piece->run->glyphs[i].cluster;
    uint32_t c = bp_utf8_next(piece->run->text, piece->run->text_length, &at);
    if (c == 0x2014 && piece->run->text_length > 3)
        return BP_MARK_NONE; /* A dash of two squares. */
    return (uint8_t)(c == 0x2013 ? BP_MARK_JOINT : bp_mark_kind_of(c));
}

/* True where characters are moved apart behind piece `i`: between full-width ones, and between one
 * that is no mark and another that no gap stands before; not at connectors. */
static bool is_open(const spreader *s, size_t i)
{
    const bp_piece *piece = &s->pieces[i], *next = piece + 1;
    if (piece->run == NULL || next->run == NULL || s->gaps[i] > 0 ||
        (!piece->run->is_wide && !next->run->is_wide))
        return false;
    size_t end = piece->first_glyph + piece->glyph_count - 1;
    if (bp_run_is_space(piece->run, end) || bp_run_is_space(next->run, next->first_glyph))
        return false;
    uint8_t before = kind_of(piece, end), behind = kind_of(next, next->first_glyph);
    if (before == BP_MARK_JOINT || behind == BP_MARK_JOINT)
        return false;
    return (piece->run->is_wide || behind == BP_MARK_NONE) &&
           (next->run->is_wide || before == BP_MARK_NONE);
}

static void find_wide(spreader *s, size_t i)
{
    bp_piece *piece = &s->pieces[i];
    double size = piece->style != NULL ? bp_style_values(piece->style)->size : 0, width = 0;
    if (piece->run != NULL && piece->run->space_count > 0) {
        size_t spaces = count_spaces(piece, &width);
        add_slack(s, i, spaces, WIDEN_SPACE, (double)spaces * (SPACE_MOST * size - width));
        add_slack(s, i, spaces, WIDEN_ALL, (double)spaces);
    }
    if (i == s->last)
        return;
    if (s->gaps[i] > 0) {
        add_slack(s, i, 0, WIDEN_GAP, GAP_USUAL * size);
        add_slack(s, i, 0, WIDEN_GAP_MORE, GAP_REST * size);
        add_slack(s, i, 0, WIDEN_ALL, 1);
    } else if (is_open(s, i)) {
        add_slack(s, i, 0, WIDEN_SQUARE, SQUARE_USUAL * size);
        add_slack(s, i, 0, WIDEN_SQUARE_MORE, SQUARE_REST * size);
        add_slack(s, i, 0, WIDEN_ALL, 1);
    }
}

/* Gives each of a tier its share. */
static void apply(spreader *s, int tier, double share)
{
    const slack *list = BP_BUF_ITEMS(s->list, slack);
    for (size_t n = 0; n < BP_BUF_COUNT(s->list, slack); n++) {
        double amount = share * list[n].most;
        if (list[n].tier != tier)
            continue;
        if (tier == NARROW_LETTER && share < 0)
            s->pieces[list[n].piece].cluster_extra += amount / list[n].spaces;
        else if (list[n].spaces > 0)
            s->pieces[list[n].piece].word_extra += amount / list[n].spaces;
        else
            s->gaps[list[n].piece] += amount;
    }
}

bool bp_han_spread(const bp_paragraph *paragraph, bp_piece *pieces, double *gaps, size_t last,
                   double missing, bool *is_spread, double *most, bp_error *err)
{
    double totals[NARROWS] = {0}, sum = 0, left = fabs(missing);
    bool is_wider = missing > 0;
    spreader s = {.pieces = pieces,
                  .last = last,
                  .list = &bp_shaper_line_scratch(paragraph->shaper)->slack,
                  .ok = true};
    s.gaps = gaps;
    s.list->length = 0;
    *is_spread = false;
    for (size_t i = 0; i <= last && s.ok; i++)
        if (is_wider)
            find_wide(&s, i);
        else
            find_narrow(&s, i, paragraph);
    if (!s.ok)
        return bp_fail_memory(err);
    const slack *list = BP_BUF_ITEMS(s.list, slack);
    for (size_t n = 0; n < BP_BUF_COUNT(s.list, slack); n++) {
        totals[list[n].tier] += list[n].most;
        sum += list[n].most;
    }
    *most = sum;
    if (is_wider ? !(totals[WIDEN_ALL] > 0) : left > NARROW_MOST * sum + BP_BREAK_TOLERANCE)
        return true;
    double beyond = !is_wider && left > sum && sum > 0 ? left / sum : 1;
    for (int tier = 0; tier < (is_wider ? WIDENS : NARROWS) && left > 0; tier++) {
        bool takes_all = is_wider && tier == WIDEN_ALL;
        double share = totals[tier] > 0 ? left / totals[tier] : 0;
        share = takes_all ? share : fmin(share, beyond);
        apply(&s, tier, is_wider ? share : -share);
        left -= share * totals[tier];
    }
    *is_spread = true;
    return true;
}
