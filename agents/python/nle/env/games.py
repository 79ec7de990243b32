"""Where an environment's episodes are played: by the engine on this machine, or by the platform that evaluates this program."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, Mapping, Optional, Sequence, Tuple

import numpy as np

from arena.agent import Observation
from arena.answers import action_index
from arena.evaluated import EvaluatedGame
from arena.local import LocalGroup
from arena.notices import warn_once
from arena.outcome import RUNNING, Outcome

_WISH, _RETURN, _SPACE, _ESCAPE = 0x17, 13, 32, 27
_MOST_PROMPTS = 1000
SEEDS_UNUSED = "evaluated: the platform chooses the seeds; those that were set are not used"
#: Fields that stand in last_observation whether they were asked for or not.
ALWAYS_KEYS = ("glyphs", "blstats", "message", "program_state", "internal")
#: Questions that NLE's tasks leave to the agent, by what their text contains.
SKIP_EXCEPTIONS = (b"eat", b"attack", b"direction?", b"pray")
_LEFT_TO_THE_AGENT = re.compile(b"|".join(map(re.escape, SKIP_EXCEPTIONS)))


class LocalEpisodes:
    """Episodes of a task in the engine's process."""

    is_evaluated = False

    def __init__(self, task: str, options: Mapping[str, Any], keys: Sequence[str], blstats: int) -> None:
        self.keys = tuple(keys)
        # What is needed to grant wishes, record and render travels too.
        fields = list(dict.fromkeys([*keys, *ALWAYS_KEYS, "tty_chars", "tty_colors", "tty_cursor"]))
        self._group = LocalGroup("make", blstats=blstats, task=task, options={**options, "fields": fields})
        self.views: Mapping[str, np.ndarray] = self._group.image.slots[0]
        self.running = False

    def observe(self, keys: Sequence[str]) -> Dict[str, np.ndarray]:
        return {key: self.views[key].copy() for key in keys}

    def reset(self, seeds: Optional[Mapping[str, Any]]) -> None:
        self._group.reset(seeds)
        self.running = True

    def step(self, action: Any, keymap: Sequence[int]) -> Outcome:
        return self._after(self._group.step(action_index(action, len(keymap))))

    def press(self, key: int) -> Outcome:
        return self._after(self._group.press(key))

    def _after(self, outcome: Outcome) -> Outcome:
        if outcome.done:
            self.running = False
        return outcome

    def leave_prompts(self, leaves_some: bool, leaves_all: bool) -> Outcome:
        """Out of prompts, but for the questions that are the agent's: some, as NLE's tasks have it, or all."""
        outcome = RUNNING
        for _ in range(_MOST_PROMPTS):
            _, yes_no, line, more = self.views["internal"][:4].tolist()
            text = self.views["message"].tobytes()
            is_agents = leaves_all or (leaves_some and _LEFT_TO_THE_AGENT.search(text) is not None)
            if not (more or line or (yes_no and not is_agents)):
                break
            outcome = self.press(_SPACE if more else _ESCAPE)
            if outcome.done:
                break
        return outcome

    def grant(self, items: Iterable[str]) -> None:
        """Wishes for items, in debug mode."""
        for item in items:
            for key in (_WISH, *item.encode("ascii"), _RETURN):
                self.press(key)
            for _ in range(_MOST_PROMPTS):
                _, yes_no, line, more = self.views["internal"][:4].tolist()
                if not (yes_no or line or more):
                    break
                self.press(_SPACE if more else _ESCAPE)

    def reseed(self, core: Optional[int], disp: Optional[int], reseed: Optional[bool]) -> None:
        if not self.running:
            raise RuntimeError("no episode runs whose seeds could be changed: call reset first, or seed the next one")
        self._group.reseed(core, disp, reseed)

    def seeds(self) -> Tuple[int, int, bool]:
        told = self._group.result()["seeds"]
        if told is None:
            raise RuntimeError("no episode was begun: call reset first")
        return int(told["core"]), int(told["disp"]), bool(told["reseed"])

    def result(self) -> Dict[str, Any]:
        return self._group.result()

    def how(self) -> Optional[int]:
        how: Optional[int] = self._group.result()["how"]
        return how

    def close(self) -> None:
        self.running = False
        self._group.close()


class EvaluatedEpisodes:
    """Episodes that the platform gives. Prompts are answered here where the environment answers them."""

    is_evaluated = True

    def __init__(
        self, game: EvaluatedGame, keys: Sequence[str], all_modes: bool, all_questions: bool, blstats: int
    ) -> None:
        self._game = game
        views = Observation(game.fields)
        if "blstats" in views:
            views["blstats"] = views["blstats"][:blstats]
        self.views: Mapping[str, np.ndarray] = views
        self.keys = tuple(key for key in keys if key in game.fields)
        missing = ", ".join(key for key in keys if key not in game.fields)
        if missing:
            warn_once(f'not in "fields" of arena.json, and so not observed: {missing}')
        self._all_modes = all_modes
        self._leaves = (lambda text: True) if all_questions else _LEFT_TO_THE_AGENT.search
        if not all_modes and not {"misc", "message"} <= set(game.fields):
            raise ValueError('this environment answers prompts by itself: add "misc" and "message" to "fields" in arena.json')

    @property
    def running(self) -> bool:
        return self._game.in_play

    def observe(self, keys: Sequence[str]) -> Dict[str, np.ndarray]:
        return Observation((key, self.views[key].copy()) for key in keys)

    def reset(self, seeds: Optional[Mapping[str, Any]]) -> None:
        if seeds is not None:
            warn_once(SEEDS_UNUSED)
        self._game.reset()

    def step(self, action: Any, keymap: Sequence[int]) -> Outcome:
        outcome = self._game.step(action, keymap)
        if self._all_modes or outcome.done:
            return outcome
        after = self._game.leave_prompts(self._leaves)
        return after._replace(reward=outcome.reward + after.reward)

    def press(self, key: int) -> Outcome:
        return self._game.press(key)

    def leave_prompts(self, leaves_some: bool, leaves_all: bool) -> Outcome:
        return self._game.leave_prompts(
            lambda text: leaves_all or (leaves_some and _LEFT_TO_THE_AGENT.search(text) is not None)
        )

    def grant(self, items: Iterable[str]) -> None:
        raise RuntimeError("there are no wishes while a program is evaluated")

    def seeds(self) -> Tuple[int, int, bool]:
        raise RuntimeError("seeds are not told while a program is evaluated")

    def result(self) -> Dict[str, Any]:
        return {"seeds": None, "how": None, "xlogfile": None, "keys": b""}

    def how(self) -> Optional[int]:
        return None

    def close(self) -> None:
        """The platform's games go on with the next reset."""


__all__ = ["ALWAYS_KEYS", "SEEDS_UNUSED", "SKIP_EXCEPTIONS", "EvaluatedEpisodes", "LocalEpisodes"]
