/* The last pass over a finished PDF, through libqpdf: for what the whole file must be there, where
 * all else is written as it is made. */
#ifndef BP_PDF_REWRITE_H
#define BP_PDF_REWRITE_H

#include "base/buf.h"
#include "base/error.h"

/* What a reader who has only the user's password may do; reading aloud is always allowed. */
typedef enum {
    BP_PERMIT_PRINT = 1,
    BP_PERMIT_COPY = 2,     /* Text and pictures. */
    BP_PERMIT_ANNOTATE = 4, /* Notes, and filling in forms. */
    BP_PERMIT_ASSEMBLE = 8, /* Adding, taking out and turning pages. */
    BP_PERMIT_CHANGE = 16   /* All else. */
} bp_permission;

#define BP_PASSWORD_BYTES_MOST 127 /* What AES-256 takes of a password. */

/* Encryption by AES-256 (PDF 2.0, revision 6). Passwords are UTF-8. */
typedef struct {
    const char *user_password;  /* Opens the file; "" or NULL: no password is needed to. */
    const char *owner_password; /* Lifts the bounds on what may be done; NULL: nobody has it. */
    unsigned permissions;       /* Of bp_permission. */
} bp_encryption;

typedef struct {
    bool is_linear; /* The first page can be shown before the rest is there. */
    bool is_plain;  /* No object streams: objects are numbered in the order they are met from the
                     * catalog on, whatever numbers they had. */
    const bp_encryption *encryption; /* NULL: none. The same input then gives other bytes each time:
                                      * keys and salts are drawn by lot. */
} bp_rewrite_options;

/* Checks passwords: UTF-8, not too long, at least one of them. */
bool bp_encryption_check(const bp_encryption *encryption, bp_error *err);

/* Appends the PDF to `out` in another form; its compressed streams stay as they are. Fails when
 * memory is refused (libqpdf allocates beside our own budget), libqpdf is missing or finds anything
 * wrong. */
bool bp_rewrite(const bp_buf *pdf, const bp_rewrite_options *options, bp_buf *out, bp_error *err);

#endif
