"""What the network may not do, whatever it would like to: it chooses among the rest."""

from __future__ import annotations

import numpy as np

from command import INDEX, KEYS, STEPS
from game import Game
from rules.descend import may_descend
from rules.fight import is_target

#: What explorer's games, and so the network, are made of; to pray and to eat is for the rules.
_COMMANDS = "kljhunbyKLJHUNBYsF,\x04wWPTftqrzZoE0123456789\x1b"
_REPERTOIRE = np.zeros(len(KEYS), bool)
_REPERTOIRE[[INDEX[key] for key in _COMMANDS]] = True
_DIRECTION_ACTIONS = 8
_AIMING = np.zeros(len(KEYS), bool)
_AIMING[:_DIRECTION_ACTIONS] = True

#: Keys after which the game waits for the rest of the command without saying so.
PREFIXES = "Fm0123456789"


def allowed(game: Game, prefix: str) -> np.ndarray:
    """Which of the 121 actions the network may choose now, [121]. `prefix`: what it has begun to type."""
    may = (_AIMING if prefix == "F" else _REPERTOIRE).copy()
    row, column = game.status.cell
    for foe in game.foes:
        if foe.distance == 1 and not is_target(game, foe):
            direction = STEPS.index((foe.cell[0] - row, foe.cell[1] - column))
            may[[direction, direction + _DIRECTION_ACTIONS]] = False
    if prefix == "F":
        return may if may.any() else _AIMING
    if game.level.forbidden[row, column]:
        # In a shop what is picked up has to be paid.
        may[INDEX[","]] = False
    may[INDEX[">"]] = game.status.cell in game.level.down - game.level.to_mines and may_descend(game)
    return may
