"""
Recorded games as batches of screens: `add_nledata_directory` enters a folder of an environment's files (savedir) into an SQLite
data base, `add_altorg_directory` one of a public server's, `TtyrecDataset` reads from it. `Converter` fills arrays from single files. Screens are made by a terminal in Python, some ten thousand a second.
"""

from . import dataset, db, populate_db
from .converter import Converter
from .dataset import TtyrecDataset
from .populate_db import add_altorg_directory, add_nledata_directory
from .recording import Screen, read_frames, read_recording

__all__ = [
    "Converter",
    "Screen",
    "TtyrecDataset",
    "add_altorg_directory",
    "add_nledata_directory",
    "dataset",
    "db",
    "populate_db",
    "read_frames",
    "read_recording",
]
