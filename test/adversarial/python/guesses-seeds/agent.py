"""Tries the master seeds that somebody in a hurry would take, against the numbers that it was told of its games."""
import hashlib
import hmac
import sys
import time

import arena

MASK = (1 << 62) - 1


class Agent(arena.Agent):
    told = set()
    questions = 0

    def reset(self, game):
        Agent.told.add(game.seed)

    def act(self, observation):
        Agent.questions += 1
        if Agent.questions == 11:
            attempt()
        return 75


def seed_told(root):
    """What an agent is told of the first game under this root, as the platform makes it."""
    digest = hmac.digest(root, b"game/0", "sha256")
    seeds = (int.from_bytes(digest[at : at + 8], "little") & MASK for at in (0, 8))
    key = b"".join(seed.to_bytes(8, "little") for seed in seeds)
    return int.from_bytes(hmac.digest(key, b"agent", "sha256")[:4], "little")


def masters():
    for byte in range(256):
        yield bytes([byte]) * 32
    words = ["", "NetHack Arena demo", "NetHack Arena", "nethack", "arena", "seed", "master", "secret", "password", "test"]
    for word in words + list(range(5000)):
        yield hashlib.sha256(str(word).encode()).digest()
    now = int(time.time())
    for number in [*range(5000), *range(now - 3600, now + 1)]:
        yield number.to_bytes(32, "little")
        yield number.to_bytes(32, "big")


def attempt():
    guesses = 0
    for master in masters():
        for root in (master, hmac.digest(master, b"evaluation/1", "sha256")):
            guesses += 1
            if seed_told(root) in Agent.told:
                raise SystemExit("BREACH")
    print("denied:", guesses, "guesses", file=sys.stderr)
