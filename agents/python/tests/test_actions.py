"""The names of actions."""

import unittest

from arena.agent import Action, find_action

ACTIONS = tuple(
    Action(index, *rest)
    for index, rest in enumerate(
        [
            ("CompassDirection", "N", 107),
            ("CompassDirectionLonger", "N", 75),
            ("MiscAction", "MORE", 13),
            ("Command", "SEARCH", 115),
        ]
    )
)


class Names(unittest.TestCase):
    def test_an_action_is_found_by_its_name_or_by_its_set_and_its_name(self):
        for names, index in [(("MORE",), 2), (("MiscAction", "MORE"), 2), (("CompassDirectionLonger", "N"), 1)]:
            self.assertEqual(find_action(ACTIONS, *names).index, index)

    def test_a_name_that_names_no_action_comes_with_those_there_are(self):
        for names, words in [
            (("N",), '2 actions are called N: say index("CompassDirection", "N") or index("CompassDirectionLonger", "N")'),
            (("search",), 'there is no action search; did you mean index("Command", "SEARCH")?'),
            (("Command", "MORE"), 'there is no action Command.MORE; did you mean index("MiscAction", "MORE")?'),
            (("JUMP",), "there is no action JUMP; context.actions lists all 4, each with its set and its name"),
        ]:
            with self.subTest(names), self.assertRaises(KeyError) as caught:
                find_action(ACTIONS, *names)
            self.assertEqual(str(caught.exception), words)


if __name__ == "__main__":
    unittest.main()
