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

/* --- the third seed: levels from generators of their own, one a dungeon --- */

enum { DUNGEONS = 8 };

/* Where a game has the seed: the dungeons' generators, else null. While a level is made, the one in use and the core
 * generator have changed places. */
static isaac64_ctx *level_generators;
static int level_depth;

static void
seed_level_generators(void)
{
    isaac64_ctx base;
    int i;

    level_generators = (isaac64_ctx *) alloc(DUNGEONS * sizeof *level_generators);
    isaac64_init(&base, arena_settings.level_seed, sizeof arena_settings.level_seed);
    for (i = 0; i < DUNGEONS; ++i) {
        uint64_t seed = isaac64_next_uint64(&base);

        isaac64_init(&level_generators[i], (const unsigned char *) &seed, sizeof seed);
    }
}

static void
exchange(int dungeon)
{
    isaac64_ctx core = rnglist[CORE].rng_state;

    rnglist[CORE].rng_state = level_generators[dungeon];
    level_generators[dungeon] = core;
}

/* Around everything that makes levels. The first level is made while the game is set up, from the same generator:
 * only the outermost call exchanges. */
void
level_generator_enter(int dungeon)
{
    if (!arena_settings.use_level_seed)
        return;
    if (!level_generators)
        seed_level_generators();
    if (level_depth++ == 0)
        exchange(dungeon);
}

void
level_generator_leave(int dungeon)
{
    if (arena_settings.use_level_seed && --level_depth == 0)
        exchange(dungeon);
}

void __real_mklev(void);

void
__wrap_mklev(void)
{
    int dungeon = u.uz.dnum;

    level_generator_enter(dungeon);
    __real_mklev();
    level_generator_leave(dungeon);
}
