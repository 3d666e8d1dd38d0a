/* Other forms of letters: whether a font has them, and capitals. */
#ifndef BP_TEXT_FORMS_H
#define BP_TEXT_FORMS_H

#include "base/buf.h"
#include "text/shape.h"

/* Tells whether each character of the text but spaces gets another glyph of the same font in
 * `formed` than in `plain`, two styles that differ in an OpenType feature ("sups", "smcp"). False
 * for a text of spaces alone. Fails as bp_shape does. */
bool bp_text_has_forms(bp_shaper *shaper, const bp_style *plain, const bp_style *formed,
                       const char *text, size_t length, bool *has, bp_error *err);

/* How far the ink of a text goes up from the baseline of its style, and down to where it begins, in
 * points and upwards: a raised figure begins above 0. Nought where nothing is seen. Fails as
 * bp_shape does. */
bool bp_text_ink(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                 double *bottom, double *top, bp_error *err);

/* Adds the text in capitals, by the rules of the language (BCP 47), to `out`: "straße" becomes
 * "STRASSE". */
bool bp_text_upper(const char *text, size_t length, const char *language, bp_buf *out,
                   bp_error *err);

#endif
