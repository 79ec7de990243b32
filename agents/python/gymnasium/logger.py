"""gymnasium.logger: to standard error."""

import sys

ERROR, WARN, INFO, DEBUG = 40, 30, 20, 10
_level = WARN


def set_level(level: int) -> None:
    """What is less than this is not told."""
    global _level
    _level = level


def _tell(level: int, message: str, arguments: tuple) -> None:
    if level >= _level:
        print(message % arguments if arguments else message, file=sys.stderr)


def debug(message: str, *arguments: object) -> None:
    _tell(DEBUG, message, arguments)


def info(message: str, *arguments: object) -> None:
    _tell(INFO, message, arguments)


def warn(message: str, *arguments: object) -> None:
    _tell(WARN, message, arguments)


def error(message: str, *arguments: object) -> None:
    _tell(ERROR, message, arguments)
