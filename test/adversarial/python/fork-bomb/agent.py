"""Has children that have nothing to do."""
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
    import os
    import signal

    for _ in range(500):
        try:
            if os.fork() == 0:
                signal.pause()
        except OSError:
            os._exit(3)
    raise SystemExit("BREACH")
