"""What the policy is shown, computed from an observation and the memory of the level: nothing here is learned, and no gradient
goes through it, so that training computes it ahead, in a thread beside.
"""

from __future__ import annotations

from typing import Dict, NamedTuple

import torch
from torch import Tensor

import glyphs as kinds
import memory as levels
from memory import COLUMNS, Ground, Level, ROWS

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


class Window:
    """The squares round the hero: 2 radius + 1 rows and columns, beyond the map's edge too."""

    def __init__(self, status: Tensor, radius: int) -> None:
        self.side = 2 * radius + 1
        steps = torch.arange(-radius, radius + 1)
        row = status[:, levels.Y].long().clamp(0, ROWS - 1).view(-1, 1, 1) + steps.view(1, -1, 1)
        column = status[:, levels.X].long().clamp(0, COLUMNS - 1).view(-1, 1, 1) + steps.view(1, 1, -1)
        self._outside = ((row < 0) | (row >= ROWS) | (column < 0) | (column >= COLUMNS)).unsqueeze(1)
        places = row.clamp(0, ROWS - 1) * COLUMNS + column.clamp(0, COLUMNS - 1)
        self._places = places.view(-1, 1, self.side * self.side)

    def of(self, planes: Tensor, fill: float) -> Tensor:
        """[games, planes, side, side]; `fill` beyond the edge. Nothing is padded: copies of the map cost ONNX Runtime 0.2 ms for 32 games."""
        games, count = planes.shape[0], planes.shape[1]
        found = planes.flatten(2).gather(2, self._places.expand(-1, count, -1))
        return found.view(games, count, self.side, self.side).masked_fill(self._outside, fill)


def look(seen: Observation, ground: Ground, level: Level, place: Tensor, side: int) -> Sight:
    """`level` after the observation, `place` before it; `side` of the crop."""
    status = seen.status
    wide, close = Window(status, side // 2), Window(status, 1)
    here = levels.hero_plane(status)
    footprints = [plane.unsqueeze(1).to(ground.far.dtype) for plane in (level.spent > 0, here)]
    glyphs = wide.of(seen.glyphs.unsqueeze(1), _STONE).view(-1, side, side)
    way_down = close.of(level.ways.unsqueeze(1), 0)[:, :, 1, 1]
    worth = close.of(level.worth, 0).flatten(2)
    return Sight(
        around=glyphs.long().clamp(0, kinds.GLYPHS - 1),
        spent=torch.log1p(wide.of(level.spent.unsqueeze(1), 0)),
        far=torch.cat([ground.far, *footprints], dim=1).to(torch.float32),
        figures=torch.cat([status_features(seen, place), worth_features(way_down, worth)], dim=1),
    )


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
            status[:, list(_SCALES)] * torch.tensor(list(_SCALES.values())),
            torch.log1p(status[:, list(_LOGS)].clamp(min=0)) * 0.2,
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


def worth_features(way_down: Tensor, goals: Tensor) -> Tensor:
    """`way_down` [games, 1], whether there is one at the hero; `goals` [games, 4, 9], the worth of each round the hero: which way is
    best, and how far it is."""
    best = goals.amax(dim=2, keepdim=True)
    ways = (goals / (best + 1e-6)) ** _STAND_OUT
    far = torch.log(best + 1e-4).squeeze(2) * 0.1
    return torch.cat([way_down, ways.flatten(1), far], dim=1)


FIGURES = (
    len(_SCALES) + len(_LOGS) + 1 + _DUNGEONS + _HUNGERS + CONDITIONS + 3 + 2 + 3 + (CLASSES - 1) + 1 + 2
    + 1 + len(levels.GOALS) * (_AROUND + 1)
)  # fmt: skip
