"""The wrappers that agents use most."""

from arena.standin.core import RecordEpisodeStatistics, TimeLimit

__all__ = ["RecordEpisodeStatistics", "TimeLimit"]
