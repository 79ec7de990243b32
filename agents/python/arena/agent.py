"""What a participant writes: an Agent, which plays one game at a time, or a BatchedAgent as in 2021."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from .texts import text


@dataclass(frozen=True)
class Action:
    """One of the 121 actions of the NetHack Challenge. An agent answers its index."""

    index: int
    #: The group it belongs to, e.g. CompassDirection.
    set: str
    #: Unique within its set, e.g. N.
    name: str
    #: 0 … 255, the byte NetHack reads; several actions may share one.
    key: int


class ActionNameError(KeyError):
    """Told as it is: a KeyError shows its message in quotation marks."""

    def __str__(self) -> str:
        return str(self.args[0])


def find_action(actions: Sequence[Action], set_or_name: str, name: Optional[str] = None) -> Action:
    """The action of that name. Raises ActionNameError, which tells what there is."""

    def call(action: Action) -> str:
        return f'index("{action.set}", "{action.name}")'

    if name is None:
        found = [action for action in actions if action.name == set_or_name]
    else:
        found = [action for action in actions if (action.set, action.name) == (set_or_name, name)]
    if len(found) == 1:
        return found[0]
    if found:
        choices = " or ".join(map(call, found))
        raise ActionNameError(f"{len(found)} actions are called {set_or_name}: say {choices}")
    asked = set_or_name if name is None else f"{set_or_name}.{name}"
    plain = (name or set_or_name).upper()
    near = [action for action in actions if action.name.startswith(plain)]
    advice = (
        f"did you mean {' or '.join(map(call, near[:3]))}?"
        if near
        else f"context.actions lists all {len(actions)}, each with its set and its name"
    )
    raise ActionNameError(f"there is no action {asked}; {advice}")


@dataclass(frozen=True)
class Context:
    """What is known before the first game."""

    actions: Tuple[Action, ...]
    #: 0 … 2^32-1, differs from process to process; for games prefer GameInfo.seed.
    seed: int
    #: Names of the fields that arena.json asks for, in the platform's order.
    fields: Tuple[str, ...]
    #: The limits in force; units are in the names.
    limits: Mapping[str, float]
    games_at_once: int
    #: Of the platform, of NetHack, and the engine's id: games are the same on the same engine.
    versions: Mapping[str, str]

    def index(self, set_or_name: str, name: Optional[str] = None) -> int:
        """
        The index of an action by its name, `index("SEARCH")`, or by its set and its name, `index("CompassDirection", "N")`. Raises
        KeyError for what is no name, and for one that several actions have.
        """
        return find_action(self.actions, set_or_name, name).index


@dataclass(frozen=True)
class GameInfo:
    """What is known of a game when it begins."""

    #: 0 … games_at_once - 1: its place; the next game in it has another episode.
    slot: int
    #: Counts the games of a slot, from 0.
    episode: int
    #: The same each time this game is played: draw your random numbers from it. It says nothing about the game's own seeds.
    seed: int


@dataclass(frozen=True)
class GameOver:
    """What is said when a game is over; its seeds are never told."""

    slot: int
    episode: int
    #: game_over, step_limit, no_progress, or a verdict such as time_bank or invalid_action.
    reason: str
    score: int
    turns: int
    steps: int
    ascended: bool


class Observation(Dict[str, np.ndarray]):
    """
    The wished fields by name, as in NLE: read-only views that the next step changes, so copy what must last.
    """

    slot: int = 0
    episode: int = 0
    #: Actions answered in this game so far.
    step: int = 0
    #: Sum of the rewards so far: what the board will show.
    score: int = 0

    def text(self, name: str) -> str:
        """A text field as a string, e.g. `observation.text("text_surroundings")`."""
        return text(self[name])

    def __missing__(self, name: str) -> np.ndarray:
        raise KeyError(f'{name}: this field was not asked for; add it to "fields" in arena.json')


class Agent:
    """
    Plays one game at a time: derive from it and write `act`. Each place of `gamesAtOnce` has an agent of its own; load a
    model once for all of them, outside the class or in `__init__` of the first.

    A method `see_last(observation)`, if there is one, is shown what the key that ended a game led to, before `game_over`: of a game that
    ended by itself NetHack's last screen in the tty fields, with the map and the status figures cleared. No answer is due.
    """

    def __init__(self, context: Context) -> None:
        self.context = context

    def reset(self, game: GameInfo) -> None:
        """A game begins; called before its first observation."""

    def act(self, observation: Observation) -> int:
        """The index of the next action, 0 … 120."""
        raise NotImplementedError(f"{type(self).__name__} has no method act(observation)")

    def game_over(self, over: GameOver) -> None:
        """The game is over."""


class BatchedAgent:
    """
    Plays `num_envs` games together, with the interface of 2021. Games follow each other by themselves: where `dones[i]` is
    true, `observations[i]` is the first of another game. A method `see_last(observation)` is called as Agent's; `observation.slot`
    says whose game it was.
    """

    def __init__(self, num_envs: int, num_actions: int) -> None:
        self.num_envs = num_envs
        self.num_actions = num_actions

    def batched_step(
        self,
        observations: List[Observation],
        rewards: List[float],
        dones: List[bool],
        infos: List[Dict[str, Any]],
    ) -> Sequence[int]:
        """One action's index for each game."""
        raise NotImplementedError(f"{type(self).__name__} has no method batched_step(...)")


def context_of(hello: Mapping[str, Any]) -> Context:
    """From the platform's first frame."""
    return Context(
        actions=tuple(Action(**action) for action in hello["actions"]),
        seed=hello["seed"],
        fields=tuple(field["name"] for field in hello["fields"]),
        limits=dict(hello["limits"]),
        games_at_once=hello["gamesAtOnce"],
        versions=dict(hello.get("versions", {})),
    )


__all__ = ["Action", "ActionNameError", "Agent", "BatchedAgent", "Context", "GameInfo", "GameOver", "Observation", "context_of"]
