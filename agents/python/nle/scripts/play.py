"""nle-play: NetHack by the keyboard, or by random actions, in an environment of NLE's."""

from __future__ import annotations

import argparse
import random
import sys
from typing import Any, Dict, List, Optional, Tuple

import arena
from nle import nethack
from nle.env.registry import IDS

from .keyboard import INTERRUPT, raw_keys, read_key

_TEACHING = """\
Play with the keys of NetHack; ? in the game explains them. Ctrl-C ends the game that runs, and the program.

  nle-play                                    a Monk, by the keyboard
  nle-play --env NetHackChallenge-v0          a random character
  nle-play --character val --seeds 1,2        a Valkyrie, the same game each time
  nle-play --mode random --ngames 5 --no-render
  nle-play --savedir games                    records the games; nle-ttyplay games/*.bz2 shows them
"""


def _seeds(text: str) -> Tuple[int, int]:
    parts = text.split(",")
    if not 1 <= len(parts) <= 2 or not all(part.strip().isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r}: give one whole number, or two with a comma between them: core,disp")
    numbers = [int(part) for part in parts]
    return numbers[0], numbers[-1]


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number from 1 on")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nle-play",
        description="Plays NetHack in an environment of NLE's, on this machine.",
        epilog=_TEACHING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-e", "--env", default="NetHackScore-v0", choices=sorted(IDS), metavar="NAME", help=f"one of {', '.join(IDS)}")
    parser.add_argument("-m", "--mode", default="human", choices=("human", "random"), help="who plays (default: human, by the keyboard)")
    parser.add_argument("-n", "--ngames", type=_count, default=1, help="games, one after the other (default: 1)")
    parser.add_argument("--max-steps", type=_count, default=10_000, help="steps in a game (default: 10000)")
    parser.add_argument("--seeds", type=_seeds, metavar="CORE[,DISP]", help="of the first game; random actions follow them, too")
    parser.add_argument("--character", help="e.g. val-dwa-law-fem, val, or @ for a random one")
    parser.add_argument("--savedir", help="folder for recordings and the xlogfile")
    parser.add_argument("--wizard", action="store_true", help="debug mode")
    parser.add_argument("--no-render", action="store_true", help="only tell how the games ended")
    return parser


def _made(told: argparse.Namespace) -> Any:
    is_human = told.mode == "human"
    options: Dict[str, Any] = {"max_episode_steps": told.max_steps, "wizard": told.wizard, "savedir": told.savedir}
    options["save_ttyrec_every"] = 1 if told.savedir else 0
    if told.character is not None:
        options["character"] = told.character
    if told.env != "NetHackChallenge-v0" and is_human:
        # all of NetHack's keys and questions are the player's
        options.update(actions=nethack.ACTIONS, allow_all_modes=True, allow_all_yn_questions=True)
    return arena.make(told.env, api="gymnasium", **options)


def _show(env: Any, says: str) -> None:
    sys.stdout.write("\033[H\033[J")
    env.render("human")
    print(says, flush=True)


def _pressed(env: Any, action_of: Dict[int, int], status: str) -> Optional[int]:
    """The action of the next key that has one; None to end."""
    while True:
        key = read_key()
        assert key is not None
        if key == INTERRUPT:
            return None
        if key in action_of:
            return action_of[key]
        _show(env, f"{status}  ({nethack_name(key)} is no key of this environment; Ctrl-C ends)")


def nethack_name(key: int) -> str:
    """A key as NetHack's help writes it: a, ^A, M-a."""
    meta, low = ("M-" if key >= 128 else ""), key & 127
    return meta + (f"^{chr(low + 64)}" if low < 32 else chr(low))


def _game(env: Any, told: argparse.Namespace, number: int, choice: random.Random) -> bool:
    """Plays one; whether to go on."""
    seeds = told.seeds if number == 0 else None
    env.reset(options=None if seeds is None else {"core": seeds[0], "disp": seeds[1]})
    action_of = {int(action): index for index, action in reversed(list(enumerate(env.actions)))}
    earned, steps, over, goes_on = 0.0, 0, False, True
    info: Dict[str, Any] = {}
    while not over:
        status = f"step {steps}, reward {earned:.2f}"
        if not told.no_render:
            _show(env, status)
        action = choice.randrange(len(env.actions)) if told.mode == "random" else _pressed(env, action_of, status)
        if action is None:
            goes_on = False
            break
        _, reward, terminated, truncated, info = env.step(action)
        earned, steps, over = earned + reward, steps + 1, terminated or truncated
    how = info["end_status"].name.lower() if over else "left by the player"
    print(f"game {number}: {how}, {steps} steps, reward {earned:.2f}", flush=True)
    return goes_on


def main(arguments: Optional[List[str]] = None) -> int:
    parser = _parser()
    told = parser.parse_args(arguments)
    is_human = told.mode == "human"
    if is_human and told.no_render:
        parser.error("--no-render leaves a player nothing to see: add --mode random")
    if told.seeds is not None and told.env == "NetHackChallenge-v0":
        parser.error("NetHackChallenge-v0 keeps its seeds to itself: leave --seeds out, or choose another --env")
    if is_human and not (sys.stdin.isatty() and sys.stdout.isatty()):
        parser.error("playing by the keyboard needs a terminal: start it in one, or add --mode random")
    choice = random.Random(None if told.seeds is None else told.seeds[0])
    try:
        env = _made(told)
    except (arena.EngineMissing, arena.EngineRefused, OSError) as error:
        parser.exit(1, f"nle-play: {error}\n")
    try:
        for number in range(told.ngames):
            if is_human:
                with raw_keys():
                    goes_on = _game(env, told, number, choice)
            else:
                goes_on = _game(env, told, number, choice)
            if not goes_on:
                break
    except KeyboardInterrupt:
        return 130
    finally:
        env.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
