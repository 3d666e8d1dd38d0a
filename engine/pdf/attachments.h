/* Files that travel inside a PDF: associated files of the document, as PDF/A-3 and PDF 2.0 have
 * them, which every viewer lists among its attachments. */
#ifndef BP_PDF_ATTACHMENTS_H
#define BP_PDF_ATTACHMENTS_H

#include "pdf/document.h"

/* What a file is to the document (ISO 19005-3, Annex E). */
typedef enum {
    BP_RELATION_UNSPECIFIED,
    BP_RELATION_SOURCE, /* It was made from it. */
    BP_RELATION_DATA,   /* What its figures, tables and charts show. */
    BP_RELATION_SUPPLEMENT,
    BP_RELATION_ALTERNATIVE
} bp_relation;

typedef struct {
    const char *name;        /* UTF-8, without a path; each name once in a document. */
    const char *description; /* UTF-8; NULL: none. */
    const char *mime;        /* As "text/csv". */
    bp_relation relationship;
    const void *bytes; /* Lent for the call. */
    size_t length;
} bp_attachment;

#define BP_ATTACHMENT_NAME_MOST 255 /* Bytes. */

/* Adds a file to the document and writes it at once: its bytes are deflated, go to the document's
 * sink and are not held. Until the document is saved. BP_ERR_SCRIPT where the name is none, or was
 * given before. */
bool bp_document_attach(bp_document *document, const bp_attachment *attachment, bp_error *err);

/* Whether the standards that the document keeps allow files of any kind inside. */
bool bp_document_may_attach(const bp_document *document);

#endif
