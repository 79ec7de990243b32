"""Behaviour cloning over chunks: the loss of a chunk, with the state that goes on to the next."""

from __future__ import annotations

from queue import Empty, Queue
from threading import Thread
from typing import Mapping, NamedTuple, Tuple, Union

import torch
import torch.nn.functional as F
from nle import nethack
from torch import Tensor

import memory as levels
from eyes import Sight
from memory import Ground, Level
from policy import Policy
from stream import Chunk, Stream


class Lesson(NamedTuple):
    chunk: Chunk
    sight: Sight
    going_on: Tensor  # float [steps, lanes, 1]: 0 where a game begins


class Outcome(NamedTuple):
    loss: Tensor  # mean negative log-likelihood of the explorer's actions, nats
    hits: Tensor  # share of moments at which the likeliest action is the explorer's
    state: Tuple[Tensor, Tensor]  # of the LSTM


class Lessons:
    """A stream's chunks with what is seen in them, which depends on no weight: computed in a thread, one chunk ahead."""

    def __init__(self, policy: Policy, stream: Stream) -> None:
        self._policy = policy
        self._stream = stream
        self._ahead: "Queue[Union[Lesson, Exception]]" = Queue(1)
        self._closed = False
        self._thread = Thread(target=self._prepare, daemon=True)
        self._thread.start()

    def next(self) -> Lesson:
        """Raises what ended the stream."""
        lesson = self._ahead.get()
        if isinstance(lesson, Exception):
            raise lesson
        return lesson

    def close(self) -> None:
        """Ends thread and stream: a thread that is in torch when the interpreter goes ends the process by SIGABRT."""
        self._closed = True
        self._stream.close()
        while self._thread.is_alive():
            try:
                self._ahead.get(timeout=0.1)
            except Empty:
                pass

    def _prepare(self) -> None:
        try:
            level = place = None
            with torch.no_grad():
                for chunk in self._stream:
                    if level is None:
                        empty = self._policy.empty(chunk.lanes)
                        level, place = Level(empty.spent, empty.ways, empty.worth), empty.place
                    lesson, level, place = _look(self._policy, chunk, level, place)
                    self._ahead.put(lesson)
                    if self._closed:
                        return
        except Exception as error:  # told in the thread that waits for lessons
            self._ahead.put(error)


def _look(policy: Policy, chunk: Chunk, level: Level, place: Tensor) -> Tuple[Lesson, Level, Tensor]:
    """Only the memory goes step by step; the rest is computed for all moments at once."""
    ground = policy.survey(chunk.seen.glyphs)
    going_on = (1 - chunk.new_game).unsqueeze(2)
    memories, places = [], []
    for step in range(chunk.steps):
        now = slice(step * chunk.lanes, (step + 1) * chunk.lanes)
        status = chunk.seen.status[now]
        # A game's first place is none, so that nothing is kept of the level before.
        place = place * going_on[step]
        level = policy.remember(Ground(*(planes[now] for planes in ground)), status, level, place)
        places.append(place)
        memories.append(level)
        place = levels.place_of(status)
    remembered = Level(*(torch.cat(planes) for planes in zip(*memories)))
    sight = policy.look(chunk.seen, ground, remembered, torch.cat(places))
    return Lesson(chunk, sight, going_on), level, place


def weights_of(named: Mapping[str, float]) -> Tensor:
    """A weight for each action, 1 where none is named."""
    known = {action.name for action in nethack.ACTIONS}
    strangers = [name for name in named if name not in known]
    if strangers:
        raise ValueError(f"settings: there is no action {strangers[0]}")
    return torch.tensor([float(named.get(action.name, 1)) for action in nethack.ACTIONS])


def unroll(policy: Policy, lesson: Lesson, state: Tuple[Tensor, Tensor], weights: Tensor) -> Outcome:
    """Runs the policy over a chunk. `weights` [actions]: how much a moment counts, by what explorer did in it."""
    chunk, sight, going_on = lesson
    thought = policy.think(sight, chunk.seen.message, chunk.seen.previous)
    (hidden, cell), all_hidden = state, []
    for step, into in enumerate(thought.chunk(chunk.steps)):
        hidden, cell = policy.recur(into, hidden * going_on[step], cell * going_on[step])
        all_hidden.append(hidden)
    logits = policy.out(torch.cat(all_hidden))
    count = chunk.taught * weights[chunk.actions]
    share = count / count.sum().clamp(min=1)
    loss = (F.cross_entropy(logits, chunk.actions, reduction="none") * share).sum()
    hits = ((logits.argmax(dim=1) == chunk.actions).float() * share).sum()
    return Outcome(loss, hits, (hidden.detach(), cell.detach()))


class Exam:
    """Lessons that are held out, always the next ones: loss and hits over so many of them."""

    def __init__(self, policy: Policy, lessons: Lessons, lanes: int) -> None:
        self._policy = policy
        self._lessons = lessons
        empty = policy.empty(lanes)
        self._state = (empty.hidden, empty.cell)
        self._weights = weights_of({})

    def take(self, count: int) -> Tuple[float, float]:
        loss = hits = 0.0
        with torch.no_grad():
            for _ in range(count):
                outcome = unroll(self._policy, self._lessons.next(), self._state, self._weights)
                self._state = outcome.state
                loss += outcome.loss.item() / count
                hits += outcome.hits.item() / count
        return loss, hits
