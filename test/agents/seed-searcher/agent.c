/*
 * Looks for byte strings in every frame that the platform sends, and tells on standard error which it found in which type of frame.
 * patterns.bin: u8 1 to be sent changes, else 0; then each u8 length of its name, name, u8 length, bytes.
 */
#include "arena.h"

enum { MOST = 1024, TYPES = 8 };
static struct {
    char name[64];
    uint8_t bytes[256];
    size_t length;
    uint8_t told[TYPES];
} patterns[MOST];
static int count;
/* By their first two bytes, so that a frame is gone through once. */
static uint8_t begins[1 << 16];

static int read_patterns(void) {
    FILE *file = fopen("/agent/patterns.bin", "rb");
    if (file == NULL) arena_fail("there is no patterns.bin");
    int changes = fgetc(file);
    for (int length; (length = fgetc(file)) != EOF; count++) {
        if (count == MOST || length > 63) arena_fail("too many patterns");
        if (fread(patterns[count].name, 1, (size_t)length, file) != (size_t)length) arena_fail("cut short");
        patterns[count].length = (size_t)fgetc(file);
        if (fread(patterns[count].bytes, 1, patterns[count].length, file) != patterns[count].length)
            arena_fail("cut short");
        begins[patterns[count].bytes[0] << 8 | patterns[count].bytes[1]] = 1;
    }
    fclose(file);
    return changes;
}

static void compare(const uint8_t *at, size_t left, int type) {
    for (int i = 0; i < count; i++) {
        if (type >= TYPES || patterns[i].told[type] || patterns[i].length > left) continue;
        if (memcmp(at, patterns[i].bytes, patterns[i].length) != 0) continue;
        patterns[i].told[type] = 1;
        fprintf(stderr, "found %s in a frame of type %d\n", patterns[i].name, type);
    }
}

static int next_frame(uint32_t *bytes) {
    int type = arena_read_frame(bytes);
    for (uint32_t at = 0; at + 1 < *bytes; at++)
        if (begins[arena.buffer[at] << 8 | arena.buffer[at + 1]]) compare(arena.buffer + at, *bytes - at, type);
    return type;
}

static int act(const arena_game *game) { return "s.h\rl:"[game->step % 6]; }

int main(void) {
    uint32_t bytes;
    int changes = read_patterns();
    next_frame(&bytes);
    arena.stride = (uint32_t)arena_number((const char *)arena.buffer, "strideBytes");
    arena.image = calloc((size_t)arena_number((const char *)arena.buffer, "gamesAtOnce"), arena.stride);
    char ready[256];
    int length = snprintf(ready, sizeof ready,
                          "{\"protocol\":1,\"sdk\":{\"name\":\"seed-searcher\",\"version\":\"1\"},\"observations\":\"%s\"}",
                          changes ? "changes" : "whole");
    arena_write_frame(ARENA_READY, ready, (uint32_t)length);
    uint32_t record = (uint32_t)arena_number((const char *)arena.buffer, "recordBytes");
    for (;;) {
        int type = next_frame(&bytes);
        if (type == ARENA_CHANGES) arena_answer(act);
        if (type == ARENA_STOP) return 0;
        if (type != ARENA_OBSERVE) continue;
        uint8_t answer[4 + 3 * 64];
        uint16_t records;
        memcpy(answer, arena.buffer, 4);
        memcpy(&records, arena.buffer + 4, 2);
        for (int i = 0; i < records; i++) {
            const arena_game *game = (const arena_game *)(arena.buffer + 8 + (uint32_t)i * record);
            memcpy(answer + 4 + 3 * i, game, 2);
            answer[4 + 3 * i + 2] = (uint8_t)act(game);
        }
        arena_write_frame(ARENA_ACT, answer, 4 + 3 * (uint32_t)records);
    }
}
