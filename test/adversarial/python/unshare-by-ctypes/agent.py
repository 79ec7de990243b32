"""Wants a user namespace."""
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
    import ctypes

    ctypes.CDLL(None).unshare(0x10000000)
    raise SystemExit("BREACH")
