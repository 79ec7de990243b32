"""The raw game: keys in, observations out."""

from __future__ import annotations

import enum
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from arena.local import LocalGroup, seeds_text

from .data import INTERFACE
from .players import options_with_player
from .ttyrec import Ttyrec

_DESCRIBED: Dict[str, Dict[str, Any]] = INTERFACE["observations"]

#: Shape and dtype of each field.
OBSERVATION_DESC: Dict[str, Dict[str, Any]] = {
    name: {"shape": tuple(told["shape"]), "dtype": np.dtype("int64" if name == "blstats" else told["dtype"])}
    for name, told in _DESCRIBED.items()
}
DUNGEON_SHAPE = OBSERVATION_DESC["glyphs"]["shape"]
BLSTATS_SHAPE = OBSERVATION_DESC["blstats"]["shape"]
MESSAGE_SHAPE = OBSERVATION_DESC["message"]["shape"]
PROGRAM_STATE_SHAPE = OBSERVATION_DESC["program_state"]["shape"]
INTERNAL_SHAPE = OBSERVATION_DESC["internal"]["shape"]
MISC_SHAPE = OBSERVATION_DESC["misc"]["shape"]
INV_SIZE = OBSERVATION_DESC["inv_glyphs"]["shape"]
INV_STRS_SHAPE = OBSERVATION_DESC["inv_strs"]["shape"]
SCREEN_DESCRIPTIONS_SHAPE = OBSERVATION_DESC["screen_descriptions"]["shape"]
TERMINAL_SHAPE = OBSERVATION_DESC["tty_chars"]["shape"]
TTYREC_VERSION = 3

#: The options of the challenge, one text each.
NETHACKOPTIONS: Tuple[str, ...] = tuple(INTERFACE["options"])

#: How a game ended.
game_end_types = enum.IntEnum("game_end_types", {name: i for i, name in enumerate(INTERFACE["gameEnd"])})  # type: ignore[misc]

_GAME_OVER, _IN_MOVE_LOOP, _WORTH_SAVING = 0, 3, 5
_BL_SCORE = INTERFACE["constants"]["NLE_BL_SCORE"]
_RECORDED = ("blstats", "tty_chars", "tty_colors", "tty_cursor")
_WISH, _RETURN, _SPACE, _ESCAPE = 0x17, 13, 32, 27
_MOST_PROMPTS = 1000


