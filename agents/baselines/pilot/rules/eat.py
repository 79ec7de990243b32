"""Food from the pack when hungry, and what fell just now while there is room."""

from __future__ import annotations

import re
from typing import Optional

from command import Command, answers
from game import Game
from knowledge.food import choose_food, is_safe_corpse
from knowledge.monsters import MONSTERS
from perception.inventory import FOOD
from perception.status import HUNGRY, SATIATED

#: A corpse is eaten below this estimate: 2,000 in the stomach choke, and the largest of the first levels have some 400.
_ROOM = 900
_FARTHEST = 10


def eat_carried(game: Game) -> Optional[Command]:
    status, diary = game.status, game.diary
    if status.hunger < HUNGRY or not diary.may("eat", status.turn) or any(foe.distance <= 2 for foe in game.attackers):
        return None
    foods = game.inventory.of(FOOD)
    place = choose_food([item.name for item in foods])
    if place is None:
        return None
    diary.pause("eat", status.turn + 4)
    diary.nutrition += 200
    return Command("eat", "e", answers((r"eat (?:it|one)\?", "n"), (r"want to eat", foods[place].letter)))


def eat_corpse(game: Game) -> Optional[Command]:
    """What the hero killed in the last turns, where that is safe."""
    status, level, diary = game.status, game.level, game.diary
    if status.hunger == SATIATED or diary.nutrition > _ROOM or any(foe.distance <= 3 for foe in game.attackers):
        return None
    for cell in list(level.fresh):
        monster = level.corpse.get(cell, -1)
        if monster < 0 or not is_safe_corpse(monster, diary.kin) or level.forbidden[cell]:
            continue
        if cell == status.cell:
            del level.fresh[cell]
            diary.nutrition += MONSTERS[monster].cnutrit
            name = re.escape(MONSTERS[monster].mname)
            return Command("eat corpse", "e", answers((rf"\b(?:an?|\d+) (?:partly eaten )?{name} corpses? here; eat", "y"), (r"here; eat", "n")))
        ways = game.ways()
        if ways.distances[cell] <= _FARTHEST:
            return ways.walk("to corpse", cell)
    return None
