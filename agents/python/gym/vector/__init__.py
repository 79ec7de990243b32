"""gym.vector: environments stepped one after another as one."""

from arena.standin.handover import missing
from arena.standin.vector import SyncVectorEnv

__all__ = ["SyncVectorEnv"]
__getattr__ = missing(__name__, __all__)
