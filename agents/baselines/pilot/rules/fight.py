"""Who is beside the hero and may be hit is hit."""

from __future__ import annotations

from typing import Optional

from command import DIRECTIONS, Command, key_towards
from game import Game
from knowledge.monsters import FLOATING_EYE, MONSTERS, damage_rate, may_hit
from perception.foes import Foe
from perception.status import BLIND, WEAK

#: What is remembered but not seen stays on the map when it is gone: after some blows it is left for as many turns.
_BLOWS = 3
_REMEMBERED = 40
#: Turns without a new cell.
_STUCK = 300
#: The same where the way on is a floating eye's: for a hero who is fed, and for one who starves.
_LOST, _LOST_AND_WEAK = 1500, 100
#: Of its hit points, to be frozen for 127 turns with nobody in sight.
_SOUND = 0.8


def fight_inside(game: Game) -> Optional[Command]:
    """Swallowed: hits whatever is around until it lets go."""
    return Command("fight inside", "F" + DIRECTIONS[game.random.randrange(4)]) if game.swallowed else None


def is_target(game: Game, foe: Foe) -> bool:
    status = game.status
    if foe.peaceful:
        return False
    if foe.monster < 0:
        return game.diary.may(f"unseen {foe.cell}", status.turn)
    if foe.monster in FLOATING_EYE and _dares_to_freeze(game):
        return True
    return may_hit(foe.monster, status.hp, game.inventory.bare_handed, status.has(BLIND), game.level.stale > _STUCK)


def _dares_to_freeze(game: Game) -> bool:
    """Before an eye in a corridor heroes starved: one game in sixteen ended by hunger."""
    status = game.status
    lost = _LOST_AND_WEAK if status.hunger >= WEAK else _LOST
    return game.level.stale > lost and status.health >= _SOUND and not game.attackers


def fight(game: Game) -> Optional[Command]:
    """The one that does most harm for the hit points it has comes first."""
    armour_class = game.status.armour_class
    best, most = None, -1.0
    for foe in game.foes:
        if foe.distance != 1 or not is_target(game, foe):
            continue
        known = foe.monster >= 0
        worth = damage_rate(foe.monster, armour_class) / (1 + MONSTERS[foe.monster].mlevel) if known else 0.0
        if worth > most:
            best, most = foe, worth
    if best is None:
        return None
    if best.monster < 0 and game.random.randrange(_BLOWS) == 0:
        game.diary.pause(f"unseen {best.cell}", game.status.turn + _REMEMBERED)
    return Command("fight", "F" + key_towards(game.status.cell, best.cell))
