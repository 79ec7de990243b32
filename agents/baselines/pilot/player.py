"""Plays one game: prompts, then what is being typed, then the rules; where none of them knows, the network is asked."""

from __future__ import annotations

from collections import deque
from typing import Deque, Dict, List, Optional, Pattern, Sequence, Tuple

import numpy as np

from arena import Observation, text

from command import ENTER, ESCAPE, INDEX, KEYS, SPACE, STEPS, Answers, Cell, Command
from game import Game
from perception.batch import Spot
from perception.menu import menu_of, row_of
from prompts import answer_to
from rules import RULES, Rule
from veto import PREFIXES, allowed
from watchdog import Watchdog

#: Answers to prompts in a row before they are left.
_PATIENCE = 8
_WAYS_OUT = (ESCAPE, "n", "q", ENTER, "y", SPACE)
#: Commands in a row of one rule that took no time, and the turns for which it then rests.
_VAIN, _PAUSE = 4, 15
_ALL = np.ones(len(KEYS), bool)


class Player:
    def __init__(self, seed: int) -> None:
        self.game = Game(seed)
        self._watchdog = Watchdog()
        self._keys: Deque[str] = deque()
        self._cells: Deque[Cell] = deque()
        self._answers: Answers = ()
        self._chooses: Optional[Pattern[str]] = None
        self._line: Deque[str] = deque()
        self._said: List[str] = []
        self._question = ""
        self._asked = 0
        #: Whether what is going on was begun by the network, and has typed a number only so far.
        self._by_network = False
        self._counting = False
        #: The rule that decided last, how often it came to nothing, and until when each rule rests.
        self.doing = "beginning"
        self._rule: Optional[Rule] = None
        self._vain = 0
        self._resting: Dict[Rule, int] = {}
        self._before: Tuple[int, Cell, int] = (-1, (-1, -1), -1)
        self._aim: Optional[int] = None

    def act(self, seen: Observation, spots: List[Spot]) -> Optional[str]:
        """The key for this observation, or None: then the network chooses among what `allowed` says."""
        question, line, more = seen["misc"].tolist()
        message = text(seen["message"])
        if message and not line and (not self._said or self._said[-1] != message) and len(self._said) < 40:
            self._said.append(message)
        rescue = self._watchdog.check(int(seen["blstats"][20]), self.game.random)
        if rescue is not None:
            self._keys.clear()
            self._line.clear()
            return rescue
        if more:
            return self._more(seen)
        if line:
            return self._type(row_of(seen["tty_chars"], 0))
        if question:
            return self._reply(message or row_of(seen["tty_chars"], 0))
        self._asked = 0
        if "(For instructions type a" in message:
            # A place on the map is to be pointed at, which no flag tells.
            return ESCAPE
        if self._counting:
            return None
        return self._go_on(seen, spots) if self._keys else self._decide(seen, spots)

    def allowed(self) -> np.ndarray:
        """For the network: which actions it may choose, [121]."""
        return _ALL if self._asked else allowed(self.game)

    def chosen(self, key: str) -> None:
        """What the network chose."""
        if not self._asked:
            self._by_network = True
            self._aim = _direction(key)
            self._counting = key in PREFIXES
            self._answers = ()

    # --- what the game asks ---

    def _more(self, seen: Observation) -> Optional[str]:
        menu = menu_of(seen["tty_chars"], seen["tty_cursor"])
        if menu is None:
            return SPACE
        self._asked += 1
        if self._asked > _PATIENCE:
            return ESCAPE
        if self._by_network:
            return None
        # One by one; a space turns the page and, on the last one, takes them.
        wanted = (entry for entry in menu if self._chooses is not None and self._chooses.search(entry.words))
        return next((entry.letter for entry in wanted if not entry.selected), SPACE)

    def _type(self, prompt: str) -> str:
        if not self._line:
            self._asked += 1
            self._line.extend(self._known(prompt) or ESCAPE)
        return self._line.popleft()

    def _reply(self, question: str) -> Optional[str]:
        if question.startswith("Really attack") and self._aim is not None:
            self._befriend(self._aim)
        self._asked = self._asked + 1 if question == self._question else 1
        self._question = question
        if self._asked > _PATIENCE:
            return _WAYS_OUT[self._asked % len(_WAYS_OUT)]
        known = self._known(question)
        if known is None:
            return None if self._by_network else ESCAPE
        return known[0]

    def _known(self, question: str) -> Optional[str]:
        return answer_to(question, self._answers)

    def _befriend(self, direction: int) -> None:
        (row, column), (down, right) = self.game.status.cell, STEPS[direction]
        for foe in self.game.foes:
            if foe.cell == (row + down, column + right) and foe.monster >= 0:
                self.game.friends.add(foe.monster, foe.cell, self.game.status.turn)
        self._keys.clear()

    # --- commands ---

    def _go_on(self, seen: Observation, spots: List[Spot]) -> Optional[str]:
        """The next key of a command. A walk ends early where something is in the way or matters more."""
        if self._cells:
            self._look(seen, spots)
            status = self.game.status
            wanted = self._cells.popleft()
            lost = status.cell != wanted or self.game.wounds > 0
            if status.cell == self.game.stood:
                self.game.level.note_failed(wanted)
            if lost or any(foe.cell == self._cells[0] for foe in self.game.foes):
                return self._choose()
            urgent = self._first(RULES[: RULES.index(self._rule)])
            if urgent is not None:
                return urgent
        return self._press(self._keys.popleft())

    def _look(self, seen: Observation, spots: List[Spot]) -> None:
        self.game.perceive(seen, spots, " ".join(self._said))
        self._said.clear()

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
            if self._resting.get(rule, -1) > self.game.status.turn:
                continue
            command = rule(self.game)
            if command is not None:
                return self._begin(rule, command)
        return None

    def _begin(self, rule: Rule, command: Command) -> str:
        self.doing, self._rule = command.by, rule
        self._by_network, self._answers, self._chooses, self._asked = False, command.answers, command.choose, 0
        self._keys, self._cells = deque(command.keys), deque(command.cells)
        return self._press(self._keys.popleft())

    def _press(self, key: str) -> str:
        self._aim = _direction(key)
        return key

    def _note_vain(self) -> None:
        """A rule whose commands change nothing must not be asked for ever; a step that fails is not tried for ever."""
        status = self.game.status
        now = (status.turn, status.cell, status.hp)
        if now[:2] != self._before[:2]:
            self._vain = 0
        elif self._rule is not None:
            self._vain += 1
            if self._vain >= _VAIN:
                self._resting[self._rule] = status.turn + _PAUSE
                self._vain = 0
        self._before = now


def _direction(key: str) -> Optional[int]:
    index = INDEX.get(key, len(KEYS))
    return index if index < 8 else None
