"""The wire protocol, version 1, as docs/AGENTS.md describes it byte by byte: frames, and the image they change."""

from __future__ import annotations

import os
import struct
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from .dialect import dialect

PROTOCOL_VERSION = 1
FRAME_HEADER_BYTES = 5
FRAME = {"hello": 1, "observe": 2, "gameOver": 3, "stop": 4, "changes": 5, "last": 6, "ready": 129, "act": 130}
HELLO, GAME_OVER, STOP, CHANGES, LAST, READY, ACT = 1, 3, 4, 5, 6, 129, 130
CHANGES_HEADER_BYTES = 16
BLOCK_BYTES = 64
RECORD_HEADER_BYTES = 24
FLAG_NEW_GAME = 1
ACT_HEADER_BYTES = 4
ACT_ENTRY_BYTES = 3
GAME_OVER_HEADER_BYTES = 8
NO_KEY = 0
MAX_EXPLANATION_BYTES = 2048

#: Payloads are read to here, so that arrays can lie on them.
PAYLOAD = 8
_FIRST_BUFFER = 64 * 1024
_HEADER = struct.Struct("<IB")
_CHANGES = struct.Struct("<IHHII")
_RECORD = struct.Struct("<HHIIIi")


class FrameReader:
    """
    Whole frames from a descriptor; reads block. The payload lies at byte 8 of `buffer` until the next read. Header and payload
    are read by one call; what comes with them of the next frame waits until it is asked for.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._ahead = b""
        self._make(_FIRST_BUFFER)

    def _make(self, size: int) -> None:
        self.buffer = np.zeros(size, np.uint8)
        self._view = memoryview(self.buffer)
        self._header = self._view[PAYLOAD - FRAME_HEADER_BYTES : PAYLOAD]
        self._parts = [self._header, self._view[PAYLOAD:]]

    def _start(self) -> int:
        """Reads the header at least; how many bytes of header and payload there are, 0 at the end."""
        have = 0
        if self._ahead:
            start = PAYLOAD - FRAME_HEADER_BYTES
            have = len(self._ahead)
            self._view[start : start + have] = self._ahead
            self._ahead = b""
        while have < FRAME_HEADER_BYTES:
            parts = self._parts if have == 0 else [self._header[have:], self._parts[1]]
            got = os.readv(self._descriptor, parts)
            if got == 0:
                return 0
            have += got
        return have

    def read(self) -> Optional[Tuple[int, int]]:
        """Type and length of the next frame; None once the other side has closed the pipe."""
        have = self._start() - FRAME_HEADER_BYTES
        if have < 0:
            return None
        length, kind = _HEADER.unpack(self._header)
        if have > length:
            self._ahead = bytes(self._view[PAYLOAD + length : PAYLOAD + have])
        elif have < length:
            return (kind, length) if self._finish(have, length) else None
        return kind, length

    def _finish(self, have: int, length: int) -> bool:
        """Reads the rest of a payload, into a larger buffer if it needs one."""
        if PAYLOAD + length > len(self.buffer):
            before = bytes(self._view[:PAYLOAD + have])
            self._make(PAYLOAD + length)
            self._view[: len(before)] = before
        while have < length:
            got = os.readv(self._descriptor, [self._view[PAYLOAD + have : PAYLOAD + length]])
            if got == 0:
                return False
            have += got
        return True

    def payload(self, length: int) -> bytes:
        """A copy of the payload that was read."""
        return bytes(self._view[PAYLOAD : PAYLOAD + length])


def write_frame(descriptor: int, kind: int, payload: bytes) -> None:
    """Writes a whole frame; blocks until the other side has taken it."""
    frame = _HEADER.pack(len(payload), kind) + payload
    written = os.write(descriptor, frame)
    while written < len(frame):
        written += os.write(descriptor, frame[written:])


def _padded(length: int) -> int:
    return (length + 7) & ~7


class Image:
    """
    The records of all slots as the frames so far have left them. `stacked[name]` has one entry a slot, `slots[i][name]` is
    slot i's: read-only views that each frame changes. blstats are int64 as in NLE, copied from the wire's int32, and as many as the
    dialect of NLE has (`blstats`).
    """

    def __init__(
        self, games: int, stride: int, fields: Sequence[Mapping[str, Any]], blstats: Optional[int] = None
    ) -> None:
        self.games = games
        self._blstats = dialect().blstats if blstats is None else blstats
        self._stride = stride
        self._bytes = np.zeros(games * stride, np.uint8)
        self._memory = memoryview(self._bytes)
        self._blocks = self._bytes.view(np.uint64).reshape(-1, BLOCK_BYTES // 8)
        self._narrow: Optional[np.ndarray] = None
        self._wide = np.zeros((games, 0), np.int64)
        self.stacked: Dict[str, np.ndarray] = {}
        for field in fields:
            self.stacked[field["name"]] = self._view_of(field)
        self.slots: List[Dict[str, np.ndarray]] = [
            {name: view[slot] for name, view in self.stacked.items()} for slot in range(games)
        ]

    def _view_of(self, field: Mapping[str, Any]) -> np.ndarray:
        dtype = np.dtype(field["dtype"])
        shape = tuple(field["shape"])
        inner = np.empty(shape, dtype).strides
        view: np.ndarray = np.ndarray(
            (self.games, *shape), dtype, self._bytes.data, field["offset"], (self._stride, *inner)
        )
        if field["name"] == "blstats":
            self._narrow = view
            self._wide = np.zeros(view.shape, np.int64)
            view = self._wide[:, : self._blstats]
        view.flags.writeable = False
        return view

    def apply(self, buffer: np.ndarray, at: int = PAYLOAD) -> Tuple[int, List[int]]:
        """Takes the changes frame whose payload begins at `at` of `buffer`; its ticket and the slots it asks about."""
        ticket, count, _, blocks, _ = _CHANGES.unpack_from(buffer, at)
        at += CHANGES_HEADER_BYTES
        slots: List[int] = np.frombuffer(buffer, np.uint16, count, at).tolist()
        at += _padded(2 * count)
        numbers = np.frombuffer(buffer, np.uint32, blocks, at)
        at += _padded(4 * blocks)
        words = np.frombuffer(buffer, np.uint64, blocks * (BLOCK_BYTES // 8), at)
        self._blocks[numbers] = words.reshape(blocks, BLOCK_BYTES // 8)
        if self._narrow is not None:
            self._wide[...] = self._narrow
        return ticket, slots

    def header(self, slot: int) -> Tuple[int, int, int, int, int, int]:
        """slot, flags, episode, step, seed, score of a slot's record."""
        return _RECORD.unpack_from(self._memory, slot * self._stride)  # type: ignore[return-value]
