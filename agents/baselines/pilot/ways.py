"""Distances on a map and the way to a cell, by sweeps of numpy over the whole map: some 1 ms for a level."""

from __future__ import annotations

from typing import List, Optional

import numpy as np

from command import Cell, DIRECTIONS, STEPS, Command
from perception.glyphs import DOOR, OPEN, SHUT, TRAP

FAR = 9999


def beside(plane: np.ndarray) -> np.ndarray:
    """How many of the eight cells around are set, [21, 79]."""
    padded = np.pad(plane.astype(np.int8), 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] - plane


class Ways:
    """From a cell to all others. `ways` [21, 79] of the kinds of glyphs.py, `closed` [21, 79] where not to go; `traps`: over those."""

    def __init__(self, ways: np.ndarray, closed: np.ndarray, start: Cell, traps: bool = False) -> None:
        passable = (ways == OPEN) | (ways == DOOR) | (ways == SHUT)
        if traps:
            passable |= ways == TRAP
        passable &= ~closed
        passable[start] = True
        #: Nobody goes through a door diagonally.
        self._oblique = passable & (ways != DOOR) & (ways != SHUT)
        self.distances = self._sweep(passable, start)
        self.start = start

    def _sweep(self, passable: np.ndarray, start: Cell) -> np.ndarray:
        distances = np.full(passable.shape, FAR, np.int32)
        distances[start] = 0
        rows, columns = passable.shape
        edge = np.zeros((rows + 2, columns + 2), bool)
        inner = edge[1:-1, 1:-1]
        inner[start] = True
        oblique_edge = np.zeros_like(edge)
        left = passable.copy()
        left[start] = False
        for distance in range(1, rows * columns):
            oblique_edge[1:-1, 1:-1] = inner & self._oblique
            beside = oblique_edge[:-2, :-2] | oblique_edge[:-2, 2:] | oblique_edge[2:, :-2] | oblique_edge[2:, 2:]
            beside &= self._oblique
            beside |= edge[:-2, 1:-1] | edge[2:, 1:-1] | edge[1:-1, :-2] | edge[1:-1, 2:]
            beside &= left
            if not beside.any():
                break
            distances[beside] = distance
            left &= ~beside
            inner[:] = beside
        return distances

    def nearest(self, wanted: np.ndarray) -> Optional[Cell]:
        """The nearest cell of `wanted` [21, 79] that can be reached; None if there is none. The start does not count."""
        far = np.where(wanted, self.distances, FAR)
        far[self.start] = FAR
        at = int(far.argmin())
        return None if far.flat[at] == FAR else divmod(at, far.shape[1])

    def path(self, to: Cell) -> List[int]:
        """Directions from the start to a cell; empty if it cannot be reached."""
        distances = self.distances
        path: List[int] = []
        if distances[to] == FAR:
            return path
        row, column = to
        while distances[row, column] > 0:
            for direction, (down, right) in enumerate(STEPS):
                cell = (row - down, column - right)
                if not (0 <= cell[0] < distances.shape[0] and 0 <= cell[1] < distances.shape[1]):
                    continue
                if distances[cell] != distances[row, column] - 1:
                    continue
                if direction > 3 and not (self._oblique[cell] and self._oblique[row, column]):
                    continue
                path.append(direction)
                row, column = cell
                break
        return path[::-1]

    def walk(self, by: str, to: Cell, most: int = 12) -> Optional[Command]:
        """Up to `most` steps of the way; None where there is no way or no step to take."""
        path = self.path(to)[:most]
        if not path:
            return None
        cells, (row, column) = [], self.start
        for direction in path:
            row, column = row + STEPS[direction][0], column + STEPS[direction][1]
            cells.append((row, column))
        return Command(by, "".join(DIRECTIONS[direction] for direction in path), cells=tuple(cells))
