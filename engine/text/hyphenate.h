/* Hyphenation: the patterns of a language, opened when a text first needs them, and the places in a
 * word at which a line may be ended with a hyphen. */
#ifndef BP_TEXT_HYPHENATE_H
#define BP_TEXT_HYPHENATE_H

#include "text/patterns.h"

typedef struct bp_hyphens bp_hyphens;

/* Where libhyphen's dictionaries ("hyph_en_US.dic") are looked for after the folders that were
 * added. */
#define BP_HYPHEN_FOLDER "/usr/share/hyphen"

bp_hyphens *bp_hyphens_new(void);
void bp_hyphens_free(bp_hyphens *hyphens);

/* Adds a folder that is searched after those added before and before BP_HYPHEN_FOLDER. */
bool bp_hyphens_add_folder(bp_hyphens *hyphens, const char *folder, bp_error *err);

/* The patterns of a language (BCP 47), lent; NULL where there are none, which is no fault. Files
 * are tried from the narrow to the wide: hyph_en_GB.dic, hyph_en.dic, and for a language without a
 * country that of most who speak it (hyph_sv_SE.dic). False and BP_ERR_RESOURCE with the file's
 * path where one is damaged or cannot be read. */
bool bp_hyphens_find(bp_hyphens *hyphens, const char *language, const bp_patterns **patterns,
                     bp_error *err);

/* From here on another text: no patterns have been asked for. What was read is kept. */
void bp_hyphens_renew(bp_hyphens *hyphens);

/* The files of patterns that were asked for, in the order they first were: the name, without its
 * folder, and a hash of the content as hexadecimal digits. Both lent. False where there is no such
 * number. */
bool bp_hyphens_source(const bp_hyphens *hyphens, size_t i, const char **name, const char **print);

/* The path of one of them; lent, NULL where there is no such number. */
const char *bp_hyphens_file(const bp_hyphens *hyphens, size_t i);

/* Letters a word must have, and keep on both lines when it is divided. */
typedef struct {
    int word, before, after;
} bp_hyphen_limits;

/* Where a word (letters alone, good UTF-8) may be divided: fills `points` (room for
 * BP_PATTERNS_WORD_MOST) with the bytes before which it may, in order, and answers how many. None
 * in a word of capitals or with a capital inside: an acronym or a brand. */
size_t bp_hyphens_points(bp_hyphens *hyphens, const bp_patterns *patterns, const char *word,
                         size_t length, const bp_hyphen_limits *limits, unsigned char *points);

#endif
