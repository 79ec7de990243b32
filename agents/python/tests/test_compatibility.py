"""What programs written for NLE rely on beyond the ordinary loop: names, tasks of their own, seeds, recordings, gym's helpers."""

import bz2
import contextlib
import enum
import io
import json
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

import arena
import gym
import gymnasium
import nle
from nle import nethack
from nle.env import base, tasks

from tests.test_environments import made, read_ttyrec, show

HOME = str(Path(arena.__file__).parents[1])
Status = nle.env.NLE.StepStatus


class Names(unittest.TestCase):
    def test_modules(self):
        listed = {
            nle.env: ["DUNGEON_SHAPE"],
            base: "FULL_ACTIONS NLE_SPACE_ITEMS SKIP_EXCEPTIONS ASCII_SPACE ASCII_ESC DUNGEON_SHAPE".split(),
            tasks: ["TASK_ACTIONS"],
            nethack: ["M", "C", "DUNGEON_SHAPE", *nethack.game_end_types.__members__],
        }
        self.assertEqual([f"{module.__name__}.{name}" for module in listed for name in listed[module] if not hasattr(module, name)], [])
        self.assertEqual((base.ASCII_SPACE, base.ASCII_ESC), (32, 27))
        self.assertEqual(base.FULL_ACTIONS, nethack.ACTIONS)
        self.assertEqual(tasks.TASK_ACTIONS, nethack.TASK_ACTIONS)
        self.assertIn(b"pray", base.SKIP_EXCEPTIONS)
        self.assertEqual([key for key, _ in base.NLE_SPACE_ITEMS], list(nethack.OBSERVATION_DESC))
        self.assertEqual((nethack.M("p"), nethack.C("d"), nethack.C(ord("d"))), (240, 4, 4))
        self.assertEqual((nethack.DIED, nethack.ASCENDED), (0, 15))
        self.assertIs(nethack.QUIT, nethack.game_end_types.QUIT)

    def test_environment(self):
        env = made(self, nle.env.NLE(observation_keys=("chars", "message")))
        observation = env.reset()
        self.assertEqual(list(observation), ["chars", "message"])
        self.assertEqual(env._actions, env.actions)
        self.assertEqual(len(env.last_observation), len(env._observation_keys))
        for name in ("glyph", "blstats", "message", "program_state", "internal"):
            key = "glyphs" if name == "glyph" else name
            self.assertEqual(env._observation_keys[getattr(env, f"_{name}_index")], key)
        self.assertEqual(env.last_observation[env._blstats_index][nethack.NLE_BL_TIME], 1)
        with contextlib.redirect_stdout(io.StringIO()) as said:
            env.print_action_meanings()
        lines = said.getvalue().splitlines()
        self.assertEqual((len(lines), lines[0]), (86, "0 CompassDirection.N"))


class InnerGame(unittest.TestCase):
    def test_seeds_and_reset(self):
        env = made(self, gym.make("NetHackScore-v0", character="val-dwa-law-fem", observation_keys=("chars", "blstats")))
        self.assertEqual(env.nethack.observation_keys, ("chars", "blstats"))
        self.assertIn("name:Agent-val-dwa-law-fem", env.nethack.options)
        env.nethack.set_initial_seeds(5, 6, reseed=False)
        chars = env.reset()["chars"]
        self.assertEqual(env.nethack.get_current_seeds(), (5, 6, False))
        env.nethack.set_initial_seeds(5, 6)
        again, blstats = env.nethack.reset()
        np.testing.assert_array_equal(chars, again)
        self.assertEqual(blstats.shape, (27,))
        env.nethack.set_current_seeds(1, 2, reseed=True)
        self.assertEqual(env.nethack.get_current_seeds(), (1, 2, True))
        with self.assertRaisesRegex(ValueError, "savedir"):
            env.nethack.reset("game.ttyrec")
        env.nethack.close()
        env.nethack.close()
        self.assertFalse(env.nethack.in_normal_game())
        with self.assertRaisesRegex(RuntimeError, "reset first"):
            env.nethack.set_current_seeds(1, 2)

    def test_challenge(self):
        env = made(self, gym.make("NetHackChallenge-v0"))
        env.reset()
        for forbidden in (
            lambda: env.seed(1, 2),
            env.get_seeds,
            env.nethack.get_current_seeds,
            lambda: env.nethack.set_initial_seeds(1, 2),
            lambda: env.nethack.set_current_seeds(1, 2),
            lambda: gymnasium.make("NetHackChallenge-v0").reset(seed=3),
        ):
            with self.assertRaisesRegex(RuntimeError, "^NetHackChallenge keeps its seeds to itself: they can be neither set nor read$"):
                forbidden()


