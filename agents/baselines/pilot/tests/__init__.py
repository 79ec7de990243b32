"""Tests of pilot: `python3 -m unittest discover -s tests -t .` in its folder, with the SDK on PYTHONPATH. npm test runs them, too."""

import os
import sys

_PILOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [_PILOT, os.path.join(_PILOT, "..", "..", "python")]
