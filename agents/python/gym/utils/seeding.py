"""gym.utils.seeding."""

from __future__ import annotations

from typing import Optional, Tuple

import numpy as np


def np_random(seed: Optional[int] = None) -> Tuple[np.random.Generator, int]:
    """A generator and the seed it has."""
    sequence = np.random.SeedSequence(seed)
    return np.random.default_rng(sequence), int(np.asarray(sequence.entropy).ravel()[0])
