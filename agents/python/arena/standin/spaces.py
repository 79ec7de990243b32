"""Spaces: what an observation or an action may be."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Dict as Mapping, Iterator, Optional, Sequence, Tuple as Pair, Union

import numpy as np


class Space:
    """A set of values that can be drawn from."""

    def __init__(
        self, shape: Optional[Sequence[int]] = None, dtype: Any = None, seed: Optional[int] = None
    ) -> None:
        self._shape = None if shape is None else tuple(shape)
        self.dtype = None if dtype is None else np.dtype(dtype)
        self.np_random = np.random.default_rng(seed)

    @property
    def shape(self) -> Optional[Pair[int, ...]]:
        return self._shape

    def seed(self, seed: Optional[int] = None) -> Any:
        """Seeds what `sample` draws."""
        self.np_random = np.random.default_rng(seed)
        return [seed]

    def sample(self) -> Any:
        raise NotImplementedError

    def contains(self, x: Any) -> bool:
        raise NotImplementedError

    def __contains__(self, x: Any) -> bool:
        return self.contains(x)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))


class Discrete(Space):
    """Whole numbers from `start` on, `n` of them."""

    def __init__(self, n: int, seed: Optional[int] = None, start: int = 0) -> None:
        super().__init__((), np.int64, seed)
        self.n = int(n)
        self.start = int(start)

    def sample(self) -> int:
        return self.start + int(self.np_random.integers(self.n))

    def contains(self, x: Any) -> bool:
        if isinstance(x, (bool, np.bool_)) or not isinstance(x, (int, np.integer, np.ndarray)):
            return False
        if isinstance(x, np.ndarray) and (x.shape != () or x.dtype.kind not in "iu"):
            return False
        return self.start <= int(x) < self.start + self.n

    def __repr__(self) -> str:
        return f"Discrete({self.n})" if self.start == 0 else f"Discrete({self.n}, start={self.start})"


class Box(Space):
    """Arrays between two bounds."""

    def __init__(
        self,
        low: Any,
        high: Any,
        shape: Optional[Sequence[int]] = None,
        dtype: Any = np.float32,
        seed: Optional[int] = None,
    ) -> None:
        bounds = np.broadcast(np.asarray(low), np.asarray(high)).shape
        super().__init__(bounds if shape is None else shape, dtype, seed)
        self.low = np.full(self._shape or (), low, dtype)
        self.high = np.full(self._shape or (), high, dtype)

    def sample(self) -> np.ndarray:
        if self.low.dtype.kind == "f":
            return self.np_random.uniform(self.low, self.high).astype(self.dtype)
        low, high = self.low.astype(np.int64), self.high.astype(np.int64)
        return self.np_random.integers(low, high, endpoint=True).astype(self.dtype)

    def contains(self, x: Any) -> bool:
        if not isinstance(x, np.ndarray):
            return False
        fits = x.shape == self.shape and np.can_cast(x.dtype, self.low.dtype)
        return bool(fits and np.all(x >= self.low) and np.all(x <= self.high))

    def __repr__(self) -> str:
        low, high = (bound.min() if bound.size else 0 for bound in (self.low, self.high))
        return f"Box({low}, {high}, {self.shape}, {self.dtype})"


class MultiBinary(Space):
    """Arrays of zeros and ones."""

    def __init__(self, n: Union[int, Sequence[int]], seed: Optional[int] = None) -> None:
        super().__init__((n,) if isinstance(n, int) else n, np.int8, seed)
        self.n = n

    def sample(self) -> np.ndarray:
        return self.np_random.integers(0, 2, size=self.shape, dtype=np.int8)

    def contains(self, x: Any) -> bool:
        return isinstance(x, np.ndarray) and x.shape == self.shape and bool(np.isin(x, (0, 1)).all())

    def __repr__(self) -> str:
        return f"MultiBinary({self.n})"


class MultiDiscrete(Space):
    """Arrays of whole numbers, each below a bound of its own."""

    def __init__(self, nvec: Sequence[int], dtype: Any = np.int64, seed: Optional[int] = None) -> None:
        self.nvec = np.asarray(nvec, dtype)
        super().__init__(self.nvec.shape, dtype, seed)

    def sample(self) -> np.ndarray:
        return self.np_random.integers(0, self.nvec).astype(self.dtype)

    def contains(self, x: Any) -> bool:
        given = np.asarray(x)
        return given.shape == self.shape and bool(np.all(given >= 0) and np.all(given < self.nvec))

    def __repr__(self) -> str:
        return f"MultiDiscrete({self.nvec.tolist()})"


class Dict(Space):
    """Values by name."""

    def __init__(
        self, spaces: Optional[Mapping[str, Space]] = None, seed: Optional[int] = None, **more: Space
    ) -> None:
        self.spaces = OrderedDict({**(spaces or {}), **more})
        super().__init__(None, None, seed)
        self.seed(seed)

    def seed(self, seed: Optional[int] = None) -> Any:
        return [each.seed(None if seed is None else seed + i) for i, each in enumerate(self.spaces.values())]

    def sample(self) -> Mapping[str, Any]:
        return OrderedDict((name, space.sample()) for name, space in self.spaces.items())

    def contains(self, x: Any) -> bool:
        if not isinstance(x, dict) or set(x) != set(self.spaces):
            return False
        return all(x[name] in space for name, space in self.spaces.items())

    def __getitem__(self, name: str) -> Space:
        return self.spaces[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.spaces)

    def __len__(self) -> int:
        return len(self.spaces)

    def keys(self) -> Any:
        return self.spaces.keys()

    def values(self) -> Any:
        return self.spaces.values()

    def items(self) -> Any:
        return self.spaces.items()

    def __repr__(self) -> str:
        return "Dict(" + ", ".join(f"{name!r}: {space}" for name, space in self.spaces.items()) + ")"


class Tuple(Space):
    """Values in order."""

    def __init__(self, spaces: Sequence[Space], seed: Optional[int] = None) -> None:
        self.spaces = tuple(spaces)
        super().__init__(None, None, seed)

    def sample(self) -> Pair[Any, ...]:
        return tuple(space.sample() for space in self.spaces)

    def contains(self, x: Any) -> bool:
        if not isinstance(x, (tuple, list)) or len(x) != len(self.spaces):
            return False
        return all(value in space for value, space in zip(x, self.spaces))

    def __getitem__(self, index: int) -> Space:
        return self.spaces[index]

    def __len__(self) -> int:
        return len(self.spaces)

    def __repr__(self) -> str:
        return f"Tuple({', '.join(map(repr, self.spaces))})"


__all__ = ["Box", "Dict", "Discrete", "MultiBinary", "MultiDiscrete", "Space", "Tuple"]
