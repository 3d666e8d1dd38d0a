/* Images: PNG decoded by our own use of libpng under limits, JPEG checked marker by marker and
 * passed through, drawings (SVG) read whole. Several owners. */
#ifndef BP_PDF_IMAGE_H
#define BP_PDF_IMAGE_H

#include "base/error.h"

typedef struct bp_image bp_image;

#define BP_IMAGE_PIXELS_MOST (100u * 1000u * 1000u)
#define BP_IMAGE_FILE_MOST ((size_t)256 * 1024 * 1024) /* Bytes of a file. */

/* Decodes a whole PNG, JPEG or SVG; `name` stands for it in messages. BP_ERR_RESOURCE with the
 * fault and the byte, or line and column. Yours to drop. */
bp_image *bp_image_parse(const char *name, const unsigned char *bytes, size_t length,
                         bp_error *err);
/* Reads the file, which messages call `name` (NULL: the file's own). */
bp_image *bp_image_load(const char *file, const char *name, bp_error *err);
bp_image *bp_image_keep(bp_image *image);
void bp_image_drop(bp_image *image);

/* Pixels as shown (after the EXIF orientation), and dots per inch (72 where the file does not say;
 * of drawings 96, and parts of pixels). */
double bp_image_width_pixels(const bp_image *image);
double bp_image_height_pixels(const bp_image *image);
double bp_image_dpi(const bp_image *image);

/* True for drawings, which have no pixels; and what one says that it shows, "" otherwise. Lent. */
bool bp_image_is_drawing(const bp_image *image);
const char *bp_image_title(const bp_image *image);

#endif
