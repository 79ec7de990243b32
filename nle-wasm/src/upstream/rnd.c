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

/* --- the third seed: levels from generators of their own, one a dungeon --- */

enum { DUNGEONS = 8 };

/* Where a game has the seed: the dungeons' generators, else null. While levels are made for a dungeon, its generator and
 * the core's have changed places; -1: they have not. */
static isaac64_ctx *level_generators;
static int level_dungeon = -1;

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

/* From here on levels are made. The first one is made while the game is set up, with the same generator. */
void
level_generator_enter(int dungeon)
{
    if (!arena_settings.use_level_seed || level_dungeon >= 0)
        return;
    if (!level_generators)
        seed_level_generators();
    exchange(dungeon);
    level_dungeon = dungeon;
}

/* The level is there: what follows, the first pet and the welcome too, draws from the core generator again. */
void
level_generator_leave(void)
{
    if (level_dungeon < 0)
        return;
    exchange(level_dungeon);
    level_dungeon = -1;
}

void __real_mklev(void);

void
__wrap_mklev(void)
{
    level_generator_enter(u.uz.dnum);
    __real_mklev();
    level_generator_leave();
}

/* --- seeding and the reseed flag --- */

void
__wrap_init_isaac64(unsigned long ignored, int (*fn)(int))
{
    static boolean seeded[SIZE(rnglist)];
    int which = whichrng(fn);
    uint8_t *seed = which == DISP ? arena_settings.disp_seed : arena_settings.core_seed;
    isaac64_ctx *generator;

    nhUse(ignored);
    if (which < 0)
        panic("Bad rng function passed to init_isaac64().");
    generator = which == CORE && level_dungeon >= 0 ? &level_generators[level_dungeon] /* mklev reseeds the core */
                                                    : &rnglist[which].rng_state;
    if (seeded[which]) {
        /* The reseed flag: stock NetHack asks the operating system for more entropy. Nothing outside may enter
         * here, so the next seed is drawn from the generator itself. */
        uint64_t next = isaac64_next_uint64(generator);

        (void) memcpy(seed, &next, sizeof next);
    }
    seeded[which] = TRUE;
    isaac64_init(generator, seed, 8);
}

/* A running game gets new seeds: the host has put them, and the flag, into the settings, and calls this at a key request. The
 * dungeons' own generators stay as they are; while a level is made, the core's state waits in the place of one of them. */
EXPORT(arena_reseed) void
arena_reseed(void)
{
    isaac64_ctx *core = level_dungeon >= 0 ? &level_generators[level_dungeon] : &rnglist[CORE].rng_state;

    isaac64_init(core, arena_settings.core_seed, sizeof arena_settings.core_seed);
    isaac64_init(&rnglist[DISP].rng_state, arena_settings.disp_seed, sizeof arena_settings.disp_seed);
    has_strong_rngseed = arena_settings.reseed != 0;
}
