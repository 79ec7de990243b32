/* The inventory fields, taken whenever the game says that the inventory changed. */
#include "hack.h"
#include "engine.h"
#include "observation.h"

int16_t obs_inv_glyphs[INVENTORY_SIZE];
uint8_t obs_inv_letters[INVENTORY_SIZE], obs_inv_oclasses[INVENTORY_SIZE];
uint8_t obs_inv_strs[INVENTORY_SIZE][INVENTORY_STRING];

static void
empty_from(int place)
{
    int left = INVENTORY_SIZE - place;

    (void) memset(&obs_inv_letters[place], 0, left);
    (void) memset(&obs_inv_oclasses[place], MAXOCLASSES, left);
    (void) memset(obs_inv_strs[place], 0, (unsigned) left * INVENTORY_STRING);
    for (; place < INVENTORY_SIZE; ++place)
        obs_inv_glyphs[place] = NO_GLYPH;
}

void
inventory_start(void)
{
    empty_from(0);
}

void
inventory_take(void)
{
    struct obj *item;
    int place = 0;

    for (item = invent; item && place < INVENTORY_SIZE; item = item->nobj, ++place) {
        obs_inv_glyphs[place] = (int16_t) shown_glyph(obj_to_glyph(item, rn2_on_display_rng));
        obs_inv_letters[place] = (uint8_t) item->invlet;
        obs_inv_oclasses[place] = (uint8_t) item->oclass;
        (void) strncpy((char *) obs_inv_strs[place], doname(item), INVENTORY_STRING);
    }
    if (place < INVENTORY_SIZE)
        empty_from(place);
}
