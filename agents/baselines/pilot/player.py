"""Plays one game: prompts, then what is being typed, then the rules; where none of them knows, the network is asked."""

from __future__ import annotations

from collections import deque
from typing import Deque, Dict, List, Optional, Sequence, Tuple

import numpy as np

from arena import Observation

from command import DIRECTIONS, KEYS, STEPS, Cell, Command
from dialogue import Dialogue
from game import Game
from perception.batch import Spot
from rules import RULES, Rule
from veto import PREFIXES, allowed
from watchdog import Watchdog

#: Commands in a row of one rule that took no time, and the turns for which it then rests.
_VAIN, _PAUSE = 4, 15
_ALL = np.ones(len(KEYS), bool)


class Player:
    def __init__(self, seed: int) -> None:
        self.game = Game(seed)
        self._dialogue = Dialogue()
        self._watchdog = Watchdog()
        #: Still to be typed of a command, and where it walks to by that.
        self._keys: Deque[str] = deque()
        self._cells: Deque[Cell] = deque()
        #: The network has typed a number so far, not yet what is to be done so often.
        self._counting = False
        #: Who decided last, for logs and tests.
        self.doing = "beginning"
        self._rule: Optional[Rule] = None
        #: How often in a row it came to nothing, and until when each rule rests.
        self._vain = 0
        self._resting: Dict[Rule, int] = {}
        self._before: Tuple[int, Cell] = (-1, (-1, -1))
        #: The direction typed last: who is there is peaceful if the game asks.
        self._aim: Optional[int] = None

    def act(self, seen: Observation, spots: List[Spot]) -> Optional[str]:
        """The key for this observation, or None: then the network chooses among what `allowed` says."""
        rescue = self._watchdog.check(int(seen["blstats"][20]), self.game.random)
        key = self._dialogue.answer(seen)
        if rescue is not None:
            self._keys.clear()
            return rescue
        if self._dialogue.is_open:
            if self._dialogue.question.startswith("Really attack"):
                self._befriend()
            return key
        if self._counting:
            return None
        return self._press(self._go_on(seen, spots) if self._keys or self._cells else self._decide(seen, spots))

    def allowed(self) -> np.ndarray:
        """Which actions the network may choose, [121]: where it answers a prompt, all."""
        return _ALL if self._dialogue.is_open else allowed(self.game)

    def chosen(self, key: str) -> None:
        """What the network chose."""
        if not self._dialogue.is_open:
            self._dialogue.begin(None)
            self._counting = key in PREFIXES
            self._press(key)

    def _press(self, key: Optional[str]) -> Optional[str]:
        self._aim = DIRECTIONS.index(key) if key and key in DIRECTIONS else None
        return key

    def _befriend(self) -> None:
        self._keys.clear()
        if self._aim is None:
            return
        (row, column), (down, right) = self.game.status.cell, STEPS[self._aim]
        for foe in self.game.foes:
            if foe.cell == (row + down, column + right) and foe.monster >= 0:
                self.game.friends.add(foe.monster, foe.cell, self.game.status.turn)

    def _look(self, seen: Observation, spots: List[Spot]) -> None:
        self.game.perceive(seen, spots, self._dialogue.take_said())

    def _go_on(self, seen: Observation, spots: List[Spot]) -> Optional[str]:
        """The next key of a command. A walk ends early where something is in the way or matters more."""
        if not self._cells:
            return self._keys.popleft()
        self._look(seen, spots)
        game, wanted = self.game, self._cells.popleft()
        if game.status.cell == game.stood:
            game.level.note_failed(wanted, game.said)
        if game.status.cell != wanted or game.wounds or any(foe.cell in list(self._cells)[:1] for foe in game.foes):
            return self._choose()
        urgent = self._first(RULES[: RULES.index(self._rule)]) if self._rule else None
        return urgent or (self._keys.popleft() if self._keys else self._choose())

    def _decide(self, seen: Observation, spots: List[Spot]) -> Optional[str]:
        self._look(seen, spots)
        return self._choose()

    def _choose(self) -> Optional[str]:
        """Asks the rules in their order, and the network where none has an idea."""
        self._note_vain()
        self._keys.clear()
        self._cells.clear()
        key = self._first(RULES)
        if key is None:
            self.doing, self._rule = "network", None
        return key

    def _first(self, rules: Sequence[Rule]) -> Optional[str]:
        """The first key of the first rule with an idea."""
        for rule in rules:
            if self._resting.get(rule, -1) <= self.game.status.turn:
                command = rule(self.game)
                if command is not None:
                    return self._begin(rule, command)
        return None

    def _begin(self, rule: Rule, command: Command) -> str:
        self.doing, self._rule = command.by, rule
        self._dialogue.begin(command)
        self._keys, self._cells = deque(command.keys), deque(command.cells)
        return self._keys.popleft()

    def _note_vain(self) -> None:
        """A rule whose commands change nothing must not be asked for ever."""
        now = (self.game.status.turn, self.game.status.cell)
        if now != self._before:
            self._vain = 0
        elif self._rule is not None:
            self._vain += 1
            if self._vain >= _VAIN:
                self._resting[self._rule] = now[0] + _PAUSE
                self._vain = 0
        self._before = now
