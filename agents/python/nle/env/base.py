"""The environment NetHack-v0, and what all tasks have in common."""

from __future__ import annotations

import enum
import os
import sys
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from arena.answers import action_index, index_of_enum
from arena.dialect import Dialect, dialect
from arena.environments import evaluated_game
from arena.notices import warn_once
from arena.outcome import RUNNING, Outcome
from arena.texts import TEXT_FIELDS

from nle import nethack

from .bases import framework
from .games import ALWAYS_KEYS, SKIP_EXCEPTIONS, EvaluatedEpisodes, LocalEpisodes
from .inner import InnerNethack
from .known import KnownSteps

#: The fields of an observation unless told otherwise.
DEFAULT_KEYS: Tuple[str, ...] = (
    *("glyphs", "chars", "colors", "specials", "blstats", "message", "inv_glyphs", "inv_strs", "inv_letters"),
    *("inv_oclasses", "screen_descriptions", "tty_chars", "tty_colors", "tty_cursor"),
)

__all__ = [
    *("ASCII_ESC", "ASCII_SPACE", "DEFAULT_KEYS", "DUNGEON_SHAPE", "FULL_ACTIONS", "NLE", "NLE_SPACE_ITEMS"),
    *("SKIP_EXCEPTIONS", "space_of"),
]

#: All 121 actions.
FULL_ACTIONS: Tuple[enum.IntEnum, ...] = nethack.ACTIONS
ASCII_SPACE, ASCII_ESC = ord(" "), nethack.C("[")
DUNGEON_SHAPE: Tuple[int, int] = nethack.DUNGEON_SHAPE

_HIGHEST: Dict[str, int] = {
    "glyphs": nethack.MAX_GLYPH,
    "colors": 15,
    "inv_glyphs": nethack.MAX_GLYPH,
    "inv_letters": 127,
    "inv_oclasses": nethack.MAXOCLASSES,
    "screen_descriptions": 127,
    "tty_colors": 31,
}


def space_of(key: str, shape: Optional[Tuple[int, ...]] = None) -> Any:
    """The space of a field's values, of its own shape unless another is given."""
    if key in TEXT_FIELDS:
        return framework.spaces.Box(low=0, high=255, shape=(TEXT_FIELDS[key],), dtype=np.uint8)
    described = nethack.OBSERVATION_DESC[key]
    dtype = described["dtype"]
    is_figure = dtype.itemsize >= 4
    low = np.iinfo(np.int32).min if is_figure else 0
    high = np.iinfo(np.int32).max if is_figure else _HIGHEST.get(key, 255)
    return framework.spaces.Box(low=low, high=high, shape=shape or described["shape"], dtype=dtype)


#: Each field with its space.
NLE_SPACE_ITEMS: Tuple[Tuple[str, Any], ...] = tuple((key, space_of(key)) for key in nethack.OBSERVATION_DESC)


