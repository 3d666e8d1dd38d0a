/* Reading a PDF back, from bytes in memory: what it says about itself, the files it carries, and
 * where it differs from another.
 *
 * The bytes may mean harm. What is walked through here is bounded: loops, depth, counts, lengths
 * and what a stream inflates to. The library below (libqpdf) bounds neither its memory nor its
 * time, so a file from elsewhere is read in a process that may die of it (job/report.h). Objects
 * that are damaged count as missing, as other readers have it; `repairs` tells. */
#ifndef BP_PDF_READER_H
#define BP_PDF_READER_H

#include "base/buf.h"
#include "base/error.h"

typedef struct bp_reader bp_reader;

#define BP_READER_FILES_MOST 65536u /* Attachments; more are an error. */
#define BP_READER_TEXT_MOST 1024u   /* Bytes of one text; the rest is cut. */

/* What the file says about itself. All texts are UTF-8 without NUL, "" where it says nothing, and
 * lent by the reader. */
typedef struct {
    const char *version;                             /* "1.7" */
    const char *title, *author, *creator, *producer; /* Of the information dictionary. */
    const char *created;    /* As it is written there: "D:20220908000000Z". */
    const char *language;   /* Of the catalog: "en". */
    const char *standards;  /* What the XMP claims: "PDF/A-3a, PDF/UA-1". */
    const char *identifier; /* The permanent part of /ID, as hexadecimal digits. */
    size_t pages;           /* 0 where the tree of pages cannot be read. */
    bool is_encrypted;
    const char *repairs; /* The first thing that was wrong with the file's syntax; "" where it is
                          * sound. */
} bp_reader_summary;

/* One file that the PDF carries: in the name tree EmbeddedFiles, among the associated files (/AF)
 * of the catalog, or in both, which is once. Texts as above. The name is what the PDF says: it may
 * hold folders, "..", control characters. */
typedef struct {
    const char *name;
    const char *description;
    const char *mime;         /* "application/json" */
    const char *relationship; /* "Data", "Source" ...: /AFRelationship. */
    long long size_bytes;     /* What the PDF claims; -1: nothing. */
    int object, generation;   /* Of the stream that holds it. */
} bp_attachment_info;

/* Opens a PDF of `length` bytes, which must outlive the reader; `name` stands for the file in
 * messages, `password` (NULL: none) opens an encrypted one, as its user's or its owner's. NULL and
 * BP_ERR_INPUT where it is encrypted and the password does not open it, BP_ERR_DATA where it is no
 * PDF or too damaged, BP_ERR_MEMORY, BP_ERR_LIMIT for more attachments than are read. Yours to
 * free. */
bp_reader *bp_reader_open(const void *bytes, size_t length, const char *name, const char *password,
                          bp_error *err);
void bp_reader_free(bp_reader *reader);

/* Lent. */
const bp_reader_summary *bp_reader_about(const bp_reader *reader);

size_t bp_reader_attachment_count(const bp_reader *reader);
/* Lent; in the order of the name tree, then of /AF. */
const bp_attachment_info *bp_reader_attachment(const bp_reader *reader, size_t i);
/* The attachment named so, and its index in `*i` (may be NULL); NULL where there is none. */
const bp_attachment_info *bp_reader_attachment_find(const bp_reader *reader, const char *name,
                                                    size_t *i);
/* Appends its bytes to `out`, at most `most` of them: BP_ERR_LIMIT where there are more, however
 * few they were compressed to; BP_ERR_DATA where they are damaged. */
bool bp_reader_attachment_bytes(const bp_reader *reader, size_t i, size_t most, bp_buf *out,
                                bp_error *err);

#define BP_DIFFERENCE_TEXT 200

/* Where two PDFs differ. Texts are UTF-8 without control characters. */
typedef struct {
    size_t count; /* Objects that differ; 0: the contents are the same, however they are stored. */
    size_t objects; /* Objects there are, in the one that has more. */
    /* The number of the first that differs and does not only list others, if there is one; 0: the
     * trailer. */
    int object;
    char kind[32]; /* What it is: "content", "page", "font", "image", "structure element",
                    * "attachment", "metadata", "catalog" ... */
    char name[BP_DIFFERENCE_TEXT]; /* Of the attachment, the font; the structure element's type; "".
                                    */
    size_t page; /* The page it belongs to, or the first of them, from 1; 0: none. */
    char one[BP_DIFFERENCE_TEXT], other[BP_DIFFERENCE_TEXT]; /* From where they differ. */
} bp_difference;

/* Compares two PDFs object by object: dictionaries by what they hold, streams by their bytes with
 * the filters undone. False where that failed (BP_ERR_MEMORY, BP_ERR_LIMIT). */
bool bp_reader_compare(const bp_reader *one, const bp_reader *other, bp_difference *out,
                       bp_error *err);

/* The library below keeps its own memory. Where it is refused some, `handler` is called instead of
 * an attempt to go on, which may end the process without a word; it should not return. For
 * processes that do nothing else. False where that cannot be asked for. */
bool bp_reader_on_refusal(void (*handler)(void));

/* True where the bytes begin as a PDF does: "%PDF-" within the first 1,024. */
bool bp_reader_is_pdf(const void *bytes, size_t length);

#endif
