"""Several observations as one: side by side, or one after another."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Any, Deque, Sequence

import numpy as np

from . import spaces
from .core import ObservationWrapper


def stacked_space(space: Any, count: int) -> Any:
    """The space of `count` values of a space along a new first axis. Raises TypeError where there is none."""
    if isinstance(space, spaces.Box):
        shape = (count, *space.low.shape)
        low, high = np.broadcast_to(space.low, shape), np.broadcast_to(space.high, shape)
        return spaces.Box(low, high, shape, space.dtype)
    if isinstance(space, spaces.Dict):
        return spaces.Dict(OrderedDict((name, stacked_space(each, count)) for name, each in space.items()))
    if isinstance(space, spaces.Discrete) and space.start == 0:
        return spaces.MultiDiscrete([space.n] * count)
    raise TypeError(f"the stand-in stacks Box, Dict and Discrete from 0, not {space}")


def stacked(values: Sequence[Any], space: Any) -> Any:
    """Values of a space along a new first axis, copied."""
    if isinstance(space, spaces.Dict):
        return {name: stacked([value[name] for value in values], each) for name, each in space.items()}
    return np.stack([np.asarray(value) for value in values])


class FrameStack(ObservationWrapper):
    """
    The last `num_stack` observations along a new first axis, the first of an episode repeated; arrays, and dicts of arrays, each of
    them stacked. Nothing is compressed: lz4_compress is refused.
    """

    def __init__(self, env: Any, num_stack: int, lz4_compress: bool = False) -> None:
        if lz4_compress:
            raise ValueError("the stand-in's FrameStack does not compress: leave lz4_compress out")
        if num_stack < 1:
            raise ValueError("num_stack is 1 or more")
        super().__init__(env)
        self.num_stack = num_stack
        self.frames: Deque[Any] = deque(maxlen=num_stack)
        self.observation_space = stacked_space(env.observation_space, num_stack)

    def observation(self, observation: Any) -> Any:
        self.frames.append(observation)
        return stacked(list(self.frames), self.env.observation_space)

    def reset(self, **arguments: Any) -> Any:
        seen = self.env.reset(**arguments)
        has_info = isinstance(seen, tuple) and len(seen) == 2
        first = seen[0] if has_info else seen
        self.frames.extend([first] * (self.num_stack - 1))
        return (self.observation(first), seen[1]) if has_info else self.observation(first)
