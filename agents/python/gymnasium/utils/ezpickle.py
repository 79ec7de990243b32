"""As gymnasium.utils.ezpickle."""

from arena.standin.core import EzPickle

__all__ = ["EzPickle"]
