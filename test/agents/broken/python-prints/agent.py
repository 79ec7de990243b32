import os

import arena


class Player(arena.Agent):
    def act(self, observation):
        print("x" * 300_000)
        os.write(1, b"written past print\n")
        os.system("echo from a program")
        return 75
