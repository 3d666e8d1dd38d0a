/* The first bound on a script's time and memory; the process around it is the hard one. Memory: Lua
 * draws on the one allocator. Time: a timer's signal arms a hook on whichever thread runs then. A
 * hook that is always on would be simpler, but it makes Lua look at it before each instruction,
 * which doubles the time of every script that behaves.
 *
 * Neither limit can be caught: pcall, xpcall and coroutine.resume pass on what stopped the run,
 * message handlers are not called for it, and the hook stays armed. */
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "script/script_private.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* Coroutines resumed inside each other, and closed inside each other: each takes from the C stack.
 */
#define NESTING_MOST 100
#define CLOSING_MOST 8

/* Memory */

/* What a run may take before anything is collected: most briefings stay below it, and then marking
 * and sweeping what is nearly all alive is work for nothing. A long run has to begin before its
 * garbage outgrows what it needs later on. */
#define QUIET_BYTES_MOST (5u << 20)
#define QUIET_SHARE 8               /* And no more than this part of the budget. */
#define WAKE_AGAIN_BYTES (1u << 20) /* Where a call to begin was not heard. */

void bp_collector_rest(bp_host *host)
{
    size_t room = bp_mem.budget > bp_mem.bytes ? bp_mem.budget - bp_mem.bytes : 0;
    size_t quiet = bp_mem.budget == 0 || room / QUIET_SHARE > QUIET_BYTES_MOST ? QUIET_BYTES_MOST
                                                                               : room / QUIET_SHARE;
    lua_gc(host->state, LUA_GCSTOP);
    host->collect_at = bp_mem.bytes + quiet;
}

static void begin_collecting(lua_State *L, lua_Debug *frame)
{
    (void)frame;
    lua_sethook(L, NULL, 0, 0);
    lua_gc(L, LUA_GCRESTART);
    bp_host_of(L)->collect_at = SIZE_MAX;
}

/* The collector cannot be set going inside Lua's allocator: like the timer, it arms a hook. */
static void wake_collector(bp_host *host)
{
    if (host->running == NULL || lua_gethookmask(host->running) != 0)
        return;
    host->collect_at = bp_mem.bytes + WAKE_AGAIN_BYTES;
    lua_sethook(host->running, begin_collecting, LUA_MASKCOUNT, 1);
}

void *bp_lua_allocate(void *owner, void *block, size_t old_size, size_t size)
{
    if (size == 0) {
        bp_free(block);
        return NULL;
    }
    bp_host *host = owner;
    if (bp_mem.bytes > host->collect_at)
        wake_collector(host);
    void *moved = bp_realloc(block, size);
    if (moved == NULL && block != NULL && size <= old_size)
        return block; /* Lua counts on it that shrinking never fails. */
    return moved;
}

/* Time */

static bp_host
    *volatile timed; /* The host the timer belongs to: a late signal must find nothing. */
static timer_t timer;

static void stop(lua_State *L, lua_Debug *frame)
{
    (void)frame;
    bp_raise_text(L, BP_ERR_LIMIT,
                  "the layout ran for more than %g s; raise the limit with --max-seconds",
                  bp_host_of(L)->options->seconds_most);
}

static void arm(lua_State *L)
{
    lua_sethook(L, stop, LUA_MASKCOUNT, 1);
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    bp_host *host = info->si_value.sival_ptr;
    if (info->si_code == SI_TIMER && host != NULL && host == timed && host->running != NULL)
        arm(host->running); /* lua_sethook is made to be called from signals. */
}

bool bp_timer_start(bp_host *host, bp_error *err)
{
    double seconds = host->options->seconds_most;
    if (!(seconds > 0) || seconds > 1e9)
        return true;
    int number =
        SIGRTMIN + 3; /* Stays installed: a signal under way must never meet the default action. */
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t set;
    sigemptyset(&action.sa_mask);
    sigemptyset(&set);
    sigaddset(&set, number);
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = number};
    event.sigev_value.sival_ptr = host;
    event.sigev_notify_thread_id = gettid();
    time_t whole = (time_t)seconds;
    struct itimerspec when = {{0, 20 * 1000 * 1000},
                              {whole, (long)((seconds - (double)whole) * 1e9)}};
    if (when.it_value.tv_sec == 0 && when.it_value.tv_nsec < 1000)
        when.it_value.tv_nsec = 1000;
    if (sigaction(number, &action, NULL) != 0 || pthread_sigmask(SIG_UNBLOCK, &set, NULL) != 0 ||
        timer_create(CLOCK_MONOTONIC, &event, &timer) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "the system refused a timer for --max-seconds");
    host->has_timer = true;
    timed = host;
    if (timer_settime(timer, 0, &when, NULL) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "the system refused a timer for --max-seconds");
    return true;
}

