/* The map fields: recorded cell by cell as the game prints glyphs. */
#include "hack.h"
#include "engine.h"
#include "observation.h"

int16_t obs_glyphs[MAP_ROWS][MAP_COLS];
uint8_t obs_chars[MAP_ROWS][MAP_COLS], obs_colors[MAP_ROWS][MAP_COLS], obs_specials[MAP_ROWS][MAP_COLS];
uint8_t obs_screen_descriptions[MAP_ROWS][MAP_COLS][DESCRIPTION_LENGTH];

void
map_clear(void)
{
    int row, column;
    int16_t stone = (int16_t) cmap_to_glyph(S_stone);

    for (row = 0; row < MAP_ROWS; ++row)
        for (column = 0; column < MAP_COLS; ++column)
            obs_glyphs[row][column] = stone;
    (void) memset(obs_chars, ' ', sizeof obs_chars);
    (void) memset(obs_colors, 0, sizeof obs_colors);
    (void) memset(obs_specials, 0, sizeof obs_specials);
    (void) memset(obs_screen_descriptions, 0, sizeof obs_screen_descriptions);
}

/* An agent sees what a thing looks like, never what it is: ordinary objects are numbered by their description. */
int
shown_glyph(int glyph)
{
    if (glyph_is_normal_object(glyph))
        return GLYPH_OBJ_OFF + objects[glyph_to_obj(glyph)].oc_descr_idx;
    return glyph;
}

static void
describe(int x, int y, uint8_t *out)
{
    char text[BUFSZ];
    const char *first = 0;
    coord place;

    place.x = x;
    place.y = y;
    text[0] = '\0';
    if (do_screen_description(place, TRUE, 0, text, &first, (struct permonst **) 0) && first)
        (void) strncpy((char *) out, first, DESCRIPTION_LENGTH);
    else
        (void) memset(out, 0, DESCRIPTION_LENGTH);
}

/* Looking at a cell changes the game where a thing is there: objects get an identity number, traps under monsters
 * become known, hallucination draws numbers. Plain terrain, by far the most of what is printed, has none of that and
 * need not be looked at when nobody wants the text. */
static boolean
looking_changes(int glyph)
{
    return !glyph_is_cmap(glyph) || Hallucination || u.uswallow;
}

void
map_print(int x, int y, int glyph)
{
    int row = y, column = x - 1, ch, color;
    unsigned special;

    if (row < 0 || row >= MAP_ROWS || column < 0 || column >= MAP_COLS)
        return;
    (void) mapglyph(glyph, &ch, &color, &special, x, y, 0);
    if (color == CLR_BLACK && glyph != cmap_to_glyph(S_stone))
        color = iflags.wc2_darkgray ? 8 : CLR_BLUE;
    obs_glyphs[row][column] = (int16_t) shown_glyph(glyph);
    obs_chars[row][column] = (uint8_t) ch;
    obs_colors[row][column] = (uint8_t) color;
    obs_specials[row][column] = (uint8_t) special;
    if (arena_wants(FIELD_SCREEN_DESCRIPTIONS) || looking_changes(glyph))
        describe(x, y, obs_screen_descriptions[row][column]);
}
