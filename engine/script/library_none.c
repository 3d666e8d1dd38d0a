/* The library inside the program where the build compiled none: empty, and weak, so that a
 * generated list takes its place. */
#include "script/library_chunks.h"

__attribute__((weak)) const bp_library_chunk bp_library_chunks[] = {{NULL, NULL, 0}};
__attribute__((weak)) const size_t bp_library_chunk_count = 0;
