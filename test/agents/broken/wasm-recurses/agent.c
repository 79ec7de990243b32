#include "arena.h"

static volatile int depth;

__attribute__((noinline)) static int deeper(int n) {
    depth = n;
    return deeper(n + 1) + depth;
}

static int act(const arena_game *game) {
    if (game->step == 5) return deeper((int)game->step);
    return 's';
}

int main(void) { return arena_play("broken", "1", NULL, act); }
