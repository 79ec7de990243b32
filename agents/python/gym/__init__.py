"""A stand-in for gym, where neither gym nor gymnasium is installed; where gym is, it is what gets imported."""

from arena.standin.handover import load_real as _load_real
from arena.standin.handover import missing as _missing

if not _load_real("gym", __file__):
    from arena.standin.core import ActionWrapper, Env, ObservationWrapper, RewardWrapper, Wrapper

    from . import core, envs, error, logger, spaces, utils, vector, wrappers
    from .envs.registration import make, register, registry, spec
    from .spaces import Space

    #: Of the interface that this answers to.
    __version__ = "0.21.0"
    #: What tells this package from the real one.
    is_stand_in = True

    __all__ = [
        "ActionWrapper",
        "Env",
        "ObservationWrapper",
        "RewardWrapper",
        "Space",
        "Wrapper",
        "core",
        "envs",
        "error",
        "logger",
        "make",
        "register",
        "registry",
        "spaces",
        "spec",
        "utils",
        "vector",
        "wrappers",
    ]
    __getattr__ = _missing(__name__, __all__)

del _load_real, _missing
