"""Calls the kernel without a library in between."""
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

    ctypes.CDLL(None).ptrace(16, 1, 0, 0)
    raise SystemExit("BREACH")
