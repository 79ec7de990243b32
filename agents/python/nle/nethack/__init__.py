"""NetHack's names: constants, actions, glyphs, monsters, objects, and the raw game."""

from __future__ import annotations

from typing import Any, List

from .actions import (
    ACTIONS,
    NON_RL_ACTIONS,
    TASK_ACTIONS,
    USEFUL_ACTIONS,
    C,
    Command,
    CompassCardinalDirection,
    CompassCardinalDirectionLonger,
    CompassDirection,
    CompassDirectionLonger,
    CompassIntercardinalDirection,
    CompassIntercardinalDirectionLonger,
    M,
    MiscAction,
    MiscDirection,
    TextCharacters,
    UnsafeActions,
    WizardCommand,
    action_id_to_type,
)
from .data import INTERFACE as _INTERFACE
from .glyphs import *  # noqa: F403
from .glyphs import tiles as _tiles
from .nethack import (
    BLSTATS_SHAPE,
    DUNGEON_SHAPE,
    INTERNAL_SHAPE,
    INV_SIZE,
    INV_STRS_SHAPE,
    MESSAGE_SHAPE,
    MISC_SHAPE,
    NETHACKOPTIONS,
    OBSERVATION_DESC,
    PROGRAM_STATE_SHAPE,
    SCREEN_DESCRIPTIONS_SHAPE,
    TERMINAL_SHAPE,
    TTYREC_VERSION,
    Nethack,
    game_end_types,
)
from .players import options_with_player
from .records import OBJ_DESCR, OBJ_NAME, class_sym, objclass, objdescr, permonst, symdef
from .terminal import tty_render

#: The constants by name, e.g. MAX_GLYPH: from NetHack's headers and the layout of the fields.
globals().update(_INTERFACE["constants"])


#: Ways for a game to end, e.g. DIED, as in game_end_types.
globals().update(game_end_types.__members__)


def __getattr__(name: str) -> Any:
    if name == "glyph2tile":
        return _tiles()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> List[str]:
    return sorted([*globals(), "glyph2tile"])


#: What `from nle.nethack import *` gives.
__all__ = [_name for _name in __dir__() if not _name.startswith("_") and _name not in ("Any", "List", "annotations")]
