"""NLE's tasks. What is rewarded and when an episode ends is the engine's to say; here are their options."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Sequence, Tuple

import numpy as np

from nle import nethack
from nle.nethack import TASK_ACTIONS

from .base import DEFAULT_KEYS, NLE

#: The challenge's: prompts reach its agents, and misc tells of them.
CHALLENGE_KEYS = (*(key for key in DEFAULT_KEYS if key != "screen_descriptions"), "misc")


class NetHackScore(NLE):
    """The score's rise, plus the penalties: penalty_step for a step without game time, penalty_time for each turn."""

    task_id = "NetHackScore-v0"
    default_actions = TASK_ACTIONS

    def __init__(
        self,
        *arguments: Any,
        penalty_mode: str = "constant",
        penalty_step: float = -0.01,
        penalty_time: float = 0.0,
        **options: Any,
    ) -> None:
        self.penalty_mode = penalty_mode
        self.penalty_step = penalty_step
        self.penalty_time = penalty_time
        self._frozen_steps = 0
        rules = {"penaltyMode": penalty_mode, "penaltyStep": penalty_step, "penaltyTime": penalty_time}
        self._has_own_penalty = type(self)._get_time_penalty is not NetHackScore._get_time_penalty
        if self._has_own_penalty:
            # the engine's part of the reward is then without one
            rules.update(penaltyStep=0.0, penaltyTime=0.0)
        super().__init__(*arguments, _rules=rules, **options)

    def _get_time_penalty(self, last_observation: Tuple[np.ndarray, ...], observation: Tuple[np.ndarray, ...]) -> float:
        """The penalty of a step between these two, for rewards of one's own: to be asked once a step. Tasks of one's own may override it."""
        before, after = (int(each[self._blstats_index][nethack.NLE_BL_TIME]) for each in (last_observation, observation))
        self._frozen_steps = self._frozen_steps + 1 if before == after else 0
        idle = self._frozen_steps
        factors = {"constant": min(idle, 1), "exp": 2**idle, "square": idle**2, "linear": idle, "always": 1}
        return float(factors[self.penalty_mode] * self.penalty_step + (after - before) * self.penalty_time)

    def _reward_fn(
        self,
        last_observation: Tuple[np.ndarray, ...],
        action: int,
        observation: Tuple[np.ndarray, ...],
        end_status: NLE.StepStatus,
    ) -> float:
        reward = super()._reward_fn(last_observation, action, observation, end_status)
        return reward + self._get_time_penalty(last_observation, observation) if self._has_own_penalty else reward

    def _begin(self, wizkit_items: Optional[Iterable[str]]) -> None:
        self._frozen_steps = 0
        super()._begin(wizkit_items)


class NetHackStaircase(NetHackScore):
    """1 for standing on a staircase down."""

    task_id = "NetHackStaircase-v0"


class NetHackStaircasePet(NetHackStaircase):
    """1 for standing on a staircase down with a pet beside."""

    task_id = "NetHackStaircasePet-v0"


class NetHackOracle(NetHackStaircase):
    """1 for standing beside the Oracle."""

    task_id = "NetHackOracle-v0"


class NetHackGold(NetHackScore):
    """The gold that was gained."""

    task_id = "NetHackGold-v0"


class NetHackEat(NetHackScore):
    """What was eaten, in points of nutrition."""

    task_id = "NetHackEat-v0"


class NetHackScout(NetHackScore):
    """The cells that were newly seen."""

    task_id = "NetHackScout-v0"


class NetHackChallenge(NLE):
    """The task of the NetHack Challenge: a random character, all actions, prompts reach the agent, seeds are hidden."""

    task_id = "NetHackChallenge-v0"
    hides_seeds = True
    default_actions = nethack.ACTIONS

    def __init__(
        self,
        *arguments: Any,
        character: str = "@",
        max_episode_steps: int = 1_000_000,
        no_progress_timeout: int = 10_000,
        observation_keys: Sequence[str] = CHALLENGE_KEYS,
        allow_all_modes: bool = True,
        allow_all_yn_questions: bool = True,
        **options: Any,
    ) -> None:
        self.no_progress_timeout = no_progress_timeout
        if "actions" in options:
            raise TypeError("NetHackChallenge has all 121 actions, and no option 'actions'")
        # as in NLE, there is no debug mode in the challenge, whoever asks
        options["wizard"] = False
        super().__init__(
            *arguments,
            character=character,
            max_episode_steps=max_episode_steps,
            observation_keys=observation_keys,
            allow_all_modes=allow_all_modes,
            allow_all_yn_questions=allow_all_yn_questions,
            _rules={"noProgressSteps": no_progress_timeout},
            **options,
        )


#: All of them, the base environment first.
TASKS = (
    NLE,
    NetHackScore,
    NetHackStaircase,
    NetHackStaircasePet,
    NetHackOracle,
    NetHackGold,
    NetHackEat,
    NetHackScout,
    NetHackChallenge,
)
