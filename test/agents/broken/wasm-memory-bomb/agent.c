#include "arena.h"

static int act(const arena_game *game) {
    if (game->step == 5)
        for (;;) {
            size_t page = __builtin_wasm_memory_grow(0, 16);
            if (page != (size_t)-1) memset((void *)(page << 16), 1, 16 << 16);
        }
    return 's';
}

int main(void) { return arena_play("broken", "1", NULL, act); }
