"""What the game asks between two commands, and what it says."""

from __future__ import annotations

from collections import deque
from typing import Deque, List, Optional, Pattern

from arena import Observation, text

from command import ENTER, ESCAPE, SPACE, Answers, Command
from perception.menu import menu_of, row_of
from prompts import answer_to

#: Answers to one prompt in a row before it is left by other means.
_PATIENCE = 8
_WAYS_OUT = (ESCAPE, "n", "q", ENTER, "y", SPACE)
_MOST_SAID = 40


class Dialogue:
    """Answers by the command's own answers and the standing ones. What the network began, the network may answer, too."""

    def __init__(self) -> None:
        self._answers: Answers = ()
        self._chooses: Optional[Pattern[str]] = None
        self._by_network = False
        self._line: Deque[str] = deque()
        self._said: List[str] = []
        self._asked = 0
        #: What was asked last.
        self.question = ""
        #: Whether the game waits for an answer, not for a command.
        self.is_open = False

    def begin(self, command: Optional[Command]) -> None:
        """A command begins; None: one of the network's."""
        self._by_network = command is None
        self._answers = command.answers if command else ()
        self._chooses = command.choose if command else None
        self._asked, self.question = 0, ""
        self._line.clear()

    def take_said(self) -> str:
        """All that was said since this was asked last, questions included."""
        said = " ".join(self._said)
        self._said.clear()
        return said

    def answer(self, seen: Observation) -> Optional[str]:
        """The key where an answer is due; None where none is (`is_open` is false then), or where the network is to find one."""
        question, line, more = seen["misc"].tolist()
        message = text(seen["message"])
        if message and not line and self._said[-1:] != [message] and len(self._said) < _MOST_SAID:
            self._said.append(message)
        # That a place on the map is to be pointed at no flag tells.
        pointing = "(For instructions type a" in message
        self.is_open = bool(question or line or more or pointing)
        if more:
            return self._turn_page(seen)
        if line:
            return self._type(row_of(seen["tty_chars"], 0))
        if question:
            return self._reply(message or row_of(seen["tty_chars"], 0))
        self._asked = 0
        return ESCAPE if pointing else None

    def _turn_page(self, seen: Observation) -> Optional[str]:
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
            self._line.extend(answer_to(prompt, self._answers) or ESCAPE)
        return self._line.popleft()

    def _reply(self, question: str) -> Optional[str]:
        self._asked = self._asked + 1 if question == self.question else 1
        self.question = question
        if self._asked > _PATIENCE:
            return _WAYS_OUT[self._asked % len(_WAYS_OUT)]
        known = answer_to(question, self._answers)
        return known[0] if known is not None else None if self._by_network else ESCAPE
