"""Keys of a terminal as they are pressed."""

from __future__ import annotations

import os
import select
import sys
from contextlib import contextmanager
from typing import Iterator, Optional

INTERRUPT = 3


@contextmanager
def raw_keys() -> Iterator[None]:
    """Keys come one by one and are not shown; the terminal is as before afterwards."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setraw(sys.stdin, termios.TCSADRAIN)
        # what is written still begins its lines at the left
        attributes = termios.tcgetattr(sys.stdin)
        attributes[1] |= termios.OPOST
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, attributes)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def read_key(seconds: Optional[float] = None) -> Optional[int]:
    """The next key's byte; None when none came within the seconds. Input that has ended is an interrupt."""
    if seconds is not None and not select.select([sys.stdin], [], [], seconds)[0]:
        return None
    pressed = os.read(sys.stdin.fileno(), 1)
    return pressed[0] if pressed else INTERRUPT
