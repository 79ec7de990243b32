"""Asks for an address."""
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

    try:
        socket.getaddrinfo("example.com", 80)
    except OSError as error:
        return denied(error)
    raise SystemExit("BREACH")
