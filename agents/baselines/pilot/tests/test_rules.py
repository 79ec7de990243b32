import unittest

from .situation import game_at

from perception.status import BLIND
from rules import RULES
from rules.collect import collect
from rules.descend import descend, leave_mines
from rules.eat import eat_carried, eat_corpse
from rules.fight import fight, fight_inside
from rules.rest import rest, sit_out
from rules.shoot import clear_way, shoot
from rules.survive import drink, escape, pray, shelter
from rules.unstick import kick_doors, look_further, search

ROOM = ["-------", "|.....|", "|..@..|", "|.....|", "-------"]
WEAK, DYING = {21: 3}, {10: 4}
SWORD = ("a", 2, "a long sword (weapon in hand)")


def with_foe(name: str, **more):
    rows = [*ROOM[:2], "|..@d.|", *ROOM[3:]]
    return game_at(rows, {"d": name}, pack=[SWORD], **more)


class Prayer(unittest.TestCase):
    def test_when_dying_or_weak(self):
        for status in (DYING, WEAK, {10: 7, 11: 50}):
            with self.subTest(status):
                command = pray(game_at(ROOM, status=status))
                self.assertEqual(command.keys, "\xf0")
                self.assertTrue(command.answers[0][0].search("Are you sure you want to pray? [yn] (n)"))

    def test_not_in_health_nor_too_early(self):
        for status in ({}, {**DYING, 20: 100}, {**WEAK, 20: 290}, {10: 8, 11: 50}):
            with self.subTest(status):
                self.assertIsNone(pray(game_at(ROOM, status=status)))

    def test_once(self):
        game = game_at(ROOM, status=DYING)
        self.assertIsNotNone(pray(game))
        self.assertIsNone(pray(game))
        game.status.turn += 549
        self.assertIsNone(pray(game))
        game.status.turn += 500
        self.assertIsNotNone(pray(game))


