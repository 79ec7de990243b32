"""Answers that are right whatever was being done; the first that matches counts."""

from __future__ import annotations

from typing import Optional

from command import ESCAPE, Answers, answers

STANDING: Answers = answers(
    (r"^Really attack", ESCAPE),
    (r"no return", "n"),
    (r"Stop eating\?", "y"),
    (r"(?:Continue|Resume) eating", "y"),
    (r"trouble lifting|Continue\?", "n"),
    (r"add to the (?:current )?(?:engraving|writing)", "n"),
    # Who calls himself so is let go by a vault's guard.
    (r"who are you\?", "Croesus\r"),
    (r"[Pp]ay", "y"),
    (r"Really (?:quit|save)", "n"),
    (r"want to (?:call|name)|^Call |What is the name", ESCAPE),
    (r"class of monsters|monster do you want to genocide", "soldier ant\r"),
    (r"For what do you wish", "2 blessed scrolls of genocide\r"),
    # Only fresh corpses are eaten, and those by a rule.
    (r"corpses? here; eat|(?:one|some) here; eat", "n"),
    (r"Are you sure you want to pray", "n"),
    (r"identified\?|attributes\?|vanquished\?|conduct\?|overview\?", "n"),
)


def answer_to(question: str, own: Answers = ()) -> Optional[str]:
    """Keys for a question: a command's own answers come before the standing ones. None for one that nobody knows."""
    for known in (own, STANDING):
        for pattern, keys in known:
            if pattern.search(question):
                return keys
    return None
