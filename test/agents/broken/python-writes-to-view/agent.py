import arena


class Player(arena.Agent):
    def act(self, observation):
        observation["blstats"][0] = 3
        return 75