class Fight(unittest.TestCase):
    def test_who_is_beside(self):
        self.assertEqual(fight(with_foe("jackal")).keys, "Fl")

    def test_neither_eyes_nor_the_peaceful(self):
        for name in ("floating eye", "shopkeeper"):
            self.assertIsNone(fight(with_foe(name)))
        game = with_foe("hill orc")
        game.friends.add(game.foes[0].monster, (2, 4), 500)
        observed = with_foe("hill orc")
        observed.friends = game.friends
        observed._find([(2, 4, 1, game.foes[0].monster)])
        self.assertIsNone(fight(observed))

    def test_an_eye_only_where_the_other_end_is_hunger(self):
        def hits(turns, hunger=1, hp=30, rows=("|..@d.|",), legend={}):
            game = game_at([*ROOM[:2], *rows, *ROOM[3:]], {"d": "floating eye", **legend}, pack=[SWORD], status={21: hunger, 10: hp})
            game.level.turns = turns
            return fight(game) is not None

        self.assertEqual([hits(1500), hits(1501), hits(1501, hp=20)], [False, True, False])
        self.assertEqual([hits(100, WEAK[21]), hits(101, WEAK[21])], [False, True])
        self.assertFalse(hits(9999, rows=("|k.@d.|",), legend={"k": "jackal"}))

    def test_nor_cockatrices_with_bare_hands(self):
        rows = [*ROOM[:2], "|..@c.|", *ROOM[3:]]
        self.assertIsNone(fight(game_at(rows, {"c": "cockatrice"})))
        self.assertIsNotNone(fight(with_foe("cockatrice")))

    def test_elbereth_where_the_fight_is_lost(self):
        command = escape(with_foe("soldier ant", status={10: 9}))
        self.assertEqual((command.by, command.keys), ("elbereth", "E"))
        asked = [keys for pattern, keys in command.answers if pattern.search("What do you want to write in the dust here?")]
        self.assertEqual(asked, ["Elbereth\r"])
        self.assertIsNone(escape(with_foe("soldier ant")))
        self.assertIsNone(escape(with_foe("newt", status={10: 9})))

    def test_no_elbereth_for_those_who_do_not_respect_it(self):
        for name in ("soldier", "minotaur"):
            with self.subTest(name):
                self.assertIsNone(escape(with_foe(name, status={10: 5})))

    def test_upstairs_where_it_stands_on_them(self):
        game = with_foe("soldier ant", status={10: 9, 12: 2})
        game.level.up.add(game.status.cell)
        self.assertEqual(escape(game).keys, "<")

    def test_healing_is_drunk_before_what_is_unknown(self):
        rows = [*ROOM[:2], "|..@d.|", *ROOM[3:]]
        pack = [SWORD, ("b", 8, "a murky potion"), ("c", 8, "2 potions of healing")]
        command = drink(game_at(rows, {"d": "soldier ant"}, pack=pack, status=DYING))
        self.assertEqual((command.keys, command.answers[-1][1]), ("q", "c"))
        self.assertIsNone(drink(game_at(rows, {"d": "soldier ant"}, pack=pack)))
        self.assertIsNone(drink(game_at(ROOM, pack=pack, status=DYING)))

    def test_stays_on_its_word_while_hurt_and_hunted(self):
        game = with_foe("soldier ant", status={10: 9})
        self.assertIsNone(shelter(game))
        self.assertIsNotNone(escape(game))
        self.assertEqual(shelter(game).by, "shelter")
        game.status.turn += 301
        self.assertIsNone(shelter(game))

    def test_hits_whatever_has_swallowed_it(self):
        game = game_at(ROOM)
        self.assertIsNone(fight_inside(game))
        game.swallowed = True
        self.assertRegex(fight_inside(game).keys, "^F[hjkl]$")

    def test_waits_until_it_sees_again(self):
        self.assertIsNone(sit_out(game_at(ROOM)))
        self.assertEqual(sit_out(game_at(ROOM, status={25: BLIND})).by, "sit out")

    def test_what_lies_ready_is_shot_along_a_line_only(self):
        pack = [("b", 2, "8 +0 arrows (in quiver)")]
        rows = [*ROOM[:2], "|@..d.|", *ROOM[3:]]
        command = shoot(game_at(rows, {"d": "jackal"}, pack=pack))
        self.assertEqual(command.keys, "f")
        self.assertEqual(command.answers[0][1], "l")
        self.assertIsNone(shoot(game_at([ROOM[0], "|@....|", ROOM[1], "|.d...|", ROOM[4]], {"d": "jackal"}, pack=pack)))
        self.assertIsNone(shoot(game_at([*ROOM[:2], "|@.kd.|", *ROOM[3:]], {"d": "jackal", "k": "pet of kitten"}, pack=pack)))
        self.assertIsNone(shoot(game_at([*ROOM[:2], "|@.dk.|", *ROOM[3:]], {"d": "jackal", "k": "shopkeeper"}, pack=pack)))

    def test_what_is_in_the_way_for_long_is_thrown_at(self):
        game = game_at([*ROOM[:2], "|..@e.|", *ROOM[3:]], {"e": "floating eye"}, pack=[SWORD, ("c", 2, "2 darts")])
        self.assertIsNone(clear_way(game))
        game.level.turns = 100
        command = clear_way(game)
        self.assertEqual((command.keys, command.answers[0][1], command.answers[1][1]), ("t", "c", "l"))