class Raw(unittest.TestCase):
    def test_options_say_who_plays(self):
        options = made(self, nethack.Nethack(playername="Hugo-@")).options
        self.assertEqual(options[:-4], list(nethack.NETHACKOPTIONS))
        self.assertEqual(options[-4:], ["name:Hugo-@", "race:random", "gender:random", "align:random"])
        self.assertEqual(made(self, nethack.Nethack()).options[-1], "name:Agent-mon-hum-neu-mal")
        told = made(self, nethack.Nethack(playername="Hugo-@", options=["race:elf", "color"])).options
        self.assertEqual(told, ["race:elf", "color", "name:Hugo-@", "gender:random", "align:random"])

    def test_recordings(self):
        with tempfile.TemporaryDirectory() as folder:
            first, second = (os.path.join(folder, name) for name in ("first.bz2", "second.bz2"))
            game = made(self, nethack.Nethack(ttyrec=first, observation_keys=("tty_chars", "blstats")))
            game.reset()
            for _ in range(3):
                (screen, _), _ = game.step(ord("s"))
            screen = screen.copy()
            game.reset(second)
            (after, blstats), _ = game.step(ord(" "))
            with self.assertRaisesRegex(IOError, "path of a file"):
                game.reset("")
            game.close()
            for path, keys, shown in ((first, b"sss", screen), (second, b" ", after)):
                frames = list(read_ttyrec(bz2.open(path).read()))
                self.assertEqual([channel for _, channel, _ in frames], [0, 2] + [1, 0, 2] * len(keys))
                self.assertEqual(b"".join(data for _, channel, data in frames if channel == 1), keys)
                np.testing.assert_array_equal(show([data for _, channel, data in frames if channel == 0]), shown)
            score = [struct.unpack("<i", data)[0] for _, channel, data in frames if channel == 2]
            self.assertEqual(score, [0, blstats[nethack.NLE_BL_SCORE]])

    def test_no_recording(self):
        with self.assertRaisesRegex(IOError, "path of a file"):
            nethack.Nethack(ttyrec="")
        with self.assertRaises(FileNotFoundError):
            nethack.Nethack(ttyrec="/no/such/folder/game.bz2")
        with self.assertRaisesRegex(ValueError, "make it with ttyrec="):
            made(self, nethack.Nethack()).reset("game.bz2")


class Downward(tasks.NetHackScore):
    """2 for each step, 10 at the end; over at turn 4."""

    def _is_episode_end(self, observation):
        done = observation[self._blstats_index][nethack.NLE_BL_TIME] >= 4
        return self.StepStatus.TASK_SUCCESSFUL if done else self.StepStatus.RUNNING

    def _reward_fn(self, last_observation, action, observation, end_status):
        self.seen = (last_observation, action, observation, end_status)
        return 10 if end_status == self.StepStatus.TASK_SUCCESSFUL else 2 + super()._reward_fn(*self.seen)


class OwnTasks(unittest.TestCase):
    def play(self, env):
        wait = env.actions.index(nethack.CompassDirection.N)
        env.seed(5, 6)
        env.reset()
        ends = []
        while not ends or ends[-1][1] is False and len(ends) < 60:
            _, *end = env.step(len(ends) % 8 + wait)
            ends.append(end)
        return ends

    def test_are_called(self):
        env = made(self, Downward(penalty_step=0.0))
        ends = self.play(env)
        self.assertEqual(ends[-1], [10.0, True, {"end_status": Status.TASK_SUCCESSFUL, "is_ascended": False}])
        self.assertEqual({end[0] for end in ends[:-1]}, {2.0})
        last, action, observation, status = env.seen
        self.assertIs(observation, env.last_observation)
        self.assertEqual(last[env._blstats_index][nethack.NLE_BL_TIME] + 1, observation[env._blstats_index][nethack.NLE_BL_TIME])
        self.assertEqual((type(action), status), (int, Status.TASK_SUCCESSFUL))
        with self.assertRaisesRegex(RuntimeError, "reset first"):
            env.step(0)
        env.reset()
        self.assertEqual(env.step(0)[1:3], (2.0, False))

    def test_limits_and_deaths_stay(self):
        env = made(self, Downward(max_episode_steps=1))
        env.reset()
        _, reward, done, info = env.step(env.actions.index(nethack.MiscAction.MORE))
        self.assertEqual((done, info["end_status"]), (True, Status.ABORTED))
        self.assertLess(reward, 10)

    def test_a_task_without_them_is_as_before(self):
        plain, derived = (made(self, cls()) for cls in (tasks.NetHackScore, type("Same", (tasks.NetHackScore,), {})))
        seen = []
        for env in (plain, derived):
            env.seed(5, 6)
            env.reset()
            seen.append([env.step(i % 23)[1:] for i in range(30)])
        self.assertEqual(*seen)


