"""`python3 agree.py CHECKPOINT MODEL TAPES PROGRAM…`: plays the folder TAPES again with PROGRAM, the stream's, and asks the policy of
CHECKPOINT and the exported MODEL at each moment, each with its own states. Prints the largest difference of each output."""

from __future__ import annotations

import json
import os
import sys
from typing import Dict, List

import torch

import arena
from export import OUTPUTS
from learn import weights_of
from policy import Policy, State
from stream import Stream

_SHAPE = {"lanes": 8, "steps": 50}


def differences(checkpoint: str, model: str, folder: str, program: List[str]) -> Dict[str, float]:
    saved = torch.load(checkpoint)
    settings = saved["origin"]["settings"]
    policy = Policy(settings["model"])
    policy.load_state_dict(saved["policy"])
    advantage = weights_of(settings["phases"][-1].get("weights", {})).log()
    exported = arena.onnx.load(os.path.abspath(model))
    types = {info.name: info.dtype for info in exported.inputs}
    tapes = sorted(name for name in os.listdir(folder) if name.endswith(".tape"))
    stream = Stream(program, folder, {"tapes": tapes, "noise": 0, "seed": 1, **_SHAPE})
    chunk = next(iter(stream))
    stream.close()
    state = policy.empty(chunk.lanes)
    kept = {name: value.numpy() for name, value in state._asdict().items()}
    worst = {name: torch.zeros(()) for name in OUTPUTS}
    for step in range(chunk.steps):
        seen = type(chunk.seen)(*(field[step * chunk.lanes : (step + 1) * chunk.lanes] for field in chunk.seen))
        with torch.no_grad():
            logits, state = policy(seen, state)
        given = {name: value.numpy().astype(types[name]) for name, value in seen._asdict().items()}
        found = exported.run({**given, **kept})
        wanted = {"logits": logits - advantage, **{f"{name}_next": value for name, value in state._asdict().items()}}
        for name in OUTPUTS:
            told = torch.from_numpy(found[name])
            # Infinities that are the same differ by NaN; another NaN goes through the maximum.
            difference = (wanted[name] - told).abs().masked_fill(wanted[name] == told, 0)
            worst[name] = torch.maximum(worst[name], difference.max())
        kept = {name: found[f"{name}_next"] for name in State._fields}
    return {name: value.item() for name, value in worst.items()}


if __name__ == "__main__":
    json.dump(differences(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]), sys.stdout)
