/*
 * A client of the arena's protocol in one header: docs/AGENTS.md describes it byte by byte.
 *
 *     #include "arena.h"
 *     static int search;
 *     static void start(const char *hello) { search = arena_key(hello, "Command", "SEARCH"); }
 *     static int act(const arena_game *game) { return search; }
 *     int main(void) { return arena_play("my-agent", "1.0.0", start, act); }
 *
 * Build it for WASI preview 1: clang-14 --target=wasm32-wasi -O2 -o agent.wasm agent.c
 */
#ifndef ARENA_H
#define ARENA_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_HELLO = 1, ARENA_OBSERVE, ARENA_GAME_OVER, ARENA_STOP, ARENA_CHANGES, ARENA_LAST, ARENA_READY = 129, ARENA_ACT };

/* What is known of a game at a question; it lies at the start of the game's record. */
typedef struct {
    uint16_t slot;    /* 0 ... gamesAtOnce - 1 */
    uint16_t flags;   /* bit 0: the first question of a game */
    uint32_t episode; /* counts the games of this slot, from 0 */
    uint32_t step;    /* keys answered in this game */
    uint32_t seed;    /* for this game's random numbers: the same each time it is played */
    int32_t score;    /* so far */
    uint32_t zero;
} arena_game;

/* The key to press in this game, as arena_key gives it; 0 ends the game as an invalid action. */
typedef int (*arena_act)(const arena_game *game);

/* What the key that ended a game led to: NetHack's last screen, where the game ended by itself. No answer is due. */
typedef void (*arena_last)(const arena_game *game);

/* Called once before the first question, with the platform's hello as text in JSON: look up fields and keys here. */
typedef void (*arena_start)(const char *hello);

static struct {
    uint8_t *buffer;   /* the payload of the frame read last */
    uint32_t capacity; /* of the buffer */
    uint8_t *image;    /* the records of all slots */
    uint32_t stride;   /* from one slot's record to the next */
} arena;

static void arena_fail(const char *why) {
    fprintf(stderr, "arena: %s\n", why);
    exit(1);
}

static void arena_read(void *to, size_t bytes) {
    for (uint8_t *at = to; bytes > 0;) {
        ssize_t got = read(0, at, bytes);
        if (got <= 0) arena_fail("the platform closed standard input");
        at += got;
        bytes -= (size_t)got;
    }
}

static void arena_write(const void *from, size_t bytes) {
    for (const uint8_t *at = from; bytes > 0;) {
        ssize_t put = write(1, at, bytes);
        if (put <= 0) arena_fail("the platform closed standard output");
        at += put;
        bytes -= (size_t)put;
    }
}

/* Reads a frame's payload into the buffer, ends it with a NUL, and returns the frame's type. */
static int arena_read_frame(uint32_t *bytes) {
    uint8_t header[5];
    arena_read(header, sizeof header);
    memcpy(bytes, header, 4); /* WebAssembly is little endian, as the protocol is */
    if (*bytes >= arena.capacity) {
        arena.capacity = *bytes + 1;
        free(arena.buffer);
        arena.buffer = malloc(arena.capacity);
        if (arena.buffer == NULL) arena_fail("out of memory");
    }
    arena_read(arena.buffer, *bytes);
    arena.buffer[*bytes] = 0;
    return header[4];
}

static void arena_write_frame(int type, const void *payload, uint32_t bytes) {
    static uint8_t frame[5 + 1024];
    if (bytes > 1024) arena_fail("a frame is too large");
    memcpy(frame, &bytes, 4);
    frame[4] = (uint8_t)type;
    memcpy(frame + 5, payload, bytes);
    arena_write(frame, 5 + bytes);
}

/* The number behind "key": in hello, at or after `text`; -1 if there is none. */
static long arena_number(const char *text, const char *key) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\":", key);
    const char *at = text == NULL ? NULL : strstr(text, wanted);
    return at == NULL ? -1 : atol(at + strlen(wanted));
}

/* Where a field lies in a record. Ends the process if arena.json did not ask for the field. */
static uint32_t arena_offset(const char *hello, const char *field) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"name\":\"%s\"", field);
    const char *fields = strstr(hello, "\"fields\":");
    const char *found = fields == NULL ? NULL : strstr(fields, wanted);
    long offset = arena_number(found, "offset");
    if (offset < 0) {
        fprintf(stderr, "arena: the field %s was not asked for; add it to \"fields\" in arena.json\n", field);
        exit(1);
    }
    return (uint32_t)offset;
}

