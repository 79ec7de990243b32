import arena

SEARCH = 75


class Player(arena.Agent):
    def act(self, observation):
        return 121 if observation.step == 5 else SEARCH
