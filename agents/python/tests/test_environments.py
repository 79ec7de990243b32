"""Environments on the local engine: options, forms, seeds, files, errors."""

import bz2
import os
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
from nle.env import tasks

NAMES = [cls.task_id for cls in tasks.TASKS]
SEARCH = int(nethack.Command.SEARCH)


def made(case, env):
    case.addCleanup(env.close)
    return env


class Environments(unittest.TestCase):
    def test_all_are_registered(self):
        self.assertEqual(len(NAMES), 9)
        for name in NAMES:
            self.assertIn(name, gym.envs.registry.env_specs)
            self.assertIn(name, gymnasium.envs.registry.env_specs)

    def test_each_steps_in_both_forms(self):
        for name in NAMES:
            with self.subTest(name):
                env = made(self, gym.make(name))
                observation = env.reset()
                self.assertTrue(env.observation_space.contains(observation))
                self.assertEqual(env.action_space.n, len(env.actions))
                observation, reward, done, info = env.step(env.action_space.sample())
                self.assertIsInstance(reward, float)
                self.assertIs(done, False)
                self.assertEqual(info, {"end_status": nle.env.NLE.StepStatus.RUNNING, "is_ascended": False})
                five = made(self, gymnasium.make(name))
                observation, info = five.reset()
                self.assertTrue(five.observation_space.contains(observation))
                self.assertEqual(info, {})
                self.assertEqual([type(each) for each in five.step(0)[1:]], [float, bool, bool, dict])
                self.assertIsInstance(five.unwrapped, nle.env.NLE)

    def test_texts(self):
        keys = ("blstats", "text_message", "text_status", "text_inventory", "text_surroundings")
        env = made(self, arena.make("NetHackChallenge-v0", observation_keys=keys))
        observation = env.reset()
        self.assertTrue(env.observation_space.contains(observation))
        self.assertIn("turn 1,", arena.text(observation["text_status"]))
        self.assertRegex(arena.text(observation["text_inventory"]), "^[a-z$] - .+")
        self.assertRegex(arena.text(observation["text_surroundings"]), "^You: .+ called Agent.*\nBeside you: north ")
        with self.assertRaisesRegex(ValueError, "there is no field 'text_map'"):
            arena.make("NetHackChallenge-v0", observation_keys=("text_map",))

    def test_classes_and_defaults(self):
        env = made(self, nle.env.NLE())
        self.assertEqual(env.actions, nethack.USEFUL_ACTIONS)
        self.assertEqual(env.character, "mon-hum-neu-mal")
        self.assertEqual(set(env.observation_space.spaces), set(nle.env.DEFAULT_KEYS))
        challenge = made(self, tasks.NetHackChallenge())
        self.assertEqual(challenge.actions, nethack.ACTIONS)
        self.assertIn("misc", challenge.observation_space.spaces)
        self.assertNotIn("screen_descriptions", challenge.observation_space.spaces)
        self.assertEqual(made(self, tasks.NetHackGold()).actions, nethack.TASK_ACTIONS)

    def test_observations_stay(self):
        env = made(self, gym.make("NetHackScore-v0"))
        env.seed(5, 6)
        first = env.reset()
        kept = {key: value.copy() for key, value in first.items()}
        seconds = [env.step(i % 23)[0] for i in range(50)]
        for key, value in first.items():
            np.testing.assert_array_equal(value, kept[key])
        self.assertFalse(all(np.array_equal(seconds[-1][key], kept[key]) for key in kept))
        self.assertEqual(env._observation_keys, (*kept, "program_state", "internal"))
        self.assertEqual(len(env.last_observation), len(env._observation_keys))
        np.testing.assert_array_equal(env.last_observation[0], seconds[-1]["glyphs"])

    def test_seeds(self):
        env = made(self, gym.make("NetHackScore-v0"))
        self.assertEqual(env.seed(2**63 + 5, 7, reseed=False), (2**63 + 5, 7, False))
        screen = env.reset()["tty_chars"]
        self.assertEqual(env.get_seeds(), (2**63 + 5, 7, False))
        self.assertEqual(env.nethack.get_current_seeds(), (2**63 + 5, 7, False))
        other = env.reset()["tty_chars"]
        self.assertFalse(np.array_equal(screen, other))
        env.seed(2**63 + 5, 7)
        np.testing.assert_array_equal(env.reset()["tty_chars"], screen)
        core, disp, reseed = env.seed()
        env.reset()
        self.assertEqual(env.get_seeds(), (core, disp, reseed))

    def test_gymnasium_seed_is_used(self):
        env = made(self, gymnasium.make("NetHackScore-v0"))
        first, _ = env.reset(seed=11)
        again, _ = env.reset(seed=11)
        np.testing.assert_array_equal(first["tty_chars"], again["tty_chars"])
        self.assertEqual(env.unwrapped.get_seeds(), (11, 11, False))
        env.reset(options={"core": 1, "disp": 2})
        self.assertEqual(env.unwrapped.get_seeds(), (1, 2, False))

    def test_challenge_hides_seeds(self):
        env = made(self, gym.make("NetHackChallenge-v0"))
        env.reset()
        for forbidden in (lambda: env.seed(1, 2), env.get_seeds, env.nethack.get_current_seeds):
            with self.assertRaises(RuntimeError):
                forbidden()
        with self.assertRaises(RuntimeError):
            gymnasium.make("NetHackChallenge-v0").reset(seed=3)

    def test_limits(self):
        env = made(self, gymnasium.make("NetHackChallenge-v0", max_episode_steps=3))
        env.reset()
        ends = [env.step(75)[2:] for _ in range(3)]
        self.assertEqual([truncated for _, truncated, _ in ends], [False, False, True])
        self.assertEqual(ends[2][2]["end_status"], nle.env.NLE.StepStatus.ABORTED)
        with self.assertRaisesRegex(arena.EngineRefused, "reset"):
            env.step(75)
        idle = made(self, gym.make("NetHackChallenge-v0", no_progress_timeout=4))
        idle.reset()
        self.assertEqual([idle.step(38)[2] for _ in range(4)], [False, False, False, True])

    def test_penalties(self):
        escape = nethack.TASK_ACTIONS.index(nethack.MiscAction.MORE)
        for mode, expected in (("constant", [-1, -1]), ("linear", [-1, -2]), ("exp", [-2, -4]), ("always", [-1, -1])):
            env = made(self, gym.make("NetHackScore-v0", penalty_mode=mode, penalty_step=-1.0))
            env.seed(5, 6)
            env.reset()
            self.assertEqual([env.step(escape)[1] for _ in range(2)], expected, mode)

    def test_wizard_and_wishes(self):
        env = made(self, gym.make("NetHackScore-v0", wizard=True))
        env.seed(5, 6)
        observation = env.reset(wizkit_items=["blessed +3 gray dragon scale mail", "magic marker"])
        items = [text.tobytes().rstrip(b"\0").decode() for text in observation["inv_strs"]]
        # As NetHack's own kit for debug mode, what is granted is not identified.
        self.assertIn("a gray dragon scale mail", items)
        self.assertIn("a magic marker", items)
        five = made(self, arena.make("NetHackScore-v0", api="gymnasium", wizard=True))
        for given in ({"wizkit_items": ["magic marker"]}, {"options": {"wizkit_items": ["magic marker"]}}):
            observation, _ = five.reset(seed=5, **given)
            self.assertIn(b"a magic marker", [text.tobytes().rstrip(b"\0") for text in observation["inv_strs"]])
        with self.assertRaisesRegex(ValueError, "debug mode"):
            gym.make("NetHackScore-v0").reset(wizkit_items=["coin"])

    def test_options_and_character(self):
        options = [option for option in nethack.NETHACKOPTIONS if not option.startswith("pickup_types")]
        env = made(self, gym.make("NetHack-v0", character="val-dwa-law-fem", options=options))
        screen = env.reset()["tty_chars"].tobytes()
        self.assertIn(b"Agent the Stripling", screen)
        with self.assertRaisesRegex(arena.EngineRefused, "no_such_option|NETHACKOPTIONS"):
            gym.make("NetHack-v0", options=["no_such_option"]).reset()
        with self.assertRaisesRegex(arena.EngineRefused, "'xxx' is no character"):
            gym.make("NetHack-v0", character="xxx").reset()

    def test_slips(self):
        with self.assertRaisesRegex(ValueError, "there is no field 'glyph'"):
            gym.make("NetHackScore-v0", observation_keys=("glyph",))
        with self.assertRaisesRegex(ValueError, "there is no environment 'NetHack'"):
            arena.make("NetHack")
        with self.assertRaisesRegex(ValueError, "not 'jym'"):
            arena.make("NetHackScore-v0", api="jym")
        with self.assertRaisesRegex(gym.error.UnregisteredEnv, "NetHackScore-v0"):
            gym.make("NetHackScores-v0")
        with self.assertRaises(TypeError):
            gym.make("NetHackScore-v0", penalty=3)

    def test_options_that_are_no_numbers(self):
        other = made(self, gym.make("NetHackScore-v0"))
        other.reset()
        for wrong in (float("nan"), float("inf"), -float("inf")):
            for option in ("penalty_step", "max_episode_steps"):
                with self.subTest(option=option, wrong=wrong), self.assertRaisesRegex(arena.EngineRefused, "is no number"):
                    gym.make("NetHackScore-v0", **{option: wrong})
        for option, wrong in (("max_episode_steps", 1e300), ("penalty_step", "x"), ("character", "\0"), ("actions", [10**30])):
            with self.subTest(option=option), self.assertRaises(arena.EngineRefused):
                gym.make("NetHackScore-v0", **{option: wrong})
        # The engine's process is still there, and so is the game beside.
        other.step(0)

    def test_seeds_of_the_levels(self):
        env = made(self, gym.make("NetHackScore-v0"))
        levels = []
        for lgen in (3, 3, 4):
            self.assertEqual(env.seed(1, 2, lgen=lgen), (1, 2, False))
            levels.append(env.reset()["glyphs"].tobytes())
        self.assertEqual(levels[0], levels[1])
        self.assertNotEqual(levels[0], levels[2])

    def test_no_actions(self):
        env = made(self, gym.make("NetHackScore-v0"))
        env.reset()
        for wrong in (float("nan"), True, np.bool_(False), 1.0, np.float32(1), -1, 23, "k", None):
            with self.subTest(repr(wrong)), self.assertRaises(arena.InvalidAction) as raised:
                env.step(wrong)
            # what NLE's list of actions raises
            self.assertIsInstance(raised.exception, IndexError)
        for right in (3, np.int64(3), np.uint8(3), np.array(3)):
            env.step(right)

    def test_render(self):
        env = made(self, gym.make("NetHackScore-v0"))
        env.reset()
        lines = env.render("ansi").split("\n")
        self.assertEqual([len(line) for line in lines], [79] * 21)
        self.assertTrue(any("@" in line for line in lines))
        with self.assertRaisesRegex(ValueError, "human, full, ansi"):
            env.render("rgb_array")

    def test_the_raw_game_inside(self):
        env = made(self, gym.make("NetHackScore-v0"))
        env.reset()
        self.assertTrue(env.nethack.in_normal_game())
        self.assertIsNone(env.nethack.how_done())
        done = False
        for key in (0xF1, ord("y"), *[27] * 20):
            if not done:
                _, done = env.nethack.step(key)
        self.assertEqual(env.nethack.how_done(), nethack.game_end_types.QUIT)
        self.assertFalse(env.nethack.in_normal_game())

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            env = gym.make("NetHackScore-v0", savedir=folder, save_ttyrec_every=2, max_episode_steps=20)
            screens = []
            for _ in range(3):
                env.reset()
                done = False
                while not done:
                    observation, _, done, _ = env.step(20)
                screens.append(observation["tty_chars"])
            env.close()
            names = sorted(path.name for path in Path(folder).iterdir())
            pid = os.getpid()
            self.assertEqual(names, [f"nle.{pid}.0.ttyrec3.bz2", f"nle.{pid}.2.ttyrec3.bz2", f"nle.{pid}.xlogfile"])
            lines = (Path(folder) / f"nle.{pid}.xlogfile").read_text().splitlines()
            self.assertEqual(len(lines), 3)
            self.assertIn("\tdeath=quit\t", lines[0])
            frames = list(read_ttyrec(bz2.open(Path(folder) / f"nle.{pid}.2.ttyrec3.bz2").read()))
            self.assertEqual([channel for _, channel, _ in frames], [0, 2] + [1, 0, 2] * 20)
            np.testing.assert_array_equal(show([data for _, channel, data in frames if channel == 0]), screens[2])


