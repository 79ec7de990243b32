"""Characters that name a part of a hero, or none, and options beside them."""

import re
import unittest

import arena
from nle import nethack
from nle.env import tasks

from tests.test_environments import made

KEYS = ("tty_chars", "message")


def hero(screen):
    """What NetHack's greeting says of the hero."""
    said = re.search(r"You are an? (.*?)\.", screen.tobytes().decode("latin-1"), re.DOTALL)
    return re.sub(r"\s+", " ", said.group(1)) if said else None


class Characters(unittest.TestCase):
    def of_environment(self, character, **options):
        env = made(self, tasks.NetHackScore(character=character, observation_keys=KEYS, **options))
        env.seed(3, 4)
        told = hero(env.reset()["tty_chars"])
        self.assertIsNotNone(told, character)
        return told

    def of_game(self, playername, options=(), wizard=False):
        given = [*nethack.NETHACKOPTIONS, *options]
        game = made(self, nethack.Nethack(("tty_chars",), playername, options=given, wizard=wizard))
        game.set_initial_seeds(3, 4)
        (screen,) = game.reset()
        for _ in range(20):
            if hero(screen):
                break
            (screen,), _ = game.step(ord(" "))
        return hero(screen)

    def test_parts_in_any_combination(self):
        for character, expected in (
            ("val", "Valkyrie$"),
            ("mon-hum", "human Monk$"),
            ("fem-law-mon", "^lawful female human Monk$"),
            ("VALKYRIE-dwarf", "^lawful dwarven Valkyrie$"),
            ("orc", "^chaotic .*orcish"),
            ("", "."),
            ("@", "."),
        ):
            with self.subTest(character):
                self.assertRegex(self.of_environment(character), expected)
                self.assertRegex(self.of_environment(character, wizard=True), expected)
                self.assertRegex(self.of_game(f"Agent-{character}"), expected)
                self.assertRegex(self.of_game(f"Agent-{character}", wizard=True), expected)

    def test_options_say_what_the_character_leaves_open(self):
        for options, playername, expected in (
            (["role:Samurai", "gender:female"], "X", "^lawful female human Samurai$"),
            (["race:orc"], "X-wiz", "orcish Wizard$"),
            (["race:elf"], "X-@", " elven "),
            (["align:chaotic", "gender:female"], "X-@", "^chaotic "),
        ):
            with self.subTest(playername, options=options):
                self.assertRegex(self.of_game(playername, options), expected)
                given = [*nethack.NETHACKOPTIONS, *options]
                self.assertRegex(self.of_environment(playername.partition("-")[2], options=given), expected)

    def test_one_that_names_nothing_is_refused_where_it_is_made(self):
        for character in ("jedi", "val-xyz", "mon,time", "mon hum"):
            with self.subTest(character), self.assertRaisesRegex(arena.EngineRefused, f"'{character}' is no character: use a role"):
                tasks.NetHackScore(character=character)


if __name__ == "__main__":
    unittest.main()
