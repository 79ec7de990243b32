"""The loops of the three ways to play."""

from __future__ import annotations

import inspect
from typing import Any, Callable, Dict, List

from arena import wire
from arena.agent import Agent, GameInfo
from arena.answers import InvalidAction, action_index
from arena.evaluated import EvaluatedBatch
from arena.places import Places
from arena.session import Finished, Question, Session


def _made(cls: Any, session: Session) -> Any:
    """An agent; a class that is not derived from Agent may do without the context."""
    if not issubclass(cls, Agent):
        try:
            inspect.signature(cls).bind(session.context)
        except TypeError:
            return cls()
    return cls(session.context)


def _sees_last(cls: Any) -> bool:
    return callable(getattr(cls, "see_last", None))


def play_agents(cls: Any, session: Session) -> None:
    """Agents of their own for each place, until the platform says stop."""
    agents: List[Any] = [_made(cls, session) for _ in range(session.context.games_at_once)]
    batch = EvaluatedBatch(session)
    observations = batch.observations
    if _sees_last(cls):
        batch.see_last = lambda observation: agents[observation.slot].see_last(observation)
    batch.ready()
    while True:
        event = session.next()
        if event is None:
            return
        if isinstance(event, Question):
            _answer(session, event, agents, observations)
        elif hasattr(agents[event.slot], "game_over"):
            agents[event.slot].game_over(event)


def _answer(session: Session, question: Question, agents: List[Any], observations: List[Any]) -> None:
    count = len(session.keys)
    indices: List[int] = []
    wrong: List[str] = []
    for slot in question.slots:
        observation = observations[slot]
        _, flags, episode, step, seed, score = session.image.header(slot)
        observation.slot, observation.episode = slot, episode
        observation.step, observation.score = step, score
        agent = agents[slot]
        if flags & wire.FLAG_NEW_GAME and hasattr(agent, "reset"):
            agent.reset(GameInfo(slot, episode, seed))
        action = agent.act(observation)
        if type(action) is int and 0 <= action < count:
            indices.append(action)
            continue
        try:
            indices.append(action_index(action, count))
        except InvalidAction as problem:
            indices.append(-1)
            wrong.append(str(problem))
    session.answer_indices(question, indices, wrong)


def play_batched(cls: Any, session: Session) -> None:
    """2021's loop, until the platform says stop."""
    batch = EvaluatedBatch(session)
    agent = cls(batch.games, len(session.keys))
    if _sees_last(cls):
        batch.see_last = agent.see_last
    try:
        batch.reset()
        rewards = [0.0] * batch.games
        dones = [False] * batch.games
        infos: List[Dict[str, Any]] = [{} for _ in range(batch.games)]
        while True:
            actions = agent.batched_step(list(batch.observations), rewards, dones, infos)
            rewards, dones, infos = batch.step(actions)
    except Finished:
        return


def play_wrapped(cls: Any, session: Session, make_env: Callable[[], Any]) -> None:
    """2021's loop over environments of the submission's own, until the platform says stop."""
    places = Places(session, make_env)
    agent = cls(places.games, places.num_actions)
    try:
        observations, rewards, dones, infos = places.reset()
        while True:
            actions = agent.batched_step(observations, rewards, dones, infos)
            observations, rewards, dones, infos = places.step(actions)
    except Finished:
        places.close()


def play_class(cls: Any, session: Session) -> None:
    if callable(getattr(cls, "batched_step", None)):
        play_batched(cls, session)
    else:
        play_agents(cls, session)
