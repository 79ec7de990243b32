"""An agent as they were written for NLE: gym, nle, and a loop of its own. Nothing of it knows the arena."""

import argparse
import random

import gym
import nle
import numpy as np
from nle import nethack


class Walker:
    """Goes towards the nearest staircase down it sees, else wherever it happens to go."""

    def __init__(self, env):
        self.actions = env.actions
        self.random = random.Random(7)

    def index(self, action):
        return self.actions.index(action)

    def act(self, observation):
        glyphs, blstats = observation["glyphs"], observation["blstats"]
        here = np.array([blstats[nethack.NLE_BL_Y], blstats[nethack.NLE_BL_X]])
        stairs = np.argwhere(glyphs == nethack.GLYPH_CMAP_OFF + 24)
        pets = nethack.glyph_is_pet(glyphs)
        assert pets.shape == nethack.DUNGEON_SHAPE and pets.dtype == bool
        if len(stairs) > 0:
            away = stairs[0] - here
            if not away.any():
                return self.index(nethack.MiscDirection.DOWN)
            if self.random.random() < 0.7:
                return self.towards(np.sign(away))
        return self.random.choice([self.index(direction) for direction in nethack.CompassDirection])

    def towards(self, sign):
        name = {-1: "N", 0: "", 1: "S"}[int(sign[0])] + {-1: "W", 0: "", 1: "E"}[int(sign[1])]
        return self.index(nethack.CompassDirection[name])


def play(env, walker):
    observation = env.reset()
    assert observation["blstats"].dtype == np.int64 and observation["message"].shape == (256,)
    assert set(observation) == set(env.observation_space.spaces)
    steps, total, done, info = 0, 0.0, False, {}
    while not done:
        before = observation["tty_chars"].copy()
        kept = observation["tty_chars"]
        observation, reward, done, info = env.step(walker.act(observation))
        # What was seen stays as it was, as in a buffer for learning.
        assert np.array_equal(kept, before)
        steps += 1
        total += reward
    assert info["end_status"] in (nle.env.NLE.StepStatus.ABORTED, nle.env.NLE.StepStatus.DEATH)
    return steps, total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--env", default="NetHackScore-v0")
    flags = parser.parse_args()
    env = gym.make(flags.env)
    assert isinstance(env.unwrapped, nle.env.base.NLE)
    walker = Walker(env)
    for episode in range(1000):
        steps, total = play(env, walker)
        print(f"episode {episode}: {steps} steps, {total:.0f} points")


if __name__ == "__main__":
    main()
