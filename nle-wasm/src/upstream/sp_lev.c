/* src/sp_lev.c with a setting for what a special level's MAZEWALK leaves in its maze: without random generation nothing.
 * Rooms of special levels are stocked all the same, as in the original. The function that stocks a maze, its declaration
 * and its only call share one name, so each line gets a name of its own: the definition stands on line 2620, the call on
 * line 4788 (the source is pinned by its sha256; other lines would not link). */
#include "hack.h"
#include "engine.h"

#define join(a, b) a##b
#define at_line(name, line) join(name, line)
#define fill_empty_maze at_line(fill_empty_maze_at_, __LINE__)

static void fill_empty_maze_at_2620(void);

static void
fill_empty_maze_at_4788(void)
{
    if (arena_settings.spawn_monsters)
        fill_empty_maze_at_2620();
}

#include "../src/sp_lev.c"
