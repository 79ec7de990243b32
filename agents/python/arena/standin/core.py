"""Env, and wrappers around one: what they have in common whichever of the two forms `step` has."""

from __future__ import annotations

from typing import Any, Dict, Optional


class Env:
    """An environment: reset, step, render, close."""

    metadata: Dict[str, Any] = {}
    render_mode: Optional[str] = None
    reward_range = (-float("inf"), float("inf"))
    spec: Any = None
    action_space: Any
    observation_space: Any

    def reset(self, **arguments: Any) -> Any:
        raise NotImplementedError

    def step(self, action: Any) -> Any:
        raise NotImplementedError

    def render(self, *arguments: Any, **named: Any) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        """Ends what runs."""

    def seed(self, seed: Optional[int] = None) -> Any:
        """Seeds the next episode."""

    @property
    def unwrapped(self) -> Any:
        return self

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class Wrapper(Env):
    """Passes everything on to the environment inside; derive from it to change some."""

    def __init__(self, env: Any) -> None:
        self.env = env

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "env":
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        return getattr(self.env, name)

    def __getattribute__(self, name: str) -> Any:
        # What Env gives a default is the inner environment's to say, unless it was set on this one.
        if name in ("metadata", "spec", "reward_range", "render_mode") and name not in object.__getattribute__(
            self, "__dict__"
        ):
            return getattr(object.__getattribute__(self, "env"), name)
        return object.__getattribute__(self, name)

    def reset(self, **arguments: Any) -> Any:
        return self.env.reset(**arguments)

    def step(self, action: Any) -> Any:
        return self.env.step(action)

    def render(self, *arguments: Any, **named: Any) -> Any:
        return self.env.render(*arguments, **named)

    def close(self) -> None:
        self.env.close()

    def seed(self, *arguments: Any, **named: Any) -> Any:
        return self.env.seed(*arguments, **named)

    @property
    def unwrapped(self) -> Any:
        return self.env.unwrapped

    def __str__(self) -> str:
        return f"<{type(self).__name__}{self.env}>"


class ObservationWrapper(Wrapper):
    """Changes what is seen, by `observation`."""

    def observation(self, observation: Any) -> Any:
        raise NotImplementedError

    def reset(self, **arguments: Any) -> Any:
        seen = self.env.reset(**arguments)
        if isinstance(seen, tuple) and len(seen) == 2:
            return self.observation(seen[0]), seen[1]
        return self.observation(seen)

    def step(self, action: Any) -> Any:
        observation, *rest = self.env.step(action)
        return (self.observation(observation), *rest)


class RewardWrapper(Wrapper):
    """Changes the reward, by `reward`."""

    def reward(self, reward: float) -> float:
        raise NotImplementedError

    def step(self, action: Any) -> Any:
        observation, reward, *rest = self.env.step(action)
        return (observation, self.reward(reward), *rest)


class ActionWrapper(Wrapper):
    """Changes the action, by `action`."""

    def action(self, action: Any) -> Any:
        raise NotImplementedError

    def step(self, action: Any) -> Any:
        return self.env.step(self.action(action))


class TimeLimit(Wrapper):
    """Ends episodes after so many steps."""

    def __init__(self, env: Any, max_episode_steps: Optional[int] = None) -> None:
        super().__init__(env)
        if max_episode_steps is None and env.spec is not None:
            max_episode_steps = env.spec.max_episode_steps
        self._max_episode_steps = max_episode_steps
        self._elapsed_steps = 0

    def reset(self, **arguments: Any) -> Any:
        self._elapsed_steps = 0
        return self.env.reset(**arguments)

    def step(self, action: Any) -> Any:
        stepped = self.env.step(action)
        self._elapsed_steps += 1
        if self._max_episode_steps is None or self._elapsed_steps < self._max_episode_steps:
            return stepped
        if len(stepped) == 5:
            observation, reward, terminated, _, info = stepped
            return observation, reward, terminated, True, info
        observation, reward, done, info = stepped
        info["TimeLimit.truncated"] = not done
        return observation, reward, True, info


class RecordEpisodeStatistics(Wrapper):
    """Adds the sum of rewards and the length of an episode to the info of its last step, as `episode`."""

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        self._sum = 0.0
        self._length = 0

    def reset(self, **arguments: Any) -> Any:
        self._sum, self._length = 0.0, 0
        return self.env.reset(**arguments)

    def step(self, action: Any) -> Any:
        stepped = self.env.step(action)
        self._sum += stepped[1]
        self._length += 1
        if any(stepped[2:-1]):
            stepped[-1]["episode"] = {"r": self._sum, "l": self._length}
        return stepped


class EzPickle:
    """Pickles as the arguments it was made with, and is made anew by them. Derived classes call its __init__ with these."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._ezpickle_args = arguments
        self._ezpickle_kwargs = named

    def __getstate__(self) -> Dict[str, Any]:
        return {"_ezpickle_args": self._ezpickle_args, "_ezpickle_kwargs": self._ezpickle_kwargs}

    def __setstate__(self, state: Dict[str, Any]) -> None:
        made = type(self)(*state["_ezpickle_args"], **state["_ezpickle_kwargs"])
        self.__dict__.update(made.__dict__)
