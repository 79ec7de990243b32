/* Presses each of the 121 actions with the same probability; a game's random numbers come from its own seed. */
#include "arena.h"

enum { ACTIONS = 121, SLOTS = 64 };
static uint8_t keys[ACTIONS];
static uint32_t states[SLOTS];

/* The actions' keys stand in hello in their order. */
static void start(const char *hello) {
    const char *at = strstr(hello, "\"actions\":");
    for (int i = 0; i < ACTIONS; i++) {
        at = at == NULL ? NULL : strstr(at, "\"key\":");
        if (at == NULL) arena_fail("the platform did not name 121 actions");
        at += strlen("\"key\":");
        keys[i] = (uint8_t)atoi(at);
    }
}

/* mulberry32: 32 bits of state a game, period 2^32. */
static uint32_t next(uint32_t *state) {
    uint32_t z = *state += 0x6d2b79f5;
    z = (z ^ z >> 15) * (z | 1);
    z ^= z + (z ^ z >> 7) * (z | 61);
    return z ^ z >> 14;
}

static int act(const arena_game *game) {
    if (game->flags & 1) states[game->slot] = game->seed;
    /* 32 bits times 121: the most likely action is more likely than the least by one in 35 million. */
    return keys[(uint64_t)next(&states[game->slot]) * ACTIONS >> 32];
}

int main(void) { return arena_play("random-wasm-c", "1.0.0", start, act); }
