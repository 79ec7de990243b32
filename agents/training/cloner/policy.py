"""The policy: from an observation and the recurrent state to the logits of the 121 actions."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import glyphs as kinds
import memory as levels
from eyes import FIGURES, MAP_PLANES, Observation, Sight, look
from memory import COLUMNS, MEMORY, PLACE, ROWS

ACTIONS = 121
_LETTERS = 128
# Actions that end a line of text.
_ENTER, _ESCAPE = 19, 38


class State(NamedTuple):
    """What goes from step to step; zeros at a game's first."""

    hidden: Tensor  # [games, hidden]
    cell: Tensor  # [games, hidden]
    memory: Tensor  # [games, MEMORY, 21, 79]
    place: Tensor  # [games, PLACE]


class Policy(nn.Module):
    """`settings`: the part `model` of settings.json."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self.settings = settings
        crop, size, planes = settings["crop"], settings["glyphSize"], settings["cropPlanes"]
        self.register_buffer("kinds", torch.from_numpy(kinds.planes()).t().contiguous())
        self.glyph = nn.Embedding(kinds.GLYPHS, size)
        self.near = nn.Sequential(
            nn.Conv2d(size + 1, planes, 3), nn.ReLU(), nn.Conv2d(planes, planes, 3), nn.ReLU(), nn.Flatten()
        )
        self.near_out = nn.Linear(planes * (crop - 4) ** 2, settings["cropSize"])
        first, second = settings["mapPlanes"]
        self.far = nn.Sequential(
            nn.Conv2d(MAP_PLANES, first, 3, stride=3, padding=(0, 1)),
            nn.ReLU(),
            nn.Conv2d(first, second, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Flatten(),
        )
        self.far_out = nn.Linear(second * 4 * 14, settings["mapSize"])
        low, high = settings["messagePlanes"]
        self.letter = nn.Embedding(_LETTERS, settings["letterSize"])
        self.words = nn.Sequential(
            nn.Conv1d(settings["letterSize"], low, 4, stride=2), nn.ReLU(), nn.Conv1d(low, high, 4, stride=2), nn.ReLU()
        )
        self.previous = nn.Embedding(ACTIONS + 1, settings["previousSize"])
        self.figures = nn.Linear(FIGURES, settings["figuresSize"])
        thought = (
            settings["cropSize"] + settings["mapSize"] + high + settings["figuresSize"] + settings["previousSize"]
        )
        self.hidden = settings["hidden"]
        self.into = nn.Linear(thought, 4 * self.hidden)
        self.again = nn.Linear(self.hidden, 4 * self.hidden, bias=False)
        self.out = nn.Linear(self.hidden, ACTIONS)
        nn.init.orthogonal_(self.again.weight)
        with torch.no_grad():
            # An LSTM that forgets nothing at first learns faster (Jozefowicz et al., 2015).
            self.into.bias[self.hidden : 2 * self.hidden] += 1

    def empty(self, games: int) -> State:
        return State(
            torch.zeros(games, self.hidden),
            torch.zeros(games, self.hidden),
            torch.zeros(games, MEMORY, ROWS, COLUMNS),
            torch.zeros(games, PLACE),
        )

    def planes(self, glyphs: Tensor) -> Tensor:
        """[games, PLANES, 21, 79]."""
        # Rows of a table are copied in one piece: ONNX Runtime takes a tenth of the time that single numbers take it.
        rows = F.embedding(glyphs.long().clamp(0, kinds.GLYPHS - 1), self.kinds)
        return rows.permute(0, 3, 1, 2).contiguous()

    def remember(self, planes: Tensor, status: Tensor, memory: Tensor, place: Tensor) -> Tensor:
        return levels.remember(
            planes, status, memory, place, self.settings["sweeps"], self.settings["discount"]
        )

    def look(self, seen: Observation, planes: Tensor, memory: Tensor, place: Tensor) -> Sight:
        return look(seen, planes, memory, place, self.settings["crop"])

    def think(self, sight: Sight, message: Tensor, previous: Tensor) -> Tensor:
        """All that is learned but the LSTM: what that is fed with, [games, 4 × hidden]."""
        around = self.glyph(sight.around).permute(0, 3, 1, 2)
        near = self.near_out(self.near(torch.cat([around, sight.spent], dim=1)))
        far = self.far_out(self.far(sight.far))
        letters = message[:, : self.settings["messageLetters"]].long().clamp(0, _LETTERS - 1)
        words = self.words(self.letter(letters).transpose(1, 2)).amax(dim=2)
        figures = self.figures(sight.figures)
        done = self.previous(previous.long())
        return self.into(torch.cat([F.relu(near), F.relu(far), words, F.relu(figures), done], dim=1))

    def recur(self, thought: Tensor, hidden: Tensor, cell: Tensor) -> Tuple[Tensor, Tensor]:
        """One step of the LSTM."""
        take, keep, new, give = (thought + self.again(hidden)).chunk(4, dim=1)
        cell = torch.sigmoid(keep) * cell + torch.sigmoid(take) * torch.tanh(new)
        return torch.sigmoid(give) * torch.tanh(cell), cell

    def forward(self, seen: Observation, state: State) -> Tuple[Tensor, State]:
        """One step of each game: what the ONNX file does."""
        planes = self.planes(seen.glyphs)
        memory = self.remember(planes, seen.status, state.memory, state.place)
        sight = self.look(seen, planes, memory, state.place)
        thought = self.think(sight, seen.message, seen.previous)
        hidden, cell = self.recur(thought, state.hidden, state.cell)
        logits = end_lines(self.out(hidden), seen.waiting)
        return logits, State(hidden, cell, memory, levels.place_of(seen.status))


def end_lines(logits: Tensor, waiting: Tensor) -> Tensor:
    """Where the game wants a line of text, only the keys that end it are left: the one thing that is not learned about actions.

    Explorer hardly ever gets there, and whatever else is typed goes into the line, which looks the same for ever: of 64 games
    after 1,500 updates eight ended so.
    """
    index = torch.arange(ACTIONS)
    ends = (index == _ENTER) | (index == _ESCAPE)
    return torch.where((waiting[:, 1:2] > 0) & ~ends, torch.full_like(logits, float("-inf")), logits)
