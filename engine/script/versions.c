/* The version of Lua; its library answers the number only, so the release is the one compiled
 * against. */
#include "script/versions.h"

#include <lua.h>

bool bp_script_versions(bp_buf *out)
{
    return bp_buf_text(out, LUA_RELEASE "\n");
}
