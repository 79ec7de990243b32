"""What may be eaten."""

from __future__ import annotations

import re
from typing import FrozenSet, Optional, Sequence

from .monsters import LETTERS, MONSTERS, named

#: NetHack's M1_ACID and M1_POIS.
_HARMFUL = 0x08000000 | 0x10000000
#: They turn to stone, paralyse, stun, change one's shape, make one see things, or were somebody's pet.
_UNSAFE = named(
    "chickatrice, cockatrice, Medusa, green slime, floating eye, bat, giant bat, vampire bat, violet fungus, lichen, "
    "little dog, dog, large dog, kitten, housecat, large cat, werejackal, wererat, werewolf, leprechaun, nurse, "
    "doppelganger, chameleon, tengu, small mimic, large mimic, giant mimic, stalker, wraith, gelatinous cube, "
    "disenchanter, quantum mechanic, gremlin, lizard, brown mold, yellow mold, green mold, red mold"
) - named("lichen")
#: Zombies, mummies and vampires are old when they fall; people may be one's own kind.
_UNSAFE_LETTERS = "ZMVLW@&ye "
_LASTS = named("lichen, lizard")
_NOBODY: FrozenSet[int] = frozenset()
#: Elves and humans are left by everybody; orcs may eat orcs.
_KIN = {
    "dwarven": named("dwarf, dwarf lord, dwarf king"),
    "gnomish": named("gnome, gnome lord, gnomish wizard, gnome king"),
}
#: Until it is known who the hero is: the longest of NetHack's first words are gone when the game begins.
ANY_KIN: FrozenSet[int] = _KIN["dwarven"] | _KIN["gnomish"]

#: In the order in which it is eaten: what is small first.
_CARRIED = (
    r"apple|orange|pear|melon|banana|carrot|sprigs? of wolfsbane|cloves? of garlic|slime mold|lumps? of royal jelly|kelp frond"
    r"|eucalyptus lea(?:f|ves)",
    r"cream pie|candy bar|fortune cookie|pancake|meatball|huge chunk of meat|meat stick|lichen corpse|egg",
    r"cram ration|food ration|lembas wafer|[KC]-ration|tripe ration|gunyoki",
)
_FOOD = tuple(re.compile(rf"\b(?:{kinds})s?\b") for kinds in _CARRIED)


def kin_of(welcome: str) -> Optional[FrozenSet[int]]:
    """
    Whom a hero of this race must not eat, judging by NetHack's first words: it costs luck for ever. Cavemen may. None if
    these words are not there.
    """
    found = re.search(r"welcome to NetHack!\s+You are an? (?:\w+\s+)*?(\w+)\s+(\w+)\.", welcome)
    if found is None:
        return None
    return _NOBODY if found[2].startswith("Cave") else _KIN.get(found[1], _NOBODY)


def is_safe_corpse(monster: int, kin: FrozenSet[int]) -> bool:
    """Does a fresh corpse of it feed a hero whose kin these are without harm?"""
    facts = MONSTERS[monster]
    if monster in kin:
        return False
    return not facts.mflags1 & _HARMFUL and monster not in _UNSAFE and LETTERS[monster] not in _UNSAFE_LETTERS


def lasts(monster: int) -> bool:
    """Its corpse never rots."""
    return monster in _LASTS


def choose_food(names: Sequence[str]) -> Optional[int]:
    """Which of these things of the pack to eat: its place in the list, None if there is no food among them."""
    for kind in _FOOD:
        for place, name in enumerate(names):
            if kind.search(name) and "unpaid" not in name and not ("corpse" in name and "lichen" not in name):
                return place
    return None
