"""Which updates belong to which phase, and how large their steps are."""

from __future__ import annotations

import math
from typing import Any, List, Mapping, NamedTuple, Sequence

# What a rate falls to, of the largest one.
_LEAST = 0.02


class Phase(NamedTuple):
    start: int  # updates before it
    end: int
    decay: int  # updates in which its rate would fall to _LEAST
    first: float  # its rate at the start
    noise: float  # share of mistakes in its tapes
    weights: Mapping[str, float]  # by an action's name: how much its moments count; others count 1
    warm_up: int  # updates in which the rate rises from 0

    def rate(self, update: int) -> float:
        """Share of the learning rate at an update, from 1 on: up in a line, then down along half a cosine."""
        at = update - self.start
        if at <= self.warm_up:
            return self.first * at / self.warm_up
        share = (at - self.warm_up) / max(1, self.decay - self.warm_up)
        return _LEAST + (self.first - _LEAST) * 0.5 * (1 + math.cos(math.pi * share))


def phases_of(settings: Sequence[Mapping[str, Any]], warm_up: int) -> List[Phase]:
    """The first phase warms up; each next one begins with its `first`, or else with the rate at which the one before ended."""
    phases: List[Phase] = []
    for one in settings:
        before = phases[-1] if phases else None
        start = before.end if before else 0
        phases.append(
            Phase(
                start=start,
                end=start + one["updates"],
                decay=one.get("decay", one["updates"]),
                first=one.get("first", before.rate(before.end) if before else 1.0),
                noise=one["noise"],
                weights=one.get("weights", {}),
                warm_up=0 if before else warm_up,
            )
        )
    return phases
