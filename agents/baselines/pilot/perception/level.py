"""What one game remembers of one level."""

from __future__ import annotations

from typing import Dict, Set, Tuple

import numpy as np

from .glyphs import FLOOR, GROUND, STONE

Cell = Tuple[int, int]
ROWS, COLUMNS = 21, 79


class Level:
    def __init__(self) -> None:
        #: The glyph of each cell as it is when nobody stands there: a dead end with the hero in it is one still.
        self.ground = np.full((ROWS, COLUMNS), STONE, np.int16)
        #: Where the hero has stood.
        self.visited = np.zeros((ROWS, COLUMNS), bool)
        #: Turns of search there.
        self.searched = np.zeros((ROWS, COLUMNS), np.float32)
        #: Where nobody should go: shops, steps that fail again and again.
        self.forbidden = np.zeros((ROWS, COLUMNS), bool)
        #: A monster or a thing on top hides them on the map.
        self.down: Set[Cell] = set()
        self.up: Set[Cell] = set()
        #: Of the stairs down those that turned out to lead into the Mines.
        self.to_mines: Set[Cell] = set()
        #: Corpses of what the hero killed: in which turn, and whose.
        self.corpse: Dict[Cell, int] = {}
        self.fresh: Dict[Cell, int] = {}
        #: Doors that did not open when walked into, and kicks at them.
        self.locked: Set[Cell] = set()
        self.kicks: Dict[Cell, int] = {}
        #: Steps to a cell that came to nothing: how often, and until when (in `turns`) it is not tried again.
        self.failed: Dict[Cell, Tuple[int, int]] = {}
        #: Where the things were picked up that are wanted.
        self.taken: Set[Cell] = set()
        self.shop = False
        #: Spent here in all, and how many of these when the hero last came to a new cell.
        self.turns = 0
        self.news = 0

    def look(self, glyphs: np.ndarray) -> None:
        """Takes in the map, int16 [21, 79]. Where somebody stands whose cell was never seen there is some floor."""
        np.copyto(self.ground, glyphs, where=GROUND[glyphs])
        self.ground[(glyphs != STONE) & (self.ground == STONE)] = FLOOR

    def note_failed(self, cell: Cell, said: str = "") -> None:
        """A locked door stays shut. Else once may be chance. Then it is left for twice as long each time, not for ever: most of what stands there goes."""
        if "locked" in said:
            self.locked.add(cell)
        times = self.failed.get(cell, (0, 0))[0] + 1
        self.failed[cell] = (times, self.turns + (0 if times < 2 else min(2000, 10 * 2**times)))

    @property
    def stale(self) -> int:
        """Turns without a new cell."""
        return self.turns - self.news
