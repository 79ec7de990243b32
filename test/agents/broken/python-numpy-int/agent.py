import arena
import numpy as np

SEARCH = 75


class Player(arena.Agent):
    def act(self, observation):
        return np.int64(3) if observation.slot else np.array(75, np.uint8) if observation.step == 5 else SEARCH
