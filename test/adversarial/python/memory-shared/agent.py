"""Takes memory that all its processes could share."""
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
    import mmap

    taken = []
    try:
        for _ in range(256):
            taken.append(mmap.mmap(-1, 1 << 24))
            taken[-1].write(b"x" * (1 << 24))
    except OSError as error:
        return denied(error)
    raise SystemExit("BREACH")
