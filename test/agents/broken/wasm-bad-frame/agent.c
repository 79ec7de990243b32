#include "arena.h"

static int act(const arena_game *game) {
    if (game->step == 5) arena_write_frame(99, "?", 1);
    return 's';
}

int main(void) { return arena_play("broken", "1", NULL, act); }
