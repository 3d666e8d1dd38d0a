/* The ICC profile of sRGB, which all colours of a document are of. Made at build time by
 * cmake/srgb.c. */
#ifndef BP_PDF_SRGB_H
#define BP_PDF_SRGB_H

#include <stddef.h>

extern const unsigned char bp_srgb_profile[];
extern const size_t bp_srgb_profile_size;

#endif
