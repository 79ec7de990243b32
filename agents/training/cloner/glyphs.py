"""What kinds of things the 5,976 glyphs show, as planes of zeros and ones: the part of the policy's eyes that is not learned."""

from __future__ import annotations

import numpy as np
from nle import nethack

# One more than the highest number a cell can have (NO_GLYPH is 5976).
GLYPHS = nethack.MAX_GLYPH + 1

# Numbers of NetHack's map symbols (defsym.h); those that stay out of every list are plain floor.
_STONE = (0,)
_WALL = (*range(1, 12), 17, 18, 37, 38)
_DOORWAY = (12, 13, 14, 35, 36)
_CLOSED = (15, 16)
_CORRIDOR = (21, 22)
_UP = (23, 25)
_DOWN = (24, 26)
_LIQUID = (32, 34, 41)
_TRAP = tuple(range(42, 65))
_DOWN_TRAP = (54, 55)
_FLOOR = (19, 20, 27, 28, 29, 30, 31, 33, 39, 40)

PLANES = (
    "unknown",
    "wall",
    "floor",
    "corridor",
    "door",
    "closed",
    "down",
    "up",
    "object",
    "monster",
    "pet",
    "danger",
    "passable",
)


def planes() -> np.ndarray:
    """One row a plane of PLANES, one column a glyph, float32."""
    glyphs = np.arange(GLYPHS)
    is_map = nethack.glyph_is_cmap(glyphs)
    symbol = np.where(is_map, nethack.glyph_to_cmap(glyphs), -1)
    boulder = nethack.glyph_is_normal_object(glyphs) & (nethack.glyph_to_obj(glyphs) == _boulder())
    pet = nethack.glyph_is_pet(glyphs)
    found = {
        "unknown": np.isin(symbol, _STONE) | (glyphs == nethack.MAX_GLYPH),
        "wall": np.isin(symbol, _WALL) | boulder,
        "floor": np.isin(symbol, _FLOOR) | nethack.glyph_is_statue(glyphs),
        "corridor": np.isin(symbol, _CORRIDOR),
        "door": np.isin(symbol, _DOORWAY),
        "closed": np.isin(symbol, _CLOSED),
        "down": np.isin(symbol, (*_DOWN, *_DOWN_TRAP)),
        "up": np.isin(symbol, _UP),
        "object": (nethack.glyph_is_normal_object(glyphs) | nethack.glyph_is_body(glyphs)) & ~boulder,
        "monster": (
            (nethack.glyph_is_monster(glyphs) & ~pet)
            | nethack.glyph_is_invisible(glyphs)
            | nethack.glyph_is_warning(glyphs)
        ),
        "pet": pet,
        "danger": np.isin(symbol, (*_LIQUID, *_TRAP)),
    }
    found["passable"] = ~(
        found["unknown"] | found["wall"] | found["closed"] | np.isin(symbol, _LIQUID) | (symbol > 64)
    )
    return np.stack([found[name] for name in PLANES]).astype(np.float32)


def _boulder() -> int:
    return next(
        number
        for number in range(nethack.NUM_OBJECTS)
        if nethack.OBJ_NAME(nethack.objclass(number)) == "boulder"
    )