class EnumActions(unittest.TestCase):
    def test_are_indices(self):
        code = (
            "import enum, arena\n"
            "class Move(enum.IntEnum):\n    NORTH = 1\n"
            "env = arena.make('NetHackScore-v0'); env.seed(5, 6); env.reset(); a = env.step(Move.NORTH)[0]['chars']\n"
            "env.step(Move.NORTH)\n"
            "env.seed(5, 6); env.reset(); print((env.step(1)[0]['chars'] == a).all())\n"
            "games = arena.make_vector('NetHackScore-v0', num_envs=2); games.reset(); games.step([Move.NORTH, 1])\n"
        )
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
        self.assertEqual((ran.stdout, ran.stderr.count("taken as the index 1")), ("True\n", 1), ran.stderr)

    def test_out_of_range_and_other_enums(self):
        env = made(self, gym.make("NetHackScore-v0"))
        env.reset()
        with contextlib.redirect_stderr(io.StringIO()):
            for wrong in (nethack.CompassDirection.N, enum.Enum("Move", {"NORTH": 1}).NORTH):
                with self.assertRaises(arena.InvalidAction):
                    env.step(wrong)


def environment(**more):
    return {"PATH": os.environ["PATH"], "PYTHONPATH": HOME, **more}


#: Plays without a game: the platform says hello and stop.
EVALUATED = """
import os, sys
from arena import session
session.begin(int(sys.argv[1]), int(sys.argv[2]))
import arena, nle, gym
from nle.env import tasks
"""


class Evaluated(unittest.TestCase):
    def run_program(self, code):
        fields = [
            {"name": "message", "dtype": "uint8", "shape": [256], "bytes": 256, "offset": 24},
            {"name": "misc", "dtype": "int32", "shape": [3], "bytes": 12, "offset": 280},
        ]
        actions = [
            {"index": index, "set": type(action).__name__, "name": action.name, "key": int(action)}
            for index, action in enumerate(nethack.ACTIONS)
        ]
        hello = {"protocol": 1, "limits": {}, "gamesAtOnce": 1, "recordBytes": 296, "strideBytes": 320, "seed": 1}
        payload = json.dumps({**hello, "fields": fields, "actions": actions}).encode()
        (read, to_agent), (from_agent, write) = os.pipe(), os.pipe()
        os.write(to_agent, struct.pack("<IB", len(payload), 1) + payload + struct.pack("<IB", 0, 4))
        os.close(to_agent)
        command = [sys.executable, "-c", EVALUATED + code, str(read), str(write)]
        ran = subprocess.run(command, capture_output=True, text=True, env=environment(), pass_fds=(read, write))
        for descriptor in (read, write, from_agent):
            os.close(descriptor)
        return ran

    def test_seeds_are_not_used_and_nothing_ends(self):
        ran = self.run_program(
            "env = arena.make('NetHackChallenge-v0')\n"
            "env.seed(1, 2); env.nethack.set_initial_seeds(1, 2); env.nethack.set_current_seeds(3)\n"
            "five = arena.make('NetHackChallenge-v0', api='gymnasium')\n"
            "try:\n    five.reset(seed=3)\nexcept arena.Finished:\n    print('finished')\n"
            "try:\n    env.get_seeds()\nexcept RuntimeError as error:\n    print(error)\n"
        )
        self.assertEqual(ran.stdout, "finished\nNetHackChallenge keeps its seeds to itself: they can be neither set nor read\n", ran.stderr)
        self.assertEqual(ran.stderr.count("the platform chooses the seeds"), 1)

    def test_own_tasks_are_told(self):
        ran = self.run_program(
            "class Own(tasks.NetHackScore):\n    def _reward_fn(self, *_): return 1\n"
            "env = Own(); Own(); tasks.NetHackScore()\n"
        )
        self.assertEqual(ran.stderr.count("Own._reward_fn is not called"), 1, ran.stderr)
        self.assertNotIn("_is_episode_end", ran.stderr)
        self.assertEqual(ran.returncode, 0)

    def test_one_environment(self):
        ran = self.run_program("gym.vector.SyncVectorEnv([lambda: gym.make('NetHackScore-v0')] * 2)")
        self.assertIn("RuntimeError: evaluated, there is one environment a process", ran.stderr)


