/* Shards: which one a process is, by what each starter tells it, and which rows are its own. */
#include "../base/suite.h"
#include "job/shard.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *text;
    size_t number, count; /* 0: refused. */
    const char *message;
} given[] = {
    {"1/1", 1, 1, NULL},
    {"1/8", 1, 8, NULL},
    {"8/8", 8, 8, NULL},
    {"008/8", 8, 8, NULL},
    {"1000000/1000000", 1000000, 1000000, NULL},
    {"0/8", 0, 0, "did you mean 1/8?"},
    {"9/8", 0, 0, "did you mean 8/8?"},
    {"1/0", 0, 0, "a shard is K/N"},
    {"1/1000001", 0, 0, "a shard is K/N"},
    {"1/18446744073709551617", 0, 0, "a shard is K/N"},
    {"18446744073709551617/2", 0, 0, "a shard is K/N"},
    {"", 0, 0, "a shard is K/N"},
    {"/", 0, 0, "a shard is K/N"},
    {"1", 0, 0, "a shard is K/N"},
    {"1/", 0, 0, "a shard is K/N"},
    {"/8", 0, 0, "a shard is K/N"},
    {"-1/8", 0, 0, "a shard is K/N"},
    {"+1/8", 0, 0, "a shard is K/N"},
    {" 1/8", 0, 0, "a shard is K/N"},
    {"1/8 ", 0, 0, "a shard is K/N"},
    {"1/8/2", 0, 0, "a shard is K/N"},
    {"1.0/8", 0, 0, "a shard is K/N"},
    {"Auto", 0, 0, "a shard is K/N"},
    {"auto/", 0, 0, "a shard is K/N"},
    {"auto/0", 0, 0, "a shard is K/N"},
    {"auto/x", 0, 0, "a shard is K/N"},
    {"automatic", 0, 0, "a shard is K/N"},
};

START_TEST(numbers_are_read_strictly)
{
    bp_shard shard = {0};
    bp_error err = {0};
    bool ok = bp_shard_read(given[_i].text, &shard, &err);
    ck_assert_int_eq(ok, given[_i].message == NULL);
    ck_assert_uint_eq(shard.number, given[_i].number);
    ck_assert_uint_eq(shard.count, given[_i].count);
    if (ok) {
        ck_assert_str_eq(shard.origin, "--shard");
    } else {
        ck_assert_int_eq(err.code, BP_ERR_USAGE);
        ck_assert_ptr_nonnull(strstr(err.text, given[_i].message));
    }
}
END_TEST

/* Each variable that is looked at. */
static const char *const looked_at[] = {"SLURM_JOB_ID",
                                        "SLURM_ARRAY_TASK_ID",
                                        "SLURM_ARRAY_TASK_MIN",
                                        "SLURM_ARRAY_TASK_MAX",
                                        "SLURM_ARRAY_TASK_STEP",
                                        "SLURM_ARRAY_TASK_COUNT",
                                        "SLURM_STEP_ID",
                                        "SLURM_STEP_NUM_TASKS",
                                        "SLURM_PROCID",
                                        "SLURM_NTASKS",
                                        "JOB_COMPLETION_INDEX",
                                        "OMPI_COMM_WORLD_RANK",
                                        "OMPI_COMM_WORLD_SIZE",
                                        "PMI_RANK",
                                        "PMI_SIZE",
                                        "PARALLEL_SEQ",
                                        "BRIEFPRESS_SHARD_COUNT"};

/* Sets the variables of "NAME=VALUE NAME=VALUE", and no other. */
static void set_environment(const char *text)
{
    for (size_t i = 0; i < sizeof looked_at / sizeof looked_at[0]; i++)
        unsetenv(looked_at[i]);
    char copy[512];
    snprintf(copy, sizeof copy, "%s", text);
    char *rest = copy;
    for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        setenv(word, value, 1);
    }
}

#define ARRAY(id, first, last, step, count)                                                        \
    "SLURM_JOB_ID=77 SLURM_PROCID=0 SLURM_NTASKS=1 SLURM_ARRAY_TASK_ID=" id                        \
    " SLURM_ARRAY_TASK_MIN=" first " SLURM_ARRAY_TASK_MAX=" last " SLURM_ARRAY_TASK_STEP=" step    \
    " SLURM_ARRAY_TASK_COUNT=" count
