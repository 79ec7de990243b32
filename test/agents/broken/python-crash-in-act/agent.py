import arena


class Player(arena.Agent):
    def act(self, observation):
        if observation.step == 5:
            print("the last words", end="")
            return {}["dungeon"]
        return 75
