"""The pack, parsed anew only when its bytes are other than they were."""

from __future__ import annotations

import re
from typing import List, NamedTuple

from arena import text

WEAPON, FOOD, POTION = 2, 7, 8
_WIELDED = re.compile(r"\((?:weapon in hands?|wielded|[^()]*in hands?)\)")


class Item(NamedTuple):
    letter: str
    #: As inv_oclasses has it.
    kind: int
    #: As the game writes it: `an uncursed +1 long sword (weapon in hand)`.
    name: str

    @property
    def wielded(self) -> bool:
        return _WIELDED.search(self.name) is not None


class Inventory:
    def __init__(self) -> None:
        self._bytes = b""
        self.items: List[Item] = []

    def look(self, letters, kinds, names) -> None:
        """inv_letters [55], inv_oclasses [55], inv_strs [55, 80]."""
        seen = names.tobytes()
        if seen == self._bytes:
            return
        self._bytes = seen
        self.items = [
            Item(chr(letter), kind, text(name)) for letter, kind, name in zip(letters.tolist(), kinds.tolist(), names) if letter
        ]

    @property
    def bare_handed(self) -> bool:
        return not any(item.wielded for item in self.items)

    def of(self, kind: int) -> List[Item]:
        return [item for item in self.items if item.kind == kind]
