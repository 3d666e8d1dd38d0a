/* Chunks as lua_dump writes them, without the names of local variables and upvalues: those speak in
 * messages of faults in the library itself, and reading them costs each start. Line numbers stay.
 */
#ifndef BP_CMAKE_STRIP_H
#define BP_CMAKE_STRIP_H

#include <stddef.h>

/* Strips a chunk of Lua 5.4 in its place. Answers its new length; 0 where it is none. */
size_t strip_names(unsigned char *bytes, size_t length);

#endif
