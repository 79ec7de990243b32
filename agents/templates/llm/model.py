"""The place of your language model. This one only looks for words."""

import re

WAYS = ("north", "east", "south", "west", "northeast", "southeast", "southwest", "northwest")


def complete(prompt, seed):
    """The model's answer to a prompt. With the same seed it answers the same, so that games can be played again."""
    beside = re.search(r"^Beside you: (.*)$", prompt, re.M)
    seen = dict(part.split(" ", 1) for part in beside.group(1).split("; ")) if beside else {}
    open_ways = [way for way in WAYS if not re.search(r"unknown|wall|stone|boulder", seen.get(way, "wall"))]
    if not open_ways or seed % 5 == 0:
        return "down" if "on a staircase down" in prompt else "search"
    return open_ways[(seed * 2654435761 >> 16) % len(open_ways)]
