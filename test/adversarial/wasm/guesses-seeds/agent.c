/* Tries the master seeds that somebody in a hurry would take, against the numbers that it was told of its games. */
#include "../client.h"
#include "sha256.h"
#include <time.h>

static int guesses;

/* What an agent is told of the first game under this root, as the platform makes it. */
static uint32_t seed_told(const uint8_t *root) {
    uint8_t seeds[32], digest[32];
    uint32_t told;
    hmac(root, 32, "game/0", seeds);
    seeds[7] &= 0x3f;
    seeds[15] &= 0x3f;
    hmac(seeds, 16, "agent", digest);
    memcpy(&told, digest, 4);
    return told;
}

static void guess_root(const uint8_t *root) {
    uint32_t guess = seed_told(root);
    guesses++;
    for (int slot = 0; slot < 2; slot++)
        must_fail("a seed", guess != ((const arena_game *)(arena.image + slot * arena.stride))->seed);
}

static void guess(const uint8_t *master) {
    uint8_t root[32];
    guess_root(master);
    hmac(master, 32, "evaluation/1", root);
    guess_root(root);
}

static void guess_word(const char *word) {
    uint8_t master[32];
    sha256(0, word, (uint32_t)strlen(word), master);
    guess(master);
}

static void guess_number(uint32_t number) {
    uint8_t little[32] = {0}, big[32] = {0};
    for (int i = 0; i < 4; i++) little[i] = big[31 - i] = (uint8_t)(number >> 8 * i);
    guess(little);
    guess(big);
}

static void attempt(void) {
    static const char *const words[] = {"", "NetHack Arena demo", "NetHack Arena", "nethack", "arena", "seed", "master", "secret", "password", "test"};
    uint8_t same[32];
    char text[16];
    uint32_t now = (uint32_t)time(NULL);
    for (int byte = 0; byte < 256; byte++) guess(memset(same, byte, 32));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) guess_word(words[i]);
    for (uint32_t number = 0; number < 5000; number++) {
        guess_number(number);
        snprintf(text, sizeof text, "%u", number);
        guess_word(text);
    }
    for (uint32_t second = now - 3600; second <= now; second++) guess_number(second);
    snprintf(text, sizeof text, "%d guesses", guesses);
    denied(text);
}
