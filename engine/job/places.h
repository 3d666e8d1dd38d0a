/* Where the files that ship with the program are. */
#ifndef BP_JOB_PLACES_H
#define BP_JOB_PLACES_H

#include "base/error.h"

typedef struct {
    char *library;      /* The folder that holds briefpress/ and themes/. */
    const char *chosen; /* What a script loads from: `library`, or NULL for what is in the program,
                         * which a cold start need not parse. Lent. */
    char *manifest;     /* fonts.json. */
} bp_places;

/* Finds them: below `folder` (`folder`/scripts and `folder`/fonts) where one is given; else in
 * ../share/briefpress beside the program, in the source tree of a program that was built but not
 * installed, and where the library was installed to. BP_ERR_INPUT where there is none. `places` is
 * cleared by bp_places_clear either way. */
bool bp_places_find(const char *folder, bp_places *places, bp_error *err);
void bp_places_clear(bp_places *places);

#endif
