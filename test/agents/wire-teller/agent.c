/* Tells on standard error what JSON the platform sends, and fails after its first game so that this is shown. */
#include "arena.h"

int main(void) {
    uint32_t bytes;
    if (arena_read_frame(&bytes) != ARENA_HELLO) arena_fail("the first frame was no hello");
    fprintf(stderr, "hello %s\n", (const char *)arena.buffer);
    const char *ready = "{\"protocol\":1,\"sdk\":{\"name\":\"wire-teller\",\"version\":\"1\"}}";
    fprintf(stderr, "ready %s\n", ready);
    arena_write_frame(ARENA_READY, ready, (uint32_t)strlen(ready));
    for (;;) {
        int type = arena_read_frame(&bytes);
        if (type == ARENA_GAME_OVER) {
            fprintf(stderr, "game-over %s\n", (const char *)arena.buffer + 8);
            return 1;
        }
        if (type != ARENA_OBSERVE) arena_fail("an observe frame was due");
        uint8_t answer[4 + 3];
        memcpy(answer, arena.buffer, 4);
        memcpy(answer + 4, arena.buffer + 8, 2);
        answer[6] = 's';
        arena_write_frame(ARENA_ACT, answer, sizeof answer);
    }
}
