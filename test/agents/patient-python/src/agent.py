"""Its actions follow from what it sees and the game's seed, whatever is played beside it."""

import zlib

import arena

from helper import mixed


class Patient(arena.Agent):
    def __init__(self, context):
        super().__init__(context)
        assert context.index("Command", "SEARCH") == 75
        print(context.fields, context.games_at_once, len(context.actions))

    def reset(self, game):
        self.seed = game.seed

    def act(self, observation):
        seen = zlib.crc32(observation["tty_chars"].tobytes(), zlib.crc32(observation["blstats"].tobytes()))
        return mixed(self.seed, seen, observation.step) % (121 if observation.step % 5 == 0 else 16)

    def game_over(self, over):
        print("over", over)


if __name__ == "__main__":
    raise SystemExit("this part is for trying it by hand")