/* The key of an action by its set and name, e.g. "MiscAction", "MORE". Ends the process if there is none: docs/AGENTS.md lists them. */
static inline int arena_key(const char *hello, const char *set, const char *name) {
    char wanted[128];
    snprintf(wanted, sizeof wanted, "\"set\":\"%s\",\"name\":\"%s\"", set, name);
    long key = arena_number(strstr(hello, wanted), "key");
    if (key < 0) {
        fprintf(stderr, "arena: there is no action %s.%s\n", set, name);
        exit(1);
    }
    return (int)key;
}

/* A field of a game; valid until the answer. `offset` comes from arena_offset. */
static inline const void *arena_field(const arena_game *game, uint32_t offset) {
    return (const uint8_t *)game + offset;
}

#define ARENA_PADDED(bytes) (((bytes) + 7u) & ~7u)

/* Brings the image up to date with the frame read last; the number of records that it is about. */
static uint32_t arena_update(void) {
    uint32_t head[4]; /* ticket, number of records, number of blocks, 0 */
    memcpy(head, arena.buffer, sizeof head);
    uint32_t records = head[1] & 0xffff, blocks = head[2];
    const uint8_t *numbers = arena.buffer + sizeof head + ARENA_PADDED(2 * records);
    const uint8_t *content = numbers + ARENA_PADDED(4 * blocks);
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t block;
        memcpy(&block, numbers + 4 * i, 4);
        memcpy(arena.image + 64 * block, content + 64 * i, 64);
    }
    return records;
}

/* The i-th game that the frame read last is about. */
static const arena_game *arena_game_at(uint32_t i) {
    uint16_t slot;
    memcpy(&slot, arena.buffer + 16 + 2 * i, 2);
    return (const arena_game *)(arena.image + slot * arena.stride);
}

/* A question: asks `act` about each game, and answers. */
static void arena_answer(arena_act act) {
    uint32_t records = arena_update();
    static uint8_t answer[4 + 3 * 64];
    memcpy(answer, arena.buffer, 4); /* the ticket */
    for (uint32_t i = 0; i < records; i++) {
        const arena_game *game = arena_game_at(i);
        memcpy(answer + 4 + 3 * i, &game->slot, 2);
        answer[4 + 3 * i + 2] = (uint8_t)act(game);
    }
    arena_write_frame(ARENA_ACT, answer, 4 + 3 * records);
}

/* Plays until the platform says stop; `start` and `last` may be NULL. What main returns. */
static int arena_play_last(const char *name, const char *version, arena_start start, arena_act act, arena_last last) {
    uint32_t bytes;
    if (arena_read_frame(&bytes) != ARENA_HELLO) arena_fail("the first frame was no hello");
    const char *hello = (const char *)arena.buffer;
    if (arena_number(hello, "protocol") != 1) arena_fail("the platform speaks another protocol");
    arena.stride = (uint32_t)arena_number(hello, "strideBytes");
    arena.image = calloc((size_t)arena_number(hello, "gamesAtOnce"), arena.stride);
    if (arena.image == NULL) arena_fail("out of memory");
    if (start != NULL) start(hello);
    char ready[512];
    int length = snprintf(ready, sizeof ready,
                          "{\"protocol\":1,\"sdk\":{\"name\":\"%s\",\"version\":\"%s\"},\"observations\":\"changes\","
                          "\"lastObservation\":%s}",
                          name, version, last == NULL ? "false" : "true");
    arena_write_frame(ARENA_READY, ready, (uint32_t)length);
    for (;;) {
        int type = arena_read_frame(&bytes);
        if (type == ARENA_CHANGES) arena_answer(act);
        else if (type == ARENA_STOP) return 0;
        else if (type == ARENA_LAST && last != NULL && arena_update() == 1) last(arena_game_at(0));
    }
}

/* The same without a look at what each game's end shows. */
static inline int arena_play(const char *name, const char *version, arena_start start, arena_act act) {
    return arena_play_last(name, version, start, act, NULL);
}

#endif
