"""What a rule decides: keys to type, and answers to what the game asks meanwhile."""

from __future__ import annotations

import re
from typing import Dict, NamedTuple, Optional, Pattern, Tuple

from nle import nethack

ESCAPE, ENTER, SPACE = "\x1b", "\r", " "
KICK, PRAY = "\x04", "\xf0"

#: The directions in the order of the challenge's actions: index 0 … 7 is one step, 8 … 15 the same in capitals.
DIRECTIONS = "kljhunby"
#: Row and column of one step in each.
STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))

#: The index of the first action with a key.
INDEX: Dict[str, int] = {}
for _index, _action in enumerate(nethack.ACTIONS):
    INDEX.setdefault(chr(int(_action)), _index)

#: By index of an action, its key.
KEYS = tuple(chr(int(action)) for action in nethack.ACTIONS)

Cell = Tuple[int, int]
Answers = Tuple[Tuple[Pattern[str], str], ...]


class Command(NamedTuple):
    #: The rule that decided, for logs and tests.
    by: str
    #: Typed one by one, each when the game waits for a command.
    keys: str
    #: For the questions that come of it: what the question matches, and the keys of the answer.
    answers: Answers = ()
    #: Of a walk: where the hero stands after each key. It ends early where that is not so.
    cells: Tuple[Cell, ...] = ()
    #: Which entries of a menu that opens are taken.
    choose: Optional[Pattern[str]] = None


def answers(*pairs: Tuple[str, str]) -> Answers:
    return tuple((re.compile(pattern), keys) for pattern, keys in pairs)


def wait(by: str, turns: int = 1) -> Command:
    """Searches, which is also how to wait. A monster that comes into view ends it."""
    return Command(by, f"{turns}s" if turns > 1 else "s")


def key_towards(a: Cell, b: Cell) -> str:
    """The direction from a cell to one beside it."""
    return DIRECTIONS[STEPS.index((b[0] - a[0], b[1] - a[1]))]
