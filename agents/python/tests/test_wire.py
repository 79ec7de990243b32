"""Frames however they are cut, and the image they change."""

import os
import random
import struct
import threading
import unittest

import numpy as np

from arena import wire
from arena.wire import PAYLOAD, FrameReader, Image


def framed(kind, payload):
    return struct.pack("<IB", len(payload), kind) + payload


class Frames(unittest.TestCase):
    def through(self, data, sizes):
        """The frames that a reader finds in data that comes in pieces."""
        read, write = os.pipe()
        self.addCleanup(os.close, read)

        def feed():
            at = 0
            for size in sizes:
                os.write(write, data[at : at + size])
                at += size
            while at < len(data):
                at += os.write(write, data[at:])
            os.close(write)

        thread = threading.Thread(target=feed)
        thread.start()
        reader = FrameReader(read)
        found = []
        while True:
            frame = reader.read()
            if frame is None:
                break
            found.append((frame[0], reader.payload(frame[1])))
        thread.join()
        return found

    def test_any_cut(self):
        chance = random.Random(5)
        for _ in range(60):
            frames = [
                (chance.randrange(256), chance.randbytes(chance.choice([0, 1, 3, 11, 100, 70_000])))
                for _ in range(chance.randrange(6))
            ]
            data = b"".join(framed(*frame) for frame in frames)
            sizes = [chance.randrange(1, 9) for _ in range(chance.randrange(20))]
            self.assertEqual(self.through(data, sizes), frames)

    def test_an_end_within_a_frame(self):
        for length in (1, 4, 5, 6, 14):
            self.assertEqual(self.through(framed(1, b"0123456789")[:length], []), [])

    def test_write(self):
        read, write = os.pipe()
        payload = bytes(range(256)) * 1000
        thread = threading.Thread(target=wire.write_frame, args=(write, 7, payload))
        thread.start()
        reader = FrameReader(read)
        self.assertEqual(reader.read(), (7, len(payload)))
        self.assertEqual(reader.payload(len(payload)), payload)
        thread.join()
        os.close(read)
        os.close(write)


class Images(unittest.TestCase):
    FIELDS = [
        {"name": "glyphs", "dtype": "int16", "shape": [2, 3], "offset": 24},
        {"name": "blstats", "dtype": "int32", "shape": [4], "offset": 40},
        {"name": "misc", "dtype": "int32", "shape": [3], "offset": 64},
    ]

    def changes(self, ticket, slots, blocks):
        payload = struct.pack("<IHHII", ticket, len(slots), 0, len(blocks), 0)
        for part in (struct.pack(f"<{len(slots)}H", *slots), struct.pack(f"<{len(blocks)}I", *blocks)):
            payload += part + bytes(-len(part) % 8)
        payload += b"".join(blocks.values())
        buffer = np.zeros(PAYLOAD + len(payload), np.uint8)
        buffer[PAYLOAD:] = np.frombuffer(payload, np.uint8)
        return buffer

    def test_records(self):
        image = Image(2, 128, self.FIELDS)
        record = struct.pack("<HHIIIiI", 1, 1, 2, 3, 2**32 - 1, -7, 0) + struct.pack("<6h", *range(-3, 3)) + bytes(4)
        record += struct.pack("<4i", -1, 2**31 - 1, 0, 9) + bytes(8)
        self.assertEqual(image.apply(self.changes(99, [1], {2: record})), (99, [1]))
        self.assertEqual(image.header(1), (1, 1, 2, 3, 2**32 - 1, -7))
        self.assertEqual(image.slots[1]["glyphs"].tolist(), [[-3, -2, -1], [0, 1, 2]])
        self.assertEqual(image.slots[1]["blstats"].tolist(), [-1, 2**31 - 1, 0, 9])
        self.assertEqual(image.slots[1]["blstats"].dtype, np.int64)
        self.assertEqual(image.stacked["misc"].tolist(), [[0, 0, 0], [0, 0, 0]])
        last = struct.pack("<3i", 1, 0, 1) + bytes(52)
        self.assertEqual(image.apply(self.changes(100, [0, 1], {1: last, 3: last})), (100, [0, 1]))
        self.assertEqual(image.stacked["misc"].tolist(), [[1, 0, 1], [1, 0, 1]])
        self.assertEqual(image.slots[1]["glyphs"][0, 0], -3)

    def test_nothing_changed(self):
        image = Image(1, 128, self.FIELDS)
        self.assertEqual(image.apply(self.changes(1, [], {})), (1, []))


if __name__ == "__main__":
    unittest.main()
