"""Recordings of the three versions: frames of what a terminal was sent, from the second on with channels, of keys and scores beside."""

from __future__ import annotations

import os
import re
import struct
import zlib
from typing import BinaryIO, Iterator, List, NamedTuple, Optional, Tuple

import numpy as np

from .terminal import Terminal

TERMINAL, KEY, SCORE = 0, 1, 2
_HEADERS = {1: struct.Struct("<iii"), 2: struct.Struct("<iiiB"), 3: struct.Struct("<iiiB")}
#: A frame is one screen at most, some 10 kB; what says more is no recording.
_LONGEST_FRAME = 1 << 20
_NAME = re.compile(r"\.ttyrec([23]?)(\.bz2|\.gz)?$")


class RecordingError(ValueError):
    """A file is no recording, or is cut short; the message says where."""


class Frame(NamedTuple):
    #: Microseconds since the recording's own zero.
    time: int
    channel: int
    data: bytes


class Screen(NamedTuple):
    """A screen and what followed it. The arrays are its own."""

    chars: np.ndarray
    colors: np.ndarray
    cursor: Tuple[int, int]
    time: int
    #: The key that was pressed at it; 0 for none.
    key: int
    #: The last score that was told before its key.
    score: int


def version_of(path: str) -> int:
    """By the file's name: .ttyrec, .ttyrec2, .ttyrec3, packed or not. Raises RecordingError."""
    found = _NAME.search(path)
    if found is None:
        raise RecordingError(f"{path} is called like no recording: .ttyrec, .ttyrec2 or .ttyrec3, with .bz2 or .gz behind it")
    return int(found.group(1) or 1)


def _opened(path: str) -> BinaryIO:
    # not every Python has them, and few programs read recordings
    if path.endswith(".bz2"):
        import bz2

        return bz2.open(path, "rb")  # type: ignore[return-value]
    if path.endswith(".gz"):
        import gzip

        return gzip.open(path, "rb")  # type: ignore[return-value]
    return open(path, "rb")


def read_frames(path: str, version: Optional[int] = None) -> Iterator[Frame]:
    """The frames of a file, whose name tells the version unless it is given. Raises RecordingError."""
    header = _HEADERS[version or version_of(path)]
    name = os.path.basename(path)
    with _opened(path) as file:
        for number in range(1 << 62):
            head = _read(file, header.size, name, number)
            if not head:
                return
            if len(head) < header.size:
                raise RecordingError(f"{name} ends in the head of frame {number}")
            seconds, microseconds, length, *channel = header.unpack(head)
            if not 0 <= length <= _LONGEST_FRAME or not 0 <= microseconds < 1_000_000:
                raise RecordingError(f"{name} is no recording of this version: frame {number} says it has {length} bytes")
            data = _read(file, length, name, number)
            if len(data) < length:
                raise RecordingError(f"{name} ends in frame {number}")
            yield Frame(seconds * 1_000_000 + microseconds, channel[0] if channel else TERMINAL, data)


def _read(file: BinaryIO, count: int, name: str, number: int) -> bytes:
    try:
        return file.read(count)
    except (EOFError, OSError, zlib.error) as problem:
        # the compressed stream itself was cut off, as by a program that was killed, or damaged
        raise RecordingError(f"{name} is cut off or damaged before the end of frame {number}: {problem}") from problem


def read_recording(path: str, version: Optional[int] = None, rows: int = 24, columns: int = 80) -> Iterator[Screen]:
    """The screens of a file, each with the key pressed at it and the score known by then. Raises RecordingError."""
    terminal = Terminal(rows, columns)
    shown: Optional[Screen] = None
    is_answered = False
    score = 0
    for frame in read_frames(path, version):
        if frame.channel == TERMINAL:
            if shown is not None:
                yield shown
            terminal.feed(frame.data)
            chars, colors, cursor = terminal.picture()
            shown = Screen(chars, colors, cursor, frame.time, 0, score)
            is_answered = False
        elif frame.channel == KEY and shown is not None and frame.data:
            shown = shown._replace(key=frame.data[0])
            is_answered = True
        elif frame.channel == SCORE and len(frame.data) == 4:
            score = struct.unpack("<i", frame.data)[0]
            if shown is not None and not is_answered:
                shown = shown._replace(score=score)
    if shown is not None:
        yield shown


def joined(paths: List[str], version: int, rows: int, columns: int) -> Iterator[Screen]:
    """A game's screens, whose recording may lie in several files."""
    for path in paths:
        yield from read_recording(path, version, rows, columns)


__all__ = ["Frame", "RecordingError", "Screen", "joined", "read_frames", "read_recording", "version_of"]
