"""Recorded games read back: by hand, from the data base, in batches."""

import bz2
import concurrent.futures
import gzip
import os
import struct
import tempfile
import unittest

import numpy as np

import nle.dataset as nld
from nle.dataset.recording import RecordingError, read_frames, read_recording
from nle.dataset.terminal import Terminal
from nle.env import NLE
from nle import nethack

from tests.test_environments import made

KEYS = ("tty_chars", "tty_colors", "tty_cursor", "blstats")


def play(case, folder, episodes, steps, every=1):
    """Episodes recorded to a folder; what was seen at each step, the keys, and the scores, by episode."""
    env = made(case, NLE(every, folder, "wiz-elf-cha-mal", max_episode_steps=steps, observation_keys=KEYS, allow_all_modes=True))
    games = []
    for episode in range(episodes):
        env.seed(episode, 1)
        seen, keys = [env.reset()], []
        done = False
        while not done:
            action = (len(keys) * 7 + episode) % len(env.actions)
            observation, _, done, _ = env.step(action)
            seen.append(observation)
            keys.append(int(env.actions[action]))
        games.append((seen, keys))
    env.close()
    return games


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.database = os.path.join(self.folder, "games.db")

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path


class Reading(InFolder):
    def test_screens_are_those_that_were_seen(self):
        ((seen, keys),) = play(self, self.folder, 1, 150)
        screens = list(read_recording(os.path.join(self.folder, f"nle.{os.getpid()}.0.ttyrec3.bz2")))
        self.assertEqual(len(screens), len(seen))
        for screen, observation in zip(screens, seen):
            np.testing.assert_array_equal(screen.chars, observation["tty_chars"])
            np.testing.assert_array_equal(screen.colors, observation["tty_colors"])
            self.assertEqual(screen.cursor, tuple(observation["tty_cursor"]))
        self.assertEqual([screen.key for screen in screens], [*keys, 0])
        scores = [int(observation["blstats"][nethack.NLE_BL_SCORE]) for observation in seen]
        self.assertEqual([screen.score for screen in screens][1:-1], scores[1:-1])
        self.assertTrue(all(a.time < b.time for a, b in zip(screens, screens[1:])))

    def test_a_score_belongs_to_the_screen_before_its_key(self):
        def frames(*parts):
            told = {"A": (0, b"A"), "B": (0, b"B"), "k": (1, b"k"), "5": (2, struct.pack("<i", 5)), "9": (2, struct.pack("<i", 9))}
            return b"".join(struct.pack("<iiiB", 0, at, len(told[part][1]), told[part][0]) + told[part][1] for at, part in enumerate(parts))

        # as NLE writes it, and as this package did before
        for name, data in (("new.ttyrec3", frames(*"A5kB9k")), ("old.ttyrec3", frames(*"5Ak9Bk"))):
            screens = list(read_recording(self.write(name, data)))
            self.assertEqual([(screen.key, screen.score) for screen in screens], [(ord("k"), 5), (ord("k"), 9)], name)

    def test_versions_and_packing(self):
        frames = [(1, 5, b"\x1b[2JA"), (2, 0, b"\x1b[1;1HB")]
        old = b"".join(struct.pack("<iii", s, u, len(data)) + data for s, u, data in frames)
        new = b"".join(struct.pack("<iiiB", s, u, len(data), 0) + data for s, u, data in frames)
        for path in (
            self.write("a.ttyrec", old),
            self.write("b.ttyrec.bz2", bz2.compress(old)),
            self.write("c.ttyrec.gz", gzip.compress(old)),
            self.write("d.ttyrec2", new),
            self.write("e.ttyrec3.bz2", bz2.compress(new)),
        ):
            first, second = read_recording(path)
            self.assertEqual([chr(screen.chars[0, 0]) for screen in (first, second)], ["A", "B"], path)
            self.assertEqual((first.time, second.time, first.key), (1_000_005, 2_000_000, 0))

    def test_what_is_no_recording_says_so(self):
        whole = struct.pack("<iiiB", 0, 0, 3, 0) + b"abc"
        for name, data, message in (
            ("a.txt", whole, "called like no recording"),
            ("a.ttyrec3", whole[:9], "a.ttyrec3 ends in the head of frame 0"),
            ("b.ttyrec3", whole + whole[:-1], "b.ttyrec3 ends in frame 1"),
            ("c.ttyrec3", struct.pack("<iiiB", 0, 0, -1, 0), "frame 0 says it has -1 bytes"),
            ("d.ttyrec3", struct.pack("<iiiB", 0, 0, 1 << 30, 0), "frame 0 says it has"),
            ("e.ttyrec3", struct.pack("<iiiB", 0, 2_000_000, 0, 0), "no recording of this version"),
        ):
            with self.assertRaisesRegex(RecordingError, message):
                list(read_frames(self.write(name, data)))

    def test_batches(self):
        games = play(self, self.folder, 3, 40)
        nld.db.create(self.database)
        self.assertEqual(nld.add_nledata_directory(self.folder, "mine", self.database), 3)
        self.assertEqual(nld.db.count_games("mine", self.database), 3)
        dataset = nld.TtyrecDataset("mine", batch_size=2, seq_length=16, dbfilename=self.database, shuffle=False)
        self.assertEqual((len(dataset), dataset.ttyrec_version), (3, 3))
        rows = [[], []]
        for batch in dataset:
            self.assertEqual(batch["tty_chars"].shape, (2, 16, 24, 80))
            for row in range(2):
                for at in range(16):
                    if batch["gameids"][row, at]:
                        rows[row].append({name: array[row, at].copy() for name, array in batch.items()})
        # The first row has the first game and then the third, as the second is still busy with the second.
        for row, numbers in ((0, (0, 2)), (1, (1,))):
            expected = [(number, at) for number in numbers for at in range(len(games[number][0]))]
            self.assertEqual([int(found["gameids"]) for found in rows[row]], [number + 1 for number, _ in expected])
            for found, (number, at) in zip(rows[row], expected):
                seen, keys = games[number]
                np.testing.assert_array_equal(found["tty_chars"], seen[at]["tty_chars"])
                np.testing.assert_array_equal(found["tty_colors"], seen[at]["tty_colors"])
                np.testing.assert_array_equal(found["tty_cursor"], seen[at]["tty_cursor"])
                self.assertEqual(found["keypresses"], keys[at] if at < len(keys) else 0)
                self.assertEqual(found["done"], (number, at) == (2, 0))

    def test_pools_and_loops(self):
        play(self, self.folder, 3, 10)
        nld.db.create(self.database)
        nld.add_nledata_directory(self.folder, "mine", self.database)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            dataset = nld.TtyrecDataset("mine", 5, 8, dbfilename=self.database, threadpool=pool, loop_forever=True)
            for _, batch in zip(range(6), dataset):
                self.assertTrue(batch["gameids"].all())
        one = nld.TtyrecDataset("mine", dbfilename=self.database, gameids=[2])
        batch = next(one.get_ttyrec(2, 64))
        self.assertEqual(np.unique(batch["gameids"]).tolist(), [0, 2])
        # Batches that are kept stay what they were.
        kept = list(one.get_ttyrec(2, 4))
        self.assertGreater(len(kept), 1)
        self.assertEqual([int(part["gameids"].max()) for part in kept], [2] * len(kept))
        self.assertEqual(kept[0]["tty_chars"].tobytes(), batch["tty_chars"][:, :4].tobytes())
        connection = nld.db.connect(self.database)
        self.addCleanup(connection.close)
        self.assertEqual(nld.db.count_games("mine", connection), nld.db.count_games("mine", conn=connection))
        self.assertEqual((nld.db.ls(connection), nld.db.get_ttyrec_version("mine", connection)), (["mine"], 3))
        chosen = nld.TtyrecDataset(
            "mine", dbfilename=self.database, subselect_sql="SELECT gameid FROM games WHERE gameid > ?", subselect_sql_args=(1,)
        )
        self.assertEqual(len(chosen), 2)

    def test_a_recording_that_is_cut_off_ends_its_game(self):
        play(self, self.folder, 2, 10)
        nld.db.create(self.database)
        nld.add_nledata_directory(self.folder, "mine", self.database)
        dataset = nld.TtyrecDataset("mine", 1, 4, dbfilename=self.database, shuffle=False)
        whole = [int(number) for part in dataset for number in part["gameids"][0]]
        (path,) = dataset.get_paths(1)
        with open(path, "rb") as file:
            content = file.read()
        with open(path, "wb") as file:
            file.write(content[: len(content) // 2])
        with self.assertRaisesRegex(RecordingError, "cut off or damaged"):
            list(read_recording(path))
        with self.assertWarnsRegex(UserWarning, "game 1 ends early"):
            found = [int(number) for part in dataset for number in part["gameids"][0]]
        self.assertEqual(found.count(2), whole.count(2))
        self.assertLess(found.count(1), whole.count(1))

    def test_lines_of_the_xlogfile(self):
        # They quit, so that NetHack writes a line of each.
        env = made(self, NLE(1, self.folder, observation_keys=KEYS, allow_all_modes=True, allow_all_yn_questions=True))
        for _ in range(2):
            env.reset()
            for key in (0xF1, ord("y"), *[27] * 20):
                if env._episodes.running:
                    env._episodes.press(key)
            env._records.end_episode()
        nld.db.create(self.database)
        nld.add_nledata_directory(self.folder, "mine", self.database)
        meta = nld.TtyrecDataset("mine", dbfilename=self.database).get_meta(2)
        self.assertEqual((meta["death"], meta["role"], meta["turns"], meta["version"]), ("quit", "Mon", 1, "3.6.6"))

    def test_errors(self):
        with self.assertRaisesRegex(FileNotFoundError, "make one by nle.dataset.db.create"):
            nld.TtyrecDataset("mine", dbfilename=self.database)
        nld.db.create(self.database)
        with self.assertRaises(FileExistsError):
            nld.db.create(self.database)
        with self.assertRaisesRegex(ValueError, "no data set 'mine' in the data base; there are: none"):
            nld.TtyrecDataset("mine", dbfilename=self.database)
        with self.assertRaisesRegex(ValueError, "has no recordings"):
            nld.add_nledata_directory(self.folder, "mine", self.database)
        with self.assertRaisesRegex(ValueError, "has no xlogfile"):
            nld.add_altorg_directory(self.folder, "mine", self.database)
        play(self, self.folder, 1, 3)
        nld.add_nledata_directory(self.folder, "mine", self.database)
        with self.assertRaisesRegex(ValueError, "has a data set mine already"):
            nld.add_nledata_directory(self.folder, "mine", self.database)
        with self.assertRaisesRegex(ValueError, "has no game 7"):
            nld.TtyrecDataset("mine", dbfilename=self.database, gameids=[7])
        nld.db.delete_dataset("mine", self.database)
        self.assertEqual(nld.db.count_games("mine", self.database), 0)


class Converters(InFolder):
    def arrays(self, length, rows=24, cols=80):
        screens, numbers = (length, rows, cols), np.zeros(length, np.int64)
        return np.zeros(screens, np.uint8), np.zeros(screens, np.int8), np.zeros((length, 2), np.int16), numbers

    def test_fills_arrays_some_screens_at_a_time(self):
        ((seen, keys),) = play(self, self.folder, 1, 40)
        (file,) = (name for name in os.listdir(self.folder) if name.endswith(".bz2"))
        converter = nld.Converter(24, 80, 3)
        self.assertFalse(converter.is_loaded())
        converter.load_ttyrec(os.path.join(self.folder, file), gameid=7, part=2)
        self.assertEqual((converter.gameid, converter.part, os.path.basename(converter.filename)), (7, 2, file))
        at = 0
        for length, left in ((16, 0), (16, 0), (16, 48 - len(seen)), (16, 16)):
            arrays, pressed, scores = self.arrays(length), np.full(length, 99, np.uint8), np.full(length, -1, np.int32)
            self.assertEqual(converter.convert(*arrays, pressed, scores), left)
            for place in range(length - left):
                for array, name in zip(arrays, ("tty_chars", "tty_colors", "tty_cursor")):
                    np.testing.assert_array_equal(array[place], seen[at][name])
                self.assertEqual(pressed[place], keys[at] if at < len(keys) else 0)
                at += 1
            self.assertEqual(scores[length - left :].tolist(), [-1] * left)
        self.assertEqual(at, len(seen))

    def test_says_what_is_wrong(self):
        from nle import _pyconverter

        self.assertIs(_pyconverter.Converter, nld.Converter)
        converter = nld.Converter(4, 10, 1)
        with self.assertRaisesRegex(RuntimeError, "call load_ttyrec first"):
            converter.convert(*self.arrays(2, 4, 10))
        with self.assertRaises(FileNotFoundError):
            converter.load_ttyrec(os.path.join(self.folder, "none.ttyrec"))
        self.assertFalse(converter.is_loaded())
        converter.load_ttyrec(self.write("a.ttyrec", struct.pack("<iii", 0, 0, 2) + b"ab"))
        with self.assertRaisesRegex(ValueError, r"chars has the shape \(2, 4, 11\); .* must be \(2, 4, 10\)"):
            converter.convert(*self.arrays(2, 4, 11))
        with self.assertRaisesRegex(ValueError, "hold no keys"):
            converter.convert(*self.arrays(2, 4, 10), np.zeros(2, np.uint8), np.zeros(2, np.int32))
        self.assertEqual(converter.convert(*self.arrays(2, 4, 10)), 1)
        for wrong in ((24, 80, 4), (0, 80, 1)):
            with self.assertRaises(ValueError):
                nld.Converter(*wrong)


class PublicServers(unittest.TestCase):
    def test_recordings_belong_to_the_game_that_ends_next(self):
        with tempfile.TemporaryDirectory() as folder:
            # three of Ann's games, the second played in two sittings; one of Bob's without a recording
            games = (("Ann", 1000, 2000), ("Ann", 2100, 90000), ("Ann", 200_000, 200_100), ("Bob", 10, 20))
            with open(os.path.join(folder, "xlogfile.full.txt"), "w", encoding="latin-1") as file:
                for name, begun, ended in games:
                    file.write(f"version=3.4.3:points={ended}:name={name}:role=Val:starttime={begun}:endtime={ended}\n")
            os.makedirs(os.path.join(folder, "1", "Ann"))
            for clock in ("00:16:20", "00:34:55", "20:00:00", "23:00:00"):
                recording = struct.pack("<iii", 5, 0, 8) + clock.encode()
                with bz2.open(os.path.join(folder, "1", "Ann", f"1970-01-01.{clock}.ttyrec.bz2"), "wb") as file:
                    file.write(recording)
            # long before the third game, and after the last
            for name in ("1970-01-02.20:00:00", "1970-01-05.00:00:00"):
                with open(os.path.join(folder, "1", "Ann", f"{name}.ttyrec"), "wb") as file:
                    file.write(recording)
            database = os.path.join(folder, "ttyrecs.db")
            nld.db.create(database)
            self.assertEqual(nld.add_altorg_directory(folder, "nao", database), 2)
            self.assertEqual((nld.db.ls(database), nld.db.get_ttyrec_version("nao", database)), (["nao"], 1))
            self.assertEqual(nld.db.get_root("nao", database), folder)
            dataset = nld.TtyrecDataset("nao", batch_size=1, seq_length=4, dbfilename=database, shuffle=False)
            parts = [[os.path.basename(path)[11:19] for path in dataset.get_paths(game)] for game in (1, 2)]
            self.assertEqual(parts, [["00:16:20"], ["00:34:55", "20:00:00", "23:00:00"]])
            self.assertEqual((dataset.get_meta(2)["points"], dataset.get_meta(2)["role"]), (90000, "Val"))
            batch = next(iter(dataset))
            self.assertNotIn("keypresses", batch)
            self.assertEqual(batch["gameids"].tolist(), [[1, 2, 2, 2]])
            self.assertEqual(batch["tty_chars"][0, 2, 0, :8].tobytes(), b"20:00:00")

    def test_a_folder_without_recordings_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "xlogfile"), "w", encoding="latin-1") as file:
                file.write("name=Ann\tstarttime=1\tendtime=2\n")
            with self.assertRaisesRegex(ValueError, "has no recordings like PLAYER/2012"):
                nld.populate_db.add_altorg_directory(folder, "nao", os.path.join(folder, "a.db"))


