/* A crew of processes, seen from the parent: see crew.h. The parent runs no script and believes no
 * length: an answer that makes no sense, or comes where none was asked for, ends the process that
 * sent it. */
#include "job/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/job_private.h"
#include "job/report_data.h"

/* A process is replaced after so many renderings: what a library may leak stays bounded. */
#define RENDERINGS_MOST 2000

typedef enum {
    SLOT_EMPTY, /* No process. */
    SLOT_IDLE,
    SLOT_BUSY,  /* A rendering is under way. */
    SLOT_ENDED, /* Its outcome was given out, and is looked at. */
} slot_state;

typedef struct {
    slot_state state;
    pid_t pid;
    int channel, pdf, request;
    bp_buf answer;
    size_t tag, renderings;
    uint64_t started;
    bool is_spent;  /* To be replaced after this rendering. */
    bool has_ended; /* Without processes: the outcome is there already, below. */
} slot;

struct bp_crew {
    bp_job job;
    bp_report_data data;
    slot *slots;
    size_t size;
    bp_buf request;          /* Scratch. */
    bp_stock stock;          /* Without processes: the one that all use, */
    bool has_stock;          /* and whether it is open. */
    bp_crew_outcome outcome; /* Without processes: of the rendering that has ended. */
};

static void slot_close(slot *one)
{
    if (one->channel >= 0)
        close(one->channel);
    if (one->pdf >= 0)
        close(one->pdf);
    if (one->request >= 0)
        close(one->request);
    one->channel = one->pdf = one->request = -1;
}

/* Ends the process; answers its status. */
static int slot_end(slot *one)
{
    int status = 0;
    slot_close(one);
    if (one->pid > 0) {
        pid_t ended;
        (void)kill(one->pid, SIGKILL);
        do
            ended = waitpid(one->pid, &status, 0);
        while (ended < 0 && errno == EINTR);
        status = ended == one->pid ? status : 0;
    }
    one->pid = 0;
    one->answer.length = 0;
    one->renderings = 0;
    one->is_spent = false;
    one->state = SLOT_EMPTY;
    return status;
}

bp_crew *bp_crew_new(const bp_job *job, size_t size, bp_error *err)
{
    bp_crew *crew = bp_alloc_zero(1, sizeof *crew);
    size = job->no_fork ? 1 : size < 1 ? 1 : size > BP_CREW_MOST ? BP_CREW_MOST : size;
    if (crew != NULL)
        crew->slots = bp_alloc_zero(size, sizeof *crew->slots);
    if (crew == NULL || crew->slots == NULL) {
        bp_free(crew);
        bp_fail_memory(err);
        return NULL;
    }
    crew->size = size;
    for (size_t i = 0; i < size; i++)
        crew->slots[i].channel = crew->slots[i].pdf = crew->slots[i].request = -1;
    crew->job = *job;
    crew->job.output = crew->job.trace_file = NULL;
    crew->job.memory = crew->job.description = crew->job.files = NULL;
    bp_guard_begin();
    if (bp_report_data_unfold(job, &crew->data, err)) {
        if (crew->data.inputs.length != 0) {
            crew->job.inputs = BP_BUF_ITEMS(&crew->data.inputs, bp_data_input);
            crew->job.input_count = BP_BUF_COUNT(&crew->data.inputs, bp_data_input);
        }
        return crew;
    }
    bp_crew_free(crew);
    return NULL;
}

void bp_crew_free(bp_crew *crew)
{
    if (crew == NULL)
        return;
    for (size_t i = 0; i < crew->size; i++) {
        (void)slot_end(&crew->slots[i]);
        bp_buf_clear(&crew->slots[i].answer);
    }
    bp_guard_end();
    if (crew->has_stock)
        bp_stock_close(&crew->stock);
    bp_buf_clear(&crew->outcome.files);
    bp_faults_clear(&crew->outcome.findings);
    bp_report_data_clear(&crew->data);
    bp_buf_clear(&crew->request);
    bp_free(crew->slots);
    bp_free(crew);
}

static bool fail_start(bp_error *err, const char *what)
{
    return bp_fail(err, BP_ERR_SYSTEM, NULL, "%s: %s", what, strerror(errno));
}

