"""The data base of recorded games: which data sets there are, their games, and the files that each game's recording lies in."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

if TYPE_CHECKING:
    import sqlite3

#: The usual file.
DB = "ttyrecs.db"
#: Of NetHack's line about a game: a column each. What is a number there is one here.
COLUMNS = (
    *("version", "points", "deathdnum", "deathlev", "maxlvl", "hp", "maxhp", "deaths", "deathdate", "birthdate", "uid", "role"),
    *("race", "gender", "align", "name", "death", "conduct", "turns", "achieve", "realtime", "starttime", "endtime", "gender0"),
    *("align0", "flags"),
)
_SCHEMA = f"""
CREATE TABLE meta (ctime REAL, mtime REAL);
CREATE TABLE roots (dataset_name TEXT PRIMARY KEY, root TEXT NOT NULL, ttyrec_version INTEGER NOT NULL);
CREATE TABLE games (gameid INTEGER PRIMARY KEY, {", ".join(COLUMNS)});
CREATE TABLE datasets (gameid INTEGER NOT NULL REFERENCES games, dataset_name TEXT NOT NULL REFERENCES roots);
CREATE TABLE ttyrecs (gameid INTEGER NOT NULL REFERENCES games, part INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (gameid, part));
CREATE INDEX datasets_by_name ON datasets (dataset_name, gameid);
"""


def exists(filename: str = DB) -> bool:
    """Whether the file is there."""
    return os.path.exists(filename)


def create(filename: str = DB) -> None:
    """Makes an empty data base. Raises FileExistsError where there is a file."""
    if exists(filename):
        raise FileExistsError(f"{filename} is there already: connect to it, or remove it first")
    with connect(filename, must_exist=False) as connection:
        connection.executescript(_SCHEMA)
        now = time.time()
        connection.execute("INSERT INTO meta VALUES (?, ?)", (now, now))
    connection.close()


def connect(filename: str = DB, must_exist: bool = True) -> "sqlite3.Connection":
    """A connection, to be closed by the caller. Raises FileNotFoundError where there is no data base."""
    # not every Python has it, and few programs read recordings
    import sqlite3

    if must_exist and not exists(filename):
        raise FileNotFoundError(f"there is no data base {filename}: make one by nle.dataset.db.create()")
    return sqlite3.connect(filename)


#: A connection, the name of a file, or None.
Place = Union["sqlite3.Connection", str, "os.PathLike[str]", None]


class _Used:
    """The connection that was given, as NLD's users give it in the file's place too, or one for the moment."""

    def __init__(self, conn: Place, filename: Place = DB) -> None:
        given = next((place for place in (conn, filename) if place is not None and not isinstance(place, (str, os.PathLike))), None)
        named = next((place for place in (conn, filename) if isinstance(place, (str, os.PathLike))), DB)
        self._own = given is None
        self._conn: "sqlite3.Connection" = connect(os.fspath(named)) if given is None else given

    def __enter__(self) -> "sqlite3.Connection":
        return self._conn

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            self._conn.commit()
        else:
            self._conn.rollback()
        if self._own:
            self._conn.close()


def add(
    name: str,
    root: str,
    version: int,
    games: Iterable[Tuple[Mapping[str, str], List[str]]],
    filename: Place = DB,
    conn: Place = None,
) -> int:
    """Enters a data set: for each game its xlogfile's fields and the paths of its recording below `root`. How many games."""
    with _Used(conn, filename) as connection:
        if connection.execute("SELECT 1 FROM roots WHERE dataset_name = ?", (name,)).fetchone():
            raise ValueError(f"the data base has a data set {name} already: delete_dataset({name!r}) removes it")
        connection.execute("INSERT INTO roots VALUES (?, ?, ?)", (name, os.path.abspath(root), version))
        count = 0
        for fields, paths in games:
            values = [_number(fields.get(column)) for column in COLUMNS]
            marks = ", ".join("?" * len(COLUMNS))
            gameid = connection.execute(f"INSERT INTO games ({', '.join(COLUMNS)}) VALUES ({marks})", values).lastrowid
            connection.execute("INSERT INTO datasets VALUES (?, ?)", (gameid, name))
            connection.executemany("INSERT INTO ttyrecs VALUES (?, ?, ?)", [(gameid, i, path) for i, path in enumerate(paths)])
            count += 1
        connection.execute("UPDATE meta SET mtime = ?", (time.time(),))
    return count


def delete_dataset(name: str, filename: Place = DB, conn: Place = None) -> None:
    """Takes a data set out of the data base; its files stay."""
    with _Used(conn, filename) as connection:
        ids = [row[0] for row in connection.execute("SELECT gameid FROM datasets WHERE dataset_name = ?", (name,))]
        for table in ("ttyrecs", "datasets", "games"):
            connection.executemany(f"DELETE FROM {table} WHERE gameid = ?", [(gameid,) for gameid in ids])
        connection.execute("DELETE FROM roots WHERE dataset_name = ?", (name,))


def count_games(name: str, filename: Place = DB, conn: Place = None) -> int:
    """Games of a data set."""
    with _Used(conn, filename) as connection:
        found: int = connection.execute("SELECT count(*) FROM datasets WHERE dataset_name = ?", (name,)).fetchone()[0]
        return found


def get_root(name: str, filename: Place = DB, conn: Place = None) -> str:
    """The folder that a data set's recordings lie below."""
    with _Used(conn, filename) as connection:
        return root_of(name, connection)[0]


def get_ttyrec_version(name: str, filename: Place = DB, conn: Place = None) -> int:
    """The version of a data set's recordings."""
    with _Used(conn, filename) as connection:
        return root_of(name, connection)[1]


def ls(filename: Place = DB, conn: Place = None) -> List[str]:
    """The names of the data sets."""
    with _Used(conn, filename) as connection:
        return [row[0] for row in connection.execute("SELECT dataset_name FROM roots ORDER BY 1")]


def root_of(name: str, conn: "sqlite3.Connection") -> Tuple[str, int]:
    """The data set's folder and its recordings' version. Raises ValueError where there is none of that name."""
    found = conn.execute("SELECT root, ttyrec_version FROM roots WHERE dataset_name = ?", (name,)).fetchone()
    if found is None:
        known = ", ".join(row[0] for row in conn.execute("SELECT dataset_name FROM roots ORDER BY 1")) or "none"
        raise ValueError(f"there is no data set {name!r} in the data base; there are: {known}")
    return found[0], found[1]


def files_of(name: str, conn: "sqlite3.Connection") -> Dict[int, List[str]]:
    """By game's id the paths of its recording below the data set's folder, in their order."""
    rows = conn.execute(
        "SELECT t.gameid, t.path FROM ttyrecs t JOIN datasets d USING (gameid) WHERE d.dataset_name = ? ORDER BY t.gameid, t.part", (name,)
    )
    found: Dict[int, List[str]] = {}
    for gameid, path in rows:
        found.setdefault(gameid, []).append(path)
    return found


def _number(text: Optional[str]) -> Any:
    if text is None:
        return None
    try:
        return int(text, 0) if text.startswith("0x") else int(text)
    except ValueError:
        return text