class Sequences(unittest.TestCase):
    def shown(self, *parts):
        terminal = Terminal(4, 10)
        for part in parts:
            terminal.feed(part)
        chars, colors, cursor = terminal.picture()
        return [bytes(line).decode("latin-1").rstrip() for line in chars], colors, cursor

    def test_moves_and_erases(self):
        for data, lines, cursor in (
            (b"ab\r\ncd", ["ab", "cd", "", ""], (1, 2)),
            (b"abc\x08\x08X", ["aXc", "", "", ""], (0, 2)),
            (b"\x1b[3;4HX\x1b[AY\x1b[2DZ\x1b[BW", ["", "   ZY", "   XW", ""], (2, 5)),
            (b"abcdef\x1b[3D\x1b[K", ["abc", "", "", ""], (0, 3)),
            (b"abcdef\x1b[3D\x1b[1K", ["    ef", "", "", ""], (0, 3)),
            (b"ab\r\ncd\x1b[2J", ["", "", "", ""], (1, 2)),
            (b"ab\r\ncd\x1b[1;2H\x1b[J", ["a", "", "", ""], (0, 1)),
            (b"0123456789ab", ["0123456789", "ab", "", ""], (1, 2)),
            (b"1\n\r2\n\r3\n\r4\n\r5", ["2", "3", "4", "5"], (3, 1)),
            (b"a\x1b7b\x1b[4;1H\x1b8c", ["ac", "", "", ""], (0, 2)),
            (b"\x1b[?25l\x1b(B\x1b)0\x1b=\x1b[4lX\x0f\x07", ["X", "", "", ""], (0, 1)),
            (b"\x1b]0;a title\x07X\x1b]2;b\x1b\\Y", ["XY", "", "", ""], (0, 2)),
            (b"\tX", ["        X", "", "", ""], (0, 9)),
            (b"\x1b[99;99HX", ["", "", "", "         X"], (3, 9)),
        ):
            found, _, at = self.shown(data)
            self.assertEqual((found, at), (lines, cursor), data)
            # however it is cut
            self.assertEqual(self.shown(*(bytes([byte]) for byte in data))[0], lines, data)

    def test_colors(self):
        _, colors, _ = self.shown(b"a \x1b[1mb\x1b[31mc\x1b[7md \x1b[0me\x1b[92mf\x1b[22;27;39mg")
        self.assertEqual(colors[0].tolist(), [7, 0, 15, 9, 25, 25, 7, 10, 7, 0])


if __name__ == "__main__":
    unittest.main()
