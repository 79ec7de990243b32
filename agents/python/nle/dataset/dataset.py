"""Recorded games side by side, some screens at a time."""

from __future__ import annotations

import os
import random
import threading
import warnings
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence

import numpy as np

from . import db
from .recording import RecordingError, Screen, joined

#: Calls a function on each of some values, as a pool's map does.
Mapped = Callable[[Callable[[int], None], Sequence[int]], Any]


class TtyrecDataset:
    """
    Batches of a data set's games: dicts of arrays [batch_size, seq_length, …], which the next batch fills again:
    tty_chars and tty_colors [rows, cols], tty_cursor [2] (row, column), timestamps (microseconds), done (a game's first screen but the
    very first: another game begins), gameids (0: no game is left for this row), from the second version on keypresses (the key pressed
    at the screen, 0 at a game's last) and from the third on scores. A recording that is cut off ends its game, with a warning. Each row plays one game after another.
    """

    def __init__(
        self,
        dataset_name: str,
        batch_size: int = 128,
        seq_length: int = 32,
        rows: int = 24,
        cols: int = 80,
        dbfilename: str = db.DB,
        threadpool: Optional[Any] = None,
        gameids: Optional[Sequence[int]] = None,
        shuffle: bool = True,
        loop_forever: bool = False,
        subselect_sql: Optional[str] = None,
        subselect_sql_args: Optional[Sequence[Any]] = None,
    ) -> None:
        self.batch_size, self.seq_length, self.rows, self.cols = batch_size, seq_length, rows, cols
        self.shuffle, self.loop_forever = shuffle, loop_forever
        self._threadpool = threadpool
        self._dbfilename = dbfilename
        connection = db.connect(dbfilename)
        try:
            self._root, self.ttyrec_version = db.root_of(dataset_name, connection)
            self._files = db.files_of(dataset_name, connection)
            wanted = set(self._files) if gameids is None else set(gameids)
            if subselect_sql is not None:
                wanted &= {row[0] for row in connection.execute(subselect_sql, tuple(subselect_sql_args or ()))}
        finally:
            connection.close()
        unknown = sorted(wanted - set(self._files))
        if unknown and gameids is not None:
            raise ValueError(f"the data set {dataset_name} has no game {unknown[0]}")
        self._gameids: List[int] = sorted(wanted & set(self._files))
        if not self._gameids:
            raise ValueError(f"the data set {dataset_name} has no such games")

    def __len__(self) -> int:
        """Games."""
        return len(self._gameids)

    def get_paths(self, gameid: int) -> List[str]:
        """The files of a game's recording."""
        return [os.path.join(self._root, path) for path in self._files[gameid]]

    def get_meta(self, gameid: int) -> Dict[str, Any]:
        """The fields of NetHack's line about a game, None where there is none."""
        connection = db.connect(self._dbfilename)
        try:
            row = connection.execute(f"SELECT {', '.join(db.COLUMNS)} FROM games WHERE gameid = ?", (gameid,)).fetchone()
        finally:
            connection.close()
        if row is None:
            raise KeyError(f"there is no game {gameid}")
        return dict(zip(db.COLUMNS, row))

    def _screens(self, gameid: int) -> Iterator[Screen]:
        return joined(self.get_paths(gameid), self.ttyrec_version, self.rows, self.cols)

    def _order(self) -> Iterator[int]:
        while True:
            order = list(self._gameids)
            if self.shuffle:
                random.shuffle(order)
            yield from order
            if not self.loop_forever:
                return

    def _arrays(self, size: int, length: int) -> Dict[str, np.ndarray]:
        arrays = {
            "tty_chars": np.zeros((size, length, self.rows, self.cols), np.uint8),
            "tty_colors": np.zeros((size, length, self.rows, self.cols), np.int8),
            "tty_cursor": np.zeros((size, length, 2), np.int16),
            "timestamps": np.zeros((size, length), np.int64),
            "done": np.zeros((size, length), np.bool_),
            "gameids": np.zeros((size, length), np.int32),
        }
        if self.ttyrec_version >= 2:
            arrays["keypresses"] = np.zeros((size, length), np.uint8)
        if self.ttyrec_version >= 3:
            arrays["scores"] = np.zeros((size, length), np.int32)
        return arrays

    def __iter__(self) -> Iterator[Dict[str, np.ndarray]]:
        arrays = self._arrays(self.batch_size, self.seq_length)
        games = _Shared(self._order())
        rows = [_Row(self._screens, games) for _ in range(self.batch_size)]

        def fill(place: int) -> None:
            rows[place].fill({name: array[place] for name, array in arrays.items()})

        while True:
            pool_map: Mapped = map if self._threadpool is None else self._threadpool.map
            list(pool_map(fill, range(self.batch_size)))
            if not arrays["gameids"].any():
                return
            yield arrays

    def get_ttyrecs(self, gameids: Sequence[int], chunk_size: Optional[int] = None) -> Iterator[Dict[str, np.ndarray]]:
        """Batches of these games side by side, one a row, each of `chunk_size` screens. Each has arrays of its own."""
        arrays = self._arrays(len(gameids), chunk_size or self.seq_length)
        rows = [_Row(self._screens, iter([gameid])) for gameid in gameids]
        while True:
            for place, row in enumerate(rows):
                row.fill({name: array[place] for name, array in arrays.items()})
            if not arrays["gameids"].any():
                return
            yield {name: array.copy() for name, array in arrays.items()}

    def get_ttyrec(self, gameid: int, chunk_size: Optional[int] = None) -> Iterator[Dict[str, np.ndarray]]:
        """The same for one game."""
        return self.get_ttyrecs([gameid], chunk_size)


class _Shared:
    """An iterator that a pool's threads take from."""

    def __init__(self, games: Iterator[int]) -> None:
        self._games = games
        self._lock = threading.Lock()

    def __iter__(self) -> "_Shared":
        return self

    def __next__(self) -> int:
        with self._lock:
            return next(self._games)


class _Row:
    """One game after another."""

    def __init__(self, screens: Callable[[int], Iterator[Screen]], games: Iterator[int]) -> None:
        self._open = screens
        self._games = games
        self._gameid = 0
        self._screens: Iterator[Screen] = iter(())
        self._began = False

    def _next_game(self) -> None:
        self._gameid = next(self._games, 0)
        self._screens = iter(()) if self._gameid == 0 else self._open(self._gameid)

    def _next_screen(self) -> Optional[Screen]:
        try:
            return next(self._screens, None)
        except RecordingError as problem:
            # one game of many: an environment that was killed leaves such a file
            warnings.warn(f"game {self._gameid} ends early: {problem}", stacklevel=2)
            return None

    def fill(self, arrays: Dict[str, np.ndarray]) -> None:
        for array in arrays.values():
            array[...] = 0
        for at in range(len(arrays["done"])):
            is_first = False
            screen = self._next_screen()
            while screen is None:
                self._next_game()
                if self._gameid == 0:
                    return
                is_first = True
                screen = self._next_screen()
            arrays["tty_chars"][at] = screen.chars
            arrays["tty_colors"][at] = screen.colors
            arrays["tty_cursor"][at] = screen.cursor
            arrays["timestamps"][at] = screen.time
            arrays["done"][at] = is_first and self._began
            arrays["gameids"][at] = self._gameid
            if "keypresses" in arrays:
                arrays["keypresses"][at] = screen.key
            if "scores" in arrays:
                arrays["scores"][at] = screen.score
            self._began = True
