"""gymnasium.core's names."""

from arena.standin.core import ActionWrapper, Env, ObservationWrapper, RewardWrapper, Wrapper

__all__ = ["ActionWrapper", "Env", "ObservationWrapper", "RewardWrapper", "Wrapper"]
