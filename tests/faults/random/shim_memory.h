/* The blocks of memory that the shim may refuse: a part of shim.c, whose macros it uses. */
#ifndef SHIM_MEMORY_H
#define SHIM_MEMORY_H

/* The program's own malloc (refusals.c) takes its blocks from these. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

/* Until the real one is known, which may itself be looked up with a block. */
static void *early(size_t size)
{
    return __libc_memalign(2 * sizeof(void *), size);
}

static void *real_malloc(size_t size)
{
    static void *(*real)(size_t);
    static bool looks;
    if (real == NULL && !looks) {
        looks = true;
        real = (__typeof__(real))dlsym(RTLD_NEXT, "__libc_malloc");
        looks = false;
    }
    return real != NULL ? real(size) : early(size);
}

static void *real_realloc(void *old, size_t size)
{
    static void *(*real)(void *, size_t);
    if (real == NULL)
        real = (__typeof__(real))dlsym(RTLD_NEXT, "__libc_realloc");
    return real(old, size);
}

EXPORT void *__libc_malloc(size_t size)
{
    PASS(SHIM_malloc, SHIM_ELSE, void *, NULL, real_malloc(size));
}

EXPORT void *__libc_calloc(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    void *block = __libc_malloc(count * size);
    return block != NULL ? memset(block, 0, count * size) : NULL;
}

EXPORT void *__libc_realloc(void *old, size_t size)
{
    PASS(SHIM_malloc, SHIM_ELSE, void *, NULL, real_realloc(old, size));
}

#endif