#define STEP(id, rank, size)                                                                       \
    " SLURM_JOB_ID=77 SLURM_STEP_ID=" id " SLURM_PROCID=" rank " SLURM_STEP_NUM_TASKS=" size

static const struct {
    const char *environment, *text;
    size_t number, count; /* 0: refused. */
    const char *origin;   /* Or part of the message. */
} started[] = {
    /* Slurm arrays, from 0, from 1, from anywhere, in steps. */
    {ARRAY("0", "0", "7", "1", "8"), "auto", 1, 8, "a Slurm array"},
    {ARRAY("7", "0", "7", "1", "8"), "auto", 8, 8, "a Slurm array"},
    {ARRAY("1", "1", "8", "1", "8"), "auto", 1, 8, "a Slurm array"},
    {ARRAY("8", "1", "8", "1", "8"), "auto/8", 8, 8, "a Slurm array"},
    {ARRAY("5", "5", "5", "1", "1"), "auto", 1, 1, "a Slurm array"},
    {ARRAY("100", "100", "130", "10", "4"), "auto", 1, 4, "a Slurm array"},
    {ARRAY("130", "100", "130", "10", "4"), "auto", 4, 4, "a Slurm array"},
    {ARRAY("4", "0", "7", "4", "2"), "auto", 2, 2, "a Slurm array"}, /* 0-7:4 ends at 4. */
    {"SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=3 SLURM_ARRAY_TASK_COUNT=3",
     "auto", 2, 3, "a Slurm array"},
    /* Arrays with holes cannot tell. */
    {ARRAY("7", "1", "7", "1", "3"), "auto", 0, 0, "--shard $SLURM_ARRAY_TASK_ID/N"},
    {ARRAY("1", "1", "7", "1", "3"), "auto/3", 0, 0, "--shard $SLURM_ARRAY_TASK_ID/N"},
    {ARRAY("3", "2", "6", "2", "3"), "auto", 0, 0, "cannot be told"},
    {ARRAY("1", "2", "6", "2", "3"), "auto", 0, 0, "cannot be told"},
    {ARRAY("8", "2", "6", "2", "3"), "auto", 0, 0, "cannot be told"},
    {ARRAY("1", "1", "8", "0", "8"), "auto", 0, 0, "cannot be told"},
    {ARRAY("3", "3", "5", "1", "3"), "auto/8", 0, 0,
     "8 shards are wanted, but a Slurm array has 3"},
    {ARRAY("x", "1", "8", "1", "8"), "auto", 0, 0, "SLURM_ARRAY_TASK_ID is \"x\""},
    {ARRAY("1", "1", "8", "-1", "8"), "auto", 0, 0, "SLURM_ARRAY_TASK_STEP is \"-1\""},
    {ARRAY("1", "1", "99999999", "1", "99999999"), "auto", 0, 0, "more than 1000000"},
    {ARRAY("1", "1", "999999999", "1", "999999999"), "auto", 0, 0, "is no number"},
    {"SLURM_ARRAY_TASK_ID=1", "auto", 0, 0, "SLURM_ARRAY_TASK_MIN is not set"},
    {ARRAY("1", "1", "8", "1", "8") " BRIEFPRESS_SHARD_COUNT=9", "auto", 0, 0, "9 shards"},
    {ARRAY("1", "1", "8", "1", "8") " BRIEFPRESS_SHARD_COUNT=9", "auto/8", 1, 8, "a Slurm array"},
    /* Tasks of srun; and the script of a job, which is none. */
    {STEP("0", "0", "4"), "auto", 1, 4, "srun"},
    {STEP("3", "3", "4"), "auto/4", 4, 4, "srun"},
    {"SLURM_JOB_ID=77 SLURM_STEP_ID=0 SLURM_PROCID=1 SLURM_NTASKS=2", "auto", 2, 2, "srun"},
    {STEP("0", "4", "4"), "auto", 0, 0, "SLURM_PROCID is 4, but SLURM_STEP_NUM_TASKS is 4"},
    {STEP("0", "0", "0"), "auto", 0, 0, "SLURM_STEP_NUM_TASKS is 0"},
    {STEP("0", "0", "4"), "auto/8", 0, 0, "8 shards are wanted, but srun has 4"},
    {"SLURM_JOB_ID=77 SLURM_PROCID=0 SLURM_NTASKS=4", "auto", 0, 0, "--array=1-N"},
    /* Each part of an array is cut again by the tasks in it. */
    {ARRAY("2", "1", "3", "1", "3") STEP("0", "1", "4"), "auto", 6, 12, "a Slurm array"},
    {ARRAY("3", "1", "3", "1", "3") STEP("0", "3", "4"), "auto/12", 12, 12, "a Slurm array"},
    {ARRAY("3", "1", "3", "1", "3") STEP("0", "3", "4"), "auto/3", 0, 0, "has 12"},
    {ARRAY("2", "1", "3", "1", "3") STEP("0", "0", "1"), "auto", 2, 3, "a Slurm array"},
    /* Kubernetes counts from 0 and does not tell how many. */
    {"JOB_COMPLETION_INDEX=0", "auto/8", 1, 8, "a Kubernetes Indexed Job"},
    {"JOB_COMPLETION_INDEX=7 BRIEFPRESS_SHARD_COUNT=8", "auto", 8, 8, "a Kubernetes Indexed Job"},
    {"JOB_COMPLETION_INDEX=7", "auto", 0, 0, "set BRIEFPRESS_SHARD_COUNT"},
    {"JOB_COMPLETION_INDEX=8", "auto/8", 0, 0, "number 9 of a Kubernetes Indexed Job"},
    {"JOB_COMPLETION_INDEX=x", "auto/8", 0, 0, "JOB_COMPLETION_INDEX is \"x\""},
    {"JOB_COMPLETION_INDEX=1 BRIEFPRESS_SHARD_COUNT=0", "auto", 0, 0, "SHARD_COUNT is 0"},
    {"JOB_COMPLETION_INDEX=1 BRIEFPRESS_SHARD_COUNT=eight", "auto", 0, 0, "\"eight\""},
    {"JOB_COMPLETION_INDEX=1 OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2", "auto/8", 4, 8,
     "a Kubernetes Indexed Job"},
    {"JOB_COMPLETION_INDEX=1 OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=3", "auto/8", 0, 0,
     "8 shards are wanted"},
    /* MPI; srun may have started one process a node for it. */
    {"OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=4", "auto", 1, 4, "MPI"},
    {"PMI_RANK=3 PMI_SIZE=4", "auto", 4, 4, "MPI"},
    {"OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4" STEP("0", "0", "1"), "auto", 4, 4, "MPI"},
    {"PMI_RANK=3", "auto", 0, 0, "PMI_SIZE is not set"},
    /* GNU parallel counts from 1 and does not tell how many. */
    {"PARALLEL_SEQ=1", "auto/8", 1, 8, "GNU parallel"},
    {"PARALLEL_SEQ=8 BRIEFPRESS_SHARD_COUNT=8", "auto", 8, 8, "GNU parallel"},
    {"PARALLEL_SEQ=8", "auto", 0, 0, "--shard auto/N"},
    {"PARALLEL_SEQ=9", "auto/8", 0, 0, "number 9 of GNU parallel, but there are 8 shards"},
    {"PARALLEL_SEQ=0", "auto/8", 0, 0, "counts from 1"},
    {"PARALLEL_SEQ=2 JOB_COMPLETION_INDEX=0", "auto/8", 0, 0, "and by GNU parallel"},
    {"PARALLEL_SEQ=2 " ARRAY("1", "1", "8", "1", "8"), "auto/8", 0, 0, "and by GNU parallel"},
    /* Nobody. A variable that is empty is none. */
    {"", "auto", 0, 0, "SLURM_ARRAY_TASK_ID, SLURM_PROCID"},
    {"", "auto/8", 0, 0, "JOB_COMPLETION_INDEX"},
    {"JOB_COMPLETION_INDEX= BRIEFPRESS_SHARD_COUNT=8", "auto", 0, 0, "PARALLEL_SEQ"},
    /* What is said stands, whoever started this. */
    {ARRAY("1", "1", "8", "1", "8"), "3/5", 3, 5, "--shard"},
};

