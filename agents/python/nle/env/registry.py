"""The tasks by name: for arena.make, and registered with gym and gymnasium."""

from __future__ import annotations

from typing import Any, Dict, Optional, Type

from arena.dialect import Dialect, dialect, dialect_of
from arena.local import LocalGroup

from . import five, tasks
from .base import DEFAULT_KEYS, NLE
from .bases import HAS_GYM, HAS_GYMNASIUM

#: `NetHackScore-v0` → its class.
IDS: Dict[str, Type[NLE]] = {cls.task_id: cls for cls in tasks.TASKS}


def is_gymnasium(api: Optional[str], spoken: Dialect) -> bool:
    """Raises ValueError for another name. None: as the dialect of NLE has it."""
    if api is None:
        return spoken.is_gymnasium
    if api not in ("gym", "gymnasium"):
        raise ValueError(f'api is "gym" (four values) or "gymnasium" (five), not {api!r}')
    return api == "gymnasium"


def spoken_in(options: Dict[str, Any]) -> Dialect:
    """The dialect that options name by `nle`, which is taken out of them; else the process's."""
    named = options.pop("nle", None)
    return dialect() if named is None else dialect_of(named)


def make(id: str, api: Optional[str], options: Dict[str, Any]) -> NLE:
    """For arena.make."""
    if id not in IDS:
        raise ValueError(f"there is no environment {id!r}; there are {', '.join(IDS)}")
    spoken = spoken_in(options)
    cls = (five.five_values if is_gymnasium(api, spoken) else five.four_values)(IDS[id])
    return cls(**options, _dialect=spoken)


def local_group(id: str, games: int, options: Dict[str, Any], blstats: Optional[int] = None) -> LocalGroup:
    """Games of a task side by side, with the options that its class has."""
    if id not in IDS:
        raise ValueError(f"there is no environment {id!r}; there are {', '.join(IDS)}")
    chosen = dict(options)
    is_challenge = IDS[id] is tasks.NetHackChallenge
    keys = chosen.pop("observation_keys", tasks.CHALLENGE_KEYS if is_challenge else DEFAULT_KEYS)
    actions = [int(action) for action in chosen.pop("actions", None) or IDS[id].default_actions]
    names = {
        "character": "character",
        "max_episode_steps": "maxEpisodeSteps",
        "no_progress_timeout": "noProgressSteps",
        "wizard": "debug",
        "spawn_monsters": "spawnMonsters",
        "allow_all_yn_questions": "allowAllYnQuestions",
        "allow_all_modes": "allowAllModes",
        "penalty_mode": "penaltyMode",
        "penalty_step": "penaltyStep",
        "penalty_time": "penaltyTime",
        "clock": "clock",
    }
    told: Dict[str, Any] = {"fields": list(keys), "actions": actions}
    if "options" in chosen:
        told["options"] = ",".join(chosen.pop("options"))
    for name in list(chosen):
        if name not in names:
            raise TypeError(f"{id} has no option {name!r}")
        told[names[name]] = chosen.pop(name)
    return LocalGroup("make", task=id, games=games, options=told, follow_on=True, blstats=blstats)


class _Maker:
    """What a registry calls to make an environment; a class of gymnasium's form is made when it is first wanted."""

    def __init__(self, cls: Type[NLE], has_five_values: bool) -> None:
        self._cls = cls
        self._has_five_values = has_five_values
        self.__name__ = cls.__name__
        self.metadata = cls.metadata

    def __call__(self, **options: Any) -> NLE:
        cls = five.five_values(self._cls) if self._has_five_values else self._cls
        return cls(**options)


def _wants_five(gym: Any) -> bool:
    """Whether this gym steps in five values: from 0.26 on."""
    parts = str(getattr(gym, "__version__", "0")).split(".")
    return tuple(int(part) if part.isdigit() else 0 for part in parts[:2]) >= (0, 26)


def register_all() -> None:
    """With the installed gym and gymnasium, and with the stand-ins where they are not."""
    import gym

    wants_five = HAS_GYM and _wants_five(gym)
    for id, cls in IDS.items():
        gym.register(id=id, entry_point=_Maker(cls, wants_five))
    if HAS_GYMNASIUM or not HAS_GYM:
        import gymnasium

        for id, cls in IDS.items():
            gymnasium.register(id=id, entry_point=_Maker(cls, True))


__all__ = ["IDS", "is_gymnasium", "local_group", "make", "register_all"]
