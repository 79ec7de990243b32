"""`python3 hits.py AGENT TAPES PROGRAM…`: plays the folder TAPES again with PROGRAM, the stream's, and asks the model of the folder
AGENT at each moment what it would do. Prints at which share of them its likeliest action is the one that was taken."""

from __future__ import annotations

import json
import os
import sys
from typing import List

import numpy as np

import arena
from stream import Stream

_SHAPE = {"lanes": 8, "steps": 100}
_CHUNKS = 8


def hits(agent: str, folder: str, program: List[str]) -> float:
    model = arena.onnx.load(os.path.abspath(os.path.join(agent, "policy.onnx")))
    types = {info.name: info.dtype for info in model.inputs}
    states = [info.name for info in model.inputs if f"{info.name}_next" in {output.name for output in model.outputs}]
    tapes = sorted(name for name in os.listdir(folder) if name.endswith(".tape"))
    stream = Stream(program, folder, {"tapes": tapes, "noise": 0, "seed": 1, **_SHAPE})
    kept = {info.name: np.zeros([_SHAPE["lanes"], *info.shape[1:]], info.dtype) for info in model.inputs if info.name in states}
    right = 0
    for number, chunk in enumerate(stream):
        if number == _CHUNKS:
            break
        for step in range(chunk.steps):
            now = slice(step * chunk.lanes, (step + 1) * chunk.lanes)
            begins = chunk.new_game[step].numpy() > 0
            for state in kept.values():
                state[begins] = 0
            seen = {name: field[now].numpy().astype(types[name]) for name, field in chunk.seen._asdict().items()}
            found = model.run({**seen, **kept})
            kept = {name: found[f"{name}_next"].copy() for name in states}
            right += int((found["logits"].argmax(axis=1) == chunk.actions[now].numpy()).sum())
    stream.close()
    return right / (_CHUNKS * _SHAPE["lanes"] * _SHAPE["steps"])


if __name__ == "__main__":
    print(json.dumps(hits(sys.argv[1], sys.argv[2], sys.argv[3:])))
