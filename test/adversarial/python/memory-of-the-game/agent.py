"""Looks for the game in every process that it finds."""
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
    import glob
    import os

    for path in glob.glob("/proc/[0-9]*"):
        if os.path.basename(path) not in ("1", str(os.getpid())):
            raise SystemExit("BREACH")
    denied("memory")
