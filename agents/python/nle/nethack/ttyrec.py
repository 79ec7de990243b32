"""Recordings in NLE's third format."""

from __future__ import annotations

import struct
from typing import List, Optional, Tuple

import numpy as np

_TERMINAL, _KEY, _SCORE = 0, 1, 2
_FRAME = struct.Struct("<iiiB")


def _style(color: int) -> str:
    return f"\033[0;3{color & 7}{';1' if color & 8 else ''}{';7' if color & 16 else ''}m"


def screen_changes(
    before: Optional[Tuple[np.ndarray, np.ndarray]], chars: np.ndarray, colors: np.ndarray, cursor: np.ndarray
) -> bytes:
    """What an ANSI terminal must be sent to show this screen after that one."""
    if before is None:
        before = (np.full_like(chars, ord(" ")), np.zeros_like(colors))
        text: List[str] = ["\033[0m\033[2J"]
    else:
        text = []
    changed = (before[0] != chars) | (before[1] != colors)
    at: Optional[Tuple[int, int]] = None
    style = ""
    for row, column in np.argwhere(changed).tolist():
        if at != (row, column):
            text.append(f"\033[{row + 1};{column + 1}H")
        wanted = _style(int(colors[row, column]))
        if wanted != style:
            text.append(wanted)
            style = wanted
        text.append(chr(int(chars[row, column]) or 32))
        at = (row, column + 1)
    text.append(f"\033[{int(cursor[0]) + 1};{int(cursor[1]) + 1}H")
    return "".join(text).encode("latin-1")


class Ttyrec:
    """A recording in NLE's third format: frames of the terminal, of keys and of scores, bzip2."""

    def __init__(self, path: str) -> None:
        # not every Python has it, and few programs record
        import bz2

        self._file = bz2.open(path, "wb")
        self._shown: Optional[Tuple[np.ndarray, np.ndarray]] = None
        self._frames = 0

    def _write(self, channel: int, data: bytes) -> None:
        # Games have no clock that agents could wait by: a frame is a tenth of a second after the one before.
        self._file.write(_FRAME.pack(self._frames // 10, self._frames % 10 * 100_000, len(data), channel) + data)

    def show(self, chars: np.ndarray, colors: np.ndarray, cursor: np.ndarray) -> None:
        self._write(_TERMINAL, screen_changes(self._shown, chars, colors, cursor))
        self._shown = (chars.copy(), colors.copy())
        self._frames += 1

    def key(self, key: int) -> None:
        self._write(_KEY, bytes([key]))

    def score(self, score: int) -> None:
        self._write(_SCORE, struct.pack("<i", score))

    def close(self) -> None:
        self._file.close()
