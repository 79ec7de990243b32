#include "arena.h"

static int act(const arena_game *game) {
    if (game->step == 5) {
        close(1);
        for (volatile int i = 0;; i++);
    }
    return 's';
}

int main(void) { return arena_play("broken", "1", NULL, act); }
