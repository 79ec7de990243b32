import arena

SEARCH = 75


class Player(arena.Agent):
    def act(self, observation):
        return float("nan") if observation.step == 5 else SEARCH
