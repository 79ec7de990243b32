"""The menu on the terminal, if one is open."""

from __future__ import annotations

import re
from typing import List, NamedTuple, Optional

import numpy as np

_FOOT = re.compile(r"\((?:end|\d+ of \d+)\)$")
_ENTRY = re.compile(r"^\s?([a-zA-Z$]) ([-+#]) (.+)$")


class Entry(NamedTuple):
    #: What to press for it.
    letter: str
    words: str
    selected: bool


def row_of(screen: np.ndarray, row: int) -> str:
    """A row of tty_chars [24, 80] as text."""
    return bytes(screen[row]).decode("latin-1").replace("\0", " ").rstrip()


def menu_of(screen: np.ndarray, cursor: np.ndarray) -> Optional[List[Entry]]:
    """The page that is shown: its foot, where the cursor waits, says `(end)` or `(1 of 2)`. None where there is no menu."""
    foot = _FOOT.search(row_of(screen, int(cursor[0])))
    if foot is None:
        return None
    left = max(0, foot.start() - 1)
    found = (_ENTRY.match(row_of(screen, row)[left:]) for row in range(int(cursor[0])))
    return [Entry(entry[1], entry[3], entry[2] != "-") for entry in found if entry]
