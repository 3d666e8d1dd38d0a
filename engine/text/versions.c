/* The versions of HarfBuzz and fontconfig as loaded, not as compiled against. */
#include "text/versions.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>

bool bp_text_versions(bp_buf *out)
{
    int version = FcGetVersion();
    return bp_buf_format(out, "HarfBuzz %s\nfontconfig %d.%d.%d\n", hb_version_string(),
                         version / 10000, version / 100 % 100, version % 100);
}