START_TEST(starters_are_understood)
{
    set_environment(started[_i].environment);
    bp_shard shard = {0};
    bp_error err = {0};
    bool ok = bp_shard_read(started[_i].text, &shard, &err);
    ck_assert_msg(ok == (started[_i].count != 0), "%s: %s", started[_i].environment, err.text);
    ck_assert_uint_eq(shard.number, started[_i].number);
    ck_assert_uint_eq(shard.count, started[_i].count);
    if (ok) {
        ck_assert_str_eq(shard.origin, started[_i].origin);
    } else {
        ck_assert_int_eq(err.code, BP_ERR_USAGE);
        ck_assert_msg(strstr(err.text, started[_i].origin) != NULL, "%s", err.text);
    }
}
END_TEST

START_TEST(every_row_is_in_exactly_one_shard)
{
    size_t count = (size_t)_i;
    for (size_t row = 1; row <= 175; row++) {
        char id[32];
        snprintf(id, sizeof id, "ent-%04zu", row);
        size_t taken = 0, taken_without_id = 0;
        for (size_t k = 1; k <= count; k++) {
            bp_shard shard = {k, count, NULL};
            taken += bp_shard_takes(&shard, id, row);
            taken_without_id += bp_shard_takes(&shard, NULL, row);
        }
        ck_assert_uint_eq(taken, 1);
        ck_assert_uint_eq(taken_without_id, 1);
    }
}
END_TEST

