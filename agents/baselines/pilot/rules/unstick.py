"""Where nothing is new for long the network goes in circles: the nearest unseen place, locked doors, hidden ones."""

from __future__ import annotations

from typing import Optional

import numpy as np

from command import KICK, STEPS, Command, answers, key_towards, wait
from game import Game
from perception.glyphs import BARRED, NARROW, STONE, WALL, WAYS
from perception.foes import distance
from perception.level import Cell
from perception.status import WEAK
from ways import FAR, beside

#: Turns without a new cell, of the network's own, before a rule takes over.
_PATIENCE = 25
_MOST_KICKS = 60
_SEARCH = 10
#: Cells in reach without a dare; fewer are no place to look for a way out.
_SMALL = 40


def look_further(game: Game) -> Optional[Command]:
    """To the nearest cell that nobody stood on and that has something unknown beside it."""
    level = game.level
    if level.stale < _PATIENCE and game.status.hunger < WEAK:
        return None
    edge = ~level.visited & (WAYS[level.ground] != BARRED) & (beside(level.ground == STONE) > 0)
    for daring in (False, True):
        ways = game.ways(daring)
        to = ways.nearest(edge if daring else edge & ~level.forbidden)
        if to is not None:
            return ways.walk("look further", to)
    return None


def kick_doors(game: Game) -> Optional[Command]:
    """Locked doors."""
    status, level, diary = game.status, game.level, game.diary
    if level.stale < _PATIENCE or not level.locked or status.load > 1 or not diary.may("kick", status.turn):
        return None
    if "You read:" in game.said:
        # Most likely that a shop is closed: its owner kills whoever breaks its door.
        level.kicks.update({door: _MOST_KICKS for door in level.locked if distance(door, status.cell) <= 1})
    if "hurt" in game.said or "Ouch" in game.said:
        diary.pause("kick", status.turn + 20)
        return None
    ways = game.ways()
    best: Optional[Cell] = None
    for door in level.locked.intersection(game.doors):
        if level.kicks.get(door, 0) >= _MOST_KICKS:
            continue
        for down, right in STEPS[:4]:
            cell = (door[0] + down, door[1] + right)
            if cell == status.cell:
                level.kicks[door] = level.kicks.get(door, 0) + 1
                return Command("kick", KICK, answers((r"In what direction", key_towards(cell, door))))
            if best is None or ways.distances[cell] < ways.distances[best]:
                best = cell
    return ways.walk("to door", best) if best is not None else None


def search(game: Game) -> Optional[Command]:
    """For what is hidden: at dead ends first, then at walls behind which much is unknown."""
    level, status = game.level, game.status
    if level.stale < _PATIENCE:
        return None
    ways = game.ways(daring=True)
    if any(ways.distances[cell] < FAR for cell in level.down - level.to_mines):
        return None
    ground = level.ground
    dead_end = NARROW[ground] & (beside(WAYS[ground] != BARRED) <= 1)
    by_wall = beside(WALL[ground]) > 0
    worth = np.where(dead_end, 40.0, np.where(by_wall, 8.0 + 12.0 * _emptiness(ground == STONE), -20.0))
    ways = game.ways()
    if int((ways.distances < FAR).sum()) < _SMALL:
        ways = game.ways(daring=True)
    worth -= ways.distances / 3 + level.searched * 1.5
    row, column = divmod(int(worth.argmax()), worth.shape[1])
    if worth[row, column] < -300:
        return None
    if (row, column) != status.cell:
        return ways.walk("to search", (row, column))
    level.searched[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] += _SEARCH / 5
    level.searched[row, column] += _SEARCH
    return wait("search", _SEARCH)


def _emptiness(unknown: np.ndarray) -> np.ndarray:
    """How much of the 13×25 cells around each is unknown, 0 … 1, by sums over rectangles."""
    high, wide = 6, 12
    padded = np.pad(unknown.astype(np.float32), ((high + 1, high), (wide + 1, wide)))
    sums = padded.cumsum(0).cumsum(1)
    rows, columns = unknown.shape
    side, across = 2 * high + 1, 2 * wide + 1
    area = sums[side:, across:] - sums[:-side, across:] - sums[side:, :-across] + sums[:-side, :-across]
    return area[:rows, :columns] / (side * across)
