export const HELP = `Plays games with an agent on this machine: the server's own evaluation code,
sandbox, limits and verdicts. In a terminal one game is shown while all are
played; then comes the table that the server would show.

usage: arena play AGENT [options]

  AGENT            the agent's folder, or its .tar.gz. A folder is packed first,
                   so that what is played is what would be submitted

  --games N        how many games (default 8)
  --seed SEED      the games' seed, so that they can be played again: any text;
                   a competition's master seed (64 hexadecimal digits); or demo,
                   the demo competition's. Default: a new one, which is told at
                   the end
  --evaluation N   with it the games of a competition's Nth submission (default
                   1)
  --first N        begin with its game N (default 1)
  --from TAPE@STEP begin where a tape is after STEP keys, and let the agent go
                   on from there; TAPE@-50: fifty keys before its end
  --max-steps N    end games after so many actions (default 1,000,000)
  --save FOLDER    keep the games' tapes there: FOLDER/game-1.tape …
  --log            also show the last lines the agent printed on standard error
  --unsandboxed    in threads of this process, with your network and environment
                   and without clocks: for an agent for node that you trust and
                   that asks a server of yours, such as a language model
  --plain          no picture, only progress
  --json           one JSON document on standard output

While a game is shown: n shows the next one, q or Ctrl-C stops.

The agent is tried out first, as a server does: one that cannot start, or a
model that does not fit arena.json's map, is refused by one sentence, with no
game.

A game that ended since no game time passed comes with what it waited for and
what the agent pressed.

A game that is lost to a fault of the agent comes with what went wrong and the
last lines that the agent printed, its stack trace among them.

An agent of a runtime that is an image's root file system needs the file that
names it, as a worker does: ARENA_RUNTIME_ROOTS=FILE (docs/OPERATING.md).

Exit code: 0 if every game went well, 1 if one was lost to a fault or nothing
could be played, 2 for a wrong call, 130 if stopped.

  arena play my-agent --games 16
  arena play my-agent --seed demo --evaluation 2 --games 64
  arena play my-agent --seed demo --first 17 --games 1 --save tapes
  arena play my-agent --from tapes/game-17.tape@1200`;
