"""All that is known in one game, for its rules to look at."""

from __future__ import annotations

import random
import re
from typing import Dict, List, Set, Tuple

import numpy as np

from arena import Observation

from diary import Diary
from knowledge.monsters import MONSTERS, SHOPKEEPER, is_passive
from perception.batch import Spot
from perception.foes import Foe, Friends, distance, foes_of
from perception.glyphs import CLOSED_DOOR, CORPSE, DOWN, GOLD, SHUT, SWALLOWED, UP, WAYS
from perception.inventory import Inventory
from perception.level import Cell, Level
from perception.shops import forbid_shop
from perception.status import HALLUCINATING, MINES, Status
from ways import Ways

#: Whose corpse is fresh: what is "destroyed" was dead before.
_KILLED = re.compile(r"You kill (?:the |poor )?([\w' -]+?)!")
_BITTEN = re.compile(r" (?:bites|hits|kicks|stings|claws|butts)\b")
#: A corpse hurts from 50 turns on; the walk and the meal take some of them.
_FRESH = 25
_STAYS = 300


class Game:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.diary = Diary()
        self.friends = Friends()
        self.inventory = Inventory()
        self.levels: Dict[Tuple[int, int], Level] = {}
        self.level = Level()
        self.status = Status([0] * 27)
        self.foes: List[Foe] = []
        self.corpses: Dict[Cell, int] = {}
        self.gold: List[Cell] = []
        #: Where a thing is to be picked up on arrival.
        self.aims: Set[Cell] = set()
        self.doors: List[Cell] = []
        self.glyphs = np.zeros((21, 79), np.int16)
        self.said = ""
        self.swallowed = False
        #: Hit points lost since the last command.
        self.wounds = 0
        self.stood: Cell = (-1, -1)
        self._ways: Dict[bool, Ways] = {}

    def perceive(self, seen: Observation, spots: List[Spot], said: str) -> None:
        """Takes in an observation at which the game waits for a command; `said`: all since the last one."""
        before, self.status = self.status, Status(seen["blstats"].tolist())
        self.stood = before.cell
        self.said, self.glyphs = said, seen["glyphs"]
        self.wounds = max(0, before.hp - self.status.hp)
        self._ways.clear()
        self._enter(before)
        if not any(spot[2] == SWALLOWED for spot in spots):
            self.level.look(self.glyphs)
        self._find(spots)
        if self.wounds and _BITTEN.search(said) and not any(foe.distance < 3 and not foe.peaceful for foe in self.foes):
            # Bitten by nobody: who was peaceful is so no more.
            self.friends.clear()
            self._find(spots)
        self.inventory.look(seen["inv_letters"], seen["inv_oclasses"], seen["inv_strs"])
        self.diary.note(self.status, said)

    @property
    def place(self) -> Tuple[int, int]:
        """One pair of numbers for each level."""
        return self.status.dungeon, self.status.floor

    def _enter(self, before: Status) -> None:
        status = self.status
        if (before.dungeon, before.floor) != self.place or not self.levels:
            if status.dungeon == MINES and before.dungeon != MINES:
                self.level.to_mines.add(before.cell)
            self.level = self.levels.setdefault(self.place, Level())
            self.friends.clear()
            self.aims.clear()
        else:
            self.level.turns += max(0, status.turn - before.turn)
        if not self.level.visited[status.cell]:
            self.level.visited[status.cell] = True
            self.level.news = self.level.turns

    def _find(self, spots: List[Spot]) -> None:
        status, level = self.status, self.level
        hallucinating = status.has(HALLUCINATING)
        lay = self.corpses
        self.foes = foes_of(spots, status.cell, status.turn, self.friends, hallucinating)
        self.corpses, self.gold, self.doors, self.swallowed = {}, [], [], False
        for row, column, kind, monster in spots:
            cell = (row, column)
            if kind == DOWN:
                level.down.add(cell)
            elif kind == UP:
                level.up.add(cell)
            elif kind == CORPSE and not hallucinating:
                self.corpses[cell] = monster
            elif kind == GOLD:
                self.gold.append(cell)
            elif kind == CLOSED_DOOR:
                self.doors.append(cell)
            elif kind == SWALLOWED:
                self.swallowed = True
        self._note_fallen(lay)
        for foe in self.foes:
            if foe.monster in SHOPKEEPER:
                forbid_shop(level, foe.cell)
            elif foe.distance == 1 and foe.monster >= 0 and is_passive(foe.monster):
                # It stays, and from farther away it is not seen in the dark.
                level.failed[foe.cell] = (1, level.turns + _STAYS)

    def _note_fallen(self, lay: Dict[Cell, int]) -> None:
        """Only what falls now leaves a fresh corpse: one that lay there, or that the hero stood on, may be of any age."""
        status, fresh = self.status, self.level.fresh
        killed = _KILLED.findall(self.said)
        if killed:
            for cell, monster in self.corpses.items():
                if MONSTERS[monster].mname in killed and lay.get(cell) != monster and cell != self.stood and distance(cell, status.cell) == 1:
                    fresh[cell], self.level.corpse[cell] = status.turn, monster
        for cell in [cell for cell, turn in fresh.items() if status.turn - turn > _FRESH]:
            del fresh[cell]

    @property
    def hostiles(self) -> List[Foe]:
        return [foe for foe in self.foes if not foe.peaceful]

    @property
    def comers(self) -> List[Foe]:
        """The same, and what is felt but not seen."""
        return [foe for foe in self.foes if not foe.peaceful and (foe.monster < 0 or not is_passive(foe.monster))]

    @property
    def attackers(self) -> List[Foe]:
        """Those that may come, nearest first."""
        return [foe for foe in self.foes if not foe.peaceful and foe.monster >= 0 and not is_passive(foe.monster)]

    def ways(self, daring: bool = False) -> Ways:
        """From the hero to all cells; `daring`: over traps and through what is forbidden. Counted once a step, when asked for."""
        if daring not in self._ways:
            closed = np.zeros_like(self.level.forbidden) if daring else self.level.forbidden.copy()
            for foe in self.foes:
                closed[foe.cell] = True
            for cell in self.level.locked:
                closed[cell] |= WAYS[self.level.ground[cell]] == SHUT
            for cell, (_times, until) in self.level.failed.items():
                closed[cell] |= until > self.level.turns
            self._ways[daring] = Ways(WAYS[self.level.ground], closed, self.status.cell, daring)
        return self._ways[daring]
