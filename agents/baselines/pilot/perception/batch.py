"""All games' arrays at once. No cell is looked at one by one: what is of interest is found by tables over the whole batch."""

from __future__ import annotations

from typing import List, NamedTuple, Sequence, Tuple

import numpy as np

from arena import Observation

from .glyphs import INTEREST, MONSTER_OF, STONE

Spot = Tuple[int, int, int, int]


class Batch(NamedTuple):
    """`games` observations side by side."""

    glyphs: np.ndarray  # int16 [games, 21, 79]
    status: np.ndarray  # int64 [games, 27]
    message: np.ndarray  # uint8 [games, 256]
    waiting: np.ndarray  # int32 [games, 3]
    inventory: np.ndarray  # uint8 [games, 55]: inv_oclasses
    cursor: np.ndarray  # uint8 [games, 2]


def stack(observations: Sequence[Observation]) -> Batch:
    def together(name: str) -> np.ndarray:
        return np.stack([observation[name] for observation in observations])

    return Batch(*map(together, ("glyphs", "blstats", "message", "misc", "inv_oclasses", "tty_cursor")))


def spots(glyphs: np.ndarray) -> List[List[Spot]]:
    """
    What is of interest on each map: row, column, which of glyphs.py's kinds, and the monster or -1. `glyphs`
    [games, 21, 79].
    """
    games, rows, columns = np.nonzero(INTEREST[glyphs])
    found = glyphs[games, rows, columns]
    monsters = np.where(found < STONE, MONSTER_OF[found], -1)
    every = list(zip(rows.tolist(), columns.tolist(), INTEREST[found].tolist(), monsters.tolist()))
    ends = np.searchsorted(games, np.arange(len(glyphs) + 1)).tolist()
    return [every[start:end] for start, end in zip(ends, ends[1:])]
