/* The outer shape of a font file: table directory, names and a few headers, read without HarfBuzz.
 * It serves the checks that HarfBuzz leaves out and the scan of font folders, which must be quick.
 * Every read is bounded; all views point into the caller's bytes. */
#ifndef BP_TEXT_SFNT_H
#define BP_TEXT_SFNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const unsigned char *bytes;
    size_t size;
} bp_sfnt_view;

typedef struct {
    bp_sfnt_view file;
    unsigned face_count;
    size_t directory; /* Where the table records of the face begin. */
    unsigned table_count;
} bp_sfnt;

/* Reads the directory of face `face` and checks that every table lies inside the file. On failure
 * `*fault` (may be NULL) says what is wrong; it is static text. */
bool bp_sfnt_open(bp_sfnt *sfnt, const unsigned char *bytes, size_t size, unsigned face,
                  const char **fault);

/* The table, or an empty view. */
bp_sfnt_view bp_sfnt_table(const bp_sfnt *sfnt, const char tag[4]);

/* Big-endian numbers at `at`; 0 where the view is too short. */
uint16_t bp_sfnt_u16(bp_sfnt_view view, size_t at);
uint32_t bp_sfnt_u32(bp_sfnt_view view, size_t at);

/* Checks the tables a text font must have and that they agree on the number of glyphs, that it may
 * be embedded and subset. False with `*fault` as above. */
bool bp_sfnt_check(const bp_sfnt *sfnt, const char **fault);

/* Copies the name record `id` as UTF-8 (English where there is a choice), cut to `size` - 1 bytes.
 * False where there is none. */
bool bp_sfnt_name(const bp_sfnt *sfnt, unsigned id, char *out, size_t size);

/* What a family look-up needs to know of a face. */
typedef struct {
    char family[128];
    int weight, weight_most; /* 1 to 1000; a range where the face has a weight axis. */
    int width_class;         /* 1 to 9; 5 is normal. */
    bool is_italic;
} bp_sfnt_facts;
bool bp_sfnt_describe(const bp_sfnt *sfnt, bp_sfnt_facts *facts);

#endif
