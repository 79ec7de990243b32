import unittest

import numpy as np

from .situation import game_at, seen, spots_of

from command import INDEX, KEYS
from player import Player
from veto import allowed
from watchdog import Watchdog

ROOM = ["-------", "|.....|", "|..@..|", "|.....|", "-------"]
SWORD = ("a", 2, "a long sword (weapon in hand)")


def press(player: Player, *rows, **figures):
    observation = seen(*(rows or (ROOM,)), **figures)
    return player.act(observation, spots_of(observation))


class Prompts(unittest.TestCase):
    def test_standing_answers(self):
        for question, key in (
            *(("Really attack the peaceful dwarf?", "\x1b"), ("Beware, there will be no return! Still climb?", "n")),
            *(("Really quit? [yn] (n)", "n"), ("There is a jackal corpse here; eat it? [ynq] (n)", "n")),
            *(("Do you want your possessions identified? [ynq] (n)", "n"), ("What is this?", "\x1b")),
        ):
            with self.subTest(question):
                player = Player(1)
                player._dialogue.begin(None) if key == "n" else None
                self.assertEqual(press(player, message=question, misc=(1, 0, 0)), key)

    def test_more(self):
        self.assertEqual(press(Player(1), message="You hear a door open.--More--", misc=(0, 0, 1)), " ")

    def test_a_line_that_nobody_knows_is_left_and_one_is_typed_out(self):
        self.assertEqual(press(Player(1), misc=(0, 1, 0), screen=["Call a white potion:"]), "\x1b")
        player = Player(1)
        typed = [press(player, misc=(0, 1, 0), screen=['"Hello stranger, who are you?" -']) for _ in range(8)]
        self.assertEqual("".join(typed), "Croesus\r")

    def test_a_prayer_is_confirmed_and_a_network_s_is_not(self):
        player = Player(1)
        self.assertEqual(press(player, status={10: 3}), "\xf0")
        question = {"message": "Are you sure you want to pray? [yn] (n)", "misc": (1, 0, 0)}
        self.assertEqual(press(player, **question), "y")
        other = Player(1)
        other.chosen("s")
        self.assertEqual(press(other, **question), "n")

    def test_what_the_network_began_it_answers_but_not_for_ever(self):
        player = Player(1)
        self.assertIsNone(press(player))
        player.chosen("w")
        keys = [press(player, message="What do you want to wield? [- ab or ?*]", misc=(1, 0, 0)) for _ in range(9)]
        self.assertEqual(keys[:8], [None] * 8)
        self.assertIsNotNone(keys[8])
        self.assertTrue(player.allowed().all())

    def test_what_is_wanted_of_a_menu_is_marked_and_taken(self):
        rows = [[*ROOM[:2], "|..@.,|", *ROOM[3:]], {",": "thing of food ration"}]
        player = Player(1)
        self.assertEqual(press(player, *rows), "l")
        press(player, [*ROOM[:2], "|...@,|", *ROOM[3:]], rows[1])
        self.assertEqual(press(player, [*ROOM[:2], "|....@|", *ROOM[3:]], status={20: 502}), ",")
        screen = ["  Pick up what?", "", "  a - 2 food rations", "  b - a large box", "  (end)"]
        menu = {"misc": (0, 0, 1), "screen": screen, "cursor": (4, 8)}
        self.assertEqual(press(player, **menu), "a")
        screen[2] = "  a + 2 food rations"
        self.assertEqual(press(player, **menu), " ")


class Commands(unittest.TestCase):
    def test_who_turns_out_to_be_peaceful_is_left_alone(self):
        rows = [[*ROOM[:2], "|..@d.|", *ROOM[3:]], {"d": "hill orc"}]
        player = Player(1)
        self.assertEqual([press(player, *rows, pack=[SWORD]) for _ in range(2)], ["F", "l"])
        self.assertEqual(press(player, *rows, message="Really attack the peaceful hill orc?", misc=(1, 0, 0)), "\x1b")
        self.assertIsNone(press(player, *rows, pack=[SWORD]))
        self.assertFalse(player.allowed()[INDEX["l"]])

    def test_a_walk_ends_before_a_floating_eye(self):
        legend = {"$": "thing of gold piece", "e": "floating eye"}
        player = Player(1)
        self.assertEqual(press(player, ["--------", "|@....$|", "--------"], legend), "l")
        self.assertNotEqual(press(player, ["--------", "|.@e..$|", "--------"], legend, status={20: 501}), "l")

    def test_what_is_urgent_comes_before_a_walk(self):
        legend = {"$": "thing of gold piece"}
        player = Player(1)
        press(player, ["--------", "|@....$|", "--------"], legend)
        self.assertEqual(press(player, ["--------", "|.@...$|", "--------"], legend, status={20: 501, 10: 3, 11: 3}), "\xf0")

    def test_a_rule_that_takes_no_time_rests(self):
        rows = [[*ROOM[:2], "|..@d.|", *ROOM[3:]], {"d": "jackal"}]
        player = Player(1)
        keys = [press(player, *rows, pack=[SWORD]) for _ in range(12)]
        self.assertEqual(keys[:2], ["F", "l"])
        self.assertIsNone(keys[-1])


class Veto(unittest.TestCase):
    def test_the_network_does_not_quit_pray_or_leave_the_dungeon(self):
        may = allowed(game_at(ROOM))
        for key in ("\xf1", "\xf0", "<", "S", "t", "F", "e", "\x04"):
            with self.subTest(key):
                self.assertFalse(may[INDEX[key]])
        self.assertTrue(may[INDEX["h"]] and may[INDEX["s"]])

    def test_nor_does_it_walk_into_an_eye(self):
        may = allowed(game_at([*ROOM[:2], "|..@e.|", *ROOM[3:]], {"e": "floating eye"}))
        self.assertEqual([may[INDEX[key]] for key in "lLhH"], [False, False, True, True])

    def test_nor_pick_up_in_a_shop(self):
        shop = [ROOM[0], "|..k..|", *ROOM[2:]]
        self.assertFalse(allowed(game_at(shop, {"k": "shopkeeper"}))[INDEX[","]])
        self.assertTrue(allowed(game_at(ROOM))[INDEX[","]])

    def test_down_only_when_strong_enough(self):
        for status, expected in (({}, False), ({10: 60, 11: 60, 16: 3, 18: 8}, True)):
            game = game_at(ROOM, status=status)
            game.level.down.add(game.status.cell)
            self.assertEqual(bool(allowed(game)[INDEX[">"]]), expected)


class NoTime(unittest.TestCase):
    def test_the_watchdog_wakes_after_sixty_keys_and_sleeps_when_time_passes(self):
        import random

        watchdog, draw = Watchdog(), random.Random(1)
        found = [watchdog.check(7, draw) for _ in range(80)]
        self.assertEqual(set(found[:60]), {None})
        self.assertTrue(set(found[60:]) <= set(KEYS) and len(set(found[60:])) > 3)
        self.assertIsNone(watchdog.check(8, draw))


class Nothing(unittest.TestCase):
    def test_an_empty_place_has_no_fault(self):
        observation = seen([])
        for name in ("glyphs", "blstats"):
            observation[name] = np.zeros_like(observation[name])
        self.assertIn(Player(1).act(observation, spots_of(observation)), (None, *KEYS))
