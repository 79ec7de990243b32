"""Decodes a terminal recording: decode_ttyrec.py VERSION FILE -> JSON. One entry for each terminal frame."""

import base64
import bz2
import json
import struct
import sys
import zlib

from terminal import Terminal

version, path = int(sys.argv[1]), sys.argv[2]
with open(path, "rb") as file:
    data = file.read()
if path.endswith(".bz2"):
    data = bz2.decompress(data)

header = struct.Struct("<iiiB" if version == 3 else "<iii")
terminal = Terminal()
pictures, keys, scores, times, order = [], bytearray(), [], [], []
at = 0
while at < len(data):
    seconds, microseconds, length, *channel = header.unpack_from(data, at)
    at += header.size
    payload = data[at : at + length]
    assert len(payload) == length and 0 <= microseconds < 1_000_000
    at += length
    channel = channel[0] if channel else 0
    order.append(channel)
    if channel == 0:
        terminal.feed(payload)
        cells = bytes(sum(terminal.chars, [])) + bytes(sum(terminal.colors, []))
        pictures.append(zlib.crc32(cells + bytes([terminal.row, terminal.column])))
        times.append(seconds + microseconds / 1e6)
    elif channel == 1:
        assert length == 1
        keys += payload
    elif channel == 2:
        scores.append(struct.unpack("<i", payload)[0])
    else:
        raise ValueError(f"channel {channel}")
json.dump(
    {
        "pictures": pictures,
        "keys": base64.b64encode(keys).decode(),
        "scores": scores,
        "times": times,
        "order": order,
        "lastLines": terminal.lines(),
    },
    sys.stdout,
)