START_TEST(the_whole_takes_every_row)
{
    bp_shard whole = {0};
    ck_assert(bp_shard_takes(&whole, "x", 1));
    ck_assert(bp_shard_takes(&whole, NULL, 0));
}
END_TEST

START_TEST(a_row_stays_in_its_shard_wherever_it_stands)
{
    for (size_t k = 1; k <= 8; k++) {
        bp_shard shard = {k, 8, NULL};
        ck_assert_int_eq(bp_shard_takes(&shard, "Ärzte", 1), bp_shard_takes(&shard, "Ärzte", 999));
        /* Without an id, the number is the id. */
        ck_assert_int_eq(bp_shard_takes(&shard, "", 42), bp_shard_takes(&shard, "42", 7));
    }
}
END_TEST

/* Results of shards are kept from one version of the program to the next, and other programs may
 * have to tell where a row went: int.from_bytes(sha256(id).digest()[:8], "big") % N + 1. */
START_TEST(the_rule_is_the_one_that_is_written_down)
{
    static const struct {
        const char *id;
        size_t of_8, of_7;
    } rule[] = {{"1", 2, 3}, {"2", 7, 4}, {"ent-0042", 3, 2}, {"北京", 7, 3}};
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++) {
        bp_shard of_8 = {rule[i].of_8, 8, NULL}, of_7 = {rule[i].of_7, 7, NULL};
        ck_assert_msg(bp_shard_takes(&of_8, rule[i].id, 0), "%s", rule[i].id);
        ck_assert_msg(bp_shard_takes(&of_7, rule[i].id, 0), "%s", rule[i].id);
    }
}
END_TEST

START_TEST(shards_are_filled_alike)
{
    for (size_t k = 1; k <= 8; k++) {
        bp_shard shard = {k, 8, NULL};
        size_t rows = 0;
        for (size_t row = 1; row <= 17480; row++)
            rows += bp_shard_takes(&shard, NULL, row);
        ck_assert_uint_gt(rows, 2185 - 3 * 47);
        ck_assert_uint_lt(rows, 2185 + 3 * 47);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("shard");
    tcase_add_loop_test(tests, numbers_are_read_strictly, 0, sizeof given / sizeof given[0]);
    tcase_add_loop_test(tests, starters_are_understood, 0, sizeof started / sizeof started[0]);
    tcase_add_loop_test(tests, every_row_is_in_exactly_one_shard, 1, 65);
    tcase_add_test(tests, the_whole_takes_every_row);
    tcase_add_test(tests, a_row_stays_in_its_shard_wherever_it_stands);
    tcase_add_test(tests, the_rule_is_the_one_that_is_written_down);
    tcase_add_test(tests, shards_are_filled_alike);
    return run_suite("shard", tests);
}
