"""What is picked up in a shop has to be paid, and whoever does not pay is killed."""

from __future__ import annotations

import numpy as np

from ways import beside

from .glyphs import ROOM
from .level import Cell, Level

#: In cells. A keeper out in a corridor or a cave would forbid more, and then forbids nothing.
_LARGEST = 150


def forbid_shop(level: Level, keeper: Cell) -> None:
    """Forbids the floor around a shopkeeper, up to walls and doors, as far as it is known."""
    room = ROOM[level.ground]
    inside = np.zeros_like(room)
    inside[keeper] = True
    size = 0
    while size < int(inside.sum()) <= _LARGEST:
        size = int(inside.sum())
        inside |= (beside(inside) > 0) & room
    if size == int(inside.sum()):
        level.shop = True
        level.forbidden |= inside
