"""The network of the baseline cloner: the same model, fed as its arena.json says."""

from __future__ import annotations

import os
from typing import List, Sequence

import numpy as np

import arena
from perception.batch import Batch

#: As in cloner's arena.json.
TEMPERATURE = 0.7
_STATES = ("hidden", "cell", "spent", "ways", "worth", "place")
_NO_ACTION = 121


class Policy:
    """For `games` places. What the model keeps of each game goes from step to step."""

    def __init__(self, games: int) -> None:
        self._model = arena.onnx.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "policy.onnx"))
        shapes = {info.name: info.shape[1:] for info in self._model.inputs}
        self._states = {name: np.zeros((games, *shapes[name]), np.float32) for name in _STATES}
        #: The last action of each game, the rules' too.
        self.previous = np.full(games, _NO_ACTION, np.int32)

    def reset(self, place: int) -> None:
        """Another game begins there."""
        self.previous[place] = _NO_ACTION
        for state in self._states.values():
            state[place] = 0

    def think(self, places: Sequence[int], batch: Batch) -> np.ndarray:
        """Logits of the 121 actions for the games in these places, [places, 121]; `batch` has their observations in order."""
        at = np.asarray(places)
        outputs = self._model.run(
            {
                **{"glyphs": batch.glyphs, "status": batch.status, "message": batch.message, "waiting": batch.waiting},
                **{"inventory": batch.inventory, "cursor": batch.cursor, "previous": self.previous[at]},
                **{name: state[at] for name, state in self._states.items()},
            }
        )
        for name, state in self._states.items():
            state[at] = outputs[f"{name}_next"]
        return outputs["logits"]


def draw(logits: np.ndarray, allowed: np.ndarray, draws: Sequence[float]) -> List[int]:
    """
    An action for each row, by the softmax of logits / TEMPERATURE over what is allowed; `draws` in 0 … 1 decide. `logits`,
    `allowed` [rows, 121]. Where the model leaves nothing that is allowed, any of these, as likely as the others.
    """
    masked = np.where(allowed, logits.astype(np.float64), -np.inf)
    best = masked.max(axis=1, keepdims=True)
    lost = ~np.isfinite(best[:, 0])
    masked[lost] = np.where(allowed[lost], 0.0, -np.inf)
    best[lost] = 0.0
    sums = np.exp((masked - best) / TEMPERATURE).cumsum(axis=1)
    wanted = np.asarray(draws)[:, None] * sums[:, -1:]
    return (sums <= wanted).sum(axis=1).clip(0, logits.shape[1] - 1).tolist()
