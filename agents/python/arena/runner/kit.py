"""A submission in the form of 2021's starter kit: submission_config.py says what plays, aicrowd.json who hands it in."""

from __future__ import annotations

import json
import os
import sys
from types import ModuleType
from typing import Any, List

from arena.runner.load import EntryError, find_class
from arena.runner.play import play_class, play_wrapped
from arena.session import Session

_KNOWN = ("AGENT", "NUM_ENVIRONMENTS", "MAKE_ENV_FN")


def _of_aicrowd(folder: str) -> List[str]:
    path = os.path.join(folder, "aicrowd.json")
    if os.path.exists(os.path.join(folder, "arena.json")) or not os.path.exists(path):
        return []
    with open(path, encoding="utf-8-sig") as file:
        told = json.load(file)
    if not told.get("gpu"):
        return []
    return ["aicrowd.json: gpu is ignored: agents are run without graphics cards, and models on the processor"]


def notices(folder: str, config: Any, games: int) -> List[str]:
    """What the submission asks for and does not get, a sentence each."""
    told = _of_aicrowd(folder)
    wanted = getattr(config, "NUM_ENVIRONMENTS", games)
    if wanted != games:
        told.append(f"submission_config.py: NUM_ENVIRONMENTS is {wanted!r}, and {games} are played at once")
    others = [name for name in vars(config) if name.isupper() and name not in _KNOWN] if config else []
    if others:
        told.append(f"submission_config.py: SubmissionConfig.{', .'.join(others)} has no effect; known are {', '.join(_KNOWN)}")
    return told


def play_kit(module: ModuleType, folder: str, session: Session) -> None:
    """Plays what submission_config.py names, in environments as MAKE_ENV_FN makes them if it is there."""
    config = getattr(module, "SubmissionConfig", None)
    cls = find_class(vars(module), module.__name__)
    make_env = getattr(config, "MAKE_ENV_FN", None)
    for notice in notices(folder, config, session.context.games_at_once):
        print(f"warning: {notice}", file=sys.stderr)
    if make_env is None:
        play_class(cls, session)
    elif not callable(make_env):
        raise EntryError(f"SubmissionConfig.MAKE_ENV_FN is {make_env!r}: a function that gives an environment is wanted, or None")
    elif callable(getattr(cls, "batched_step", None)):
        play_wrapped(cls, session, make_env)
    else:
        print("warning: SubmissionConfig.MAKE_ENV_FN has no effect: it makes environments for batched_step", file=sys.stderr)
        play_class(cls, session)
