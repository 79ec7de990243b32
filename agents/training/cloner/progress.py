"""The bar of a training: drawn again on a terminal, a line each time elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Dict, List, Optional

_BAR = 24


class Progress:
    def __init__(self, updates: int, moments: int) -> None:
        """`moments`: of one update."""
        self._updates = updates
        self._moments = moments
        self._begin = time.monotonic()
        self._first: Optional[int] = None

    def show(self, update: int, curves: List[Dict[str, float]]) -> None:
        now = time.monotonic()
        if self._first is None:
            self._first, self._begin = update, now
        filled = _BAR * update // self._updates
        words = _last(curves, "loss", "accuracy", "loss")
        held_out = _last(curves, "heldOutLoss", "heldOutAccuracy", "held out")
        rate = (update - self._first) * self._moments / max(1e-9, now - self._begin)
        bar = "█" * filled + "░" * (_BAR - filled)
        line = f"{bar} {update}/{self._updates}  {'; '.join(w for w in (words, held_out) if w)}  {rate:,.0f}/s"
        terminal = sys.stderr.isatty()
        end = "" if terminal and update < self._updates else "\n"
        print(f"\r\x1b[K{line}" if terminal else line, end=end, file=sys.stderr, flush=True)


def _last(curves: List[Dict[str, float]], loss: str, accuracy: str, name: str) -> str:
    points = [point for point in curves if loss in point]
    return f"{name} {points[-1][loss]:.3f}, {100 * points[-1][accuracy]:.1f} %" if points else ""
