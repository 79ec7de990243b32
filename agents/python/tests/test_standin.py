"""The stand-in for gym and gymnasium, and that the real ones go before it."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

import arena
from arena.standin import core, registration, spaces

HOME = str(Path(arena.__file__).parents[1])

REAL = """
__version__ = "{version}"
class Env: real = True
class _Spaces:
    class Box:
        def __init__(self, low, high, shape, dtype): pass
    class Discrete:
        def __init__(self, n): self.n = n
    class Dict:
        def __init__(self, spaces): self.spaces = spaces
spaces = _Spaces
registered = {{}}
def register(id, entry_point, **more): registered[id] = entry_point
def make(id): return registered[id]()
"""


def run(code, *places):
    path = os.pathsep.join([HOME, *places])
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": os.environ["PATH"], "PYTHONPATH": path}
    )
    if ran.returncode != 0:
        raise AssertionError(ran.stderr)
    return ran.stdout.split()


class Handover(unittest.TestCase):
    def real(self, name, version):
        folder = tempfile.mkdtemp()
        self.addCleanup(lambda: subprocess.run(["rm", "-r", folder]))
        package = Path(folder) / name
        package.mkdir()
        (package / "__init__.py").write_text(REAL.format(version=version))
        (package / "extra.py").write_text("found = True\n")
        return folder

    def test_nothing_installed(self):
        code = "import gym, nle, gymnasium; print(gym.is_stand_in, gymnasium.is_stand_in, nle.env.NLE.__bases__[-1].__module__)"
        self.assertEqual(run(code), ["True", "True", "arena.standin.core"])

    def test_installed_gym_is_used(self):
        code = (
            "import gym, gym.extra, nle; print(gym.__version__, gym.extra.found, nle.env.NLE.real)\n"
            "print(type(gym.make('NetHackScore-v0').step(0)) if 0 else len(gym.registered))"
        )
        self.assertEqual(run(code, self.real("gym", "0.19.0")), ["0.19.0", "True", "True", "9"])

    def test_new_gym_steps_in_five_values(self):
        code = "import gym, nle; e = gym.make('NetHackScore-v0'); print(len(e.reset()), len(e.step(0)))"
        self.assertEqual(run(code, self.real("gym", "0.26.2")), ["2", "5"])
        code = "import gym, nle; e = gym.make('NetHackScore-v0'); print(len(e.step(0)) if e.reset() else 0)"
        self.assertEqual(run(code, self.real("gym", "0.21.0")), ["4"])

    def test_installed_gymnasium_is_used(self):
        code = (
            "import nle, gymnasium; print(gymnasium.__version__, nle.env.NLE.real)\n"
            "e = gymnasium.make('NetHackScore-v0'); print(len(e.reset()), len(e.step(0)))"
        )
        self.assertEqual(run(code, self.real("gymnasium", "1.0.0")), ["1.0.0", "True", "2", "5"])

    def test_both_installed(self):
        code = (
            "import gym, gymnasium, nle; e = gymnasium.make('NetHackScore-v0'); f = gym.make('NetHackScore-v0')\n"
            "print(isinstance(e, gymnasium.Env), isinstance(f, gym.Env), len(e.reset()), len(f.reset()) > 2)"
        )
        found = run(code, self.real("gym", "0.21.0"), self.real("gymnasium", "1.0.0"))
        self.assertEqual(found, ["True", "True", "2", "True"])

    def test_submissions_of_2021(self):
        code = "import aicrowd_gym; print(aicrowd_gym.make('NetHackChallenge-v0').action_space.n)"
        self.assertEqual(run(code), ["121"])


class Spaces(unittest.TestCase):
    def test_samples_are_members(self):
        made = [
            spaces.Discrete(5),
            spaces.Discrete(3, start=-1),
            spaces.Box(0, 255, (4, 2), np.uint8),
            spaces.Box(-1.0, 1.0, (3,), np.float32),
            spaces.Box(np.iinfo(np.int32).min, np.iinfo(np.int32).max, (27,), np.int64),
            spaces.MultiBinary(4),
            spaces.MultiDiscrete([2, 3]),
        ]
        both = spaces.Dict({"a": made[0], "b": spaces.Tuple(made[1:3])})
        for space in [*made, both]:
            space.seed(1)
            for _ in range(20):
                self.assertIn(space.sample(), space, space)
            self.assertEqual(space, space)
            self.assertTrue(repr(space))

    def test_others_are_not(self):
        box = spaces.Box(0, 3, (2,), np.uint8)
        for wrong in ([1, 2], np.array([1, 4], np.uint8), np.array([1], np.uint8), np.array([0.5, 1])):
            self.assertNotIn(wrong, box)
        for wrong in (5, -1, 1.0, True, np.float32(1), "1"):
            self.assertNotIn(wrong, spaces.Discrete(5))
        self.assertNotIn({"b": 1}, spaces.Dict({"a": spaces.Discrete(2)}))

    def test_same_seed_same_samples(self):
        draws = []
        for _ in range(2):
            space = spaces.Discrete(1000)
            space.seed(3)
            draws.append([space.sample() for _ in range(5)])
        self.assertEqual(*draws)


class Counter(core.Env):
    metadata = {"name": "counter"}

    def reset(self, **_):
        self.count = 0
        return 0

    def step(self, action):
        self.count += action
        return self.count, float(action), self.count > 5, {}


class Wrappers(unittest.TestCase):
    def test_wrappers(self):
        class Doubled(core.ObservationWrapper):
            def observation(self, observation):
                return 2 * observation

        class Less(core.RewardWrapper):
            def reward(self, reward):
                return reward - 1

        class More(core.ActionWrapper):
            def action(self, action):
                return action + 1

        env = More(Less(Doubled(Counter())))
        self.assertEqual(env.reset(), 0)
        self.assertEqual(env.step(1), (4, 1.0, False, {}))
        self.assertEqual((env.count, env.metadata), (2, {"name": "counter"}))
        self.assertIsInstance(env.unwrapped, Counter)
        with self.assertRaises(AttributeError):
            env.no_such_thing

    def test_time_limit_and_statistics(self):
        env = core.RecordEpisodeStatistics(core.TimeLimit(Counter(), 2))
        env.reset()
        env.step(1)
        _, _, done, info = env.step(1)
        self.assertTrue(done)
        self.assertEqual(info, {"TimeLimit.truncated": True, "episode": {"r": 2.0, "l": 2}})

    def test_registry(self):
        registry = registration.Registry()
        registry.register("Counter-v0", entry_point=f"{__name__}:Counter", max_episode_steps=3)
        env = registry.make("Counter-v0")
        self.assertIsInstance(env, core.TimeLimit)
        self.assertEqual(env.spec.id, "Counter-v0")
        with self.assertRaisesRegex(registration.UnregisteredEnv, "Counter-v0"):
            registry.make("Counter-v1")


if __name__ == "__main__":
    unittest.main()