class NLE(KnownSteps, framework.Env):  # type: ignore[misc, name-defined]
    """
    NetHack with the score's rise as its reward. Options are NLE's; while this program is evaluated in the arena, the platform
    decides who plays and for how long, and the reward is always the rise of the score. Tasks of one's own override _reward_fn,
    _is_episode_end and _check_abort.
    """

    metadata = {"render.modes": ["human", "ansi", "full"], "render_modes": ["human", "ansi", "full"], "render_fps": 4}

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
        archivefile: Optional[str] = None,
        _dialect: Optional[Dialect] = None,
        _rules: Optional[Mapping[str, Any]] = None,
    ) -> None:
        known = (*nethack.OBSERVATION_DESC, *TEXT_FIELDS)
        unknown = [key for key in observation_keys if key not in known]
        if unknown:
            raise ValueError(f"there is no field {unknown[0]!r}; there are {', '.join(known)}")
        spoken = dialect() if _dialect is None else _dialect
        if archivefile is not None:
            if spoken.name != "0.7":
                raise TypeError(f"archivefile is an option of NLE 0.7, and this is {spoken.name}: use savedir and save_ttyrec_every")
            warn_once("archivefile has no effect: recordings are made by savedir and save_ttyrec_every")
        if render_mode is not None and render_mode not in (*self.metadata["render_modes"], "string"):
            raise ValueError(f"render_mode is one of {', '.join(self.metadata['render_modes'])}, or string, not {render_mode!r}")
        self.character = character
        self.actions: Tuple[int, ...] = tuple(self.default_actions if actions is None else actions)
        self.render_mode = render_mode
        self._max_episode_steps = max_episode_steps
        self._allow_all_yn_questions = allow_all_yn_questions
        self._allow_all_modes = allow_all_modes
        self._wizard = wizard
        self._keymap = [int(action) for action in self.actions]
        keys = tuple(observation_keys)
        given = None if options is None else list(options)
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
        if given is not None:
            chosen["options"] = ",".join(given)
        if clock is not None:
            chosen["clock"] = clock
        game = evaluated_game()
        self._episodes: Union[EvaluatedEpisodes, LocalEpisodes] = (
            LocalEpisodes(self.task_id, chosen, keys, spoken.blstats)
            if game is None
            else EvaluatedEpisodes(game, keys, allow_all_modes, allow_all_yn_questions, spoken.blstats)
        )
        if self._episodes.is_evaluated:
            self._warn_of_overrides()
        who = nethack.options_with_player(nethack.NETHACKOPTIONS if given is None else given, f"Agent-{character}", wizard)
        self.nethack = InnerNethack(self._episodes, who, self.hides_seeds, self._begin)
        self._name_fields()
        self._outcome = RUNNING
        self._ended_here = False
        self._episode = 0
        self._steps = 0
        #: The turn after the last step, and how many steps in a row took no game time.
        self._turns, self._no_progress_count = 0, 0
        self.last_observation: Tuple[np.ndarray, ...] = ()
        self.observation_space = framework.spaces.Dict(
            {key: space_of(key, self._episodes.views[key].shape) for key in self._episodes.keys}
        )
        self.action_space = framework.spaces.Discrete(len(self.actions))
        self._make_savedir(save_ttyrec_every, savedir)

    def _name_fields(self) -> None:
        """The fields of last_observation and their places, None for one that is not observed, under NLE's names."""
        always = (key for key in ALWAYS_KEYS if key in self._episodes.views)
        self._observation_keys: Tuple[str, ...] = tuple(dict.fromkeys([*self._episodes.keys, *always]))
        at: Dict[str, int] = {key: place for place, key in enumerate(self._observation_keys)}
        self._glyph_index = at.get("glyphs")
        self._blstats_index = at.get("blstats")
        self._message_index = at.get("message")
        self._program_state_index = at.get("program_state")
        self._internal_index = at.get("internal")

    def _warn_of_overrides(self) -> None:
        for name in ("_reward_fn", "_is_episode_end", "_check_abort", "_get_time_penalty"):
            method = getattr(type(self), name, None)
            if method is not None and not method.__module__.startswith("nle.env."):
                warn_once(
                    f"evaluated: {type(self).__name__}.{name} is not called: the reward is the rise of the score, "
                    "and the platform says when an episode ends"
                )

    @property
    def _actions(self) -> Tuple[int, ...]:
        return self.actions

    def print_action_meanings(self) -> None:
        """Prints each action's index and what it is."""
        for index, action in enumerate(self.actions):
            is_named = isinstance(action, enum.Enum)
            print(index, f"{type(action).__name__}.{action.name}" if is_named else nethack.action_id_to_type(action))

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
        everything = self._episodes.observe(self._observation_keys)
        self.last_observation = tuple(everything.values())
        for key in self._observation_keys[len(self._episodes.keys) :]:
            del everything[key]
        return everything

    def reset(self, wizkit_items: Optional[Iterable[str]] = None) -> Any:
        """Begins an episode; the observation by field's name. `wizkit_items` are wished for, in debug mode."""
        self._begin(wizkit_items)
        return self._observation()

    def _begin(self, wizkit_items: Optional[Iterable[str]]) -> None:
        if wizkit_items is not None and not self._wizard:
            raise ValueError("wizkit_items are granted in debug mode: make the environment with wizard=True")
        if self._records is not None:
            self._records.end_episode()
        self._episodes.reset(self.nethack.take_seeds())
        self._outcome = RUNNING
        self._ended_here = False
        self._steps = 0
        self._turns, self._no_progress_count = self._turns_now(), 0
        if wizkit_items is not None:
            self._episodes.grant(wizkit_items)
        if self._records is not None:
            self._records.begin_episode(self._episode)
        self._episode += 1

    def _advance(self, action: Any) -> Tuple[Dict[str, np.ndarray], Outcome, Dict[str, Any]]:
        if self._ended_here:
            raise RuntimeError("the episode is over, as _is_episode_end said: call reset first")
        index = index_of_enum(action)
        outcome = self._episodes.step(index, self._keymap)
        self._steps += 1
        before = self.last_observation
        observation = self._observation()
        turns = self._turns_now()
        self._no_progress_count = self._no_progress_count + 1 if turns == self._turns else 0
        self._turns = turns
        if not self._episodes.is_evaluated:
            outcome = self._judged(before, index, outcome)
        if self._records is not None:
            self._records.step(self._keymap[action_index(index, len(self._keymap))], outcome, self._ended_here)
        if self._ended_here:
            # so that NetHack writes its line about the game
            self._quit_game(self.last_observation, False)
            if self._records is not None:
                self._records.end_episode()
        info = {"end_status": self.StepStatus(outcome.end_status), "is_ascended": outcome.ascended}
        return observation, outcome, info

    def _turns_now(self) -> int:
        """The game's turn; 0 where blstats are not observed."""
        blstats = self._episodes.views.get("blstats")
        return 0 if blstats is None else int(blstats[nethack.NLE_BL_TIME])

    # --- tasks of one's own ---

    def _judged(self, before: Tuple[np.ndarray, ...], action: Any, outcome: Outcome) -> Outcome:
        """The step's outcome as the methods below have it."""
        self._outcome = outcome
        if outcome.end_status in (self.StepStatus.RUNNING, self.StepStatus.TASK_SUCCESSFUL):
            aborts = self._check_abort(self.last_observation)
            status = self.StepStatus.ABORTED if aborts else self.StepStatus(self._is_episode_end(self.last_observation))
            if status == self.StepStatus.RUNNING and outcome.done:
                warn_once(f"{type(self).__name__}._is_episode_end: {self.task_id} is over here, and cannot go on")
            elif status != outcome.end_status:
                self._ended_here = True
                aborted = status == self.StepStatus.ABORTED
                outcome = outcome._replace(end_status=int(status), terminated=not aborted, truncated=aborted)
        reward = self._reward_fn(before, action, self.last_observation, self.StepStatus(outcome.end_status))
        return outcome._replace(reward=float(reward))

    def _reward_fn(
        self,
        last_observation: Tuple[np.ndarray, ...],
        action: int,
        observation: Tuple[np.ndarray, ...],
        end_status: "NLE.StepStatus",
    ) -> float:
        """A step's reward; here the engine's. Observations are in the order of _observation_keys, `action` is the index."""
        return self._outcome.reward

    def _check_abort(self, observation: Tuple[np.ndarray, ...]) -> bool:
        """Whether a limit ends the episode after a step that the hero survived; here as the engine has it."""
        return self._outcome.end_status == self.StepStatus.ABORTED

    def _is_episode_end(self, observation: Tuple[np.ndarray, ...]) -> "NLE.StepStatus":
        """Whether the task is over after a step that the hero survived within the limits; here as the engine has it."""
        return self.StepStatus(self._outcome.end_status)

    def step(self, action: int) -> Tuple[Any, ...]:
        """Takes the action of this index: observation, reward, done, info (end_status, is_ascended)."""
        observation, outcome, info = self._advance(action)
        return observation, outcome.reward, outcome.done, info

    # --- seeds ---

    def seed(
        self, core: Optional[int] = None, disp: Optional[int] = None, reseed: bool = False, lgen: Optional[int] = None
    ) -> Tuple[int, int, bool]:
        """Seeds the next episode, 0 … 2^64 - 1; what is left out is drawn. Those after it draw their own. The challenge's
        cannot be set: RuntimeError. Evaluated they are the platform's, and a warning says so. `lgen`: the levels' own, as NLE 1.2 has it."""
        drawn = [int.from_bytes(os.urandom(8), "little") >> 2 for _ in range(2)]
        chosen = (drawn[0] if core is None else int(core), drawn[1] if disp is None else int(disp), bool(reseed))
        self.nethack.set_initial_seeds(*chosen, lgen=None if lgen is None else int(lgen))
        return chosen

    def get_seeds(self) -> Tuple[int, int, bool]:
        """core, disp, reseed of the episode that runs."""
        return self.nethack.get_current_seeds()

    # --- looking at it ---

    def render(self, mode: Optional[str] = None) -> Optional[str]:
        """human: the screen, printed; full: with all other fields; ansi and string: the map as text."""
        mode = mode or self.render_mode or "human"
        views: Mapping[str, np.ndarray] = self._episodes.views
        if mode in ("ansi", "string"):
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
