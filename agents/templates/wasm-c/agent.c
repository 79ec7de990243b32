/* Walks until something stops it, then turns; goes down where it stands on stairs; leaves every question. */
#include "arena.h"

/* Places in blstats and in internal. */
enum { X = 0, Y = 1, ON_STAIRS_DOWN = 4 };

static uint32_t blstats, internal, misc;
static int more, escape, down, ways[8];
typedef struct {
    int direction, x, y;
    uint32_t state;
} walk;
static walk walks[64];

/* Clockwise. */
static const char *const WAYS[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};

static void start(const char *hello) {
    blstats = arena_offset(hello, "blstats");
    internal = arena_offset(hello, "internal");
    misc = arena_offset(hello, "misc");
    more = arena_key(hello, "MiscAction", "MORE");
    escape = arena_key(hello, "Command", "ESC");
    down = arena_key(hello, "MiscDirection", "DOWN");
    for (int i = 0; i < 8; i++) ways[i] = arena_key(hello, "CompassDirection", WAYS[i]);
}

/* Marsaglia's xorshift, seeded by the game's own seed so that the same game is played again. */
static uint32_t draw(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

static int act(const arena_game *game) {
    const int32_t *asked = arena_field(game, misc);
    if (asked[2]) return more;
    if (asked[0] || asked[1]) return escape; /* a question */

    const int32_t *status = arena_field(game, blstats);
    int x = status[X], y = status[Y];
    walk *mine = &walks[game->slot];
    if (game->flags & 1) *mine = (walk){ .state = game->seed | 1, .x = -1 };

    if (mine->x == x && mine->y == y) mine->direction = draw(&mine->state) % 8;
    mine->x = x;
    mine->y = y;
    const int32_t *facts = arena_field(game, internal);
    return facts[ON_STAIRS_DOWN] ? down : ways[mine->direction];
}

int main(void) {
    return arena_play("arena-wasm-c", "1.0.0", start, act);
}
