import random

import arena


class Random(arena.Agent):
    """Each of the 121 actions with the same probability; a game's numbers come from its own seed."""

    def reset(self, game):
        self.random = random.Random(game.seed)

    def act(self, observation):
        return self.random.randrange(len(self.context.actions))
