"""What is sure: rules in their order. The first one with an idea decides; where none has any, the network does."""

from __future__ import annotations

from typing import Callable, Optional, Tuple

from command import Command
from game import Game

from .collect import collect
from .descend import descend, leave_mines
from .eat import eat_carried, eat_corpse
from .fight import fight, fight_inside
from .rest import rest, sit_out
from .shoot import clear_way, shoot
from .survive import drink, escape, pray, shelter
from .unstick import kick_doors, look_further, search

Rule = Callable[[Game], Optional[Command]]

#: What matters most comes first.
RULES: Tuple[Rule, ...] = (
    pray,
    drink,
    fight_inside,
    shelter,
    escape,
    shoot,
    fight,
    clear_way,
    sit_out,
    eat_carried,
    eat_corpse,
    rest,
    leave_mines,
    collect,
    descend,
    look_further,
    kick_doors,
    search,
)
