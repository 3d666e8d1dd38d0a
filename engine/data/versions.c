/* The versions of cJSON and ICU as loaded, not as compiled against. */
#include "data/versions.h"

#include <cjson/cJSON.h>
#include <unicode/uversion.h>

bool bp_data_versions(bp_buf *out)
{
    UVersionInfo version;
    char icu[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(version);
    u_versionToString(version, icu);
    return bp_buf_format(out, "cJSON %s\nICU %s\n", cJSON_Version(), icu);
}
