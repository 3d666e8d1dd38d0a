/* Plain words, that is words of letters (rules.h) that no rule of their font can change otherwise
 * than glyph by glyph: their glyphs and advances are remembered from words that HarfBuzz has
 * shaped, so that a word of known letters beside known letters costs a look at a table. */
#ifndef BP_TEXT_PLAIN_PRIVATE_H
#define BP_TEXT_PLAIN_PRIVATE_H

#include "text/rules.h"
#include "text/shaper_private.h"

typedef struct bp_plain bp_plain;

/* What is known of the plain words of a face set, set left to right in its first font; later words
 * of it will be quicker for it. NULL where memory is refused, which changes nothing but speed. */
bp_plain *bp_plain_new(bp_shaper *shaper, const bp_face_set *faces);
void bp_plain_free(bp_plain *plain);

/* Words are given by the codes of their letters. */

/* Whether the word is out of reach of the font's rules. */
bool bp_plain_is_calm(const bp_plain *plain, const char *word, size_t length);

/* Writes the glyphs of a calm word to `glyphs`, which has room for `length`; false where a letter
 * or a pair of letters is not known yet. */
bool bp_plain_set(const bp_plain *plain, const char *word, size_t length, bp_glyph *glyphs);

/* Appends to `letters` a word made of what is not known of a calm word; false when memory is
 * refused. */
bool bp_plain_ask(const bp_plain *plain, const char *word, size_t length, bp_buf *letters);

/* Takes note of a calm word as HarfBuzz shaped it. */
void bp_plain_learn(bp_plain *plain, const char *word, size_t length, const bp_glyph *glyphs,
                    size_t glyph_count);

/* The features to shape a calm word with: the style's, less those that can do nothing to it. */
const struct hb_feature_t *bp_plain_features(const bp_plain *plain, unsigned *count);

/* Ends what the face sets of a shaper share. */
void bp_plain_clear(bp_shaper *shaper);

#endif
