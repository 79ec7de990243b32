/* The engine's own state: what the host sets before a game and reads while it runs. */
#ifndef ARENA_ENGINE_H
#define ARENA_ENGINE_H

#include <stdint.h>

/* Changes whenever the exports that both files have, the settings' layout or the meaning of a field change; the loader checks it. */
#define ARENA_INTERFACE_VERSION 3

enum { ARENA_OPTIONS_SIZE = 4096 };

/* Written by the host before arena_run; the loader knows this layout. */
struct arena_settings {
    uint8_t core_seed[8], disp_seed[8], level_seed[8]; /* little endian */
    int32_t reseed;                                    /* NetHack's has_strong_rngseed */
    int32_t use_level_seed;
    int32_t spawn_monsters;
    uint32_t fields; /* bit n: field n of the digest order is wanted */
    int32_t clock;   /* seconds since 1970 */
    int32_t utc_offset;
    int32_t fuel; /* loop rounds a game may take between two keys; then it traps */
    char options[ARENA_OPTIONS_SIZE]; /* NETHACKOPTIONS, zero-terminated */
    int32_t looks; /* cells are looked at as they are printed, which touches the game: see description.c */
};

enum arena_phase { PHASE_NEW, PHASE_RUNNING, PHASE_ENDED, PHASE_FAULT };

struct arena_status {
    int32_t phase;
    int32_t how;    /* NetHack's end code, -1 before the end */
    int32_t status; /* exit status */
    char option_error[128]; /* what NetHack said of an option it does not take; empty if none */
    char fault[256];        /* what NetHack said when it gave up; empty if it did not */
};

extern struct arena_settings arena_settings;
extern struct arena_status arena_status;

enum arena_field {
    FIELD_GLYPHS,
    FIELD_CHARS,
    FIELD_COLORS,
    FIELD_SPECIALS,
    FIELD_BLSTATS,
    FIELD_MESSAGE,
    FIELD_PROGRAM_STATE,
    FIELD_INTERNAL,
    FIELD_INV_GLYPHS,
    FIELD_INV_LETTERS,
    FIELD_INV_OCLASSES,
    FIELD_INV_STRS,
    FIELD_SCREEN_DESCRIPTIONS,
    FIELD_TTY_CHARS,
    FIELD_TTY_COLORS,
    FIELD_TTY_CURSOR,
    FIELD_MISC,
    FIELD_COUNT
};

#define arena_wants(field) ((arena_settings.fields >> (field)) & 1u)

/* On wasm what other functions of the host see and call; means nothing elsewhere. */
#define EXPORT(name) __attribute__((export_name(#name)))

/* The one thing the engine imports: shows the observation, gives the next key. */
__attribute__((import_module("arena"), import_name("key"))) int32_t arena_host_key(void);

/* instance.c: before the first game's code runs, and out of it for good */
void arena_construct(void);
_Noreturn void arena_leave(void);

extern const unsigned char nhdat_start[], nhdat_end[];

int arena_getch(void);

/* Fills up what the loops pay from. */
void arena_refuel(int32_t rounds);

/* upstream/rnd.c: what is drawn in between comes from the dungeon's own generator, if the game has a level seed */
void level_generator_enter(int dungeon);
void level_generator_leave(void);

#endif
