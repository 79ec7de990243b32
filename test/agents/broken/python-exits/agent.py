import sys

import arena


class Player(arena.Agent):
    def act(self, observation):
        if observation.step == 5:
            sys.exit("enough")
        return 75
