/* Files: reading whole ones, and publishing an output so that it appears whole or not at all. */
#ifndef BP_BASE_FILE_H
#define BP_BASE_FILE_H

#include "base/buf.h"
#include "base/error.h"

/* Reads all of `path` ("-" is standard input) and appends it to `out`. A folder, or more than
 * `limit` bytes (0: no limit), is an error: BP_ERR_INPUT, or BP_ERR_LIMIT for the size. EINTR is
 * retried. */
bool bp_file_read(const char *path, size_t limit, bp_buf *out, bp_error *err);

/* Opens `path` ("-" is standard input) to be read piece by piece; a folder is an error. `*size` is
 * 0 where there is none, as of a pipe. -1 on failure. Yours to close. */
int bp_file_open(const char *path, size_t *size, bp_error *err);

/* A read-only view of a whole file: mmap; `clear` ends it. The file must not shrink meanwhile
 * (fonts). */
typedef struct {
    const unsigned char *bytes;
    size_t size;
} bp_file_map;
bool bp_file_map_open(bp_file_map *map, const char *path, bp_error *err);
void bp_file_map_clear(bp_file_map *map);

/* An output that is being made: a temporary file in the target's folder, removed unless committed.
 */
typedef struct bp_output bp_output;

/* Creates the temporary file beside `path`. BP_ERR_CREATE where that is refused. A symbolic link at
 * `path` is followed, so that the link stays. The mode is that of the old file, else 0666 less the
 * umask. */
bp_output *bp_output_new(const char *path, bp_error *err);
/* The same for the file `name` in an open folder, of many: that they reach the disk is seen to by
 * who writes them, at the end (syncfs). `path` is it in messages. With `replaces` what is there, be
 * it a link, is replaced, which the commit refuses otherwise (BP_ERR_WRITE). */
bp_output *bp_output_new_in(int folder_fd, const char *name, const char *path, bool replaces,
                            bp_error *err);
/* True where `path` is written directly, without a temporary file: a device, a FIFO, a descriptor
 * (/dev/stdout). */
bool bp_output_is_direct(const char *path);
/* Writes all bytes; BP_ERR_WRITE (ENOSPC, EIO, EFBIG ...). */
bool bp_output_write(bp_output *output, const void *bytes, size_t length, bp_error *err);
/* fsync, checked close, rename, fsync of the folder. On failure the old file is untouched. */
bool bp_output_commit(bp_output *output, bp_error *err);
/* Ends it; removes the temporary file unless committed. NULL is fine. */
void bp_output_free(bp_output *output);
/* Removes the temporary file of every open output; async-signal-safe, for signal handlers. */
void bp_output_abandon_all(void);
/* Records that the output `path` cannot be created, with a hint for the errno `number`. Answers
 * false. */
bool bp_fail_create(bp_error *err, const char *path, int number);
/* The same for what cannot be read: BP_ERR_INPUT, or BP_ERR_SYSTEM where the system is at its end.
 */
bool bp_fail_read(bp_error *err, const char *path, int number);
/* Has the system begin to write what was written; then waits until it has reached the disk, which
 * the commit would do: for who has something else to do meanwhile. BP_ERR_WRITE. */
void bp_output_begin_sync(bp_output *output);
bool bp_output_sync(bp_output *output, bp_error *err);
/* Commits many at once: `errors[i]` says what became of
 * `outputs[i]` (BP_OK: it is in its place). The outputs are still to be freed. */
void bp_output_commit_all(bp_output *const *outputs, size_t count, bp_error *errors);
/* As many may be open at once for that. */
#define BP_OUTPUTS_MOST 64
/* Removes temporaries for `path`, or all in a folder, that runs which were killed have left. Those
 * of a run that lives are known by a lock. */
void bp_output_sweep(const char *path);
void bp_output_sweep_folder(const char *folder);

/* Writes all bytes to an open descriptor, retrying EINTR and short writes. `name` is for the
 * message. */
bool bp_file_write_all(int fd, const void *bytes, size_t length, const char *name, bp_error *err);

/* Paths, yours to free: `folder` + "/" + `name` (an absolute `name` stays); the folder of a path;
 * the canonical absolute path (realpath). NULL and `err` on failure. */
char *bp_path_join(const char *folder, const char *name, bp_error *err);
char *bp_path_folder(const char *path, bp_error *err);
char *bp_path_real(const char *path, bp_error *err);
/* What writing to `path` would reach: a symbolic link at its end followed, whether there is a file
 * or not. Yours to free. */
char *bp_path_target(const char *path, bp_error *err);
/* The hidden file that belongs to an output, beside what writing to it would reach:
 * "out/.r.pdf.lock" for "out/r.pdf" and the ending ".lock". Names near the longest allowed one (255
 * bytes) are cut, so that two of them may share it. Yours to free. */
char *bp_path_hidden(const char *output, const char *ending, bp_error *err);
/* The path from the root on, its links not followed. As it is where the working folder is gone.
 * Yours to free. */
char *bp_path_absolute(const char *path, bp_error *err);
/* Takes "." and ".." out of an absolute path by its words alone, in place. */
void bp_path_normalise(char *path);
/* True where the canonical `path` is `folder` or below it (both canonical). */
bool bp_path_is_below(const char *path, const char *folder);
/* Lent: the part after the last slash. */
const char *bp_path_name(const char *path);

#endif