class Nethack:
    """
    A game of NetHack. `ttyrec` is a file (ttyrec3, bzip2) that all its games are recorded to. `reset` and `step` give the fields in the order of `observation_keys`; the same arrays are filled again at each
    step unless `copy`.
    """

    def __init__(
        self,
        observation_keys: Sequence[str] = tuple(OBSERVATION_DESC),
        playername: str = "Agent-mon-hum-neu-mal",
        ttyrec: Optional[str] = None,
        options: Optional[Iterable[str]] = None,
        copy: bool = False,
        wizard: bool = False,
        spawn_monsters: bool = True,
        scoreprefix: str = "",
        clock: Optional[int] = None,
    ) -> None:
        unknown = [name for name in observation_keys if name not in OBSERVATION_DESC]
        if unknown:
            raise ValueError(f"there is no field {unknown[0]!r}; there are {', '.join(OBSERVATION_DESC)}")
        self.observation_keys = tuple(observation_keys)
        self.copy = copy
        self.wizard = wizard
        if ttyrec == "":
            raise FileNotFoundError("ttyrec is the path of a file to record to, or None")
        #: As the game is given them, with who plays.
        self.options: List[str] = options_with_player(
            NETHACKOPTIONS if options is None else options, playername, wizard
        )
        self._scoreprefix = scoreprefix
        # What the methods below read travels too.
        needed = list(dict.fromkeys([*self.observation_keys, "program_state", "internal", *(() if ttyrec is None else _RECORDED)]))
        self._recording: Optional[Ttyrec] = None if ttyrec is None else Ttyrec(ttyrec)
        arguments: Dict[str, Any] = {} if clock is None else {"clock": clock}
        self._group = LocalGroup(
            "game",
            options=",".join(self.options),
            spawnMonsters=spawn_monsters,
            fields=needed,
            **arguments,
        )
        self._views = self._group.image.slots[0]
        self._arrays = tuple(np.zeros_like(self._views[name]) for name in self.observation_keys)
        self._seeds: Optional[Dict[str, Any]] = None
        self._in_game = False
        self._how: Optional[game_end_types] = None

    def _observe(self) -> Tuple[np.ndarray, ...]:
        if self.copy:
            return tuple(self._views[name].copy() for name in self.observation_keys)
        for array, name in zip(self._arrays, self.observation_keys):
            array[...] = self._views[name]
        return self._arrays

    def reset(
        self, new_ttyrec: Optional[str] = None, wizkit_items: Optional[Iterable[str]] = None
    ) -> Tuple[np.ndarray, ...]:
        """Starts a game, up to its first key request. `wizkit_items` are wished for at its first turn, in debug mode. `new_ttyrec`:
        the recording goes on in this file; a game that was made without `ttyrec` cannot be recorded."""
        if wizkit_items is not None and not self.wizard:
            raise ValueError("wizkit_items are granted in debug mode: make the game with wizard=True")
        if new_ttyrec is not None:
            self._record_to(new_ttyrec)
        self._group.reset(self._seeds)
        self._seeds = None
        self._how = None
        self._in_game = True
        if wizkit_items is not None:
            self._grant(wizkit_items)
        self._show(is_over=False)
        return self._observe()

    def _record_to(self, path: str) -> None:
        if self._recording is None:
            raise ValueError("new_ttyrec is for a game that is recorded: make it with ttyrec=, the path of its first file")
        if path == "":
            raise FileNotFoundError("new_ttyrec is the path of a file to record to, or None")
        following = Ttyrec(path)
        self._recording.close()
        self._recording = following

    def _show(self, is_over: bool) -> None:
        if self._recording is None:
            return
        self._recording.show(self._views["tty_chars"], self._views["tty_colors"], self._views["tty_cursor"])
        if not is_over:
            self._recording.score(int(self._views["blstats"][_BL_SCORE]))

    def _grant(self, items: Iterable[str]) -> None:
        for _ in range(_MOST_PROMPTS):
            if self._views["program_state"][_IN_MOVE_LOOP]:
                break
            self._group.press(_SPACE)
        for item in items:
            self._group.press(_WISH)
            for letter in item.encode("ascii"):
                self._group.press(letter)
            self._group.press(_RETURN)
            self._leave_prompts()

    def _leave_prompts(self) -> None:
        for _ in range(_MOST_PROMPTS):
            _, yes_no, line, more = self._views["internal"][:4].tolist()
            if not (yes_no or line or more):
                return
            self._group.press(_SPACE if more else _ESCAPE)

    def step(self, action: int) -> Tuple[Tuple[np.ndarray, ...], bool]:
        """Gives a key (a byte). The fields, and whether the game is over: they then show the terminal as NetHack leaves it, and no map."""
        if not self._in_game:
            raise RuntimeError("the game is over or was never begun: call reset first")
        outcome = self._group.step(int(action))
        if outcome.terminated:
            self._in_game = False
            how = self._group.result()["how"]
            self._how = None if how is None else game_end_types(how)
        if self._recording is not None:
            self._recording.key(int(action))
            self._show(outcome.terminated)
        return self._observe(), outcome.terminated

    def set_initial_seeds(self, core: int, disp: int, reseed: bool = False, lgen: Optional[int] = None) -> None:
        """The seeds of the next game, 0 … 2^64 - 1; those after it draw their own. `lgen`: of the levels."""
        self._seeds = seeds_text(core, disp, reseed, lgen)

    def set_current_seeds(
        self, core: Optional[int] = None, disp: Optional[int] = None, reseed: Optional[bool] = False
    ) -> None:
        """
        Seeds both generators of the game that runs, 0 … 2^64 - 1, and sets its reseed flag. What is None keeps its value as it was given
        last, a generator being seeded from it again. Levels' generators (`lgen`) go on as they were. The game is then no more a
        function of its first seeds and its keys.
        """
        if not self._in_game:
            raise RuntimeError("no game runs whose seeds could be changed: call reset first, or set_initial_seeds before it")
        self._group.reseed(core, disp, reseed)

    def get_current_seeds(self) -> Tuple[int, int, bool]:
        """core, disp, reseed of the game that runs, as they were given last, at its start or by set_current_seeds."""
        seeds: Optional[Mapping[str, Any]] = self._group.result()["seeds"]
        if seeds is None:
            raise RuntimeError("no game was begun: call reset first")
        return int(seeds["core"]), int(seeds["disp"]), bool(seeds["reseed"])

    def in_normal_game(self) -> bool:
        """Whether the game has begun and not ended."""
        state = self._views["program_state"]
        return self._in_game and bool(state[_WORTH_SAVING] or state[_IN_MOVE_LOOP]) and not state[_GAME_OVER]

    def how_done(self) -> Optional[game_end_types]:
        """How the game ended; None while it goes on."""
        return self._how

    def close(self) -> None:
        """Ends the game. Safe to call again."""
        self._in_game = False
        if self._recording is not None:
            self._recording.close()
        self._group.close()


def tty_of(observation: Mapping[str, np.ndarray]) -> str:
    """The screen of an observation, as text for a terminal."""
    from .terminal import tty_render

    return tty_render(observation["tty_chars"], observation["tty_colors"], observation["tty_cursor"])


