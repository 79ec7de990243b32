"""Makes a file wherever it can, and makes what is there its own."""
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

    for folder in ("/", "/agent", "/usr", "/usr/bin", "/usr/lib/python3", "/dev", "/proc", "/proc/sys/kernel", "/sys", "/runtime"):
        for make in (lambda: open(folder + "/x", "w"), lambda: os.mkdir(folder + "/y"), lambda: os.chmod(folder, 0o777)):
            try:
                make()
            except OSError as error:
                denied(error.strerror)
            else:
                raise SystemExit("BREACH")
