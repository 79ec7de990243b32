"""What the network may not do, whatever it would like to: it chooses among the rest."""

from __future__ import annotations

import numpy as np

from command import INDEX, KEYS, STEPS
from game import Game
from rules.descend import may_descend
from rules.fight import is_target

#: What explorer's games, and so the network, are made of. To pray, to eat, to hit, to shoot, to kick and to write is for the rules: of 16 games in
#: which the network could throw three ended by an angry shopkeeper.
_COMMANDS = "kljhunbyKLJHUNBYs,wWPTqrzZo0123456789\x1b"
_REPERTOIRE = np.zeros(len(KEYS), bool)
_REPERTOIRE[[INDEX[key] for key in _COMMANDS]] = True
_DIRECTION_ACTIONS = 8

#: Keys after which the game waits for the rest of the command without saying so.
PREFIXES = "0123456789"


def allowed(game: Game) -> np.ndarray:
    """Which of the 121 actions the network may choose now, [121]."""
    may = _REPERTOIRE.copy()
    row, column = game.status.cell
    for foe in game.foes:
        if foe.distance == 1 and not is_target(game, foe):
            direction = STEPS.index((foe.cell[0] - row, foe.cell[1] - column))
            may[[direction, direction + _DIRECTION_ACTIONS]] = False
    if any(foe.peaceful for foe in game.foes):
        may[INDEX["z"]] = may[INDEX["Z"]] = False
    if game.level.forbidden[row, column]:
        # In a shop what is picked up has to be paid.
        may[INDEX[","]] = False
    may[INDEX[">"]] = game.status.cell in game.level.down - game.level.to_mines and may_descend(game)
    return may
