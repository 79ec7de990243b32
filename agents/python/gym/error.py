"""gym.error's names, as far as they are raised here."""

from arena.standin.registration import Error, UnregisteredEnv

__all__ = ["Error", "UnregisteredEnv"]