static bool slot_fork(bp_crew *crew, slot *one, bp_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_start(err, "no channel for the worker");
    one->channel = ends[0];
    pid_t parent = getpid();
    bool ok =
        (one->pdf = bp_nameless_open(err)) >= 0 && (one->request = bp_nameless_open(err)) >= 0;
    pid_t pid = ok ? bp_guard_fork() : -1;
    if (pid == 0)
        bp_crew_live(&crew->job, (bp_crew_pipes){ends[1], one->pdf, one->request}, parent);
    if (ok && pid < 0)
        ok = fail_start(err, "cannot start the worker");
    if (pid > 0)
        bp_guard_reaped(); /* It dies with this process: the guard need not end it. */
    close(ends[1]);
    one->pid = pid > 0 ? pid : 0;
    if (!ok)
        (void)slot_end(one);
    else
        one->state = SLOT_BUSY; /* It opens the data and the fonts, and says so. */
    return ok;
}

/* Whether the whole answer is there. */
static bool slot_has_answer(const slot *one)
{
    size_t whole = bp_record_length(one->answer.bytes, one->answer.length);
    return whole != 0 && one->answer.length >= whole;
}

/* Reads what the process says. False where it says nothing more. */
static bool slot_listen(slot *one, bp_error *err)
{
    if (one->answer.length >= BP_RECORD_MOST)
        return bp_fail(err, BP_ERR_INTERNAL, NULL, "the worker's answer has no end");
    if (!bp_buf_reserve(&one->answer, BP_RECORD_RESERVED))
        return bp_fail_memory(err);
    ssize_t got;
    do
        got = recv(one->channel, one->answer.bytes + one->answer.length, BP_RECORD_RESERVED,
                   MSG_DONTWAIT);
    while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return true;
    one->answer.length += got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* Milliseconds until the rendering has taken too long; -1: never. */
static int slot_left_ms(const bp_crew *crew, const slot *one)
{
    double most = crew->job.limits.seconds;
    if (!(most > 0) || most > 1e6)
        return -1;
    double left = most + BP_GRACE_SECONDS - (double)(bp_clock_now() - one->started) / 1e9;
    return left <= 0 ? 0 : (int)(left * 1000) + 1;
}

/* Takes what came of the rendering out of the answer, or of there being none. */
static void slot_take(bp_crew *crew, slot *one, bool is_late, bp_crew_outcome *outcome)
{
    bool is_whole = one->answer.length != 0 &&
                    one->answer.length == bp_record_length(one->answer.bytes, one->answer.length);
    outcome->tag = one->tag;
    outcome->slot = (size_t)(one - crew->slots);
    outcome->result = (bp_job_result){.files = &outcome->files};
    uint64_t took = bp_clock_now() - one->started;
    if (is_whole && !is_late) {
        bp_error told = {0};
        if (!bp_record_read(one->answer.bytes, one->answer.length, &told, &outcome->result,
                            &outcome->findings)) {
            bp_fail(&outcome->err, BP_ERR_INTERNAL, crew->job.script.layout,
                    "the worker's answer makes no sense");
            one->is_spent = true;
        } else
            outcome->err = told;
    } else {
        bool was_there = outcome->err.code == BP_OK;
        int status = slot_end(one);
        if (was_there && is_late)
            bp_fail_late(&crew->job, &outcome->err);
        else if (was_there)
            bp_fail_death(&crew->job, status, &outcome->err);
    }
    switch (outcome->err.code) { /* After these a process may not be what it was. */
    case BP_ERR_INTERNAL:
    case BP_ERR_SYSTEM:
    case BP_ERR_MEMORY:
    case BP_ERR_LIMIT:
        one->is_spent = one->pid > 0;
        break;
    default:
        break;
    }
    one->answer.length = 0;
    outcome->result.rendering = took;
}

/* Listens to one process until it has answered, died or taken too long. */
static void slot_hear_out(bp_crew *crew, slot *one, bp_crew_outcome *outcome)
{
    bool is_late = false;
    while (!slot_has_answer(one) && !is_late && bp_guard_signal() == 0) {
        struct pollfd item = {.fd = one->channel, .events = POLLIN};
        if (poll(&item, 1, slot_left_ms(crew, one)) > 0 && !slot_listen(one, &outcome->err))
            break;
        is_late = !slot_has_answer(one) && slot_left_ms(crew, one) == 0;
    }
    slot_take(crew, one, is_late, outcome);
}

/* Moves faults into the list of another. */
static void tell(bp_faults *to, const bp_faults *from)
{
    for (size_t i = 0; to != NULL && i < bp_faults_count(from); i++) {
        const bp_fault *fault = bp_faults_at(from, i);
        bp_faults_add(to, fault->code, fault->place, "%s", fault->text);
    }
}

static bool slot_open(bp_crew *crew, slot *one, bp_faults *findings, bp_error *err)
{
    bp_crew_outcome outcome = {.fd = -1};
    one->started = bp_clock_now();
    if (!slot_fork(crew, one, err))
        return false;
    slot_hear_out(crew, one, &outcome);
    tell(findings, &outcome.findings);
    bool ok = outcome.err.code == BP_OK && bp_guard_signal() == 0;
    if (!ok) {
        (void)slot_end(one);
        if (bp_guard_signal() != 0)
            bp_fail(err, BP_ERR_SYSTEM, NULL, "interrupted by signal %d", bp_guard_signal());
        else if (err->code == BP_OK)
            *err = outcome.err;
    } else {
        one->state = SLOT_IDLE;
    }
    bp_buf_clear(&outcome.files);
    bp_faults_clear(&outcome.findings);
    return ok;
}

bool bp_crew_open(bp_crew *crew, bp_faults *findings, bp_error *err)
{
    if (!crew->job.no_fork)
        return crew->slots[0].state != SLOT_EMPTY ||
               slot_open(crew, &crew->slots[0], findings, err);
    bool ok = crew->has_stock ||
              bp_stock_open(&crew->job, !crew->job.no_attachments, &crew->stock, findings, err);
    if (ok && crew->slots[0].pdf < 0)
        ok = (crew->slots[0].pdf = bp_nameless_open(err)) >= 0;
    crew->has_stock = true; /* Or part of it, which is closed in the end. */
    return ok;
}

static slot *find_room(const bp_crew *crew)
{
    slot *empty = NULL;
    for (size_t i = 0; i < crew->size; i++) {
        slot *one = &crew->slots[i];
        if (one->state == SLOT_IDLE)
            return one;
        if (one->state == SLOT_EMPTY && empty == NULL)
            empty = one;
    }
    return empty;
}

bool bp_crew_has_room(const bp_crew *crew)
{
    return find_room(crew) != NULL;
}

size_t bp_crew_busy(const bp_crew *crew)
{
    size_t count = 0;
    for (size_t i = 0; i < crew->size; i++)
        count += crew->slots[i].state == SLOT_BUSY || crew->slots[i].state == SLOT_ENDED;
    return count;
}

/* The request lies in a file that both have open: a process that reads nothing blocks nobody. */
static bool send_request(bp_crew *crew, const slot *one, bp_error *err)
{
    uint64_t length = crew->request.length;
    if (ftruncate(one->request, 0) != 0 || lseek(one->request, 0, SEEK_SET) != 0)
        return fail_start(err, "the worker's request cannot be written");
    if (!bp_file_write_all(one->request, crew->request.bytes, crew->request.length,
                           "the worker's request", err))
        return false;
    return send(one->channel, &length, sizeof length, MSG_DONTWAIT | MSG_NOSIGNAL) ==
           (ssize_t)sizeof length;
}

static bool start_here(bp_crew *crew, slot *one, const bp_parameter *parameters, size_t count)
{
    bp_crew_outcome *outcome = &crew->outcome;
    *outcome = (bp_crew_outcome){.tag = one->tag, .fd = one->pdf};
    outcome->result.files = &outcome->files;
    uint64_t began = bp_clock_now();
    (void)bp_crew_render(&crew->job, &crew->stock, parameters, count, one->pdf, &outcome->result,
                         &outcome->findings, &outcome->err);
    outcome->result.rendering = bp_clock_now() - began;
    one->has_ended = true;
    one->state = SLOT_BUSY;
    return true;
}

bool bp_crew_start(bp_crew *crew, size_t tag, const bp_parameter *parameters, size_t count,
                   bp_error *err)
{
    slot *one = find_room(crew);
    if (one == NULL)
        return bp_fail(err, BP_ERR_INTERNAL, NULL, "the crew has no room");
    if (crew->job.no_fork) {
        one->tag = tag;
        return bp_crew_open(crew, NULL, err) && start_here(crew, one, parameters, count);
    }
    crew->request.length = 0;
    if (!bp_crew_put_request(&crew->request, parameters, count))
        return bp_fail_memory(err);
    for (int attempt = 0; attempt < 2; attempt++) {
        if (one->state == SLOT_EMPTY && !slot_open(crew, one, NULL, err))
            return false;
        one->tag = tag;
        one->started = bp_clock_now();
        if (send_request(crew, one, err)) {
            one->renderings++;
            one->state = SLOT_BUSY;
            return true;
        }
        (void)slot_end(one); /* It died while it was idle: another takes its place. */
        if (err->code != BP_OK)
            return false;
    }
    return bp_fail(err, BP_ERR_SYSTEM, NULL, "workers die before they are given anything");
}

/* The first rendering that has ended, or taken too long; NULL: none. */
static slot *find_ended(bp_crew *crew, struct pollfd *items, int most_ms, bool *is_late)
{
    size_t count = 0;
    for (size_t i = 0; i < crew->size; i++) {
        slot *one = &crew->slots[i];
        items[i] = (struct pollfd){.fd = -1};
        if (one->state != SLOT_BUSY)
            continue;
        count++;
        int left = slot_left_ms(crew, one);
        most_ms = left >= 0 && (most_ms < 0 || left < most_ms) ? left : most_ms;
        items[i] = (struct pollfd){.fd = one->channel, .events = POLLIN};
    }
    if (count == 0 || poll(items, (nfds_t)crew->size, most_ms) < 0)
        return NULL;
    for (size_t i = 0; i < crew->size; i++) {
        slot *one = &crew->slots[i];
        if (one->state != SLOT_BUSY)
            continue;
        *is_late = items[i].revents == 0 && slot_left_ms(crew, one) == 0;
        if (items[i].revents != 0 || *is_late)
            return one;
    }
    return NULL;
}

static bool wait_here(bp_crew *crew, bp_crew_outcome *outcome)
{
    slot *one = &crew->slots[0];
    if (!one->has_ended)
        return false;
    *outcome = crew->outcome;
    outcome->result.files = &outcome->files;
    crew->outcome = (bp_crew_outcome){0};
    one->has_ended = false;
    one->state = SLOT_ENDED;
    return true;
}

/* What the process handed over is a whole PDF, or its answer was a lie. */
static void check_handed(bp_crew *crew, slot *one, bp_crew_outcome *outcome)
{
    outcome->fd = one->pdf;
    if (outcome->err.code == BP_OK)
        (void)bp_handed_over(&crew->job, one->pdf, &outcome->result.bytes, &outcome->err);
    if (outcome->err.code != BP_OK)
        outcome->result.bytes = 0;
    one->state = SLOT_ENDED;
}

bool bp_crew_wait(bp_crew *crew, int most_ms, bp_crew_outcome *outcome, bp_error *err)
{
    *outcome = (bp_crew_outcome){.fd = -1};
    if (crew->job.no_fork) {
        bool has_one = wait_here(crew, outcome);
        if (has_one)
            check_handed(crew, &crew->slots[0], outcome);
        return has_one;
    }
    struct pollfd items[BP_CREW_MOST];
    uint64_t began = bp_clock_now();
    for (;;) {
        bool is_late = false;
        int left = most_ms;
        if (most_ms > 0) {
            uint64_t gone = (bp_clock_now() - began) / 1000000;
            left = gone >= (uint64_t)most_ms ? 0 : most_ms - (int)gone;
        }
        slot *one = find_ended(crew, items, left, &is_late);
        if (bp_guard_signal() != 0)
            return bp_fail(err, BP_ERR_SYSTEM, NULL, "interrupted by signal %d", bp_guard_signal());
        if (one == NULL) {
            if (bp_crew_busy(crew) == 0 || left == 0)
                return false;
            continue;
        }
        bool goes_on = is_late || slot_listen(one, &outcome->err);
        bool is_whole = slot_has_answer(one);
        is_late = is_late || (goes_on && !is_whole && slot_left_ms(crew, one) == 0);
        if (goes_on && !is_late && !is_whole)
            continue;
        slot_take(crew, one, is_late, outcome);
        check_handed(crew, one, outcome);
        return true;
    }
}

void bp_crew_done(bp_crew *crew, bp_crew_outcome *outcome)
{
    slot *one = &crew->slots[outcome->slot];
    bp_buf_clear(&outcome->files);
    bp_faults_clear(&outcome->findings);
    bool is_alive = crew->job.no_fork || one->pid > 0;
    if (is_alive && (one->is_spent || one->renderings >= RENDERINGS_MOST) && !crew->job.no_fork)
        (void)slot_end(one);
    else
        one->state = is_alive ? SLOT_IDLE : SLOT_EMPTY;
}
