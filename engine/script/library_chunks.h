/* The library inside the program: chunks that our own build compiled, so that a cold start parses
 * no Lua. Where the build made none, the list is empty (library_none.c). Only these may be binary;
 * a user's file is always text. */
#ifndef BP_SCRIPT_LIBRARY_CHUNKS_H
#define BP_SCRIPT_LIBRARY_CHUNKS_H

#include <stddef.h>

typedef struct {
    const char *name; /* Of the module: "briefpress.flow". */
    const unsigned char
        *bytes; /* As lua_dump wrote them; the chunk's name inside is "=briefpress/flow.lua". */
    size_t size;
} bp_library_chunk;

/* Sorted by name as bytes; ends with a NULL name, which is not counted. */
extern const bp_library_chunk bp_library_chunks[];
extern const size_t bp_library_chunk_count;

#endif
