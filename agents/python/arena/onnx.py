"""
Models in ONNX for agents in Python: `model = arena.onnx.load("policy.onnx")`, `outputs = model.run({"map": array})`.

The platform's ONNX Runtime runs them in a second process, asked over two pipes; there is none for Python in Debian. It is there when
an agent is evaluated, and on one's own machine wherever the arena's checkout is (`ARENA_HOME`, `ARENA_NODE`).
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import threading
from pathlib import Path
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple, Union

import numpy as np

from .local import checkout, node_binary

_HEAD = struct.Struct("<II")
_DTYPES = {
    "float32": np.float32,
    "float64": np.float64,
    "int8": np.int8,
    "uint8": np.uint8,
    "int16": np.int16,
    "uint16": np.uint16,
    "int32": np.int32,
    "uint32": np.uint32,
    "int64": np.int64,
    "uint64": np.uint64,
    "bool": np.bool_,
}


class ModelError(RuntimeError):
    """A model that cannot be loaded or run, or arrays that do not fit it; the message says which and why."""


class TensorInfo(NamedTuple):
    """An input or output as the model declares it. A size of the shape that is text is free, and that is its name."""

    name: str
    dtype: np.dtype
    shape: Tuple[Union[int, str], ...]


def _padded(length: int) -> int:
    return (length + 7) // 8 * 8


class _Server:
    """The process that runs models. One serves all models of this process, one request at a time."""

    def __init__(self) -> None:
        home = checkout()
        named = os.environ.get("ARENA_ONNX")
        server = Path(named) if named else home / "agents" / "node" / "dist" / "onnx" / "server.js"
        if not server.exists():
            raise ModelError(
                f"{server} is missing: build the arena once by `npm run build` in its checkout; "
                "if this package lies elsewhere, set ARENA_HOME to the checkout."
            )
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [node_binary(home), str(server)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the program; the server ends when its input does.
            start_new_session=True,
        )

    def ask(self, call: Mapping[str, Any], body: List[bytes]) -> Tuple[Dict[str, Any], bytes]:
        """Its answer's JSON and body. Raises ModelError when it says that it could not."""
        text = json.dumps(call).encode()
        text += b" " * (_padded(len(text)) - len(text))
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        with self._lock:
            try:
                process.stdin.write(b"".join([_HEAD.pack(len(text), sum(map(len, body))), text, *body]))
                process.stdin.flush()
            except BrokenPipeError:
                raise self._gone() from None
            head = process.stdout.read(_HEAD.size)
            if len(head) < _HEAD.size:
                raise self._gone()
            json_bytes, body_bytes = _HEAD.unpack(head)
            told: Dict[str, Any] = json.loads(process.stdout.read(json_bytes))
            data = process.stdout.read(body_bytes)
            if len(data) < body_bytes:
                raise self._gone()
        if "error" in told:
            raise ModelError(told["error"])
        return told, data

    def close(self) -> None:
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def _gone(self) -> ModelError:
        code = self._process.wait()
        _servers.pop(os.getpid(), None)
        return ModelError(f"the process that runs models ended with code {code}; what it said stands above")


#: By process: a fork must not share its parent's pipes.
_servers: Dict[int, _Server] = {}
_starting = threading.Lock()


def _server() -> _Server:
    with _starting:
        server = _servers.get(os.getpid())
        if server is None:
            _servers.clear()
            server = _servers[os.getpid()] = _Server()
        return server


@atexit.register
def _close_server() -> None:
    server = _servers.pop(os.getpid(), None)
    if server is not None:
        server.close()


class Model:
    """A loaded model; made by `load`."""

    def __init__(self, path: str, threads: int) -> None:
        self._server = _server()
        told, _ = self._server.ask({"call": "load", "path": path, "threads": threads}, [])
        self._number: int = told["model"]
        self.inputs = [_info(one) for one in told["inputs"]]
        self.outputs = [_info(one) for one in told["outputs"]]
        self._dtypes = {one.name: one.dtype for one in self.outputs}
        self._types = {one["name"]: one["type"] for one in told["inputs"]}

    def run(self, feeds: Mapping[str, Any]) -> Dict[str, np.ndarray]:
        """
        One run: an array for each input, by name; all outputs by name. Arrays are converted to the input's dtype where no value can
        change by that (numpy's "same_kind"). Raises ModelError when one is missing or does not fit.
        """
        tensors: List[Dict[str, Any]] = []
        body: List[bytes] = []
        at = 0
        for info in self.inputs:
            if info.name not in feeds:
                continue
            data = _array(info, feeds[info.name]).tobytes()
            shape = np.shape(feeds[info.name])
            placed = {"name": info.name, "type": self._types[info.name], "dims": shape, "at": at, "bytes": len(data)}
            tensors.append(placed)
            body.append(data)
            body.append(b"\0" * (_padded(len(data)) - len(data)))
            at += _padded(len(data))
        stranger = next((name for name in feeds if name not in self._types), None)
        if stranger is not None:
            raise ModelError(f"the model has no input {stranger}: {', '.join(self._types)}")
        told, data = self._server.ask({"call": "run", "model": self._number, "tensors": tensors}, body)
        return {one["name"]: self._output(one, data) for one in told["tensors"]}

    def _output(self, placed: Mapping[str, Any], data: bytes) -> np.ndarray:
        dtype = self._dtypes[placed["name"]]
        array = np.frombuffer(data, dtype, placed["bytes"] // dtype.itemsize, placed["at"])
        return array.reshape(placed["dims"])

    def close(self) -> None:
        """Frees its memory. Safe to call again, and after the process is gone."""
        if _servers.get(os.getpid()) is self._server:
            self._server.ask({"call": "close", "model": self._number}, [])


def _info(told: Mapping[str, Any]) -> TensorInfo:
    return TensorInfo(told["name"], np.dtype(_DTYPES[told["type"]]), tuple(told["shape"]))


def _array(info: TensorInfo, given: Any) -> np.ndarray:
    array = np.asarray(given)
    if not np.can_cast(array.dtype, info.dtype, "same_kind"):
        raise ModelError(f"the input {info.name} is {info.dtype} {list(info.shape)}, what came is {array.dtype}")
    return np.ascontiguousarray(array, info.dtype)


def load(path: Union[str, "os.PathLike[str]"], threads: Optional[int] = None) -> Model:
    """
    Loads a model; a relative path is one from the current folder, which is the agent's. `threads` of one run: default 1. Raises
    ModelError when it cannot be loaded.
    """
    return Model(os.path.abspath(os.fspath(path)), 1 if threads is None else threads)
