"""As gym.wrappers.frame_stack."""

from arena.standin.stacking import FrameStack

__all__ = ["FrameStack"]
