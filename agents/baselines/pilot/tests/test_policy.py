import hashlib
import os
import unittest

import numpy as np

from . import situation

from command import Command, key_towards
from perception.batch import Batch, stack
from perception.glyphs import DOOR, OPEN, TRAP
from policy import Policy, draw
from ways import FAR, Ways

_HERE = os.path.dirname(os.path.abspath(__file__))
_MODEL = os.path.join(_HERE, "..", "policy.onnx")
_CLONERS = os.path.join(_HERE, "..", "..", "cloner", "policy.onnx")


def batch_of(count: int) -> Batch:
    return stack([situation.seen(["-----", "|.@.|", "-----"], status={20: 100 + i}) for i in range(count)])


class Draws(unittest.TestCase):
    def test_only_what_is_allowed(self):
        logits = np.array([[9.0, 0.0, -np.inf, 1.0]])
        may = np.array([[False, True, True, True]])
        drawn = {draw(logits, may, [i / 50])[0] for i in range(50)}
        self.assertEqual(drawn, {1, 3})

    def test_by_the_odds(self):
        logits = np.array([[0.0, 0.7 * np.log(3.0)]])
        may = np.ones((1, 2), bool)
        self.assertEqual([draw(logits, may, [x])[0] for x in (0.0, 0.24, 0.26, 0.999)], [0, 0, 1, 1])

    def test_anything_allowed_where_the_model_leaves_nothing(self):
        logits = np.full((1, 4), -np.inf)
        may = np.array([[False, True, False, True]])
        self.assertEqual([draw(logits, may, [x])[0] for x in (0.1, 0.9)], [1, 3])


class Model(unittest.TestCase):
    def test_is_the_cloner_s(self):
        digests = []
        for path in (_MODEL, _CLONERS):
            with open(path, "rb") as file:
                digests.append(hashlib.sha256(file.read()).hexdigest())
        self.assertEqual(*digests, "the model was trained anew: cp agents/baselines/cloner/policy.onnx agents/baselines/pilot/")

    def test_a_game_is_the_same_whatever_is_played_beside_it(self):
        alone, beside = Policy(4), Policy(4)
        for _ in range(3):
            one = alone.think([2], batch_of(1))
            many = beside.think([2, 0, 3], batch_of(3))
            np.testing.assert_array_equal(one[0], many[0])
        beside.reset(2)
        np.testing.assert_array_equal(beside.think([2], batch_of(1)), Policy(1).think([0], batch_of(1)))


class Walks(unittest.TestCase):
    def test_round_a_wall_and_not_diagonally_through_a_door(self):
        ways = np.zeros((21, 79), np.uint8)
        ways[1, 1:6] = ways[3, 1:6] = OPEN
        ways[2, 5] = DOOR
        found = Ways(ways, np.zeros((21, 79), bool), (1, 1))
        self.assertEqual(found.walk("test", (3, 1), most=99).keys, "lllljjhhhh")
        self.assertEqual(found.distances[3, 1], 10)

    def test_traps_only_for_the_daring_and_closed_cells_never(self):
        ways = np.zeros((21, 79), np.uint8)
        ways[1, 1:6] = OPEN
        ways[1, 3] = TRAP
        nothing = np.zeros((21, 79), bool)
        self.assertIsNone(Ways(ways, nothing, (1, 1)).walk("test", (1, 5)))
        self.assertEqual(Ways(ways, nothing, (1, 1), traps=True).walk("test", (1, 5)).keys, "llll")
        closed = nothing.copy()
        closed[1, 4] = True
        self.assertEqual(Ways(ways, closed, (1, 1), traps=True).distances[1, 5], FAR)

    def test_a_way_has_its_cells(self):
        ways = np.full((21, 79), OPEN, np.uint8)
        walk = Ways(ways, np.zeros((21, 79), bool), (5, 5)).walk("test", (8, 9))
        self.assertIsInstance(walk, Command)
        at = (5, 5)
        for key, cell in zip(walk.keys, walk.cells):
            self.assertEqual(key, key_towards(at, cell))
            at = cell
        self.assertEqual((at, len(walk.keys)), ((8, 9), 4))

    def test_nearest(self):
        ways = np.full((21, 79), OPEN, np.uint8)
        found = Ways(ways, np.zeros((21, 79), bool), (5, 5))
        wanted = np.zeros((21, 79), bool)
        self.assertIsNone(found.nearest(wanted))
        wanted[[5, 5, 9], [5, 8, 9]] = True
        self.assertEqual(found.nearest(wanted), (5, 8))
