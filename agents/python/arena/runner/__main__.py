"""
`python3 __main__.py FOLDER ENTRY`: plays by the wire protocol on descriptors 0 and 1. What the agent raises is printed with its
stack trace and ends the process with code 1.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import traceback
from types import TracebackType
from typing import Optional

_HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _own(trace: Optional[TracebackType]) -> Optional[TracebackType]:
    """The part of a stack trace that begins in the participant's code; all of it if none does."""
    at = trace
    while at is not None and (
        at.tb_frame.f_code.co_filename.startswith(_HOME + os.sep + "arena") or "importlib" in at.tb_frame.f_code.co_filename
    ):
        at = at.tb_next
    return at or trace


def _flush() -> None:
    """What was printed comes before what went wrong then."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        pass  # the participant closed it


def _run_program(path: str, session: "Session") -> int:  # noqa: F821
    """A program with a loop of its own; it is run again while there are games left and each run ends some."""
    from arena import environments
    from arena.runner.load import find_class, run_entry
    from arena.runner.play import play_class
    from arena.session import Finished

    while True:
        before = session.games_over
        names = {}
        try:
            names = run_entry(path)
        except Finished:
            return 0
        except SystemExit as end:
            if end.code not in (None, 0) or environments.in_play() or session.games_over == before:
                raise
        if environments.in_play():
            print("the program ended while its game was in play", file=sys.stderr)
            return 0
        if session.games_over > before:
            continue
        if environments.was_asked():
            print("the program ended without having played a game", file=sys.stderr)
            return 1
        play_class(find_class(names, "__main__"), session)
        return 0


def _main(folder: str, entry: str) -> int:
    from arena import dialect
    from arena import session as sessions
    from arena.runner.hints import explain
    from arena.runner.kit import play_kit
    from arena.runner.load import EntryError, import_entry, plays, prepare_path, split_entry
    from arena.runner.play import play_class

    os.chdir(folder)
    dialect.choose_for(folder)
    session = sessions.begin(*sessions.claim_pipes())
    file, name = split_entry(entry)
    path = os.path.join(folder, file)
    prepare_path(folder, path)
    try:
        if name:
            found = getattr(import_entry(path), name, None)
            if not plays(found):
                raise EntryError(f"{entry}: there is no class {name} with a method act or batched_step in {file}")
            play_class(found, session)
            return 0
        if os.path.basename(file) == "submission_config.py":
            play_kit(import_entry(path), folder, session)
            return 0
        return _run_program(path, session)
    except sessions.Finished:
        return 0
    except EntryError as error:
        print(f"EntryError: {error}", file=sys.stderr)
        return 1
    except Exception:  # noqa: BLE001 - whatever it is, it is the participant's to see
        kind, error, trace = sys.exc_info()
        _flush()
        # Before the trace, so that its error is the last line.
        for line in explain(error, folder):
            print(line, file=sys.stderr)
        traceback.print_exception(kind, error, _own(trace))
        return 1


if __name__ == "__main__":
    # The script's own folder is no place to import from; the package beside which it lies is.
    sys.path[0] = _HOME
    faulthandler.enable()
    if len(sys.argv) != 3:
        sys.exit("usage: python3 __main__.py FOLDER ENTRY")
    sys.exit(_main(sys.argv[1], sys.argv[2]))
