"""What an environment does on its own between the steps of a task of one's own: prompts left, a game quit."""

from __future__ import annotations

from typing import Any, Tuple

import numpy as np

from nle import nethack

_MOST_QUIT_ATTEMPTS = 20
_SPACE, _ESCAPE, _YES = ord(" "), 27, ord("y")
_QUIT = nethack.M("q")


class KnownSteps:
    """Goes before an environment's class: works on its `_episodes`."""

    _episodes: Any
    _allow_all_yn_questions: bool
    _observation_keys: Tuple[str, ...]

    def _seen(self) -> Tuple[np.ndarray, ...]:
        return tuple(self._episodes.observe(self._observation_keys).values())

    def _is_asked(self) -> bool:
        views = self._episodes.views
        return bool(views["internal"][1] if "internal" in views else views["misc"][0])

    def _perform_known_steps(
        self, observation: Tuple[np.ndarray, ...], done: bool, exceptions: bool = True
    ) -> Tuple[Tuple[np.ndarray, ...], bool]:
        """
        Out of --More-- by space, of texts and questions by ESC: what is seen then, in the order of _observation_keys, and whether the
        game is over. With `exceptions` the questions that the environment leaves to the agent are left to it.
        """
        if done or not self._episodes.running:
            return observation, done
        is_all = self._allow_all_yn_questions if exceptions else False
        done = self._episodes.leave_prompts(exceptions, is_all).done
        return self._seen(), done

    def _quit_game(self, observation: Tuple[np.ndarray, ...], done: bool) -> Tuple[Tuple[np.ndarray, ...], bool]:
        """Quits the game that runs, out of whatever prompt it is at. `reset` begins the next."""
        for _ in range(_MOST_QUIT_ATTEMPTS):
            observation, done = self._perform_known_steps(observation, done, exceptions=False)
            if done or not self._episodes.running:
                return observation, True
            if self._episodes.press(_QUIT).done:
                return self._seen(), True
            # a menu, a text or a command that waits for a place takes that key for its own, and a text's first ESC only clears it
            for key in (_YES,) if self._is_asked() else (_ESCAPE, _ESCAPE):
                if self._episodes.press(key).done:
                    return self._seen(), True
        return observation, done
