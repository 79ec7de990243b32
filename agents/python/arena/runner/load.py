"""From the entry of arena.json to what plays: a class, or a program with a loop of its own."""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
import types
from typing import Any, Dict, List, Tuple

from arena.agent import Agent, BatchedAgent


class EntryError(Exception):
    """The entry has nothing that can play."""


def split_entry(entry: str) -> Tuple[str, str]:
    """`agent.py:MyAgent` → file and name; the name may be missing."""
    file, _, name = entry.partition(":")
    return file, name


def prepare_path(folder: str, path: str) -> None:
    """Imports look beside the entry first, then at the submission's top, then where they did before."""
    wanted = [os.path.dirname(path), folder]
    rest = [place for place in sys.path if place not in wanted]
    sys.path[:] = list(dict.fromkeys(wanted)) + rest


def import_entry(path: str) -> types.ModuleType:
    """The entry as a module by its own name: `if __name__ == "__main__"` does not hold."""
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise EntryError(f"{path} is no Python file: its name has to end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def run_entry(path: str) -> Dict[str, Any]:
    """Runs the entry as the main program, anew each time; its names."""
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = __builtins__  # type: ignore[attr-defined]
    sys.modules["__main__"] = module
    sys.argv = [path]
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    exec(code, module.__dict__)
    return module.__dict__


def plays(found: Any) -> bool:
    """Whether it is a class of agents."""
    return inspect.isclass(found) and (
        callable(getattr(found, "batched_step", None)) or callable(getattr(found, "act", None))
    )


def find_class(names: Dict[str, Any], module: str) -> type:
    """The one class of agents that a file defines; that of 2021's submission_config.py before all others."""
    config = names.get("SubmissionConfig")
    if config is not None and plays(getattr(config, "AGENT", None)):
        return config.AGENT  # type: ignore[no-any-return]
    found: List[type] = [
        value
        for value in names.values()
        if plays(value) and value.__module__ == module and value not in (Agent, BatchedAgent)
    ]
    # Of classes that build upon each other the last one is meant.
    leaves = [each for each in found if not any(other is not each and issubclass(other, each) for other in found)]
    if len(leaves) == 1:
        return leaves[0]
    if not leaves:
        raise EntryError(
            "the entry neither played a game (arena.make, gym.make) nor defines a class with a method act or batched_step"
        )
    several = ", ".join(each.__name__ for each in leaves)
    raise EntryError(f'the entry defines several agents ({several}): name one in arena.json, "entry": "agent.py:Name"')
