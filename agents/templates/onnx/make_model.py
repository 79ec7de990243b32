"""
Writes policy.onnx: logits = waiting @ weights + bias, for 121 actions. Yours will come from torch.onnx.export or the like;
this one is written byte by byte, so that it needs nothing but Python.
"""

import pathlib
import struct

ACTIONS = 121
#: Indices among the challenge's actions.
MOVES, DOWN, MORE, ESCAPE, SEARCH = range(8), 17, 19, 38, 75
#: What misc says: a yes/no question, line input, a --More-- waits.
WAITING = 3
FLOAT = 1


def number(value):
    """A varint, as protocol buffers have them."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def field(key, value):
    """A field of a message: a whole number, a text, or bytes."""
    if isinstance(value, int):
        return number(key << 3) + number(value)
    data = value.encode() if isinstance(value, str) else value
    return number(key << 3 | 2) + number(len(data)) + data


def tensor(name, shape, values):
    dims = b"".join(field(1, size) for size in shape)
    return dims + field(2, FLOAT) + field(8, name) + field(9, struct.pack(f"<{len(values)}f", *values))


def value(name, columns):
    shape = field(1, field(2, "games")) + field(1, field(1, columns))
    return field(1, name) + field(2, field(1, field(1, FLOAT) + field(2, shape)))


def node(operator, inputs, output):
    return b"".join(field(1, name) for name in inputs) + field(2, output) + field(4, operator)


def model(weights, bias):
    """logits = waiting @ weights + bias as a file's bytes: WAITING rows of ACTIONS weights, ACTIONS biases."""
    graph = b"".join(
        [
            field(1, node("MatMul", ["waiting", "weights"], "weighed")),
            field(1, node("Add", ["weighed", "bias"], "logits")),
            field(2, "policy"),
            field(5, tensor("weights", [WAITING, ACTIONS], sum(weights, []))),
            field(5, tensor("bias", [ACTIONS], bias)),
            field(11, value("waiting", WAITING)),
            field(12, value("logits", ACTIONS)),
        ]
    )
    return field(1, 8) + field(2, "make_model.py") + field(7, graph) + field(8, field(1, "") + field(2, 17))


def policy():
    """Moves and searches by lot, and leaves what waits for an answer."""
    bias = [-20.0] * ACTIONS
    for move in MOVES:
        bias[move] = 0.0
    bias[SEARCH] = 1.0
    bias[DOWN] = -1.0
    weights = [[0.0] * ACTIONS for _ in range(WAITING)]
    weights[0][ESCAPE] = weights[1][ESCAPE] = weights[2][MORE] = 60.0
    return model(weights, bias)


if __name__ == "__main__":
    pathlib.Path(__file__).with_name("policy.onnx").write_bytes(policy())
