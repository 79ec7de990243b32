"""NLE's dialects: 2021's 26 blstats, 0.9's 27, and gymnasium's five values of 1.x; each in a process of its own."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import arena
from arena import dialect

from tests.test_environments import made

HERE = Path(__file__).resolve().parents[1]


def said(code, **environment):
    run = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        cwd=HERE,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


class Dialects(unittest.TestCase):
    def test_of_a_process(self):
        code = (
            "import gym, nle\n"
            "from nle import nethack\n"
            "env = nle.env.tasks.NetHackScore()\n"
            "first = env.reset()\n"
            "seen = first[0] if isinstance(first, tuple) else first\n"
            "assert env.observation_space.contains(seen)\n"
            "print(nle.__version__, nethack.BLSTATS_SHAPE, nethack.NLE_BLSTATS_SIZE, hasattr(nethack, 'NLE_BL_ALIGN'),"
            " seen['blstats'].shape, len(env.step(0)))"
        )
        self.assertEqual(said(code), "0.9.0 (27,) 27 True (27,) 4")
        self.assertEqual(said(code, ARENA_NLE="0.7"), "0.7.3 (26,) 26 False (26,) 4")
        self.assertEqual(said(code, ARENA_NLE="0.7.3"), "0.7.3 (26,) 26 False (26,) 4")
        self.assertEqual(said(code, ARENA_NLE="1.x"), "1.2.0 (27,) 27 True (27,) 5")
        self.assertRegex(said(code, ARENA_NLE="0.8"), "nle is one of 0.7, 0.9, 1.x .*, not '0.8'")

    def test_tasks_of_ones_own_step_as_the_dialect_does(self):
        code = (
            "from nle.env import tasks\n"
            "class Mine(tasks.NetHackScore):\n"
            "    def _reward_fn(self, *what): return 3.0\n"
            "env = Mine()\n"
            "env.reset(seed=5)\n"
            "first = env.step(0)\n"
            "print(first[1:4], env.get_seeds()[:2])"
        )
        self.assertEqual(said(code, ARENA_NLE="1.x"), "(3.0, False, False) (5, 5)")

    def test_of_one_environment(self):
        old = made(self, arena.make("NetHackScore-v0", nle="0.7"))
        self.assertEqual(old.reset()["blstats"].shape, (26,))
        self.assertEqual(old.observation_space["blstats"].shape, (26,))
        new = made(self, arena.make("NetHackScore-v0", nle="1.x"))
        observation, info = new.reset()
        self.assertEqual((observation["blstats"].shape, len(new.step(0))), ((27,), 5))
        games = made(self, arena.make_vector("NetHackScore-v0", num_envs=2, nle="0.7"))
        self.assertEqual(games.reset()["blstats"].shape, (2, 26))
        code = (
            "import arena\n"
            "for named in (None, '0.7', '0.9', '1.x'):\n"
            "    for api in (None, 'gym', 'gymnasium'):\n"
            "        env = arena.make('NetHackScore-v0', nle=named, api=api)\n"
            "        first = env.reset()\n"
            "        print(1 if isinstance(first, dict) else len(first), len(env.step(0)), end=' ')\n"
            "        env.close()"
        )
        four, five = "1 4", "2 5"
        old, later = [four, four, five], [five, four, five]
        self.assertEqual(said(code), " ".join([*old, *old, *old, *later]))
        self.assertEqual(said(code, ARENA_NLE="1.x"), " ".join([*later, *old, *old, *later]))
        with self.assertRaisesRegex(ValueError, "nle is one of 0.7, 0.9, 1.x"):
            arena.make("NetHackScore-v0", nle="2")

    def test_archives_are_of_2021(self):
        made(self, arena.make("NetHackScore-v0", nle="0.7", savedir=None, archivefile=None))
        with self.assertRaisesRegex(TypeError, "archivefile is an option of NLE 0.7"):
            arena.make("NetHackScore-v0", archivefile="a.zip")

    def test_of_a_submission(self):
        for files, expected in (
            ({}, "0.9"),
            ({"arena.json": "{}"}, "0.9"),
            ({"aicrowd.json": "{}"}, "0.7"),
            ({"aicrowd.json": "{}", "arena.json": '{"nle": "0.9"}'}, "0.9"),
            ({"aicrowd.json": '{"nle": "1.x"}'}, "1.x"),
            ({"arena.json": '{"nle": "0.7"}'}, "0.7"),
            ({"aicrowd.json": "no JSON", "arena.json": "[1]"}, "0.7"),
        ):
            with tempfile.TemporaryDirectory() as folder, self.subTest(files):
                for name, text in files.items():
                    Path(folder, name).write_text(text, encoding="utf-8")
                code = f"from arena import dialect; dialect.choose_for({folder!r}); print(dialect.dialect().name)"
                self.assertEqual(said(code), expected)

    def test_comes_too_late_after_the_import(self):
        with self.assertRaisesRegex(RuntimeError, "nle was imported as 0.9"):
            dialect.choose("0.7")


if __name__ == "__main__":
    unittest.main()
