"""Which gym there is: the installed gym, else the installed gymnasium, else the stand-in. NLE 1.x is made of gymnasium."""

from __future__ import annotations

import importlib
from typing import Any

from arena.dialect import dialect
from arena.standin.handover import is_installed

HAS_GYM = is_installed("gym")
HAS_GYMNASIUM = is_installed("gymnasium")

#: The package whose Env and spaces the environments are made of.
framework: Any = importlib.import_module(
    "gymnasium" if dialect().is_gymnasium or (HAS_GYMNASIUM and not HAS_GYM) else "gym"
)
