/* What the files of the reader share: the open file, its handles, streams. */
#ifndef BP_PDF_READER_PRIVATE_H
#define BP_PDF_READER_PRIVATE_H

#include "pdf/qpdf_private.h"
#include "pdf/reader.h"

struct bp_reader {
    const bp_qpdf *q;
    qpdf_data file;
    const char *name; /* For messages; owned. */
    size_t length;    /* Of the file, in bytes. */
    bp_reader_summary about;
    bp_buf texts;       /* Of char *: all texts of the two below, owned. */
    bp_buf attachments; /* Of bp_attachment_info. */
    bp_buf pages;       /* Of unsigned long long: what bp_reader_id answers; 0: a direct object. */
    /* Texts met last, by the object they are: a long one may be named by a thousand files. */
    struct {
        unsigned long long id;
        const char *text;
    } met[64];
};

/* A handle on an object; given back by bp_reader_drop, or all at once by bp_reader_drop_all. Each
 * function takes any handle and answers 0 where the object is of another type or damaged. */
qpdf_oh bp_reader_key(const bp_reader *reader, qpdf_oh dictionary, const char *key);
qpdf_oh bp_reader_item(const bp_reader *reader, qpdf_oh array, int i);
/* Items of an array; 0 for anything else. */
int bp_reader_items(const bp_reader *reader, qpdf_oh array);
void bp_reader_drop(const bp_reader *reader, qpdf_oh handle);
void bp_reader_drop_all(const bp_reader *reader);
enum qpdf_object_type_e bp_reader_type(const bp_reader *reader, qpdf_oh handle);
/* Number and generation as one number; 0: a direct object. */
unsigned long long bp_reader_id(const bp_reader *reader, qpdf_oh handle);

/* A text or name as a copy in `texts`, without the slash of a name, "" for anything else; NULL
 * where memory is refused. */
const char *bp_reader_text(bp_reader *reader, qpdf_oh handle, bp_error *err);
const char *bp_reader_keep(bp_reader *reader, const char *bytes, size_t length, bp_error *err);

/* Forgets the library's last error, unless it tells of memory: then false. */
bool bp_reader_settle(const bp_reader *reader, bp_error *err);
/* Fails with the library's last error. */
bool bp_reader_fail(const bp_reader *reader, const char *what, bp_error *err);

/* reader_stream.c: the bytes of a stream, its filters undone, at most `most` of them; `what` is it
 * in messages. */
bool bp_reader_stream(const bp_reader *reader, qpdf_oh stream, const char *what, size_t most,
                      bp_buf *out, bp_error *err);

/* The same as it is stored, but decrypted. */
bool bp_reader_stored(const bp_reader *reader, qpdf_oh stream, bp_buf *out, bp_error *err);

/* reader_pages.c: fills `pages`. */
bool bp_reader_find_pages(bp_reader *reader, qpdf_oh root, bp_error *err);
/* The object of an identifier. */
qpdf_oh bp_reader_object(const bp_reader *reader, unsigned long long id);

/* The page that leads to an object into `page`, and that it is its content into
 * `kind`. */
bool bp_reader_page_of(const bp_reader *reader, qpdf_oh object, bp_difference *out, bp_error *err);

/* reader_files.c: fills `attachments`. */
bool bp_reader_find_files(bp_reader *reader, bp_error *err);

/* Numbers that were met, for loops and doubles; begins as {0}. */
typedef struct {
    unsigned long long *slots; /* 0: free. */
    size_t count, capacity;
} bp_met;

/* Adds a number, which is not 0. `*is_new` tells whether it was not there. False: memory. */
bool bp_met_add(bp_met *met, unsigned long long number, bool *is_new);
void bp_met_clear(bp_met *met);

#endif
