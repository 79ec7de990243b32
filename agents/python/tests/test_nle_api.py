"""NLE 0.9.0's surface as its users see it, name by name: that it is there, how it is called, what it gives."""

import copy
import enum
import inspect
import os
import pickle
import tempfile
import unittest

import numpy as np

import gym
import gymnasium
import nle
from nle import env as environments
from nle import nethack
from nle.env import tasks

from tests.test_environments import made

ENUMS = """CompassCardinalDirection CompassIntercardinalDirection CompassDirection CompassCardinalDirectionLonger
CompassIntercardinalDirectionLonger CompassDirectionLonger MiscDirection MiscAction UnsafeActions Command TextCharacters""".split()
#: Member → its type, by the struct.
MEMBERS = {
    nethack.permonst: {
        **dict.fromkeys(("mname", "mlet"), str),
        **dict.fromkeys(
            "mlevel mmove ac mr geno cwt cnutrit msound msize mresists mconveys mflags1 mflags2 mflags3 difficulty mcolor".split(), int
        ),
    },
    nethack.objclass: {
        "oc_class": str,
        **dict.fromkeys("oc_name_idx oc_descr_idx oc_oprop oc_delay oc_color oc_prob oc_weight oc_cost".split(), int),
    },
    nethack.objdescr: {"oc_name": str, "oc_descr": str},
    nethack.class_sym: {"sym": str, "name": str, "explain": str},
    nethack.symdef: {"sym": int, "explanation": str, "color": int},
}


def parameters(function):
    """Name → default, of those that can be given by name."""
    found = inspect.signature(function).parameters.values()
    return {each.name: each.default for each in found if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)}


def beginning(function, count):
    """The first so many parameters: what a call by place relies on."""
    return list(parameters(function).items())[:count]


class RawGame(unittest.TestCase):
    def test_calls(self):
        expected = [
            ("observation_keys", tuple(nethack.OBSERVATION_DESC)),
            ("playername", "Agent-mon-hum-neu-mal"),
            ("ttyrec", None),
            ("options", None),
            ("copy", False),
            ("wizard", False),
            ("spawn_monsters", True),
            ("scoreprefix", ""),
        ]
        self.assertEqual(beginning(nethack.Nethack, 8), expected)
        none = inspect.Parameter.empty
        for method, names in {
            "reset": [("new_ttyrec", None), ("wizkit_items", None)],
            "step": [("action", none)],
            "close": [],
            "set_initial_seeds": [("core", none), ("disp", none), ("reseed", False)],
            "set_current_seeds": [("core", None), ("disp", None), ("reseed", False)],
            "get_current_seeds": [],
            "in_normal_game": [],
            "how_done": [],
        }.items():
            self.assertEqual(beginning(getattr(nethack.Nethack, method), 1 + len(names))[1:], names, method)

    def test_arrays_are_filled_again_unless_copied(self):
        for copied in (False, True):
            game = made(self, nethack.Nethack(("blstats", "chars"), copy=copied))
            game.set_initial_seeds(1, 2)
            first = game.reset()
            self.assertIsInstance(first, tuple)
            self.assertEqual([each.shape for each in first], [(27,), (21, 79)])
            second, done = game.step(ord("s"))
            self.assertIs(done, False)
            self.assertEqual([a is b for a, b in zip(first, second)], [not copied] * 2)
            self.assertTrue(game.in_normal_game())
            self.assertEqual(game.get_current_seeds(), (1, 2, False))
            game.close()

    def test_ends(self):
        game = made(self, nethack.Nethack(("blstats",)))
        # a game may begin with a question that takes the first key
        game.set_initial_seeds(1, 2)
        game.reset()
        done = False
        for key in [0xF1, ord("y")] + [27] * 20:
            if not done:
                _, done = game.step(key)
        self.assertEqual((done, game.how_done(), game.how_done().name), (True, nethack.game_end_types.QUIT, "QUIT"))
        self.assertFalse(game.in_normal_game())
        with self.assertRaises(RuntimeError):
            game.step(ord("s"))

    def test_wishes_are_debug_modes(self):
        with self.assertRaises(ValueError):
            made(self, nethack.Nethack()).reset(wizkit_items=["magic marker"])
        game = made(self, nethack.Nethack(("inv_strs",), wizard=True))
        (strings,) = game.reset(wizkit_items=["3 blessed magic markers"])
        self.assertTrue(any(b"magic marker" in bytes(line) for line in strings))


