import arena
import numpy as np

SEARCH = 75


class Player(arena.BatchedAgent):
    def batched_step(self, observations, rewards, dones, infos):
        if observations[0].step == 5:
            return [SEARCH] * (self.num_envs - 1)
        return np.full(self.num_envs, SEARCH)
