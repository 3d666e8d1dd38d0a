/* What the files that publish outputs share. */
#ifndef BP_BASE_OUTPUT_PRIVATE_H
#define BP_BASE_OUTPUT_PRIVATE_H

#include "base/file.h"

#define BP_OUTPUT_NAME 256

struct bp_output {
    int fd, folder_fd; /* folder_fd -1: written directly. */
    bool can_sync;     /* The folder could be opened for reading, as fsync needs. */
    bool is_unsynced;  /* Somebody else has the file reach the disk. */
    bool is_synced;    /* It has reached the disk. */
    int unreached;     /* The errno that told it has not: the system tells once. */
    bool is_new;       /* What is there when it is committed must stay. */
    char temporary[BP_OUTPUT_NAME];
    char name[BP_OUTPUT_NAME];
    char *path; /* As the user gave it, for messages. */
    int slot;
};

/* fsync. Some file systems and all devices know none and say EINVAL, ENOTSUP or EROFS: nothing is
 * lost then. */
bool bp_output_is_synced(int fd);
/* Closes the file and puts it in its place, which the folder's fsync makes last. BP_ERR_WRITE. */
bool bp_output_place(bp_output *output, bp_error *err);
/* Takes the lock by which a temporary file is known to be somebody's. False: another has it. */
bool bp_output_hold(int fd);

#endif
