"""Environments by name: this stand-in's own registry."""

from arena.standin.registration import EnvSpec, Registry

registry = Registry()
make = registry.make
register = registry.register
spec = registry.spec

__all__ = ["EnvSpec", "make", "register", "registry", "spec"]
