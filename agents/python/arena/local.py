"""Games on one's own machine: a process of the arena's engine, asked over two pipes (libs/environments)."""

from __future__ import annotations

import atexit
import base64
import fcntl
import json
import os
import shutil
import struct
import subprocess
import threading
import weakref
from collections import deque
from pathlib import Path
from typing import Any, Deque, Dict, List, Mapping, Optional, Sequence

import numpy as np

from .outcome import Outcome
from .wire import PAYLOAD, FrameReader, Image, write_frame

_CALL, _STEP = 160, 161
_REPLY, _REFUSAL, _OBSERVED = 32, 33, 34
_OBSERVED_HEADER = struct.Struct("<II")
_RESULT = np.dtype([("reward", "<f8"), ("end_status", "<i2"), ("flags", "<u2"), ("steps", "<u4")])
_ENTRY = np.dtype([("slot", "<u2"), ("zero", "<u2"), ("action", "<i4")])
_TERMINATED, _TRUNCATED, _ASCENDED = 1, 2, 4
#: Linux's F_SETPIPE_SZ, and what an ordinary user may ask for: 150 kB of a game then go through in one piece.
_F_SETPIPE_SZ, _PIPE_BYTES = 1031, 1 << 20
_LEAST_NODE = 20


class EngineMissing(RuntimeError):
    """The engine cannot be started; the message says what to do."""


