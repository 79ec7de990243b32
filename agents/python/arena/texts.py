"""Fields in words, for agents that read: UTF-8 in bytes, zero padded, as `message` is."""

from __future__ import annotations

from typing import Dict

import numpy as np

#: Bytes of each field by its name.
TEXT_FIELDS: Dict[str, int] = {
    "text_message": 2048,
    "text_status": 512,
    "text_inventory": 5120,
    "text_surroundings": 8192,
}


def text(field: np.ndarray) -> str:
    """A field of bytes as a string, up to its first zero: a text field, `message`, one of `inv_strs`."""
    return bytes(field).split(b"\0", 1)[0].decode("utf-8", "replace")
