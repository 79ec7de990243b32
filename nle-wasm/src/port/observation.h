/* The 17 fields: who fills which, and when. Specification: docs of the engine, "Fields". */
#ifndef ARENA_OBSERVATION_H
#define ARENA_OBSERVATION_H

#include <stdint.h>

enum {
    MAP_ROWS = 21,
    MAP_COLS = 79,
    DESCRIPTION_LENGTH = 80,
    INVENTORY_SIZE = 55,
    INVENTORY_STRING = 80,
    MESSAGE_SIZE = 256,
    BLSTATS_SIZE = 27
};

extern int16_t obs_glyphs[MAP_ROWS][MAP_COLS];
extern uint8_t obs_chars[MAP_ROWS][MAP_COLS], obs_colors[MAP_ROWS][MAP_COLS], obs_specials[MAP_ROWS][MAP_COLS];
extern uint8_t obs_screen_descriptions[MAP_ROWS][MAP_COLS][DESCRIPTION_LENGTH];
extern int32_t obs_blstats[BLSTATS_SIZE];
extern uint8_t obs_message[MESSAGE_SIZE];
extern int32_t obs_program_state[6], obs_internal[9], obs_misc[3];
extern int16_t obs_inv_glyphs[INVENTORY_SIZE];
extern uint8_t obs_inv_letters[INVENTORY_SIZE], obs_inv_oclasses[INVENTORY_SIZE];
extern uint8_t obs_inv_strs[INVENTORY_SIZE][INVENTORY_STRING];

void *observation_field(int field);
void observation_start(void);

/* observation.c: just before and after a key is asked for */
void observation_show(void);
void observation_resume(void);
/* once the game has ended */
void observation_end(void);

/* map.c */
void map_clear(void);
void map_print(int x, int y, int glyph);
int shown_glyph(int glyph);

/* description.c: cells whose texts wait to be written; the loader knows this layout */
struct pending {
    int32_t count;
    uint8_t cells[MAP_ROWS][MAP_COLS];
};
extern struct pending descriptions_pending;
void description_clear(void);
void description_print(int x, int y, int glyph, int symbol);

/* status.c */
void status_condition(long bits);
void status_take(void);
void status_refresh(void);

/* inventory.c */
void inventory_start(void);
void inventory_take(void);

/* what the game is waiting for, kept by window.c */
struct arena_waiting {
    int in_yes_no, in_line_input, at_more;
    char question[MESSAGE_SIZE];
};
extern struct arena_waiting arena_waiting;

#endif
