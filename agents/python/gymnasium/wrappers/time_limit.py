"""As gymnasium.wrappers.time_limit."""

from arena.standin.core import TimeLimit

__all__ = ["TimeLimit"]
