"""What tasks of one's own call and override beside their reward."""

import os
import tempfile
import unittest

import gym
import gymnasium
from nle import nethack
from nle.env import tasks

from tests.test_environments import SEARCH, made

QUESTIONS = {"allow_all_modes": True, "actions": nethack.ACTIONS}
NORTH = 0


def at(env, name):
    return env.last_observation[env._observation_keys.index(name)]


def press(env, *keys):
    for key in keys:
        env.step(env.actions.index(key))


class CustomTasks(unittest.TestCase):
    def started(self, cls, **options):
        # one move a turn
        env = made(self, cls(character="val-hum-neu-fem", **options))
        env.seed(3, 4)
        env.reset()
        return env

    def test_known_steps_leave_prompts(self):
        env = self.started(tasks.NetHackScore, **QUESTIONS)
        for keys, is_agents in (
            ((nethack.Command.EAT,), True),
            ((nethack.Command.PRAY,), True),
            ((nethack.Command.KICK,), True),
            ((nethack.Command.DROP,), False),
            ((nethack.Command.ENGRAVE,), False),
            ((nethack.Command.CALL,), None),
        ):
            with self.subTest(keys):
                press(env, *keys)
                asked = bool(at(env, "internal")[1:4].any())
                observation, done = env._perform_known_steps(env.last_observation, False)
                self.assertIs(done, False)
                if is_agents is not None:
                    self.assertTrue(asked)
                    self.assertEqual(bool(observation[env._internal_index][1]), is_agents)
                observation, done = env._perform_known_steps(observation, done, exceptions=False)
                self.assertEqual((observation[env._internal_index][1:4].tolist(), done), ([0, 0, 0], False))
        all_questions = self.started(tasks.NetHackScore, allow_all_yn_questions=True, **QUESTIONS)
        press(all_questions, nethack.Command.DROP)
        observation, _ = all_questions._perform_known_steps(all_questions.last_observation, False)
        self.assertTrue(observation[all_questions._internal_index][1])

    def test_a_game_is_quit_out_of_any_prompt(self):
        for keys in ((), (nethack.Command.EAT,), (nethack.Command.INVENTORY,), (nethack.Command.TRAVEL,), (nethack.Command.EXTCMD,)):
            with self.subTest(keys):
                env = self.started(tasks.NetHackScore, **QUESTIONS)
                press(env, *keys)
                observation, done = env._quit_game(env.last_observation, False)
                self.assertEqual((done, env.nethack.in_normal_game()), (True, False))
                self.assertEqual(env.nethack.how_done(), nethack.QUIT)
                self.assertEqual(env._quit_game(observation, True), (observation, True))
                env.reset()
                self.assertTrue(env.nethack.in_normal_game())

    def test_aborts_of_its_own(self):
        class Short(tasks.NetHackScore):
            def _check_abort(self, observation):
                return super()._check_abort(observation) or self._turns >= 4

        with tempfile.TemporaryDirectory() as folder:
            env = self.started(Short, actions=(SEARCH,), savedir=folder)
            ends = [env.step(0)[2:] for _ in range(3)]
            self.assertEqual([(done, int(info["end_status"])) for done, info in ends], [(False, 0), (False, 0), (True, -1)])
            with self.assertRaisesRegex(RuntimeError, "call reset first"):
                env.step(0)
            # the game was quit, and so NetHack wrote its line
            with open(os.path.join(folder, f"nle.{os.getpid()}.xlogfile"), encoding="latin-1") as file:
                self.assertIn("death=quit\t", file.read())
            env.reset()
            self.assertFalse(env.step(0)[2])

    def test_turns_and_steps_without_progress(self):
        env = self.started(tasks.NetHackScore, actions=(SEARCH, nethack.Command.LOOK))
        told = [(env._turns, env._no_progress_count)]
        for action in (0, 1, 1, 0, 1):
            env.step(action)
            told.append((env._turns, env._no_progress_count))
        self.assertEqual(told, [(1, 0), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1)])
        challenge = made(self, gym.make("NetHackChallenge-v0", no_progress_timeout=3))
        challenge.reset()
        escape = challenge.actions.index(nethack.Command.ESC)
        challenge.step(escape)
        while challenge._no_progress_count < 3:
            done = challenge.step(escape)[2]
        self.assertTrue(done)

    def test_a_penalty_of_its_own_takes_the_place_of_the_engines(self):
        class Mine(tasks.NetHackStaircase):
            def _get_time_penalty(self, last_observation, observation):
                return -7.0

        class Doubled(tasks.NetHackScore):
            def _get_time_penalty(self, last_observation, observation):
                return 2 * super()._get_time_penalty(last_observation, observation)

        mine = self.started(Mine)
        self.assertEqual([mine.step(NORTH)[1] for _ in range(3)], [-7.0] * 3)
        options = {"actions": (SEARCH, nethack.Command.LOOK), "penalty_mode": "square"}
        plain, doubled = (self.started(cls, **options) for cls in (tasks.NetHackScore, Doubled))
        for action in (0, 1, 1, 1, 0, 1):
            once, twice = plain.step(action)[1], doubled.step(action)[1]
            self.assertAlmostEqual(twice, 2 * once)

    def test_every_key_of_an_action_has_a_type(self):
        sets = (nethack.ACTIONS, nethack.UnsafeActions, nethack.WizardCommand, nethack.USEFUL_ACTIONS, nethack.NON_RL_ACTIONS)
        for action in (action for each in sets for action in each):
            enumeration, _, name = nethack.action_id_to_type(action).partition(".")
            self.assertEqual(getattr(nethack, enumeration)[name].value, action.value)
            self.assertEqual(nethack.action_id_to_type(int(action)), f"{enumeration}.{name}")

    def test_a_seed_is_a_whole_number(self):
        env = made(self, gymnasium.make("NetHackScore-v0"))
        for seed in (1.5, "1", [1]):
            with self.subTest(seed), self.assertRaisesRegex(TypeError, "a seed is a whole number"):
                env.reset(seed=seed)
        env.reset(seed=1)


if __name__ == "__main__":
    unittest.main()
