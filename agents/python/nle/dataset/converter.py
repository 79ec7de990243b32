"""A recording's screens, written into arrays of the caller's, some at a time."""

from __future__ import annotations

from typing import Iterator, Optional

import numpy as np

from .recording import Screen, read_recording


class Converter:
    """
    The screens of one file after another: `load_ttyrec`, then `convert` as often as there are screens. Recordings of version 3 hold keys and
    scores beside them.
    """

    def __init__(self, rows: int = 24, cols: int = 80, ttyrec_version: int = 3) -> None:
        if ttyrec_version not in (1, 2, 3):
            raise ValueError(f"recordings are of version 1, 2 or 3, not {ttyrec_version!r}")
        if not (isinstance(rows, int) and isinstance(cols, int) and rows > 0 and cols > 0):
            raise ValueError(f"a terminal has rows and columns, not {rows!r} and {cols!r}")
        self.rows, self.cols, self.ttyrec_version = rows, cols, ttyrec_version
        #: The file that is read, and what the caller said of it.
        self.filename: Optional[str] = None
        self.gameid, self.part = 0, 0
        self._screens: Optional[Iterator[Screen]] = None

    def load_ttyrec(self, filename: str, gameid: int = 0, part: int = 0) -> None:
        """Begins a file. Raises OSError where it cannot be read; what is no recording is told by convert."""
        with open(filename, "rb"):
            pass
        self.filename, self.gameid, self.part = filename, gameid, part
        self._screens = read_recording(filename, self.ttyrec_version, self.rows, self.cols)

    def is_loaded(self) -> bool:
        """Whether a file was begun."""
        return self._screens is not None

    def convert(
        self,
        chars: np.ndarray,
        colors: np.ndarray,
        cursors: np.ndarray,
        timestamps: np.ndarray,
        keypresses: Optional[np.ndarray] = None,
        scores: Optional[np.ndarray] = None,
    ) -> int:
        """
        Fills the arrays' first entries with the next screens: letters and colours [n, rows, cols], cursors [n, 2], times in microseconds [n],
        and the key pressed at each and its score [n], where they are asked for. How many entries are left, since the file has ended:
        they keep what they held. Raises RecordingError.
        """
        if self._screens is None:
            raise RuntimeError("there is nothing to convert: call load_ttyrec first")
        length = len(chars)
        given = {"chars": chars, "colors": colors, "cursors": cursors, "timestamps": timestamps, "keypresses": keypresses, "scores": scores}
        shapes = {"chars": (length, self.rows, self.cols), "colors": (length, self.rows, self.cols), "cursors": (length, 2)}
        for name, array in given.items():
            shape = shapes.get(name, (length,))
            if array is not None and array.shape != shape:
                raise ValueError(f"{name} has the shape {array.shape}; for {length} screens of this terminal it must be {shape}")
        if self.ttyrec_version < 3 and (keypresses is not None or scores is not None):
            raise ValueError(f"recordings of version {self.ttyrec_version} hold no keys and scores: leave those two arrays out")
        for at in range(length):
            screen = next(self._screens, None)
            if screen is None:
                return length - at
            chars[at], colors[at], cursors[at], timestamps[at] = screen.chars, screen.colors, screen.cursor, screen.time
            if keypresses is not None:
                keypresses[at] = screen.key
            if scores is not None:
                scores[at] = screen.score
        return 0
