/* The colophon of a report: how it was made, so that it can be made again. It travels inside of the
 * PDF as "briefpress.json", beside the files it lists. */
#ifndef BP_DATA_COLOPHON_H
#define BP_DATA_COLOPHON_H

#include <stdint.h>

#include "base/bundle.h"

#define BP_COLOPHON_FILE "briefpress.json"
#define BP_COLOPHON_VERSION 1

/* All texts are owned by the colophon, NULL where there is none. */
typedef struct {
    bp_role role;
    char *name;  /* Of the attachment. */
    char *path;  /* As in bp_bundle_file. */
    char *table; /* The same. */
    char *print; /* SHA-256 of its bytes, as hexadecimal digits. */
    size_t size;
    bool is_left_out;
} bp_colophon_file;

typedef struct {
    char *family, *file, *print; /* `file` without its folder; `print` as bp_font_print has it. */
    unsigned face;
    int weight;
    bool is_italic;
    size_t size;
} bp_colophon_font;

/* A name and a text: an option or a parameter and its value, a library and its version, a file of
 * hyphenation patterns and its hash. */
typedef struct {
    char *name, *text;
} bp_colophon_pair;

typedef struct {
    int version;       /* Of this format. */
    char *program;     /* "briefpress 0.1.0" */
    bp_buf libraries;  /* These four of bp_colophon_pair. */
    bp_buf options;    /* Those of the command line that shape the bytes and were given. */
    bp_buf parameters; /* Sorted by name. */
    bp_buf patterns;
    bp_buf files; /* Of bp_colophon_file, in the order they were read. */
    bp_buf fonts; /* Of bp_colophon_font, in the order they were first shown. */
} bp_colophon;

void bp_colophon_clear(bp_colophon *colophon);

/* Adds a pair of copies to one of the lists. False when memory is refused. */
bool bp_colophon_add(bp_buf *pairs, const char *name, const char *text);
/* The text of a name in one of the lists; NULL where there is none. */
const char *bp_colophon_find(const bp_buf *pairs, const char *name);

/* Appends it as JSON, the same bytes for the same content. False when memory is refused. */
bool bp_colophon_put(const bp_colophon *colophon, bp_buf *out);

/* Reads it back, trusting nothing: BP_ERR_DATA naming the place and what is wrong. A colophon of a
 * later format has its `version` and nothing else. Cleared by bp_colophon_clear either way. */
bool bp_colophon_read(const char *bytes, size_t length, bp_colophon *colophon, bp_error *err);

/* Appends a text as JSON writes it, with its quotes; what is not UTF-8 becomes U+FFFD. False when
 * memory is refused. */
bool bp_json_put_text(bp_buf *out, const char *text);

#endif
