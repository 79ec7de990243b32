"""
The names that agents import from NLE 0.9.0, answered by NetHack Arena: the same NetHack 3.6.6, the same observations, actions
and tasks. `import nle` registers the tasks with gym (and gymnasium).
"""

from nle import nethack
from nle import env

#: The version whose interface this is.
__version__ = "0.9.0"

__all__ = ["env", "nethack", "__version__"]
