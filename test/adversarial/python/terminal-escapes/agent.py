"""Paints on the terminal of whoever reads its log."""
import sys

import arena


class Agent(arena.Agent):
    questions = 0

    def act(self, observation):
        Agent.questions += 1
        if Agent.questions == 11:
            attempt()
        return 75


def denied(what):
    print("denied:", what, file=sys.stderr)


def attempt():
    denied("\x1b]0;title\x07\x1b[2J\x1b[31mred\r\x9b1A\u202e")
