"""The module by which submissions of 2021 made their environment."""

import gym
import nle  # noqa: F401 - registers the tasks

make = gym.make

__all__ = ["make"]
