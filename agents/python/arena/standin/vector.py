"""Environments that are stepped one after another as one."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Sequence, Union

import numpy as np

from arena import session as sessions

from .core import Env
from .stacking import stacked, stacked_space


def _merged(infos: Sequence[Dict[str, Any]]) -> Dict[str, np.ndarray]:
    """Gymnasium's form: an array for each name, and as _name where it holds."""
    merged: Dict[str, np.ndarray] = {}
    for place, info in enumerate(infos):
        for name, value in info.items():
            if name not in merged:
                merged[name] = np.full(len(infos), None, dtype=object)
                merged[f"_{name}"] = np.zeros(len(infos), dtype=bool)
            merged[name][place] = value
            merged[f"_{name}"][place] = True
    return merged


class SyncVectorEnv(Env):
    """
    Environments made by `env_fns`. One that is done begins its next episode in the same step: its observation is the new one's first, and
    the last is told in its info. That is gym's `terminal_observation`, with a list of infos, where the environments step in
    four values; gymnasium's `final_observation` and `final_info`, with one dict of arrays, where they step in five. No faster
    than a loop: arena.make_vector is.
    """

    def __init__(self, env_fns: Sequence[Callable[[], Any]]) -> None:
        if sessions.current() is not None and len(env_fns) > 1:
            raise RuntimeError(
                "evaluated, there is one environment a process: play several games by arena.make_vector or a BatchedAgent"
            )
        if not env_fns:
            raise ValueError("env_fns is a list of functions that make environments, at least one")
        self.envs: List[Any] = [make() for make in env_fns]
        self.num_envs = len(self.envs)
        self.single_observation_space = self.envs[0].observation_space
        self.single_action_space = self.envs[0].action_space
        self.observation_space = stacked_space(self.single_observation_space, self.num_envs)
        self.action_space = stacked_space(self.single_action_space, self.num_envs)

    def _stacked(self, observations: Sequence[Any]) -> Any:
        return stacked(observations, self.single_observation_space)

    def reset(
        self, *, seed: Union[int, Sequence[Optional[int]], None] = None, options: Optional[Dict[str, Any]] = None
    ) -> Any:
        """Begins an episode in each. `seed` (gymnasium's form): one for each, or the first's, from which the others count up."""
        seeds = [seed + i for i in range(self.num_envs)] if isinstance(seed, int) else seed
        if seeds is not None and len(seeds) != self.num_envs:
            raise ValueError(f"{len(seeds)} seeds came for {self.num_envs} environments")
        results = []
        for place, env in enumerate(self.envs):
            arguments: Dict[str, Any] = {}
            if seeds is not None:
                arguments["seed"] = seeds[place]
            if options is not None:
                arguments["options"] = options
            results.append(env.reset(**arguments))
        if all(isinstance(result, tuple) and len(result) == 2 for result in results):
            return self._stacked([seen for seen, _ in results]), _merged([info for _, info in results])
        return self._stacked(results)

    def step(self, actions: Any) -> Any:
        """One action for each."""
        if len(actions) != self.num_envs:
            raise ValueError(f"{len(actions)} actions came for {self.num_envs} environments")
        observations, ends, infos = [], [], []
        rewards = np.zeros(self.num_envs)
        has_five_values = False
        for place, (env, action) in enumerate(zip(self.envs, actions)):
            seen, rewards[place], *end, info = env.step(action)
            has_five_values = len(end) == 2
            if any(end):
                last = seen
                if has_five_values:
                    seen, begun = env.reset()
                    info = {**begun, "final_observation": last, "final_info": info}
                else:
                    seen, info = env.reset(), {**info, "terminal_observation": last}
            observations.append(seen)
            ends.append(end)
            infos.append(info)
        flags = (np.array(each, dtype=bool) for each in zip(*ends))
        return (self._stacked(observations), rewards, *flags, _merged(infos) if has_five_values else infos)

    def seed(self, seed: Any = None) -> Any:
        """Gym's form: seeds the next episode of each, counting up from a number."""
        seeds = [seed + i for i in range(self.num_envs)] if isinstance(seed, int) else seed or [None] * self.num_envs
        return [env.seed(each) for env, each in zip(self.envs, seeds)]

    def close(self) -> None:
        for env in self.envs:
            env.close()
