"""The two forms of an environment: gymnasium's (reset → (observation, info), step → five values), and gym's of before, with four."""

from __future__ import annotations

import operator
from functools import lru_cache
from typing import Any, Dict, Optional, Tuple, Type

import numpy as np

from arena.dialect import dialect

from .base import NLE
from .bases import HAS_GYMNASIUM, framework


class _FourValues:
    """Goes before an NLE class, where the process speaks in five values."""

    reset, step = NLE.reset, NLE.step


class _FiveValues:
    """Goes before an NLE class."""

    def reset(
        self: Any, wizkit_items: Optional[Any] = None, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None
    ) -> Tuple[Any, Dict[str, Any]]:
        """
        Begins an episode. `seed` is both of the game's seeds, and what those of the episodes after it are drawn from: the same seed gives
        the same row of games. `options`: wizkit_items, core, disp, reseed, lgen.
        """
        chosen = dict(options or {})
        wizkit_items = chosen.pop("wizkit_items", wizkit_items)
        if seed is not None:
            try:
                seed = operator.index(seed)
            except TypeError:
                raise TypeError(f"a seed is a whole number, not {seed!r}") from None
            chosen.setdefault("core", seed)
            chosen.setdefault("disp", seed)
        elif not chosen and getattr(self, "_following", None) is not None and not self.nethack.is_seeded:
            chosen["core"], chosen["disp"] = self._following.integers(0, 2**62, 2).tolist()
        if chosen:
            self.seed(**chosen)
        if seed is not None and not self._episodes.is_evaluated:
            self._following = np.random.default_rng(seed)
        _seed_generator(self, seed)
        self._begin(wizkit_items)
        return self._observation(), {}

    def step(self: Any, action: int) -> Tuple[Any, float, bool, bool, Dict[str, Any]]:
        """Takes the action of this index: observation, reward, terminated, truncated, info."""
        observation, outcome, info = self._advance(action)
        return observation, outcome.reward, outcome.terminated, outcome.truncated, info


def _seed_generator(env: Any, seed: Optional[int]) -> None:
    """Gymnasium's own generator of an environment, np_random, which no game uses and its wrappers and check_env look for."""
    if not HAS_GYMNASIUM:
        return
    import gymnasium

    if isinstance(env, gymnasium.Env) and hasattr(gymnasium.Env, "reset"):
        gymnasium.Env.reset(env, seed=seed)


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


@lru_cache(maxsize=None)
def four_values(cls: Type[NLE]) -> Type[NLE]:
    """The class in gym's form of before gymnasium."""
    if cls.step is _FourValues.step:
        return cls
    return type(cls.__name__, (_FourValues, cls), {"__module__": __name__, "__doc__": cls.__doc__})
