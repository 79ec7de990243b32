"""Draws what an agent would see, for tests."""

from __future__ import annotations

from typing import Dict, Mapping, Sequence, Tuple

import numpy as np

from arena import Observation
from game import Game
from knowledge.monsters import named
from nle import nethack
from perception.batch import spots
from perception.glyphs import STONE

#: Map symbols of NetHack 3.6.6.
_SYMBOLS = {" ": 0, "|": 1, "-": 2, "'": 13, "+": 15, ".": 19, "#": 21, "<": 23, ">": 24, "^": 48}
#: A healthy fighter of level 3 at turn 500: figures by their number in blstats.
_HEALTHY = {10: 30, 11: 30, 12: 1, 16: 6, 18: 3, 20: 500, 21: 1, 24: 1}


def _glyph(character: str, legend: Mapping[str, str]) -> int:
    meaning = legend.get(character)
    if meaning is None:
        return STONE + _SYMBOLS[character]
    kind, _, name = meaning.rpartition(" of ")
    if kind == "thing":
        return nethack.GLYPH_OBJ_OFF + next(
            index for index in range(nethack.NUM_OBJECTS) if nethack.OBJ_NAME(nethack.objclass(index)) == name
        )
    offset = {"": nethack.GLYPH_MON_OFF, "pet": nethack.GLYPH_PET_OFF, "corpse": nethack.GLYPH_BODY_OFF}[kind]
    return offset + min(named(name))


def seen(
    rows: Sequence[str],
    legend: Mapping[str, str] = {},
    message: str = "",
    pack: Sequence[Tuple[str, int, str]] = (),
    status: Mapping[int, int] = {},
    misc: Sequence[int] = (0, 0, 0),
    screen: Sequence[str] = (),
    cursor: Tuple[int, int] = (0, 0),
) -> Observation:
    """
    `rows` from the map's top left corner, `@` is the hero; `legend`: letters that are monsters (`newt`), pets (`pet of kitten`), corpses
    (`corpse of newt`) or things (`thing of dagger`); `pack`: letter, class and words.
    """
    glyphs = np.full((21, 79), STONE, np.int16)
    blstats = np.zeros(27, np.int64)
    for index, value in {**_HEALTHY, **status}.items():
        blstats[index] = value
    for y, row in enumerate(rows):
        for x, character in enumerate(row):
            if character == "@":
                blstats[0], blstats[1] = x, y
                glyphs[y, x] = nethack.GLYPH_MON_OFF + min(named("human"))
            else:
                glyphs[y, x] = _glyph(character, legend)
    fields: Dict[str, np.ndarray] = {
        **{"glyphs": glyphs, "blstats": blstats, "message": _text(message, 256), "misc": np.array(misc, np.int32)},
        "inv_letters": _text("".join(letter for letter, _, _ in pack), 55),
        "inv_oclasses": np.array([kind for _, kind, _ in pack] + [18] * (55 - len(pack)), np.uint8),
        "inv_strs": np.stack([_text(pack[i][2] if i < len(pack) else "", 80) for i in range(55)]),
        "tty_chars": np.stack([_text(screen[i] if i < len(screen) else "", 80, b" ") for i in range(24)]),
        "tty_cursor": np.array(cursor, np.uint8),
    }
    return Observation(fields)


def _text(words: str, size: int, fill: bytes = b"\0") -> np.ndarray:
    return np.frombuffer(words.encode("latin-1").ljust(size, fill), np.uint8).copy()


def spots_of(observation: Observation):
    return spots(observation["glyphs"][None])[0]


def game_at(*args, said: str = "", **figures) -> Game:
    """A game in which this is what is seen first."""
    observation = seen(*args, **figures)
    game = Game(1)
    game.perceive(observation, spots_of(observation), said)
    return game
