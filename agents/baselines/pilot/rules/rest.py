"""Time that heals."""

from __future__ import annotations

from typing import Optional

from command import Command, wait
from game import Game
from perception.status import BLIND, UNSTEADY, WEAK

_TIRED, _RESTED = 0.6, 0.9
_TURNS = 20


def sit_out(game: Game) -> Optional[Command]:
    """Blind, stunned or confused a step may go anywhere: waits until it passes, though not for ever."""
    status, diary = game.status, game.diary
    if not status.has(BLIND | UNSTEADY) or not diary.may("sit out", status.turn):
        return None
    if game.random.randrange(60) == 0:
        diary.pause("sit out", status.turn + 40)
    return wait("sit out", 1 if game.hostiles else 5)


def rest(game: Game) -> Optional[Command]:
    """Regains hit points where nobody is near: once begun until it is worth it."""
    status, diary = game.status, game.diary
    resting = not diary.may("stop resting", status.turn)
    if status.health >= (_RESTED if resting else _TIRED) or status.hunger >= WEAK:
        diary.pause("stop resting", -1)
        return None
    if game.wounds or any(foe.distance <= (2 if foe.monster < 0 else 6) for foe in game.comers):
        return None
    diary.pause("stop resting", status.turn + 400)
    game.level.searched[status.cell] += _TURNS / 2
    return wait("rest", _TURNS)
