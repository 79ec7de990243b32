"""NLE's environments; importing this registers them with gym and gymnasium."""

from . import base, tasks
from .base import DEFAULT_KEYS, DUNGEON_SHAPE, NLE
from .registry import register_all as _register_all
from .tasks import (
    NetHackChallenge,
    NetHackEat,
    NetHackGold,
    NetHackOracle,
    NetHackScore,
    NetHackScout,
    NetHackStaircase,
    NetHackStaircasePet,
)

_register_all()

__all__ = [
    "DEFAULT_KEYS",
    "DUNGEON_SHAPE",
    "NLE",
    "NetHackChallenge",
    "NetHackEat",
    "NetHackGold",
    "NetHackOracle",
    "NetHackScore",
    "NetHackScout",
    "NetHackStaircase",
    "NetHackStaircasePet",
    "base",
    "tasks",
]
