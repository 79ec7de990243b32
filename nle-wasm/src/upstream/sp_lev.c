/* src/sp_lev.c with the stocking of special levels' rooms as a setting. The function that stocks them and its only
 * call share one name, so each line gets a name of its own: the definition stands on line 800, the call on line 5983
 * (the source is pinned by its sha256; other lines would not link). */
#include "hack.h"
#include "engine.h"

#define join(a, b) a##b
#define at_line(name, line) join(name, line)
#define fill_rooms(...) at_line(fill_rooms_at_, __LINE__)(__VA_ARGS__)

static void fill_rooms_at_800(void);

static void
fill_rooms_at_5983(void)
{
    if (arena_settings.spawn_monsters)
        fill_rooms_at_800();
}

#include "../src/sp_lev.c"
