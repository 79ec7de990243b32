"""
Which NLE the package nle answers as: 0.7 (the challenge's of 2021: 26 blstats), 0.9 (27), or 1.x (gymnasium's five values). A process
has one; arena.make may give an environment another.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Dict, NamedTuple, Optional

#: The environment variable that names it where nothing else does.
VARIABLE = "ARENA_NLE"


class Dialect(NamedTuple):
    name: str
    #: How nle.__version__ has it.
    version: str
    blstats: int
    #: Whether environments reset and step as gymnasium's do.
    is_gymnasium: bool


DIALECTS: Dict[str, Dialect] = {
    "0.7": Dialect("0.7", "0.7.3", 26, False),
    "0.9": Dialect("0.9", "0.9.0", 27, False),
    "1.x": Dialect("1.x", "1.2.0", 27, True),
}
_DEFAULT = "0.9"
_chosen: Optional[Dialect] = None


def dialect_of(name: Any) -> Dialect:
    """The dialect of a name, or of a version of NLE such as 0.7.3. Raises ValueError for another."""
    text = str(name)
    known = text if text in DIALECTS else "1.x" if text.split(".")[0] == "1" else ".".join(text.split(".")[:2])
    if not isinstance(name, str) or known not in DIALECTS:
        raise ValueError(f"nle is one of {', '.join(DIALECTS)} (or a version of these, such as 0.7.3), not {name!r}")
    return DIALECTS[known]


def dialect() -> Dialect:
    """This process's: as chosen, else what ARENA_NLE names, else 0.9."""
    global _chosen
    if _chosen is None:
        _chosen = dialect_of(os.environ.get(VARIABLE) or _DEFAULT)
    return _chosen


def choose(name: str) -> None:
    """Makes it this process's, before nle is imported. Raises RuntimeError where that was imported as another."""
    global _chosen
    wanted = dialect_of(name)
    if "nle.nethack" in sys.modules and dialect() != wanted:
        raise RuntimeError(f"nle was imported as {dialect().name}, and cannot become {name}: set {VARIABLE} before")
    _chosen = wanted


def _told(path: str) -> Dict[str, Any]:
    try:
        with open(path, encoding="utf-8-sig") as file:
            told = json.load(file)
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def choose_for(folder: str) -> None:
    """Of a submission: what its arena.json names, else its aicrowd.json; one with an aicrowd.json is of 2021 unless told otherwise."""
    aicrowd = os.path.join(folder, "aicrowd.json")
    named = _told(os.path.join(folder, "arena.json")).get("nle") or _told(aicrowd).get("nle")
    choose(named or ("0.7" if os.path.exists(aicrowd) else _DEFAULT))
