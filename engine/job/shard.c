/* Which part of a batch is this process's: see shard.h. Every starter tells in its own way; a wrong
 * guess would leave rows out in silence, so what does not fit together is refused. */
#include "job/shard.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define NUMBER_MOST 100000000 /* Slurm numbers tasks up to 4,000,000, in steps. */

/* What one starter said. */
typedef struct {
    size_t at;    /* From 0. */
    size_t count; /* 0: it does not tell. */
    const char *origin;
} part;

/* Digits alone, up to `most`; answers what follows them, or NULL. */
static const char *read_digits(const char *text, size_t most, size_t *value)
{
    size_t sum = 0;
    if (*text < '0' || *text > '9')
        return NULL;
    for (; *text >= '0' && *text <= '9'; text++) {
        sum = sum * 10 + (size_t)(*text - '0');
        if (sum > most)
            return NULL;
    }
    *value = sum;
    return text;
}

/* The text of a variable; NULL where it is not set or empty. */
static const char *variable(const char *name)
{
    const char *text = getenv(name);
    return text != NULL && *text != '\0' ? text : NULL;
}

/* The number in a variable that has to be there. */
static bool number_in(const char *name, size_t *value, bp_error *err)
{
    const char *text = variable(name);
    if (text == NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL, "--shard auto: %s is not set; give --shard K/N",
                       name);
    const char *end = read_digits(text, NUMBER_MOST, value);
    if (end == NULL || *end != '\0')
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: %s is \"%s\", which is no number; give --shard K/N", name,
                       text);
    return true;
}

/* A number from 0 and how many there are, each in a variable. */
static bool read_rank(const char *rank, const char *size, part *out, bp_error *err)
{
    if (!number_in(rank, &out->at, err) || !number_in(size, &out->count, err))
        return false;
    if (out->at >= out->count)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: %s is %zu, but %s is %zu; give --shard K/N", rank, out->at,
                       size, out->count);
    return true;
}

/* An array may begin anywhere and go in steps. One that leaves tasks out, as when some are sent
 * again by their numbers, cannot tell which part of the whole each of them was. */
static bool read_slurm_array(part *out, bp_error *err)
{
    size_t id = 0, first = 0, last = 0, step = 1;
    if (!number_in("SLURM_ARRAY_TASK_ID", &id, err) ||
        !number_in("SLURM_ARRAY_TASK_MIN", &first, err) ||
        !number_in("SLURM_ARRAY_TASK_MAX", &last, err) ||
        !number_in("SLURM_ARRAY_TASK_COUNT", &out->count, err))
        return false;
    if (variable("SLURM_ARRAY_TASK_STEP") != NULL &&
        !number_in("SLURM_ARRAY_TASK_STEP", &step, err))
        return false;
    if (step == 0 || id < first || id > last || (id - first) % step != 0 ||
        (last - first) / step + 1 != out->count)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: the Slurm array has %zu tasks from %zu to %zu in steps of "
                       "%zu, and this is %zu, so which part it is cannot be told; give --shard "
                       "$SLURM_ARRAY_TASK_ID/N",
                       out->count, first, last, step, id);
    out->at = (id - first) / step;
    return true;
}

/* Who numbers whole jobs. */
static bool read_outer(part *out, bp_error *err)
{
    if (variable("SLURM_ARRAY_TASK_ID") != NULL) {
        out->origin = "a Slurm array";
        return read_slurm_array(out, err);
    }
    if (variable("JOB_COMPLETION_INDEX") != NULL) {
        out->origin = "a Kubernetes Indexed Job";
        return number_in("JOB_COMPLETION_INDEX", &out->at, err);
    }
    return true;
}

/* Who numbers processes inside a job. MPI goes before srun, which may have started but one process
 * a node, for mpirun. The script of a Slurm job has the numbers of a task, too, but is one process
 * alone: only where there is a step have they been given to each. */
static bool read_inner(part *out, bp_error *err)
{
    if (variable("OMPI_COMM_WORLD_RANK") != NULL) {
        out->origin = "MPI";
        return read_rank("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", out, err);
    }
    if (variable("PMI_RANK") != NULL) {
        out->origin = "MPI";
        return read_rank("PMI_RANK", "PMI_SIZE", out, err);
    }
    if (variable("SLURM_STEP_ID") != NULL && variable("SLURM_PROCID") != NULL) {
        out->origin = "srun";
        return read_rank("SLURM_PROCID",
                         variable("SLURM_STEP_NUM_TASKS") != NULL ? "SLURM_STEP_NUM_TASKS"
                                                                  : "SLURM_NTASKS",
                         out, err);
    }
    if (variable("PARALLEL_SEQ") != NULL) {
        out->origin = "GNU parallel";
        if (!number_in("PARALLEL_SEQ", &out->at, err))
            return false;
        if (out->at == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "--shard auto: PARALLEL_SEQ is 0, but GNU parallel counts from 1; give "
                           "--shard K/N");
        out->at--;
    }
    return true;
}

