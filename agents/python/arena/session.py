"""The platform's side of an evaluation, as an agent's process sees it: questions come, answers go."""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

from . import wire
from .agent import Context, GameOver, context_of
from .version import VERSION
from .wire import FrameReader, Image

_ACT = struct.Struct("<IBI")
_OVER = struct.Struct("<HHI")


class Finished(SystemExit):
    """The platform has no further game. Left alone, it ends the program well."""

    def __init__(self) -> None:
        super().__init__(0)


class PlatformError(RuntimeError):
    """What came from the platform is not what this SDK can read."""


class Question:
    """Games that wait for an action: an answer is due for each of `slots`, in their order."""

    __slots__ = ("ticket", "slots")

    def __init__(self, ticket: int, slots: List[int]) -> None:
        self.ticket = ticket
        self.slots = slots


class Session:
    """Frames in and out on two descriptors, which nothing else may use."""

    def __init__(self, read: int, write: int) -> None:
        self._write = write
        self._reader = FrameReader(read)
        hello = self._hello()
        self.context: Context = context_of(hello)
        self.image = Image(self.context.games_at_once, hello["strideBytes"], hello["fields"])
        self.keys = bytes(action.key for action in self.context.actions)
        self._prefixes = [struct.pack("<H", slot) for slot in range(self.context.games_at_once)]
        self._is_ready = False
        #: Games that were begun and that are over.
        self.games_over = 0
        #: Told a slot whose game is over, when the image shows what the game's last key led to.
        self.on_last: Callable[[int], None] = lambda slot: None

    def _hello(self) -> Dict[str, Any]:
        frame = self._reader.read()
        if frame is None or frame[0] != wire.HELLO:
            raise PlatformError("the platform did not say hello")
        hello: Dict[str, Any] = json.loads(self._reader.payload(frame[1]))
        if hello["protocol"] != wire.PROTOCOL_VERSION:
            raise PlatformError(
                f"the platform speaks protocol version {hello['protocol']}, this SDK {wire.PROTOCOL_VERSION}"
            )
        return hello

    def ready(self, shows_last: bool = False) -> None:
        """
        Says that the agent can play; what it loads should be loaded by now. Further calls say nothing. `shows_last`: the image is to
        show what the key that ended a game led to.
        """
        if self._is_ready:
            return
        self._is_ready = True
        told = {
            "protocol": wire.PROTOCOL_VERSION,
            "sdk": {"name": "nethack-arena-python", "version": VERSION},
            "observations": "changes",
            "lastObservation": shows_last,
        }
        wire.write_frame(self._write, wire.READY, json.dumps(told).encode())

    def next(self) -> Union[Question, GameOver, None]:
        """What the platform says next; None when it says stop. Blocks."""
        while True:
            frame = self._reader.read()
            if frame is None or frame[0] == wire.STOP:
                return None
            kind, length = frame
            if kind == wire.CHANGES:
                return Question(*self.image.apply(self._reader.buffer))
            if kind == wire.LAST:
                _, slots = self.image.apply(self._reader.buffer)
                self.on_last(slots[0])
            elif kind == wire.GAME_OVER:
                self.games_over += 1
                return self._game_over(self._reader.payload(length))
            # Frames of other types may come with later versions and mean nothing to this one.

    @staticmethod
    def _game_over(payload: bytes) -> GameOver:
        slot, _, episode = _OVER.unpack_from(payload)
        told = json.loads(payload[wire.GAME_OVER_HEADER_BYTES :])
        names = ("reason", "score", "turns", "steps", "ascended")
        return GameOver(slot, episode, **{name: told[name] for name in names})

    def answer(self, question: Question, keys: Sequence[int], wrong: Sequence[str] = ()) -> None:
        """One key byte for each slot of the question; NO_KEY ends that game, `wrong` says why: a sentence each, the last for the rest."""
        frame = bytearray(_ACT.size)
        prefixes = self._prefixes
        for slot, key in zip(question.slots, keys):
            frame += prefixes[slot]
            frame.append(key)
        for sentence in wrong:
            print(f"invalid action: {sentence}", file=sys.stderr, flush=True)
            share = wire.MAX_EXPLANATION_BYTES // len(wrong)
            frame += " ".join(sentence.split()).encode("utf-8", "replace")[: share - 1] + b"\n"
        _ACT.pack_into(frame, 0, len(frame) - wire.FRAME_HEADER_BYTES, wire.ACT, question.ticket)
        # At most 2.3 kB, which the pipe takes at once.
        os.write(self._write, frame)

    def answer_indices(self, question: Question, indices: Sequence[int], wrong: Sequence[str] = ()) -> None:
        """The same by actions' indices; -1 where there is none."""
        keys = self.keys
        self.answer(question, [keys[i] if i >= 0 else wire.NO_KEY for i in indices], wrong)


_current: Optional[Session] = None


def current() -> Optional[Session]:
    """The session of this process while it is evaluated, else None."""
    return _current


def begin(read: int, write: int) -> Session:
    """Makes this process an evaluated one."""
    global _current
    _current = Session(read, write)
    return _current


def claim_pipes() -> Tuple[int, int]:
    """
    Takes the protocol's pipes off descriptors 0 and 1: whatever prints or reads there from now on, in this process or one that it
    starts, writes to standard error and reads nothing.
    """
    read, write = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for stream in (sys.stdout, sys.stderr):
        # Line by line, so that what is printed stands in its place among the errors.
        stream.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    return read, write
