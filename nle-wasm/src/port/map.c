/* The map fields: recorded cell by cell as the game prints glyphs. */
#include "hack.h"
#include "observation.h"

int16_t obs_glyphs[MAP_ROWS][MAP_COLS];
uint8_t obs_chars[MAP_ROWS][MAP_COLS], obs_colors[MAP_ROWS][MAP_COLS], obs_specials[MAP_ROWS][MAP_COLS];

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
    description_clear();
}

/* An agent sees what a thing looks like, never what it is: ordinary objects are numbered by their description. */
int
shown_glyph(int glyph)
{
    if (glyph_is_normal_object(glyph))
        return GLYPH_OBJ_OFF + objects[glyph_to_obj(glyph)].oc_descr_idx;
    return glyph;
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
    description_print(x, y, glyph, ch);
}
