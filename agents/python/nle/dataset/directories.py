"""Folders of recordings, entered into the data base."""

from __future__ import annotations

import os
import re
from typing import Dict, Iterator, List, Mapping, Tuple

from . import db
from .recording import version_of

#: As environments call them: nle.<process>.<episode>.ttyrec3.bz2.
_NAME = re.compile(r"^nle\.(\d+)\.(\d+)\.ttyrec[23]?(\.bz2|\.gz)?$")


def add_nledata_directory(path: str, name: str, filename: str = db.DB) -> int:
    """
    Enters an environment's savedir, or a folder of such folders, as the data set `name`; the number of its games. Their lines of the
    xlogfile are theirs where every episode of a process was recorded; else a game has none, since nothing says which is whose.
    """
    found = list(_recordings(path))
    if not found:
        raise ValueError(f"{path} has no recordings: files like nle.123.0.ttyrec3.bz2, as environments write them to their savedir")
    versions = {version_of(file) for _, named in found for _, file in named}
    if len(versions) > 1:
        raise ValueError(f"{path} has recordings of versions {sorted(versions)}: enter each as a data set of its own")
    games = [game for folder, named in found for game in _games(path, folder, named)]
    return db.add(name, path, versions.pop(), games, filename)


def add_altorg_directory(path: str, name: str, filename: str = db.DB) -> int:
    """Not here: which of a public server's recordings make up a game is guessed by NLE from times and names of players."""
    raise NotImplementedError(
        "folders of alt.org's recordings cannot be entered here: use NLE itself, or read single files by nle.dataset.read_recording(path)"
    )


def _recordings(top: str) -> Iterator[Tuple[str, List[Tuple[Tuple[int, int], str]]]]:
    """Folder by folder the process, the episode and the name of each recording, in their order."""
    for folder, folders, files in os.walk(top):
        folders.sort()
        matches = [(_NAME.match(file), file) for file in files]
        named = sorted(((int(match.group(1)), int(match.group(2))), file) for match, file in matches if match is not None)
        if named:
            yield folder, named


def _games(
    top: str, folder: str, files: List[Tuple[Tuple[int, int], str]]
) -> Iterator[Tuple[Mapping[str, str], List[str]]]:
    episodes: Dict[int, List[Tuple[int, str]]] = {}
    for (process, episode), file in files:
        episodes.setdefault(process, []).append((episode, file))
    for process, recorded in episodes.items():
        lines = _xlogfile(os.path.join(folder, f"nle.{process}.xlogfile"))
        whole = len(lines) == len(recorded) == recorded[-1][0] + 1
        for episode, file in recorded:
            yield (lines[episode] if whole else {}), [os.path.relpath(os.path.join(folder, file), top)]


def _xlogfile(path: str) -> List[Dict[str, str]]:
    if not os.path.exists(path):
        return []
    with open(path, encoding="latin-1") as file:
        lines = [line.rstrip("\n") for line in file if line.strip()]
    return [dict(field.partition("=")[::2] for field in line.split("\t")) for line in lines]
