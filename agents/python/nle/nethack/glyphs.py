"""What glyphs are and stand for, as NetHack's own macros answered: an int gives a scalar, an array an array of its shape."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable

import numpy as np

from .data import INTERFACE, tables

_NO_GLYPH: int = INTERFACE["constants"]["NO_GLYPH"]


@lru_cache(maxsize=None)
def _column(name: str) -> np.ndarray:
    """A table by glyph, NO_GLYPH's entry last. Stored as runs: how many, the first value, its growth."""
    parts = [first + step * np.arange(count) for count, first, step in tables()["glyphs"][name]]
    column = np.concatenate(parts).astype(np.bool_ if name.startswith("is_") else np.int32)
    column.flags.writeable = False
    return column


def _look_up(name: str, glyphs: Any) -> Any:
    column = _column(name)
    given = np.asarray(glyphs)
    if given.dtype.kind not in "iu":
        raise TypeError(f"glyphs are whole numbers, not {given.dtype}")
    # What is no glyph at all is as little as NO_GLYPH.
    known = np.where((given >= 0) & (given < _NO_GLYPH), given, _NO_GLYPH)
    found = column[known]
    return found if given.ndim > 0 else found.item()


def _function(kind: str, what: str) -> Callable[[Any], Any]:
    def look_up(glyph: Any) -> Any:
        return _look_up(f"{kind}_{what}", glyph)

    look_up.__name__ = look_up.__qualname__ = f"glyph_{kind}_{what}"
    look_up.__doc__ = (
        f"Whether a glyph is a {what.replace('_', ' ')}; an array for an array."
        if kind == "is"
        else f"The number of the {what} that a glyph shows, NO_GLYPH (swallow: 0) where none; an array for an array."
    )
    return look_up


glyph_is_monster = _function("is", "monster")
glyph_is_normal_monster = _function("is", "normal_monster")
glyph_is_pet = _function("is", "pet")
glyph_is_body = _function("is", "body")
glyph_is_statue = _function("is", "statue")
glyph_is_ridden_monster = _function("is", "ridden_monster")
glyph_is_detected_monster = _function("is", "detected_monster")
glyph_is_invisible = _function("is", "invisible")
glyph_is_normal_object = _function("is", "normal_object")
glyph_is_object = _function("is", "object")
glyph_is_trap = _function("is", "trap")
glyph_is_cmap = _function("is", "cmap")
glyph_is_swallow = _function("is", "swallow")
glyph_is_warning = _function("is", "warning")

glyph_to_mon = _function("to", "mon")
glyph_to_obj = _function("to", "obj")
glyph_to_trap = _function("to", "trap")
glyph_to_cmap = _function("to", "cmap")
glyph_to_swallow = _function("to", "swallow")
glyph_to_warning = _function("to", "warning")


def tiles() -> np.ndarray:
    """The tile of each glyph in NetHack's tile files: glyph2tile."""
    return _column("tile")


__all__ = [
    "glyph_is_body",
    "glyph_is_cmap",
    "glyph_is_detected_monster",
    "glyph_is_invisible",
    "glyph_is_monster",
    "glyph_is_normal_monster",
    "glyph_is_normal_object",
    "glyph_is_object",
    "glyph_is_pet",
    "glyph_is_ridden_monster",
    "glyph_is_statue",
    "glyph_is_swallow",
    "glyph_is_trap",
    "glyph_is_warning",
    "glyph_to_cmap",
    "glyph_to_mon",
    "glyph_to_obj",
    "glyph_to_swallow",
    "glyph_to_trap",
    "glyph_to_warning",
]
