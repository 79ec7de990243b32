/* src/rnd.c with seeds of 64 bits: upstream hands them through an unsigned long, which has 32 bits on wasm. */
#include "../src/rnd.c"

#include "engine.h"

/* hacklib.c's init_random() asks for a seed and hands it on to init_isaac64(); both ends are ours. */
unsigned long
sys_random_seed(void)
{
    has_strong_rngseed = arena_settings.reseed != 0;
    return 0L;
}

void
__wrap_init_isaac64(unsigned long ignored, int (*fn)(int))
{
    static boolean seeded[SIZE(rnglist)];
    int which = whichrng(fn);
    uint8_t *seed = which == DISP ? arena_settings.disp_seed : arena_settings.core_seed;

    nhUse(ignored);
    if (which < 0)
        panic("Bad rng function passed to init_isaac64().");
    if (seeded[which]) {
        /* The reseed flag: stock NetHack asks the operating system for more entropy. Nothing outside may enter
         * here, so the next seed is drawn from the generator itself. */
        uint64_t next = isaac64_next_uint64(&rnglist[which].rng_state);

        (void) memcpy(seed, &next, sizeof next);
    }
    seeded[which] = TRUE;
    isaac64_init(&rnglist[which].rng_state, seed, 8);
}
