import numpy as np
from nle import nethack

from agents.batched_agent import BatchedAgent

KEYS = [int(action) for action in nethack.ACTIONS]
ESC, MORE, SEARCH = (KEYS.index(key) for key in (27, 13, ord("s")))
MOVES = [KEYS.index(int(direction)) for direction in nethack.CompassDirection]


class PatientAgent(BatchedAgent):
    """Walks about and searches; leaves whatever asks it something."""

    def __init__(self, num_envs, num_actions):
        super().__init__(num_envs, num_actions)
        assert num_actions == len(nethack.ACTIONS)
        self.steps = np.zeros(num_envs, int)
        self.totals = np.zeros(num_envs)
        self.finished = 0

    def batched_step(self, observations, rewards, dones, infos):
        assert len(observations) == len(rewards) == len(dones) == len(infos) == self.num_envs
        self.totals += rewards
        for i in np.flatnonzero(dones):
            # The observation is the next game's already.
            assert infos[i]["steps"] == self.steps[i], (infos[i], self.steps[i])
            # Its environments halve their rewards.
            points = 2 * self.totals[i]
            print(f"game over after {self.steps[i]} steps with {points:.0f} points, {infos[i]['end_status']}")
            self.steps[i] = self.totals[i] = 0
            self.finished += 1
        actions = [self.choose(i, observation) for i, observation in enumerate(observations)]
        self.steps += 1
        return actions

    def choose(self, i, observation):
        in_question, in_text, at_more = observation["misc"]
        if at_more:
            return MORE
        if in_question or in_text:
            return ESC
        turns = observation["blstats"][nethack.NLE_BL_TIME]
        message = bytes(observation["message"]).rstrip(b"\0")
        return SEARCH if turns % 3 == 0 else MOVES[(turns * 7 + len(message)) % len(MOVES)]
