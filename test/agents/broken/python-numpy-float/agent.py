import arena
import numpy as np

SEARCH = 75


class Player(arena.Agent):
    def act(self, observation):
        return np.float32(3) if observation.step == 5 else SEARCH