def read_ttyrec(data):
    at = 0
    while at < len(data):
        seconds, micros, length, channel = struct.unpack_from("<iiiB", data, at)
        yield seconds + micros / 1e6, channel, data[at + 13 : at + 13 + length]
        at += 13 + length


def show(frames):
    """A terminal that knows what recordings use: places, colours, letters, clearing."""
    cells = np.full((24, 80), ord(" "), np.uint8)
    row = column = 0
    for frame in frames:
        at = 0
        while at < len(frame):
            if frame[at] != 0x1B:
                cells[row, column] = frame[at]
                column += 1
                at += 1
                continue
            end = at + 2
            while not chr(frame[end]).isalpha():
                end += 1
            if chr(frame[end]) == "H":
                row, column = (int(part) - 1 for part in frame[at + 2 : end].split(b";"))
            elif chr(frame[end]) == "J":
                cells[...] = ord(" ")
            at = end + 1
    return cells


class Vectors(unittest.TestCase):
    def test_games_follow_each_other(self):
        games = made(self, arena.make_vector("NetHackChallenge-v0", num_envs=3, max_episode_steps=5))
        observations = games.reset()
        self.assertEqual(observations["tty_chars"].shape, (3, 24, 80))
        for step in range(1, 11):
            observations, rewards, dones, infos = games.step([75, np.int64(75), 75])
            self.assertEqual(dones.tolist(), [step % 5 == 0] * 3)
            self.assertEqual(rewards.shape, (3,))
            self.assertEqual(infos[0]["end_status"], -1 if step % 5 == 0 else 0)
        self.assertTrue((observations["blstats"][:, 20] == 1).all())

    def test_the_last_observation_of_each_game(self):
        games = made(self, arena.make_vector("NetHackChallenge-v0", num_envs=2))
        keys = [int(action) for action in nethack.ACTIONS]
        games.reset()
        quitting = [SEARCH, 0xF1, ord("y"), *[27] * 20]
        for key in quitting:
            observations, rewards, dones, infos = games.step([keys.index(key), keys.index(SEARCH)])
            self.assertEqual([place for place in (0, 1) if "final_observation" in infos[place]], [0] if dones[0] else [])
            if dones[0]:
                break
        last = infos[0]["final_observation"]
        self.assertIn(b"quit in The Dungeons of Doom", last["tty_chars"].tobytes())
        self.assertFalse(last["blstats"].any())
        # The next game is in its place, and the one beside goes on.
        self.assertEqual(observations["blstats"][0, nethack.NLE_BL_TIME], 1)
        self.assertGreater(observations["blstats"][1, nethack.NLE_BL_TIME], 1)
        games.step([keys.index(SEARCH)] * 2)
        self.assertIn(b"quit in The Dungeons of Doom", last["tty_chars"].tobytes())

    def test_same_as_alone(self):
        games = made(self, arena.make_vector("NetHackScore-v0", num_envs=2, api="gymnasium", penalty_step=-0.5))
        observations, info = games.reset()
        self.assertEqual(info, {})
        self.assertFalse(np.array_equal(observations["chars"][0], observations["chars"][1]))
        stepped = games.step(np.array([0, 0]))
        self.assertEqual([part.dtype for part in stepped[1:4]], [np.float64, np.bool_, np.bool_])

    def test_wrong_answers(self):
        games = made(self, arena.make_vector(num_envs=2))
        games.reset()
        for wrong, said in (
            ([75], "1 actions came for 2 games"),
            (75, "instead of a list of 2"),
            ([75, 3.5], "slot 1: 3.5 .float"),
            (np.array([75.0, 75.0]), "slot 0"),
        ):
            with self.assertRaisesRegex(arena.InvalidAction, said):
                games.step(wrong)
        with self.assertRaisesRegex(TypeError, "no option 'penalti'"):
            arena.make_vector(penalti=1)

    def test_views_cannot_be_written(self):
        games = made(self, arena.make_vector(num_envs=1))
        with self.assertRaisesRegex(ValueError, "read-only"):
            games.reset()["glyphs"][0, 0, 0] = 1


