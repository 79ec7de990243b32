"""
The names that agents import from NLE (0.9, or another dialect: arena.dialect), answered by NetHack Arena: the same NetHack 3.6.6, the same observations, actions
and tasks. `import nle` registers the tasks with gym (and gymnasium).
"""

from arena.dialect import dialect as _dialect

from nle import nethack
from nle import env

#: The version whose interface this is.
__version__ = _dialect().version

__all__ = ["env", "nethack", "__version__"]
