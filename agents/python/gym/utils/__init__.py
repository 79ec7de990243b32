"""gym.utils: seeding."""

from . import seeding

__all__ = ["seeding"]
