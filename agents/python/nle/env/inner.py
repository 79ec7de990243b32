"""env.nethack: an environment's game under the names of the raw one."""

from __future__ import annotations

import weakref
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Tuple

import numpy as np

from arena.local import seeds_text
from arena.notices import warn_once

from nle import nethack

from .games import SEEDS_UNUSED

_HIDDEN = "NetHackChallenge keeps its seeds to itself: they can be neither set nor read"


class InnerNethack:
    """The raw game of an environment. Its seeds are the challenge's secret: to touch them raises RuntimeError."""

    def __init__(
        self, episodes: Any, options: List[str], hides_seeds: bool, begin: Callable[[Optional[Iterable[str]]], None]
    ) -> None:
        self._episodes = episodes
        self._hides_seeds = hides_seeds
        # weakly, so that an environment that is dropped is freed at once
        self._begin = weakref.WeakMethod(begin)
        self._seeds: Optional[Dict[str, Any]] = None
        #: As the game is given them, with who plays; evaluated, the platform's are what holds.
        self.options = options

    @property
    def observation_keys(self) -> Tuple[str, ...]:
        """The fields of what reset and step give."""
        keys: Tuple[str, ...] = self._episodes.keys
        return keys

    def _observe(self) -> Tuple[np.ndarray, ...]:
        return tuple(self._episodes.observe(self._episodes.keys).values())

    def reset(
        self, new_ttyrec: Optional[str] = None, wizkit_items: Optional[Iterable[str]] = None
    ) -> Tuple[np.ndarray, ...]:
        """Begins an episode of the environment."""
        if new_ttyrec is not None:
            raise ValueError("an environment records by its savedir and save_ttyrec_every, not by new_ttyrec")
        begin = self._begin()
        if begin is None:
            raise RuntimeError("the environment of this game is gone: keep it as long as its game")
        begin(wizkit_items)
        return self._observe()

    def step(self, action: int) -> Tuple[Tuple[np.ndarray, ...], bool]:
        """Gives a key past the task."""
        done = self._episodes.press(int(action)).terminated
        return self._observe(), done

    def in_normal_game(self) -> bool:
        """Whether a game runs."""
        return bool(self._episodes.running)

    def how_done(self) -> Optional[nethack.game_end_types]:
        """How the game ended; None while it goes on or where that is not told."""
        how = self._episodes.how()
        return None if how is None else nethack.game_end_types(how)

    def close(self) -> None:
        """Ends the game. Safe to call again."""
        self._episodes.close()

    # --- seeds ---

    def set_initial_seeds(self, core: int, disp: int, reseed: bool = False, lgen: Optional[int] = None) -> None:
        """The seeds of the next episode, 0 … 2^64 - 1. Evaluated they are not used, and a warning says so."""
        if self._episodes.is_evaluated:
            warn_once(SEEDS_UNUSED)
            return
        if self._hides_seeds:
            raise RuntimeError(_HIDDEN)
        self._seeds = seeds_text(core, disp, reseed, lgen)

    def set_current_seeds(
        self, core: Optional[int] = None, disp: Optional[int] = None, reseed: Optional[bool] = False
    ) -> None:
        """As Nethack.set_current_seeds, of the episode that runs. Evaluated they stay as they are, and a warning says so."""
        if self._episodes.is_evaluated:
            warn_once(SEEDS_UNUSED)
            return
        if self._hides_seeds:
            raise RuntimeError(_HIDDEN)
        self._episodes.reseed(core, disp, reseed)

    def get_current_seeds(self) -> Tuple[int, int, bool]:
        """core, disp, reseed of the episode that runs, as they were given last."""
        if self._hides_seeds:
            raise RuntimeError(_HIDDEN)
        seeds: Tuple[int, int, bool] = self._episodes.seeds()
        return seeds

    @property
    def is_seeded(self) -> bool:
        """Whether seeds were set for the next episode."""
        return self._seeds is not None

    def take_seeds(self) -> Optional[Mapping[str, Any]]:
        """Those that were set for the episode that begins now."""
        seeds, self._seeds = self._seeds, None
        return seeds
