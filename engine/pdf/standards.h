/* The standards a PDF may claim to keep: PDF/A-2 and PDF/A-3 (ISO 19005-2, -3) and PDF/UA-1 (ISO
 * 14289-1), as bits of one number, and what each of them asks for. */
#ifndef BP_PDF_STANDARDS_H
#define BP_PDF_STANDARDS_H

#include "base/buf.h"
#include "base/error.h"

enum {
    BP_STANDARD_A2A = 1,
    BP_STANDARD_A2B = 2,
    BP_STANDARD_A2U = 4,
    BP_STANDARD_A3A = 8,
    BP_STANDARD_A3B = 16,
    BP_STANDARD_A3U = 32,
    BP_STANDARD_UA1 = 64,
    BP_STANDARD_NONE = 128, /* Said in so many words. 0 claims nothing either. */

    BP_STANDARDS_A2 = BP_STANDARD_A2A | BP_STANDARD_A2B | BP_STANDARD_A2U,
    BP_STANDARDS_A3 = BP_STANDARD_A3A | BP_STANDARD_A3B | BP_STANDARD_A3U,
    BP_STANDARDS_A = BP_STANDARDS_A2 | BP_STANDARDS_A3,
    /* The whole of a document is tagged, and has a language. */
    BP_STANDARDS_TAGGED = BP_STANDARD_A2A | BP_STANDARD_A3A | BP_STANDARD_UA1,
    /* Each code that is shown has characters. */
    BP_STANDARDS_UNICODE = BP_STANDARDS_TAGGED | BP_STANDARD_A2U | BP_STANDARD_A3U,
    /* What a report keeps unless it or the command line says otherwise. */
    BP_STANDARDS_DEFAULT = BP_STANDARD_A3A | BP_STANDARD_UA1
};

/* Reads a list as "a-3a,ua-1": one of PDF/A at most, each name once, and "none" alone.
 * BP_ERR_USAGE without a place, and `*standards` as it was. */
bool bp_standards_read(const char *text, unsigned *standards, bp_error *err);

/* Appends the names in the order of the list above, as bp_standards_read takes them; "none" for
 * none. False when memory is refused. */
bool bp_standards_put(bp_buf *out, unsigned standards);

/* "PDF/A-3a" of the first of `standards` that is among `asked`; "" where none is. Static. */
const char *bp_standards_title(unsigned standards, unsigned asked);

/* A document without tags cannot keep a standard that needs them: BP_ERR_USAGE names it. */
bool bp_standards_allow_no_tags(unsigned standards, bp_error *err);

/* Whether files of any kind may travel inside: PDF/A-2 allows PDF/A alone. */
bool bp_standards_allow_attachments(unsigned standards);

/* Whether the PDF may be encrypted. */
bool bp_standards_allow_encryption(unsigned standards);

/* A text that becomes a string of the PDF, called `what` in messages: PDF/A bounds its bytes. NULL
 * is fine. BP_ERR_SCRIPT. */
bool bp_standards_check_text(unsigned standards, const char *what, const char *text, bp_error *err);

/* A character of a private use area says nothing to who searches or listens: level A of PDF/A asks
 * for what it stands for. BP_ERR_SCRIPT where one is in the text, which nothing explains. */
bool bp_standards_check_private(unsigned standards, const char *text, size_t length, bp_error *err);

/* Whether it is a tag as "en", "zh-Hans" or "pt-BR" (RFC 3066), as readers of a PDF take it. */
bool bp_is_language_tag(const char *text);

#endif
