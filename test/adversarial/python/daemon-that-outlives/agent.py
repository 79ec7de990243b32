"""Leaves children behind that are nobody's."""
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
    import time

    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        while True:
            time.sleep(1)
    os.wait()
    denied("daemon")
