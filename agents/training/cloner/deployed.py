"""The policy as the ONNX file has it: the same function of the same weights, in steps that cost ONNX Runtime less."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import glyphs as kinds
from memory import COLUMNS, Ground, ROWS
from policy import Policy


class Deployed(Policy):
    def __init__(self, policy: Policy) -> None:
        super().__init__(policy.settings)
        self.load_state_dict(policy.state_dict())
        planes, self.passable = self.kinds[:, :-1], self.kinds[:, -1].contiguous()
        # Sorted: kind 0 are the squares that are in no plane.
        self.rows, kind = planes.unique(dim=0, return_inverse=True)
        self.kind = kind.to(torch.int32)
        self.far[0] = _by_kind(self.far[0], self.rows[1:])

    def survey(self, glyphs: Tensor) -> Ground:
        """The kind of each square is looked up by its glyph, and compared with each kind there is."""
        index = glyphs.clamp(0, kinds.GLYPHS - 1).long().flatten()
        kind = self.kind.gather(0, index).view(-1, 1, ROWS, COLUMNS)
        each = torch.arange(1, len(self.rows), dtype=torch.int32)
        named = {name: self._plane(kind, name) for name in Ground._fields[1:-1]}
        passable = self.passable.gather(0, index).view(-1, ROWS, COLUMNS)
        return Ground(far=kind == each.view(1, -1, 1, 1), **named, passable=passable)

    def _plane(self, kind: Tensor, name: str) -> Tensor:
        first, *others = torch.where(self.rows[:, kinds.PLANES.index(name)] > 0)[0].to(torch.int32)
        found = kind == first
        for other in others:
            found = found | (kind == other)
        return found.view(-1, ROWS, COLUMNS).to(torch.float32)

    def read(self, message: Tensor) -> Tensor:
        """Both convolutions look at four places with a stride of two: products of two pairs side by side."""
        letters = message[:, : self.settings["messageLetters"]].long().clamp(0, self.letter.num_embeddings - 1)
        heard = _in_pairs(self.words[0], self.letter(letters))
        return _in_pairs(self.words[2], heard).amax(dim=1)


def _in_pairs(convolution: nn.Conv1d, values: Tensor) -> Tensor:
    """`values` [games, places, channels]; [games, places / 2 - 1, channels out]. Of an odd number of places the last is not seen."""
    places = values.shape[1] // 2 * 2
    pairs = values[:, :places].reshape(values.shape[0], places // 2, -1)
    seen = torch.cat([pairs[:, :-1], pairs[:, 1:]], dim=2)
    weight = convolution.weight.transpose(1, 2).flatten(1)
    found = torch.relu(F.linear(seen.flatten(0, 1), weight, convolution.bias))
    return found.view(-1, places // 2 - 1, convolution.out_channels)


def _by_kind(convolution: nn.Conv2d, rows: Tensor) -> nn.Conv2d:
    """The convolution of kinds instead of planes. `rows` [kinds, planes]; what comes after the planes stays as it is.

    Kinds are 13, planes after them two. ONNX Runtime takes 0.3 ms more for 16: a multiple of four it sorts first.
    """
    planes = rows.shape[1]
    weight = convolution.weight
    found = nn.Conv2d(
        len(rows) + weight.shape[1] - planes,
        *(convolution.out_channels, convolution.kernel_size, convolution.stride, convolution.padding),
    )
    kernels = torch.einsum("kp,opyx->okyx", rows, weight[:, :planes])
    found.weight = nn.Parameter(torch.cat([kernels, weight[:, planes:]], dim=1))
    found.bias = convolution.bias
    return found
