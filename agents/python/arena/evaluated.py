"""The games of an evaluation as environments: what a loop of one's own steps through."""

from __future__ import annotations

import sys
import traceback
from typing import Any, Callable, Dict, Iterable, List, Optional, Sequence, Tuple

from . import wire
from .agent import GameOver, Observation
from .answers import InvalidAction, action_index, action_indices, described
from .outcome import RUNNING, Outcome
from .session import Finished, Question, Session

_SPACE, _ESCAPE = 32, 27
#: Out of a menu or a text, then #quit, yes, and past what is asked afterwards.
_QUIT = (_ESCAPE, _ESCAPE, 0xF1, ord("y"), _ESCAPE, _ESCAPE)
_MOST_QUIT_ATTEMPTS = 20
#: A turn of a long fight or a long list needs dozens.
_MOST_PROMPTS = 100_000


def _outcome(over: GameOver, reward: float) -> Outcome:
    ended = over.reason == "game_over"
    return Outcome(reward, ended, not ended, 1 if ended else -1, over.ascended)


class EvaluatedGame:
    """One game after another in one slot, for a program that steps one environment. `session` is a Session or speaks for one slot of it."""

    def __init__(self, session: Any, slot: int = 0) -> None:
        self._session = session
        self._slot = slot
        self._question: Optional[Question] = None
        self._score = 0
        self.fields = session.image.slots[slot]

    @property
    def in_play(self) -> bool:
        return self._question is not None

    def reset(self) -> None:
        """Waits for the next game; one that is in play is quit. Raises Finished when there is no further one."""
        self._session.ready(shows_last=True)
        for _ in range(_MOST_QUIT_ATTEMPTS):
            for key in _QUIT:
                if self._question is not None:
                    self.press(key)
        event = self._session.next()
        if not isinstance(event, Question):
            raise Finished()
        self._question = event
        self._score = self._session.image.header(self._slot)[5]

    def _key(self, action: Any, keys: Sequence[int]) -> Tuple[int, str]:
        try:
            return keys[action_index(action, len(keys))], ""
        except InvalidAction as problem:
            # The game is over; where the agent went wrong stands in its log.
            traceback.print_stack(file=sys.stderr)
            return wire.NO_KEY, str(problem)

    def step(self, action: Any, keys: Sequence[int]) -> Outcome:
        """Takes an action, an index into `keys`. One that is none ends the game."""
        key, problem = self._key(action, keys)
        allowed = self._session.keys
        if key not in allowed and not problem:
            problem = f"{described(action)}: key {key} is none of the challenge's actions"
        return self._give(wire.NO_KEY if problem else key, problem)

    def press(self, key: int) -> Outcome:
        return self._give(key, "")

    def _give(self, key: int, problem: str) -> Outcome:
        if self._question is None:
            raise RuntimeError("no episode is running: call reset first")
        self._session.answer(self._question, [key], [problem] if problem else [])
        event = self._session.next()
        if isinstance(event, Question):
            self._question = event
            score = self._session.image.header(self._slot)[5]
            reward = float(score - self._score)
            self._score = score
            return RUNNING._replace(reward=reward)
        self._question = None
        if event is None:
            raise Finished()
        return _outcome(event, float(event.score - self._score))

    def leave_prompts(self, leaves: Any) -> Outcome:
        """Answers --More--, texts and questions as NLE's tasks do; `leaves(text)` says which questions are the agent's."""
        total = RUNNING
        for _ in range(_MOST_PROMPTS):
            yes_no, line, more = self.fields["misc"].tolist()
            if more:
                key = _SPACE
            elif line:
                key = _ESCAPE
            elif yes_no and not leaves(self.fields["message"].tobytes()):
                key = _ESCAPE
            else:
                break
            outcome = self.press(key)
            total = outcome._replace(reward=total.reward + outcome.reward)
            if outcome.done:
                break
        return total


class EvaluatedBatch:
    """All games of an evaluation at once. A game that is over is followed by the next; at the end places stay empty."""

    def __init__(self, session: Session) -> None:
        self._session = session
        #: Shown what the key that ended a game led to; None: nobody asks for it.
        self.see_last: Optional[Callable[[Observation], None]] = None
        session.on_last = self._last
        self.games = session.context.games_at_once
        self.image = session.image
        self.observations: List[Observation] = [Observation(views) for views in session.image.slots]
        self._question: Optional[Question] = None
        self._scores = [0] * self.games

    @property
    def in_play(self) -> bool:
        return self._question is not None

    def reset(self) -> None:
        """Waits for the first games. Raises Finished when there are none."""
        self.ready()
        if self._question is None:
            self._wait()

    def ready(self) -> None:
        """Says that the agent can play."""
        self._session.ready(self.see_last is not None)

    def _last(self, slot: int) -> None:
        self._read_headers((slot,))
        if self.see_last is not None:
            self.see_last(self.observations[slot])

    def _wait(self) -> List[GameOver]:
        """Up to the next question; what ended before it. Raises Finished."""
        overs: List[GameOver] = []
        self._question = None
        while True:
            event = self._session.next()
            if event is None:
                raise Finished()
            if isinstance(event, Question):
                self._question = event
                self._read_headers(event.slots)
                return overs
            overs.append(event)

    def _read_headers(self, slots: Iterable[int]) -> None:
        for slot in slots:
            observation = self.observations[slot]
            _, _, observation.episode, observation.step, _, observation.score = self.image.header(slot)
            observation.slot = slot

    def step(self, actions: Any) -> Tuple[List[float], List[bool], List[Dict[str, Any]]]:
        """One action's index for each place, those of empty places unread. Rewards, dones and infos for each place."""
        question = self._question
        if question is None:
            raise RuntimeError("no games are running: call reset first")
        indices, wrong = action_indices(actions, question.slots, self.games, len(self._session.keys))
        self._session.answer_indices(question, indices, wrong)
        rewards = [0.0] * self.games
        dones = [False] * self.games
        infos: List[Dict[str, Any]] = [{"end_status": 0, "is_ascended": False} for _ in range(self.games)]
        for over in self._wait():
            slot = over.slot
            outcome = _outcome(over, float(over.score - self._scores[slot]))
            rewards[slot] = outcome.reward
            dones[slot] = True
            infos[slot] = {"end_status": outcome.end_status, "is_ascended": outcome.ascended}
            self._scores[slot] = 0
        for slot in self._question.slots if self._question else ():
            score = self.observations[slot].score
            if not dones[slot]:
                rewards[slot] = float(score - self._scores[slot])
            self._scores[slot] = score
        return rewards, dones, infos
