"""What becomes of environments that are dropped, forked or pickled, and what tasks of one's own call."""

import gc
import os
import pickle
import tempfile
import unittest

import arena
import gym
from arena import local
from nle import nethack
from nle.env import tasks

from tests.test_environments import made


def resident(process):
    """A process's memory, in MiB."""
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS"))


class Lifetimes(unittest.TestCase):
    def test_dropped_without_close_is_closed(self):
        for make in (lambda: gym.make("NetHackScore-v0"), lambda: nethack.Nethack(), lambda: arena.make_vector(num_envs=2)):
            gc.disable()  # freed at once, not when a collection happens to come
            try:
                env = make()
                env.reset()
                group = (getattr(env, "_group", None) or getattr(env, "_games", None) or env.unwrapped._episodes._group)._group
                del env
                self.assertIn(group, local._host().dropped)
            finally:
                gc.enable()
            other = made(self, gym.make("NetHackScore-v0"))
            self.assertEqual(list(local._host().dropped), [])
            with self.assertRaisesRegex(arena.EngineRefused, "was closed"):
                local._host().call("result", group=group, slot=0)
            other.reset()

    def test_a_hundred_dropped_ones_leave_nothing_behind(self):
        env = made(self, gym.make("NetHackScore-v0"))
        processes = {"python": os.getpid(), "engine": local._host()._process.pid}
        after = []
        # A game is 2.3 MiB. 100 that stay were 250 MiB more; 400 that went were 131 MiB in all, of which the first ten had 113.
        for count in (20, 100):
            for _ in range(count):
                env = gym.make("NetHackScore-v0")
                env.reset()
                env.step(0)
            after.append({name: resident(process) for name, process in processes.items()})
        grown = {name: after[1][name] - after[0][name] for name in processes}
        self.assertTrue(all(mebibytes < 100 for mebibytes in grown.values()), (after, grown))

    def test_forked_says_that_it_cannot_go_on(self):
        env = made(self, gym.make("NetHackScore-v0"))
        env.reset()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                env.step(0)
                os.write(write, b"stepped")
            except RuntimeError as error:
                os.write(write, str(error).encode())
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        os.close(write)
        with os.fdopen(read) as file:
            self.assertIn("made before this process was forked", file.read())
        self.assertEqual(env.step(0)[2], False)

    def test_pickling_says_why_not(self):
        for each in (made(self, gym.make("NetHackScore-v0")), made(self, nethack.Nethack())):
            with self.assertRaisesRegex(TypeError, "cannot be pickled: its game runs in the engine's process"):
                pickle.dumps(each)


class CustomTasks(unittest.TestCase):
    def test_time_penalties(self):
        class Mine(tasks.NetHackScore):
            def _reward_fn(self, last_observation, action, observation, end_status):
                return self._get_time_penalty(last_observation, observation)

        for mode in ("constant", "exp", "square", "linear", "always"):
            with self.subTest(mode):
                options = {"penalty_mode": mode, "penalty_step": -0.5, "penalty_time": 0.25}
                mine, theirs = made(self, Mine(**options)), made(self, tasks.NetHackScore(**options))
                earned = []
                for env in (mine, theirs):
                    env.seed(3, 4)
                    env.reset()
                    keys = [int(action) for action in env.actions]
                    wait, north = keys.index(ord("s")), keys.index(ord("k"))
                    earned.append([env.step(action)[1] for action in (wait, north, north, north, north, north, north, wait, wait)])
                self.assertEqual(*earned)

    def test_the_challenge_is_fixed(self):
        with self.assertRaisesRegex(TypeError, "no option 'actions'"):
            tasks.NetHackChallenge(actions=nethack.ACTIONS[:3])
        self.assertFalse(any("playmode" in each for each in made(self, tasks.NetHackChallenge(wizard=True)).nethack.options))

    def test_names(self):
        self.assertEqual(nethack.WizardCommand.WIZWISH, 23)
        self.assertEqual(nethack.action_id_to_type(nethack.WizardCommand.WIZGENESIS), "WizardCommand.WIZGENESIS")
        self.assertEqual(nethack.action_id_to_type(ord("?")), "UnsafeActions.HELP")
        env = made(self, gym.make("NetHackScore-v0"))
        env.reset()
        self.assertEqual(env.render("string"), env.render("ansi"))
        from nle._pynethack import nethack as compiled

        self.assertEqual((compiled.MAX_GLYPH, compiled.NLE_BL_SCORE), (nethack.MAX_GLYPH, nethack.NLE_BL_SCORE))

    def test_pictures_are_refused_where_it_is_made(self):
        with self.assertRaisesRegex(ValueError, "render_mode is one of human, .* not 'rgb_array'"):
            gym.make("NetHackScore-v0", render_mode="rgb_array")
        made(self, gym.make("NetHackScore-v0", render_mode="ansi"))

    def test_the_xlogfile_is_there_from_the_start(self):
        with tempfile.TemporaryDirectory() as folder:
            made(self, gym.make("NetHackScore-v0", savedir=folder))
            self.assertEqual(os.listdir(folder), [f"nle.{os.getpid()}.xlogfile"])


if __name__ == "__main__":
    unittest.main()
