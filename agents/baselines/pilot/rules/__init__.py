"""What is sure: rules in their order. The first one with an idea decides; where none has any, the network does."""

from __future__ import annotations

from typing import Callable, Optional, Tuple

from command import Command
from game import Game

from .descend import descend, leave_mines
from .eat import eat_carried, eat_corpse
from .fight import fight, fight_inside
from .gold import fetch_gold
from .rest import rest, sit_out
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
    fight,
    sit_out,
    eat_carried,
    eat_corpse,
    rest,
    leave_mines,
    fetch_gold,
    descend,
    look_further,
    kick_doors,
    search,
)
