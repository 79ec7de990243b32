"""What a step of one game came to."""

from __future__ import annotations

from typing import NamedTuple


class Outcome(NamedTuple):
    reward: float
    #: The game ended, or the task succeeded.
    terminated: bool
    #: A limit ended the episode.
    truncated: bool
    #: NLE's: -1 stopped by a limit, 0 running, 1 the game ended, 2 the task succeeded.
    end_status: int
    ascended: bool

    @property
    def done(self) -> bool:
        return self.terminated or self.truncated


RUNNING = Outcome(0.0, False, False, 0, False)
