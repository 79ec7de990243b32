"""Unpickles what starts a program: it runs where the agent runs."""
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
    import pickle


    class Payload:
        def __reduce__(self):
            return (os.system, ("touch /agent/x /usr/x 2> /dev/null || exit 7",))


    if pickle.loads(pickle.dumps(Payload())) != 7 << 8:
        raise SystemExit("BREACH")
    denied("pickle")
