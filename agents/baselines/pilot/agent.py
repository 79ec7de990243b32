"""The entry: all games of a process together, so that the network is asked once a step."""

from __future__ import annotations

import zlib
from typing import Any, Dict, List

import numpy as np

import arena
from command import INDEX, KEYS
from perception.batch import spots, stack
from player import Player
from policy import Policy, draw


class Pilot(arena.BatchedAgent):
    def __init__(self, num_envs: int, num_actions: int) -> None:
        super().__init__(num_envs, num_actions)
        self._policy = Policy(num_envs)
        self._players: List[Any] = [None] * num_envs
        self._episodes = [-1] * num_envs
        self._steps = [-1] * num_envs

    def batched_step(
        self, observations: List[arena.Observation], rewards: List[float], dones: List[bool], infos: List[Dict[str, Any]]
    ) -> List[int]:
        places = [place for place, seen in enumerate(observations) if self._is_new(place, seen)]
        actions = [0] * self.num_envs
        batch = stack([observations[place] for place in places])
        logits = self._policy.think(places, batch)
        undecided: List[int] = []
        for row, (place, found) in enumerate(zip(places, spots(batch.glyphs))):
            key = self._players[place].act(observations[place], found)
            if key is None:
                undecided.append(row)
            else:
                actions[place] = INDEX[key]
        if undecided:
            players = [self._players[places[row]] for row in undecided]
            may = np.stack([player.allowed() for player in players])
            drawn = draw(logits[undecided], may, [player.game.random.random() for player in players])
            for row, player, action in zip(undecided, players, drawn):
                actions[places[row]] = action
                player.chosen(KEYS[action])
        for place in places:
            self._policy.previous[place] = actions[place]
        return actions

    def _is_new(self, place: int, seen: arena.Observation) -> bool:
        """Whether this place has an observation to answer: at an evaluation's end it keeps its last one."""
        if seen.episode != self._episodes[place] or self._players[place] is None:
            self._begin(place, seen)
        elif seen.step == self._steps[place]:
            return False
        self._steps[place] = seen.step
        return True

    def _begin(self, place: int, seen: arena.Observation) -> None:
        # What a batch is told has no seed for its draws: the first thing seen is as good, and the same when the game is played again.
        first = zlib.crc32(seen["tty_chars"].tobytes(), zlib.crc32(seen["inv_strs"].tobytes()))
        self._players[place] = Player(first)
        self._episodes[place] = seen.episode
        self._policy.reset(place)
