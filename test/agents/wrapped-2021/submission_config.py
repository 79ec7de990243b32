import gym
import numpy as np
from nle import nethack

import aicrowd_gym

SEARCH = [int(action) for action in nethack.ACTIONS].index(ord("s"))
made = 0


class Skips(gym.Wrapper):
    """Gives each action to the game several times, every other environment three times, else once."""

    def __init__(self, env, times):
        super().__init__(env)
        self.times = times

    def step(self, action):
        total = 0.0
        for _ in range(self.times):
            observation, reward, done, info = self.env.step(action)
            total += reward
            if done:
                break
        return observation, total, done, info


def make_env():
    global made
    made += 1
    env = Skips(aicrowd_gym.make("NetHackChallenge-v0"), 3 if made % 2 == 0 else 1)
    return gym.wrappers.TimeLimit(env, 30)


class Searcher:
    def __init__(self, num_envs, num_actions):
        self.calls = np.zeros(num_envs, int)

    def batched_step(self, observations, rewards, dones, infos):
        for i in np.flatnonzero(dones):
            print(f"place {i} over at its call {self.calls[i]}, turn {observations[i]['blstats'][nethack.NLE_BL_TIME]} follows")
        self.calls += 1
        return [SEARCH] * len(observations)


class SubmissionConfig:
    AGENT = Searcher
    NUM_ENVIRONMENTS = 4
    MAKE_ENV_FN = make_env
    SEED = 3