class EngineRefused(RuntimeError):
    """The engine did not do what was asked; `code` is one of @arena/engine's, e.g. bad_task."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def checkout() -> Path:
    """The folder of the arena: ARENA_HOME, or the one this package lies in."""
    named = os.environ.get("ARENA_HOME")
    return Path(named) if named else Path(__file__).resolve().parents[3]


def node_binary(home: Path) -> str:
    """The Node to start: ARENA_NODE, the checkout's own, or the system's. Raises EngineMissing where none will do."""
    named = os.environ.get("ARENA_NODE")
    own = home / "node_modules" / "node" / "bin" / "node"
    found = named or (str(own) if own.exists() else shutil.which("node"))
    if not found:
        raise EngineMissing(
            "The engine runs in Node, and there is none: run `npm ci` in the arena's checkout, "
            "or set ARENA_NODE to a Node of version 20 or newer."
        )
    try:
        asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError as error:
        raise EngineMissing(f"{found} does not run ({error.strerror}): set ARENA_NODE to a Node.") from error
    major = asked.strip().lstrip("v").split(".")[0]
    if not major.isdigit() or int(major) < _LEAST_NODE:
        raise EngineMissing(f"{found} is Node {asked.strip() or '?'}; the engine needs version {_LEAST_NODE} or newer.")
    return found


def _server(home: Path) -> str:
    main = home / "libs" / "environments" / "dist" / "main.js"
    wasm = home / "nle-wasm" / "out" / "engine-step.wasm"
    for path in (main, wasm):
        if not path.exists():
            raise EngineMissing(
                f"{path} is missing: build the arena once by `npm run build` in its checkout; "
                "if this package lies elsewhere, set ARENA_HOME to the checkout."
            )
    return str(main)


class _Host:
    """The engine's process. One serves all environments of this process, one request at a time."""

    def __init__(self) -> None:
        home = checkout()
        #: The process that started it, and alone may ask it.
        self.owner = os.getpid()
        self._lock = threading.Lock()
        #: Groups that nobody has any more: closed before the next request, since a collection may come in the middle of one.
        self.dropped: Deque[int] = deque()
        self._process = subprocess.Popen(
            [node_binary(home), _server(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            # Ctrl-C is for the program; the engine ends when its input does.
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._write = self._process.stdin.fileno()
        read = self._process.stdout.fileno()
        for descriptor in (self._write, read):
            try:
                fcntl.fcntl(descriptor, _F_SETPIPE_SZ, _PIPE_BYTES)
            except OSError:
                pass  # only slower
        self.reader = FrameReader(read)
        hello = self._read()
        self.engine: str = hello["engine"]

    @property
    def lock(self) -> threading.Lock:
        return self._lock

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def send(self, kind: int, payload: bytes) -> Optional[Dict[str, Any]]:
        """To be called with the lock held. None: an observation lies in the reader's buffer."""
        while self.dropped:
            self._exchange(_CALL, json.dumps({"call": "close", "group": self.dropped.popleft()}).encode())
        return self._exchange(kind, payload)

    def _exchange(self, kind: int, payload: bytes) -> Optional[Dict[str, Any]]:
        try:
            write_frame(self._write, kind, payload)
        except BrokenPipeError:
            raise self._gone() from None
        return self._read()

    def _read(self) -> Any:
        frame = self.reader.read()
        if frame is None:
            raise self._gone()
        kind, length = frame
        if kind == _OBSERVED:
            return None
        told = json.loads(self.reader.payload(length))
        if kind == _REFUSAL:
            raise EngineRefused(told["code"], told["message"])
        return told

    def _gone(self) -> EngineMissing:
        code = self._process.wait()
        _hosts.pop(os.getpid(), None)
        return EngineMissing(f"the engine's process ended with code {code}; what it said stands above")

    def call(self, name: str, **arguments: Any) -> Any:
        payload = json.dumps({"call": name, **arguments}).encode()
        with self._lock:
            return self.send(_CALL, payload)


#: By process: a fork must not share its parent's pipes.
_hosts: Dict[int, _Host] = {}
_starting = threading.Lock()


def _host() -> _Host:
    with _starting:
        host = _hosts.get(os.getpid())
        if host is None:
            _hosts.clear()
            host = _hosts[os.getpid()] = _Host()
        return host


@atexit.register
def _close_host() -> None:
    host = _hosts.pop(os.getpid(), None)
    if host is not None:
        host.close()


def seeds_text(core: int, disp: int, reseed: bool = False, lgen: Optional[int] = None) -> Dict[str, Any]:
    """Seeds as they are sent: JSON's numbers end at 2^53."""
    seeds: Dict[str, Any] = {"core": str(int(core)), "disp": str(int(disp)), "reseed": bool(reseed)}
    if lgen is not None:
        seeds["lgen"] = str(int(lgen))
    return seeds


class LocalGroup:
    """Games of one task that are stepped together, or one bare game."""

    def __init__(self, call: str, follow_on: bool = False, blstats: Optional[int] = None, **arguments: Any) -> None:
        #: Whether a game that is over is followed by the next at once.
        self._follows_on = follow_on
        #: By slot: what the games showed last that the last step ended, where others follow on.
        self.finals: Dict[int, Dict[str, np.ndarray]] = {}
        self._host = _host()
        told: Mapping[str, Any] = self._host.call(call, **arguments)
        self._group: int = told["group"]
        self.games: int = told["games"]
        #: Key bytes; None: an action is the key itself.
        self.actions: Optional[List[int]] = told["actions"]
        self.image = Image(self.games, told["strideBytes"], told["fields"], blstats)
        self._all = np.zeros(self.games, _ENTRY)
        self._all["slot"] = np.arange(self.games)
        self._head = struct.pack("<II", self._group, self.games)
        self._closed = False
        #: For one that is dropped without close.
        self._finalizer = weakref.finalize(self, self._host.dropped.append, self._group)
        self._finalizer.atexit = False

    def __reduce__(self) -> Any:
        raise TypeError(
            "an environment cannot be pickled: its game runs in the engine's process. Pickle how it is made (a function that calls gym.make) "
            "and its seeds, and make it anew where it is needed"
        )

    def _check_process(self) -> None:
        if _hosts.get(os.getpid()) is not self._host and self._host.owner != os.getpid():
            raise RuntimeError(
                "this environment was made before this process was forked, and its game belongs to the process it was made in: "
                "make it here, after the fork"
            )

    def _ask(self, kind: int, payload: bytes) -> np.ndarray:
        """The results of the games that were observed; the image shows them then."""
        self._check_process()
        with self._host.lock:
            self._host.send(kind, payload)
            buffer = self._host.reader.buffer
            _, count = _OBSERVED_HEADER.unpack_from(buffer, PAYLOAD)
            at = PAYLOAD + _OBSERVED_HEADER.size
            results = np.frombuffer(buffer, _RESULT, count, at).copy()
            self.image.apply(buffer, at + _RESULT.itemsize * count)
        return results

    def _ask_call(self, name: str, **arguments: Any) -> np.ndarray:
        return self._ask(_CALL, json.dumps({"call": name, "group": self._group, **arguments}).encode())

    def reset(self, seeds: Optional[Mapping[str, Any]] = None, slot: Optional[int] = None) -> None:
        arguments: Dict[str, Any] = {}
        if seeds is not None:
            arguments["seeds"] = dict(seeds)
        if slot is not None:
            arguments["slot"] = slot
        self._ask_call("reset", **arguments)

    def reseed(self, core: Optional[int] = None, disp: Optional[int] = None, reseed: Optional[bool] = None, slot: int = 0) -> None:
        """New seeds for the game that runs. What is None stays as it was given last; both generators start anew."""
        given: Dict[str, Any] = {name: str(int(seed)) for name, seed in (("core", core), ("disp", disp)) if seed is not None}
        if reseed is not None:
            given["reseed"] = bool(reseed)
        self._check_process()
        self._host.call("reseed", group=self._group, slot=slot, **given)

    def step_all(self, actions: Sequence[int]) -> List[Outcome]:
        """One action for each game."""
        self._all["action"] = actions
        results = self._ask(_STEP, self._head + self._all.tobytes())
        outcomes = [_outcome(*result) for result in results.tolist()]
        if self._follows_on:
            ended = [slot for slot, outcome in enumerate(outcomes) if outcome.done]
            self.finals = {slot: {name: view.copy() for name, view in self.image.slots[slot].items()} for slot in ended}
            for slot in ended:
                self.reset(slot=slot)
        return outcomes

    def step(self, action: int) -> Outcome:
        """For a group of one."""
        payload = self._head + struct.pack("<HHi", 0, 0, action)
        return _outcome(*self._ask(_STEP, payload).tolist()[0])

    def press(self, key: int, slot: int = 0) -> Outcome:
        """A key past the task's rules."""
        return _outcome(*self._ask_call("press", slot=slot, key=key).tolist()[0])

    def result(self, slot: int = 0) -> Dict[str, Any]:
        """seeds (None where hidden), how (NetHack's end code) and xlogfile once it ended, keys (None: it was reseeded)."""
        self._check_process()
        told: Dict[str, Any] = self._host.call("result", group=self._group, slot=slot)
        told["keys"] = None if told["keys"] is None else base64.b64decode(told["keys"])
        return told

    def close(self) -> None:
        """Ends its games. Safe to call again, and after the engine is gone."""
        if self._closed:
            return
        self._closed = True
        self._finalizer.detach()
        if _hosts.get(os.getpid()) is self._host:
            self._host.call("close", group=self._group)


def _outcome(reward: float, end_status: int, flags: int, steps: int) -> Outcome:
    return Outcome(reward, bool(flags & _TERMINATED), bool(flags & _TRUNCATED), end_status, bool(flags & _ASCENDED))
