"""The monsters in sight, and which of them are peaceful: no map shows it, only the question before an attack does."""

from __future__ import annotations

from typing import Iterable, List, NamedTuple

from knowledge.monsters import left_alone

from .batch import Spot
from .glyphs import MONSTER, UNSEEN
from .level import Cell

#: A monster's cell is two steps a turn from where it was, at most, or it is another.
_PACE = 2
_FARTHEST = 12


class Foe(NamedTuple):
    cell: Cell
    #: Moves away on an empty map.
    distance: int
    #: -1 for one that is felt or remembered only, and for all while hallucinating.
    monster: int
    peaceful: bool


def distance(a: Cell, b: Cell) -> int:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


class Friends:
    """Monsters that turned out to be peaceful, followed about."""

    def __init__(self) -> None:
        self._known: List[List] = []

    def add(self, monster: int, cell: Cell, turn: int) -> None:
        self._known.append([monster, cell, turn])

    def clear(self) -> None:
        self._known.clear()

    def knows(self, monster: int, cell: Cell, turn: int) -> bool:
        """Whether it is one of them; where it is now is remembered."""
        near = [
            (distance(cell, friend[1]), friend)
            for friend in self._known
            if friend[0] == monster and distance(cell, friend[1]) <= min(_FARTHEST, 1 + _PACE * (turn - friend[2]))
        ]
        if not near:
            return False
        friend = min(near, key=lambda pair: pair[0])[1]
        friend[1], friend[2] = cell, turn
        return True


def foes_of(spots: Iterable[Spot], hero: Cell, turn: int, friends: Friends, hallucinating: bool) -> List[Foe]:
    """Nearest first, pets left out."""
    foes = []
    for row, column, kind, monster in spots:
        if kind not in (MONSTER, UNSEEN) or (row, column) == hero:
            continue
        known = -1 if hallucinating or kind == UNSEEN else monster
        peaceful = known >= 0 and (left_alone(known) or friends.knows(known, (row, column), turn))
        foes.append(Foe((row, column), distance((row, column), hero), known, peaceful))
    return sorted(foes, key=lambda foe: foe.distance)
