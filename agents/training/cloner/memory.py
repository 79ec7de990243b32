"""What the policy keeps of a level: where the hero was, and how far it is to what is worth a way.

Nothing here is learned. It is a recurrent state beside the LSTM's, computed from the observations alone, inside the model:
the platform hands it from step to step as any state. Distances come by value iteration, a few sweeps a step: a cell is worth
what its best neighbour is worth, times a discount, and what lies there. A clone without it had no way to see which way leads
out of a room that is farther than its crop.
"""

from __future__ import annotations

from typing import Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from glyphs import PLANES

ROWS, COLUMNS = 21, 79
# Places in blstats.
X, Y, HP, TURN, DUNGEON, LEVEL = 0, 1, 10, 20, 23, 24

# What a way may lead to, one plane of worth each.
GOALS = ("unseen", "down", "object", "monster")
# Planes of the memory: time spent on a cell, where a way down was seen, the goals.
MEMORY = 2 + len(GOALS)
# Of the last step: dungeon, level, turn, hit points, x, y.
PLACE = 6

# A closed door and the end of a corridor are worth a way too, less than a square that nobody stood on.
_DOOR_WORTH = 0.7
_DEAD_END_WORTH = 0.35
# Searching finds what there is in some fifteen turns.
_SEARCHED = 15.0
# `20s` is the longest search of the explorer's.
_LONGEST = 20.0


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
    """How many of a cell and its eight neighbours are set."""
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
    return torch.stack([status[:, i] for i in (DUNGEON, LEVEL, TURN, HP, X, Y)], dim=1)


def change(status: Tensor, place: Tensor) -> Tuple[Tensor, Tensor]:
    """Whether the level is the last step's, [games], and turns that went by, at most 20."""
    same = ((status[:, DUNGEON] == place[:, 0]) & (status[:, LEVEL] == place[:, 1])).to(torch.float32)
    return same, (status[:, TURN] - place[:, 2]).clamp(0, _LONGEST)


def remember(
    planes: Tensor, status: Tensor, memory: Tensor, place: Tensor, sweeps: int, discount: float
) -> Tensor:
    """The memory after this observation. `planes` [games, PLANES, rows, columns], `memory` [games, MEMORY, rows, columns]."""
    same, turns = change(status, place)
    memory = memory * same.view(-1, 1, 1, 1)
    here = hero_plane(status)
    unknown, corridor, closed, down, objects, monster, passable = (
        planes[:, PLANES.index(name)]
        for name in ("unknown", "corridor", "closed", "down", "object", "monster", "passable")
    )
    spent = memory[:, 0] + here * (1 + turns).view(-1, 1, 1)
    ways_down = torch.maximum(memory[:, 1], down)
    fresh = (spent == 0).to(torch.float32) * passable
    edge = fresh * dilate(unknown.unsqueeze(1)).squeeze(1)
    narrow = (neighbours(passable) <= 2).to(torch.float32) * passable * (1 - fresh)
    unseen = torch.maximum(
        torch.maximum(edge, closed * _DOOR_WORTH),
        narrow * _DEAD_END_WORTH * (1 - spent / _SEARCHED).clamp(min=0),
    )
    goals = torch.stack([unseen, ways_down, objects * fresh, monster * (1 - here)], dim=1)
    worth = memory[:, 2:]
    way = (passable * discount).unsqueeze(1)
    for _ in range(sweeps):
        worth = torch.maximum(goals, way * dilate(worth))
    return torch.cat([spent.unsqueeze(1), ways_down.unsqueeze(1), worth], dim=1)
