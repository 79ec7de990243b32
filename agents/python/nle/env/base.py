"""The environment NetHack-v0, and what all tasks have in common."""

from __future__ import annotations

import enum
import os
import sys
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from arena.answers import action_index
from arena.environments import evaluated_game
from arena.local import seeds_text
from arena.outcome import Outcome
from arena.texts import TEXT_FIELDS

from nle import nethack

from .bases import framework
from .games import EvaluatedEpisodes, LocalEpisodes

#: The fields of an observation unless told otherwise.
DEFAULT_KEYS: Tuple[str, ...] = (
    *("glyphs", "chars", "colors", "specials", "blstats", "message", "inv_glyphs", "inv_strs", "inv_letters"),
    *("inv_oclasses", "screen_descriptions", "tty_chars", "tty_colors", "tty_cursor"),
)

_HIGHEST: Dict[str, int] = {
    "glyphs": nethack.MAX_GLYPH,
    "colors": 15,
    "inv_glyphs": nethack.MAX_GLYPH,
    "inv_letters": 127,
    "inv_oclasses": nethack.MAXOCLASSES,
    "screen_descriptions": 127,
    "tty_colors": 31,
}


def space_of(key: str) -> Any:
    """The space of a field's values."""
    if key in TEXT_FIELDS:
        return framework.spaces.Box(low=0, high=255, shape=(TEXT_FIELDS[key],), dtype=np.uint8)
    described = nethack.OBSERVATION_DESC[key]
    dtype = described["dtype"]
    is_figure = dtype.itemsize >= 4
    low = np.iinfo(np.int32).min if is_figure else 0
    high = np.iinfo(np.int32).max if is_figure else _HIGHEST.get(key, 255)
    return framework.spaces.Box(low=low, high=high, shape=described["shape"], dtype=dtype)


