"""The terminal's cells as text that a terminal shows."""

from __future__ import annotations

from typing import Any, Optional, Sequence

import numpy as np

_BRIGHT = 8
_REVERSE = 16
_RESET = "\033[0m"


def _style(color: int, is_cursor: bool) -> str:
    codes = ["0", f"3{color & 7}"]
    if color & _BRIGHT:
        codes.append("1")
    if color & _REVERSE:
        codes.append("7")
    if is_cursor:
        codes.append("4")
    return f"\033[{';'.join(codes)}m"


def tty_render(chars: Any, colors: Any, cursor: Optional[Sequence[int]] = None) -> str:
    """tty_chars, tty_colors and tty_cursor as one string of lines with ANSI colours; the cursor's cell is underlined."""
    letters, hues = np.asarray(chars), np.asarray(colors)
    place = (-1, -1) if cursor is None else (int(cursor[0]), int(cursor[1]))
    lines = []
    for row, (line, line_hues) in enumerate(zip(letters.tolist(), hues.tolist())):
        text = ""
        last = ""
        for column, (letter, hue) in enumerate(zip(line, line_hues)):
            style = _style(hue, (row, column) == place)
            text += (style if style != last else "") + chr(letter or 32)
            last = style
        lines.append(text + _RESET)
    return "\n".join(lines)
