"""A piece of gold is a point, and it is picked up by walking over it."""

from __future__ import annotations

from typing import Optional

from command import Command
from game import Game

_FARTHEST = 40


def fetch_gold(game: Game) -> Optional[Command]:
    status, level = game.status, game.level
    if not game.gold or status.health < 0.6 or any(foe.distance <= 6 for foe in game.attackers):
        return None
    ways = game.ways()
    cells = [cell for cell in game.gold if not level.forbidden[cell] and ways.distances[cell] <= _FARTHEST]
    return ways.walk("to gold", min(cells, key=lambda cell: int(ways.distances[cell]))) if cells else None
