"""What this Python has, told where an import fails for want of it."""

from __future__ import annotations

import difflib
import os
import pkgutil
import platform
import sys
from typing import List

#: What the platform itself puts there, and what no agent means.
_NOT_MEANT = {"aicrowd_gym", "pip", "pkg_resources", "setuptools", "wheel", "distutils"}
_MOST_LISTED = 100


def _installed(own: str) -> List[str]:
    """Modules that are neither Python's own nor the submission's."""
    places = [place for place in sys.path if place and os.path.isdir(place) and not place.startswith(own)]
    standard: frozenset = getattr(sys, "stdlib_module_names", frozenset())
    names = {module.name for module in pkgutil.iter_modules(places)}
    return sorted(
        name
        for name in names - standard - _NOT_MEANT
        if not name.startswith("_") and not name.endswith("_mypyc")
    )


def explain(error: BaseException, folder: str) -> List[str]:
    """Lines that tell more about an error than its own words: names that come near, and what there is."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        installed = _installed(folder)
        missing = error.name.split(".")[0]
        own = [module.name for module in pkgutil.iter_modules([folder])]
        standard = list(getattr(sys, "stdlib_module_names", ()))
        near = difflib.get_close_matches(missing, [*installed, *own, *standard], n=3, cutoff=0.75)
        shown = ", ".join(installed[:_MOST_LISTED])
        more = len(installed) - _MOST_LISTED
        return [
            *([f"Did you mean {' or '.join(near)}?"] if near else []),
            f"Beside its own modules this Python has {shown}{f' and {more} more' if more > 0 else ''}.",
        ]
    if isinstance(error, SyntaxError):
        return [f"This is Python {platform.python_version()}."]
    return []