class Names(unittest.TestCase):
    def test_actions(self):
        self.assertEqual([len(nethack.ACTIONS), len(nethack.USEFUL_ACTIONS)], [121, 86])
        self.assertTrue(set(nethack.NON_RL_ACTIONS) <= set(nethack.Command))
        for name in ENUMS:
            found = getattr(nethack, name)
            self.assertTrue(issubclass(found, enum.IntEnum), name)
            self.assertEqual(found.__name__, name)
            self.assertTrue(all(0 < member < 256 for member in found))
        self.assertEqual(nethack.action_id_to_type(ord("h")), "CompassDirection.W")

    def test_shapes(self):
        shapes = "DUNGEON BLSTATS MESSAGE PROGRAM_STATE INTERNAL".split()
        self.assertEqual([getattr(nethack, f"{name}_SHAPE") for name in shapes], [(21, 79), (27,), (256,), (6,), (9,)])
        self.assertEqual((nethack.INV_SIZE, nethack.TTYREC_VERSION), ((55,), 3))
        self.assertEqual(nethack.OBSERVATION_DESC["glyphs"], {"shape": (21, 79), "dtype": np.dtype("int16")})
        self.assertIn("nobones", nethack.NETHACKOPTIONS)
        self.assertEqual(nethack.game_end_types(15).name, "ASCENDED")
        self.assertEqual(len(nethack.glyph2tile), nethack.MAX_GLYPH)

    def test_all_at_once(self):
        names = {}
        exec("from nle.nethack import *", names)
        wanted = ["glyph2tile", "permonst", "NLE_BL_TIME", "ACTIONS", "tty_render", "glyph_is_pet", "DIED", "Nethack"]
        self.assertEqual([name for name in wanted if name not in names], [])
        self.assertNotIn("annotations", names)

    def test_glyphs(self):
        for name in [name for name in dir(nethack) if name.startswith("glyph_")]:
            one = getattr(nethack, name)(nethack.GLYPH_PET_OFF)
            many = getattr(nethack, name)(np.full((2, 3), nethack.GLYPH_PET_OFF, np.int16))
            self.assertIsInstance(one, bool if "_is_" in name else int, name)
            self.assertEqual((many.shape, many.tolist()), ((2, 3), [[one] * 3] * 2), name)

    def test_records(self):
        samples = [
            *(nethack.permonst(i) for i in range(nethack.NUMMONS)),
            *(nethack.objclass(i) for i in range(nethack.NUM_OBJECTS)),
            *(nethack.objdescr.from_idx(i) for i in range(nethack.NUM_OBJECTS)),
            *(nethack.symdef.from_idx(i) for i in range(nethack.MAXPCHARS)),
            *(nethack.class_sym.from_mlet(chr(i)) for i in range(nethack.MAXMCLASSES)),
            *(nethack.class_sym.from_oc_class(i) for i in range(nethack.MAXOCLASSES)),
        ]
        for record in samples:
            for name, kind in MEMBERS[type(record)].items():
                value = getattr(record, name)
                may_be_none = type(record) is nethack.objdescr or name == "explain"
                self.assertTrue(isinstance(value, kind) or (value is None and may_be_none), (record, name))
                with self.assertRaises(AttributeError):
                    setattr(record, name, value)
            self.assertEqual(copy.deepcopy(record), record)
            self.assertEqual(pickle.loads(pickle.dumps(record)), record)
        self.assertEqual(str(nethack.symdef.from_idx(1)), "<nethack.symdef sym=124 explanation='wall' color=7>")

    def test_records_are_the_same_objects(self):
        for make, index in (
            (nethack.objdescr.from_idx, 7),
            (nethack.symdef.from_idx, 7),
            (nethack.class_sym.from_mlet, 7),
            (nethack.class_sym.from_oc_class, 7),
        ):
            self.assertIs(make(index), make(np.int64(index)))
            self.assertIsNot(make(index), make(index + 1))
            with self.assertRaises(TypeError):
                make(7.0)
        self.assertIs(nethack.class_sym.from_mlet("\x07"), nethack.class_sym.from_mlet(7))

    def test_ranges_are_named(self):
        for make, what, length, count in (
            (nethack.permonst, "monster", "NUMMONS", nethack.NUMMONS),
            (nethack.objclass, "object", "NUM_OBJECTS", nethack.NUM_OBJECTS),
            (nethack.objdescr.from_idx, "object", "NUM_OBJECTS", nethack.NUM_OBJECTS),
            (nethack.symdef.from_idx, "map symbol", "MAXPCHARS", nethack.MAXPCHARS),
        ):
            with self.assertRaises(IndexError) as raised:
                make(count)
            told = f"{what} {count} is out of range: 0 to {count - 1} ({length} is {count})"
            self.assertEqual(str(raised.exception), told)


