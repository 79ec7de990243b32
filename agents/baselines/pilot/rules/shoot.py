"""What lies ready is shot or thrown at what comes in a straight line."""

from __future__ import annotations

from typing import Optional

import numpy as np

from command import DIRECTIONS, ESCAPE, STEPS, Cell, Command, answers
from game import Game
from perception.glyphs import BARRED, BOULDER, INTEREST, PET, SHUT, WAYS
from perception.inventory import WEAPON

from .fight import is_target

_REACH = 7
_NEAR = 4
_STUCK = 60


def line(game: Game, to: Cell) -> Optional[int]:
    """The direction to a cell in a straight line with nothing between; None if there is none."""
    row, column = game.status.cell
    down, right = to[0] - row, to[1] - column
    if down and right and abs(down) != abs(right):
        return None
    step = (int(np.sign(down)), int(np.sign(right)))
    for far in range(1, max(abs(down), abs(right))):
        cell = (row + far * step[0], column + far * step[1])
        if WAYS[game.level.ground[cell]] in (BARRED, SHUT, BOULDER) or INTEREST[game.glyphs[cell]] == PET:
            return None
    return STEPS.index(step)


def shoot(game: Game) -> Optional[Command]:
    """Not at what is beside the hero already: that is hit. Not past the peaceful: a shopkeeper hit by chance kills."""
    ready = [item for item in game.inventory.items if "in quiver" in item.name or "at the ready" in item.name]
    if not ready or game.swallowed:
        return None
    if any(foe.distance == 1 for foe in game.attackers) or any(foe.peaceful for foe in game.foes):
        return None
    for foe in game.attackers:
        if foe.distance > _REACH:
            break
        direction = line(game, foe.cell)
        if direction is not None:
            return Command("shoot", "f", answers((r"In what direction", DIRECTIONS[direction]), (r"", ESCAPE)))
    return None


def clear_way(game: Game) -> Optional[Command]:
    """Where nothing is new for long and something sits in the way that is not to be hit: throws what weapons there are at it."""
    if game.level.stale < _STUCK:
        return None
    weapons = [item for item in game.inventory.of(WEAPON) if not item.wielded and "being worn" not in item.name]
    if not weapons or any(foe.peaceful for foe in game.foes):
        return None
    for foe in game.hostiles:
        if foe.distance > _NEAR or foe.monster < 0 or is_target(game, foe):
            continue
        direction = line(game, foe.cell)
        if direction is not None:
            return Command(
                "clear way",
                "t",
                answers((r"want to throw", weapons[0].letter), (r"In what direction", DIRECTIONS[direction]), (r"", ESCAPE)),
            )
    return None