class NLE(framework.Env):  # type: ignore[misc, name-defined]
    """
    NetHack with the score's rise as its reward. Options are NLE's; while this program is evaluated in the arena, the platform
    decides who plays and for how long, and the reward is always the rise of the score.
    """

    metadata = {"render.modes": ["human", "ansi", "full"], "render_modes": ["human", "ansi", "full"]}

    #: Of the engine's task.
    task_id = "NetHack-v0"
    #: Seeds are the host's business.
    hides_seeds = False
    default_actions: Sequence[enum.IntEnum] = nethack.USEFUL_ACTIONS

    class StepStatus(enum.IntEnum):
        """How an episode stands after a step."""

        ABORTED = -1
        RUNNING = 0
        DEATH = 1
        TASK_SUCCESSFUL = 2

    def __init__(
        self,
        save_ttyrec_every: int = 0,
        savedir: Optional[str] = None,
        character: str = "mon-hum-neu-mal",
        max_episode_steps: int = 5000,
        observation_keys: Sequence[str] = DEFAULT_KEYS,
        actions: Optional[Sequence[int]] = None,
        options: Optional[Iterable[str]] = None,
        wizard: bool = False,
        allow_all_yn_questions: bool = False,
        allow_all_modes: bool = False,
        spawn_monsters: bool = True,
        render_mode: Optional[str] = None,
        clock: Optional[int] = None,
        _rules: Optional[Mapping[str, Any]] = None,
    ) -> None:
        known = (*nethack.OBSERVATION_DESC, *TEXT_FIELDS)
        unknown = [key for key in observation_keys if key not in known]
        if unknown:
            raise ValueError(f"there is no field {unknown[0]!r}; there are {', '.join(known)}")
        self.character = character
        self.actions: Tuple[int, ...] = tuple(self.default_actions if actions is None else actions)
        self.render_mode = render_mode
        self._keys = tuple(observation_keys)
        self._max_episode_steps = max_episode_steps
        self._allow_all_yn_questions = allow_all_yn_questions
        self._allow_all_modes = allow_all_modes
        self._wizard = wizard
        self._keymap = [int(action) for action in self.actions]
        chosen = {
            "character": character,
            "maxEpisodeSteps": max_episode_steps,
            "actions": self._keymap,
            "debug": wizard,
            "spawnMonsters": spawn_monsters,
            "allowAllYnQuestions": allow_all_yn_questions,
            "allowAllModes": allow_all_modes,
            **(_rules or {}),
        }
        if options is not None:
            chosen["options"] = ",".join(options)
        if clock is not None:
            chosen["clock"] = clock
        game = evaluated_game()
        self._episodes: Union[EvaluatedEpisodes, LocalEpisodes] = (
            LocalEpisodes(self.task_id, chosen, self._keys)
            if game is None
            else EvaluatedEpisodes(game, self._keys, allow_all_modes, allow_all_yn_questions)
        )
        self.nethack = self._episodes.nethack
        self._seeds: Optional[Dict[str, Any]] = None
        self._episode = 0
        self._steps = 0
        self.last_observation: Tuple[np.ndarray, ...] = ()
        self.observation_space = framework.spaces.Dict({key: space_of(key) for key in self._episodes.keys})
        self.action_space = framework.spaces.Discrete(len(self.actions))
        self._make_savedir(save_ttyrec_every, savedir)

    def _make_savedir(self, every: int, savedir: Optional[str]) -> None:
        from .records import Records, new_folder

        if every < 0:
            raise ValueError("save_ttyrec_every is 0 (nothing is saved) or a number of episodes")
        self._save_ttyrec_every = every
        self.savedir = None
        if every or savedir:
            self.savedir = os.path.abspath(savedir) if savedir else new_folder()
            os.makedirs(self.savedir, exist_ok=True)
        self._records = None if self.savedir is None else Records(self.savedir, every, self._episodes)

    # --- episodes ---

    def _observation(self) -> Dict[str, np.ndarray]:
        observation = self._episodes.observe()
        self.last_observation = tuple(observation.values())
        return observation

    def reset(self, wizkit_items: Optional[Iterable[str]] = None) -> Any:
        """Begins an episode; the observation by field's name. `wizkit_items` are wished for, in debug mode."""
        if wizkit_items is not None and not self._wizard:
            raise ValueError("wizkit_items are granted in debug mode: make the environment with wizard=True")
        if self._records is not None:
            self._records.end_episode()
        self._episodes.reset(self._seeds)
        self._seeds = None
        self._steps = 0
        if wizkit_items is not None:
            self._episodes.grant(wizkit_items)
        if self._records is not None:
            self._records.begin_episode(self._episode)
        self._episode += 1
        return self._observation()

    def _advance(self, action: Any) -> Tuple[Dict[str, np.ndarray], Outcome, Dict[str, Any]]:
        outcome = self._episodes.step(action, self._keymap)
        self._steps += 1
        if self._records is not None:
            self._records.step(self._keymap[action_index(action, len(self._keymap))], outcome)
        info = {"end_status": self.StepStatus(outcome.end_status), "is_ascended": outcome.ascended}
        return self._observation(), outcome, info

    def step(self, action: int) -> Tuple[Any, ...]:
        """Takes the action of this index: observation, reward, done, info (end_status, is_ascended)."""
        observation, outcome, info = self._advance(action)
        return observation, outcome.reward, outcome.done, info

    # --- seeds ---

    def seed(self, core: Optional[int] = None, disp: Optional[int] = None, reseed: bool = False) -> Tuple[int, int, bool]:
        """Seeds the next episode, 0 … 2^64 - 1; what is left out is drawn. Those after it draw their own."""
        if self.hides_seeds:
            raise RuntimeError("the challenge's seeds are not for the agent to set")
        drawn = [int.from_bytes(os.urandom(8), "little") >> 2 for _ in range(2)]
        chosen = (drawn[0] if core is None else int(core), drawn[1] if disp is None else int(disp), bool(reseed))
        self._seeds = seeds_text(*chosen)
        return chosen

    def get_seeds(self) -> Tuple[int, int, bool]:
        """core, disp, reseed of the episode that runs."""
        if self.hides_seeds:
            raise RuntimeError("the challenge's seeds are not for the agent to know")
        return self._episodes.seeds()

    # --- looking at it ---

    def render(self, mode: Optional[str] = None) -> Optional[str]:
        """human: the screen, printed; full: with all other fields; ansi: the map as text."""
        mode = mode or self.render_mode or "human"
        views: Mapping[str, np.ndarray] = self._episodes.views
        if mode == "ansi":
            return "\n".join(line.tobytes().decode("latin-1") for line in self._need(views, "chars"))
        if mode not in ("human", "full"):
            raise ValueError(f"mode is one of human, full, ansi, not {mode!r}")
        for key in ("tty_chars", "tty_colors", "tty_cursor"):
            self._need(views, key)
        print(nethack.tty_render(views["tty_chars"], views["tty_colors"], views["tty_cursor"]))
        if mode == "full":
            for key in (name for name in self._episodes.keys if not name.startswith("tty_")):
                print(f"{key}: {_told(key, views[key])}")
        sys.stdout.flush()
        return None

    @staticmethod
    def _need(views: Mapping[str, np.ndarray], key: str) -> np.ndarray:
        if key not in views:
            raise ValueError(f"{key} is not among observation_keys, and is needed to render")
        return views[key]

    def close(self) -> None:
        """Ends the episode that runs. Safe to call again."""
        if self._records is not None:
            self._records.end_episode()
        self._episodes.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def _told(key: str, values: np.ndarray) -> str:
    if key in ("message", "inv_strs"):
        rows: List[np.ndarray] = [values] if values.ndim == 1 else list(values)
        return "; ".join(text for text in (row.tobytes().rstrip(b"\0").decode("latin-1") for row in rows) if text)
    if key in ("chars", "screen_descriptions") or values.size > 64:
        return f"{values.dtype} {values.shape}"
    return str(values.tolist())
