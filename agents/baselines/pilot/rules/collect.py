"""Gold, which is points, food, and what can be thrown again."""

from __future__ import annotations

import re
from typing import Optional

import numpy as np

from command import Command
from game import Game
from perception.glyphs import INTEREST, LOOT

_FARTHEST = 30
#: A step or two of more load is borne, not more.
_BURDENED = 1
WANTED = re.compile(
    r"gold piece|food ration|cram ration|lembas|[KC]-ration|apple|orange|pear|melon|banana|carrot|pancake|fortune cookie"
    r"|candy bar|cream pie|lichen corpse|tripe ration|dagger|arrow|\bya\b|dart|shuriken|javelin"
)


def collect(game: Game) -> Optional[Command]:
    """Goes there; gold is picked up by walking, all else by hand."""
    status, level = game.status, game.level
    if status.health < 0.5 or any(foe.distance <= 5 for foe in game.attackers):
        return None
    heavy = status.load >= _BURDENED
    if status.cell in game.aims and not heavy:
        game.aims.discard(status.cell)
        level.taken.add(status.cell)
        return Command("pick up", ",", choose=WANTED)
    things = set(game.gold)
    if not heavy:
        things |= {divmod(int(at), 79) for at in np.flatnonzero(INTEREST[game.glyphs] == LOOT)} - level.taken
    things = {cell for cell in things if not level.forbidden[cell]}
    if not things:
        return None
    ways = game.ways()
    cell = min(things, key=lambda thing: (int(ways.distances[thing]), thing))
    if ways.distances[cell] > _FARTHEST:
        return None
    game.aims = {cell} - set(game.gold)
    return ways.walk("to gold" if cell in game.gold else "to thing", cell)
