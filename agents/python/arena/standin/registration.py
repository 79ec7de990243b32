"""Environments by name."""

from __future__ import annotations

import importlib
from typing import Any, Callable, Dict, Iterable, Optional, Union

from .core import TimeLimit


class Error(Exception):
    """What gym calls Error."""


class UnregisteredEnv(Error):
    """There is no environment of this name."""


class EnvSpec:
    """How to make an environment."""

    def __init__(
        self,
        id: str,
        entry_point: Union[str, Callable[..., Any], None] = None,
        max_episode_steps: Optional[int] = None,
        kwargs: Optional[Dict[str, Any]] = None,
        **more: Any,
    ) -> None:
        self.id = id
        self.entry_point = entry_point
        self.max_episode_steps = max_episode_steps
        self.kwargs = dict(kwargs or {})
        for name, value in more.items():
            setattr(self, name, value)

    def make(self, **arguments: Any) -> Any:
        creator = self.entry_point
        if isinstance(creator, str):
            module, _, name = creator.partition(":")
            creator = getattr(importlib.import_module(module), name)
        if creator is None:
            raise Error(f"{self.id} has no entry point")
        env = creator(**{**self.kwargs, **arguments})
        env.unwrapped.spec = self
        return env if self.max_episode_steps is None else TimeLimit(env, self.max_episode_steps)

    def __repr__(self) -> str:
        return f"EnvSpec({self.id})"


class Registry(Dict[str, EnvSpec]):
    """Names → how to make them."""

    @property
    def env_specs(self) -> Dict[str, EnvSpec]:
        return self

    def all(self) -> Iterable[EnvSpec]:
        return self.values()

    def register(self, id: str, **arguments: Any) -> None:
        self[id] = EnvSpec(id, **arguments)

    def spec(self, id: str) -> EnvSpec:
        if id not in self:
            known = ", ".join(sorted(self)) or "none yet: import nle first"
            raise UnregisteredEnv(f"there is no environment {id!r}; there are {known}")
        return self[id]

    def make(self, id: Union[str, EnvSpec], **arguments: Any) -> Any:
        """An environment by its name; `module:name` imports the module first."""
        if isinstance(id, EnvSpec):
            return id.make(**arguments)
        module, _, name = id.rpartition(":")
        if module:
            importlib.import_module(module)
        return self.spec(name).make(**arguments)
