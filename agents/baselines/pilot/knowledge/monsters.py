"""Who is dangerous and who is not to be hit. Levels, speeds and the like are NetHack's own table, which the SDK has."""

from __future__ import annotations

from typing import FrozenSet

from nle import nethack

MONSTERS = tuple(nethack.permonst(index) for index in range(nethack.NUMMONS))
#: The letter each is drawn with.
LETTERS = tuple(nethack.class_sym.from_mlet(facts.mlet).sym for facts in MONSTERS)


def named(names: str) -> FrozenSet[int]:
    """Numbers of monsters by their names; a name may be several's. Raises ValueError for one that is nobody's."""
    wanted = set(names.split(", "))
    found = frozenset(index for index, facts in enumerate(MONSTERS) if facts.mname in wanted)
    strangers = wanted - {MONSTERS[index].mname for index in found}
    if strangers:
        raise ValueError(f"no monster is called {', '.join(sorted(strangers))}")
    return found


FLOATING_EYE = named("floating eye")
GAS_SPORE = named("gas spore")
SHOPKEEPER = named("shopkeeper")
#: Touching these with bare hands is death.
NEVER_TOUCH = named("cockatrice, chickatrice")
#: Up to 3d6 of cold or 6d4 for each blow: not while hit points are what they are in the first levels.
NEVER_HIT = named("blue jelly, brown mold")
#: Hitting them hurts the one who hits. They do not move.
_PASSIVE = named("spotted jelly, green mold, red mold, yellow mold") | NEVER_HIT | FLOATING_EYE | GAS_SPORE
#: Strong, and they leave alone who leaves them alone.
_LEFT_ALONE = named("shopkeeper, guard, watchman, watch captain, Oracle, aligned priest, high priest, prisoner")
_DISREGARD_ELBERETH = named("minotaur, shopkeeper, guard, aligned priest, Death, Pestilence, Famine")
#: What they do is worse than their level says.
_NASTY = named(
    "soldier ant, dwarf, dwarf lord, dwarf king, werejackal, wererat, werewolf, homunculus, chickatrice, cockatrice, "
    "giant beetle, leocrotta, owlbear, cobra, giant spider, Woodland-elf, Green-elf, Grey-elf, soldier"
)
#: 6d4 of a spore's explosion are 24 at most.
_SURVIVES_SPORE = 25
#: The weaker molds and jellies give up to 24 back.
_SURVIVES_MOLD, _SURVIVES_BLOW = 60, 26


def left_alone(monster: int) -> bool:
    return monster in _LEFT_ALONE


def is_passive(monster: int) -> bool:
    """It stays where it is and waits to be touched."""
    return monster in _PASSIVE or MONSTERS[monster].mmove == 0


def may_hit(monster: int, hp: int, bare_handed: bool, blind: bool, stuck: bool = False) -> bool:
    """May it be hit in melee? Those that may not are walked around; `stuck`: some are in the way for long."""
    if monster in GAS_SPORE:
        return hp > _SURVIVES_SPORE
    if monster in FLOATING_EYE:
        # Its gaze paralyses for up to 127 turns whoever hits it and sees it.
        return blind
    if monster in NEVER_HIT:
        return False
    if monster in _PASSIVE:
        return hp > (_SURVIVES_BLOW if stuck else _SURVIVES_MOLD)
    return monster not in _LEFT_ALONE and not (bare_handed and monster in NEVER_TOUCH)


def respects_elbereth(monster: int) -> bool:
    return LETTERS[monster] not in "@A" and monster not in _DISREGARD_ELBERETH


def damage_rate(monster: int, armour_class: int) -> float:
    """
    Hit points that a turn beside it costs, about: the table has no attacks, but its difficulty goes by them, and the most
    that a round of the early ones does is some two points a difficulty.
    """
    facts = MONSTERS[monster]
    if facts.mmove == 0:
        return 0.0
    hits = min(0.95, max(0.05, (10 + facts.mlevel + armour_class) / 20))
    most = 2.0 * facts.difficulty + 2
    return most / 2 * hits * facts.mmove / 12 * (1.5 if monster in _NASTY else 1)
