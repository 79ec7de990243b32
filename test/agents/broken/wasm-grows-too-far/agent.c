#include "arena.h"

static int act(const arena_game *game) {
    if (game->step == 5 && __builtin_wasm_memory_grow(0, 65000) != (size_t)-1) __builtin_trap();
    return 's';
}

int main(void) { return arena_play("broken", "1", NULL, act); }
