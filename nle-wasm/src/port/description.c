/* screen_descriptions: NetHack's short look-up text of a cell, made when the cell is printed. */
#include "hack.h"
#include "engine.h"
#include "observation.h"
#include "pager.h"

uint8_t obs_screen_descriptions[MAP_ROWS][MAP_COLS][DESCRIPTION_LENGTH];

/* do_screen_description() compares a symbol with some 200 others to see whether it is ambiguous, and then either
 * names it or looks at the place. For plain terrain that answer depends on the symbol set alone, which changes only
 * together with a cleared map: it is kept (17 fields, step way: 58,000 keys a second without, 81,000 with). */
static struct {
    enum { UNKNOWN, NAMED, LOOKED } kind;
    const char *text;
} terrain[MAXPCHARS];

void
description_clear(void)
{
    (void) memset(obs_screen_descriptions, 0, sizeof obs_screen_descriptions);
    (void) memset(&descriptions_pending, 0, sizeof descriptions_pending);
    (void) memset(terrain, 0, sizeof terrain);
}

/* Nothing but terrain, seen as it is: no monster symbol, no sense that changes what a symbol means. */
static boolean
is_plain(int glyph, int symbol)
{
    return glyph_is_cmap(glyph) && symbol != DEF_INVISIBLE && symbol != '@' && !Hallucination && !u.uswallow
           && !Underwater && !iflags.terrainmode;
}

static void
store(uint8_t *out, const char *text)
{
    size_t length = strnlen(text, DESCRIPTION_LENGTH);

    (void) memcpy(out, text, length);
    (void) memset(out + length, 0, DESCRIPTION_LENGTH - length);
}

static void
describe(int x, int y, int glyph, int symbol, uint8_t *out)
{
    boolean plain = is_plain(glyph, symbol);
    int known = plain ? glyph - GLYPH_CMAP_OFF : 0;
    char text[BUFSZ];
    const char *first = 0;
    coord place;

    if (plain && terrain[known].kind == NAMED) {
        store(out, terrain[known].text);
        return;
    }
    if (plain && terrain[known].kind == LOOKED) {
        pager_lookat(x, y, text);
        store(out, text);
        return;
    }
    place.x = x;
    place.y = y;
    pager_looked = FALSE;
    if (!do_screen_description(place, TRUE, 0, text, &first, (struct permonst **) 0))
        first = "";
    store(out, first);
    if (plain) {
        terrain[known].kind = pager_looked ? LOOKED : NAMED;
        terrain[known].text = pager_looked ? (const char *) 0 : first;
    }
}

/* Looking at a cell changes the game where a thing is there: an object seen up close is marked as seen, one made up for
 * the occasion takes an identity number, traps under monsters become known, hallucination draws numbers. Plain terrain,
 * by far the most of what is printed, has none of that and is not looked at when nobody wants the text. */
static boolean
looking_changes(int glyph)
{
    return !glyph_is_cmap(glyph) || Hallucination || u.uswallow;
}

/* A game in which cells are looked at (settings.looks) goes another way than one in which they are not, whoever wants
 * the texts. In the latter the texts that are wanted wait here until the host has them written by a copy of the game. */
struct pending descriptions_pending;

void
description_print(int x, int y, int glyph, int symbol)
{
    if (arena_settings.looks) {
        if (arena_wants(FIELD_SCREEN_DESCRIPTIONS) || looking_changes(glyph))
            describe(x, y, glyph, symbol, obs_screen_descriptions[y][x - 1]);
    } else if (arena_wants(FIELD_SCREEN_DESCRIPTIONS) && !descriptions_pending.cells[y][x - 1]) {
        descriptions_pending.cells[y][x - 1] = 1;
        descriptions_pending.count++;
    }
}

EXPORT(arena_pending) void *
arena_pending(void)
{
    return &descriptions_pending;
}

/* Writes the texts that wait. It touches the game, so the host calls it in a copy and takes the texts alone. */
EXPORT(arena_describe) void
arena_describe(void)
{
    int row, column;

    arena_refuel(arena_settings.fuel);
    for (row = 0; row < MAP_ROWS; ++row)
        for (column = 0; column < MAP_COLS; ++column)
            if (descriptions_pending.cells[row][column])
                describe(column + 1, row, glyph_at(column + 1, row), obs_chars[row][column],
                         obs_screen_descriptions[row][column]);
    (void) memset(&descriptions_pending, 0, sizeof descriptions_pending);
}
