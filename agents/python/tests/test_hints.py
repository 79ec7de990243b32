"""What is told of imports that fail."""

import unittest

from arena.runner.hints import explain


class Explained(unittest.TestCase):
    def test_a_missing_module_comes_with_near_names_and_with_what_there_is(self):
        near, there = explain(ModuleNotFoundError("No module named 'nump.linalg'", name="nump.linalg"), "/agent")
        self.assertRegex(near, r"^Did you mean numpy\b")
        self.assertRegex(there, r"^Beside its own modules this Python has .*numpy")
        self.assertNotIn(" os,", there)

    def test_a_module_like_no_other_comes_without_near_names(self):
        self.assertEqual(len(explain(ModuleNotFoundError("No module named 'qqq'", name="qqq"), "/agent")), 1)

    def test_a_syntax_error_comes_with_the_version(self):
        self.assertRegex(explain(SyntaxError("invalid syntax"), "/agent")[0], r"^This is Python 3\.\d+\.\d+\.$")

    def test_other_errors_speak_for_themselves(self):
        self.assertEqual(explain(ValueError("no"), "/agent"), [])


if __name__ == "__main__":
    unittest.main()
