/* Colour profiles (ICC) that images come with: whether one says anything else than sRGB, which the
 * colours of a document are of, and may be embedded. */
#ifndef BP_PDF_PROFILE_H
#define BP_PDF_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* What a PNG says of its colours without a profile (gAMA, cHRM). */
typedef struct {
    double gamma;                               /* Of the file: 0.45455 is that of sRGB. */
    double white[2], red[2], green[2], blue[2]; /* Of CIE 1931: x and y. */
} bp_colorimetry;

/* Appends the profile to `out` where an image with that many channels (1, 3, 4) must keep it.
 * Nothing is appended, which is no error, where it is that of sRGB to the eye, and where it is
 * damaged or of another kind: viewers pass over those, too. False when memory is refused, or
 * without lcms2 (BP_ERR_RESOURCE naming `name`). */
bool bp_profile_take(bp_buf *out, const void *bytes, size_t length, int channels, const char *name,
                     bp_error *err);

/* The same with a profile that is made for the colours of a PNG. */
bool bp_profile_make(bp_buf *out, const bp_colorimetry *colors, int channels, const char *name,
                     bp_error *err);

#endif