class RawGame(unittest.TestCase):
    def game(self, **options):
        return made(self, nethack.Nethack(**options))

    def test_arrays_are_filled_again_unless_copied(self):
        game = self.game(observation_keys=("chars", "blstats"))
        game.set_initial_seeds(5, 6)
        chars, blstats = game.reset()
        self.assertEqual((chars.shape, blstats.dtype), ((21, 79), np.int64))
        for key in (*[32] * 5, *[SEARCH] * 3):
            (again, _), done = game.step(key)
        self.assertIs(again, chars)
        self.assertGreater(int(blstats[nethack.NLE_BL_TIME]), 1)
        self.assertFalse(done)
        copying = self.game(observation_keys=("chars",), copy=True)
        first = copying.reset()[0]
        self.assertIsNot(copying.step(ord(" "))[0][0], first)

    def test_seeds(self):
        game = self.game()
        with self.assertRaisesRegex(RuntimeError, "reset first"):
            game.get_current_seeds()
        game.set_initial_seeds(42, 43, reseed=True)
        game.reset()
        self.assertEqual(game.get_current_seeds(), (42, 43, True))
        game.reset()  # not seeded: as a stock NetHack's, the flag is on
        self.assertIs(game.get_current_seeds()[2], True)

    def test_new_seeds_for_a_running_game(self):
        game = self.game(observation_keys=("tty_chars", "blstats"), copy=True)
        with self.assertRaisesRegex(RuntimeError, "reset first"):
            game.set_current_seeds(1, 2)

        def after(*seeds, **flag):
            game.set_initial_seeds(42, 43)
            game.reset()
            for _ in range(20):
                game.step(ord("s"))
            if seeds:
                game.set_current_seeds(*seeds, **flag)
                self.seeds = game.get_current_seeds()
            return np.stack([game.step(ord(key))[0][0] for key in "s " * 60])

        first = after(7, 8)
        self.assertEqual(self.seeds, (7, 8, False))
        np.testing.assert_array_equal(after(7, 8), first)
        for others in ((9, 8), (), (2**64 - 1, 8)):
            self.assertFalse(np.array_equal(after(*others), first), others)
        # What is left out keeps its value; to be seeded by it again is not to go on
        again = after(None, None)
        self.assertEqual(self.seeds, (42, 43, False))
        self.assertFalse(np.array_equal(again, after()))
        np.testing.assert_array_equal(after(42, np.uint64(43)), again)
        after(None, 5, reseed=True)
        self.assertEqual(self.seeds, (42, 5, True))
        game.set_current_seeds(6, reseed=None)
        self.assertEqual(game.get_current_seeds(), (6, 5, True))
        for wrong in (-1, 2**64):
            with self.assertRaises(RuntimeError):
                game.set_current_seeds(core=wrong)
        self.assertEqual(game.get_current_seeds(), (6, 5, True))
        for key in [0xF1, ord("y")] + [27] * 20:
            if game.how_done() is None:
                game.step(key)
        with self.assertRaisesRegex(RuntimeError, "reset first"):
            game.set_current_seeds(1, 2)

    def test_random_characters(self):
        game = self.game(playername="Agent-@", observation_keys=("tty_chars",))
        titles = set()
        for seed in range(8):
            game.set_initial_seeds(seed, seed)
            observation = game.reset()
            for _ in range(6):
                observation, _ = game.step(ord(" "))
            titles.add(observation[0][22, :22].tobytes())
        self.assertGreater(len(titles), 3)

    def test_end(self):
        game = self.game()
        game.reset()
        done = False
        for key in (*[32] * 6, 0xF1, ord("y"), *[27] * 20):
            if not done:
                self.assertIsNone(game.how_done())
                _, done = game.step(key)
        self.assertEqual(game.how_done(), nethack.game_end_types.QUIT)
        self.assertFalse(game.in_normal_game())
        with self.assertRaisesRegex(RuntimeError, "reset first"):
            game.step(32)

    def test_wizkit(self):
        game = self.game(wizard=True, observation_keys=("inv_strs",))
        items = [text.tobytes().rstrip(b"\0") for text in game.reset(wizkit_items=["blessed +3 gray dragon scale mail"])[0]]
        self.assertIn(b"a gray dragon scale mail", items)
        with self.assertRaisesRegex(ValueError, "wizard=True"):
            self.game().reset(wizkit_items=["coin"])

    def test_closed(self):
        game = self.game()
        game.reset()
        game.close()
        game.close()
        with self.assertRaises(RuntimeError):
            game.step(32)


