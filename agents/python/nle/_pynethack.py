"""NLE's compiled module, as far as agents read it: the constants, under `nethack`. What else it has is the engine's own here."""

from nle import nethack

__all__ = ["nethack"]
