"""A bot as they were written in 2021: a loop of its own over a gym environment, 26 blstats, the score read on the last screen."""

import re
from collections import namedtuple

import gym
import nle.nethack as nh

BLStats = namedtuple(
    "BLStats",
    "x y strength_percentage strength dexterity constitution intelligence wisdom charisma score hitpoints max_hitpoints depth gold "
    "energy max_energy armor_class monster_level experience_level experience_points time hunger_state carrying_capacity "
    "dungeon_number level_number prop_mask",
)
WAYS = [nh.CompassDirection.N, nh.CompassDirection.E, nh.CompassDirection.S, nh.CompassDirection.W]
#: Leaves whatever the game asks, then quits.
QUIT = [nh.Command.ESC, nh.Command.ESC, nh.Command.QUIT, nh.CompassDirection.NW, *[nh.Command.ESC] * 6]


class Bot:
    def __init__(self, env):
        self.env = env
        self.index = {int(action): place for place, action in enumerate(env.actions)}

    def update(self, observation):
        self.blstats = BLStats(*observation["blstats"])
        self.prompt = bool(observation["misc"].any())
        self.screen = [bytes(line).decode("latin-1").rstrip() for line in observation["tty_chars"]]

    def play(self, turns):
        self.update(self.env.reset())
        done, steps = False, 0
        while not done and self.blstats.time < turns:
            steps += 1
            is_asked = self.prompt or "--More--" in " ".join(self.screen)
            done = self.step(nh.Command.ESC if is_asked else nh.Command.SEARCH if steps % 2 else WAYS[steps // 2 % 4])
        score, time = self.blstats.score, self.blstats.time
        while not done:
            for key in QUIT:
                done = done or self.step(key)
        return score, time, self.score()

    def step(self, action):
        observation, _, done, self.info = self.env.step(self.index[int(action)])
        self.update(observation)
        return done

    def score(self):
        """Points of the one line in the list of scores."""
        text = " ".join(self.screen)
        return int(re.search(r"(\d+)\s+Agent-", text).group(1))


def main():
    env = gym.make("NetHackChallenge-v0", savedir=None, archivefile=None)
    bot = Bot(env)
    while True:
        score, time, points = bot.play(30)
        print(f"status line {score} at turn {time}, last screen {points}")


main()