class Engine(unittest.TestCase):
    def run_python(self, code, **environment):
        return subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(arena.__file__).parents[1]), **environment},
            timeout=60,
        )

    def test_missing_engine_says_what_to_do(self):
        code = "import arena; arena.make('NetHackScore-v0')"
        with tempfile.TemporaryDirectory() as folder:
            ran = self.run_python(code, ARENA_HOME=folder, ARENA_NODE=self.node())
        self.assertIn("arena.local.EngineMissing", ran.stderr)
        self.assertIn("npm run build", ran.stderr)

    def test_missing_node_says_what_to_do(self):
        code = "import arena; arena.make('NetHackScore-v0')"
        ran = self.run_python(code, ARENA_NODE="/no/such/node")
        self.assertRegex(ran.stderr, "EngineMissing: /no/such/node does not run .*set ARENA_NODE")
        with tempfile.TemporaryDirectory() as folder:
            ran = self.run_python(code, ARENA_HOME=folder, PATH=folder)
        self.assertIn("there is none: run `npm ci`", ran.stderr)

    def node(self):
        from arena.local import checkout, node_binary

        return node_binary(checkout())

    def test_forks_have_engines_of_their_own(self):
        code = (
            "import os, arena\n"
            "env = arena.make('NetHackScore-v0'); env.seed(5, 6); a = env.reset()['chars'].sum()\n"
            "pid = os.fork()\n"
            "if pid == 0:\n"
            "    own = arena.make('NetHackScore-v0'); own.seed(5, 6)\n"
            "    os._exit(0 if own.reset()['chars'].sum() == a else 1)\n"
            "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), env.step(0)[2])\n"
        )
        ran = self.run_python(code)
        self.assertEqual(ran.stdout, "0 False\n", ran.stderr)

    def test_an_engine_that_dies_is_named(self):
        code = (
            "import os, signal, arena\nfrom arena import local\n"
            "env = arena.make('NetHackScore-v0'); env.reset()\n"
            "os.kill(local._host()._process.pid, signal.SIGKILL)\n"
            "try:\n    env.step(0)\nexcept arena.EngineMissing as error:\n    print(error)\n"
            "print(arena.make('NetHackScore-v0').reset()['chars'].shape)\n"
        )
        ran = self.run_python(code)
        self.assertEqual(ran.stdout, "the engine's process ended with code -9; what it said stands above\n(21, 79)\n", ran.stderr)


if __name__ == "__main__":
    unittest.main()
