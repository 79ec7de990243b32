"""Reads what `stream.js` writes: chunks of taped games. Its process makes the next one meanwhile."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Dict, Iterator, Mapping, Sequence

import numpy as np
import torch

from eyes import Observation

class Chunk:
    """`steps` moments of `lanes` sequences. Fields of the observation are [steps × lanes, …], step by step."""

    def __init__(self, fields: Mapping[str, np.ndarray]) -> None:
        self.steps, self.lanes = fields["action"].shape
        flat = {name: torch.from_numpy(a.reshape(-1, *a.shape[2:])) for name, a in fields.items()}
        self.seen = Observation(
            glyphs=flat["glyphs"],
            status=flat["blstats"].float(),
            message=flat["message"],
            waiting=flat["misc"].float(),
            inventory=flat["inv_oclasses"],
            cursor=flat["tty_cursor"].float(),
            previous=flat["previous"],
        )
        self.actions = flat["action"].long()
        # [steps, lanes]
        self.new_game = torch.from_numpy(fields["new_game"]).float()
        # [steps × lanes]: 0 where the action is a mistake that was put in the agent's place
        self.taught = flat["taught"].float()


class Stream:
    """The chunks of a folder of tapes without end. Close it: its process waits for a reader otherwise."""

    def __init__(self, program: Sequence[str], folder: str, options: Mapping[str, Any]) -> None:
        """`options`: StreamOptions of stream.ts."""
        self._process = subprocess.Popen(
            [*program, folder, json.dumps(options)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self._pipe = self._process.stdout
    def __iter__(self) -> Iterator[Chunk]:
        """Raises RuntimeError when the process has ended by itself."""
        line = self._pipe.readline()
        head: Dict[str, Any] = json.loads(line) if line else {"bytes": 1}
        while True:
            data = np.empty(head["bytes"], np.uint8)
            if self._pipe.readinto(data.data) < data.size:  # type: ignore[attr-defined]
                raise RuntimeError(f"the stream of tapes ended with code {self._process.wait()}; its words are above")
            yield _chunk(head, data)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def _chunk(head: Mapping[str, Any], data: np.ndarray) -> Chunk:
    fields, at = {}, 0
    for field in head["fields"]:
        shape = (head["steps"], head["lanes"], *field["shape"])
        size = head["steps"] * head["lanes"] * field["bytes"]
        fields[field["name"]] = data[at : at + size].view(field["dtype"]).reshape(shape)
        at += size
    return Chunk(fields)
