import sys

import arena


class Player(arena.Agent):
    def act(self, observation):
        assert sys.stdin.read() == ""
        return 75
