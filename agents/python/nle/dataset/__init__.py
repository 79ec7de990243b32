"""
Recorded games as batches of screens: `add_nledata_directory` enters a folder of an environment's files (savedir) into an SQLite
data base, `TtyrecDataset` reads from it. Screens are made by a terminal in Python, some ten thousand a second.
"""

from . import db
from .batches import TtyrecDataset
from .directories import add_altorg_directory, add_nledata_directory
from .recording import Screen, read_frames, read_recording

__all__ = [
    "Screen",
    "TtyrecDataset",
    "add_altorg_directory",
    "add_nledata_directory",
    "db",
    "read_frames",
    "read_recording",
]
