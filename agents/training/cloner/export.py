"""Writes the policy as an ONNX file for the runtime onnx."""

from __future__ import annotations

import os
from typing import Tuple

import torch
from torch import Tensor, nn

from deployed import Deployed
from eyes import Observation
from memory import COLUMNS, ROWS
from policy import ACTIONS, Policy, State

INPUTS = (*Observation._fields, *State._fields)
OUTPUTS = ("logits", *(f"{name}_next" for name in State._fields))
# ONNX Runtime 1.27 runs up to 23; torch 1.13 writes up to 17.
OPSET = 17
# Sizes of fields: blstats, message, inv_oclasses.
STATUS_FIELDS, MESSAGE_LETTERS, INVENTORY = 27, 256, 55


class _Step(nn.Module):
    def __init__(self, policy: Policy, weights: Tensor) -> None:
        super().__init__()
        self.policy = Deployed(policy)
        self.register_buffer("advantage", weights.log())

    def forward(self, *given: Tensor) -> Tuple[Tensor, ...]:
        count = len(Observation._fields)
        logits, state = self.policy(Observation(*given[:count]), State(*given[count:]))
        return (logits - self.advantage, *state)


def export(policy: Policy, path: str, weights: Tensor) -> None:
    """Never leaves half a file behind. The number of games is free.

    `weights` [actions]: what the actions' moments counted in training. An action that counts w times has odds w times too large, which
    are taken back here: what it is for was learned sooner, how often it is due was not (with them the clone prayed until its god
    had enough: a median of 113 over 64 games, 225 over 128 without).
    """
    games = 2
    seen = Observation(
        glyphs=torch.zeros(games, ROWS, COLUMNS, dtype=torch.int32),
        status=torch.zeros(games, STATUS_FIELDS),
        message=torch.zeros(games, MESSAGE_LETTERS, dtype=torch.int32),
        waiting=torch.zeros(games, 3),
        inventory=torch.zeros(games, INVENTORY, dtype=torch.int32),
        cursor=torch.zeros(games, 2),
        previous=torch.full((games,), ACTIONS, dtype=torch.int32),
    )
    torch.onnx.export(
        _Step(policy, weights),
        (*seen, *policy.empty(games)),
        f"{path}.new",
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={name: {0: "games"} for name in (*INPUTS, *OUTPUTS)},
        opset_version=OPSET,
    )
    os.replace(f"{path}.new", path)
