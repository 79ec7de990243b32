/* Process, memory and environment calls of the C library that would reach the host. Nothing outside enters. */
#include "host.h"
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern unsigned char __heap_base;

static uintptr_t heap_end;

/* The heap grows by whole megabytes: each growth makes the host's views stale. */
enum { PAGE = 65536, GROW_PAGES = 16 };

void *
sbrk(intptr_t increment)
{
    uintptr_t start, end, have = __builtin_wasm_memory_size(0) * PAGE;

    if (!heap_end)
        heap_end = ((uintptr_t) &__heap_base + 15) & ~(uintptr_t) 15;
    start = heap_end;
    end = start + (uintptr_t) ((increment + 15) & ~15);
    if (end > have) {
        uintptr_t pages = (end - have + PAGE - 1) / PAGE;

        if (pages < GROW_PAGES)
            pages = GROW_PAGES;
        if (__builtin_wasm_memory_grow(0, pages) == (size_t) -1
            && __builtin_wasm_memory_grow(0, (end - have + PAGE - 1) / PAGE) == (size_t) -1) {
            errno = ENOMEM;
            return (void *) -1;
        }
    }
    heap_end = end;
    return (void *) start;
}

/* libc's memcpy hands blocks of 512 bytes and more to the host by this name; wasm copies them itself */
__attribute__((target("bulk-memory"))) void *
emscripten_memcpy_big(void *restrict to, const void *restrict from, size_t size)
{
    return __builtin_memcpy(to, from, size);
}

/* Not libc's: abort must end the game like any other fault, without a signal. */
_Noreturn void
abort(void)
{
    host_exit(HOST_ABORTED);
}

_Noreturn void
_Exit(int status)
{
    host_exit(status);
}

extern void __stdio_exit(void); /* musl: writes out what stdio still holds */

_Noreturn void
exit(int status)
{
    __stdio_exit();
    host_exit(status);
}

char *
getenv(const char *name)
{
    return host_environment(name);
}

/* One user, one process. */
pid_t getpid(void) { return 1; }
uid_t getuid(void) { return 0; }
uid_t geteuid(void) { return 0; }
gid_t getgid(void) { return 0; }
gid_t getegid(void) { return 0; }
unsigned sleep(unsigned seconds) { (void) seconds; return 0; }
int isatty(int fd) { (void) fd; errno = ENOTTY; return 0; }
