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

/* Naming an item changes it: what is named in the hero's pack has been seen. A game must not go another way because
 * nobody looks at these fields, so without them the item is only marked as xname() would mark it. */
static void
name_unseen(struct obj *item)
{
    const struct objclass *kind = &objects[item->otyp];

    if (item->otyp == LEASH && item->leashmon) {
        (void) doname(item); /* complains about, and mends, a leash whose animal is gone */
        return;
    }
    if (!kind->oc_name_known && kind->oc_uses_known && kind->oc_unique)
        item->known = 0;
    if (!Blind)
        item->dknown = 1;
    if (Role_if(PM_PRIEST))
        item->bknown = 1;
}

void
inventory_take(void)
{
    boolean wanted = arena_wants(FIELD_INV_GLYPHS) || arena_wants(FIELD_INV_LETTERS)
                     || arena_wants(FIELD_INV_OCLASSES) || arena_wants(FIELD_INV_STRS);
    struct obj *item;
    int place = 0;

    for (item = invent; item && place < INVENTORY_SIZE; item = item->nobj, ++place) {
        int glyph = obj_to_glyph(item, rn2_on_display_rng); /* may draw a number, wanted or not */

        if (!wanted) {
            name_unseen(item);
            continue;
        }
        obs_inv_glyphs[place] = (int16_t) shown_glyph(glyph);
        obs_inv_letters[place] = (uint8_t) item->invlet;
        obs_inv_oclasses[place] = (uint8_t) item->oclass;
        (void) strncpy((char *) obs_inv_strs[place], doname(item), INVENTORY_STRING);
    }
    if (wanted && place < INVENTORY_SIZE)
        empty_from(place);
}
