"""The policy: from an observation and the recurrent state to the logits of the 121 actions."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import glyphs as kinds
import memory as levels
from eyes import FIGURES, MAP_PLANES, Observation, Sight, look
from memory import COLUMNS, GOALS, Ground, Level, PLACE, ROWS

ACTIONS = 121
_LETTERS = 128
# Actions that end a line of text.
_ENTER, _ESCAPE = 19, 38


class State(NamedTuple):
    """What goes from step to step; zeros at a game's first."""

    hidden: Tensor  # [games, hidden]
    cell: Tensor  # [games, hidden]
    spent: Tensor  # [games, 21, 79]: of memory.Level, as the next two
    ways: Tensor  # [games, 21, 79]
    worth: Tensor  # [games, GOALS, 21, 79]
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
            torch.zeros(games, ROWS, COLUMNS),
            torch.zeros(games, ROWS, COLUMNS),
            torch.zeros(games, len(GOALS), ROWS, COLUMNS),
            torch.zeros(games, PLACE),
        )

    def survey(self, glyphs: Tensor) -> Ground:
        rows = F.embedding(glyphs.long().clamp(0, kinds.GLYPHS - 1), self.kinds)
        planes = rows.permute(0, 3, 1, 2).contiguous()
        named = dict(zip(kinds.PLANES, planes.unbind(dim=1)))
        return Ground(planes[:, :-1], *(named[name] for name in Ground._fields[1:]))

    def remember(self, ground: Ground, status: Tensor, level: Level, place: Tensor) -> Level:
        return levels.remember(ground, status, level, place, self.settings["sweeps"], self.settings["discount"])

    def look(self, seen: Observation, ground: Ground, level: Level, place: Tensor) -> Sight:
        return look(seen, ground, level, place, self.settings["crop"])

    def read(self, message: Tensor) -> Tensor:
        """[games, planes]: the largest of each of the message's planes."""
        letters = message[:, : self.settings["messageLetters"]].long().clamp(0, _LETTERS - 1)
        return self.words(self.letter(letters).transpose(1, 2)).amax(dim=2)

    def think(self, sight: Sight, message: Tensor, previous: Tensor) -> Tensor:
        """All that is learned but the LSTM: what that is fed with, [games, 4 × hidden]."""
        around = self.glyph(sight.around).permute(0, 3, 1, 2)
        near = self.near_out(self.near(torch.cat([around, sight.spent], dim=1)))
        far = self.far_out(self.far(sight.far))
        words = self.read(message)
        figures = self.figures(sight.figures)
        done = self.previous(previous.long())
        return self.into(torch.cat([F.relu(near), F.relu(far), words, F.relu(figures), done], dim=1))

    def recur(self, thought: Tensor, hidden: Tensor, cell: Tensor) -> Tuple[Tensor, Tensor]:
        """One step of the LSTM."""
        take, keep, new, give = (thought + self.again(hidden)).chunk(4, dim=1)
        cell = torch.sigmoid(keep) * cell + torch.sigmoid(take) * torch.tanh(new)
        return torch.sigmoid(give) * torch.tanh(cell), cell

    def forward(self, seen: Observation, state: State) -> Tuple[Tensor, State]:
        """One step of each game."""
        ground = self.survey(seen.glyphs)
        level = self.remember(ground, seen.status, Level(state.spent, state.ways, state.worth), state.place)
        sight = self.look(seen, ground, level, state.place)
        thought = self.think(sight, seen.message, seen.previous)
        hidden, cell = self.recur(thought, state.hidden, state.cell)
        logits = end_lines(self.out(hidden), seen.waiting)
        return logits, State(hidden, cell, *level, levels.place_of(seen.status))


def end_lines(logits: Tensor, waiting: Tensor) -> Tensor:
    """Where the game wants a line of text, only the keys that end it are left: the one thing that is not learned about actions.

    Explorer hardly ever gets there, and whatever else is typed goes into the line, which looks the same for ever: of 64 games
    after 1,500 updates eight ended so.
    """
    index = torch.arange(ACTIONS)
    ends = (index == _ENTER) | (index == _ESCAPE)
    return torch.where((waiting[:, 1:2] > 0) & ~ends, torch.full_like(logits, float("-inf")), logits)
