"""
The games of a batch as environments that the submission makes by a function of its own, so that its wrappers see them. A wrapper
steps and resets as it likes, and the platform asks for all games at once: each place has a thread, which rests or waits while
another runs.
"""

from __future__ import annotations

import queue
import sys
import threading
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Set, Tuple

from . import environments
from .answers import described
from .evaluated import EvaluatedGame
from .notices import warn_once
from .session import Finished, Question, Session

#: What a place's thread says: it made its environment; it waits for the platform; its environment's step is done; it failed.
_MADE, _WAITS, _RESTS, _FAILED = range(4)
_HELD = (
    "evaluated: an environment took more steps of the game than others beside it (its wrapper steps or resets by itself): "
    "until it is done the agent sees its last observation again, and its action there is not read"
)


class Key(NamedTuple):
    """A place's answer to a question."""

    key: int
    wrong: Sequence[str]


class Step(NamedTuple):
    """What an environment's step came to."""

    observation: Any
    reward: float
    done: bool
    info: Dict[str, Any]


class _Slot:
    """One slot of the session, as EvaluatedGame asks for it; to be used by the place's thread alone."""

    def __init__(self, session: Session, slot: int, say: Callable[[int, Any], None]) -> None:
        self.image = session.image
        self.keys = session.keys
        self._slot = slot
        self._say = say
        self._key: Optional[Key] = None
        self.inbox: "queue.SimpleQueue[Any]" = queue.SimpleQueue()

    def ready(self, shows_last: bool = False) -> None:
        """The batch says it once for all."""

    def answer(self, question: Question, keys: Sequence[int], wrong: Sequence[str] = ()) -> None:
        self._key = Key(keys[0], wrong)

    def next(self) -> Any:
        key, self._key = self._key, None
        self._say(_WAITS, key)
        return self.inbox.get()


