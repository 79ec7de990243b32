"""nle-play and nle-ttyplay as they are started."""

import glob
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import time
import unittest

from tests.test_dialects import HERE

SEQUENCE = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]")


def ran(command, *arguments):
    found = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-m", f"nle.scripts.{command}", *arguments],
        cwd=HERE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.returncode, found.stdout, found.stderr


class AtATerminal:
    """A command with a terminal of its own."""

    def __init__(self, command, *arguments):
        self.shown = b""
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(HERE)
            os.execv(sys.executable, [sys.executable, "-B", "-m", f"nle.scripts.{command}", *arguments])

    def waits_for(self, pattern):
        until = time.monotonic() + 60
        while not re.search(pattern, SEQUENCE.sub(b"", self.shown)):
            if not select.select([self._terminal], [], [], max(0, until - time.monotonic()))[0]:
                raise AssertionError(f"{pattern!r} was not shown, but {self.shown[-2000:]!r}")
            try:
                self.shown += os.read(self._terminal, 65536)
            except OSError:
                raise AssertionError(f"{pattern!r} was not shown, but {self.shown[-2000:]!r}") from None
        self.shown = b""

    def press(self, keys):
        os.write(self._terminal, keys)

    def end(self):
        _, status = os.waitpid(self._pid, 0)
        os.close(self._terminal)
        return os.WEXITSTATUS(status)


class Play(unittest.TestCase):
    def test_random_games_are_told_recorded_and_shown_again(self):
        with tempfile.TemporaryDirectory() as folder:
            arguments = ("--mode", "random", "--no-render", "--max-steps", "30", "--seeds", "3,4", "--character", "val")
            told = ran("play", *arguments, "--ngames", "2", "--savedir", folder)
            self.assertEqual((told[0], told[2]), (0, ""))
            self.assertRegex(told[1], r"^game 0: aborted, 30 steps, reward \S+\ngame 1: aborted, 30 steps, reward \S+\n$")
            # the same seeds are the same game
            self.assertEqual(ran("play", *arguments)[1], told[1].splitlines(keepends=True)[0])
            first, second = sorted(glob.glob(os.path.join(folder, "*.bz2")))
            code, shown, errors = ran("ttyplay", "--no-wait", first, second)
            self.assertEqual((code, errors), (0, ""))
            self.assertIn(b"Valkyrie", SEQUENCE.sub(b" ", shown.encode()))
            code, keys, errors = ran("ttyplay", "--keys", first)
            self.assertEqual((code, len(keys.splitlines()), errors), (0, 30, ""))
            self.assertRegex(keys, r"^0\t\d+\t\S+\n1\t")

    def test_by_the_keyboard(self):
        game = AtATerminal("play", "--character", "val-hum-neu-fem", "--seeds", "3,4")
        game.waits_for(rb"step 0, reward")
        game.press(b"s")
        game.waits_for(rb"step 1, reward")
        game.press(b"\xff")
        game.waits_for(rb"is no key of this environment")
        # questions reach the player
        game.press(b"d")
        game.waits_for(rb"What do you want to drop")
        game.press(b"\x1b\x03")
        game.waits_for(rb"game 0: left by the player, 3 steps")
        self.assertEqual(game.end(), 0)

    def test_help_and_errors_teach(self):
        code, told, _ = ran("play", "--help")
        self.assertEqual(code, 0)
        for word in ("nle-play --character val --seeds 1,2", "Ctrl-C ends", "NetHackChallenge-v0", "--mode {human,random}"):
            self.assertIn(word, told)
        for arguments, code, message in (
            ((), 2, "needs a terminal: start it in one, or add --mode random"),
            (("--env", "Chess-v0"), 2, "invalid choice: 'Chess-v0'"),
            (("--mode", "random", "--seeds", "x"), 2, "two with a comma between them"),
            (("--mode", "random", "--ngames", "0"), 2, "a whole number from 1 on"),
            (("--mode", "random", "--env", "NetHackChallenge-v0", "--seeds", "1"), 2, "keeps its seeds to itself"),
            (("--mode", "random", "--character", "jedi"), 1, "nle-play: 'jedi' is no character"),
            (("--no-render",), 2, "add --mode random"),
        ):
            with self.subTest(arguments):
                found = ran("play", *arguments)
                self.assertEqual((found[0], found[1]), (code, ""))
                self.assertIn(message, found[2])
                self.assertNotIn("Traceback", found[2])


class TtyPlay(unittest.TestCase):
    def test_help_and_errors_teach(self):
        code, told, _ = ran("ttyplay", "--help")
        self.assertEqual(code, 0)
        for word in ("space stops it", "--speed 5", "nle-ttyplay --keys"):
            self.assertIn(word, told)
        with tempfile.TemporaryDirectory() as folder:
            broken = os.path.join(folder, "broken.ttyrec")
            with open(broken, "wb") as file:
                file.write(struct.pack("<iii", 1, 0, 9) + b"short")
            for arguments, code, message in (
                ((os.path.join(folder, "none.ttyrec"),), 1, "No such file"),
                ((broken,), 1, "broken.ttyrec ends in frame 0"),
                (("game.txt",), 1, "is called like no recording"),
                (("--speed", "0", broken), 2, "a number above 0"),
                ((), 2, "required: FILE"),
            ):
                with self.subTest(arguments):
                    found = ran("ttyplay", *arguments)
                    self.assertEqual(found[0], code)
                    self.assertIn(message, found[2])
                    self.assertNotIn("Traceback", found[2])

    def test_stops_goes_on_and_ends_by_keys(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "game.ttyrec")
            with open(path, "wb") as file:
                for number in range(100):
                    text = b"<%d>" % number
                    file.write(struct.pack("<iii", number // 2, number % 2 * 500_000, len(text)) + text)
            shown = AtATerminal("ttyplay", "--speed", "8", "--from", "3", path)
            shown.waits_for(rb"<3>")
            shown.press(b" ")
            shown.press(b"+")
            shown.waits_for(rb"<5>")
            shown.press(b"q")
            self.assertEqual(shown.end(), 0)
