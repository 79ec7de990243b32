"""Where hit points run out: a god, a potion, the stairs, Elbereth."""

from __future__ import annotations

from typing import Optional

from command import PRAY, Command, answers, wait
from game import Game
from knowledge.monsters import MONSTERS, damage_rate, respects_elbereth
from perception.inventory import POTION
from perception.status import BLIND, DEADLY, FAINTING, LEVITATING, UNSTEADY, WEAK

#: A god helps in trouble once the prayer's timeout is below 200: it begins at 300.
_FIRST_PRAYER = 300
_BORDER = 110
#: After a prayer it is drawn anew, nine in ten below 1,000. In mortal danger a likely yes is better than certain death.
_BETWEEN, _BETWEEN_URGENT = 950, 550
#: What is felt but not seen may be anything.
_UNKNOWN_RATE = 2.0
#: A monster's hit points are as many dice of eight.
_POINTS_A_LEVEL = 4.5
_MARGIN = 1.2


def pray(game: Game) -> Optional[Command]:
    """When dying of wounds, hunger or an illness, and it is long since the last time."""
    status, diary = game.status, game.diary
    dying = status.near_death or status.has(DEADLY)
    if not dying and status.hunger < WEAK:
        return None
    if status.shape and status.near_death:
        return None
    urgent = dying or status.hunger >= FAINTING
    if diary.prayed < 0:
        may = status.turn > (_BORDER if urgent else _FIRST_PRAYER)
    else:
        may = status.turn - diary.prayed > (_BETWEEN_URGENT if urgent else _BETWEEN)
    if not may:
        return None
    diary.prayed = status.turn
    return Command("pray", PRAY, answers((r"sure you want to pray", "y")))


def threat(game: Game, within: int = 1) -> float:
    """Hit points that a turn among those near costs, about."""
    return sum(
        damage_rate(foe.monster, game.status.armour_class) if foe.monster >= 0 else _UNKNOWN_RATE
        for foe in game.hostiles
        if foe.distance <= within
    )


def peril(game: Game) -> float:
    """Hit points that the fight with those beside the hero costs, about, if it is fought to its end."""
    mine = 3.0 + 0.4 * game.status.level
    theirs = sum(2 + _POINTS_A_LEVEL * MONSTERS[foe.monster].mlevel for foe in game.hostiles if foe.distance == 1 and foe.monster >= 0)
    return threat(game) * max(1.0, theirs / mine) * (1.0 if len(game.hostiles) < 2 else 0.6)


def drink(game: Game) -> Optional[Command]:
    """Dying, with no god to help: healing if there is any, else whatever is in the bottles. One unknown potion in ten heals."""
    status = game.status
    if not threat(game, 2) or status.hp > max(6, status.max_hp // 4):
        return None
    potions = [item for item in game.inventory.of(POTION) if "unpaid" not in item.name and "water" not in item.name]
    healing = [item for item in potions if "healing" in item.name]
    chosen = (healing or (potions if status.near_death else []))[:1]
    return Command("drink", "q", answers((r"Drink from the", "n"), (r"want to drink", chosen[0].letter))) if chosen else None


def escape(game: Game) -> Optional[Command]:
    """Losing a fight: away by the stairs if it stands on them, else Elbereth in the dust."""
    status, level, diary = game.status, game.level, game.diary
    if not threat(game) or status.health > 0.5 or status.hp > _MARGIN * peril(game):
        return None
    if status.cell in level.up and status.depth > 1 and diary.may("flee", status.turn):
        diary.pause("flee", status.turn + 20)
        return Command("flee", "<")
    return elbereth(game)


def elbereth(game: Game) -> Optional[Command]:
    """Where it can be written, all who are near respect it, and it was not just tried."""
    status, diary, level = game.status, game.diary, game.level
    near = [foe for foe in game.hostiles if foe.distance <= 2]
    if status.has(LEVITATING | BLIND | UNSTEADY) or game.swallowed or status.cell in level.up | level.down:
        return None
    if not all(foe.monster >= 0 and respects_elbereth(foe.monster) for foe in near):
        return None
    since = status.turn - diary.engraved[2]
    # It fails one time in four; where it failed twice, more writing costs more blows than it saves.
    if since < 3 or not diary.may("engrave", status.turn):
        return None
    if since < 12:
        diary.pause("engrave", status.turn + 20)
    diary.engraved = (game.place, status.cell, status.turn)
    return Command(
        "elbereth",
        "E",
        answers(
            (r"want to write with", "-"),
            (r"Do you want to add", "n"),
            (r"What do you want to (?:write|engrave|scribble|burn)", "Elbereth\r"),
        ),
    )


def shelter(game: Game) -> Optional[Command]:
    """Stays on a fresh Elbereth while it holds: who fights on it wipes it out."""
    status, diary = game.status, game.diary
    place, cell, turn = diary.engraved
    since = status.turn - turn
    if (place, cell) != (game.place, status.cell) or since > 300 or status.health > 0.75 or game.swallowed:
        return None
    if not any(foe.distance <= 8 for foe in game.attackers):
        return None
    if game.wounds and since > 0:
        diary.engraved = ((-1, -1), (-1, -1), turn)
        return None
    return wait("shelter")