class Meals(unittest.TestCase):
    def test_from_the_pack_when_hungry(self):
        pack = [SWORD, ("d", 7, "an uncursed food ration")]
        self.assertIsNone(eat_carried(game_at(ROOM, pack=pack)))
        command = eat_carried(game_at(ROOM, pack=pack, status={21: 2}))
        self.assertEqual((command.keys, command.answers[1][1]), ("e", "d"))

    def test_a_corpse_that_fell_just_now(self):
        rows = [*ROOM[:2], "|..@n.|", *ROOM[3:]]
        game = game_at(rows, {"n": "corpse of newt"}, said="You kill the newt!")
        self.assertEqual(eat_corpse(game).keys, "l")

    def test_no_corpse_that_harms(self):
        rows = [*ROOM[:2], "|..@b.|", *ROOM[3:]]
        self.assertIsNone(eat_corpse(game_at(rows, {"b": "corpse of bat"}, said="You kill the bat!")))

    def test_nobody_of_its_own_kind(self):
        rows = [*ROOM[:2], "|..@g.|", *ROOM[3:]]
        for race, eaten in (("human", True), ("gnomish", False)):
            with self.subTest(race):
                said = f"Hello Agent, welcome to NetHack!  You are a neutral male {race} Healer. You kill the gnome!"
                self.assertEqual(eat_corpse(game_at(rows, {"g": "corpse of gnome"}, said=said)) is not None, eaten)

    def test_no_corpse_of_unknown_age(self):
        rows = [*ROOM[:2], "|..@n.|", *ROOM[3:]]
        for said in ("", "You kill the jackal!", "You destroy the newt!"):
            with self.subTest(said):
                self.assertIsNone(eat_corpse(game_at(rows, {"n": "corpse of newt"}, said=said)))


class Ways(unittest.TestCase):
    def test_down_when_strong_enough(self):
        rows = [*ROOM[:2], "|..@.>|", *ROOM[3:]]
        strong = {10: 60, 11: 60, 16: 3, 18: 8, 12: 1}
        game = game_at(rows, status=strong)
        self.assertIsNone(descend(game))
        game.level.turns = 100
        self.assertEqual(descend(game).keys, "ll")
        weak = game_at(rows)
        weak.level.turns = 100
        self.assertIsNone(descend(weak))

    def test_out_of_the_mines(self):
        game = game_at([*ROOM[:2], "|<.@..|", *ROOM[3:]], status={23: 2})
        self.assertEqual(leave_mines(game).keys, "hh")
        self.assertIsNone(leave_mines(game_at([*ROOM[:2], "|<.@..|", *ROOM[3:]])))

    def test_gold_is_fetched_but_not_from_a_shop(self):
        rows = [*ROOM[:2], "|..@.$|", *ROOM[3:]]
        legend = {"$": "thing of gold piece"}
        self.assertEqual(collect(game_at(rows, legend)).keys, "ll")
        shop = [ROOM[0], "|..k..|", *rows[2:]]
        self.assertIsNone(collect(game_at(shop, {**legend, "k": "shopkeeper"})))

    def test_rest_until_foes_come(self):
        self.assertEqual(rest(game_at(ROOM, status={10: 15})).keys, "20s")
        self.assertIsNone(rest(game_at(ROOM)))
        self.assertIsNone(rest(with_foe("jackal", status={10: 15})))

    def test_further_where_nothing_is_new(self):
        game = game_at([*ROOM[:2], "|..@..'####", *ROOM[3:]])
        self.assertIsNone(look_further(game))
        game.level.turns = 100
        self.assertTrue(look_further(game).keys.startswith("lll"))

    def test_locked_doors_are_kicked_and_closed_shops_are_not(self):
        rows = [*ROOM[:2], "|....@+", *ROOM[3:]]
        game = game_at(rows)
        game.level.turns = 100
        self.assertIsNone(kick_doors(game))
        game.level.note_failed((2, 6), "This door is locked.")
        command = kick_doors(game)
        self.assertEqual((command.keys, command.answers[0][1]), ("\x04", "l"))
        game.said = 'You read: "Closed for inventory".'
        self.assertIsNone(kick_doors(game))

    def test_search_where_no_way_is_left(self):
        game = game_at(ROOM)
        game.level.turns = 100
        self.assertEqual(search(game).by, "to search")
        found = game_at([*ROOM[:2], "|..@.>|", *ROOM[3:]])
        found.level.turns = 100
        self.assertIsNone(search(found))


class Ranking(unittest.TestCase):
    def test_a_healthy_hero_in_an_unknown_place_is_the_network_s(self):
        game = game_at(ROOM)
        self.assertEqual([rule.__name__ for rule in RULES if rule(game) is not None], [])

    def test_to_live_comes_first(self):
        game = with_foe("jackal", status=DYING)
        self.assertEqual(next(rule.__name__ for rule in RULES if rule(game) is not None), "pray")