static bool fail_nothing(bp_error *err)
{
    if (variable("SLURM_JOB_ID") != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: this Slurm job is no array (SLURM_ARRAY_TASK_ID) and no task "
                       "of srun (SLURM_STEP_ID); submit it with --array=1-N, or give --shard K/N");
    return bp_fail(err, BP_ERR_USAGE, NULL,
                   "--shard auto found nobody who numbers this process: no Slurm "
                   "(SLURM_ARRAY_TASK_ID, SLURM_PROCID), Kubernetes (JOB_COMPLETION_INDEX), MPI "
                   "(OMPI_COMM_WORLD_RANK, PMI_RANK) or GNU parallel (PARALLEL_SEQ); give --shard "
                   "K/N");
}

/* How many shards there have to be: "auto/N" goes before the variable. 0: nobody says. */
static bool read_wanted(size_t asked, size_t *wanted, bp_error *err)
{
    *wanted = asked;
    if (asked != 0 || variable("BRIEFPRESS_SHARD_COUNT") == NULL)
        return true;
    return number_in("BRIEFPRESS_SHARD_COUNT", wanted, err) &&
           (*wanted != 0 ||
            bp_fail(err, BP_ERR_USAGE, NULL, "--shard auto: BRIEFPRESS_SHARD_COUNT is 0"));
}

/* Gives the one of the two that does not tell how many it is what is left of `wanted`. */
static bool settle_counts(part *outer, part *inner, size_t wanted, bp_error *err)
{
    if (outer->origin != NULL && inner->origin != NULL && inner->count == 0)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: this process is numbered by %s and by %s; give --shard K/N",
                       outer->origin, inner->origin);
    if (outer->origin == NULL)
        outer->count = 1;
    if (inner->origin == NULL)
        inner->count = 1;
    part *open = outer->count == 0 ? outer : inner->count == 0 ? inner : NULL;
    if (open == NULL)
        return true;
    if (wanted == 0)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: %s does not tell how many processes there are; give --shard "
                       "auto/N, or set BRIEFPRESS_SHARD_COUNT",
                       open->origin);
    size_t others = open == outer ? inner->count : outer->count;
    open->count = wanted % others == 0 ? wanted / others : 1;
    return true;
}

/* `asked`: how many shards "auto/N" wants; 0: it does not say. */
static bool read_auto(size_t asked, bp_shard *shard, bp_error *err)
{
    part outer = {0}, inner = {0};
    size_t wanted = 0;
    if (!read_outer(&outer, err) || !read_inner(&inner, err))
        return false;
    if (outer.origin == NULL && inner.origin == NULL)
        return fail_nothing(err);
    if (!read_wanted(asked, &wanted, err) || !settle_counts(&outer, &inner, wanted, err))
        return false;
    const char *origin = outer.origin != NULL ? outer.origin : inner.origin;
    if (outer.count > BP_SHARD_MOST || inner.count > BP_SHARD_MOST / outer.count)
        return bp_fail(err, BP_ERR_USAGE, NULL, "--shard auto: more than %d shards", BP_SHARD_MOST);
    size_t count = outer.count * inner.count;
    if (wanted != 0 && count != wanted)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: %zu shards are wanted, but %s has %zu; rows would be left "
                       "out or made twice",
                       wanted, origin, count);
    if (outer.at >= outer.count || inner.at >= inner.count)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard auto: this is number %zu of %s, but there are %zu shards",
                       outer.at * inner.count + inner.at + 1, origin, count);
    *shard = (bp_shard){outer.at * inner.count + inner.at + 1, count, origin};
    return true;
}

bool bp_shard_read(const char *text, bp_shard *shard, bp_error *err)
{
    size_t number = 0, count = 0;
    if (strcmp(text, "auto") == 0)
        return read_auto(0, shard, err);
    bool is_auto = strncmp(text, "auto/", 5) == 0;
    const char *at = is_auto ? text + 4 : read_digits(text, BP_SHARD_MOST, &number);
    at = at != NULL && *at == '/' ? read_digits(at + 1, BP_SHARD_MOST, &count) : NULL;
    if (at == NULL || *at != '\0' || count == 0)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard \"%s\": a shard is K/N, auto or auto/N, with N from 1 to %d", text,
                       BP_SHARD_MOST);
    if (is_auto)
        return read_auto(count, shard, err);
    if (number == 0 || number > count)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--shard %s: shards are numbered from 1 to %zu; did you mean %zu/%zu?", text,
                       count, number == 0 ? 1 : count, count);
    *shard = (bp_shard){number, count, "--shard"};
    return true;
}

bool bp_shard_takes(const bp_shard *shard, const char *id, size_t row)
{
    if (shard->count <= 1)
        return true;
    char digits[24];
    if (id == NULL || *id == '\0') {
        snprintf(digits, sizeof digits, "%zu", row);
        id = digits;
    }
    bp_hash hash;
    unsigned char sum[32];
    bp_hash_init(&hash);
    bp_hash_add(&hash, id, strlen(id));
    bp_hash_end(&hash, sum);
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | sum[i];
    return value % shard->count + 1 == shard->number;
}