class Environments(unittest.TestCase):
    IDS = "NetHack Score Staircase StaircasePet Oracle Gold Eat Scout Challenge".split()

    def test_are_registered(self):
        self.assertEqual(environments.NLE.task_id, "NetHack-v0")
        for name in self.IDS[1:]:
            self.assertTrue(issubclass(getattr(tasks, f"NetHack{name}"), environments.NLE))
        for registry in (gym, gymnasium):
            for name in ("NetHack", *(f"NetHack{name}" for name in self.IDS[1:])):
                self.assertEqual(registry.spec(f"{name}-v0").id, f"{name}-v0")

    def test_are_made(self):
        defaults = "glyphs chars colors specials blstats message inv_glyphs inv_strs inv_letters inv_oclasses screen_descriptions "
        expected = [
            ("save_ttyrec_every", 0),
            ("savedir", None),
            ("character", "mon-hum-neu-mal"),
            ("max_episode_steps", 5000),
            ("observation_keys", tuple((defaults + "tty_chars tty_colors tty_cursor").split())),
            ("actions", None),
            ("options", None),
            ("wizard", False),
            ("allow_all_yn_questions", False),
            ("allow_all_modes", False),
            ("spawn_monsters", True),
        ]
        self.assertEqual(beginning(environments.NLE, 11), expected)
        for task in tasks.TASKS[1:-1]:
            self.assertTrue({"penalty_mode", "penalty_step", "penalty_time"} <= parameters(task).keys(), task)
        self.assertEqual(parameters(tasks.NetHackChallenge)["no_progress_timeout"], 10_000)
        self.assertEqual(parameters(tasks.NetHackChallenge)["max_episode_steps"], 1_000_000)
        env = made(self, tasks.NetHackScore(0, None, "val-hum-neu-fem", penalty_step=0.5))
        self.assertEqual((env.character, env.penalty_step, len(env.actions)), ("val-hum-neu-fem", 0.5, 23))

    def test_are_used(self):
        env = made(self, gym.make("NetHackScore-v0")).unwrapped
        for name in "actions character nethack last_observation observation_space action_space metadata StepStatus savedir".split():
            self.assertTrue(hasattr(env, name), name)
        self.assertIsNone(env.savedir)
        self.assertEqual([each.name for each in env.StepStatus], ["ABORTED", "RUNNING", "DEATH", "TASK_SUCCESSFUL"])
        env.seed(3, 4, False)
        self.assertIsInstance(env.reset(), dict)
        self.assertEqual(env.get_seeds(), (3, 4, False))
        observation, reward, done, info = env.step(0)
        self.assertEqual([type(observation), type(reward), type(done)], [type(env.reset()), float, bool])
        self.assertEqual(sorted(info), ["end_status", "is_ascended"])
        self.assertIn("@", env.render("ansi"))
        for wrong in ("video", "rgb"):
            with self.assertRaises(ValueError):
                env.render(wrong)

    def test_leave_files(self):
        with tempfile.TemporaryDirectory() as folder:
            env = made(self, environments.NLE(2, folder, max_episode_steps=3))
            for _ in range(3):
                env.reset()
                while not env.step(0)[2]:
                    pass
            env.close()
            pid = os.getpid()
            names = [name for name in sorted(os.listdir(folder)) if name.endswith(".bz2")]
            self.assertEqual(names, [f"nle.{pid}.0.ttyrec3.bz2", f"nle.{pid}.2.ttyrec3.bz2"])

    def test_speak_gymnasium(self):
        env = made(self, gymnasium.make("NetHackScore-v0"))
        one, info = env.reset(seed=5)
        again, _ = env.reset(seed=5, options={})
        np.testing.assert_array_equal(one["chars"], again["chars"])
        self.assertEqual((info, len(env.step(0))), ({}, 5))


class Package(unittest.TestCase):
    def test_version(self):
        self.assertEqual(nle.__version__, "0.9.0")


if __name__ == "__main__":
    unittest.main()
