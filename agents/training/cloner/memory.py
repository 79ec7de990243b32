"""What the policy keeps of a level: where the hero was, and how far it is to what is worth a way.

Nothing here is learned. It is a recurrent state beside the LSTM's, computed from the observations alone, inside the model:
the platform hands it from step to step as any state. Distances come by value iteration, a few sweeps a step: a cell is worth
what its best neighbour is worth, times a discount, and what lies there. A clone without it had no way to see which way leads
out of a room that is farther than its crop.
"""

from __future__ import annotations

from typing import NamedTuple, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

ROWS, COLUMNS = 21, 79
# Places in blstats.
X, Y, HP, TURN, DUNGEON, LEVEL = 0, 1, 10, 20, 23, 24

# What a way may lead to, one plane of worth each.
GOALS = ("unseen", "down", "object", "monster")
# Of the last step: dungeon, level, turn, hit points, x, y.
PLACE = 6

# A closed door and the end of a corridor are worth a way too, less than a square that nobody stood on.
_DOOR_WORTH = 0.7
_DEAD_END_WORTH = 0.35
# Searching finds what there is in some fifteen turns.
_SEARCHED = 15.0
# `20s` is the longest search of the explorer's.
_LONGEST = 20.0


class Ground(NamedTuple):
    """What the glyphs of a level show, [games, rows, columns] each, zeros and ones, but for the first."""

    far: Tensor  # [games, planes, rows, columns]: what the map's convolutions see, but for where the hero was and is
    unknown: Tensor
    closed: Tensor
    down: Tensor
    object: Tensor
    monster: Tensor
    passable: Tensor


class Level(NamedTuple):
    """What is kept of a level."""

    spent: Tensor  # [games, rows, columns]: turns on each square, and one more each time
    ways: Tensor  # [games, rows, columns]: where a way down was seen
    worth: Tensor  # [games, GOALS, rows, columns]


def dilate(planes: Tensor) -> Tensor:
    """The largest of a cell and its eight neighbours, [games, planes, rows, columns], of values from 0 on.

    Slices take torch a twentieth of max_pool2d's time; ONNX Runtime takes three quarters of theirs for a MaxPool.
    """
    if torch.onnx.is_in_onnx_export():
        return F.max_pool2d(planes, 3, 1, 1)
    padded = F.pad(planes, (1, 1, 1, 1))
    wide = torch.maximum(torch.maximum(padded[..., :-2], padded[..., 1:-1]), padded[..., 2:])
    return torch.maximum(torch.maximum(wide[..., :-2, :], wide[..., 1:-1, :]), wide[..., 2:, :])


def neighbours(plane: Tensor) -> Tensor:
    """How many of a cell and its eight neighbours are set, of [games, rows, columns]; in the ONNX file not exactly a whole number."""
    if torch.onnx.is_in_onnx_export():
        # 0.05 ms for 32 games, the slices 0.16 ms.
        return F.avg_pool2d(plane.unsqueeze(1), 3, 1, 1).view(-1, ROWS, COLUMNS) * 9
    padded = F.pad(plane, (1, 1, 1, 1))
    wide = padded[..., :-2] + padded[..., 1:-1] + padded[..., 2:]
    return wide[..., :-2, :] + wide[..., 1:-1, :] + wide[..., 2:, :]


def hero_plane(status: Tensor) -> Tensor:
    """One where the hero is, [games, rows, columns]."""
    rows = torch.arange(ROWS, dtype=torch.float32).view(1, ROWS, 1)
    columns = torch.arange(COLUMNS, dtype=torch.float32).view(1, 1, COLUMNS)
    here = (rows == status[:, Y].view(-1, 1, 1)) & (columns == status[:, X].view(-1, 1, 1))
    return here.to(torch.float32)


def place_of(status: Tensor) -> Tensor:
    return status[:, [DUNGEON, LEVEL, TURN, HP, X, Y]]


def change(status: Tensor, place: Tensor) -> Tuple[Tensor, Tensor]:
    """Whether the level is the last step's, [games], and turns that went by, at most 20."""
    same = ((status[:, DUNGEON] == place[:, 0]) & (status[:, LEVEL] == place[:, 1])).to(torch.float32)
    return same, (status[:, TURN] - place[:, 2]).clamp(0, _LONGEST)


def remember(
    ground: Ground, status: Tensor, level: Level, place: Tensor, sweeps: int, discount: float
) -> Level:
    """The memory after this observation. `sweeps`: one at least."""
    same, turns = change(status, place)
    same = same.view(-1, 1, 1)
    here = hero_plane(status)
    spent = level.spent * same + here * (1 + turns).view(-1, 1, 1)
    ways = torch.maximum(level.ways * same, ground.down)
    fresh = (spent == 0).to(torch.float32) * ground.passable
    edge = fresh * dilate(ground.unknown.unsqueeze(1)).view(-1, ROWS, COLUMNS)
    # 2.5: at most two, whatever an average of nine is rounded to
    narrow = (neighbours(ground.passable) < 2.5).to(torch.float32) * ground.passable * (1 - fresh)
    unseen = torch.maximum(
        torch.maximum(edge, ground.closed * _DOOR_WORTH),
        narrow * _DEAD_END_WORTH * (1 - spent / _SEARCHED).clamp(min=0),
    )
    goals = torch.stack([unseen, ways, ground.object * fresh, ground.monster * (1 - here)], dim=1)
    worth = level.worth
    way = (ground.passable * discount).unsqueeze(1)
    for sweep in range(sweeps):
        # Another level's worth leads nowhere.
        onward = way * same.unsqueeze(1) if sweep == 0 else way
        worth = torch.maximum(goals, onward * dilate(worth))
    return Level(spent, ways, worth)
