/* What the files of this room know of an image beyond image.h. */
#ifndef BP_PDF_IMAGE_PRIVATE_H
#define BP_PDF_IMAGE_PRIVATE_H

#include <stdint.h>

#include "pdf/document_private.h"
#include "pdf/svg.h"

struct bp_image {
    long owners;
    uint32_t columns, rows; /* As stored. */
    int channels;           /* 1, 3 or 4 (CMYK). */
    double dpi;
    int orientation; /* EXIF: 1 to 8. */
    bool is_jpeg;
    bool is_inverted;  /* CMYK as Adobe writes it. */
    int palette_count; /* 0: none; else `data` holds indexes. */
    unsigned char palette[256 * 3];
    int bits;           /* Of a sample: 1, 2, 4 or 8. */
    bool has_predictor; /* The rows begin with a PNG filter byte, as in the file they come from. */
    unsigned char content[32]; /* SHA-256 of the picture, whatever its compression. */
    unsigned char *data;       /* The JPEG file, or deflated rows (zlib). */
    size_t data_length;
    unsigned char *alpha; /* Deflated rows of 8-bit opacity; NULL: opaque. */
    size_t alpha_length;
    bp_buf profile;  /* ICC: what its colours are; empty: sRGB, or those of a device. */
    char *name;      /* Of the file, where a standard may refuse it; NULL elsewhere. */
    bp_svg *svg;     /* A drawing, with nothing of the above; NULL: a picture. */
    char digest[33]; /* Of all of the above, as hexadecimal digits. */
};

/* Fill `image`, which is zeroed; false with the fault in `err`. What was allocated is freed by
 * bp_image_drop. */
bool bp_image_parse_png(bp_image *image, const char *name, const unsigned char *bytes,
                        size_t length, bp_error *err);
bool bp_image_parse_jpeg(bp_image *image, const char *name, const unsigned char *bytes,
                         size_t length, bp_error *err);

/* The number of the image among the document's; embedded where its content is new. BP_NAMES_NONE on
 * failure. */
uint32_t bp_image_show(bp_document *document, bp_image *image);

/* Shows a drawing (drawing.c), written where the document does not have it yet. Fails into the
 * document's error. */
bool bp_drawing_show(bp_page *page, bp_image *image, const double box[4],
                     const bp_image_look *look);

/* From the unit square of the file to the unit square as shown (EXIF orientation), as a PDF matrix.
 */
void bp_image_matrix(const bp_image *image, double matrix[6]);
const char *bp_image_digest(const bp_image *image);

#endif
