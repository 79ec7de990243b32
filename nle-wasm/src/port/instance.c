/* What makes a game one WebAssembly instance that can be left, suspended and copied. The native twin has its own. */
#include "engine.h"
#include <unistd.h>

/* Where asyncify keeps the frames of a suspended game: its two-word header, then the frames themselves.
 * The deepest of 400,000 random keys, debug mode included, took 1,124 bytes; overflow traps. */
enum { FRAMES = 65536 };
static struct {
    uint32_t position, end;
    uint8_t frames[FRAMES];
} asyncify_data;

/* Called by hand, once: left to itself the linker would have every export run the constructors again. */
extern void __wasm_call_ctors(void);

void
arena_construct(void)
{
    __wasm_call_ctors();
}

_Noreturn void
arena_leave(void)
{
    __builtin_trap();
}

EXPORT(arena_asyncify_data) void *
arena_asyncify_data(void)
{
    asyncify_data.position = (uint32_t) (uintptr_t) asyncify_data.frames;
    asyncify_data.end = asyncify_data.position + FRAMES;
    return &asyncify_data;
}

/* Which memory makes a game: all up to `end`, but for the data archive, which is the same in every game. */
EXPORT(arena_regions) const void *
arena_regions(void)
{
    static uint32_t regions[3];

    regions[0] = (uint32_t) (uintptr_t) nhdat_start;
    regions[1] = (uint32_t) (uintptr_t) nhdat_end;
    regions[2] = (uint32_t) (uintptr_t) sbrk(0);
    return regions;
}