class Places:
    """As many environments as the session plays games at once, side by side. A game that is over is followed by the next."""

    def __init__(self, session: Session, make_env: Callable[[], Any]) -> None:
        self._session = session
        self.games = session.context.games_at_once
        self._said: "queue.SimpleQueue[Tuple[int, int, Any]]" = queue.SimpleQueue()
        self._slots = [
            _Slot(session, place, lambda kind, what, place=place: self._said.put((place, kind, what)))  # type: ignore[misc]
            for place in range(self.games)
        ]
        #: By place: an answer, or None where the next game is waited for.
        self._waiting: Dict[int, Optional[Key]] = {}
        self._resting: Set[int] = set()
        self._running: Set[int] = set()
        self._steps: List[Optional[Step]] = [None] * self.games
        #: By place: reward and info of the episode that ended, until the next one has begun.
        self._ended: Dict[int, Tuple[float, Dict[str, Any]]] = {}
        #: Places without a game, whose last end the agent was told.
        self._empty: Set[int] = set()
        self._question: Optional[Question] = None
        #: Slots of the question that do not know it yet.
        self._untold: Set[int] = set()
        self.num_actions = len(session.keys)
        for place, slot in enumerate(self._slots):
            game = EvaluatedGame(slot, place)
            threading.Thread(target=self._play, args=(place, slot, game, make_env), daemon=True, name=f"place {place}").start()
            # one after another: what they load they may share
            self._running.add(place)
            self._listen()

    # --- a place's thread ---

    def _play(self, place: int, slot: _Slot, game: EvaluatedGame, make_env: Callable[[], Any]) -> None:
        try:
            environments.bind_place(game)
            env = make_env()
            if not callable(getattr(env, "step", None)) or not callable(getattr(env, "reset", None)):
                raise TypeError(f"MAKE_ENV_FN gave {described(env)}, which has no step and reset")
            self._said.put((place, _MADE, getattr(getattr(env, "action_space", None), "n", None)))
            slot.inbox.get()
            self._said.put((place, _RESTS, Step(_observation(env.reset()), 0.0, False, {})))
            while True:
                observation, reward, done, info = _four(env.step(slot.inbox.get()))
                if done:
                    self._ended[place] = (reward, info)
                    observation = _observation(env.reset())
                self._said.put((place, _RESTS, Step(observation, reward, done, info)))
        except Finished:
            return
        except BaseException as error:  # noqa: BLE001 - told in the thread that plays
            self._said.put((place, _FAILED, error))

    # --- the batch's thread ---

    def _listen(self) -> None:
        """Until no place runs. Raises what one of them raised."""
        while self._running:
            place, kind, what = self._said.get()
            self._running.discard(place)
            if kind == _FAILED:
                raise what
            if kind == _MADE:
                self.num_actions = self.num_actions if what is None else int(what)
                self._resting.add(place)
            elif kind == _WAITS:
                self._waiting[place] = what
            else:
                self._resting.add(place)
                self._ended.pop(place, None)
                self._steps[place] = Step(what.observation, 0.0, False, what.info) if place in self._empty else what
                self._empty.discard(place)

    def _tell(self, place: int, what: Any) -> None:
        self._waiting.pop(place, None)
        self._resting.discard(place)
        self._running.add(place)
        self._slots[place].inbox.put(what)

    def _ask(self) -> None:
        """Gives the platform all keys; what ended is told at once. Raises Finished."""
        if self._question is not None:
            keys = [key for key in (self._waiting[slot] for slot in self._question.slots) if key is not None]
            self._session.answer(self._question, [each.key for each in keys], [text for each in keys for text in each.wrong])
        while True:
            event = self._session.next()
            if event is None:
                raise Finished()
            if isinstance(event, Question):
                break
            self._tell(event.slot, event)
            # before the platform says more: the place's last observation stands in the image until then
            self._listen()
        self._question = event
        self._untold = set(event.slots)

    def _advance(self) -> None:
        """Until all games of the question wait for the agent, or some do and the others cannot go on without them."""
        while True:
            self._listen()
            question = self._question
            untold = self._untold & self._waiting.keys()
            if question is not None and untold:
                for slot in untold:
                    self._tell(slot, question)
                self._untold -= untold
            elif question is None or all(self._waiting.get(slot) is not None for slot in question.slots):
                self._ask()
            else:
                break
        if any(self._waiting.get(slot) is not None for slot in question.slots):
            warn_once(_HELD)

    def _gather(self) -> Tuple[List[Any], List[float], List[bool], List[Dict[str, Any]]]:
        first = next(each for each in self._steps if each is not None)
        # a place that never had a game shows another's, as unread as its action
        steps = [each or Step(first.observation, 0.0, False, {}) for each in self._steps]
        for place, key in self._waiting.items():
            # what it shows was seen before
            seen = steps[place].observation
            steps[place] = Step(seen, 0.0, False, {"end_status": 0, "is_ascended": False})
            if key is None and place in self._ended and place not in self._empty:
                reward, info = self._ended[place]
                steps[place] = Step(seen, reward, True, info)
                self._empty.add(place)
        self._steps = list(steps)
        return (
            [each.observation for each in steps],
            [float(each.reward) for each in steps],
            [bool(each.done) for each in steps],
            [each.info for each in steps],
        )

    def reset(self) -> Tuple[List[Any], List[float], List[bool], List[Dict[str, Any]]]:
        """Waits for the first games: observations, rewards, dones, infos of all places. Raises Finished when there are none."""
        self._session.ready(shows_last=True)
        for place in list(self._resting):
            self._tell(place, None)
        self._advance()
        return self._gather()

    def step(self, actions: Any) -> Tuple[List[Any], List[float], List[bool], List[Dict[str, Any]]]:
        """An action for each place, those of places without a game unread. Raises Finished."""
        answers = list(actions) if hasattr(actions, "__iter__") else []
        if len(answers) != self.games:
            print(f"{described(actions)} came instead of a list of {self.games} actions", file=sys.stderr)
            answers = [None] * self.games
        for place in sorted(self._resting):
            self._tell(place, answers[place])
        self._advance()
        return self._gather()

    def close(self) -> None:
        """Lets the threads that wait for a game end."""
        for place in list(self._waiting):
            self._slots[place].inbox.put(None)


def _observation(given: Any) -> Any:
    """Of gym's reset, or of gymnasium's, which gives infos beside."""
    return given[0] if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], dict) else given


def _four(given: Sequence[Any]) -> Tuple[Any, float, bool, Dict[str, Any]]:
    """Of gym's step, or of gymnasium's, which has two kinds of end."""
    if len(given) == 5:
        observation, reward, terminated, truncated, info = given
        return observation, reward, bool(terminated or truncated), info
    observation, reward, done, info = given
    return observation, reward, bool(done), info
