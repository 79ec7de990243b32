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


def _row(table: str, index: Any, what: str) -> Dict[str, Any]:
    rows = _rows(table)
    at = operator.index(index)
    if not 0 <= at < len(rows):
        raise IndexError(f"{what} {at} is out of range: 0 to {len(rows) - 1}")
    return rows[at]


class _Record:
    """A struct: its members are attributes."""

    __slots__ = ()

    def __repr__(self) -> str:
        members = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({members})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    def __hash__(self) -> int:
        return hash((type(self).__name__, *(getattr(self, name) for name in self.__slots__)))


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
        row = _row("monsters", index, "monster")
        for name in self.__slots__:
            setattr(self, name, row[name])
        self.mlet = chr(row["mlet"])


class objdescr(_Record):
    """What a kind of object is and looks like: the struct behind OBJ_NAME and OBJ_DESCR."""

    __slots__ = ("oc_name", "oc_descr")

    oc_name: Optional[str]
    oc_descr: Optional[str]

    @staticmethod
    def from_idx(index: int) -> "objdescr":
        row = _row("objects", index, "object")
        found = objdescr()
        found.oc_name, found.oc_descr = row["oc_name"], row["oc_descr"]
        return found


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
        row = _row("objects", index, "object")
        for name in self.__slots__:
            setattr(self, name, row[name])
        self.oc_class = chr(row["oc_class"])


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
    def _of(table: str, index: int, what: str) -> "class_sym":
        row = _row(table, index, what)
        found = class_sym()
        found.sym, found.name, found.explain = chr(row["sym"]), row["name"], row["explain"]
        return found

    @staticmethod
    def from_mlet(mlet: Union[str, int]) -> "class_sym":
        """Of a monster's `mlet`."""
        return class_sym._of("monsterClasses", _char(mlet), "monster class")

    @staticmethod
    def from_oc_class(oc_class: Union[str, int]) -> "class_sym":
        """Of an object's `oc_class`, or one of the …_CLASS constants."""
        return class_sym._of("objectClasses", _char(oc_class), "object class")


class symdef(_Record):
    """A map symbol, 0 … MAXPCHARS - 1, as glyph_to_cmap gives it."""

    __slots__ = ("sym", "explanation", "color")

    sym: int
    explanation: str
    color: int

    @staticmethod
    def from_idx(index: int) -> "symdef":
        row = _row("symbols", index, "map symbol")
        found = symdef()
        found.sym, found.explanation, found.color = row["sym"], row["explanation"], row["color"]
        return found


__all__ = ["OBJ_DESCR", "OBJ_NAME", "class_sym", "objclass", "objdescr", "permonst", "symdef"]
