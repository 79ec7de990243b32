"""The terminal that recordings were made for: what of ANSI and VT100 NetHack's own terminal window uses; the rest is passed over."""

from __future__ import annotations

import re
from typing import Callable, Dict, List, Optional, Tuple

import numpy as np

_SEQUENCE = re.compile(
    rb"\x1b(?:\[([?>=]?)([0-9;]*)[ -/]*([@-~])"  # a command
    rb"|\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a title
    rb"|[ -/]?[0-Z^-~\\])"
)
#: What begins a sequence and goes on for longer is none.
_LONGEST = 256
_TEXT = re.compile(rb"[\x20-\x7e\x80-\xff]+")
_SPACE, _DEFAULT = 32, 7
_BRIGHT, _REVERSE = 8, 16


class Terminal:
    """Letters, and colours as tty_colors has them: 0 … 7, 8 more for bold, 16 more for reverse; 0 under a plain space."""

    def __init__(self, rows: int = 24, columns: int = 80) -> None:
        self._rows, self._columns = rows, columns
        self._chars = np.full((rows, columns), _SPACE, np.uint8)
        self._colors = np.zeros((rows, columns), np.int8)
        self._row = self._column = 0
        self._saved = (0, 0)
        self._plain()
        #: The rest of a sequence that the last frame ended in.
        self._rest = b""
        self._commands: Dict[bytes, Callable[[List[int]], None]] = {
            b"A": lambda told: self._move(self._row - _count(told), self._column),
            b"B": lambda told: self._move(self._row + _count(told), self._column),
            b"C": lambda told: self._move(self._row, self._column + _count(told)),
            b"D": lambda told: self._move(self._row, self._column - _count(told)),
            b"G": lambda told: self._move(self._row, _count(told) - 1),
            b"d": lambda told: self._move(_count(told) - 1, self._column),
            b"H": self._place,
            b"f": self._place,
            b"J": self._erase,
            b"K": self._erase_line,
            b"m": self._style,
            b"s": lambda told: self._save(),
            b"u": lambda told: self._move(*self._saved),
        }

    def picture(self) -> Tuple[np.ndarray, np.ndarray, Tuple[int, int]]:
        """Copies of letters and colours, and the cursor's row and column."""
        return self._chars.copy(), self._colors.copy(), (self._row, min(self._column, self._columns - 1))

    def feed(self, data: bytes) -> None:
        data = self._rest + data
        self._rest = b""
        at = 0
        while at < len(data):
            text = _TEXT.match(data, at)
            if text is not None:
                self._write(text.group())
                at = text.end()
            elif data[at] == 0x1B:
                found = _SEQUENCE.match(data, at)
                if found is None:
                    if len(data) - at < _LONGEST:
                        self._rest = data[at:]
                        return
                    at += 1
                    continue
                self._sequence(found)
                at = found.end()
            else:
                self._control(data[at])
                at += 1

    def _write(self, text: bytes) -> None:
        for begin in range(0, len(text), self._columns):
            part = text[begin : begin + self._columns]
            while part:
                if self._column >= self._columns:
                    self._column = 0
                    self._line_feed()
                fits = part[: self._columns - self._column]
                letters = np.frombuffer(fits, np.uint8)
                end = self._column + len(fits)
                self._chars[self._row, self._column : end] = letters
                is_bare = (letters == _SPACE) & (self._color is None and not self._extra)
                color = (_DEFAULT if self._color is None else self._color) | self._extra
                self._colors[self._row, self._column : end] = np.where(is_bare, 0, color)
                self._column = end
                part = part[len(fits) :]

    def _control(self, code: int) -> None:
        if code == 8:
            self._move(self._row, min(self._column, self._columns - 1) - 1)
        elif code == 9:
            self._move(self._row, (self._column // 8 + 1) * 8)
        elif code in (10, 11, 12):
            self._line_feed()
        elif code == 13:
            self._column = 0

    def _line_feed(self) -> None:
        if self._row < self._rows - 1:
            self._row += 1
            return
        self._chars[:-1] = self._chars[1:].copy()
        self._colors[:-1] = self._colors[1:].copy()
        self._chars[-1], self._colors[-1] = _SPACE, 0

    def _sequence(self, found: "re.Match[bytes]") -> None:
        private, numbers, final = found.groups()
        if final is None:
            rest = found.group()[1:]
            if rest == b"7":
                self._save()
            elif rest == b"8":
                self._move(*self._saved)
            return
        command = self._commands.get(final)
        if command is not None and not private:
            command([int(number) if number else 0 for number in numbers.split(b";")])

    def _save(self) -> None:
        self._saved = (self._row, self._column)

    def _move(self, row: int, column: int) -> None:
        self._row = max(0, min(row, self._rows - 1))
        self._column = max(0, min(column, self._columns - 1))

    def _place(self, told: List[int]) -> None:
        row, column = (told + [1, 1])[:2]
        self._move(max(row, 1) - 1, max(column, 1) - 1)

    def _erase(self, told: List[int]) -> None:
        self._clear(self._row * self._columns + self._column, self._rows * self._columns, told[0], 0)

    def _erase_line(self, told: List[int]) -> None:
        first = self._row * self._columns
        self._clear(first + self._column, first + self._columns, told[0], first)

    def _clear(self, here: int, end: int, how: int, begin: int) -> None:
        """From the cursor on (0), up to it (1), or all of it (2)."""
        if how > 2:
            return
        part = slice(here if how == 0 else begin, here + 1 if how == 1 else end)
        self._chars.reshape(-1)[part], self._colors.reshape(-1)[part] = _SPACE, 0

    def _plain(self) -> None:
        self._color: Optional[int] = None
        self._extra = 0

    def _style(self, told: List[int]) -> None:
        for value in told:
            if value == 0:
                self._plain()
            elif value == 1:
                self._extra |= _BRIGHT
            elif value == 22:
                self._extra &= ~_BRIGHT
            elif value == 7:
                self._extra |= _REVERSE
            elif value == 27:
                self._extra &= ~_REVERSE
            elif 30 <= value <= 37:
                self._color = value - 30
            elif value == 39:
                self._color = None
            elif 90 <= value <= 97:
                self._color = value - 90 + _BRIGHT


def _count(told: List[int]) -> int:
    return max(1, told[0])
