"""arena.make and arena.make_vector: environments that are evaluated in the arena and played by the engine elsewhere."""

from __future__ import annotations

import threading
from typing import Any, Dict, List, Optional, Tuple, Union

import numpy as np

from . import session as sessions
from .answers import InvalidAction, action_indices, index_of_enum
from .evaluated import EvaluatedBatch, EvaluatedGame

_game: Optional[EvaluatedGame] = None
_batch: Optional[EvaluatedBatch] = None
#: Of a thread that plays one place of a batch (arena.places).
_place = threading.local()


def bind_place(game: EvaluatedGame) -> None:
    """Environments that this thread makes are this game from now on."""
    _place.game = game


def evaluated_game() -> Optional[EvaluatedGame]:
    """The game of this process if it is evaluated, or of this thread's place in a batch; one, whoever asks."""
    global _game
    bound: Optional[EvaluatedGame] = getattr(_place, "game", None)
    if bound is not None:
        return bound
    session = sessions.current()
    if session is not None and _game is None:
        games = session.context.games_at_once
        if games != 1:
            raise RuntimeError(
                f"arena.json says gamesAtOnce: {games}, and an environment plays one game at a time: "
                "set it to 1, or play them together by arena.make_vector or a BatchedAgent"
            )
        _game = EvaluatedGame(session)
    return _game


def _evaluated_batch() -> Optional[EvaluatedBatch]:
    global _batch
    session = sessions.current()
    if session is not None and _batch is None:
        _batch = EvaluatedBatch(session)
    return _batch


def in_play() -> bool:
    """Whether a game of the evaluation waits for an action."""
    return any(each is not None and each.in_play for each in (_game, _batch))


def was_asked() -> bool:
    """Whether the program asked for an environment of the evaluation."""
    return _game is not None or _batch is not None


def make(id: str = "NetHackChallenge-v0", api: Optional[str] = None, **options: Any) -> Any:
    """
    An environment by its name, with NLE's options. `api`: "gym" for `reset() → observation`, `step(a) → (observation, reward,
    done, info)`; "gymnasium" for `reset(seed=, options=) → (observation, info)`, `step(a) → (observation, reward, terminated,
    truncated, info)`; without it as `nle` says. `nle`: "0.7" (26 blstats), "0.9" or "1.x" (gymnasium), the process's unless
    given (ARENA_NLE, or arena.json's "nle"). While this program is evaluated, whatever the name, it is the platform's game under the challenge's
    rules. Raises ValueError for an unknown name or api.
    """
    from nle.env import registry

    return registry.make(id, api, options)


def make_vector(id: str = "NetHackChallenge-v0", num_envs: int = 32, api: Optional[str] = None, **options: Any) -> "VectorEnv":
    """As make, for `num_envs` games at once, which follow each other by themselves. Evaluated, it is arena.json's gamesAtOnce."""
    return VectorEnv(id, num_envs, api, options)


class VectorEnv:
    """
    Games side by side: observations by field's name with one entry a game (read-only views that the next step changes), one
    action's index for each. Where a game is over, its observation is the first of the next one, and its info's `final_observation` what
    the key that ended it led to.
    """

    def __init__(self, id: str, num_envs: int, api: Optional[str], options: Dict[str, Any]) -> None:
        from nle.env import registry

        spoken = registry.spoken_in(options)
        self._is_gymnasium = registry.is_gymnasium(api, spoken)
        batch = _evaluated_batch()
        self._finals: Dict[int, Dict[str, np.ndarray]] = {}
        if batch is not None:
            batch.see_last = self._keep_final
            if num_envs != batch.games:
                raise ValueError(f"num_envs is {num_envs}, and arena.json says gamesAtOnce: {batch.games}")
            self._games: Union[EvaluatedBatch, Any] = batch
            self.num_actions = 121
        else:
            self._games = registry.local_group(id, num_envs, options, spoken.blstats)
            self.num_actions = len(self._games.actions)
        self.num_envs = num_envs
        self._is_evaluated = batch is not None

    def reset(self, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None) -> Any:
        """Begins all games."""
        if seed is not None:
            raise RuntimeError("games of a vector draw their seeds themselves: make single environments to set them")
        self._games.reset()
        observations = self._games.image.stacked
        return (observations, {}) if self._is_gymnasium else observations

    def step(self, actions: Any) -> Tuple[Any, ...]:
        """An action's index for each game. Raises InvalidAction where it is none (evaluated, it ends its game instead)."""
        terminated: List[bool] = []
        truncated: List[bool] = []
        if isinstance(actions, (list, tuple)):
            actions = [index_of_enum(action) for action in actions]
        if self._is_evaluated:
            rewards, dones, infos = self._games.step(actions)
            terminated = [info["end_status"] > 0 for info in infos]
            truncated = [info["end_status"] < 0 for info in infos]
        else:
            indices, wrong = action_indices(actions, range(self.num_envs), self.num_envs, self.num_actions)
            if wrong:
                places = [place for place, index in enumerate(indices) if index < 0]
                told = [f"slot {place}: {what}" for place, what in zip(places, wrong)]
                raise InvalidAction("; ".join(told if len(wrong) == len(places) else wrong))
            outcomes = self._games.step_all(indices)
            rewards = [outcome.reward for outcome in outcomes]
            terminated = [outcome.terminated for outcome in outcomes]
            truncated = [outcome.truncated for outcome in outcomes]
            infos = [{"end_status": each.end_status, "is_ascended": each.ascended} for each in outcomes]
            self._finals.update(self._games.finals)
        for place in list(self._finals):
            infos[place]["final_observation"] = self._finals.pop(place)
        observations = self._games.image.stacked
        reward = np.array(rewards)
        if self._is_gymnasium:
            return observations, reward, np.array(terminated), np.array(truncated), infos
        return observations, reward, np.logical_or(terminated, truncated), infos

    def _keep_final(self, observation: Any) -> None:
        self._finals[observation.slot] = {name: field.copy() for name, field in observation.items()}

    def close(self) -> None:
        if not self._is_evaluated:
            self._games.close()
