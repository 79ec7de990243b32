"""Spaces, as gym.spaces has them."""

from arena.standin.spaces import *  # noqa: F403
from arena.standin.spaces import __all__ as __all__
