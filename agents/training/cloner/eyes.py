"""What the policy is shown, computed from an observation and the memory of the level: nothing here is learned, and no gradient
goes through it, so that training computes it ahead, in a thread beside.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

import glyphs as kinds
import memory as levels
from memory import COLUMNS, ROWS

CLASSES = 18
# NetHack's condition bits that last: stoned, slimed, strangled, food poisoning, terminal illness, blind, deaf, stunned, confused,
# hallucinating, levitating, flying, riding.
CONDITIONS = 13
_STONE = 2359
# Planes of the map: all kinds but passable, where the hero was and is.
MAP_PLANES = len(kinds.PLANES) + 1
_AROUND = 9


class Observation(NamedTuple):
    """Of `games` games, or of steps × games in a chunk of training."""

    glyphs: Tensor  # int [games, 21, 79]
    status: Tensor  # float [games, 27]: blstats
    message: Tensor  # int [games, 256]
    waiting: Tensor  # float [games, 3]: misc
    inventory: Tensor  # int [games, 55]: inv_oclasses
    cursor: Tensor  # float [games, 2]: row and column on the terminal
    previous: Tensor  # int [games]: the last action, 121 at a game's first step


class Sight(NamedTuple):
    """What the learned part is fed with, beside message and last action."""

    around: Tensor  # int [games, crop, crop]: glyphs round the hero
    spent: Tensor  # float [games, 1, crop, crop]: log of the time spent on each square
    far: Tensor  # float [games, MAP_PLANES, 21, 79]: the map
    figures: Tensor  # float [games, FIGURES]


def look(seen: Observation, planes: Tensor, memory: Tensor, place: Tensor, side: int) -> Sight:
    """`planes` [games, PLANES, 21, 79]; `memory` after the observation, `place` before it; `side` of the crop."""
    status = seen.status
    spent = torch.log1p(memory[:, :1])
    hero = (status[:, levels.Y].long(), status[:, levels.X].long())
    glyphs = seen.glyphs.long().clamp(0, kinds.GLYPHS - 1).unsqueeze(1)
    here = levels.hero_plane(status).unsqueeze(1)
    far = torch.cat([planes[:, :-1], (spent > 0).to(torch.float32), here], dim=1)
    worth = crop(memory[:, 1:], hero, 1, 0).flatten(2)
    return Sight(
        around=crop(glyphs, hero, side // 2, _STONE).squeeze(1),
        spent=crop(spent, hero, side // 2, 0),
        far=far,
        figures=torch.cat([status_features(seen, place), worth_features(worth)], dim=1),
    )


def crop(planes: Tensor, hero: Tuple[Tensor, Tensor], radius: int, fill: float) -> Tensor:
    """The squares round the hero, [games, planes, 2 radius + 1, 2 radius + 1]; `fill` beyond the map's edge."""
    games, count = planes.shape[0], planes.shape[1]
    side = 2 * radius + 1
    padded = F.pad(planes, (radius, radius, radius, radius), value=fill)
    width = COLUMNS + 2 * radius
    steps = torch.arange(side)
    offsets = (steps.view(-1, 1) * width + steps.view(1, -1)).view(1, 1, -1)
    row, column = hero
    places = (row.clamp(0, ROWS - 1) * width + column.clamp(0, COLUMNS - 1)).view(-1, 1, 1) + offsets
    found = padded.flatten(2).gather(2, places.expand(-1, count, -1))
    return found.view(games, count, side, side)


_SCALES: Dict[int, float] = {
    0: 1 / 79, 1: 1 / 21, 3: 1 / 25, 4: 1 / 25, 5: 1 / 25, 6: 1 / 25, 7: 1 / 25, 8: 1 / 25,
    12: 0.1, 16: 0.1, 17: 0.1, 18: 0.1, 21: 0.2, 22: 0.3, 24: 0.1, 26: 1.0,
}  # fmt: skip
# Hit points, most, gold, energy, most, experience, turns: small differences count where they are small.
_LOGS = (10, 11, 13, 14, 15, 19, 20)
_DUNGEONS = 5
_HUNGERS = 7


def status_features(seen: Observation, place: Tensor) -> Tensor:
    """Numbers round one from blstats, misc, cursor and the pack."""
    status = seen.status
    same, turns = levels.change(status, place)
    moved = (status[:, 0:2] - place[:, 4:6]).clamp(-2, 2) * same.unsqueeze(1)
    hurt = ((status[:, 10] - place[:, 3]) * 0.1).clamp(-3, 3) * same
    bits = torch.tensor([float(2**i) for i in range(CONDITIONS)])
    classes = torch.arange(CLASSES).view(1, 1, -1)
    pack = (seen.inventory.long().unsqueeze(2) == classes).to(torch.float32).sum(dim=1)[:, :-1]
    at_hero = (seen.cursor[:, 0] == status[:, 1] + 1) & (seen.cursor[:, 1] == status[:, 0])
    return torch.cat(
        [
            torch.stack([status[:, i] * scale for i, scale in _SCALES.items()], dim=1),
            torch.stack([torch.log1p(status[:, i].clamp(min=0)) * 0.2 for i in _LOGS], dim=1),
            (status[:, 10] / status[:, 11].clamp(min=1)).unsqueeze(1),
            (status[:, 23].unsqueeze(1) == torch.arange(_DUNGEONS, dtype=torch.float32)).to(torch.float32),
            (status[:, 21].unsqueeze(1) == torch.arange(_HUNGERS, dtype=torch.float32)).to(torch.float32),
            torch.floor(status[:, 25].unsqueeze(1) / bits) - 2 * torch.floor(status[:, 25].unsqueeze(1) / (2 * bits)),
            torch.stack([same, turns * 0.2, hurt], dim=1),
            moved,
            (seen.waiting > 0).to(torch.float32),
            torch.log1p(pack),
            at_hero.to(torch.float32).unsqueeze(1),
            seen.cursor * torch.tensor([1 / 24, 1 / 80]),
        ],
        dim=1,
    )


# How much better a neighbour must be to stand out: 0.9 to the sixth is half.
_STAND_OUT = 6


def worth_features(worth: Tensor) -> Tensor:
    """`worth` [games, 5, 9], of the ways down and of each goal round the hero: which way is best, and how far it is."""
    here_down, goals = worth[:, :1, 4], worth[:, 1:]
    best = goals.amax(dim=2, keepdim=True)
    ways = (goals / (best + 1e-6)) ** _STAND_OUT
    far = torch.log(best + 1e-4).squeeze(2) * 0.1
    return torch.cat([here_down, ways.flatten(1), far], dim=1)


FIGURES = (
    len(_SCALES) + len(_LOGS) + 1 + _DUNGEONS + _HUNGERS + CONDITIONS + 3 + 2 + 3 + (CLASSES - 1) + 1 + 2
    + 1 + len(levels.GOALS) * (_AROUND + 1)
)  # fmt: skip