class Pickled(gym.utils.EzPickle):
    def __init__(self, size, color="red"):
        gym.utils.EzPickle.__init__(self, size, color=color)
        self.area = (size * size, color)
        self.handle = lambda: None


class Helpers(unittest.TestCase):
    def test_pickles(self):
        self.assertEqual(pickle.loads(pickle.dumps(Pickled(3, color="blue"))).area, (9, "blue"))

    def test_vectors_of_gym(self):
        makers = [lambda: gym.make("NetHackScore-v0", max_episode_steps=2)] * 2
        games = made(self, gym.vector.SyncVectorEnv(makers))
        observations = games.reset()
        self.assertEqual(observations["chars"].shape, (2, 21, 79))
        self.assertIn(observations, games.observation_space)
        games.step([0, 0])
        observations, rewards, dones, infos = games.step(games.action_space.sample())
        self.assertEqual((rewards.shape, dones.tolist()), ((2,), [True, True]))
        self.assertEqual(observations["blstats"][0, nethack.NLE_BL_TIME], 1)
        self.assertEqual(infos[0]["end_status"], Status.ABORTED)
        self.assertEqual(infos[1]["terminal_observation"]["chars"].shape, (21, 79))
        with self.assertRaisesRegex(ValueError, "1 actions came for 2"):
            games.step([0])

    def test_vectors_of_gymnasium(self):
        games = made(self, gymnasium.vector.SyncVectorEnv([lambda: gymnasium.make("NetHackScore-v0", max_episode_steps=2)] * 2))
        one, infos = games.reset(seed=[7, 7])
        np.testing.assert_array_equal(one["chars"][0], one["chars"][1])
        self.assertEqual(infos, {})
        self.assertEqual(games.step([0, 0])[4]["end_status"].tolist(), [Status.RUNNING] * 2)
        _, _, terminated, truncated, infos = games.step([0, 0])
        self.assertEqual((terminated.tolist(), truncated.tolist()), ([False, False], [True, True]))
        self.assertEqual(infos["_final_observation"].tolist(), [True, True])
        self.assertEqual(infos["final_info"][0]["end_status"], Status.ABORTED)

    def test_frames(self):
        env = made(self, gym.wrappers.FrameStack(gym.make("NetHackScore-v0", observation_keys=("chars", "blstats")), 3))
        first = env.reset()
        self.assertIn(first, env.observation_space)
        np.testing.assert_array_equal(first["chars"][0], first["chars"][2])
        second = env.step(1)[0]
        np.testing.assert_array_equal(second["chars"][1], first["chars"][2])
        np.testing.assert_array_equal(second["blstats"][2], env.last_observation[1])
        five, info = made(self, gymnasium.wrappers.FrameStack(gymnasium.make("NetHackScore-v0"), 2)).reset()
        self.assertEqual((five["glyphs"].shape, info), ((2, 21, 79), {}))
        with self.assertRaisesRegex(ValueError, "does not compress"):
            gym.wrappers.FrameStack(env, 2, lz4_compress=True)

    def test_what_is_missing_is_told(self):
        code = "import gym\nprint(hasattr(gym, '_x'))\ntry:\n    from gym.vector import AsyncVectorEnv\nexcept ImportError:\n    print('none')\n"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
        self.assertEqual(ran.stdout, "False\nnone\n")
        self.assertRegex(ran.stderr, "^gym.vector.AsyncVectorEnv is not in NetHack Arena's small stand-in .* gym.vector has SyncVectorEnv\n$")
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaisesRegex(AttributeError, "gymnasium.wrappers has FrameStack, Record"):
            gymnasium.wrappers.GrayScaleObservation  # noqa: B018


if __name__ == "__main__":
    unittest.main()
