"""Tables by glyph, so that all cells of all games are looked up at once."""

from __future__ import annotations

import numpy as np

from nle import nethack

STONE = nethack.GLYPH_CMAP_OFF
_GLYPHS = np.arange(nethack.MAX_GLYPH + 1)

#: What rules want to know of where it is; 0 is all else.
MONSTER, PET, UNSEEN, CORPSE, DOWN, UP, GOLD, SWALLOWED, CLOSED_DOOR, LOOT = range(1, 11)

_SYMBOL = nethack.glyph_to_cmap(_GLYPHS)
_IS_SYMBOL = nethack.glyph_is_cmap(_GLYPHS)


def _symbols(*numbers: int) -> np.ndarray:
    return _IS_SYMBOL & np.isin(_SYMBOL, numbers)


def _interest() -> np.ndarray:
    table = np.zeros(len(_GLYPHS), np.uint8)
    table[nethack.glyph_is_monster(_GLYPHS)] = MONSTER
    table[nethack.glyph_is_pet(_GLYPHS)] = PET
    table[nethack.glyph_is_invisible(_GLYPHS) | nethack.glyph_is_warning(_GLYPHS)] = UNSEEN
    table[nethack.glyph_is_body(_GLYPHS)] = CORPSE
    table[nethack.glyph_is_swallow(_GLYPHS)] = SWALLOWED
    table[_symbols(23, 25)] = UP
    table[_symbols(24, 26)] = DOWN
    table[_symbols(15, 16)] = CLOSED_DOOR
    table[nethack.GLYPH_OBJ_OFF + _object("gold piece")] = GOLD
    table[[nethack.GLYPH_OBJ_OFF + _object(name) for name in _LOOT]] = LOOT
    return table


#: Food that keeps, and what is thrown: worth a walk.
_LOOT = (
    *("food ration", "cram ration", "lembas wafer", "K-ration", "C-ration", "tripe ration", "apple", "orange", "pear"),
    *("melon", "banana", "carrot", "pancake", "fortune cookie", "candy bar", "cream pie"),
    *("dagger", "elven dagger", "orcish dagger", "silver dagger", "arrow", "elven arrow", "orcish arrow", "silver arrow"),
    *("ya", "dart", "shuriken", "javelin"),
)


def _object(name: str) -> int:
    return next(
        index for index in range(nethack.NUM_OBJECTS) if nethack.OBJ_NAME(nethack.objclass(index)) == name
    )


#: Ways of being walked on.
BARRED, OPEN, DOOR, SHUT, TRAP, BOULDER = range(6)


def _ways() -> np.ndarray:
    """Symbols are those of defsym.h: doors 12 … 16, floor to fountain 19 … 31, ice 33, a lowered bridge 35 and 36, traps from 42 on."""
    table = np.full(len(_GLYPHS), OPEN, np.uint8)
    table[_IS_SYMBOL] = BARRED
    table[_symbols(12, *range(19, 32), 33, 35, 36)] = OPEN
    table[_symbols(13, 14)] = DOOR
    table[_symbols(15, 16)] = SHUT
    table[nethack.glyph_is_trap(_GLYPHS)] = TRAP
    table[nethack.GLYPH_OBJ_OFF + _object("boulder")] = BOULDER
    table[nethack.MAX_GLYPH] = BARRED
    return table


#: What the map shows of a cell itself, or of a thing on it, and not of who stands there.
GROUND = (_IS_SYMBOL & (_SYMBOL <= 64)) | nethack.glyph_is_object(_GLYPHS)
GROUND[STONE] = False
FLOOR = STONE + 19
INTEREST = _interest()
WAYS = _ways()
#: The monster that a glyph of one shows, or whose corpse it is.
MONSTER_OF = np.where(
    nethack.glyph_is_body(_GLYPHS), _GLYPHS - nethack.GLYPH_BODY_OFF, nethack.glyph_to_mon(_GLYPHS)
).astype(np.int32)
#: Where a corridor or an empty doorway shows: dead ends are worth a search.
NARROW = _symbols(12, 13, 14, 21, 22)
WALL = _symbols(*range(1, 12))
#: Inside of a room, things on its floor included.
ROOM = _symbols(19, 20) | nethack.glyph_is_object(_GLYPHS)
