"""Takes memory that numpy has not to ask for twice."""
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
    import numpy

    taken = [numpy.ones(1 << 22) for _ in range(1000)]
    raise SystemExit("BREACH")
