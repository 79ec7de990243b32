"""The tables this package is made of, as the engine's build wrote them (libs/environments/src/python)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict

from arena.dialect import dialect

_FOLDER = Path(__file__).parent


def _read(name: str) -> Dict[str, Any]:
    with open(_FOLDER / name, encoding="utf-8") as file:
        read: Dict[str, Any] = json.load(file)
    return read


#: constants, actions, usefulActionKeys, taskActionKeys, gameEnd, options, observations.
INTERFACE = _read("interface.json")
# as the dialect of NLE has it: 2021's ends before the alignment
INTERFACE["observations"]["blstats"]["shape"] = [dialect().blstats]
INTERFACE["constants"]["NLE_BLSTATS_SIZE"] = dialect().blstats
if dialect().blstats <= INTERFACE["constants"]["NLE_BL_ALIGN"]:
    del INTERFACE["constants"]["NLE_BL_ALIGN"]


@lru_cache(maxsize=None)
def tables() -> Dict[str, Any]:
    """monsters, objects, monsterClasses, objectClasses, symbols, glyphs: read when first asked for."""
    return _read("tables.json")
