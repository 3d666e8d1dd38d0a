/* The versions of libharu, libpng, expat and libqpdf as loaded; libdeflate and lcms2 only tell the
 * one compiled against. */
#include "pdf/versions.h"

#include <expat.h>
#include <hpdf.h>
#include <lcms2.h>
#include <libdeflate.h>
#include <png.h>

#include "pdf/qpdf_private.h"

bool bp_pdf_writing_versions(bp_buf *out)
{
    return bp_buf_format(out, "libharu %s\nlibpng %s\nlibdeflate %s\n", HPDF_GetVersion(),
                         png_get_libpng_ver(NULL), LIBDEFLATE_VERSION_STRING);
}

bool bp_pdf_versions(bp_buf *out)
{
    const bp_qpdf *qpdf = bp_qpdf_open(NULL);
    const XML_Expat_Version expat = XML_ExpatVersionInfo();
    return bp_pdf_writing_versions(out) &&
           bp_buf_format(out, "expat %d.%d.%d\nlcms2 %d.%d\nlibqpdf %s\n", expat.major, expat.minor,
                         expat.micro, LCMS_VERSION / 1000, LCMS_VERSION % 1000 / 10,
                         qpdf != NULL ? qpdf->qpdf_get_qpdf_version() : "missing");
}
