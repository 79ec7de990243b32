"""What one game remembers of one level. The terrain is not here: the game's own map remembers it."""

from __future__ import annotations

from typing import Dict, Set, Tuple

import numpy as np

Cell = Tuple[int, int]
ROWS, COLUMNS = 21, 79


class Level:
    def __init__(self) -> None:
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
        #: Kicks at a door.
        self.kicks: Dict[Cell, int] = {}
        #: Steps to a cell that came to nothing.
        self.failed: Dict[Cell, int] = {}
        self.shop = False
        #: Spent here in all, and how many of these when the hero last came to a new cell.
        self.turns = 0
        self.news = 0

    @property
    def stale(self) -> int:
        """Turns without a new cell."""
        return self.turns - self.news
