import arena


class Player(arena.Agent):
    def reset(self, game):
        print("slot", game.slot, "begins")
        raise ValueError(f"episode {game.episode}")

    def act(self, observation):
        return 75
