"""The real gym or gymnasium goes before the stand-in wherever it lies."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import sys
from typing import Any, Callable, Sequence

from arena.notices import warn_once


def load_real(name: str, stand_in: str) -> bool:
    """
    Loads the installed package `name` in place of the stand-in, whose `__init__.py` is `stand_in`; false if there is none. To be
    called while the stand-in is imported: the import then gives the real one.
    """
    own = os.path.realpath(os.path.dirname(os.path.dirname(stand_in)))
    places = [place for place in sys.path if os.path.realpath(place or os.curdir) != own]
    spec = importlib.machinery.PathFinder.find_spec(name, places)
    # A folder without __init__.py of the same name is nobody's package.
    if spec is None or spec.loader is None or spec.origin is None:
        return False
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return True


def missing(package: str, names: Sequence[str]) -> Callable[[str], Any]:
    """
    A stand-in module's __getattr__: what it lacks raises AttributeError, and is told on standard error with what there is, since
    Python keeps an AttributeError's words out of the ImportError of `from … import …`.
    """

    def lacks(name: str) -> Any:
        words = (
            f"{package}.{name} is not in NetHack Arena's small stand-in for {package.partition('.')[0]}, used where the real one is "
            f"not installed; {package} has {', '.join(sorted(names))}"
        )
        # Python itself asks modules for names with underscores.
        if not name.startswith("_"):
            warn_once(words)
        raise AttributeError(words)

    return lacks


def is_installed(name: str) -> bool:
    """Whether the real package can be imported."""
    own = os.path.realpath(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    beside = {own, os.path.join(own, "nethack_arena_standin")}
    places = [place for place in sys.path if os.path.realpath(place or os.curdir) not in beside]
    spec = importlib.machinery.PathFinder.find_spec(name, places)
    return spec is not None and spec.origin is not None
