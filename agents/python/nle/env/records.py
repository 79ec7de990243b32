"""Files of episodes in savedir: a ttyrec of every n-th, and NetHack's line about each in an xlogfile."""

from __future__ import annotations

import bz2
import os
import struct
import tempfile
from typing import Any, List, Optional, Tuple

import numpy as np

from arena.outcome import Outcome

_TERMINAL, _KEY, _SCORE = 0, 1, 2
_FRAME = struct.Struct("<iiiB")


def new_folder() -> str:
    """A folder of its own for a run that names none: nle_data below the current one."""
    parent = os.path.join(os.getcwd(), "nle_data")
    os.makedirs(parent, exist_ok=True)
    return tempfile.mkdtemp(prefix="run-", dir=parent)


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


class Records:
    """What an environment writes of its episodes."""

    def __init__(self, folder: str, every: int, episodes: Any) -> None:
        self._folder = folder
        self._every = every
        self._episodes = episodes
        self._prefix = os.path.join(folder, f"nle.{os.getpid()}")
        self._ttyrec: Optional[Ttyrec] = None
        self._is_open = False

    def begin_episode(self, number: int) -> None:
        self._is_open = True
        if self._every and number % self._every == 0:
            self._ttyrec = Ttyrec(f"{self._prefix}.{number}.ttyrec3.bz2")
            self._show()

    def _show(self) -> None:
        views = self._episodes.views
        if self._ttyrec is not None and "tty_chars" in views:
            self._ttyrec.show(views["tty_chars"], views["tty_colors"], views["tty_cursor"])

    def step(self, key: int, outcome: Outcome) -> None:
        if self._ttyrec is not None:
            self._ttyrec.key(key)
            self._ttyrec.score(int(outcome.reward))
            self._show()
        if outcome.done:
            self.end_episode()

    def end_episode(self) -> None:
        """Closes the recording and writes NetHack's line, if the game has one."""
        if not self._is_open:
            return
        self._is_open = False
        if self._ttyrec is not None:
            self._ttyrec.close()
            self._ttyrec = None
        fields = self._episodes.result()["xlogfile"]
        if fields is not None:
            with open(f"{self._prefix}.xlogfile", "a", encoding="latin-1") as file:
                file.write("\t".join(f"{name}={value}" for name, value in fields.items()) + "\n")
