"""What counts as an action, and what is said of an answer that is none."""

from __future__ import annotations

import enum
import operator
from typing import Any, List, Sequence, Tuple

import numpy as np

from .notices import warn_once


#: How an index is had, for whoever answers something else.
BY_NAME = ', such as self.context.index("SEARCH") gives an Agent, and env.actions.index(...) whoever has an environment'


class InvalidAction(ValueError, IndexError):
    """An answer that is no action: not a whole number, a bool, or out of range. An IndexError too, which is what NLE raises for one out of range."""


def described(value: Any) -> str:
    """A value and its type in a few words."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - a participant's __repr__ may do anything
        text = "something"
    text = " ".join(text.split())
    return f"{text if len(text) <= 60 else text[:59] + '…'} ({type(value).__name__})"


def action_index(value: Any, count: int) -> int:
    """The index of an action, 0 … count - 1, as a plain int. Raises InvalidAction and says what came."""
    if isinstance(value, enum.Enum):
        # Its number is a key, and as an index it would silently be another action.
        raise InvalidAction(f"{described(value)}: its number is a key; an action is its index{BY_NAME}")
    if isinstance(value, (bool, np.bool_)):
        raise InvalidAction(f"{described(value)}: an action is a whole number from 0 to {count - 1}{BY_NAME}")
    try:
        index = operator.index(value)
    except TypeError:
        raise InvalidAction(f"{described(value)}: an action is a whole number from 0 to {count - 1}{BY_NAME}") from None
    if not 0 <= index < count:
        raise InvalidAction(f"{described(value)}: an action is a whole number from 0 to {count - 1}{BY_NAME}")
    return index


def index_of_enum(value: Any) -> Any:
    """
    What an environment steps by: an IntEnum is its number, taken as an index as NLE takes it, and a warning; all else stays as it
    is. Agents have no such leniency: see action_index.
    """
    if not isinstance(value, enum.IntEnum):
        return value
    warn_once(
        f"{described(value)} was given as an action and is taken as the index {int(value)}, not as its key: "
        "env.actions.index(...) gives the index of a key"
    )
    return int(value)


def action_indices(answers: Any, slots: Sequence[int], games: int, count: int) -> Tuple[List[int], List[str]]:
    """
    Of one answer for each of `games` slots those for `slots`, -1 where it is no action, and what came for each of these, in
    order; one sentence where it holds for all.
    """
    if isinstance(answers, np.ndarray):
        answers = answers.tolist() if answers.dtype.kind in "iu" else list(answers) if answers.ndim > 0 else answers
    try:
        given = len(answers)
    except TypeError:
        return [-1] * len(slots), [f"{described(answers)} came instead of a list of {games} actions"]
    if given != games:
        return [-1] * len(slots), [f"{given} actions came for {games} games"]
    indices: List[int] = []
    wrong: List[str] = []
    for slot in slots:
        value = answers[slot]
        if type(value) is int and 0 <= value < count:
            indices.append(value)
            continue
        try:
            indices.append(action_index(value, count))
        except InvalidAction as problem:
            indices.append(-1)
            wrong.append(str(problem))
    return indices, wrong
