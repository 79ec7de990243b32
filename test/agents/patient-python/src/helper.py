"""Beside the entry, to be imported."""


def mixed(*numbers):
    value = 0
    for number in numbers:
        value = (value * 0x01000193 ^ number) & 0xFFFFFFFF
    return value >> 8
