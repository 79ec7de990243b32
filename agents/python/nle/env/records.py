"""Files of episodes in savedir: a ttyrec of every n-th, and NetHack's line about each in an xlogfile."""

from __future__ import annotations

import os
import tempfile
from typing import Any, Optional

from arena.outcome import Outcome

from nle import nethack
from nle.nethack.ttyrec import Ttyrec


def new_folder() -> str:
    """A folder of its own for a run that names none: nle_data below the current one."""
    parent = os.path.join(os.getcwd(), "nle_data")
    os.makedirs(parent, exist_ok=True)
    return tempfile.mkdtemp(prefix="run-", dir=parent)


class Records:
    """What an environment writes of its episodes."""

    def __init__(self, folder: str, every: int, episodes: Any) -> None:
        self._folder = folder
        self._every = every
        self._episodes = episodes
        self._prefix = os.path.join(folder, f"nle.{os.getpid()}")
        self._ttyrec: Optional[Ttyrec] = None
        self._is_open = False
        # there from the start, as NetHack's own
        with open(f"{self._prefix}.xlogfile", "a", encoding="latin-1"):
            pass

    def begin_episode(self, number: int) -> None:
        self._is_open = True
        if self._every and number % self._every == 0:
            self._ttyrec = Ttyrec(f"{self._prefix}.{number}.ttyrec3.bz2")
            self._show(is_over=False)

    def _show(self, is_over: bool) -> None:
        """The screen and, as NLE has it, its score behind it; nothing follows a game's last screen."""
        views = self._episodes.views
        if self._ttyrec is not None and "tty_chars" in views:
            self._ttyrec.show(views["tty_chars"], views["tty_colors"], views["tty_cursor"])
            if not is_over:
                self._ttyrec.score(self._score())

    def _score(self) -> int:
        views = self._episodes.views
        return int(views["blstats"][nethack.NLE_BL_SCORE]) if "blstats" in views else 0

    def step(self, key: int, outcome: Outcome, is_to_be_quit: bool = False) -> None:
        """A game that `is_to_be_quit` has its line afterwards: end_episode is called then."""
        if self._ttyrec is not None:
            self._ttyrec.key(key)
            self._show(outcome.terminated and not is_to_be_quit)
        if outcome.done and not is_to_be_quit:
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
