"""Notices that no game time passes, whatever the reason, and types its way out."""

from __future__ import annotations

import random
from typing import Optional

from command import DIRECTIONS, ENTER, ESCAPE

#: Keys without game time. The platform ends a game after 10,000.
_ALARM = 60
_RESCUE = 24


class Watchdog:
    def __init__(self) -> None:
        self._turn = -1
        self._keys = 0

    def check(self, turn: int, draw: random.Random) -> Optional[str]:
        """A key to type instead of what was meant, or None while all is well."""
        if turn != self._turn:
            self._turn, self._keys = turn, 0
            return None
        self._keys += 1
        if self._keys < _ALARM or self._keys % _ALARM > _RESCUE:
            return None
        # First out of any prompt, then a wait or any step.
        return (ESCAPE, ESCAPE, "s" if self._keys % 8 < 4 else ENTER, draw.choice(DIRECTIONS))[self._keys % 4]
