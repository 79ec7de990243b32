"""The actions: enumerations of key bytes, and the tuples of them that environments take."""

from __future__ import annotations

import enum
from typing import Dict, List, Tuple, Union

from .data import INTERFACE

_KEYS: Dict[str, Dict[str, int]] = {}
for _set, _name, _key in INTERFACE["actions"]:
    _KEYS.setdefault(_set, {})[_name] = _key


def _enumeration(name: str, keys: Dict[str, int]) -> "type[enum.IntEnum]":
    return enum.IntEnum(name, keys, module=__name__)  # type: ignore[return-value]


def _some(keys: Dict[str, int], names: Tuple[str, ...]) -> Dict[str, int]:
    return {name: keys[name] for name in names}


_STRAIGHT = ("N", "E", "S", "W")
_SLANTED = ("NE", "SE", "SW", "NW")

CompassCardinalDirection = _enumeration("CompassCardinalDirection", _some(_KEYS["CompassDirection"], _STRAIGHT))
CompassIntercardinalDirection = _enumeration(
    "CompassIntercardinalDirection", _some(_KEYS["CompassDirection"], _SLANTED)
)
CompassDirection = _enumeration("CompassDirection", _KEYS["CompassDirection"])
CompassCardinalDirectionLonger = _enumeration(
    "CompassCardinalDirectionLonger", _some(_KEYS["CompassDirectionLonger"], _STRAIGHT)
)
CompassIntercardinalDirectionLonger = _enumeration(
    "CompassIntercardinalDirectionLonger", _some(_KEYS["CompassDirectionLonger"], _SLANTED)
)
CompassDirectionLonger = _enumeration("CompassDirectionLonger", _KEYS["CompassDirectionLonger"])
MiscDirection = _enumeration("MiscDirection", _KEYS["MiscDirection"])
MiscAction = _enumeration("MiscAction", _KEYS["MiscAction"])
Command = _enumeration("Command", _KEYS["Command"])
TextCharacters = _enumeration("TextCharacters", _KEYS["TextCharacters"])


def M(key: Union[str, int]) -> int:
    """The byte of a letter with Meta."""
    return 0x80 | (ord(key) if isinstance(key, str) else int(key))


def C(key: Union[str, int]) -> int:
    """The byte of a letter with Control."""
    return 0x1F & (ord(key) if isinstance(key, str) else int(key))


class UnsafeActions(enum.IntEnum):
    """Keys that no set of actions has: help pages, and the messages before."""

    HELP = ord("?")
    PREVMSG = C("p")


class WizardCommand(enum.IntEnum):
    """Commands of debug mode."""

    WIZDETECT = C("e")
    WIZGENESIS = C("g")
    WIZIDENTIFY = C("i")
    WIZLEVELPORT = C("v")
    WIZMAP = C("f")
    WIZWHERE = C("o")
    WIZWISH = C("w")


_SETS: Dict[str, "type[enum.IntEnum]"] = {
    each.__name__: each
    for each in (CompassDirection, CompassDirectionLonger, MiscDirection, MiscAction, Command, TextCharacters)
}

#: All 121, in their order: the challenge's.
ACTIONS: Tuple[enum.IntEnum, ...] = tuple(_SETS[set_][name] for set_, name, _ in INTERFACE["actions"])


def _of_keys(keys: List[int], of: Tuple[enum.IntEnum, ...]) -> Tuple[enum.IntEnum, ...]:
    """The actions with these keys; where several share one, text stands last."""
    by_key: Dict[int, enum.IntEnum] = {}
    for action in of:
        by_key[action.value] = action
    return tuple(by_key[key] for key in keys)


#: 86 that mean something to an agent; the default of NetHack-v0.
USEFUL_ACTIONS: Tuple[enum.IntEnum, ...] = _of_keys(INTERFACE["usefulActionKeys"], ACTIONS)
#: 23: the default of the smaller tasks.
TASK_ACTIONS: Tuple[enum.IntEnum, ...] = _of_keys(INTERFACE["taskActionKeys"], ACTIONS)
#: Commands for people at a terminal.
NON_RL_ACTIONS: Tuple[enum.IntEnum, ...] = tuple(
    action for action in Command if action.value not in INTERFACE["usefulActionKeys"]
)

_TYPES: Dict[int, str] = {}
for _action in (*ACTIONS, *UnsafeActions, *WizardCommand):
    _TYPES.setdefault(_action.value, f"{type(_action).__name__}.{_action.name}")


def action_id_to_type(action: int) -> str:
    """`Enumeration.NAME` of a key. Raises KeyError for a key of no action."""
    return _TYPES[int(action)]
