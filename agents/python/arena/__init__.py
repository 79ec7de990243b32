"""
NetHack Arena's SDK for Python. Write an `Agent`, a `BatchedAgent` as in 2021, or a loop of your own around `make`; or an
agent in NLE's style, with `import gym, nle`. docs/AGENTS.md has the contract in full.
"""

from . import onnx
from .agent import Action, Agent, BatchedAgent, Context, GameInfo, GameOver, Observation
from .answers import InvalidAction
from .environments import VectorEnv, make, make_vector
from .local import EngineMissing, EngineRefused
from .session import Finished
from .texts import text
from .version import VERSION as __version__

__all__ = [
    "Action",
    "Agent",
    "BatchedAgent",
    "Context",
    "EngineMissing",
    "EngineRefused",
    "Finished",
    "GameInfo",
    "GameOver",
    "InvalidAction",
    "Observation",
    "VectorEnv",
    "__version__",
    "make",
    "make_vector",
    "onnx",
    "text",
]
