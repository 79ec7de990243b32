/* An agent that presses "search", and calls attempt() once, at the first question of its sixth step or that of ATTEMPT_AT. */
#include "arena.h"
#include <wasi/api.h>

#ifndef ATTEMPT_AT
#define ATTEMPT_AT 5
#endif

static void attempt(void);

static void denied(const char *what) { fprintf(stderr, "denied: %s\n", what); }

/* For calls that must fail: WASI says 0 when all went well. */
static void must_fail(const char *what, int error) {
    if (error != 0) return;
    fprintf(stderr, "BREACH: %s\n", what);
    exit(99);
}

/* The question's ticket, and an answer to all its games that names a ticket. */
static uint32_t ticket(void) {
    uint32_t found;
    memcpy(&found, arena.buffer, 4);
    return found;
}

static void answer(uint32_t named) {
    static uint8_t frame[4 + 3 * 64];
    uint32_t records = arena.buffer[4] | arena.buffer[5] << 8;
    memcpy(frame, &named, 4);
    for (uint32_t i = 0; i < records; i++) {
        memcpy(frame + 4 + 3 * i, arena.buffer + 16 + 2 * i, 2);
        frame[4 + 3 * i + 2] = 's';
    }
    arena_write_frame(ARENA_ACT, frame, 4 + 3 * records);
}

static int act(const arena_game *game) {
    static int tried;
    if (game->step == ATTEMPT_AT && !tried++) attempt();
    return 's';
}

int main(void) { return arena_play("hostile", "1", NULL, act); }
