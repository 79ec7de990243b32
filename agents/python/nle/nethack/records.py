"""NetHack's tables of monsters, objects and symbols, under the names of its own structs."""

from __future__ import annotations

import operator
from functools import lru_cache
from typing import Any, Dict, Optional, Tuple, Union

from .data import tables


@lru_cache(maxsize=None)
def _rows(table: str) -> Tuple[Dict[str, Any], ...]:
    found = tables()[table]
    names = found["columns"].split(" ")
    return tuple(dict(zip(names, row)) for row in found["rows"])


#: What each table's length is called.
_LENGTHS = {
    "monsters": ("monster", "NUMMONS"),
    "objects": ("object", "NUM_OBJECTS"),
    "monsterClasses": ("monster class", "MAXMCLASSES"),
    "objectClasses": ("object class", "MAXOCLASSES"),
    "symbols": ("map symbol", "MAXPCHARS"),
}


def _row(table: str, index: Any) -> Dict[str, Any]:
    rows = _rows(table)
    at = operator.index(index)
    if not 0 <= at < len(rows):
        what, length = _LENGTHS[table]
        raise IndexError(f"{what} {at} is out of range: 0 to {len(rows) - 1} ({length} is {len(rows)})")
    return rows[at]


class _Record:
    """A struct of NetHack's tables: its members are attributes that cannot be set."""

    __slots__ = ()

    def __init__(self, **members: Any) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, members[name])

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{name} of a {type(self).__name__} cannot be set: it is NetHack's own table")

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __repr__(self) -> str:
        members = " ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"<nethack.{type(self).__name__} {members}>"

    def __reduce__(self) -> Tuple[Any, ...]:
        return _restored, (type(self), {name: getattr(self, name) for name in self.__slots__})

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    def __hash__(self) -> int:
        return hash((type(self).__name__, *(getattr(self, name) for name in self.__slots__)))


def _restored(cls: type, members: Dict[str, Any]) -> "_Record":
    """A copy or an unpickled one."""
    found: _Record = object.__new__(cls)
    _Record.__init__(found, **members)
    return found


class permonst(_Record):
    """A kind of monster, 0 … NUMMONS - 1. `mlet` is a C char: a string of one character, for class_sym.from_mlet."""

    __slots__ = (
        *("mname", "mlet", "mlevel", "mmove", "ac", "mr", "geno", "cwt", "cnutrit", "msound", "msize", "mresists"),
        *("mconveys", "mflags1", "mflags2", "mflags3", "difficulty", "mcolor"),
    )

    mname: str
    mlet: str
    mlevel: int
    mmove: int
    ac: int
    mr: int
    geno: int
    cwt: int
    cnutrit: int
    msound: int
    msize: int
    mresists: int
    mconveys: int
    mflags1: int
    mflags2: int
    mflags3: int
    difficulty: int
    mcolor: int

    def __init__(self, index: int) -> None:
        row = _row("monsters", index)
        super().__init__(**{**row, "mlet": chr(row["mlet"])})


class objdescr(_Record):
    """What a kind of object is and looks like: the struct behind OBJ_NAME and OBJ_DESCR."""

    __slots__ = ("oc_name", "oc_descr")

    oc_name: Optional[str]
    oc_descr: Optional[str]

    @staticmethod
    def from_idx(index: int) -> "objdescr":
        """The same object for the same index."""
        return _objdescr(operator.index(index))


@lru_cache(maxsize=None)
def _objdescr(index: int) -> objdescr:
    return objdescr(**_row("objects", index))


class objclass(_Record):
    """A kind of object, 0 … NUM_OBJECTS - 1. `oc_class` is a C char: a string of one character, for class_sym.from_oc_class."""

    __slots__ = (
        *("oc_name_idx", "oc_descr_idx", "oc_oprop", "oc_class", "oc_delay", "oc_color", "oc_prob", "oc_weight"),
        "oc_cost",
    )

    oc_name_idx: int
    oc_descr_idx: int
    oc_oprop: int
    oc_class: str
    oc_delay: int
    oc_color: int
    oc_prob: int
    oc_weight: int
    oc_cost: int

    def __init__(self, index: int) -> None:
        row = _row("objects", index)
        super().__init__(**{**row, "oc_class": chr(row["oc_class"])})


def OBJ_NAME(obj: objclass) -> Optional[str]:
    """What an object is."""
    return objdescr.from_idx(obj.oc_name_idx).oc_name


def OBJ_DESCR(obj: objclass) -> Optional[str]:
    """What an object looks like before it is known; None where its name is shown."""
    return objdescr.from_idx(obj.oc_descr_idx).oc_descr


def _char(value: Union[str, int]) -> int:
    return ord(value) if isinstance(value, str) else operator.index(value)


class class_sym(_Record):
    """The default symbol of a class of monsters or objects; `sym` is a string of one character."""

    __slots__ = ("sym", "name", "explain")

    sym: str
    name: str
    explain: Optional[str]

    @staticmethod
    def from_mlet(mlet: Union[str, int]) -> "class_sym":
        """Of a monster's `mlet`."""
        return _class_sym("monsterClasses", _char(mlet))

    @staticmethod
    def from_oc_class(oc_class: Union[str, int]) -> "class_sym":
        """Of an object's `oc_class`, or one of the …_CLASS constants."""
        return _class_sym("objectClasses", _char(oc_class))


@lru_cache(maxsize=None)
def _class_sym(table: str, index: int) -> class_sym:
    row = _row(table, index)
    return class_sym(**{**row, "sym": chr(row["sym"])})


class symdef(_Record):
    """A map symbol, 0 … MAXPCHARS - 1, as glyph_to_cmap gives it."""

    __slots__ = ("sym", "explanation", "color")

    sym: int
    explanation: str
    color: int

    @staticmethod
    def from_idx(index: int) -> "symdef":
        """The same object for the same index."""
        return _symdef(operator.index(index))


@lru_cache(maxsize=None)
def _symdef(index: int) -> symdef:
    return symdef(**_row("symbols", index))


__all__ = ["OBJ_DESCR", "OBJ_NAME", "class_sym", "objclass", "objdescr", "permonst", "symdef"]
