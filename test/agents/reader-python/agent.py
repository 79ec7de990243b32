import re

import arena
from nle import nethack

MORE, ESC = (nethack.ACTIONS.index(key) for key in (nethack.MiscAction.MORE, nethack.Command.ESC))
#: North, east, south, west.
MOVES = range(4)


class Reader(arena.Agent):
    """Plays by words alone, and ends with an error where they are other than the figures."""

    def act(self, observation):
        message, status, inventory, around = (
            observation.text(f"text_{name}") for name in ("message", "status", "inventory", "surroundings")
        )
        blstats, more = observation["blstats"], bool(observation["misc"][2])
        assert status.startswith(f"HP {blstats[10]}({blstats[11]}), "), status
        assert f"turn {blstats[20]}," in status, status
        assert re.match(r"You: .*\nBeside you: north .*; northwest ", around), around
        assert observation.step > 0 or re.match(r"[a-zA-Z$] - .+", inventory), inventory
        assert message.endswith("--More--") == more, message
        if more:
            return MORE
        return ESC if re.match("(Question|Type a line|Menu|Text):", message) else MOVES[observation.step % 4]
