/* The versions of libharu and libpng as loaded; libdeflate only tells the one compiled against. */
#include "pdf/versions.h"

#include <hpdf.h>
#include <libdeflate.h>
#include <png.h>

bool bp_pdf_versions(bp_buf *out)
{
    return bp_buf_format(out, "libharu %s\nlibpng %s\nlibdeflate %s\n", HPDF_GetVersion(),
                         png_get_libpng_ver(NULL), LIBDEFLATE_VERSION_STRING);
}
