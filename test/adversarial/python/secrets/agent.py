"""Looks for secrets in every environment it can read."""
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

    words = str(dict(os.environ)) + "".join(open(path, errors="replace").read() for path in glob.glob("/proc/[0-9]*/environ"))
    if any(word in words for word in ("DATABASE", "SECRET", "TOKEN", "postgres")):
        raise SystemExit("BREACH")
    denied("secrets")
