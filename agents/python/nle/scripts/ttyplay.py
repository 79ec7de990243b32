"""nle-ttyplay: shows a recorded game in a terminal."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import nullcontext
from typing import ContextManager, Iterator, List, Optional, Tuple

from nle.dataset.recording import KEY, TERMINAL, RecordingError, read_frames

from .keyboard import INTERRUPT, raw_keys, read_key

_TEACHING = """\
While it plays, in a terminal: space stops it and goes on, + and - make it faster and slower, q ends it.

  nle-ttyplay nle_data/run-1/nle.123.0.ttyrec3.bz2
  nle-ttyplay --speed 5 game.ttyrec
  nle-ttyplay --no-wait --from 200 game.ttyrec3.bz2     from screen 200 on, at once
  nle-ttyplay --keys game.ttyrec3.bz2                   only the keys, a line for each screen
"""
_LONGEST_WAIT = 2.0
_INTERRUPTS = (INTERRUPT, ord("q"))


def _speed(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number above 0, such as 2 for twice as fast")
    return value


def _number(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number from 0 on")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nle-ttyplay",
        description="Shows recordings (ttyrec, ttyrec2, ttyrec3, also packed by bzip2 or gzip) in the terminal.",
        epilog=_TEACHING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a recording; several are shown one after the other")
    parser.add_argument("-s", "--speed", type=_speed, default=1.0, help="how many times as fast as recorded (default: 1)")
    parser.add_argument("-n", "--no-wait", action="store_true", help="all at once")
    parser.add_argument("-f", "--from", dest="start", type=_number, default=0, metavar="N", help="the screen to begin at (default: 0)")
    parser.add_argument("-k", "--keys", action="store_true", help="print the recorded keys instead of the screens")
    return parser


def _screens(path: str) -> Iterator[Tuple[int, bytes]]:
    return ((frame.time, frame.data) for frame in read_frames(path) if frame.channel == TERMINAL)


class _Player:
    def __init__(self, told: argparse.Namespace, is_steered: bool) -> None:
        self._speed: float = told.speed
        self._is_steered = is_steered
        self._waits = not told.no_wait
        self._start: int = told.start

    def play(self, path: str) -> bool:
        """Whether to go on with the next file."""
        before: Optional[int] = None
        for number, (at, data) in enumerate(_screens(path)):
            if self._waits and before is not None and number > self._start and not self._wait((at - before) / 1e6):
                return False
            before = at
            # a screen is drawn upon the one before, so those before the first shown are written, too
            sys.stdout.buffer.write(data)
            if number >= self._start:
                sys.stdout.buffer.flush()
        sys.stdout.buffer.flush()
        return True

    def _wait(self, seconds: float) -> bool:
        left = min(max(seconds, 0.0), _LONGEST_WAIT) / self._speed
        if not self._is_steered:
            time.sleep(left)
            return True
        key = read_key(left)
        if key == ord(" "):
            key = read_key()
        if key == ord("+"):
            self._speed *= 2
        elif key == ord("-"):
            self._speed /= 2
        return key not in _INTERRUPTS


def _print_keys(path: str) -> None:
    from .play import nethack_name

    number = -1
    for frame in read_frames(path):
        if frame.channel == TERMINAL:
            number += 1
        elif frame.channel == KEY and frame.data:
            print(f"{number}\t{frame.data[0]}\t{nethack_name(frame.data[0])}")


def main(arguments: Optional[List[str]] = None) -> int:
    parser = _parser()
    told = parser.parse_args(arguments)
    is_steered = sys.stdin.isatty() and sys.stdout.isatty() and not (told.no_wait or told.keys)
    player = _Player(told, is_steered)
    keyboard: ContextManager[None] = raw_keys() if is_steered else nullcontext()
    try:
        with keyboard:
            for path in told.files:
                if told.keys:
                    _print_keys(path)
                elif not player.play(path):
                    break
    except (RecordingError, OSError, EOFError) as error:
        if isinstance(error, BrokenPipeError):
            # whoever read it has seen enough
            sys.stderr.close()
            return 0
        parser.exit(1, f"\nnle-ttyplay: {error}\n")
    except KeyboardInterrupt:
        return 130
    if not told.keys:
        print("\033[0m", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