void bp_timer_stop(bp_host *host)
{
    if (host->has_timer)
        timer_delete(timer);
    host->has_timer = false;
    timed = NULL;
}

/* Protected calls */

/* After a failed protected call: passes on what no script may catch. The error is on top of the
 * stack. */
static void pass_on(lua_State *L, int status)
{
    bp_host *host = bp_host_of(L);
    if (status == LUA_ERRMEM)
        bp_raise_memory(L);
    if (host->is_stopped) {
        if (host->has_timer)
            arm(L);
        lua_error(L);
    }
}

static int finish(lua_State *L, int status, lua_KContext extra)
{
    if (status != LUA_OK && status != LUA_YIELD) {
        pass_on(L, status);
        lua_pushboolean(L, 0);
        lua_pushvalue(L, -2);
        return 2;
    }
    return lua_gettop(L) - (int)extra;
}

static int lua_protected_call(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish);
    return finish(L, status, 0);
}

/* Stands before a script's message handler: no hook is called while one handles the limit's own
 * error. */
static int handle(lua_State *L)
{
    lua_settop(L, 1);
    if (bp_host_of(L)->is_stopped)
        return 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int lua_handled_call(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, handle, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcallk(L, n - 2, LUA_MULTRET, 2, 2, finish);
    return finish(L, status, 2);
}

void bp_open_protected_calls(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"pcall", lua_protected_call}, {"xpcall", lua_handled_call}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}

/* Coroutines */

static lua_State *check_thread(lua_State *L)
{
    lua_State *thread = lua_tothread(L, 1);
    luaL_argexpected(L, thread, 1, "coroutine");
    return thread;
}

/* Runs `thread` with the `count` values on top of L. Answers how many values it gave, or -1 and the
 * error. */
static int resume(lua_State *L, lua_State *thread, int count)
{
    bp_host *host = bp_host_of(L);
    if (host->nesting >= NESTING_MOST) {
        lua_pushliteral(L, "too many coroutines run inside each other");
        return -1;
    }
    if (!lua_checkstack(thread, count)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, thread, count);
    int got = 0;
    host->nesting++;
    host->running = thread;
    int status = lua_resume(thread, L, count, &got);
    host->running = L;
    host->nesting--;
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(thread, L, 1);
        pass_on(L, status);
        return -1;
    }
    if (!lua_checkstack(L, got + 1)) {
        lua_pop(thread, got);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(thread, L, got);
    return got;
}

static int coroutine_resume(lua_State *L)
{
    int got = resume(L, check_thread(L), lua_gettop(L) - 1);
    if (got < 0) {
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    lua_insert(L, -(got + 1));
    return got + 1;
}

/* Runs the pending closes of a thread that is suspended or dead. Its C stack is not counted by Lua:
 * chains of coroutines that close each other are cut short. */
static int reset(lua_State *L, lua_State *thread)
{
    bp_host *host = bp_host_of(L);
    if (host->closing >= CLOSING_MOST)
        luaL_error(L, "too many coroutines close each other");
    host->closing++;
    host->running = thread;
    int status = lua_resetthread(thread);
    host->running = L;
    host->closing--;
    if (status == LUA_ERRMEM || host->is_stopped) {
        lua_pushnil(L);
        pass_on(L, status);
    }
    return status;
}

static int wrapped(lua_State *L)
{
    lua_State *thread = lua_tothread(L, lua_upvalueindex(1));
    int got = resume(L, thread, lua_gettop(L));
    if (got >= 0)
        return got;
    int status = lua_status(thread);
    if (status != LUA_OK && status != LUA_YIELD && reset(L, thread) != LUA_OK)
        lua_xmove(thread, L, 1); /* What a close said last counts. */
    return lua_error(L);
}

static int coroutine_wrap(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *thread = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, thread, 1);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

static int coroutine_close(lua_State *L)
{
    lua_State *thread = check_thread(L);
    lua_Debug frame;
    bool is_busy =
        thread == L || (lua_status(thread) == LUA_OK && lua_getstack(thread, 0, &frame) != 0);
    if (is_busy)
        return luaL_error(L, "cannot close a coroutine that runs");
    if (bp_host_of(L)->is_stopped) {
        lua_pushnil(L);
        pass_on(L, LUA_OK);
    }
    int status = reset(L, thread);
    lua_pushboolean(L, status == LUA_OK);
    if (status == LUA_OK)
        return 1;
    lua_xmove(thread, L, 1);
    return 2;
}

void bp_open_coroutine(lua_State *L)
{
    static const luaL_Reg functions[] = {{"resume", coroutine_resume},
                                         {"wrap", coroutine_wrap},
                                         {"close", coroutine_close},
                                         {NULL, NULL}};
    lua_pushcfunction(L, luaopen_coroutine);
    lua_call(L, 0, 1);
    luaL_setfuncs(L, functions, 0);
}
