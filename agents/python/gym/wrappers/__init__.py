"""The wrappers that agents use most."""

from arena.standin.core import RecordEpisodeStatistics, TimeLimit
from arena.standin.handover import missing
from arena.standin.stacking import FrameStack

from . import frame_stack, time_limit

__all__ = ["FrameStack", "RecordEpisodeStatistics", "TimeLimit", "frame_stack", "time_limit"]
__getattr__ = missing(__name__, __all__)
