"""Gymnasium's form of an environment: reset → (observation, info), step → five values."""

from __future__ import annotations

import operator
from functools import lru_cache
from typing import Any, Dict, Optional, Tuple, Type

from arena.dialect import dialect

from .base import NLE
from .bases import HAS_GYMNASIUM, framework


class _FiveValues:
    """Goes before an NLE class."""

    def reset(self: Any, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None) -> Tuple[Any, Dict[str, Any]]:
        """Begins an episode. `seed` is both of the game's seeds; `options`: wizkit_items, core, disp, reseed."""
        chosen = dict(options or {})
        wizkit_items = chosen.pop("wizkit_items", None)
        if seed is not None:
            try:
                seed = operator.index(seed)
            except TypeError:
                raise TypeError(f"a seed is a whole number, not {seed!r}") from None
            chosen.setdefault("core", seed)
            chosen.setdefault("disp", seed)
        if chosen:
            self.seed(**chosen)
        self._begin(wizkit_items)
        return self._observation(), {}

    def step(self: Any, action: int) -> Tuple[Any, float, bool, bool, Dict[str, Any]]:
        """Takes the action of this index: observation, reward, terminated, truncated, info."""
        observation, outcome, info = self._advance(action)
        return observation, outcome.reward, outcome.terminated, outcome.truncated, info


if dialect().is_gymnasium:
    # NLE 1.x has no other form, and tasks of one's own are built upon it
    NLE.reset, NLE.step = _FiveValues.reset, _FiveValues.step  # type: ignore[method-assign]


@lru_cache(maxsize=None)
def five_values(cls: Type[NLE]) -> Type[NLE]:
    """The class in gymnasium's form."""
    if cls.step is _FiveValues.step:
        return cls
    bases: Tuple[type, ...] = (_FiveValues, cls)
    if HAS_GYMNASIUM and framework.__name__ != "gymnasium":
        import gymnasium

        bases = (*bases, gymnasium.Env)
    return type(cls.__name__, bases, {"__module__": __name__, "__doc__": cls.__doc__})
