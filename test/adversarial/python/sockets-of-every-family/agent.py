"""Makes sockets of every family and kind."""
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
    import socket

    for family in range(64):
        for kind in range(1, 6):
            try:
                socket.socket(family, kind)
            except OSError:
                continue
            if family != socket.AF_UNIX:
                raise SystemExit("BREACH")
    denied("sockets")
