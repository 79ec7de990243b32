"""Who plays: a hero's name with a character behind it, as NetHack reads it and as options say it."""

from __future__ import annotations

from typing import Dict, Iterable, List, Optional, Tuple

#: In the order in which NetHack looks for a word among them: `m` is a monk and `c` a caveman, `ma` is male and `ch` chaotic.
_NAMES: Dict[str, Tuple[str, ...]] = {
    "role": (
        *("archeologist", "barbarian", "caveman", "cavewoman", "healer", "knight", "monk", "priest", "priestess"),
        *("rogue", "ranger", "samurai", "tourist", "valkyrie", "wizard"),
    ),
    "race": ("human", "elf", "dwarf", "gnome", "orc"),
    "gender": ("male", "female"),
    "align": ("lawful", "neutral", "chaotic"),
}


def _meaning(word: str) -> Optional[Tuple[str, str]]:
    lower = word.lower()
    for part, names in _NAMES.items():
        for name in names:
            if name.startswith(lower):
                return part, name[:3]
    return ("role", "random") if lower in ("@", "*") or "random".startswith(lower) else None


def options_of(character: str) -> List[str]:
    """A character's words as options, the last of several for one part; what names nothing is passed over, as by NetHack."""
    read = dict(filter(None, (_meaning(word) for word in character.split("-") if word)))
    return [f"{part}:{read[part]}" for part in ("role", "race", "align", "gender") if part in read]


def options_with_player(options: Iterable[str], playername: str, wizard: bool) -> List[str]:
    """What NETHACKOPTIONS is made of: who plays comes after the rest. In debug mode the hero is called wizard, so who plays is told
    by options."""
    parts = list(options)
    _, _, character = playername.partition("-")
    # what the options say of the character stands
    said = {part.partition(":")[0] for part in parts}
    if wizard:
        parts += options_of(character)
    parts.append(f"name:{playername}")
    if character == "@":
        parts += [f"{what}:random" for what in ("race", "gender", "align") if what not in said]
    if wizard:
        parts.append("playmode:debug")
    return parts
