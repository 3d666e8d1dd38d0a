/* The versions of HarfBuzz and fontconfig as loaded, not as compiled against. */
#include "text/versions.h"

#include <hb.h>

#include "text/fontconfig_private.h"

bool bp_text_shaping_versions(bp_buf *out)
{
    return bp_buf_format(out, "HarfBuzz %s\n", hb_version_string());
}

bool bp_text_versions(bp_buf *out)
{
    const bp_fontconfig *fc = bp_fontconfig_open();
    int version = fc != NULL ? fc->FcGetVersion() : 0;
    return bp_text_shaping_versions(out) &&
           (fc == NULL ? bp_buf_text(out, "fontconfig is missing: no fonts of the system\n")
                       : bp_buf_format(out, "fontconfig %d.%d.%d\n", version / 10000,
                                       version / 100 % 100, version % 100));
}
