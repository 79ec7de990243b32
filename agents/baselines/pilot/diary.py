"""What happened and when, in one game: the memory that is no map. Turns are game turns."""

from __future__ import annotations

from typing import Dict, FrozenSet, Tuple

from knowledge.food import ANY_KIN, kin_of
from perception.level import Cell
from perception.status import HUNGRY, NOT_HUNGRY, SATIATED, WEAK, Status


class Diary:
    def __init__(self) -> None:
        self.prayed = -1
        #: About what is in the stomach: 900 at first, one less each turn.
        self.nutrition = 900
        #: Level, cell and turn of the last Elbereth.
        self.engraved: Tuple[Tuple[int, int], Cell, int] = ((-1, -1), (-1, -1), -1000)
        self.deepest = 1
        #: Monsters of the hero's own kind.
        self.kin: FrozenSet[int] = ANY_KIN
        self._not_before: Dict[str, int] = {}
        self._turn = 1

    def pause(self, what: str, until: int) -> None:
        """Not to be tried again before that turn."""
        self._not_before[what] = until

    def may(self, what: str, turn: int) -> bool:
        return self._not_before.get(what, -1) <= turn

    def note(self, status: Status, said: str) -> None:
        self.nutrition -= max(0, status.turn - self._turn)
        self._turn = status.turn
        self.deepest = max(self.deepest, status.depth)
        if status.hunger >= WEAK:
            self.nutrition = min(self.nutrition, 49)
        elif status.hunger == HUNGRY:
            self.nutrition = min(self.nutrition, 149)
        elif status.hunger == NOT_HUNGRY:
            self.nutrition = max(self.nutrition, 150)
        elif status.hunger == SATIATED:
            self.nutrition = max(self.nutrition, 1000)
        kin = kin_of(said)
        if kin is not None:
            self.kin = kin
        if "stomach feels content" in said:
            self.nutrition = 900
