"""The status figures of one game by name, from `blstats`."""

from __future__ import annotations

from typing import List, Tuple

from nle import nethack

SATIATED, NOT_HUNGRY, HUNGRY, WEAK, FAINTING = range(5)
MINES = 2

DEADLY = (
    nethack.BL_MASK_STONE | nethack.BL_MASK_SLIME | nethack.BL_MASK_STRNGL | nethack.BL_MASK_FOODPOIS | nethack.BL_MASK_TERMILL
)
BLIND, LEVITATING, HALLUCINATING = nethack.BL_MASK_BLIND, nethack.BL_MASK_LEV, nethack.BL_MASK_HALLU
#: A step may go anywhere.
UNSTEADY = nethack.BL_MASK_STUN | nethack.BL_MASK_CONF


class Status:
    __slots__ = (
        *("cell", "gold", "hp", "max_hp", "depth", "armour_class", "shape", "level", "turn", "hunger"),
        *("load", "dungeon", "floor", "conditions"),
    )

    def __init__(self, figures: List[int]) -> None:
        self.cell: Tuple[int, int] = (figures[1], figures[0])
        self.hp, self.max_hp, self.depth, self.gold = figures[10:14]
        self.armour_class = figures[16]
        #: Not 0 while in another shape.
        self.shape = figures[17]
        self.level = figures[18]
        self.turn, self.hunger, self.load, self.dungeon, self.floor, self.conditions = figures[20:26]

    @property
    def health(self) -> float:
        """0 … 1 of the most hit points."""
        return self.hp / max(1, self.max_hp)

    @property
    def near_death(self) -> bool:
        """NetHack's own rule for when a god takes low hit points for trouble."""
        return self.hp < 6 or self.hp * 7 <= self.max_hp

    def has(self, conditions: int) -> bool:
        return bool(self.conditions & conditions)
