import unittest

from . import situation  # noqa: F401 - finds the agent

from knowledge.food import ANY_KIN, choose_food, is_safe_corpse, kin_of
from knowledge.monsters import LETTERS, damage_rate, is_passive, may_hit, named, respects_elbereth


NOBODY = frozenset()


def one(name: str) -> int:
    return min(named(name))


class Corpses(unittest.TestCase):
    def test_harmless_ones_are_eaten(self):
        for name in ("newt", "jackal", "sewer rat", "gnome", "lichen", "goblin", "rothe"):
            with self.subTest(name):
                self.assertTrue(is_safe_corpse(one(name), NOBODY))

    def test_what_kills_or_changes_is_not(self):
        for name in (
            *("cockatrice", "green slime", "killer bee", "kobold", "acid blob", "floating eye", "bat", "werejackal", "kitten"),
            *("gnome zombie", "kobold mummy", "human", "chameleon", "violet fungus", "lizard", "Woodland-elf", "soldier ant"),
        ):
            with self.subTest(name):
                self.assertFalse(is_safe_corpse(one(name), NOBODY))


    def test_nor_one_s_own_kind(self):
        dwarves, gnomes = {"dwarf", "dwarf lord"}, {"gnome", "gnome king"}
        for race, role, left in (
            *(("gnomish\n", "Archeologist", gnomes), ("dwarven", "Archeologist", dwarves), ("dwarven", "Valkyrie", dwarves), ("gnomish", "Wizard", gnomes)),
            *(("dwarven", "Caveman", set()), ("gnomish", "Cavewoman", set()), ("orcish", "Wizard", set()), ("human", "Samurai", set())),
        ):
            with self.subTest(f"{race} {role}"):
                # The longest of these words take two lines; the platform's opening has dismissed them when the game begins.
                kin = kin_of(f"Hello Agent, welcome to NetHack!  You are a lawful female {race} {role}. You feel lucky.")
                self.assertEqual({name for name in {*dwarves, *gnomes, "hill orc"} if not is_safe_corpse(one(name), kin)}, left)
        self.assertIsNone(kin_of("You are a gnome lord."))
        for name in ("dwarf", "gnome lord"):
            self.assertFalse(is_safe_corpse(one(name), ANY_KIN))


class Food(unittest.TestCase):
    def test_small_things_come_first(self):
        self.assertEqual(choose_food(["2 uncursed food rations", "an uncursed apple"]), 1)

    def test_what_is_no_food_for_the_hero_is_left(self):
        for names in ([], ["a jackal corpse"], ["an apple (unpaid, 9 zorkmids)"], ["an uncursed tin"]):
            with self.subTest(names):
                self.assertIsNone(choose_food(names))

    def test_plurals(self):
        for name in ("5 uncursed lembas wafers", "3 eucalyptus leaves", "2 cloves of garlic", "4 fortune cookies", "a lichen corpse"):
            with self.subTest(name):
                self.assertEqual(choose_food([name]), 0)


class Foes(unittest.TestCase):
    def test_who_is_not_hit(self):
        for name, hp, bare_handed, blind, expected in (
            *(("floating eye", 100, False, False, False), ("floating eye", 100, False, True, True)),
            *(("gas spore", 25, False, False, False), ("gas spore", 26, False, False, True)),
            *(("cockatrice", 90, True, False, False), ("cockatrice", 90, False, False, True)),
            *(("green mold", 30, False, False, False), ("green mold", 61, False, False, True)),
            *(("blue jelly", 200, False, False, False), ("shopkeeper", 200, False, False, False)),
            *(("jackal", 1, True, False, True), ("acid blob", 10, False, False, True)),
        ):
            with self.subTest(name, hp=hp):
                self.assertEqual(may_hit(one(name), hp, bare_handed, blind), expected)

    def test_in_the_way_for_long_a_mold_is_hit_and_an_eye_is_not(self):
        self.assertTrue(may_hit(one("green mold"), 30, False, False, stuck=True))
        self.assertFalse(may_hit(one("floating eye"), 300, False, False, stuck=True))

    def test_elbereth(self):
        self.assertTrue(respects_elbereth(one("jackal")))
        for name in ("minotaur", "shopkeeper", "human", "Angel"):
            self.assertFalse(respects_elbereth(one(name)))

    def test_passive_ones_do_no_harm_by_themselves(self):
        self.assertTrue(is_passive(one("brown mold")))
        self.assertEqual(damage_rate(one("brown mold"), 9), 0)

    def test_worse_armour_and_worse_monsters_cost_more(self):
        self.assertLess(damage_rate(one("jackal"), 2), damage_rate(one("jackal"), 9))
        self.assertLess(damage_rate(one("jackal"), 5), damage_rate(one("soldier ant"), 5))

    def test_names_that_are_nobody_s_are_told(self):
        with self.assertRaisesRegex(ValueError, "no monster is called nobody"):
            named("jackal, nobody")

    def test_letters(self):
        self.assertEqual([LETTERS[one(name)] for name in ("jackal", "lichen", "human")], ["d", "F", "@"])
