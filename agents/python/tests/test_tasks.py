"""Recorded episodes of NLE's eight tasks, played again through Python: every observation, reward and end."""

import base64
import gzip
import json
import struct
import unittest
import zlib
from pathlib import Path

import arena
import gym

FOLDER = Path(__file__).resolve().parents[3] / "test/golden/tasks"
TRACES = sorted(FOLDER.glob("*.json.gz"))


def digest(observation, keys):
    crc = 0
    for key in keys:
        field = observation[key]
        crc = zlib.crc32((field.astype("<i4") if key == "blstats" else field).tobytes(), crc)
    return crc


class Traces(unittest.TestCase):
    def play(self, trace, reset, step, actions):
        keys = trace["observationKeys"]
        packed = base64.b64decode(trace["obsCrc"])
        crcs = struct.unpack(f"<{len(packed) // 4}I", packed)
        self.assertEqual(digest(reset(), keys), crcs[0], "observation of the reset")
        done, info = False, {}
        for number, (action, reward) in enumerate(zip(actions, trace["rewards"]), 1):
            self.assertFalse(done)
            observation, earned, done, info = step(action)
            self.assertEqual(round(earned, 6), reward, f"reward of step {number}")
            if number < len(crcs):
                self.assertEqual(digest(observation, keys), crcs[number], f"observation {number}")
        self.assertEqual(done, trace["done"])
        if done:
            self.assertEqual(info["end_status"], trace["endStatus"])
            self.assertEqual(info["is_ascended"], trace["isAscended"])

    def test_traces_are_here(self):
        self.assertEqual(len(TRACES), 24)
        self.assertEqual(len({path.name.split("-")[1] for path in TRACES}), 8)

    def test_each(self):
        for path in TRACES:
            with self.subTest(path.name), gzip.open(path) as file:
                trace = json.load(file)
                options = {
                    "character": trace["character"],
                    "max_episode_steps": trace["maxEpisodeSteps"],
                    "observation_keys": trace["observationKeys"],
                    "clock": trace["clock"],
                }
                env = gym.make(trace["task"], **options)
                self.assertEqual([int(action) for action in env.actions], trace["actionKeys"])
                if trace["task"] == "NetHackChallenge-v0":
                    self.challenge(trace)
                    continue
                env.seed(int(trace["core"]), int(trace["disp"]))
                self.play(trace, env.reset, env.step, trace["actions"])
                env.close()

    def challenge(self, trace):
        """Its seeds cannot be set, so it is played as the base environment with the challenge's rules."""
        env = arena.make(
            "NetHack-v0",
            character=trace["character"],
            max_episode_steps=trace["maxEpisodeSteps"],
            observation_keys=trace["observationKeys"],
            clock=trace["clock"],
            actions=trace["actionKeys"],
            allow_all_modes=True,
            allow_all_yn_questions=True,
        )
        env.seed(int(trace["core"]), int(trace["disp"]))
        self.play(trace, env.reset, env.step, trace["actions"])
        env.close()


if __name__ == "__main__":
    unittest.main()
