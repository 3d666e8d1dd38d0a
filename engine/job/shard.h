/* Shards: a batch is cut into N parts for as many processes, on one machine or on many, which know
 * nothing of each other. A row is in exactly one shard, and which one depends on its id alone:
 *
 *     the first eight bytes of the SHA-256 of the id, as a big-endian number, modulo N, plus one
 *
 * so a row that is put in or taken out moves no other, what a shard has made before still fits
 * (--resume), and an id that stands there twice meets itself in one shard. Dealing rows out by
 * their number would fill shards evenly; the hash leaves the fullest shard with one to three times
 * the square root of its share more than that share (1,748 rows over 8 shards: 236 rows instead of
 * 219; 50,000 over 64: 855 instead of 782), which is some tenths of a second of work, where a
 * renumbered register is made anew as a whole. */
#ifndef BP_JOB_SHARD_H
#define BP_JOB_SHARD_H

#include "base/error.h"

#define BP_SHARD_MOST 1000000 /* Shards that a batch can be cut into. */

/* One part of a batch; {0} is the whole. */
typedef struct {
    size_t number;      /* From 1 to `count`. */
    size_t count;       /* 0: not cut. */
    const char *origin; /* Who said so: "--shard", "a Slurm array" ... Static; NULL: nobody. */
} bp_shard;

/* Reads "K/N", "auto" or "auto/N". "auto" asks whoever started this process:
 *
 * - a Slurm array: SLURM_ARRAY_TASK_ID with _MIN, _MAX, _STEP and _COUNT, wherever it begins;
 * - a Kubernetes Indexed Job: JOB_COMPLETION_INDEX, from 0; it does not tell how many there are;
 * - MPI: OMPI_COMM_WORLD_RANK and _SIZE, or PMI_RANK and PMI_SIZE, from 0;
 * - tasks of srun: SLURM_PROCID and SLURM_STEP_NUM_TASKS (or SLURM_NTASKS), from 0;
 * - GNU parallel: PARALLEL_SEQ, from 1; it does not tell how many there are.
 *
 * The last three may be inside one of the first two, except GNU parallel: then each part of the
 * outer one is cut again. How many shards there are is "auto/N", otherwise BRIEFPRESS_SHARD_COUNT;
 * where the starter tells, the two must agree, so that no row is forgotten. BP_ERR_USAGE where
 * nothing is found or it does not make sense; the message names what was looked for. */
bool bp_shard_read(const char *text, bp_shard *shard, bp_error *err);

/* Whether the row of this id belongs to the shard. Rows without an id (NULL or "") go by their
 * number, as if it were the id. */
bool bp_shard_takes(const bp_shard *shard, const char *id, size_t row);

#endif
