import gym

import aicrowd_gym
import nle  # noqa: F401


class Counted(gym.Wrapper):
    """Counts the steps of an episode, and tells the agent how many there were."""

    def reset(self, **options):
        self.steps = 0
        return self.env.reset(**options)

    def step(self, action):
        observation, reward, done, info = self.env.step(action)
        self.steps += 1
        observation["steps"] = self.steps
        return observation, reward, done, {**info, "steps": self.steps}


class Halved(gym.RewardWrapper):
    """Rewards half as high."""

    def reward(self, reward):
        return reward / 2


def make_env():
    """An environment as the agent was trained in."""
    return Counted(Halved(aicrowd_gym.make("NetHackChallenge-v0")))
