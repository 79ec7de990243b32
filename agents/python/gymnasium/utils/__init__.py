"""gymnasium.utils: seeding, EzPickle."""

from arena.standin.core import EzPickle
from arena.standin.handover import missing

from . import ezpickle, seeding

__all__ = ["EzPickle", "ezpickle", "seeding"]
__getattr__ = missing(__name__, __all__)
