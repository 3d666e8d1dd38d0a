/* Opening libqpdf, and what to do where it gives up: see qpdf_private.h. */
#include <dlfcn.h>
#include <setjmp.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include "pdf/qpdf_private.h"

typedef void handler(void);

static struct {
    void *library;
    bp_qpdf functions;
    bool is_whole;
    handler *(*set_terminate)(handler *); /* The C++ library's. */
} opened;

static jmp_buf *way_out; /* Of the work that is done; NULL: none is. */

#define LIBRARY_BYTES                                                                              \
    ((size_t)48 << 20) /* What the libraries need of address space, and some more. */
#define ROOM_BYTES ((size_t)4 << 20)

static bool has_room(size_t size)
{
    void *room = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return room != MAP_FAILED && munmap(room, size) == 0;
}

bool bp_qpdf_has_room(void)
{
    return has_room(ROOM_BYTES);
}

static bool find(const char *name, void *function, size_t size)
{
    void *found = dlsym(opened.library, name);
    memcpy(function, &found, size < sizeof found ? size : sizeof found);
    return found != NULL;
}

const bp_qpdf *bp_qpdf_open(bp_error *err)
{
    if (opened.library == NULL) {
        /* GnuTLS ends the process when it is refused memory as it begins. */
        if (!has_room(LIBRARY_BYTES)) {
            bp_fail_memory(err);
            return NULL;
        }
        opened.library = dlopen(BP_QPDF_LIBRARY, RTLD_NOW | RTLD_LOCAL);
        if (opened.library == NULL) {
            const char *why = dlerror();
            bp_fail(err, BP_ERR_SYSTEM, NULL, "libqpdf cannot be opened: %s", why ? why : "");
            return NULL;
        }
        opened.is_whole =
            find("_ZSt13set_terminatePFvvE", &opened.set_terminate, sizeof opened.set_terminate);
#define FIND(name)                                                                                 \
    opened.is_whole =                                                                              \
        find(#name, &opened.functions.name, sizeof opened.functions.name) && opened.is_whole;
        BP_QPDF_FUNCTIONS(FIND)
    }
    if (!opened.is_whole)
        bp_fail(err, BP_ERR_SYSTEM, NULL, "%s lacks a function", BP_QPDF_LIBRARY);
    return opened.is_whole ? &opened.functions : NULL;
}

/* Stands in for std::terminate, which would end the process. */
static void leave(void)
{
    longjmp(*way_out, 1);
}

/* Throws and catches once, while there is memory: the loader sets the C++ library's memory for that
 * aside at the first time, and ends the process where it finds none. */
static void throw_once(void)
{
    qpdf_data data = opened.functions.qpdf_init();
    opened.functions.qpdf_silence_errors(data);
    opened.functions.qpdf_set_suppress_warnings(data, QPDF_TRUE);
    opened.functions.qpdf_set_attempt_recovery(data, QPDF_FALSE);
    (void)opened.functions.qpdf_read_memory(data, "", "", 0, NULL);
    (void)opened.functions.qpdf_get_error(data); /* Else it is printed. */
    opened.functions.qpdf_cleanup(&data);
}

bool bp_qpdf_work(bool (*work)(void *context, bp_error *err), void *context, bp_error *err)
{
    static bool is_broken, has_thrown;
    jmp_buf here;
    if (bp_qpdf_open(err) == NULL)
        return false;
    if (is_broken || !bp_qpdf_has_room())
        return bp_fail_memory(err);
    handler *before = opened.set_terminate(leave);
    way_out = &here;
    bool ok = false;
    if (setjmp(here) == 0) {
        if (!has_thrown)
            throw_once();
        has_thrown = true;
        ok = work(context, err);
    } else {
        is_broken = true; /* It was stopped in the middle: who knows what it holds. */
        bp_fail_memory(err);
    }
    way_out = NULL;
    (void)opened.set_terminate(before);
    return ok;
}

bool bp_qpdf_on_refusal(void (*called)(void))
{
    handler *(*set_new_handler)(handler *);
    if (bp_qpdf_open(NULL) == NULL ||
        !find("_ZSt15set_new_handlerPFvvE", &set_new_handler, sizeof set_new_handler))
        return false;
    (void)set_new_handler(called);
    return true;
}
