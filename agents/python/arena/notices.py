"""Words to the participant that one hearing is enough for."""

from __future__ import annotations

import sys
from functools import lru_cache


@lru_cache(maxsize=None)
def warn_once(text: str) -> None:
    """To standard error, once a process."""
    print(text, file=sys.stderr)
