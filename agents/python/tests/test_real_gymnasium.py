"""The environments in the hands of the real gymnasium, each dialect in a process of its own. Where gymnasium is not installed, the stand-in
is tested instead (test_standin, test_compatibility), and these say that they were passed over."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

import gymnasium
from nle import env as environments
from arena.standin.handover import is_installed

from tests.test_environments import made

HERE = Path(__file__).resolve().parents[1]
DIALECTS = ("0.9", "1.x")
START = "import gymnasium, nle, warnings\nassert not hasattr(gymnasium, 'is_stand_in')\n"


class Seeds(unittest.TestCase):
    """What check_env asks of seeds, with the stand-in too."""

    def test_episodes_after_a_seeded_one_are_drawn_from_its_seed(self):
        env = made(self, gymnasium.make("NetHackScore-v0")).unwrapped
        rows = []
        for seed in (7, 7, 8):
            env.reset(seed=seed)
            first = env.get_seeds()
            env.reset()
            second = env.get_seeds()
            env.reset()
            rows.append((first, second, env.get_seeds()))
        self.assertEqual(rows[0], rows[1])
        self.assertEqual(rows[0][0][:2], (7, 7))
        self.assertEqual(len({*rows[0], *rows[2]}), 6)
        env.seed(1, 2)
        env.reset()
        self.assertEqual(env.get_seeds(), (1, 2, False))

    def test_episodes_are_drawn_anew_where_none_was_seeded(self):
        env = made(self, gymnasium.make("NetHackScore-v0")).unwrapped
        self.assertIsInstance(env, environments.NLE)
        drawn = set()
        for _ in range(3):
            env.reset()
            drawn.add(env.get_seeds())
        self.assertEqual(len(drawn), 3)


@unittest.skipUnless(is_installed("gymnasium"), "gymnasium is not installed")
class RealGymnasium(unittest.TestCase):
    def run_each(self, code, expected):
        for spoken in DIALECTS:
            with self.subTest(spoken):
                ran = subprocess.run(
                    [sys.executable, "-B", "-c", START + code],
                    cwd=HERE,
                    env={"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE), "ARENA_NLE": spoken},
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual((ran.returncode, ran.stderr[-2000:] if ran.returncode else ""), (0, ""))
                self.assertEqual(ran.stdout.split(), expected.split())

    def test_check_env_passes_but_for_the_challenge_which_hides_its_seeds(self):
        self.run_each(
            "from gymnasium.utils.env_checker import check_env\n"
            "warnings.simplefilter('ignore')\n"
            "for name in ('NetHack-v0', 'NetHackScore-v0', 'NetHackEat-v0', 'NetHackStaircasePet-v0'):\n"
            "    env = gymnasium.make(name)\n"
            "    check_env(env.unwrapped, skip_render_check=True)\n"
            "    env.close()\n"
            "    print(name)\n"
            "try: check_env(gymnasium.make('NetHackChallenge-v0').unwrapped)\n"
            "except RuntimeError as error: print('hidden' if 'keeps its seeds' in str(error) else error)\n",
            "NetHack-v0 NetHackScore-v0 NetHackEat-v0 NetHackStaircasePet-v0 hidden",
        )

    def test_vectors_in_one_process_and_in_several(self):
        self.run_each(
            "import numpy as np\n"
            "firsts = []\n"
            "for kind in ('sync', 'async'):\n"
            "    games = gymnasium.make_vec('NetHackScore-v0', num_envs=3, vectorization_mode=kind)\n"
            "    seen, _ = games.reset(seed=5)\n"
            "    firsts.append(seen['glyphs'].copy())\n"
            "    seen, rewards, terminated, truncated, _ = games.step(np.array([0, 1, 2]))\n"
            "    print(kind, *seen['glyphs'].shape, rewards.shape[0], terminated.any() or truncated.any())\n"
            "    games.close()\n"
            "print(np.array_equal(*firsts))\n",
            "sync 3 21 79 3 False async 3 21 79 3 False True",
        )

    def test_wrappers(self):
        self.run_each(
            "from gymnasium import wrappers\n"
            "def inner(): return gymnasium.make('NetHackScore-v0')\n"
            "env = wrappers.TimeLimit(wrappers.RecordEpisodeStatistics(inner()), 3)\n"
            "env.reset(seed=1)\n"
            "ends = [env.step(0) for _ in range(3)]\n"
            "print(ends[-1][3])\n"
            "env = wrappers.FlattenObservation(wrappers.FilterObservation(inner(), ['blstats', 'message']))\n"
            "print(env.reset(seed=1)[0].shape[0], env.observation_space.shape[0])\n"
            "env = wrappers.TransformReward(inner(), lambda reward: reward + 5)\n"
            "env.reset(seed=1)\n"
            "print(env.step(0)[1] > 4)\n"
            "print(gymnasium.make('NetHackScore-v0', max_episode_steps=9).spec.max_episode_steps)\n",
            "True 283 283 True 9",
        )


if __name__ == "__main__":
    unittest.main()
