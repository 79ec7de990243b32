"""Gymnasium's form of an environment: reset → (observation, info), step → five values."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, Optional, Tuple, Type

from .base import NLE
from .bases import HAS_GYMNASIUM, framework


class _FiveValues:
    """Goes before an NLE class."""

    def reset(self: Any, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None) -> Tuple[Any, Dict[str, Any]]:
        """Begins an episode. `seed` is both of the game's seeds; `options`: wizkit_items, core, disp, reseed."""
        chosen = dict(options or {})
        wizkit_items = chosen.pop("wizkit_items", None)
        if seed is not None:
            chosen.setdefault("core", seed)
            chosen.setdefault("disp", seed)
        if chosen:
            self.seed(**chosen)
        return NLE.reset(self, wizkit_items), {}

    def step(self: Any, action: int) -> Tuple[Any, float, bool, bool, Dict[str, Any]]:
        """Takes the action of this index: observation, reward, terminated, truncated, info."""
        observation, outcome, info = self._advance(action)
        return observation, outcome.reward, outcome.terminated, outcome.truncated, info


@lru_cache(maxsize=None)
def five_values(cls: Type[NLE]) -> Type[NLE]:
    """The class in gymnasium's form."""
    bases: Tuple[type, ...] = (_FiveValues, cls)
    if HAS_GYMNASIUM and framework.__name__ != "gymnasium":
        import gymnasium

        bases = (*bases, gymnasium.Env)
    return type(cls.__name__, bases, {"__module__": __name__, "__doc__": cls.__doc__})
