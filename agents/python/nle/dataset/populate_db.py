"""Folders of recordings, entered into the data base."""

from __future__ import annotations

import bisect
import calendar
import os
import re
import time
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


#: As public servers call them, by when they begin, in a folder with the player's name: 2012-07-05.00:46:53.ttyrec.bz2.
_SERVER_NAME = re.compile(r"^(\d{4}-\d\d-\d\d\.\d\d:\d\d:\d\d)\.ttyrec(\.bz2|\.gz)?$")
#: A recording begins before its game does, by as long as the player reads the server's menu and answers the first questions.
_SECONDS_BEFORE_A_GAME = 600


def add_altorg_directory(path: str, name: str, filename: str = db.DB) -> int:
    """
    Enters recordings of nethack.alt.org, or of a server with the same files, as the data set `name`; the number of its games. Below
    `path` there are a folder for each player, with recordings called by their beginning (2012-07-05.00:46:53.ttyrec.bz2, UTC), and
    xlogfiles (xlogfile*), which say who played from when to when. A recording belongs to its player's game that ends next after the
    recording's beginning, if that game had begun by then or begins within ten minutes; one for which there is none is left out, and
    so is a game without recordings.
    """
    recordings, games = _of_players(path), _ended_games(path)
    if not games:
        raise ValueError(f"{path} has no xlogfile with games that say name, starttime and endtime: unzip the server's xlogfiles into it, too")
    if not recordings:
        raise ValueError(f"{path} has no recordings like PLAYER/2012-07-05.00:46:53.ttyrec.bz2")
    found: List[Tuple[Mapping[str, str], List[str]]] = []
    for player in sorted(recordings.keys() & games.keys()):
        ended = games[player]
        ends = [int(game["endtime"]) for game in ended]
        parts: Dict[int, List[str]] = {}
        for begun, file in sorted(recordings[player]):
            at = bisect.bisect_left(ends, begun)
            if at < len(ended) and int(ended[at]["starttime"]) - _SECONDS_BEFORE_A_GAME <= begun:
                parts.setdefault(at, []).append(os.path.relpath(file, path))
        found += [(ended[at], files) for at, files in sorted(parts.items())]
    return db.add(name, path, 1, found, filename)


def _of_players(top: str) -> Dict[str, List[Tuple[int, str]]]:
    """By player when each recording begins, and its file."""
    found: Dict[str, List[Tuple[int, str]]] = {}
    for folder, _, files in os.walk(top):
        for file in files:
            match = _SERVER_NAME.match(file)
            if match is not None:
                begun = calendar.timegm(time.strptime(match.group(1), "%Y-%m-%d.%H:%M:%S"))
                found.setdefault(os.path.basename(folder), []).append((begun, os.path.join(folder, file)))
    return found


def _ended_games(top: str) -> Dict[str, List[Dict[str, str]]]:
    """By player the games of all xlogfiles, in the order of their ends."""
    found: Dict[str, List[Dict[str, str]]] = {}
    for folder, _, files in os.walk(top):
        for file in sorted(files):
            for game in _xlogfile(os.path.join(folder, file)) if file.startswith("xlogfile") else ():
                if game.get("starttime", "").isdigit() and game.get("endtime", "").isdigit() and "name" in game:
                    found.setdefault(game["name"], []).append(game)
    for games in found.values():
        games.sort(key=lambda game: int(game["endtime"]))
    return found


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
    # before 3.6 NetHack put colons between the fields
    return [dict(field.partition("=")[::2] for field in line.split("\t" if "\t" in line else ":")) for line in lines]
