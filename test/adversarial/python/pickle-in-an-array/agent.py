"""Loads an array that is a program."""
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
    import io
    import os

    import numpy

    class Payload:
        def __reduce__(self):
            return (os.system, ("touch /agent/x /usr/x 2> /dev/null || exit 7",))

    file = io.BytesIO()
    numpy.save(file, numpy.array([Payload()], dtype=object), allow_pickle=True)
    file.seek(0)
    if numpy.load(file, allow_pickle=True)[0] != 7 << 8:
        raise SystemExit("BREACH")
    denied("pickle")
