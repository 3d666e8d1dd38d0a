/* What a rendering read of the disk: files with their content, folders with the names in them, and
 * what it looked for and did not find. Held against the disk later it says whether the same
 * rendering would come out again. Reading and mapping files note themselves (file.h); who lists
 * folders or only looks whether something is there says so here.
 *
 * Notes are taken where somebody asked for them, once in a process at a time; elsewhere each costs
 * one comparison. */
#ifndef BP_BASE_READS_H
#define BP_BASE_READS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct stat;

typedef enum {
    BP_READ_FILE,     /* Its content matters. */
    BP_READ_FOLDER,   /* The names in it matter, but for hidden ones. */
    BP_READ_PRESENT,  /* That it can be read matters, not what is in it. */
    BP_READ_ABSENT,   /* That it cannot be read matters. */
    BP_READ_LINK,     /* What it leads to matters; the hash is that of the canonical path. */
    BP_READ_VARIABLE, /* Of the environment: `path` is its name, the hash that of its value. */
    BP_READ_KINDS
} bp_read_kind;

/* What tells one state of a file from another without reading it. Times are nanoseconds since 1970,
 * those of years that do not fit the nearest that does. Marks are compared for equality alone, so
 * that no jump of the clock makes two states look like one. */
typedef struct {
    uint64_t size, device, inode;
    int64_t modified, changed; /* st_mtim and st_ctim, which nobody can set. */
} bp_file_mark;

/* Nanoseconds since 1970 by the clock on the wall, to compare with times of files. */
int64_t bp_reads_now(void);

bp_file_mark bp_file_mark_of(const struct stat *status);
bool bp_file_mark_equal(const bp_file_mark *a, const bp_file_mark *b);
/* True where the file was at rest when it was seen at `seen` (nanoseconds since 1970): a change
 * after that cannot have the same times. Clocks of file systems count by up to two seconds. */
bool bp_file_mark_is_settled(const bp_file_mark *mark, int64_t seen);

typedef struct {
    bp_read_kind kind;
    bool has_hash;
    bp_file_mark mark; /* Of files and folders; else zero. */
    unsigned char hash[32];
    char *path; /* Absolute, links in it not followed. Owned by the list. */
} bp_read;

/* A list begins as {0}. */
typedef struct {
    bp_buf items; /* Of bp_read. */
} bp_reads;
void bp_reads_clear(bp_reads *reads);
size_t bp_reads_count(const bp_reads *reads);
bp_read *bp_reads_at(const bp_reads *reads, size_t i); /* Lent. */
/* Adds a copy. False when memory is refused. */
bool bp_reads_add(bp_reads *reads, const bp_read *read);
/* Adds what a log holds, of which nothing is believed: false where it makes no sense or memory is
 * refused. */
bool bp_reads_add_log(bp_reads *reads, const char *bytes, size_t length);
/* Orders them by kind and path and leaves one of those that are the same. Of two that differ the
 * first stays, without its hash: the file changed while it was read. */
void bp_reads_sort(bp_reads *reads);

/* From now on what is read is noted in `log`, which must last until the end. A forked child goes on
 * with its copy. */
void bp_reads_begin(bp_buf *log);
/* Ends it. A log that could not take all is empty. */
void bp_reads_end(void);
bool bp_reads_is_on(void);
/* The log that is being written; NULL where there is none, or it could not take all. Lent. */
bp_buf *bp_reads_log(void);

/* A file that was read: with its content, or NULL where that is to be hashed later. */
void bp_reads_note_file(const char *path, const struct stat *status, const void *bytes,
                        size_t length);
/* A folder whose names will be read: call it before. */
void bp_reads_note_folder(const char *path);
/* Something that was looked for. */
void bp_reads_note_look(const char *path, bool is_there);
/* A name that led to the canonical path `real`, which is read under that name. */
void bp_reads_note_link(const char *path, const char *real);
/* A variable of the environment and its value, NULL where it has none. */
void bp_reads_note_variable(const char *name, const char *value);

/* Hashes a plain file of at most `most` bytes and marks it. False where it is none, cannot be read,
 * is larger, or changes meanwhile. Waits for nobody: a FIFO is not opened for long. */
bool bp_file_print(const char *path, uint64_t most, bp_file_mark *mark, unsigned char hash[32]);
/* Hashes the names in a folder and marks it. False where it cannot be read or holds too many. */
bool bp_folder_print(const char *path, bp_file_mark *mark, unsigned char hash[32]);
/* The hash of a variable's value, or of what a link leads to; NULL: it has none. */
void bp_value_print(const char *value, unsigned char hash[32]);

#endif
