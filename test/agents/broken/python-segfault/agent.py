import ctypes

import arena


class Player(arena.Agent):
    def act(self, observation):
        if observation.step == 5:
            ctypes.string_at(0)
        return 75
