"""NLE's compiled converter by its name; what it does is done by nle.dataset here."""

from nle.dataset.converter import Converter

__all__ = ["Converter"]
