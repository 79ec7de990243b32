"""A stand-in for gymnasium, where neither gym nor gymnasium is installed; where gymnasium is, it is what gets imported."""

from arena.standin.handover import load_real as _load_real

if not _load_real("gymnasium", __file__):
    from arena.standin.core import ActionWrapper, Env, ObservationWrapper, RewardWrapper, Wrapper

    from . import envs, error, logger, spaces, utils, wrappers
    from .envs.registration import make, register, registry, spec
    from .spaces import Space

    #: Of the interface that this answers to.
    __version__ = "0.29.1"
    #: What tells this package from the real one.
    is_stand_in = True

    __all__ = [
        "ActionWrapper",
        "Env",
        "ObservationWrapper",
        "RewardWrapper",
        "Space",
        "Wrapper",
        "envs",
        "error",
        "logger",
        "make",
        "register",
        "registry",
        "spaces",
        "spec",
        "utils",
        "wrappers",
    ]

del _load_real
